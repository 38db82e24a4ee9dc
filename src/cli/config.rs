//! `zhida config`: prints the commented defaults, or checks what is in force.

use std::process::ExitCode;

use super::Outcome;
use crate::config::{Config, DEFAULTS};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Check the configuration in force and print its folders and address instead
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    if args.check {
        println!("content  {} ({})", config.content.dir.display(), config.content.default_locale);
        println!("index    {}", config.index.dir.display());
        println!("listen   {}", config.server.listen);
        println!("today    {}", config.today());
    } else {
        print!("{DEFAULTS}");
    }
    Ok(ExitCode::SUCCESS)
}
