//! What visitors write to the company: kept, and brought to the people who answer.
//!
//! [`Messages::put`] is acknowledged when a message is on disk (`store`). From there it goes to
//! a webhook, a mail box or both, each on its own, again and again until it arrives
//! (`delivery`); where neither is set, messages are only kept, and `zhida messages` shows them.
//!
//! Notices of what happened go the same way to a webhook of their own (`notice`).
//!
//! Messages are not events: they hold names and addresses, because somebody has to reply.

mod delivery;
mod mail;
mod message;
mod notice;
mod store;
mod webhook;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Notify, OnceCell};

use delivery::{Delivery, Place};
use mail::Mailer;
pub use message::{Kept, Message};
pub use notice::{News, Notice};
use store::Store;
use webhook::Webhook;

use crate::database::OpenError;

/// Whether visitors may write, and where that goes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whether the form is shown and messages are taken.
    pub form: bool,
    /// Where each is posted as JSON; nowhere if empty.
    #[serde(default)]
    pub webhook: String,
    /// Signs what is posted; nothing is signed if empty.
    #[serde(default)]
    pub secret: String,
    /// The mail server, as a URL with user and password; none if empty.
    #[serde(default)]
    pub mail_server: String,
    /// Who mails are from.
    #[serde(default)]
    pub mail_from: String,
    /// Who gets them.
    #[serde(default)]
    pub mail_to: String,
    /// Messages that have arrived are deleted after so many days; never if 0.
    #[serde(default)]
    pub keep_days: u32,
    /// Where it is told at once what happened.
    #[serde(default)]
    pub notices: NoticeSettings,
}

/// Where it is told at once what happened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeSettings {
    /// Where each notice is posted as JSON; nowhere if empty.
    #[serde(default)]
    pub webhook: String,
    /// Signs what is posted; nothing is signed if empty.
    #[serde(default)]
    pub secret: String,
    /// How many visitors must look for what is not there; never told if 0.
    #[serde(default)]
    pub gap_visitors: u64,
}

/// Why messages cannot be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("the file of messages cannot be opened, read or written")]
pub struct MessageError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl From<OpenError> for MessageError {
    fn from(error: OpenError) -> Self {
        Self(Box::new(error))
    }
}

impl From<sqlx::Error> for MessageError {
    fn from(error: sqlx::Error) -> Self {
        Self(Box::new(error))
    }
}

/// A setting is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(String);

/// The file, opened once it can be.
struct File {
    path: PathBuf,
    store: OnceCell<Store>,
}

/// The messages, to be shared by all.
pub struct Messages {
    is_open: bool,
    gap_visitors: u64,
    file: Arc<File>,
    routes: Vec<Route>,
    /// Only taken away when dropped.
    runtime: Option<Runtime>,
}

/// What is shared with the delivery to one place.
struct Route {
    place: &'static str,
    takes_messages: bool,
    new: Arc<Notify>,
    is_failing: Arc<AtomicBool>,
}

/// How long to wait before what did not arrive is tried again for the first time.
const FIRST_WAIT: Duration = Duration::from_secs(30);

impl Messages {
    /// Keeps messages in `dir`, and goes on bringing those that have not arrived.
    ///
    /// # Errors
    /// Where a setting is wrong.
    pub fn open(dir: &Path, settings: &Settings) -> Result<Self, SettingsError> {
        Self::with_wait(dir, settings, FIRST_WAIT)
    }

    /// As `open`, with another wait after the first failure.
    pub fn with_wait(dir: &Path, settings: &Settings, wait: Duration) -> Result<Self, SettingsError> {
        let places = settings.places()?;
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("messages").enable_all().build();
        let runtime = runtime.map_err(|error| SettingsError(error.to_string()))?;
        let file = Arc::new(File::new(dir.join(FILE)));
        let mut messages = Self {
            is_open: settings.form,
            gap_visitors: settings.notices.gap_visitors,
            file,
            routes: Vec::new(),
            runtime: None,
        };
        for place in places {
            let (new, is_failing) = (Arc::new(Notify::new()), Arc::new(AtomicBool::default()));
            let (name, takes_messages) = (place.name(), place.takes_messages());
            let delivery = Delivery {
                file: Arc::clone(&messages.file),
                place: Arc::new(place),
                new: Arc::clone(&new),
                is_failing: Arc::clone(&is_failing),
                keep: (settings.keep_days > 0)
                    .then(|| SignedDuration::from_hours(24 * i64::from(settings.keep_days))),
                patience: wait,
            };
            runtime.spawn(delivery.run());
            messages.routes.push(Route { place: name, takes_messages, new, is_failing });
        }
        messages.runtime = Some(runtime);
        Ok(messages)
    }

