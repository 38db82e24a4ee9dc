//! The log in a database.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, AssertSqlSafe, Row as _};

use super::row::{self, Row, revision};
use super::{Event, Mark, Revision};
use crate::database::{self, Change, Location, OpenError};

/// An open log.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    is_file: bool,
}

/// How often agents did what with one version of an article, each ticket counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Put it into a reply, or said that it solved the problem.
    pub helped: u32,
    /// Said that it is wrong.
    pub rejected: u32,
}

/// An article that helped agents.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The article, in the version that helped last.
    pub article: Revision,
    /// How many tickets it helped with.
    pub tickets: u32,
}

/// All changes of the tables.
const CHANGES: [Change; 3] = [
    Change {
        name: "events",
        sqlite: include_str!("tables/1_sqlite.sql"),
        postgres: include_str!("tables/1_postgres.sql"),
    },
    Change {
        name: "visitors",
        sqlite: include_str!("tables/2_visitors.sql"),
        postgres: include_str!("tables/2_visitors.sql"),
    },
    Change {
        name: "numbers",
        sqlite: include_str!("tables/3_sqlite.sql"),
        // It numbers so from the start.
        postgres: "SELECT 1",
    },
];

/// Events that one statement appends: each statement waits for the database.
const ROWS: usize = 50;

/// Events that are deleted in one transaction: others wait for it.
const DELETED_AT_ONCE: i64 = 5_000;

impl Store {
    /// Opens the log, which is made if it is not there, and brings its tables up to date.
    pub(super) async fn open(location: &Location) -> Result<Self, OpenError> {
        let pool = database::open("the log of events", location, &CHANGES).await?;
        Ok(Self { pool, is_file: location.is_file() })
    }

    /// Appends events in one transaction; what is counted once and known already is left out.
    ///
    /// One transaction at a time, whoever writes, so that events become visible in the order of
    /// their numbers: who has read up to one misses none below it.
    pub(super) async fn append(&self, events: &[&Event]) -> sqlx::Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let mut transaction = match self.is_file {
            true => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            false => self.pool.begin().await?,
        };
        if !self.is_file {
            sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut *transaction).await?;
        }
        for events in events.chunks(ROWS) {
            let query = sqlx::query(AssertSqlSafe(insertion(events.len())));
            let bound = events.iter().fold(query, |query, event| {
                let row = Row::of(event);
                query
                    .bind(event.at.as_millisecond())
                    .bind(row.kind)
                    .bind(row.about.to_owned())
                    .bind(row.once)
                    .bind(row.article.map(|article| article.id.to_string()))
                    .bind(row.locale)
                    .bind(row.article.map(|article| article.hash.clone()))
                    .bind(event.visitor.as_ref().map(|visitor| visitor.as_str().to_owned()))
                    .bind(row.details)
            });
            bound.execute(&mut *transaction).await?;
        }
        transaction.commit().await
    }

    /// Returns up to `count` events with their numbers, the first after number `last`; and the
    /// number to go on from, which is `last` where there are no more. What a later version of the
    /// program wrote is left out.
    pub async fn after(self, last: i64, count: u32) -> sqlx::Result<(Vec<(i64, Event)>, i64)> {
        let rows = self.rows_after(last, i64::from(count)).await?;
        let end = rows.last().map_or(last, |row| row.get(0));
        Ok((rows.iter().filter_map(row::read).collect(), end))
    }

    /// Returns up to `count` events as lines of JSON with their numbers, the first after number
    /// `last`; as they were written, by whatever version of the program.
    pub(super) async fn lines_after(&self, last: i64, count: i64) -> sqlx::Result<Vec<(i64, String)>> {
        let rows = self.rows_after(last, count).await?;
        Ok(rows.iter().map(|row| (row.get(0), row::line(row))).collect())
    }

    async fn rows_after(&self, last: i64, count: i64) -> sqlx::Result<Vec<AnyRow>> {
        let sql = format!("SELECT {} FROM events WHERE id > $1 ORDER BY id LIMIT $2", row::COLUMNS);
        sqlx::query(AssertSqlSafe(sql)).bind(last).bind(count).fetch_all(&self.pool).await
    }

    /// Deletes the events from before a time; returns how many.
    pub async fn purge(self, before: Timestamp) -> sqlx::Result<u64> {
        let mut deleted = 0;
        loop {
            let some = sqlx::query(
                "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < $1 ORDER BY at LIMIT $2)",
            )
            .bind(before.as_millisecond())
            .bind(DELETED_AT_ONCE)
            .execute(&self.pool)
            .await?
            .rows_affected();
            deleted += some;
            if some == 0 {
                self.overwrite().await?;
                return Ok(deleted);
            }
        }
    }

    /// Takes what was deleted out of the file beside the database, too.
    async fn overwrite(&self) -> sqlx::Result<()> {
        if self.is_file {
            sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await?;
        }
        Ok(())
    }

    /// Deletes events by their numbers.
    pub(super) async fn delete(&self, numbers: Vec<i64>) -> sqlx::Result<()> {
        for numbers in numbers.chunks(500) {
            let list: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let sql = format!("DELETE FROM events WHERE id IN ({})", list.join(", "));
            sqlx::query(AssertSqlSafe(sql)).execute(&self.pool).await?;
        }
        self.overwrite().await
    }

    /// Returns how many events of each kind there are.
    pub async fn counts(self) -> sqlx::Result<BTreeMap<String, u64>> {
        let rows =
            sqlx::query("SELECT kind, COUNT(*) FROM events GROUP BY kind").fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(|row| (row.get(0), row.get::<i64, _>(1) as u64)).collect())
    }

    /// Returns which version of which article was suggested under this name, if one was.
    pub async fn suggested(self, suggestion: String) -> sqlx::Result<Option<Revision>> {
        let row = sqlx::query(
            "SELECT article, locale, revision FROM events WHERE about = $1 AND kind = 'suggested' LIMIT 1",
        )
        .bind(suggestion)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.and_then(|row| revision(&row, 0)))
    }

    /// Returns what agents said last of these suggestions: that they solved the problem, or are
    /// wrong.
    pub async fn verdicts(self, suggestions: Vec<String>) -> sqlx::Result<HashMap<String, Mark>> {
        if suggestions.is_empty() {
            return Ok(HashMap::new());
        }
        let values: Vec<String> = (1..=suggestions.len()).map(|number| format!("${number}")).collect();
        let sql = format!(
            "SELECT about, kind FROM events WHERE kind IN ('solved', 'rejected') AND about IN ({}) ORDER BY id",
            values.join(", ")
        );
        let query =
            suggestions.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, name| query.bind(name));
        let rows = query.fetch_all(&self.pool).await?;
        let mark = |row: AnyRow| Some((row.get(0), Mark::named(row.get(1))?));
        Ok(rows.into_iter().filter_map(mark).collect())
    }

    /// Returns how often each version of an article helped and was rejected: of each ticket
    /// what an agent did last counts.
    pub async fn marks(self) -> sqlx::Result<HashMap<Revision, Marks>> {
        let rows = sqlx::query(
            "SELECT article, locale, revision, COUNT(CASE WHEN kind <> 'rejected' THEN 1 END), \
                 COUNT(CASE WHEN kind = 'rejected' THEN 1 END) \
             FROM events JOIN (SELECT MAX(id) AS last FROM events \
                 WHERE kind IN ('inserted', 'solved', 'rejected') GROUP BY about) AS lasts ON id = last \
             GROUP BY article, locale, revision",
        )
        .fetch_all(&self.pool)
        .await?;
        let marks = |row: AnyRow| {
            Some((revision(&row, 0)?, Marks { helped: count(&row, 3), rejected: count(&row, 4) }))
        };
        Ok(rows.into_iter().filter_map(marks).collect())
    }

    /// Returns the articles that helped last.
    pub async fn recent_solutions(self, count: u32) -> sqlx::Result<Vec<Solution>> {
        self.solutions("last DESC", count).await
    }

    /// Returns the articles that helped with most tickets.
    pub async fn usual_solutions(self, count: u32) -> sqlx::Result<Vec<Solution>> {
        self.solutions("tickets DESC, last DESC", count).await
    }

    async fn solutions(self, order: &'static str, most: u32) -> sqlx::Result<Vec<Solution>> {
        let sql = format!(
            "SELECT article, locale, revision, tickets \
             FROM events JOIN (SELECT MAX(id) AS last, COUNT(DISTINCT about) AS tickets FROM events \
                 WHERE kind IN ('inserted', 'solved') GROUP BY article, locale) AS lasts ON id = last \
             ORDER BY {order} LIMIT $1"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(most)).fetch_all(&self.pool).await?;
        let solution = |row: AnyRow| Some(Solution { article: revision(&row, 0)?, tickets: count(&row, 3) });
        Ok(rows.into_iter().filter_map(solution).collect())
    }
}

