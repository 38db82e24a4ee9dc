//! Deletes events that are older than they may be, every hour.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Store;

/// How long old events may stay longer.
const SWEEP: Duration = Duration::from_secs(3600);

/// How long to wait for the log to be open.
const START: Duration = Duration::from_secs(1);

/// Goes on until the program ends.
pub(super) async fn run(store: Arc<OnceLock<Store>>, keep: SignedDuration) {
    loop {
        let Some(store) = store.get() else {
            tokio::time::sleep(START).await;
            continue;
        };
        if let Ok(oldest) = Timestamp::now().checked_sub(keep) {
            match store.clone().purge(oldest).await {
                Ok(0) => {}
                Ok(deleted) => tracing::info!(deleted, "old events were deleted"),
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, "old events cannot be deleted; tried again in an hour");
                }
            }
        }
        tokio::time::sleep(SWEEP).await;
    }
}
