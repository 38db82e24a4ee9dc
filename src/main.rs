//! Parses arguments, runs one command, sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    zhida::cli::main()
}
