//! What it costs to keep events, and to make reports of a month of them.
//!
//! 1. A month of a million events is made up, and written as the server writes them: how many a
//!    second.
//! 2. A server is started on it: how long every page and report of insights takes, the median of
//!    five.
//! 3. 20,000 different questions that failed are grouped.
//! 4. Eight clients report events, 100 in a request, each acknowledged when it is on disk: how
//!    many a second, and whether all are there.
//! 5. The same searches, recorded and not: how long they take.
//!
//! The log is a file; with `EVENTS_DATABASE` it is that database of PostgreSQL, which must be
//! empty.
//!
//! ```sh
//! cargo bench --bench insights
//! EVENTS_DATABASE=postgres://user@127.0.0.1/events cargo bench --bench insights
//! ```
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};
use server::{Connection, Server, Times};
use zhida::analysis::Analyzer;
use zhida::content::{Loader, Settings as ContentSettings};
use zhida::events::{
    Channel, Event, Events, Report, Revision, Searched, Settings, Shown, Stored, Visitor, Vote, What,
};
use zhida::insights::{Query, Report as Table, cluster};
use zhida::locale::Locale;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Events of the month.
const EVENTS: usize = 1_000_000;

const DAYS: i64 = 30;

/// Who reports at once.
const CLIENTS: usize = 8;

/// Events in one request, and requests of each client.
const IN_REQUEST: usize = 100;
const REQUESTS: usize = 100;

/// Different questions that are grouped.
const QUESTIONS: usize = 20_000;

/// A key of an agent.
const KEY: &str = "zhida_bench";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = Path::new(ROOT).join("content");
    let (index, data) = (folder.path().join("index"), folder.path().join("index/data"));
    let database = std::env::var("EVENTS_DATABASE").unwrap_or_default();
    let settings: Settings = serde_json::from_value(json!({ "database": database })).expect("settings");
    println!("log: {}", if database.is_empty() { "SQLite" } else { "PostgreSQL" });
    write_month(&data, &settings);
    let keys = format!("[{{name=\"bench\", hash=\"{}\"}}]", blake3::hash(KEY.as_bytes()).to_hex());
    let with = [("ZHIDA_EVENTS__DATABASE", database.as_str()), ("ZHIDA_AGENTS__KEYS", keys.as_str())];
    let server = Server::start_with(&content, &index, "off", &with);
    read_reports(&server);
    println!("memory {}", server.memory());
    group();
    report_events(&server, &data, &settings);
    search_with_events(&server);
}

/// Draws what visitors of the sample help center do.
struct Visitors {
    lot: fastrand::Rng,
    articles: Vec<Revision>,
    questions: Vec<(String, Locale)>,
    number: u64,
}

impl Visitors {
    fn new() -> Self {
        let settings =
            ContentSettings { dir: Path::new(ROOT).join("content"), default_locale: Locale::english() };
        let loaded = Loader::new(settings).load().expect("the sample loads");
        let articles = loaded.corpus.articles.iter().map(|article| Revision {
            id: article.id.clone(),
            locale: article.locale.clone(),
            hash: "1".to_owned(),
        });
        let articles = articles.collect();
        Self { lot: fastrand::Rng::with_seed(8), articles, questions: questions(QUESTIONS), number: 0 }
    }

    /// Returns what one visitor does from `start` on.
    fn visit(&mut self, start: Timestamp) -> Vec<Event> {
        self.number += 1;
        let visitor = Visitor::new(&format!("{:016x}", self.number / 3), &format!("{:016x}", self.number));
        let mut at = start;
        let mut events = Vec::new();
        let mut add =
            |at: Timestamp, what: What| events.push(Event { at, visitor: Some(visitor.clone()), what });
        let report = |report| What::Reported { query_id: None, report };
        for search in 0..self.lot.usize(1..=3) {
            let (searched, opened) = self.search(search);
            add(at, What::Searched(Box::new(searched)));
            at += SignedDuration::from_secs(self.lot.i64(3..90));
            let Some(article) = opened else { continue };
            add(at, report(Report::Viewed { article: article.clone() }));
            at += SignedDuration::from_secs(self.lot.i64(5..200));
            if self.lot.u8(..) < 40 {
                let vote = Vote { helpful: self.lot.u8(..) < 180, reason: None, comment: None };
                add(at, report(Report::Voted { article, vote }));
            }
        }
        if self.lot.u8(..) < 12 {
            add(at, report(Report::Escalated));
        }
        if self.lot.u8(..) < 12 {
            add(at, report(Report::Rated { score: self.lot.u8(1..=5) }));
        }
        events
    }

