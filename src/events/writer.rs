//! Writes what waits in the queue, many events in one transaction: a commit waits for the
//! disk, whatever it holds.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::{Event, EventError, Store};

/// Events to write, and who waits for that.
pub(super) struct Job {
    pub(super) events: Vec<Event>,
    pub(super) written: Option<oneshot::Sender<Result<(), EventError>>>,
}

/// Jobs that are written in one transaction.
const BATCH: usize = 1_000;

/// How long to wait before what failed is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Writes to one file.
pub(super) struct Writer {
    pub(super) file: PathBuf,
    pub(super) store: Arc<OnceLock<Store>>,
    pub(super) is_failing: Arc<AtomicBool>,
}

impl Writer {
    /// Goes on until nobody can send any more.
    pub(super) async fn run(self, mut jobs: mpsc::Receiver<Job>) {
        let mut batch = Vec::new();
        loop {
            if batch.is_empty() && jobs.recv_many(&mut batch, BATCH).await == 0 {
                return;
            }
            let appended = self.append(&batch).await;
            self.is_failing.store(appended.is_err(), Ordering::Relaxed);
            match appended {
                Ok(()) => batch.drain(..).for_each(|job| answer(job, Ok(()))),
                Err(error) => {
                    self.complain(&*error);
                    give_up_on_reports(&mut batch);
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    fn complain(&self, error: &(dyn std::error::Error + 'static)) {
        tracing::error!(error, file = %self.file.display(), "events cannot be written now");
    }

    async fn append(&self, batch: &[Job]) -> Result<(), Failure> {
        let store = match self.store.get() {
            Some(store) => store,
            None => {
                let opened = Store::open(&self.file).await?;
                self.store.get_or_init(|| opened)
            }
        };
        let events: Vec<&Event> = batch.iter().flat_map(|job| &job.events).collect();
        Ok(store.append(&events).await?)
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Tells those who wait for it that their events are not written; what nobody waits for is
/// kept, to be tried again.
fn give_up_on_reports(batch: &mut Vec<Job>) {
    let (reports, kept): (Vec<Job>, Vec<Job>) = batch.drain(..).partition(|job| job.written.is_some());
    *batch = kept;
    reports.into_iter().for_each(|job| answer(job, Err(EventError::Unavailable)));
}

fn answer(job: Job, result: Result<(), EventError>) {
    if let Some(written) = job.written {
        written.send(result).ok();
    }
}
