//! The log in SQLite.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, SqlitePool};

use super::line::Line;
use super::{Event, Mark, Revision};
use crate::content::ArticleId;
use crate::sqlite::{self, OpenError};

/// An open log.
#[derive(Clone)]
pub struct Store(SqlitePool);

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

impl Store {
    /// Opens the file, which is made if it is not there, and brings its tables up to date.
    pub(super) async fn open(file: &Path) -> Result<Self, OpenError> {
        let migrations = [("events", include_str!("migrations/1_events.sql"))];
        Ok(Self(sqlite::open("the log of events", file, &migrations).await?))
    }

    /// Appends events in one transaction; what is counted once and known already is left out.
    pub(super) async fn append(&self, events: &[&Event]) -> sqlx::Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        for event in events {
            let line = Line::of(event);
            sqlx::query(
                "INSERT INTO events (at, kind, about, once, article, locale, revision, details) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (once) DO NOTHING",
            )
            .bind(event.at.as_millisecond())
            .bind(line.kind)
            .bind(line.about)
            .bind(line.once)
            .bind(line.article.map(|article| article.id.to_string()))
            .bind(line.locale)
            .bind(line.article.map(|article| article.hash.as_str()))
            .bind(line.details)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }

    /// Returns how many events of each kind there are.
    pub async fn counts(self) -> sqlx::Result<BTreeMap<String, u64>> {
        let rows = sqlx::query("SELECT kind, COUNT(*) FROM events GROUP BY kind").fetch_all(&self.0).await?;
        Ok(rows.into_iter().map(|row| (row.get(0), row.get::<i64, _>(1) as u64)).collect())
    }

    /// Returns which version of which article was suggested under this name, if one was.
    pub async fn suggested(self, suggestion: String) -> sqlx::Result<Option<Revision>> {
        let row = sqlx::query(
            "SELECT article, locale, revision FROM events WHERE about = ? AND kind = 'suggested' LIMIT 1",
        )
        .bind(suggestion)
        .fetch_optional(&self.0)
        .await?;
        Ok(row.and_then(|row| revision(&row)))
    }

    /// Returns what agents said last of these suggestions: that they solved the problem, or are
    /// wrong.
    pub async fn verdicts(self, suggestions: Vec<String>) -> sqlx::Result<HashMap<String, Mark>> {
        if suggestions.is_empty() {
            return Ok(HashMap::new());
        }
        let mut query = QueryBuilder::new(
            "SELECT about, kind FROM events WHERE kind IN ('solved', 'rejected') AND about IN (",
        );
        let mut names = query.separated(", ");
        for suggestion in suggestions {
            names.push_bind(suggestion);
        }
        query.push(") ORDER BY id");
        let rows = query.build().fetch_all(&self.0).await?;
        let mark = |row: SqliteRow| Some((row.get(0), Mark::named(row.get(1))?));
        Ok(rows.into_iter().filter_map(mark).collect())
    }

    /// Returns how often each version of an article helped and was rejected: of each ticket
    /// what an agent did last counts.
    pub async fn marks(self) -> sqlx::Result<HashMap<Revision, Marks>> {
        let rows = sqlx::query(
            "SELECT article, locale, revision, SUM(kind <> 'rejected'), SUM(kind = 'rejected') \
             FROM events JOIN (SELECT MAX(id) AS last FROM events \
                 WHERE kind IN ('inserted', 'solved', 'rejected') GROUP BY about) ON id = last \
             GROUP BY article, locale, revision",
        )
        .fetch_all(&self.0)
        .await?;
        let marks =
            |row: SqliteRow| Some((revision(&row)?, Marks { helped: row.get(3), rejected: row.get(4) }));
        Ok(rows.into_iter().filter_map(marks).collect())
    }

    /// Returns the articles that helped last.
    pub async fn recent_solutions(self, count: u32) -> sqlx::Result<Vec<Solution>> {
        self.solutions(
            "SELECT article, locale, revision, COUNT(DISTINCT about), MAX(id) FROM events \
             WHERE kind IN ('inserted', 'solved') GROUP BY article, locale ORDER BY MAX(id) DESC LIMIT ?",
            count,
        )
        .await
    }

    /// Returns the articles that helped with most tickets.
    pub async fn usual_solutions(self, count: u32) -> sqlx::Result<Vec<Solution>> {
        self.solutions(
            "SELECT article, locale, revision, COUNT(DISTINCT about), MAX(id) FROM events \
             WHERE kind IN ('inserted', 'solved') GROUP BY article, locale \
             ORDER BY COUNT(DISTINCT about) DESC, MAX(id) DESC LIMIT ?",
            count,
        )
        .await
    }

    async fn solutions(self, sql: &'static str, count: u32) -> sqlx::Result<Vec<Solution>> {
        let rows = sqlx::query(sql).bind(count).fetch_all(&self.0).await?;
        let solution = |row: SqliteRow| Some(Solution { article: revision(&row)?, tickets: row.get(3) });
        Ok(rows.into_iter().filter_map(solution).collect())
    }
}

/// Reads the first three columns.
fn revision(row: &SqliteRow) -> Option<Revision> {
    let (id, locale): (&str, &str) = (row.get(0), row.get(1));
    Some(Revision { id: ArticleId::new(id)?, locale: locale.parse().ok()?, hash: row.get(2) })
}
