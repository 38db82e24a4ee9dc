//! `zhida events`: the log of what visitors and agents did, for its owner and for those who ask
//! to be forgotten. Works beside a running server.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::Subcommand;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Outcome;
use crate::config::Config;
use crate::events::{self, Stored};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print all events, one JSON object a line, the first that happened first
    Export,
    /// Delete the events from before a day, without a day those that are older than configured
    Purge {
        /// The first day that stays, such as 2026-11-01
        #[arg(long, value_name = "DAY")]
        before: Option<Date>,
    },
    /// Delete the events in which somebody typed a text, such as a name; upper and lower case
    /// are the same
    Forget {
        /// The text
        text: String,
        /// Delete them; without it they are only counted
        #[arg(long)]
        yes: bool,
    },
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let log = Stored::open(&config.data.dir, &config.events)?;
    match &args.command {
        Command::Export => export(&log)?,
        Command::Purge { before } => purge(&log, *before, config)?,
        Command::Forget { text, yes } => forget(&log, text, *yes)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn export(log: &Stored) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    log.for_each_line(&mut |_, line| writeln!(out, "{line}")).context("cannot export the events")?;
    Ok(())
}

fn purge(log: &Stored, before: Option<Date>, config: &Config) -> anyhow::Result<()> {
    let before = match before {
        Some(day) => day.to_zoned(config.time_zone.clone())?.timestamp(),
        None => {
            let keep = config.events.keep();
            let advice = "say which with --before DAY: the configuration keeps events for ever";
            Timestamp::now().checked_sub(keep.context(advice)?)?
        }
    };
    let deleted = log.purge(before)?;
    println!("{deleted} events deleted");
    Ok(())
}

/// Returns a text as reports show it: in small letters, with single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn forget(log: &Stored, text: &str, yes: bool) -> anyhow::Result<()> {
    let wanted = plain(text);
    ensure!(!wanted.is_empty(), "write the text to be forgotten");
    let mut found = Vec::new();
    log.for_each_line(&mut |number, line| {
        if events::texts_of(line).iter().any(|text| plain(text).contains(&wanted)) {
            found.push(number);
        }
        Ok(())
    })?;
    let count = found.len();
    if !yes {
        println!("{count} events have this text; add --yes to delete them");
        return Ok(());
    }
    log.delete(found)?;
    println!("{count} events deleted; restart the server, so that its reports forget them, too");
    Ok(())
}
