//! How databases are opened, for the areas that keep something in one of their own.
//!
//! A file of SQLite, or PostgreSQL where several servers share what they keep. Statements are
//! written so that both understand them, with `$1`, `$2` and so on for values; only how tables
//! are made differs. A file is used in WAL mode with full synchronization: what is committed
//! survives a crash of the machine, and who reads does not wait for who writes.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyPool, ConnectOptions, SqlSafeStr};

use crate::content::url_path;

/// A database.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// A file of SQLite.
    File(PathBuf),
    /// PostgreSQL, by the URL to connect with.
    Server(ServerUrl),
}

/// The URL of a database on a PostgreSQL server; its password is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerUrl(String);

/// A change of tables.
pub(crate) struct Change {
    /// Named, for people who look into the database.
    pub(crate) name: &'static str,
    /// For a file of SQLite.
    pub(crate) sqlite: &'static str,
    /// For PostgreSQL; nothing where it is always a file.
    pub(crate) postgres: &'static str,
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open {what} in {location}")]
pub(crate) struct OpenError {
    what: &'static str,
    location: String,
    /// The folder cannot be made; the file is no database, or of a later version of the program;
    /// nobody answers at the address, or knows the name or password; or the tables cannot be
    /// brought up to date.
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// Connections for those who read, and one for who writes.
const CONNECTIONS: u32 = 3;

/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the database that holds `what`; makes the file if it is not there, and brings the tables
/// up to date. `changes` are all that were ever made to them, in order; one that was published
/// never changes again.
pub(crate) async fn open(
    what: &'static str,
    location: &Location,
    changes: &[Change],
) -> Result<AnyPool, OpenError> {
    try_open(location, changes).await.map_err(|source| OpenError {
        what,
        location: location.to_string(),
        source,
    })
}

async fn try_open(
    location: &Location,
    changes: &[Change],
) -> Result<AnyPool, Box<dyn std::error::Error + Send + Sync>> {
    sqlx::any::install_default_drivers();
    if let Location::File(file) = location {
        make_private(file)?;
    }
    let options: AnyConnectOptions = location.url()?.parse()?;
    let is_file = location.is_file();
    let pool = AnyPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if is_file {
                    sqlx::raw_sql(FILE_SETTINGS).execute(connection).await?;
                }
                Ok(())
            })
        })
        .connect_with(options.disable_statement_logging())
        .await?;
    let migration = |(change, version): (&Change, i64)| {
        let sql = if is_file { change.sqlite } else { change.postgres };
        Migration::new(version, change.name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    let migrations: Vec<Migration> = changes.iter().zip(1..).map(migration).collect();
    Migrator::with_migrations(migrations).run(&pool).await?;
    Ok(pool)
}

/// What is deleted is overwritten, so that it is in the file no more.
const FILE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";

/// Makes a file, if it is not there, so that nobody else on the machine can read it.
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

impl Location {
    /// Returns whether it is a file, which no other server shares.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Returns the URL to connect with.
    fn url(&self) -> Result<String, std::io::Error> {
        match self {
            Self::Server(url) => Ok(url.as_str().to_owned()),
            Self::File(file) => {
                let file = std::path::absolute(file)?;
                let no_text = || std::io::Error::new(ErrorKind::InvalidFilename, "its path is not UTF-8");
                Ok(format!("sqlite://{}", url_path(file.to_str().ok_or_else(no_text)?)))
            }
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::File(file) => write!(formatter, "{}", file.display()),
            Self::Server(url) => write!(formatter, "{url:?}"),
        }
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let place = self.0.split_once("://").map_or("", |(_, place)| place);
        let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
        write!(formatter, "postgres://{}", place.split('?').next().unwrap_or_default())
    }
}

impl ServerUrl {
    /// Returns the URL, with its password.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a URL: `postgres://user:password@host:port/database`.
    pub(crate) fn new(url: &str) -> Option<Self> {
        let is_one = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        (is_one && url.parse::<AnyConnectOptions>().is_ok()).then(|| Self(url.to_owned()))
    }

    /// Reads one of the configuration; nothing if it is empty.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let url = String::deserialize(deserializer)?;
        let wrong = || {
            let advice = "write it as postgres://user:password@host:5432/database";
            serde::de::Error::custom(format!("it is no address of a PostgreSQL database; {advice}"))
        };
        (!url.is_empty()).then(|| Self::new(&url).ok_or_else(wrong)).transpose()
    }
}
