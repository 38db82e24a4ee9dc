//! `zhida keys`: makes a key for an agent or a ticket tool.
//!
//! The key is shown once and kept nowhere; the configuration gets its hash.

use std::process::ExitCode;

use jiff::civil::Date;

use super::Outcome;
use crate::http::new_key;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Whose it is: a person, a team, a ticket tool
    #[arg(long)]
    name: String,
    /// The last day on which it lets in, as 2027-12-31 [default: it always does]
    #[arg(long, value_name = "DAY")]
    expires: Option<Date>,
}

pub(super) fn run(args: &Args) -> Outcome {
    let (key, hash) = new_key()?;
    println!(
        "The key, which is shown this once:\n\n    {key}\n\nWrite this to zhida.toml and start the server again:\n"
    );
    println!(
        "[[agents.keys]]\nname = {}\nhash = \"{}\"",
        toml::Value::from(args.name.as_str()),
        hash.to_hex()
    );
    if let Some(day) = args.expires {
        println!("expires = \"{day}\"");
    }
    Ok(ExitCode::SUCCESS)
}
