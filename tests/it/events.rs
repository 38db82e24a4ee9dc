//! The log of events: 1. what is acknowledged is there after a restart; 2. what counts once is
//! kept once; 3. while the file cannot be written, reports fail, the rest waits.

use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use zhida::content::ArticleId;
use zhida::events::{Event, EventError, Events, Mark, Marks, Place, Revision, Suggested, What};

use crate::support::locale;

fn article(id: &str) -> Revision {
    Revision { id: ArticleId::new(id).expect("an id"), locale: locale("en"), hash: "1".to_owned() }
}

fn event(what: What) -> Event {
    Event { at: Timestamp::UNIX_EPOCH, what }
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
    Events::open(dir).expect("a thread")
}

fn marks(events: &Events, id: &str) -> Option<Marks> {
    wait(events.read(|store| store.marks())).expect("the log is read").get(&article(id)).copied()
}

#[test]
fn what_is_acknowledged_is_there_after_a_restart() {
    let dir = tempfile::tempdir().expect("a folder");
    let events = open(dir.path());
    events.record(vec![shown("a", "lost")]);
    wait(events.write(vec![marked("a", "lost", Mark::Solved)])).expect("it is written");
    drop(events);
    let events = open(dir.path());
    wait(events.drain()).expect("it opens");
    assert_eq!(wait(events.read(|store| store.suggested("a".to_owned()))), Ok(Some(article("lost"))));
    assert_eq!(wait(events.read(|store| store.suggested("b".to_owned()))), Ok(None));
    assert_eq!(marks(&events, "lost"), Some(Marks { helped: 1, rejected: 0 }));
}

#[test]
fn what_counts_once_is_kept_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let events = open(dir.path());
    let solved = || marked("a", "lost", Mark::Solved);
    let inserted = marked("a", "lost", Mark::Inserted);
    let all = vec![solved(), solved(), inserted, solved(), marked("b", "lost", Mark::Rejected)];
    wait(events.write(all)).expect("they are written");
    wait(events.write(vec![marked("c", "duty", Mark::Opened), marked("d", "lost", Mark::Solved)]))
        .expect("they are written");
    assert_eq!(marks(&events, "lost"), Some(Marks { helped: 2, rejected: 1 }));
    assert_eq!(marks(&events, "duty"), None, "reading an article is no help");
    let of = wait(events.read(|store| store.marks_of(vec!["a".to_owned(), "c".to_owned()]))).expect("read");
    assert_eq!(
        of,
        [("a".to_owned(), Mark::Solved), ("a".to_owned(), Mark::Inserted), ("c".to_owned(), Mark::Opened)]
    );
    let solutions = wait(events.read(|store| store.usual_solutions(5))).expect("read");
    assert_eq!(solutions.iter().map(|one| one.tickets).collect::<Vec<_>>(), [2]);
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
    std::fs::remove_file(&data).expect("it was there");
    let deadline = Instant::now() + Duration::from_secs(30);
    while wait(events.drain()).is_err() {
        assert!(Instant::now() < deadline, "the log never opens");
    }
    assert_eq!(wait(events.read(|store| store.suggested("a".to_owned()))), Ok(None));
    assert_eq!(wait(events.read(|store| store.suggested("b".to_owned()))), Ok(Some(article("lost"))));
    assert_eq!(events.dropped(), 0);
}
