//! Writes what waits in the queue, many events in one transaction: a commit waits for the
//! disk, whatever it holds.
//!
//! While the database cannot be opened or written, reports are refused at once, and what the
//! server noticed itself waits, up to a bound.

use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, sleep_until};

use super::{Event, EventError, State, Store};
use crate::database::Location;

/// Events to write, and who waits for that.
pub(super) struct Job {
    pub(super) events: Vec<Event>,
    pub(super) written: Option<oneshot::Sender<Result<(), EventError>>>,
}

/// Jobs that are written in one transaction.
const BATCH: usize = 1_000;

/// How long what nobody waits for is gathered.
const GATHER: Duration = Duration::from_millis(100);

/// Jobs that wait while nothing can be written.
const MOST_WAITING: usize = 10_000;

/// How long to wait before what failed is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Writes to one database.
pub(super) struct Writer {
    pub(super) location: Location,
    pub(super) store: Arc<OnceLock<Store>>,
    pub(super) state: Arc<State>,
    pub(super) waiting: Vec<Job>,
}

impl Writer {
    /// Opens the database and writes, until nobody can send any more.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        loop {
            while !self.write().await {
                if !self.wait(&mut jobs).await {
                    return;
                }
            }
            if jobs.recv_many(&mut self.waiting, BATCH).await == 0 {
                return;
            }
            self.gather(&mut jobs).await;
        }
    }

    /// Writes what nobody waits for together with what the next moment brings: each commit costs
    /// the same, and searches need the processor, too.
    async fn gather(&mut self, jobs: &mut mpsc::Receiver<Job>) {
        if self.waiting.iter().any(Job::is_report) {
            return;
        }
        tokio::select! {
            () = sleep(GATHER) => {}
            () = self.state.urgent.notified() => {}
        }
        while self.waiting.len() < BATCH
            && let Ok(job) = jobs.try_recv()
        {
            self.waiting.push(job);
        }
    }

    /// Writes what waits; returns whether it could.
    async fn write(&mut self) -> bool {
        let appended = self.append().await;
        let was_failing = self.state.is_failing.swap(appended.is_err(), Ordering::Relaxed);
        match appended {
            Ok(()) => {
                self.waiting.drain(..).for_each(|job| job.answer(Ok(())));
                true
            }
            Err(error) => {
                if !was_failing {
                    self.complain(&*error);
                }
                let (reports, kept) = self.waiting.drain(..).partition(Job::is_report);
                self.waiting = kept;
                reports.into_iter().for_each(|job: Job| job.answer(Err(EventError::Unavailable)));
                false
            }
        }
    }

    async fn append(&self) -> Result<(), Failure> {
        let store = match self.store.get() {
            Some(store) => store,
            None => {
                let opened = Store::open(&self.location).await?;
                self.store.get_or_init(|| opened)
            }
        };
        let events: Vec<&Event> = self.waiting.iter().flat_map(|job| &job.events).collect();
        Ok(store.append(&events).await?)
    }

    /// Refuses reports until it is time to try again; returns whether anybody can still send.
    async fn wait(&mut self, jobs: &mut mpsc::Receiver<Job>) -> bool {
        let end = Instant::now() + RETRY;
        loop {
            tokio::select! {
                () = sleep_until(end) => return true,
                job = jobs.recv() => match job {
                    None => return false,
                    Some(job) if job.is_report() => job.answer(Err(EventError::Unavailable)),
                    Some(job) if self.waiting.len() < MOST_WAITING => self.waiting.push(job),
                    Some(job) => self.state.drop_events(job.events.len()),
                },
            }
        }
    }

    fn complain(&self, error: &(dyn std::error::Error + 'static)) {
        tracing::error!(error, database = %self.location, "events cannot be written; tried again every second");
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Job {
    /// Returns whether somebody waits for it.
    fn is_report(&self) -> bool {
        self.written.is_some()
    }

    fn answer(self, result: Result<(), EventError>) {
        if let Some(written) = self.written {
            written.send(result).ok();
        }
    }
}