    /// Returns a search, and the article that is opened after it.
    fn search(&mut self, number: usize) -> (Searched, Option<Revision>) {
        // A few questions are asked by many, most by few.
        let rank = (self.questions.len() as f64).powf(self.lot.f64()) as usize - 1;
        let (query, locale) = self.questions[rank.min(self.questions.len() - 1)].clone();
        let shown: Vec<Revision> =
            (0..self.lot.usize(0..6)).filter_map(|_| self.lot.choice(&self.articles).cloned()).collect();
        let opened = if self.lot.bool() { shown.first().cloned() } else { None };
        let results = shown.iter().map(|article| Shown {
            id: article.id.to_string(),
            locale: article.locale.to_string(),
            tier: Some("some_words".into()),
        });
        let answer = match (shown.is_empty(), self.lot.u8(..)) {
            (true, _) => "unknown",
            (false, 0..=120) => "answered",
            _ => "suggested",
        };
        let channels = [Channel::Page, Channel::Page, Channel::Widget, Channel::Chat];
        let market = ["DE", "US", "JP", "CN"][self.lot.usize(0..4)];
        let searched = Searched {
            query_id: format!("{:016x}{number}", self.number),
            query,
            locale,
            channel: channels[self.lot.usize(0..4)],
            filters: if self.lot.bool() {
                [("market".into(), market.to_owned())].into()
            } else {
                Default::default()
            },
            total: shown.len(),
            results: results.collect(),
            answer: Some(answer.into()),
        };
        (searched, opened)
    }
}

/// Writes a month that ends today.
fn write_month(data: &Path, settings: &Settings) {
    let events = Events::open(data, settings).expect("a thread");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut visitors = Visitors::new();
    let today: Date = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let (mut count, mut spent) = (0, Duration::ZERO);
    for day in 0..DAYS {
        let midnight = (today - (DAYS - 1 - day).days()).to_zoned(TimeZone::UTC).expect("a day").timestamp();
        let end = (EVENTS as i64 * (day + 1) / DAYS) as usize;
        let mut batch = Vec::new();
        while count < end {
            let visit = visitors.visit(midnight + SignedDuration::from_secs(visitors.number as i64 % 80_000));
            count += visit.len();
            batch.extend(visit);
            if batch.len() >= 1_000 || count >= end {
                let start = Instant::now();
                runtime.block_on(events.write(std::mem::take(&mut batch))).expect("it is written");
                spent += start.elapsed();
            }
        }
    }
    println!("{count} events of a month written: {:.0} a second", count as f64 / spent.as_secs_f64());
}

/// Returns different questions, as visitors type them.
fn questions(count: usize) -> Vec<(String, Locale)> {
    let file = Path::new(ROOT).join("tests/judgments/gaps/queries.jsonl");
    let judged: Vec<String> = fs::read_to_string(file)
        .expect("the judgments are there")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["query"].as_str().expect("a query").to_owned()
        })
        .collect();
    let mut lot = fastrand::Rng::with_seed(9);
    let mut questions = BTreeSet::new();
    while questions.len() < count {
        let mut letters: Vec<char> = lot.choice(&judged).expect("a question").chars().collect();
        match lot.u8(..4) {
            0 => drop(letters.remove(lot.usize(..letters.len()))),
            1 => letters.insert(lot.usize(..letters.len()), lot.alphabetic()),
            2 => letters.extend(format!(" {}{}", lot.alphabetic(), lot.u16(..999)).chars()),
            _ => {}
        }
        questions.insert(letters.into_iter().collect::<String>());
    }
    let mut questions: Vec<String> = questions.into_iter().collect();
    lot.shuffle(&mut questions);
    let locale = |text: &str| if text.is_ascii() { "en" } else { "zh-Hans" }.parse().expect("a locale");
    questions.into_iter().map(|question| (question.clone(), locale(&question))).collect()
}

