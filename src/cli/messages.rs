//! `zhida messages`: what visitors wrote, and what has not arrived yet.

use std::process::ExitCode;

use serde_json::json;

use super::Outcome;
use crate::config::Config;
use crate::messages::{self, Kept};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Print one JSON object a message
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let kept = messages::read(&config.data.dir)?;
    for one in &kept {
        if args.json { println!("{}", as_json(one)) } else { print(one, config) }
    }
    if kept.is_empty() && !args.json {
        println!("no messages in {}", config.data.dir.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(kept: &Kept) -> serde_json::Value {
    let Kept { id, message, waiting } = kept;
    let waiting: Vec<_> =
        waiting.iter().map(|(place, error)| json!({ "place": place, "error": error })).collect();
    let mut one = message.to_json(id);
    one["waiting"] = waiting.into();
    one
}

fn print(kept: &Kept, config: &Config) {
    let Kept { id, message, waiting } = kept;
    let at = message.at.to_zoned(config.time_zone.clone()).strftime("%Y-%m-%d %H:%M");
    let name = message.name.as_deref().map(|name| format!("{name} ")).unwrap_or_default();
    let page = message.page.as_deref().map(|page| format!(", {page}")).unwrap_or_default();
    println!("{id} {at} {name}<{}> ({}{page})", message.email, message.locale);
    for (place, error) in waiting {
        println!("  not at the {place} yet: {}", error.as_deref().unwrap_or("not tried"));
    }
    for line in message.text.lines() {
        println!("  {line}");
    }
    println!();
}
