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

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use zhida::index::Builder;
use zhida::semantic::{Embedder, Source, Store, Vector};

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
    let ask = |paths: &[String]| -> Vec<Duration> {
        let mut connection = Connection::open(&server.address);
        let time = |path: &String| {
            let start = Instant::now();
            connection.get(path);
            start.elapsed()
        };
        paths.iter().map(time).collect()
    };
    let (first, second) = paths.split_at(paths.len() / 2);
    let mut times = std::thread::scope(|scope| {
        let other = scope.spawn(|| ask(second));
        [ask(first), other.join().expect("a client does not panic")].concat()
    });
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{:>6} two at once  p50 {:.2} ms, p99 {:.2} ms", paths.len(), at(0.5), at(0.99));
}

/// Completions are asked for every so many titles.
const TITLES_APART: usize = 250;

/// Asks for all `paths` twice and prints what the second time costs.
fn measure(what: &str, paths: &[String], server: &Server) {
    let mut connection = Connection::open(&server.address);
    for path in paths {
        connection.get(path);
    }
    let before = server.cpu_time();
    let mut times: Vec<Duration> = paths
        .iter()
        .map(|path| {
            let start = Instant::now();
            connection.get(path);
            start.elapsed()
        })
        .collect();
    let spent = server.cpu_time() - before;
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    let each = spent.as_secs_f64() * 1e3 / paths.len() as f64;
    println!("{:>6} {what:<12} CPU {each:.2} ms, p50 {:.2} ms, p99 {:.2} ms", paths.len(), at(0.5), at(0.99));
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

/// The real server; killed when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(content: &Path, index: &Path, semantic: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zhida"))
            .args(["serve", "--listen", "127.0.0.1:0", "--content"])
            .arg(content)
            .arg("--index")
            .arg(index)
            .env("ZHIDA_SEMANTIC", semantic)
            .env("ZHIDA_DATA__DIR", index.join("data"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("its address");
        let address = line.trim().trim_start_matches("http://").to_owned();
        let expected = if semantic == "off" { "\"off\"" } else { "\"ready\"" };
        let is_ready = |body: &str| body.contains(&format!("\"semantic\":{expected}"));
        while !is_ready(&Connection::open(&address).read("/readyz").1) {
            std::thread::sleep(Duration::from_millis(200));
        }
        Self { child, address }
    }

    /// Returns what the process holds now and held at most.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux tells");
        let megabytes = |name: &str| -> f64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("Linux tells it");
            line.trim().trim_end_matches(" kB").trim().parse::<f64>().expect("a number") / 1024.0
        };
        format!("{:.0} MB, {:.0} MB at most", megabytes("VmRSS:"), megabytes("VmHWM:"))
    }

    /// Returns the user and system time spent so far.
    fn cpu_time(&self) -> Duration {
        /// Linux counts in hundredths of a second for every program.
        const TICKS_PER_SECOND: u64 = 100;
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("Linux tells");
        let fields: Vec<&str> =
            stat.rsplit(')').next().expect("fields after the name").split_whitespace().collect();
        let ticks: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().expect("a number")).sum();
        Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// One connection that is kept open.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: &str) -> Self {
        Self(BufReader::new(TcpStream::connect(address).expect("the server listens")))
    }

    /// Asks; returns the status.
    fn get(&mut self, path: &str) -> u16 {
        self.read(path).0
    }

    /// Asks and reads the whole answer; returns its status and body.
    fn read(&mut self, path: &str) -> (u16, String) {
        // In one piece: the system holds back the second of two small ones.
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).expect("sent");
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("a header");
            let line = line.trim().to_ascii_lowercase();
            if let Some(code) = line.strip_prefix("http/1.1 ") {
                status = code[..3].parse().expect("a status");
            } else if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().expect("a length");
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body");
        (status, String::from_utf8(body).expect("a text"))
    }
}
