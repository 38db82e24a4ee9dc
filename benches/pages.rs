//! How long pages of the sample help center take, and how many are made in a second.
//!
//! Starts the real server, warms it up, and asks for every page of a kind: one after another,
//! then by eight clients at once. Searches are those of `tests/judgments`: some warm up, the
//! others are measured, in several rounds, as a hundredth of one round is three searches.
//!
//! ```sh
//! cargo bench --bench pages
//! ```
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;
use server::{Connection, Server, Times};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Who asks at once.
const CLIENTS: usize = 8;

/// Pages of a kind that are asked for.
const PAGES: usize = 2_000;

/// Rounds of all searches.
const ROUNDS: usize = 5;

fn main() {
    let index = tempfile::tempdir().expect("a folder");
    let content = Path::new(ROOT).join("content");
    for semantic in ["off", "bundled"] {
        let server = Server::start(&content, index.path(), semantic);
        println!("semantic = \"{semantic}\"");
        for (kind, paths) in kinds(&server) {
            let paths: Vec<String> = paths.iter().cycle().take(PAGES).cloned().collect();
            Times::of(&paths[..PAGES / 4], &server);
            measure(kind, &paths, &server);
        }
        let searches = searches();
        let (warming, measured) = searches.split_at(searches.len() / 5);
        Times::of_clients(CLIENTS, warming, &server);
        let mut lot = fastrand::Rng::with_seed(8);
        let rounds = (0..ROUNDS).flat_map(|_| {
            let mut round = measured.to_vec();
            lot.shuffle(&mut round);
            round
        });
        measure("search", &rounds.collect::<Vec<_>>(), &server);
        println!("memory {}", server.memory());
    }
}

/// Prints how long pages take, one after another and by all clients at once.
fn measure(kind: &str, paths: &[String], server: &Server) {
    let alone = Times::of(paths, server);
    let (start, before) = (Instant::now(), server.cpu_time());
    let times = Times::of_clients(CLIENTS, paths, server);
    let rate = paths.len() as f64 / start.elapsed().as_secs_f64();
    let each = (server.cpu_time() - before).as_secs_f64() * 1e3 / paths.len() as f64;
    println!("{kind:<12} alone {alone}; {CLIENTS} at once {times}, {rate:.0} a second, CPU {each:.2} ms");
}

/// Returns the addresses of every kind of page.
fn kinds(server: &Server) -> Vec<(&'static str, Vec<String>)> {
    let mut connection = Connection::open(&server.address);
    let sitemap = connection.read("/sitemap.xml").1;
    let locales: Vec<String> =
        addresses(&sitemap).iter().map(|url| url.replace("/sitemap.xml", "")).collect();
    let articles: Vec<String> = locales
        .iter()
        .flat_map(|locale| addresses(&connection.read(&format!("{locale}/sitemap.xml")).1))
        .filter(|path| path.contains("/articles/"))
        .collect();
    let below = |path: &str| locales.iter().map(|locale| format!("{locale}{path}")).collect::<Vec<_>>();
    vec![
        ("home", below("")),
        ("category", below("/categories/shipping")),
        ("contact", below("/contact")),
        ("feed", below("/feed.xml")),
        ("article", articles),
    ]
}

/// Returns the paths of a sitemap.
fn addresses(sitemap: &str) -> Vec<String> {
    let locations = sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next());
    locations.map(|url| url.trim_start_matches("http://localhost").to_owned()).collect()
}

/// Returns searches, as people ask, in every language.
fn searches() -> Vec<String> {
    let mut searches = BTreeSet::new();
    for folder in ["tests/judgments", "tests/judgments/answers"] {
        for entry in fs::read_dir(Path::new(ROOT).join(folder)).expect("the judgments are there") {
            let path = entry.expect("an entry").path();
            let Some(locale) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".jsonl")) else {
                continue;
            };
            for line in fs::read_to_string(&path).expect("a file").lines() {
                let judged: Value = serde_json::from_str(line).expect("JSON");
                let query = judged["q"].as_str().expect("a query");
                let wanted = serde_urlencoded::to_string([("q", query)]).expect("a query is one value");
                searches.insert(format!("/{locale}/search?{wanted}"));
            }
        }
    }
    let mut searches: Vec<String> = searches.into_iter().collect();
    fastrand::Rng::with_seed(7).shuffle(&mut searches);
    searches
}
