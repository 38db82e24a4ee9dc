//! Messages, notices and where they have to go, in SQLite: what is committed survives a crash of the
//! machine.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use super::{Kept, Message, MessageError, Notice};
use crate::database::{self, Change, Location};
use crate::locale::Locale;

/// An open file of messages.
#[derive(Clone)]
pub(super) struct Store(AnyPool);

/// What has to go to a place now.
pub(super) struct Due {
    pub(super) id: String,
    /// How often it was tried in vain.
    pub(super) attempts: u32,
    pub(super) content: Content,
}

/// What goes to a place.
pub(super) enum Content {
    Message(Message),
    /// The body of a notice.
    Notice(String),
}

/// Messages that are read at once.
const BATCH: i64 = 100;

/// All changes of the tables.
const CHANGES: [Change; 2] = [
    Change { name: "messages", sqlite: include_str!("tables/1_sqlite.sql"), postgres: "" },
    Change { name: "notices", sqlite: include_str!("tables/2_notices.sql"), postgres: "" },
];

impl Store {
    /// Opens the file, which is made if it is not there, and brings its tables up to date.
    pub(super) async fn open(file: &Path) -> Result<Self, MessageError> {
        let location = Location::File(file.to_owned());
        Ok(Self(database::open("the messages of visitors", &location, &CHANGES).await?))
    }

    /// Keeps a message that has to go to these places.
    pub(super) async fn put(&self, message: &Message, places: &[&str]) -> sqlx::Result<()> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        let at = message.at.as_millisecond();
        let id = new_id();
        sqlx::query(
            "INSERT INTO messages (id, at, text, email, name, locale, page, query_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
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
            sqlx::query("INSERT INTO outgoing (item, place, at, due) VALUES ($1, $2, $3, $3)")
                .bind(&id)
                .bind(place)
                .bind(at)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
    }

    /// Keeps a notice that has to go to a place; one of the same name is left out.
    pub(super) async fn put_notice(&self, notice: &Notice, place: &str) -> sqlx::Result<()> {
        let id = notice.id();
        sqlx::query(
            "INSERT INTO outgoing (item, place, body, at, due) VALUES ($1, $2, $3, $4, $4) \
             ON CONFLICT (item, place) DO NOTHING",
        )
        .bind(&id)
        .bind(place)
        .bind(notice.body(&id))
        .bind(notice.at.as_millisecond())
        .execute(&self.0)
        .await?;
        Ok(())
    }

    /// Returns what has to go to a place by now, the oldest first.
    pub(super) async fn due(&self, place: &str, now: Timestamp) -> sqlx::Result<Vec<Due>> {
        let rows = sqlx::query(
            "SELECT messages.at, text, email, name, locale, page, query_id, item, attempts, body \
             FROM outgoing LEFT JOIN messages ON id = item \
             WHERE place = $1 AND due <= $2 ORDER BY due, messages.rowid, item LIMIT $3",
        )
        .bind(place)
        .bind(now.as_millisecond())
        .bind(BATCH)
        .fetch_all(&self.0)
        .await?;
        let due = |row: AnyRow| {
            let content = match row.get::<Option<String>, _>(9) {
                Some(body) => Content::Notice(body),
                None => Content::Message(message(&row)?),
            };
            Some(Due { id: row.get(7), attempts: row.get::<i64, _>(8) as u32, content })
        };
        Ok(rows.into_iter().filter_map(due).collect())
    }

    /// Returns when the next message has to go to a place; nothing if none has.
    pub(super) async fn next_due(&self, place: &str) -> sqlx::Result<Option<Timestamp>> {
        let due: Option<i64> = sqlx::query_scalar("SELECT MIN(due) FROM outgoing WHERE place = $1")
            .bind(place)
            .fetch_one(&self.0)
            .await?;
        Ok(due.and_then(|due| Timestamp::from_millisecond(due).ok()))
    }

    /// Keeps that a message has arrived.
    pub(super) async fn arrived(&self, id: &str, place: &str) -> sqlx::Result<()> {
        sqlx::query("UPDATE outgoing SET due = NULL, error = NULL WHERE item = $1 AND place = $2")
            .bind(id)
            .bind(place)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Keeps that a message is sent now, and when to try again if it does not arrive.
    pub(super) async fn attempted(&self, id: &str, place: &str, due: Timestamp) -> sqlx::Result<()> {
        sqlx::query("UPDATE outgoing SET attempts = attempts + 1, due = $1 WHERE item = $2 AND place = $3")
            .bind(due.as_millisecond())
            .bind(id)
            .bind(place)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Keeps why a message has not arrived.
    pub(super) async fn failed(&self, id: &str, place: &str, error: &str) -> sqlx::Result<()> {
        sqlx::query("UPDATE outgoing SET error = $1 WHERE item = $2 AND place = $3")
            .bind(error)
            .bind(id)
            .bind(place)
            .execute(&self.0)
            .await?;
        Ok(())
    }

    /// Returns whether a message was sent to a place in vain and has not arrived since.
    pub(super) async fn waits_in_vain(&self, place: &str) -> sqlx::Result<bool> {
        let sql = "SELECT 1 FROM outgoing WHERE place = $1 AND error IS NOT NULL LIMIT 1";
        Ok(sqlx::query(sql).bind(place).fetch_optional(&self.0).await?.is_some())
    }

    /// Deletes the messages and notices that have arrived everywhere and are older; not those of
    /// gaps, which are told once.
    pub(super) async fn forget(&self, age: SignedDuration, now: Timestamp) -> sqlx::Result<()> {
        let Ok(oldest) = now.checked_sub(age) else { return Ok(()) };
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        for sql in [
            "DELETE FROM messages WHERE at < $1 AND id IN (SELECT item FROM outgoing) \
             AND id NOT IN (SELECT item FROM outgoing WHERE due IS NOT NULL)",
            "DELETE FROM outgoing WHERE at < $1 AND due IS NULL AND item NOT IN (SELECT id FROM messages) \
             AND item NOT LIKE 'gap-%'",
        ] {
            sqlx::query(sql).bind(oldest.as_millisecond()).execute(&mut *transaction).await?;
        }
        transaction.commit().await
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
                "SELECT place, error FROM outgoing WHERE item = $1 AND due IS NOT NULL ORDER BY place",
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

pub(super) fn new_id() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system has random numbers");
    hex::encode(bytes)
}

/// Reads the first seven columns.
fn message(row: &AnyRow) -> Option<Message> {
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
