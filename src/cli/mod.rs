//! The command line: one file per command.
//!
//! Commands print their results to standard output; progress, logs and errors
//! go to standard error. An error is one line with its causes, and exit code 1;
//! wrong arguments exit with 2.
#![expect(clippy::print_stdout, reason = "commands print their results")]
#![expect(clippy::print_stderr, reason = "commands print their errors")]

mod answer;
mod audit;
mod calibrate;
mod check;
mod config;
mod desk;
mod eval;
mod eval_answers;
mod eval_tickets;
mod evaluation;
mod events;
mod index;
mod keys;
mod messages;
mod progress;
mod reliability;
mod replay;
mod search;
mod serve;
mod suggest;
mod verify;
mod why;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::config::{Config, FlagDir, FlagListen, Flags, Log, LogFormat};

/// A self-service search engine for FAQs and knowledge bases: Markdown in, a
/// help center with direct answers out.
#[derive(Parser)]
#[command(name = "zhida", version, about, max_term_width = 100)]
struct Cli {
    /// Configuration file [default: zhida.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder with the Markdown files [default: content]
    #[arg(long, global = true, value_name = "DIR")]
    content: Option<PathBuf>,
    /// Folder for the index [default: index]
    #[arg(long, global = true, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Folder with an embedding model [default: the bundled one]
    #[arg(long, global = true, value_name = "DIR")]
    model: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the help center; edits of the content are live within a second
    Serve(serve::Args),
    /// Build the index, or bring it up to date
    Index(index::Args),
    /// Search from the command line
    Search(search::Args),
    /// Answer a question from the command line, or say that there is no answer
    Answer(answer::Args),
    /// Say what solves a ticket: for agents, from internal articles as well
    Suggest(suggest::Args),
    /// Check that what an answer quoted still stands where its receipt says
    Verify(verify::Args),
    /// Say why an article ranks where it does for a query, or is not found
    Why(why::Args),
    /// Report what is wrong with the content; fails if there are errors
    Check(check::Args),
    /// Prove that nothing internal reaches a customer; fails if anything does
    Audit(audit::Args),
    /// Measure search quality on sets of questions with known answers
    Eval(eval::Args),
    /// Learn from the articles' own questions how sure answers are
    Calibrate(calibrate::Args),
    /// Show what visitors wrote, and what of it has not arrived yet
    Messages(messages::Args),
    /// Make the last searches again with other weights, a synonym, a word or a question, and say
    /// which results move, and whether that is better
    Replay(replay::Args),
    /// Export, purge or forget what visitors and agents did
    Events(events::Args),
    /// Make a key for an agent or a ticket tool
    Keys(keys::Args),
    /// Print the configuration file with all settings and their defaults
    Config(config::Args),
}

/// Whether a command that ran did what was asked.
type Outcome = anyhow::Result<ExitCode>;

/// Runs the command of the process' arguments.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("zhida: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Outcome {
    let listen = match &cli.command {
        Command::Serve(args) => args.listen.clone(),
        _ => None,
    };
    let flags = Flags {
        content: FlagDir { dir: cli.content },
        index: FlagDir { dir: cli.index },
        semantic: cli.model,
        server: FlagListen { listen },
    };
    let config = Config::load(cli.config.as_deref(), flags)?;
    start_logging(&config.log, matches!(cli.command, Command::Serve(_)))?;
    match cli.command {
        Command::Serve(_) => serve::run(&config),
        Command::Index(args) => index::run(&args, &config),
        Command::Search(args) => search::run(&args, &config),
        Command::Answer(args) => answer::run(&args, &config),
        Command::Suggest(args) => suggest::run(&args, &config),
        Command::Verify(args) => verify::run(&args, &config),
        Command::Why(args) => why::run(&args, &config),
        Command::Check(args) => check::run(&args, &config),
        Command::Audit(args) => audit::run(&args, &config, cli.config.as_deref()),
        Command::Eval(args) => eval::run(&args, &config),
        Command::Calibrate(args) => calibrate::run(&args, &config),
        Command::Keys(args) => keys::run(&args, &config),
        Command::Replay(args) => replay::run(&args, &config),
        Command::Events(args) => events::run(&args, &config),
        Command::Messages(args) => messages::run(&args, &config),
        Command::Config(args) => config::run(&args, &config),
    }
}

/// Reads a file, or standard input for `-`.
fn read_input(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
        return Ok(bytes);
    }
    std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Logs to standard error: what is configured when serving, else only warnings.
fn start_logging(log: &Log, serving: bool) -> anyhow::Result<()> {
    let filter = if serving { log.filter.as_str() } else { "warn" };
    let filter = tracing_subscriber::EnvFilter::try_new(filter).map_err(|error| {
        anyhow::anyhow!("log.filter `{filter}` is not a filter: {error}; write one as info,zhida=debug")
    })?;
    let logging = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => logging.init(),
        LogFormat::Json => logging.json().init(),
    }
    Ok(())
}
