//! Parses arguments, starts logging, runs one command, sets the exit code.

fn main() {}
