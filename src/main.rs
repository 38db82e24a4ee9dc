//! Parses arguments, runs one command, sets the exit code.

use std::process::ExitCode;

/// Analysis makes many small strings on several threads, which the system's
/// allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    zhida::cli::main()
}