    /// Returns whether visitors may write.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Returns how many visitors must look for what is not there before that is told; nothing if
    /// it never is.
    pub fn gap_visitors(&self) -> Option<u64> {
        let is_told = self.routes.iter().any(|route| !route.takes_messages);
        Some(self.gap_visitors).filter(|visitors| is_told && *visitors > 0)
    }

    /// Keeps a message; returns when it is on disk.
    pub async fn put(&self, message: Message) -> Result<(), MessageError> {
        let file = Arc::clone(&self.file);
        let taking = self.routes.iter().filter(|route| route.takes_messages);
        let places: Vec<&str> = taking.map(|route| route.place).collect();
        self.on_own_thread(async move { Ok(file.store().await?.put(&message, &places).await?) }).await?;
        self.routes.iter().for_each(|route| route.new.notify_one());
        Ok(())
    }

    /// Tells what happened, if anybody wants to know; returns at once. A notice that cannot be
    /// kept is logged and lost.
    pub fn tell(&self, notice: Notice) {
        let Some(route) = self.routes.iter().find(|route| !route.takes_messages) else { return };
        let (file, place, new) = (Arc::clone(&self.file), route.place, Arc::clone(&route.new));
        let runtime = self.runtime.as_ref().expect("it is there until the messages are dropped");
        runtime.spawn(async move {
            let kept = async { Ok::<_, MessageError>(file.store().await?.put_notice(&notice, place).await?) };
            match kept.await {
                Ok(()) => new.notify_one(),
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, "a notice cannot be kept");
                }
            }
        });
    }

    /// Returns all messages that are kept, the last first.
    pub async fn all(&self) -> Result<Vec<Kept>, MessageError> {
        let file = Arc::clone(&self.file);
        self.on_own_thread(async move { Ok(file.store().await?.all().await?) }).await
    }

    /// Returns whether the last message that was sent somewhere did not arrive.
    pub fn is_failing(&self) -> bool {
        self.routes.iter().any(|route| route.is_failing.load(Ordering::Relaxed))
    }

    /// The file is used on one runtime alone, whoever asks.
    async fn on_own_thread<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, MessageError>> + Send + 'static,
    ) -> Result<T, MessageError> {
        let runtime = self.runtime.as_ref().expect("it is there until the messages are dropped");
        runtime.spawn(work).await.unwrap_or_else(|panic| Err(MessageError(Box::new(panic))))
    }
}

/// The file in the data folder.
const FILE: &str = "messages.sqlite";

/// Reads the messages of a data folder, also of a server that is running; the last first.
pub fn read(dir: &Path) -> Result<Vec<Kept>, MessageError> {
    let file = dir.join(FILE);
    if !file.exists() {
        return Ok(Vec::new());
    }
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| MessageError(Box::new(error)))?;
    runtime.block_on(async { Ok(Store::open(&file).await?.all().await?) })
}

impl Settings {
    /// Returns where messages go; none if they are only kept.
    fn places(&self) -> Result<Vec<Place>, SettingsError> {
        let mut places = Vec::new();
        places.extend(Webhook::read("messages", &self.webhook, &self.secret)?.map(Place::Webhook));
        let notices = &self.notices;
        places.extend(
            Webhook::read("messages.notices", &notices.webhook, &notices.secret)?.map(Place::Notices),
        );
        if !self.mail_server.is_empty() {
            places.push(Place::Mail(Mailer::new(self).map_err(SettingsError)?));
        }
        Ok(places)
    }
}

impl Drop for Messages {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
