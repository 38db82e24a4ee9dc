//! The log of events, in a file and on a PostgreSQL server: 1. what is acknowledged is there after a restart; 2. a ticket
//! counts once, and what was said last; 3. while the file cannot be written, reports fail, the rest waits; 4. what
//! visitors do is kept, if it follows what they were shown; 5. nothing personal is written.

use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};
use zhida::content::ArticleId;
use zhida::events::{
    Channel, Event, EventError, Events, Mark, Marks, Place, Report, Revision, Searched, Settings, Shown,
    Suggested, Visitor, Vote, What,
};

use crate::postgres::postgres;
use crate::support::{Server, kept_text, locale, parcels};

fn article(id: &str) -> Revision {
    Revision { id: ArticleId::new(id).expect("an id"), locale: locale("en"), hash: "1".to_owned() }
}

fn event(what: What) -> Event {
    Event { at: Timestamp::UNIX_EPOCH, visitor: None, what }
}

fn shown(suggestion: &str, id: &str) -> Event {
    let place = Place { problem: 1, rank: 1, confidence: 0.9 };
    event(What::Suggested(Suggested { suggestion: suggestion.to_owned(), article: article(id), place }))
}

fn marked(suggestion: &str, id: &str, mark: Mark) -> Event {
    event(What::Marked { suggestion: suggestion.to_owned(), article: article(id), mark })
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(future)
}

fn open(dir: &Path) -> Events {
    Events::open(dir, &Settings::default()).expect("a thread")
}

/// Runs a test with a log in a file, and with one on a server.
fn on_both(test: impl Fn(&dyn Fn() -> Events)) {
    let dir = tempfile::tempdir().expect("a folder");
    test(&|| open(dir.path()));
    if let Some(server) = postgres() {
        let settings = server.events();
        test(&|| Events::open(dir.path(), &settings).expect("a thread"));
    }
}

fn marks(events: &Events, id: &str) -> Option<Marks> {
    wait(events.read(|store| store.marks())).expect("the log is read").get(&article(id)).copied()
}

#[test]
fn what_is_acknowledged_is_there_after_a_restart() {
    on_both(|open| {
        let events = open();
        events.record(vec![shown("a", "lost")]);
        wait(events.write(vec![marked("a", "lost", Mark::Solved)])).expect("it is written");
        drop(events);
        let events = open();
        wait(events.drain()).expect("it opens");
        assert_eq!(wait(events.read(|store| store.suggested("a".to_owned()))), Ok(Some(article("lost"))));
        assert_eq!(wait(events.read(|store| store.suggested("b".to_owned()))), Ok(None));
        assert_eq!(marks(&events, "lost"), Some(Marks { helped: 1, rejected: 0 }));
    });
}

/// One event of every kind, as they come out again.
fn every_kind() -> Vec<Event> {
    let revision = || article("lost");
    let report = |report| What::Reported { query_id: Some("q".to_owned()), report };
    let vote =
        Vote { helpful: false, reason: Some("wrong".to_owned()), comment: Some("no \u{0} use".to_owned()) };
    let searched = Searched {
        query_id: "q".to_owned(),
        query: "lost 包裹 \"x\"".to_owned(),
        locale: locale("zh-Hant"),
        channel: Channel::Widget,
        filters: [("market".into(), "DE".to_owned())].into(),
        total: 3,
        results: vec![Shown { id: "lost".to_owned(), locale: "en".to_owned(), tier: Some("exact".into()) }],
        answer: Some("answered".into()),
    };
    let by_visitor = [
        What::Searched(Box::new(searched)),
        report(Report::Clicked { article: revision(), position: 2 }),
        report(Report::Viewed { article: revision() }),
        What::Reported { query_id: None, report: Report::Viewed { article: revision() } },
        report(Report::Voted { article: revision(), vote }),
        report(Report::Escalated),
        report(Report::Rated { score: 4 }),
    ];
    let by_visitor =
        by_visitor.map(|what| Event { visitor: Some(Visitor::new("net", "browser")), ..event(what) });
    let by_agent = Mark::ALL.map(|mark| marked("s", "lost", mark));
    let missing = What::Missing { problem: "no such article".to_owned(), locale: locale("en") };
    [by_visitor.to_vec(), vec![shown("s", "lost")], by_agent.to_vec(), vec![event(missing)]].concat()
}

#[test]
fn what_is_kept_is_what_happened() {
    on_both(|open| {
        let events = open();
        wait(events.write(every_kind())).expect("they are written");
        let read = |last| wait(events.read(move |store| store.after(last, 5))).expect("the log is read");
        let (first, end) = read(0);
        assert_eq!(first.len(), 5);
        let mut all = first;
        let mut end = end;
        loop {
            let (more, next) = read(end);
            if next == end {
                break;
            }
            (all, end) = ([all, more].concat(), next);
        }
        assert!(all.is_sorted_by_key(|(number, _)| *number));
        assert_eq!(all.into_iter().map(|(_, event)| event).collect::<Vec<_>>(), every_kind());
    });
}

