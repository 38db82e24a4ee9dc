//! Brings messages to one place, as often as it takes.
//!
//! A message may arrive twice, where the answer of the place is lost; it has a name by which
//! that can be told.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use super::File;
use super::mail::Mailer;
use super::store::{Content, Due, Store};
use super::webhook::Webhook;

/// Where messages go.
pub(super) enum Place {
    Webhook(Webhook),
    Mail(Mailer),
    /// The webhook for notices.
    Notices(Webhook),
}

impl Place {
    /// Returns the name that is kept.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Webhook(_) => "webhook",
            Self::Mail(_) => "mail",
            Self::Notices(_) => "notices",
        }
    }

    /// Returns whether messages go there.
    pub(super) fn takes_messages(&self) -> bool {
        !matches!(self, Self::Notices(_))
    }

    fn send(&self, id: &str, content: &Content) -> Result<(), String> {
        match (self, content) {
            (Self::Mail(mailer), Content::Message(message)) => mailer.send(id, message),
            (Self::Mail(_), Content::Notice(_)) => Ok(()),
            (Self::Webhook(webhook) | Self::Notices(webhook), Content::Notice(body)) => {
                webhook.send(id, body, Timestamp::now())
            }
            (Self::Webhook(webhook) | Self::Notices(webhook), Content::Message(message)) => {
                let mut body = message.to_json(id);
                body["type"] = "message".into();
                webhook.send(id, &body.to_string(), Timestamp::now())
            }
        }
    }
}

/// Brings messages to one place.
pub(super) struct Delivery {
    pub(super) file: Arc<File>,
    pub(super) place: Arc<Place>,
    /// Tells that there may be a new message.
    pub(super) new: Arc<Notify>,
    pub(super) is_failing: Arc<AtomicBool>,
    pub(super) keep: Option<SignedDuration>,
    /// How long to wait after the first failure.
    pub(super) patience: Duration,
}

/// How long to wait between attempts at most.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 3600);

/// How long old messages may stay longer.
const SWEEP: Duration = Duration::from_secs(3600);

impl Delivery {
    /// Goes on until the program ends.
    pub(super) async fn run(self) {
        loop {
            let wait = match self.deliver().await {
                Ok(next) => {
                    self.is_failing.store(self.waits_in_vain().await, Ordering::Relaxed);
                    next
                }
                Err(error) => {
                    if !self.is_failing.swap(true, Ordering::Relaxed) {
                        let error = &error as &dyn std::error::Error;
                        tracing::error!(error, "messages cannot be read or delivered; tried again");
                    }
                    Some(self.patience)
                }
            };
            match wait {
                Some(wait) => drop(tokio::time::timeout(wait, self.new.notified()).await),
                None => self.new.notified().await,
            }
        }
    }

    /// Returns whether a message was sent and has not arrived.
    async fn waits_in_vain(&self) -> bool {
        let Ok(store) = self.file.store().await else { return true };
        store.waits_in_vain(self.place.name()).await.unwrap_or(true)
    }

    /// Brings what is due; returns how long there is nothing to do, for ever if nothing.
    async fn deliver(&self) -> Result<Option<Duration>, super::MessageError> {
        let store = self.file.store().await?;
        for due in store.due(self.place.name(), Timestamp::now()).await? {
            self.attempt(&store, due).await?;
        }
        if let Some(age) = self.keep {
            store.forget(age, Timestamp::now()).await?;
        }
        let next = store.next_due(self.place.name()).await?;
        let wait =
            |due: Timestamp| Duration::try_from(due.duration_since(Timestamp::now())).unwrap_or_default();
        // What is old is deleted even where nothing new comes.
        let sweep = self.keep.map(|_| SWEEP);
        Ok(next.map(wait).into_iter().chain(sweep).min())
    }

    async fn attempt(&self, store: &Store, due: Due) -> Result<(), super::MessageError> {
        let Due { id, attempts, content } = due;
        // Before it is sent, so that a full disk does not send it without end.
        let wait = self.patience.saturating_mul(1 << attempts.min(16)).min(LONGEST_WAIT);
        store.attempted(&id, self.place.name(), Timestamp::now() + wait).await?;
        let sent = {
            let (place, id) = (Arc::clone(&self.place), id.clone());
            tokio::task::spawn_blocking(move || place.send(&id, &content)).await
        };
        let sent = sent.unwrap_or_else(|panic| Err(panic.to_string()));
        let was_failing = self.is_failing.load(Ordering::Relaxed);
        match sent {
            Ok(()) => store.arrived(&id, self.place.name()).await?,
            Err(error) => {
                if !was_failing {
                    tracing::error!(
                        place = self.place.name(),
                        error,
                        "a message did not arrive; tried again"
                    );
                }
                store.failed(&id, self.place.name(), &error).await?;
            }
        }
        Ok(())
    }
}

impl File {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, store: tokio::sync::OnceCell::new() }
    }

    /// Returns the open file; opens it at the first time, and again after a failure.
    pub(super) async fn store(&self) -> Result<Store, super::MessageError> {
        Ok(self.store.get_or_try_init(|| Store::open(&self.path)).await?.clone())
    }
}
