//! The real program: 1. it serves over loopback and follows edits; 2. it stops
//! when told to; 3. what goes wrong is said in one line, with exit code 1 or 2;
//! 4. killed while indexing, it never leaves a broken or partial index; 5. nor is an
//! event lost that it acknowledged; 6. a key made by `zhida keys` lets in.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zhida::analysis::Analyzer;
use zhida::events::{Settings, Stored};
use zhida::index::Builder;
use zhida::search::{Searcher, Weights};

use crate::messages::webhook;
use crate::postgres::postgres;
use crate::support::{TODAY, request, write};

fn zhida(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhida"));
    // What articles mean is found out in tests of that alone: it takes its time.
    command.current_dir(folder).args(args).env_remove("RUST_LOG").env("ZHIDA_SEMANTIC", "off");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    zhida(folder, args).output().expect("the program starts")
}

/// Asserts that the command fails with `code` and one message that has `parts`.
fn assert_fails(folder: &Path, args: &[&str], code: i32, parts: &[&str]) {
    let output = run(folder, args);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {message}");
    for part in parts {
        assert!(message.contains(part), "{args:?} says `{message}`, without `{part}`");
    }
}

/// A server on a free port, stopped when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let mut child = zhida(folder, &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("it prints its address");
        let address = line.trim().trim_start_matches("http://").to_owned();
        let server = Self { child, address };
        server.wait_for("/readyz", |answer| answer.starts_with("HTTP/1.1 200"));
        server
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// Asks until the answer is right; fails when it never is.
    fn wait_for(&self, path: &str, right: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !right(&self.get(path)) {
            assert!(Instant::now() < deadline, "{path} never answers as expected: {}", self.get(path));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn shop() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(
        &folder.path().join("content/en/returns.md"),
        "---\ntitle: Returns\n---\nSend it back within 30 days.",
    );
    folder
}

#[test]
fn the_server_answers_and_follows_edits() {
    let folder = shop();
    let server = Server::start(folder.path());
    assert!(server.get("/api/v1/search?q=returns").contains("\"id\":\"returns\""));
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    write(&folder.path().join("content/en/refunds.md"), "---\ntitle: Refunds\n---\nFive days.");
    server.wait_for("/api/v1/search?q=refunds", |answer| answer.contains("\"id\":\"refunds\""));
    fs::remove_file(folder.path().join("content/en/returns.md")).expect("removed");
    server.wait_for("/api/v1/articles/returns", |answer| answer.starts_with("HTTP/1.1 404"));
}

#[cfg(unix)]
#[test]
fn the_server_stops_when_told_to() {
    let folder = shop();
    let mut server = Server::start(folder.path());
    let told =
        Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    assert!(server.child.wait().expect("it ends").success());
}

#[test]
fn what_goes_wrong_is_said_with_the_next_step() {
    let folder = shop();
    let path = folder.path();
    assert_fails(path, &["index", "--content", "nowhere"], 1, &["nowhere", "create it"]);
    assert_fails(path, &["serve", "--content", "nowhere", "--listen", "127.0.0.1:0"], 1, &["nowhere"]);
    assert_fails(path, &["search", "returns"], 1, &["no index in index", "zhida index"]);
    assert_fails(path, &["serve", "--listen", "nonsense"], 1, &["nonsense", "--listen"]);
    assert_fails(path, &["index", "--frobnicate"], 2, &["--frobnicate", "--help"]);
    assert_fails(path, &["eval", "nowhere"], 1, &["nowhere/corpus.jsonl", "qrels"]);
    assert_fails(path, &["index", "--config", "none.toml"], 1, &["none.toml", "zhida config"]);

    write(&path.join("zhida.toml"), "[server]\nport = 1\n");
    assert_fails(path, &["index"], 1, &["port", "zhida config"]);
    fs::remove_file(path.join("zhida.toml")).expect("removed");

    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    assert_fails(path, &["serve", "--listen", &address], 1, &[&address, "in use"]);
}

#[test]
fn a_damaged_index_is_named_by_search_and_mended_by_index() {
    let folder = shop();
    assert!(run(folder.path(), &["index"]).status.success());
    let generation = fs::read_to_string(folder.path().join("index/current")).expect("a generation");
    fs::write(folder.path().join("index").join(generation).join("customer/meta.json"), "damaged")
        .expect("written");
    assert_fails(
        folder.path(),
        &["search", "returns"],
        1,
        &["cannot read the index in index", "zhida index"],
    );
    assert!(run(folder.path(), &["index"]).status.success());
    assert!(run(folder.path(), &["search", "returns"]).status.success());
}

#[test]
fn check_accounts_for_every_file_and_fails_on_errors() {
    let folder = shop();
    write(&folder.path().join("content/en/broken.md"), "---\ntitle: [\n---\nText.");
    let output = run(folder.path(), &["check", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    assert_eq!(lines[0]["file"], "en/broken.md");
    let summary = lines.last().expect("a summary");
    assert_eq!(
        (&summary["files"], &summary["articles"], &summary["skipped"]),
        (&2.into(), &2.into(), &0.into())
    );
    assert_eq!(summary["errors"], 1);
}

#[test]
fn the_questions_of_articles_are_asked() {
    let folder = shop();
    let article = |questions: &str| format!("---\ntitle: Opening hours\n{questions}\n---\nNine to six.");
    write(&folder.path().join("content/en/hours.md"), &article("questions: [when do you open]"));
    assert!(run(folder.path(), &["check"]).status.success());
    write(&folder.path().join("content/en/hours.md"), &article("not_questions:\n  - opening a parcel"));
    let output = run(folder.path(), &["check"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("en/hours.md:4: error [question-found] `opening a parcel`"), "{text}");
    for number in 0..4 {
        let path = folder.path().join(format!("content/en/copy{number}.md"));
        write(&path, "---\ntitle: Copy\nquestions: [same question]\n---\nSame question.");
    }
    let text = String::from_utf8_lossy(&run(folder.path(), &["check"]).stdout).into_owned();
    assert_eq!(text.matches("[question-not-found]").count(), 1, "three of four are first: {text}");
}

/// A help center of thirty articles with three questions each.
fn quiz() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let things = [
        "kettle",
        "lamp",
        "chair",
        "tent",
        "drone",
        "guitar",
        "camera",
        "bicycle",
        "mirror",
        "blender",
        "carpet",
        "heater",
        "printer",
        "router",
        "scooter",
        "speaker",
        "stapler",
        "sunglasses",
        "tablet",
        "telescope",
        "thermos",
        "toaster",
        "trombone",
        "umbrella",
        "vacuum",
        "violin",
        "wallet",
        "watch",
        "whistle",
        "zither",
    ];
    for thing in things {
        let path = folder.path().join(format!("content/en/{thing}.md"));
        let text = format!(
            "---\ntitle: Care of your {thing}\nquestions: [how do I clean the {thing}, {thing} got dirty, washing a {thing} at home]\n\
             not_questions: [can I rent a {thing}]\n---\nClean the {thing} with a damp cloth. Never put the {thing} under water.\n"
        );
        write(&path, &text);
    }
    folder
}

#[test]
fn sureness_is_learned_from_the_questions_of_articles() {
    let folder = quiz();
    let output = run(folder.path(), &["calibrate", "--dry-run"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!folder.path().join("content/answers.toml").exists(), "a dry run writes nothing");

    let output = run(folder.path(), &["calibrate", "--svg", "curve.svg"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("90 questions that an article answers"), "{text}");
    assert!(text.contains("<- [answers] precision") && text.contains("calibration error"), "{text}");
    let file = folder.path().join("content/answers.toml");
    let written = fs::read_to_string(&file).expect("a calibration was written");
    assert!(written.starts_with("# How sure Zhida is of its answers."), "{written}");
    assert!(fs::read_to_string(folder.path().join("curve.svg")).expect("a picture").contains("<svg"));
    run(folder.path(), &["calibrate"]);
    assert_eq!(fs::read_to_string(&file).expect("it is there"), written, "the same each time");

    run(folder.path(), &["index"]);
    let asked = run(folder.path(), &["answer", "--json", "my kettle got dirty, how do I clean it"]);
    let answer: serde_json::Value = serde_json::from_slice(&asked.stdout).expect("an answer is JSON");
    assert_eq!((&answer["state"], &answer["calibrated"]), (&"answered".into(), &true.into()), "{answer}");

    write(&file, "words = 3\n");
    let output = run(folder.path(), &["check"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("answers.toml: error [wrong-calibration]"), "{text}");
}

#[test]
fn too_few_questions_teach_nothing() {
    let folder = shop();
    assert_fails(folder.path(), &["calibrate"], 1, &["60 are needed", "--queries"]);
}

#[test]
fn what_was_answered_can_be_verified_later() {
    let folder = shop();
    run(folder.path(), &["index"]);
    let asked = run(folder.path(), &["answer", "--json", "Returns"]);
    write(&folder.path().join("answer.json"), &String::from_utf8_lossy(&asked.stdout));
    let verified = |text: &str| {
        write(&folder.path().join("content/en/returns.md"), text);
        let output = run(folder.path(), &["verify", "answer.json"]);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, said) = verified("---\ntitle: Returns\n---\nSend it back within 30 days.");
    assert_eq!((code, said.contains(": verified")), (Some(0), true), "{said}");
    let (code, said) = verified("---\ntitle: Returns\n---\nNews. Send it back within 30 days.");
    assert_eq!((code, said.contains(": gone")), (Some(1), true), "{said}");
    let (code, said) = verified("---\ntitle: Returns\n---\nSend it back within 30 days.\n\nMore.");
    assert_eq!((code, said.contains(": changed")), (Some(0), true), "{said}");
    fs::remove_file(folder.path().join("content/en/returns.md")).expect("it is there");
    let output = run(folder.path(), &["verify", "answer.json"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains(": no article"));
    assert_fails(folder.path(), &["verify", "nothing.json"], 1, &["nothing.json"]);
}

#[test]
fn a_ticket_is_solved_on_the_command_line() {
    let folder = shop();
    write(
        &folder.path().join("content/en/internal/desk.md"),
        "---\ntitle: Late returns\naudience: internal\n---\nAccept returns up to day 40 and send it back.",
    );
    run(folder.path(), &["index"]);
    write(
        &folder.path().join("ticket.txt"),
        "Hi,\nhow do I send the lamp back? Order #SB-778812\nThanks\nAnna",
    );
    let output = run(folder.path(), &["suggest", "--file", "ticket.txt", "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("suggestions are JSON");
    let ids = said["problems"][0]["suggestions"].as_array().expect("suggestions").iter();
    let ids: Vec<(&str, bool)> =
        ids.map(|one| (one["id"].as_str().expect("an id"), one["internal"] == true)).collect();
    assert!(ids.contains(&("returns", false)) && ids.contains(&("internal/desk", true)), "{said}");
    assert_eq!(said["entities"][0]["text"], "SB-778812");
    let output = run(folder.path(), &["suggest", "--file", "ticket.txt"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("Late returns [internal]"), "{text}");
    assert_fails(folder.path(), &["suggest", "--file", "nothing.txt"], 1, &["cannot read nothing.txt"]);
    write(&folder.path().join("empty.eml"), "");
    assert_fails(folder.path(), &["suggest", "--file", "empty.eml"], 1, &["this is no mail file"]);
}

#[test]
fn two_rankings_are_compared() {
    let folder = shop();
    write(
        &folder.path().join("judgments/en.jsonl"),
        "{\"q\": \"returns\", \"relevant\": {\"returns\": 3}}\n",
    );
    write(&folder.path().join("other.toml"), "[ranking]\ntitle = 2.0\n");
    let output = run(folder.path(), &["eval", "--judgments", "judgments", "--compare", "other.toml"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("compared") && text.contains("p = ") && text.contains("may be chance"), "{text}");
    let off = "[ranking]\nwords = 0.0\ngrams = 0.0\nchars = 0.0\ntitle = 0.0\n";
    write(&folder.path().join("other.toml"), off);
    assert!(
        run(folder.path(), &["eval", "--judgments", "judgments", "--compare", "other.toml"]).status.success()
    );
    write(&folder.path().join("other.toml"), "[ranking]\ntitle = -1.0\n");
    assert_fails(
        folder.path(),
        &["eval", "--judgments", "judgments", "--compare", "other.toml"],
        1,
        &["-1 is no weight"],
    );
    write(&folder.path().join("other.toml"), "[ranking]\ntitel = 2.0\n");
    assert_fails(
        folder.path(),
        &["eval", "--judgments", "judgments", "--compare", "other.toml"],
        1,
        &["titel"],
    );
}

#[test]
fn what_may_have_been_meant_is_said_on_the_command_line() {
    let folder = shop();
    assert!(run(folder.path(), &["index"]).status.success());
    let output = run(folder.path(), &["search", "--locale", "en", "retruns"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("0 articles\ndid you mean: returns\n") && text.contains("(typo)"), "{text}");
}

#[test]
fn why_is_explained_on_the_command_line() {
    let folder = shop();
    assert!(run(folder.path(), &["index"]).status.success());
    let output = run(folder.path(), &["why", "--id", "returns", "--locale", "en", "returns"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("number 1") && text.contains("words"), "{text}");
    assert_fails(folder.path(), &["why", "--id", "nowhere", "returns"], 1, &["nowhere", "zhida check"]);
}

#[test]
fn synonyms_that_change_nothing_are_told() {
    let folder = shop();
    write(&folder.path().join("content/synonyms.txt"), "# words\nreturns, take back\nparcel => shipment\n");
    let output = run(folder.path(), &["check", "--json"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let told: Vec<&str> = text.lines().filter(|line| line.contains("idle-synonyms")).collect();
    assert_eq!(told.len(), 1, "{text}");
    assert!(told[0].contains("\"line\":3") && told[0].contains("shipment"), "{text}");
}

#[test]
fn a_moved_article_is_noticed_and_its_old_address_kept_by_an_alias() {
    let folder = shop();
    assert!(run(folder.path(), &["index"]).status.success());
    let content = folder.path().join("content/en");
    fs::rename(content.join("returns.md"), content.join("send-back.md")).expect("moved");
    let output = run(folder.path(), &["check", "--json"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("aliases: [/en/articles/returns]"), "{text}");

    write(
        &content.join("send-back.md"),
        "---\ntitle: Returns\naliases: [/en/articles/returns]\n---\nSend it back.",
    );
    let server = Server::start(folder.path());
    let answer = server.get("/en/articles/returns");
    assert!(
        answer.starts_with("HTTP/1.1 301") && answer.contains("location: /en/articles/send-back"),
        "{answer}"
    );
}

/// Times that indexing is killed.
const KILLS: u32 = 50;

/// Articles of the help center that is indexed while being killed.
const ARTICLES: usize = 40;

fn write_version(folder: &Path, version: u32) {
    for article in 0..ARTICLES {
        let text =
            format!("---\ntitle: Article {article}\n---\n{}\n{}", word(version), "parcel refund ".repeat(50));
        write(&folder.join(format!("content/en/a{article}.md")), &text);
    }
}

/// Writes a number in letters, so that it is one word and no code.
fn word(version: u32) -> String {
    format!("version{version:03}q")
        .chars()
        .map(|c| c.to_digit(10).map_or(c, |digit| (b'k' + digit as u8) as char))
        .collect()
}

/// Returns the versions of the articles that customers find.
fn versions(folder: &Path, upto: u32) -> Vec<(u32, usize)> {
    let index = Builder::new(folder.join("index")).open_customer(None).expect("the index opens");
    let analyzer = Analyzer::new(index.vocabulary());
    let weights = Weights::default();
    let searcher = Searcher::new(&index, &analyzer, &weights, TODAY);
    let total = |version: &u32| {
        let total = searcher.search(&request(&word(*version), "en")).expect("it answers").total;
        (*version, total)
    };
    (0..=upto).map(|version| total(&version)).filter(|(_, total)| *total > 0).collect()
}

#[test]
fn killed_while_indexing_nothing_is_lost_or_half_done() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_version(folder.path(), 0);
    let start = Instant::now();
    assert!(run(folder.path(), &["index"]).status.success());
    let whole = start.elapsed();
    for kill in 1..=KILLS {
        write_version(folder.path(), kill);
        if kill % 2 == 0 {
            force_rebuild(folder.path());
        }
        let mut child = zhida(folder.path(), &["index"])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(whole * random(kill) / 100);
        child.kill().ok();
        child.wait().expect("it ends");
        restore_fingerprint(folder.path());
        let found = versions(folder.path(), kill);
        assert!(matches!(found.as_slice(), [(_, ARTICLES)]), "after kill {kill}, customers find {found:?}");
    }
    assert!(run(folder.path(), &["index"]).status.success());
    assert_eq!(versions(folder.path(), KILLS), [(KILLS, ARTICLES)]);
}

/// Spreads the moments evenly from 0 to 110 % of a whole run, in no order.
fn random(kill: u32) -> u32 {
    kill * 67 % 111
}

fn fingerprint(folder: &Path) -> std::path::PathBuf {
    let generation = fs::read_to_string(folder.join("index/current")).expect("a generation");
    folder.join("index").join(generation).join("fingerprint")
}

/// Makes the next run build a new generation, as after an upgrade.
fn force_rebuild(folder: &Path) {
    let path = fingerprint(folder);
    fs::rename(&path, path.with_extension("kept")).expect("renamed");
}

/// Makes the old generation readable again, if it is still the one in use.
fn restore_fingerprint(folder: &Path) {
    let path = fingerprint(folder);
    if !path.exists() {
        fs::rename(path.with_extension("kept"), path).expect("renamed");
    }
}

/// Sends JSON and returns the answer with its head.
fn post(address: &str, path: &str, key: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn a_key_lets_in() {
    let folder = shop();
    let printed = run(folder.path(), &["keys", "--name", "a \"tool\"", "--expires", "2999-12-31"]);
    let printed = String::from_utf8(printed.stdout).expect("a text");
    let key = printed.split_whitespace().find(|word| word.starts_with("zhida_")).expect("a key");
    let (_, settings) = printed.split_once("[[agents.keys]]").expect("settings");
    write(&folder.path().join("zhida.toml"), &format!("[[agents.keys]]{settings}"));
    let server = Server::start(folder.path());
    let ask = |key| {
        post(&server.address, "/api/v1/agent/suggestions", key, "{\"body\": \"how do returns work\"}")
            .expect("an answer")
    };
    let answer = ask(key);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("zhida-index: agent"), "{answer}");
    assert!(ask("zhida_other").starts_with("HTTP/1.1 401"));
}

/// How often the server is killed while events are reported.
const EVENT_KILLS: u64 = 50;

#[test]
fn no_acknowledged_event_is_lost() {
    acknowledged_events_stay(EVENT_KILLS, &Settings::default());
}

#[test]
fn no_acknowledged_event_is_lost_on_a_database_server() {
    if let Some(server) = postgres() {
        acknowledged_events_stay(EVENT_KILLS / 5, &server.events());
    }
}

/// Kills the server again and again while events are reported, and counts those in the log.
fn acknowledged_events_stay(kills: u64, settings: &Settings) {
    let folder = shop();
    if let Some(database) = &settings.database {
        write(
            &folder.path().join("zhida.toml"),
            &format!("[events]\ndatabase = \"{}\"\n", database.as_str()),
        );
    }
    let mut acknowledged = 0;
    for kill in 0..kills {
        let mut server = Server::start(folder.path());
        let answer = post(&server.address, "/api/v1/search", "", "{\"q\": \"returns\"}").expect("an answer");
        let (_, rest) = answer.split_once("\"query_id\":\"").expect("a name");
        let query_id = rest.split('"').next().expect("it ends").to_owned();
        let event = format!(
            "{{\"events\": [{{\"type\": \"vote\", \"helpful\": true, \"query_id\": \"{query_id}\", \"id\": \"returns\", \"locale\": \"en\"}}]}}"
        );
        let reporting: Vec<_> = (0..4)
            .map(|_| {
                let (address, event) = (server.address.clone(), event.clone());
                std::thread::spawn(move || {
                    let is_kept = |answer: String| answer.starts_with("HTTP/1.1 200");
                    let report = || post(&address, "/api/v1/events", "", &event).is_ok_and(is_kept);
                    std::iter::from_fn(|| report().then_some(())).count()
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(20 + 31 * kill % 230));
        server.child.kill().expect("it runs");
        acknowledged += reporting.into_iter().map(|thread| thread.join().expect("it ends")).sum::<usize>();
    }
    let log = Stored::open(&folder.path().join("data"), settings).expect("the log opens");
    let mut kept = 0;
    let count = &mut |_, line: &str| {
        kept += usize::from(line.contains("\"kind\":\"voted\""));
        Ok(())
    };
    log.for_each_line(count).expect("the log is read");
    // Votes of one network are limited: 30 at once after each start.
    assert!(acknowledged as u64 > 5 * kills, "{acknowledged}");
    assert!(kept >= acknowledged, "{acknowledged} acknowledged, {kept} kept");
}

#[test]
fn the_log_is_exported_purged_and_forgotten() {
    let folder = shop();
    {
        let server = Server::start(folder.path());
        for query in ["Anna+Miller+returns", "returns", "%3Dreturns"] {
            server.get(&format!("/en/search?q={query}"));
        }
        // What the server notices is written a moment later.
        std::thread::sleep(Duration::from_secs(1));
    }
    let printed = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a text")
    };
    let queries = || -> Vec<String> {
        let export = printed(&["events", "export"]);
        let query = |line: &str| {
            let event: serde_json::Value = serde_json::from_str(line).expect("JSON");
            event["details"]["query"].as_str().expect("a query").to_owned()
        };
        export.lines().map(query).collect()
    };
    assert_eq!(queries(), ["Anna Miller returns", "returns", "=returns"]);
    assert!(printed(&["events", "forget", "anna miller"]).starts_with("1 events have this text"));
    assert_eq!(queries().len(), 3, "it was only counted");
    assert!(printed(&["events", "forget", "anna miller", "--yes"]).starts_with("1 events deleted"));
    assert_eq!(queries(), ["returns", "=returns"]);
    let replayed = printed(&["replay", "--synonym", "returns, delivery"]);
    assert!(replayed.contains("2 searches"), "{replayed}");
    assert!(!folder.path().join("content/synonyms.txt").exists());
    assert_eq!(printed(&["events", "purge"]), "0 events deleted\n");
    assert_eq!(printed(&["events", "purge", "--before", "2999-01-01"]), "2 events deleted\n");
    assert!(queries().is_empty());
    let wrong = run(folder.path(), &["replay"]);
    assert_eq!(wrong.status.code(), Some(2), "it wants a change");
}

#[test]
fn the_company_is_told_at_once() {
    let folder = shop();
    let (url, told) = webhook(&[]);
    let hash = blake3::hash(b"zhida_key").to_hex();
    write(
        &folder.path().join("zhida.toml"),
        &format!(
            "[insights]\nleast_visitors = 1\n[messages.notices]\nwebhook = \"{url}\"\ngap_visitors = 1\n\
             [[agents.keys]]\nname = \"a\"\nhash = \"{hash}\"\n"
        ),
    );
    let next = || -> serde_json::Value {
        let posted = told.recv_timeout(Duration::from_secs(30)).expect("a notice");
        serde_json::from_str(&posted.body).expect("JSON")
    };
    {
        let server = Server::start(folder.path());
        let answer =
            post(&server.address, "/api/v1/search", "", "{\"q\": \"zzzz qqqq\"}").expect("an answer");
        let (_, rest) = answer.split_once("\"query_id\":\"").expect("a name");
        let query_id = rest.split('"').next().expect("it ends");
        let vote = |comment: &str| {
            format!(
                "{{\"type\": \"vote\", \"helpful\": false, \"comment\": {comment}, \"query_id\": \"{query_id}\", \"id\": \"returns\", \"locale\": \"en\"}}"
            )
        };
        let escalation = format!("{{\"type\": \"escalation\", \"query_id\": \"{query_id}\"}}");
        // Without a comment there is nothing to tell.
        let events = [vote("null"), vote("\"call 13812345678, it is old\""), escalation].join(", ");
        let events = format!("{{\"events\": [{events}]}}");
        assert!(
            post(&server.address, "/api/v1/events", "", &events)
                .expect("an answer")
                .starts_with("HTTP/1.1 200")
        );
        let mut news = [next(), next()];
        news.sort_by_key(|one| one["type"].to_string());
        assert_eq!((&news[0]["type"], news[0]["query_id"].as_str()), (&"escalation".into(), Some(query_id)));
        assert_eq!((&news[1]["type"], &news[1]["article"]), (&"negative_vote".into(), &"returns".into()));
        let comment = news[1]["comment"].as_str().expect("a comment");
        assert!(comment.ends_with("it is old") && !comment.contains("138"), "{comment}");
    }
    {
        let _server = Server::start(folder.path());
        // What arrived the moment before the server was killed may come again.
        let gap = std::iter::repeat_with(next).find(|one| one["type"] == "gap").expect("a gap");
        assert_eq!(
            (&gap["type"], &gap["name"], &gap["visitors"]),
            (&"gap".into(), &"zzzz qqqq".into(), &1.into())
        );
        std::thread::sleep(Duration::from_secs(1));
    }
    // Each gap is told once, but for that.
    let _server = Server::start(folder.path());
    assert!(told.recv_timeout(Duration::from_secs(3)).is_err());
}

#[test]
fn an_editor_writes_articles_that_are_found_at_once() {
    let folder = shop();
    let keys: String = ["agent", "editor"]
        .map(|role| {
            let hash = blake3::hash(role.as_bytes()).to_hex();
            format!("[[agents.keys]]\nname = \"{role}\"\nrole = \"{role}\"\nhash = \"{hash}\"\n")
        })
        .concat();
    write(&folder.path().join("zhida.toml"), &keys);
    let server = Server::start(folder.path());
    let send = |method: &str, key: &str, headers: &str, body: &str| {
        let mut stream = TcpStream::connect(&server.address).expect("the server listens");
        write!(
            stream,
            "{method} /api/v1/articles/a?locale=zh-Hans HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Authorization: Bearer {key}\r\n{headers}Content-Type: text/markdown\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    let finds = || server.get("/api/v1/search?q=TESTFRESH&locale=zh-Hans").contains("\"id\":\"a\"");
    let is =
        |answer: &str, status: &str| assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    let article = "---\ntitle: 新政策TESTFRESH\n---\n七天内可退。\n";
    is(&send("PUT", "", "", article), "401");
    is(&send("PUT", "agent", "", article), "403");
    assert!(!finds());
    let created = send("PUT", "editor", "If-None-Match: *\r\n", article);
    is(&created, "201");
    assert!(created.contains("\"visible_to\":\"customers\""), "{created}");
    assert!(finds());
    let file = folder.path().join("content/zh-Hans/a.md");
    assert_eq!(fs::read_to_string(&file).expect("a file"), article);
    is(&send("PUT", "editor", "If-None-Match: *\r\n", article), "412");
    let etag = created.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a version").to_owned();
    is(&send("PUT", "editor", "If-Match: \"other\"\r\n", "x"), "412");
    // What has errors, or is another article, is refused with what to do.
    let wrong = send("PUT", "editor", "", "---\ntitle: [\n---\n");
    is(&wrong, "422");
    assert!(wrong.contains("broken-front-matter"), "{wrong}");
    is(&send("PUT", "editor", "", "---\nid: b\n---\nText\n"), "422");
    assert_eq!(fs::read_to_string(&file).expect("a file"), article);
    // Unpublished, published again, deleted: the next request sees it.
    let draft = article.replace("---\n七", "status: draft\n---\n七");
    let answer = send("PUT", "editor", &format!("If-Match: {etag}\r\n"), &draft);
    is(&answer, "200");
    assert!(answer.contains("\"visible_to\":\"nobody\""), "{answer}");
    assert!(!finds());
    is(&send("PUT", "editor", "", &article.replace("title", "audience: internal\ntitle")), "200");
    assert!(!finds(), "it is internal");
    is(&send("PUT", "editor", "", article), "200");
    assert!(finds());
    is(&send("DELETE", "agent", "", ""), "403");
    is(&send("DELETE", "editor", "", ""), "200");
    assert!(!finds() && !file.exists());
    assert!(server.get("/api/v1/articles/a?locale=zh-Hans").starts_with("HTTP/1.1 404"));
    is(&send("DELETE", "editor", "", ""), "404");
}

#[test]
fn an_audit_finds_nothing_that_customers_must_not_see() {
    let folder = shop();
    let output = run(folder.path(), &["audit"]);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    assert!(printed.contains("42 canaries") && printed.contains(" 0 leaks"), "{printed}");
    assert!(!folder.path().join("data").exists() && !folder.path().join("content/en/zq-audit").exists());
}
