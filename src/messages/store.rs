//! Messages and where they have to go, in SQLite: what is committed survives a crash of the
//! machine.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};

use super::{Kept, Message, MessageError};
use crate::locale::Locale;
use crate::sqlite;

/// An open file of messages.
#[derive(Clone)]
pub(super) struct Store(SqlitePool);

/// A message that has to go to a place now.
pub(super) struct Due {
    pub(super) id: String,
    /// How often it was tried in vain.
    pub(super) attempts: u32,
    pub(super) message: Message,
}

/// Messages that are read at once.
const BATCH: u32 = 100;

impl Store {
    /// Opens the file, which is made if it is not there, and brings its tables up to date.
    pub(super) async fn open(file: &Path) -> Result<Self, MessageError> {
        make_private(file).map_err(|error| MessageError(Box::new(error)))?;
        let migrations = [("messages", include_str!("migrations/1_messages.sql"))];
        Ok(Self(sqlite::open("the messages of visitors", file, &migrations).await?))
    }

    /// Keeps a message that has to go to these places.
    pub(super) async fn put(&self, message: &Message, places: &[&str]) -> sqlx::Result<()> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        let at = message.at.as_millisecond();
        let id = new_id();
        sqlx::query(
            "INSERT INTO messages (id, at, text, email, name, locale, page, query_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&id)
        .bind(at)
        .bind(&message.text)
        .bind(&message.email)
        .bind(&message.name)
        .bind(message.locale.to_string())
        .bind(&message.page)
        .bind(&message.query_id)
        .execute(&mut *transaction)
        .await?;
        for place in places {
            sqlx::query("INSERT INTO deliveries (message, place, due) VALUES (?, ?, ?)")
                .bind(&id)
                .bind(place)
                .bind(at)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
    }

    /// Returns the messages that have to go to a place by now, the oldest first.
    pub(super) async fn due(&self, place: &str, now: Timestamp) -> sqlx::Result<Vec<Due>> {
        let rows = sqlx::query(
            "SELECT at, text, email, name, locale, page, query_id, id, attempts FROM deliveries \
             JOIN messages ON id = message WHERE place = ? AND due <= ? ORDER BY due, messages.rowid LIMIT ?",
        )
        .bind(place)
        .bind(now.as_millisecond())
        .bind(BATCH)
        .fetch_all(&self.0)
        .await?;
        let due =
            |row: SqliteRow| Some(Due { id: row.get(7), attempts: row.get(8), message: message(&row)? });
        Ok(rows.into_iter().filter_map(due).collect())
    }

    /// Returns when the next message has to go to a place; nothing if none has.
    pub(super) async fn next_due(&self, place: &str) -> sqlx::Result<Option<Timestamp>> {
        let due: Option<i64> = sqlx::query_scalar("SELECT MIN(due) FROM deliveries WHERE place = ?")
            .bind(place)
            .fetch_one(&self.0)
            .await?;
        Ok(due.and_then(|due| Timestamp::from_millisecond(due).ok()))
    }

    /// Keeps that a message has arrived.
    pub(super) async fn arrived(&self, id: &str, place: &str) -> sqlx::Result<()> {
        sqlx::query("UPDATE deliveries SET due = NULL, error = NULL WHERE message = ? AND place = ?")
            .bind(id)
            .bind(place)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Keeps that a message is sent now, and when to try again if it does not arrive.
    pub(super) async fn attempted(&self, id: &str, place: &str, due: Timestamp) -> sqlx::Result<()> {
        sqlx::query("UPDATE deliveries SET attempts = attempts + 1, due = ? WHERE message = ? AND place = ?")
            .bind(due.as_millisecond())
            .bind(id)
            .bind(place)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Keeps why a message has not arrived.
    pub(super) async fn failed(&self, id: &str, place: &str, error: &str) -> sqlx::Result<()> {
        sqlx::query("UPDATE deliveries SET error = ? WHERE message = ? AND place = ?")
            .bind(error)
            .bind(id)
            .bind(place)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Returns whether a message was sent to a place in vain and has not arrived since.
    pub(super) async fn waits_in_vain(&self, place: &str) -> sqlx::Result<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM deliveries WHERE place = ? AND error IS NOT NULL)")
            .bind(place)
            .fetch_one(&self.0)
            .await
    }

    /// Deletes the messages that have arrived everywhere and are older.
    pub(super) async fn forget(&self, age: SignedDuration, now: Timestamp) -> sqlx::Result<()> {
        let Ok(oldest) = now.checked_sub(age) else { return Ok(()) };
        sqlx::query(
            "DELETE FROM messages WHERE at < ? AND id IN (SELECT message FROM deliveries) \
             AND id NOT IN (SELECT message FROM deliveries WHERE due IS NOT NULL)",
        )
        .bind(oldest.as_millisecond())
        .execute(&self.0)
        .await?;
        Ok(())
    }

    /// Returns all messages, the last first.
    pub(super) async fn all(&self) -> sqlx::Result<Vec<Kept>> {
        let rows = sqlx::query(
            "SELECT at, text, email, name, locale, page, query_id, id FROM messages ORDER BY rowid DESC",
        )
        .fetch_all(&self.0)
        .await?;
        let mut all = Vec::new();
        for row in rows {
            let id: String = row.get(7);
            let waiting = sqlx::query(
                "SELECT place, error FROM deliveries WHERE message = ? AND due IS NOT NULL ORDER BY place",
            )
            .bind(&id)
            .fetch_all(&self.0)
            .await?;
            let waiting = waiting.into_iter().map(|row| (row.get(0), row.get(1))).collect();
            all.extend(message(&row).map(|message| Kept { id, message, waiting }));
        }
        Ok(all)
    }
}

/// Makes the file, if it is not there, so that nobody else on the machine can read it.
fn make_private(file: &Path) -> std::io::Result<()> {
    if let Some(dir) = file.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(|_| ())
}

fn new_id() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system has random numbers");
    hex::encode(bytes)
}

/// Reads the first seven columns.
fn message(row: &SqliteRow) -> Option<Message> {
    Some(Message {
        at: Timestamp::from_millisecond(row.get(0)).ok()?,
        text: row.get(1),
        email: row.get(2),
        name: row.get(3),
        locale: row.get::<&str, _>(4).parse().unwrap_or_else(|_| Locale::english()),
        page: row.get(5),
        query_id: row.get(6),
    })
}
