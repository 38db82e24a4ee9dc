//! What visitors and agents did, as a log that only grows: what insights and learning are
//! made of.
//!
//! [`Events`] takes events from any thread and writes them on one of its own (`writer`), many
//! in one transaction. What the server notices itself is recorded without waiting
//! ([`Events::record`]): a search never waits for the log. What a client reports is
//! acknowledged when it is on disk ([`Events::write`]). The log is a file of SQLite, or a
//! database of PostgreSQL that several servers share (`store`). What people typed is written
//! without what names a person or a case (`row`). What is old is deleted (`sweeper`).
//!
//! Nothing here knows what an event is good for.

mod event;
mod row;
mod store;
mod stored;
mod sweeper;
mod writer;

use std::future::Future;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Notify, mpsc, oneshot};

pub use event::{
    Channel, Event, Mark, Place, Report, Revision, Searched, Shown, Suggested, Visitor, Vote, What,
};
pub use row::texts_of;
pub use store::{Marks, Solution, Store};
pub use stored::{Stored, StoredError};
use writer::{Job, Writer};

use crate::database::{Location, ServerUrl};

/// Where the log is, and how long events stay in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// A database of PostgreSQL; a file in the data folder if nothing.
    #[serde(default, deserialize_with = "ServerUrl::deserialize")]
    pub database: Option<ServerUrl>,
    /// Events are deleted after so many days; never if 0.
    #[serde(default)]
    pub keep_days: u32,
}

impl Settings {
    /// Returns where the log is, with `dir` for the data folder.
    fn location(&self, dir: &Path) -> Location {
        match &self.database {
            Some(url) => Location::Server(url.clone()),
            None => Location::File(dir.join("events.sqlite")),
        }
    }

    /// Returns how long events stay; for ever if nothing.
    pub fn keep(&self) -> Option<SignedDuration> {
        (self.keep_days > 0).then(|| SignedDuration::from_hours(24 * i64::from(self.keep_days)))
    }
}

/// The log, to be shared by all.
pub struct Events {
    queue: mpsc::Sender<Job>,
    store: Arc<OnceLock<Store>>,
    state: Arc<State>,
    /// Only taken away when dropped.
    runtime: Option<Runtime>,
}

/// Why an event is not in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// The database cannot be opened or written now.
    #[error("the log of events cannot be written")]
    Unavailable,
    /// More is waiting to be written than is kept in memory.
    #[error("too many events wait to be written")]
    Full,
}

/// Jobs that may wait to be written.
const QUEUE: usize = 10_000;

impl Events {
    /// Keeps the log in `dir`, or where `settings` say. A database that cannot be opened is tried
    /// again until it can be.
    pub fn open(dir: &Path, settings: &Settings) -> std::io::Result<Self> {
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("events").enable_all().build()?;
        let (queue, jobs) = mpsc::channel(QUEUE);
        let store = Arc::new(OnceLock::new());
        let state = Arc::new(State::default());
        let writer = Writer {
            location: settings.location(dir),
            store: Arc::clone(&store),
            state: Arc::clone(&state),
            waiting: Vec::new(),
        };
        runtime.spawn(writer.run(jobs));
        if let Some(keep) = settings.keep() {
            runtime.spawn(sweeper::run(Arc::clone(&store), keep));
        }
        Ok(Self { queue, store, state, runtime: Some(runtime) })
    }

    /// Takes events to be written soon; drops and counts them where too many wait already.
    pub fn record(&self, events: Vec<Event>) {
        let count = events.len();
        if count > 0 && self.queue.try_send(Job { events, written: None }).is_err() {
            self.state.drop_events(count);
        }
    }

    /// Writes events; returns when they are on disk.
    pub async fn write(&self, events: Vec<Event>) -> Result<(), EventError> {
        let (written, done) = oneshot::channel();
        self.queue.try_send(Job { events, written: Some(written) }).map_err(|error| match error {
            TrySendError::Full(_) => EventError::Full,
            TrySendError::Closed(_) => EventError::Unavailable,
        })?;
        self.state.urgent.notify_one();
        done.await.unwrap_or(Err(EventError::Unavailable))
    }

    /// Waits until all that was taken so far is written, or cannot be.
    pub async fn drain(&self) -> Result<(), EventError> {
        self.write(Vec::new()).await
    }

    /// Waits for the same at the end of the program, for so long at most; returns whether all
    /// is written.
    pub fn finish(&self, patience: Duration) -> bool {
        let runtime = self.runtime.as_ref().expect("it is there until the log is dropped");
        let drained = runtime.block_on(async { tokio::time::timeout(patience, self.drain()).await });
        drained.is_ok_and(|drained| drained.is_ok())
    }

    /// Asks the log.
    pub async fn read<T, F>(&self, query: impl FnOnce(Store) -> F) -> Result<T, EventError>
    where
        T: Send + 'static,
        F: Future<Output = sqlx::Result<T>> + Send + 'static,
    {
        let store = self.store.get().ok_or(EventError::Unavailable)?.clone();
        let runtime = self.runtime.as_ref().expect("it is there until the log is dropped");
        let answer = runtime.spawn(query(store)).await.map_err(|_| EventError::Unavailable)?;
        answer.map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "the log of events cannot be read");
            EventError::Unavailable
        })
    }

    /// Returns whether the last events could not be written; they wait, or were refused.
    pub fn is_failing(&self) -> bool {
        self.state.is_failing.load(Ordering::Relaxed)
    }

    /// Returns how many jobs wait to be written.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Returns how many events were dropped because too many waited.
    pub fn dropped(&self) -> u64 {
        self.state.dropped.load(Ordering::Relaxed)
    }
}

/// How the log is.
#[derive(Default)]
struct State {
    is_failing: AtomicBool,
    dropped: AtomicU64,
    /// Tells that somebody waits for what was sent.
    urgent: Notify,
}

impl State {
    fn drop_events(&self, count: usize) {
        self.dropped.fetch_add(count as u64, Ordering::Relaxed);
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
