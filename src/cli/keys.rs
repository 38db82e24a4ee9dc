//! `zhida keys`: makes a key for an agent or a ticket tool.
//!
//! The key is shown once and kept nowhere; the configuration gets its hash.

use std::process::ExitCode;

use jiff::civil::Date;

use super::Outcome;
use crate::config::Config;
use crate::http::{Role, new_key};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Whose it is: a person, a team, a ticket tool
    #[arg(long)]
    name: String,
    /// What who has it may do: `agent` reads all and answers tickets, `editor` changes the content,
    /// too
    #[arg(long, default_value = "agent", value_parser = role)]
    role: Role,
    /// The last day on which it lets in, as 2027-12-31 [default: it always does]
    #[arg(long, value_name = "DAY", value_parser = day)]
    expires: Option<Date>,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    anyhow::ensure!(!args.name.trim().is_empty(), "a key needs a name, to know later whose it is");
    let today = config.today();
    if let Some(day) = args.expires.filter(|day| *day < today) {
        anyhow::bail!("{day} is past: such a key would let nobody in");
    }
    let (key, hash) = new_key()?;
    println!(
        "The key, which is shown this once:\n\n    {key}\n\nWrite this to the end of zhida.toml and start the server again:\n"
    );
    println!(
        "[[agents.keys]]\nname = {}\nhash = \"{}\"\nrole = \"{}\"",
        toml::Value::from(args.name.as_str()),
        hash.to_hex(),
        args.role.as_str()
    );
    if let Some(day) = args.expires {
        println!("expires = \"{day}\"");
    }
    Ok(ExitCode::SUCCESS)
}

fn role(text: &str) -> Result<Role, &'static str> {
    Role::named(text).ok_or("write agent or editor")
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write a day as 2027-12-31")
}
