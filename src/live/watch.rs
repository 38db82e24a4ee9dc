//! Tells when a file of the content folder changes.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// A save comes as several events; what arrives within this time is one change.
const SETTLE: Duration = Duration::from_millis(100);

/// Even while files keep changing, the help center is refreshed this often.
const LONGEST_WAIT: u32 = 5;

/// Changes of a folder, noticed from the moment that this is made.
pub struct Watch {
    events: Receiver<()>,
    watcher: RecommendedWatcher,
}

impl Watch {
    /// Starts to notice changes below `dir`.
    pub fn new(dir: &Path) -> notify::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                sender.send(()).ok();
            }
        })?;
        watcher.watch(dir, RecursiveMode::Recursive)?;
        Ok(Self { events, watcher })
    }

    /// Calls `changed` after every change so far and from now on, until the process ends, on a
    /// thread of its own.
    pub fn follow(self, mut changed: impl FnMut() + Send + 'static) {
        let Self { events, watcher } = self;
        std::thread::spawn(move || {
            while events.recv().is_ok() {
                wait_until_settled(&events);
                changed();
            }
            // It notices changes as long as it is there.
            drop(watcher);
        });
    }
}

fn wait_until_settled(events: &Receiver<()>) {
    for _ in 0..LONGEST_WAIT {
        if events.recv_timeout(SETTLE) == Err(RecvTimeoutError::Timeout) {
            return;
        }
        while events.try_recv().is_ok() {}
    }
}
