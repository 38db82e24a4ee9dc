//! What searches and completions cost over HTTP: user and system time of the server,
//! divided by their number; by words alone, then by meaning too.
//!
//! Writes the set as one Markdown file a passage, starts the real server on it,
//! and asks everything over one connection, twice: first to warm up. Completions are
//! asked for the first one to six characters of titles, as somebody types them. The
//! vectors of the passages are drawn by lot: making them takes hours, comparing them as
//! long as any.
//!
//! ```sh
//! python3 ../shared/tools/scale_corpus.py target/scale
//! cargo bench --bench http
//! ```
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod server;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;
use zhida::index::Builder;
use zhida::semantic::{Embedder, Source, Store, Vector};

use server::{Server, Times};

const SCALE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/scale");

fn main() {
    let scale = Path::new(SCALE);
    if !scale.exists() {
        println!("skipped: {SCALE} is absent; python3 ../shared/tools/scale_corpus.py target/scale makes it");
        return;
    }
    let content = scale.join("content");
    if !content.exists() {
        write_articles(&scale.join("corpus.jsonl"), &content);
    }
    let searches: Vec<String> =
        lines(&scale.join("queries.jsonl")).map(|query| search_path(&query)).collect();
    let corpus = scale.join("corpus.jsonl");
    let titles = lines(&corpus).step_by(TITLES_APART);
    let completions: Vec<String> = titles.flat_map(|document| completion_paths(&document)).collect();
    let index = scale.join("index");
    {
        let server = Server::start(&content, &index, "off");
        measure("searches", &searches, &server);
        measure("completions", &completions, &server);
        println!("memory {}", server.memory());
    }
    draw_vectors(&index);
    let server = Server::start(&content, &index, "bundled");
    measure("by meaning", &searches, &server);
    println!("memory {}", server.memory());
    measure_together(&searches, &server);
}

/// Stores a vector for every text of the index that has none.
fn draw_vectors(dir: &Path) {
    let embedder = Embedder::open(&Source::Bundled, &Default::default()).expect("the model opens");
    let embedder = embedder.expect("a model is bundled");
    let mut store = Store::open(&dir.join("vectors"), embedder.id(), embedder.dimensions()).expect("a file");
    let mut lot = fastrand::Rng::with_seed(4);
    let builder = Builder::new(dir);
    let customers = builder.open_customer(None).expect("the index opens").text_ids().expect("its texts");
    let agents = builder.open_agent(None).expect("the index opens").text_ids().expect("its texts");
    for text in customers.into_iter().chain(agents) {
        if !store.has(text) {
            let values: Vec<f32> = (0..embedder.dimensions()).map(|_| lot.f32() - 0.5).collect();
            store.add(text, &[Vector::new(&values).expect("a direction")]).expect("it is stored");
        }
    }
}

/// Asks all `paths` over two connections at once and prints how long answers take.
fn measure_together(paths: &[String], server: &Server) {
    println!("{:>6} two at once  {}", paths.len(), Times::of_clients(2, paths, server));
}

/// Completions are asked for every so many titles.
const TITLES_APART: usize = 250;

/// Asks for all `paths` twice and prints what the second time costs.
fn measure(what: &str, paths: &[String], server: &Server) {
    Times::of(paths, server);
    let before = server.cpu_time();
    let times = Times::of(paths, server);
    let each = (server.cpu_time() - before).as_secs_f64() * 1e3 / paths.len() as f64;
    println!("{:>6} {what:<12} CPU {each:.2} ms, {times}", paths.len());
}

fn lines(path: &Path) -> impl Iterator<Item = Value> {
    let file = BufReader::new(fs::File::open(path).expect("the set can be read"));
    file.lines().map(|line| serde_json::from_str(&line.expect("a line")).expect("JSON"))
}

fn write_articles(corpus: &Path, content: &Path) {
    for document in lines(corpus) {
        let folder = content.join(document["metadata"]["lang"].as_str().expect("a locale")).join("kb");
        fs::create_dir_all(&folder).expect("the folder can be made");
        let file = folder.join(format!("{}.md", document["_id"].as_str().expect("an id")));
        let text = document["text"].as_str().expect("a text");
        fs::write(file, format!("---\ntitle: {}\n---\n{text}\n", document["title"])).expect("it is written");
    }
}

fn search_path(query: &Value) -> String {
    let parameters = [
        ("q", query["text"].as_str().expect("a text")),
        ("locale", query["metadata"]["lang"].as_str().expect("a locale")),
    ];
    format!("/api/v1/search?{}", serde_urlencoded::to_string(parameters).expect("parameters are texts"))
}

/// Returns what is asked while the title of a document is typed.
fn completion_paths(document: &Value) -> Vec<String> {
    let title: Vec<char> = document["title"].as_str().expect("a title").chars().collect();
    let locale = document["metadata"]["lang"].as_str().expect("a locale");
    let path = |typed: usize| {
        let typed: String = title[..typed].iter().collect();
        let parameters = [("q", typed.as_str()), ("locale", locale)];
        let parameters = serde_urlencoded::to_string(parameters).expect("parameters are texts");
        format!("/api/v1/completions?{parameters}")
    };
    (1..=6.min(title.len())).map(path).collect()
}