/// Returns the statement that appends so many events.
fn insertion(rows: usize) -> String {
    const COLUMNS: usize = 9;
    let row = |row: usize| {
        let values: Vec<String> =
            (1..=COLUMNS).map(|column| format!("${}", row * COLUMNS + column)).collect();
        format!("({})", values.join(", "))
    };
    format!(
        "INSERT INTO events (at, kind, about, once, article, locale, revision, visitor, details) \
         VALUES {} ON CONFLICT (once) DO NOTHING",
        (0..rows).map(row).collect::<Vec<_>>().join(", ")
    )
}

/// Reads a number of rows.
fn count(row: &AnyRow, column: usize) -> u32 {
    row.get::<i64, _>(column) as u32
}

/// What servers that write to the same log agree on.
const LOCK: i64 = 0x7a68_6964_6100;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_log_of_the_first_version_goes_on() {
        let dir = tempfile::tempdir().expect("a folder");
        let location = Location::File(dir.path().join("the events?#.sqlite"));
        let pool = database::open("the log of events", &location, &CHANGES[..1]).await.expect("it opens");
        let vote = "INSERT INTO events (at, kind, about, article, locale, revision, details) \
             VALUES (7, 'voted', 'anna', 'lost', 'en', '1', '{\"helpful\":true,\"reason\":null,\"comment\":null}')";
        sqlx::query(vote).execute(&pool).await.expect("it is written");
        pool.close().await;
        let store = Store::open(&location).await.expect("it opens");
        let (events, end) = store.after(0, 10).await.expect("it is read");
        let visitor = events[0].1.visitor.as_ref().map(|visitor| visitor.as_str());
        assert_eq!((events.len(), end, visitor), (1, 1, Some("anna")));
    }
}