#[test]
fn what_is_old_is_deleted() {
    on_both(|open| {
        let events = open();
        let at = |hours: i64, name: &str| Event {
            at: Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(hours),
            ..shown(name, "lost")
        };
        wait(events.write(vec![at(1, "a"), at(2, "b"), at(3, "c")])).expect("they are written");
        let before = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(3);
        assert_eq!(wait(events.read(move |store| store.purge(before))), Ok(2));
        assert_eq!(wait(events.read(|store| store.suggested("b".to_owned()))), Ok(None));
        assert_eq!(wait(events.read(|store| store.suggested("c".to_owned()))), Ok(Some(article("lost"))));
    });
}

#[test]
fn who_has_read_the_log_misses_nothing_when_some_of_it_is_deleted() {
    on_both(|open| {
        let events = open();
        wait(events.write(vec![shown("a", "lost"), shown("b", "lost")])).expect("they are written");
        let (_, end) = wait(events.read(|store| store.after(0, 10))).expect("the log is read");
        let later = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(1);
        assert_eq!(wait(events.read(move |store| store.purge(later))), Ok(2));
        wait(events.write(vec![shown("c", "lost")])).expect("it is written");
        let (new, _) = wait(events.read(move |store| store.after(end, 10))).expect("the log is read");
        assert_eq!(new.len(), 1, "numbers are not given out twice");
    });
}

#[test]
fn a_server_that_is_away_is_told_without_its_password() {
    let address = "postgres://zhida:s3cret@127.0.0.1:9/events";
    let settings: Settings = serde_json::from_value(json!({ "database": address })).expect("settings");
    let dir = tempfile::tempdir().expect("a folder");
    let events = Events::open(dir.path(), &settings).expect("a thread");
    assert_eq!(wait(events.write(vec![shown("a", "lost")])), Err(EventError::Unavailable));
    assert!(events.is_failing());
    assert!(!format!("{settings:?}").contains("s3cret"));
    let wrong =
        serde_json::from_value::<Settings>(json!({ "database": "mysql://x" })).expect_err("no such database");
    assert!(wrong.to_string().contains("postgres://user:password@host"), "{wrong}");
}

#[test]
fn a_ticket_counts_once() {
    on_both(|open| {
        let events = open();
        let solved = || marked("a", "lost", Mark::Solved);
        let inserted = marked("a", "lost", Mark::Inserted);
        let all = vec![solved(), solved(), inserted, solved(), marked("b", "lost", Mark::Rejected)];
        wait(events.write(all)).expect("they are written");
        wait(events.write(vec![marked("c", "duty", Mark::Opened), marked("d", "lost", Mark::Solved)]))
            .expect("they are written");
        assert_eq!(marks(&events, "lost"), Some(Marks { helped: 2, rejected: 1 }));
        assert_eq!(marks(&events, "duty"), None, "reading an article is no help");
        let of = vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let verdicts = wait(events.read(|store| store.verdicts(of))).expect("the log is read");
        assert_eq!(verdicts, [("a".to_owned(), Mark::Solved), ("b".to_owned(), Mark::Rejected)].into());
        wait(events.write(vec![marked("a", "lost", Mark::Rejected)])).expect("it is written");
        assert_eq!(marks(&events, "lost"), Some(Marks { helped: 1, rejected: 2 }), "the last word counts");
        let solutions = wait(events.read(|store| store.usual_solutions(5))).expect("read");
        assert_eq!(solutions.iter().map(|one| one.tickets).collect::<Vec<_>>(), [2]);
    });
}

#[test]
fn while_the_file_cannot_be_written_reports_fail_and_the_rest_waits() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    std::fs::write(&data, "a file where the folder should be").expect("it is written");
    let events = open(&data);
    assert_eq!(wait(events.write(vec![shown("a", "lost")])), Err(EventError::Unavailable));
    assert_eq!(wait(events.read(|store| store.marks())).err(), Some(EventError::Unavailable));
    events.record(vec![shown("b", "lost")]);
    assert!(!events.finish(Duration::ZERO));
    // What waits does not make reports wait.
    let start = Instant::now();
    for _ in 0..20 {
        assert_eq!(wait(events.write(vec![shown("c", "lost")])), Err(EventError::Unavailable));
    }
    assert!(start.elapsed() < Duration::from_secs(15), "they are refused at once");
    assert!(events.is_failing());
    std::fs::remove_file(&data).expect("it was there");
    let deadline = Instant::now() + Duration::from_secs(30);
    while wait(events.drain()).is_err() {
        assert!(Instant::now() < deadline, "the log never opens");
    }
    assert_eq!(wait(events.read(|store| store.suggested("a".to_owned()))), Ok(None));
    assert_eq!(wait(events.read(|store| store.suggested("b".to_owned()))), Ok(Some(article("lost"))));
    assert_eq!(events.dropped(), 0);
}

/// The reports of one visitor.
fn report(server: &Server, events: &Value) -> (StatusCode, Value) {
    server.post("/api/v1/events", &json!({ "events": events }).to_string())
}

fn counts(server: &Server) -> Vec<(String, u64)> {
    server.counts().into_iter().collect()
}

