//! All changes that were ever made, one JSON object a line.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Change, ChangeError};

/// What a change was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A new article.
    Article,
    /// A question more of an article.
    Question,
    /// A synonym.
    Synonym,
    /// A question to be ignored.
    Ignore,
    /// An article that an editor wrote.
    Written,
    /// An article that an editor deleted.
    Deleted,
}

impl Kind {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Question => "question",
            Self::Synonym => "synonym",
            Self::Ignore => "ignore",
            Self::Written => "written",
            Self::Deleted => "deleted",
        }
    }
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Counted from one.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What for.
    pub kind: Kind,
    /// The change that it undoes, if it does.
    pub undoes: Option<u64>,
    /// The change that undid it; not written.
    #[serde(skip)]
    pub undone_by: Option<u64>,
    /// The change itself.
    pub change: Change,
}

impl Entry {
    /// Returns whether it stands and can be undone.
    pub fn can_be_undone(&self) -> bool {
        self.undoes.is_none() && self.undone_by.is_none()
    }
}

/// The file.
pub(super) struct Journal {
    path: PathBuf,
}

impl Journal {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Reads all entries. A line that was cut off by a crash is none.
    pub(super) fn read(&self) -> Result<Vec<Entry>, ChangeError> {
        let text = match fs::read(&self.path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(ChangeError::Journal(error)),
        };
        let mut entries: Vec<Entry> =
            text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let undone: Vec<(u64, u64)> =
            entries.iter().filter_map(|entry| Some((entry.undoes?, entry.number))).collect();
        for (number, by) in undone {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.number == number) {
                entry.undone_by = Some(by);
            }
        }
        Ok(entries)
    }

    /// Adds an entry; returns its number.
    pub(super) fn add(
        &mut self,
        at: Timestamp,
        kind: Kind,
        undoes: Option<u64>,
        change: Change,
    ) -> Result<u64, ChangeError> {
        let number = self.read()?.last().map_or(1, |last| last.number + 1);
        let entry = Entry { number, at, kind, undoes, undone_by: None, change };
        let line = serde_json::to_string(&entry).expect("entries are plain values");
        self.append(&line).map_err(ChangeError::Journal)?;
        Ok(number)
    }

    fn append(&self, line: &str) -> std::io::Result<()> {
        if let Some(dir) = self.path.parent() {
            fs::create_dir_all(dir)?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        // A line that a crash cut off ends here.
        file.write_all(format!("\n{line}\n").as_bytes())?;
        file.sync_all()
    }
}
