//! The log for commands, which read and change it beside a running server.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};

use super::{Event, Settings, Store};
use crate::database::Location;

/// An open log.
pub struct Stored {
    runtime: Runtime,
    store: Store,
}

/// Why the log cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// There is none.
    #[error("there is no log of events in {}; the server makes it in the folder that `data.dir` names", .0.display())]
    Missing(PathBuf),
    /// It cannot be opened.
    #[error(transparent)]
    Open(Box<dyn std::error::Error + Send + Sync>),
    /// It cannot be read or written.
    #[error("the log of events cannot be read or written")]
    Use(#[from] sqlx::Error),
    /// What is made of its lines cannot be written.
    #[error("cannot write")]
    Write(#[from] std::io::Error),
}

/// Lines that are read at once.
const AT_ONCE: i64 = 5_000;

impl Stored {
    /// Opens the log in `dir`, or where `settings` say.
    pub fn open(dir: &Path, settings: &Settings) -> Result<Self, StoredError> {
        let location = settings.location(dir);
        if let Location::File(file) = &location
            && !file.exists()
        {
            return Err(StoredError::Missing(file.clone()));
        }
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let store = runtime.block_on(Store::open(&location));
        let store = store.map_err(|error| StoredError::Open(Box::new(error)))?;
        Ok(Self { runtime, store })
    }

    /// Gives all events to `take`, many at a time, with the number of the last of them.
    pub fn for_each(&self, mut take: impl FnMut(&[(i64, Event)], i64)) -> Result<(), StoredError> {
        let mut last = 0;
        loop {
            let (events, end) = self.runtime.block_on(self.store.clone().after(last, AT_ONCE as u32))?;
            if end == last {
                return Ok(());
            }
            take(&events, end);
            last = end;
        }
    }

    /// Gives each event to `take`, with its number, as a line of JSON.
    pub fn for_each_line(
        &self,
        take: &mut dyn FnMut(i64, &str) -> std::io::Result<()>,
    ) -> Result<(), StoredError> {
        let mut last = 0;
        loop {
            let lines = self.runtime.block_on(self.store.lines_after(last, AT_ONCE))?;
            let Some((end, _)) = lines.last() else { return Ok(()) };
            last = *end;
            lines.iter().try_for_each(|(number, line)| take(*number, line))?;
        }
    }

    /// Deletes the events from before a time; returns how many.
    pub fn purge(&self, before: Timestamp) -> Result<u64, StoredError> {
        Ok(self.runtime.block_on(self.store.clone().purge(before))?)
    }

    /// Deletes events by their numbers.
    pub fn delete(&self, numbers: Vec<i64>) -> Result<(), StoredError> {
        Ok(self.runtime.block_on(self.store.delete(numbers))?)
    }
}