/// Reads every page of insights.
fn read_reports(server: &Server) {
    let mut connection = Connection::open(&server.address);
    let signed_in = connection.headers(&format!(
        "POST /agent HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\nkey={KEY}",
        KEY.len() + 4
    ));
    let cookie = signed_in.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    let cookie = cookie.split(';').next().expect("a value");
    let mut get = |path: &str| {
        let start = Instant::now();
        let (status, body) =
            connection.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n"));
        (status, body, start.elapsed())
    };
    let start = Instant::now();
    while get("/agent/insights").0 != 200 {}
    println!("the log is read in {:.1} s at most", start.elapsed().as_secs_f64());
    let start = Instant::now();
    while get("/agent/insights/gaps").0 != 200 {}
    println!("gaps are worked out in {:.1} s", start.elapsed().as_secs_f64());
    let reports = Table::ALL.map(|report| format!("/agent/insights/{}", report.as_str()));
    for path in ["/agent/insights".to_owned(), "/agent/insights/gaps".to_owned()].iter().chain(&reports) {
        let mut times: Vec<Duration> = (0..5)
            .map(|_| {
                let (status, _, time) = get(path);
                assert_eq!(status, 200, "{path}");
                time
            })
            .collect();
        times.sort_unstable();
        println!("{path:<36} {:>6.1} ms", times[2].as_secs_f64() * 1e3);
    }
}

/// Groups questions that failed.
fn group() {
    let questions = questions(QUESTIONS);
    let analyzer = Analyzer::new(&Default::default());
    let queries: Vec<Query> =
        questions.iter().map(|(text, locale)| Query { text, locale, times: 1 }).collect();
    let start = Instant::now();
    let groups = cluster(&queries, &analyzer);
    let seconds = start.elapsed().as_secs_f64();
    println!("{} questions in {} groups: {seconds:.2} s", queries.len(), groups.len());
}

/// Reports events by all clients at once.
fn report_events(server: &Server, data: &Path, settings: &Settings) {
    let mut connection = Connection::open(&server.address);
    let ids: Vec<(String, String)> = articles(&mut connection);
    let mut bodies: Vec<String> = Vec::new();
    for _ in 0..CLIENTS * REQUESTS {
        let (_, found) = connection.read("/api/v1/search?q=parcel&record=false");
        let found: Value = serde_json::from_str(&found).expect("JSON");
        let event = |(id, locale): &(String, String)| json!({ "type": "view", "query_id": found["query_id"], "id": id, "locale": locale });
        bodies.push(
            json!({ "events": ids.iter().take(IN_REQUEST).map(event).collect::<Vec<_>>() }).to_string(),
        );
    }
    let log = Stored::open(data, settings).expect("the log opens");
    let views = || {
        let mut count = 0;
        log.for_each_line(&mut |_, line| {
            count += usize::from(line.contains("\"kind\":\"viewed\""));
            Ok(())
        })
        .expect("the log is read");
        count
    };
    let before = views();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for part in bodies.chunks(REQUESTS) {
            scope.spawn(move || {
                let mut connection = Connection::open(&server.address);
                for body in part {
                    let request = format!(
                        "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    assert_eq!(connection.ask(&request).0, 200);
                }
            });
        }
    });
    let (sent, seconds) = (bodies.len() * ids.len().min(IN_REQUEST), start.elapsed().as_secs_f64());
    println!(
        "{sent} events reported over HTTP: {:.0} a second; {} of them in the log",
        sent as f64 / seconds,
        views() - before
    );
}

/// Returns the articles of the help center, by id and locale.
fn articles(connection: &mut Connection) -> Vec<(String, String)> {
    let (_, body) = connection.read("/api/v1/search?per_page=100");
    let body: Value = serde_json::from_str(&body).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let results = body["results"].as_array().expect("results");
    results.iter().map(|result| (text(&result["id"]), text(&result["locale"]))).collect()
}

/// Searches, recorded and not, in turns.
fn search_with_events(server: &Server) {
    let paths = |record: bool| -> Vec<String> {
        let query = |(text, locale): &(String, Locale)| {
            let wanted = [
                ("q", text.as_str()),
                ("locale", &locale.to_string()),
                ("record", if record { "true" } else { "false" }),
            ];
            format!("/api/v1/search?{}", serde_urlencoded::to_string(wanted).expect("plain values"))
        };
        questions(2_000).iter().map(query).collect()
    };
    let (with, without) = (paths(true), paths(false));
    Times::of_clients(2, &without, server);
    for _ in 0..6 {
        println!("searches of 2 clients: not recorded {}", Times::of_clients(2, &without, server));
        println!("searches of 2 clients:     recorded {}", Times::of_clients(2, &with, server));
    }
}
