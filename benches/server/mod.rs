//! The real server and its clients, for benchmarks. None needs all of it.
#![allow(dead_code)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The real server; killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(content: &Path, index: &Path, semantic: &str) -> Self {
        Self::start_with(content, index, semantic, &[])
    }

    /// Starts it with more settings, as environment variables.
    pub(crate) fn start_with(
        content: &Path,
        index: &Path,
        semantic: &str,
        settings: &[(&str, &str)],
    ) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zhida"))
            .args(["serve", "--listen", "127.0.0.1:0", "--content"])
            .arg(content)
            .arg("--index")
            .arg(index)
            .env("ZHIDA_SEMANTIC", semantic)
            .env("ZHIDA_DATA__DIR", index.join("data"))
            .envs(settings.iter().copied())
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
    pub(crate) fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux tells");
        let megabytes = |name: &str| -> f64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("Linux tells it");
            line.trim().trim_end_matches(" kB").trim().parse::<f64>().expect("a number") / 1024.0
        };
        format!("{:.0} MB, {:.0} MB at most", megabytes("VmRSS:"), megabytes("VmHWM:"))
    }

    /// Returns the user and system time spent so far.
    pub(crate) fn cpu_time(&self) -> Duration {
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
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: &str) -> Self {
        Self(BufReader::new(TcpStream::connect(address).expect("the server listens")))
    }

    /// Asks; returns the status.
    pub(crate) fn get(&mut self, path: &str) -> u16 {
        self.read(path).0
    }

    /// Asks and reads the whole answer; returns its status and body.
    pub(crate) fn read(&mut self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    }

    /// Sends a whole request and returns the headers of the answer; reads its body.
    pub(crate) fn headers(&mut self, request: &str) -> String {
        self.answer(request).1
    }

    /// Sends a whole request and reads the whole answer; returns its status and body.
    pub(crate) fn ask(&mut self, request: &str) -> (u16, String) {
        let (status, _, body) = self.answer(request);
        (status, body)
    }

    fn answer(&mut self, request: &str) -> (u16, String, String) {
        // In one piece: the system holds back the second of two small ones.
        self.0.get_mut().write_all(request.as_bytes()).expect("sent");
        let (mut status, mut length, mut headers) = (0, 0, String::new());
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("a header");
            let line = line.trim();
            headers += &format!("{line}\n");
            let line = line.to_ascii_lowercase();
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
        (status, headers, String::from_utf8(body).expect("a text"))
    }
}

/// How long answers took, the shortest first.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Asks for each of `paths` once, one after another.
    pub(crate) fn of(paths: &[String], server: &Server) -> Self {
        let mut connection = Connection::open(&server.address);
        // A new connection is no part of what a page takes.
        connection.get("/healthz");
        let time = |path: &String| {
            let start = Instant::now();
            connection.get(path);
            start.elapsed()
        };
        Self::sorted(paths.iter().map(time).collect())
    }

    /// Asks for each of `paths` once, shared among so many clients that ask at the same time.
    pub(crate) fn of_clients(clients: usize, paths: &[String], server: &Server) -> Self {
        let parts = paths.chunks(paths.len().div_ceil(clients));
        let times = std::thread::scope(|scope| {
            let clients: Vec<_> = parts.map(|part| scope.spawn(|| Self::of(part, server))).collect();
            clients.into_iter().flat_map(|client| client.join().expect("a client does not panic").0).collect()
        });
        Self::sorted(times)
    }

    fn sorted(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        let at = |share: f64| self.0[((self.0.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        write!(formatter, "p50 {:.2} ms, p99 {:.2} ms", at(0.5), at(0.99))
    }
}
