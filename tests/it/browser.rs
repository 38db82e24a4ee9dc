//! The pages in a real browser. Every file of tests in `tests/browser/` is one test here, so
//! that they run side by side and a failure names its file; each starts the program itself.
//!
//! Needs Chromium, Node.js and `npm ci --prefix tests/browser`; skipped where one is absent,
//! unless the environment variable `ZHIDA_REQUIRE` names `browser`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

/// Makes a test of each file; `search` is `tests/browser/search.test.js`.
macro_rules! files {
    ($($name:ident)*) => {
        const FILES: &[&str] = &[$(concat!(stringify!($name), ".test.js")),*];

        $(
            #[test]
            fn $name() {
                run(concat!(stringify!($name), ".test.js"));
            }
        )*
    };
}

files! { accessibility budget console html layout pages privacy search structured widget }

#[test]
fn every_file_is_run() {
    let entries = fs::read_dir(FOLDER).expect("the folder is readable");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let files: BTreeSet<String> = names.filter(|name| name.ends_with(".test.js")).collect();
    assert_eq!(files, FILES.iter().map(|&file| file.to_owned()).collect());
}

/// Runs a file of tests; what it prints is the message of the failure.
fn run(file: &str) {
    if let Some(missing) = missing() {
        let required = std::env::var("ZHIDA_REQUIRE").is_ok_and(|required| required.contains("browser"));
        assert!(!required, "ZHIDA_REQUIRE names `browser`, but {missing}");
        // Past the capture of what tests print, or nobody would see it.
        writeln!(std::io::stderr(), "skipped: {missing}").ok();
        return;
    }
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec", file])
        .current_dir(FOLDER)
        .env("ZHIDA_PROGRAM", env!("CARGO_BIN_EXE_zhida"))
        .output()
        .expect("Node.js starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "tests/browser/{file} fails\n{printed}{errors}");
}

/// Returns what is not there that the tests need, and how to get it.
fn missing() -> Option<&'static str> {
    if !Path::new("/usr/bin/chromium").exists() {
        return Some("/usr/bin/chromium is absent; install Chromium");
    }
    if Command::new("node").arg("--version").output().is_err() {
        return Some("`node` is absent; install Node.js 18.19 or later, and npm");
    }
    if !Path::new(FOLDER).join("node_modules").exists() {
        return Some("tests/browser/node_modules is absent; run `npm ci --prefix tests/browser`");
    }
    None
}