fn query_id(server: &Server) -> Value {
    let (_, answer) = server.post("/api/v1/search", "{\"q\": \"lost parcel\"}");
    answer["query_id"].clone()
}

#[test]
fn what_visitors_do_is_kept() {
    let server = parcels().server();
    let id = query_id(&server);
    let click = json!({ "type": "click", "query_id": id, "id": "lost", "locale": "en", "position": 1 });
    let vote = |helpful: bool| {
        json!({ "type": "vote", "query_id": id, "id": "lost", "locale": "en", "helpful": helpful,
            "reason": "outdated", "comment": "call 13812345678" })
    };
    let escalation = json!({ "type": "escalation", "query_id": id });
    let csat = json!({ "type": "csat", "query_id": id, "score": 2 });
    let view = json!({ "type": "view", "query_id": id, "id": "lost", "locale": "en" });
    let all = json!([click, click, vote(true), vote(false), escalation, csat, csat, view]);
    let (status, answer) = report(&server, &all);
    assert_eq!((status, &answer), (StatusCode::OK, &json!({ "accepted": 8 })));
    let expected =
        [("clicked", 1), ("escalated", 1), ("rated", 1), ("searched", 1), ("viewed", 1), ("voted", 2)];
    assert_eq!(counts(&server), expected.map(|(kind, count)| (kind.to_owned(), count)));
}

#[test]
fn pages_are_noticed() {
    let server = parcels().server();
    server.get("/en/search?q=lost+parcel");
    server.get("/en/articles/lost");
    server.get("/api/v1/answers?q=lost+parcel");
    // Neither browsing, nor a verdict on an answer, is a search.
    server.get("/en/search");
    server.get("/api/v1/search?q=&page=1");
    // Nor is what a widget looks up for the page that it is on.
    server.get("/api/v1/search?q=lost+parcel&record=false");
    server.get("/en/search?q=lost+parcel&answer=no");
    // Unless a person said it: browsers tell.
    server.get_with("/en/search?q=parcel+never+arrived&answer=no", &[("sec-fetch-user", "?1")]);
    let expected = [("searched", 2), ("viewed", 1), ("voted", 1)];
    assert_eq!(counts(&server), expected.map(|(kind, count)| (kind.to_owned(), count)));
}

#[test]
fn clicks_cannot_be_invented() {
    let server = parcels().server();
    let good = query_id(&server);
    let good = good.as_str().expect("a name");
    let other = query_id(&parcels().server());
    let click = |query_id: &str, id: &str, position: usize| json!([{ "type": "click", "query_id": query_id, "id": id, "locale": "en", "position": position }]);
    let code = |events: &Value| report(&server, events).1["code"].as_str().unwrap_or_default().to_owned();
    assert_eq!(code(&click("00", "lost", 1)), "unknown_query_id");
    assert_eq!(code(&click(other.as_str().expect("a name"), "lost", 1)), "unknown_query_id");
    assert_eq!(code(&click(good, "nothing", 1)), "invalid_parameter");
    assert_eq!(code(&click(good, "internal/compensation", 1)), "invalid_parameter");
    assert_eq!(code(&click(good, "lost", 0)), "invalid_parameter");
    assert_eq!(code(&json!([{ "type": "csat", "query_id": good, "score": 6 }])), "invalid_parameter");
    assert_eq!(code(&json!([{ "type": "like", "query_id": good }])), "invalid_body");
    assert_eq!(code(&json!([{ "type": "escalation", "query_id": good, "x": 1 }])), "unknown_parameter");
    let many: Vec<Value> = (0..101).map(|_| json!({ "type": "escalation", "query_id": good })).collect();
    assert_eq!(code(&json!(many)), "invalid_parameter");
    // One that is wrong keeps the others out, too.
    let mixed =
        json!([{ "type": "escalation", "query_id": good }, { "type": "csat", "query_id": good, "score": 0 }]);
    assert_eq!(code(&mixed), "invalid_parameter");
    assert_eq!(counts(&server), [("searched".to_owned(), 1)]);
}

#[test]
fn nothing_personal_is_written() {
    let shop = parcels();
    let server = shop.server();
    let secrets = ["13812345678", "anna@mail.example", "4526 0181 5908 3012", "SB20261103-4821"];
    let said = format!("lost parcel {}", secrets.join(" "));
    let (_, answer) = server.post("/api/v1/search", &json!({ "q": said, "tag": secrets[0] }).to_string());
    let vote = json!({ "type": "vote", "query_id": answer["query_id"], "id": "lost", "locale": "en",
        "helpful": false, "comment": said });
    assert_eq!(report(&server, &json!([vote])).0, StatusCode::OK);
    let (status, _) = server
        .post_as_agent("/api/v1/agent/suggestions", &json!({ "subject": said, "body": said }).to_string());
    assert_eq!(status, StatusCode::OK);
    wait(server.events().drain()).expect("the log is written");
    let kept = kept_text(&shop.data());
    for secret in secrets {
        assert!(!kept.contains(secret), "{secret} is in the log");
    }
}
