//! How files of SQLite are opened, for the areas that keep something in one of their own.
//!
//! In WAL mode with full synchronization: what is committed survives a crash of the machine,
//! and who reads does not wait for who writes.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{SqlSafeStr, SqlitePool};

/// Why a file cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open {what}")]
pub(crate) struct OpenError {
    what: &'static str,
    /// The folder cannot be made; the file is no database, or of a later version of the program;
    /// or its tables cannot be brought up to date.
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// Connections for those who read, and one for who writes.
const CONNECTIONS: u32 = 3;

/// Opens the file that holds `what`; makes it if it is not there, and brings its tables up to
/// date. `migrations` are all their changes, in order, each with its name; one that was published
/// never changes again.
pub(crate) async fn open(
    what: &'static str,
    file: &Path,
    migrations: &[(&'static str, &'static str)],
) -> Result<SqlitePool, OpenError> {
    try_open(file, migrations).await.map_err(|source| OpenError { what, source })
}

async fn try_open(
    file: &Path,
    migrations: &[(&'static str, &'static str)],
) -> Result<SqlitePool, Box<dyn std::error::Error + Send + Sync>> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5));
    if let Some(dir) = file.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).connect_with(options).await?;
    let migration = |((name, sql), version): (&(&'static str, &'static str), i64)| {
        Migration::new(version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    let migrations: Vec<Migration> = migrations.iter().zip(1..).map(migration).collect();
    Migrator::with_migrations(migrations).run(&pool).await?;
    Ok(pool)
}
