//! Changes of the content folder by others than its authors: what insights lead to (a new
//! article, a question more, a synonym, a question to be ignored), and whole articles that an
//! editor writes through the API (`article`).
//!
//! Each is an ordinary change of one file ([`Change`]): shown as a difference before it is made,
//! written in one step, kept in a journal of the data folder, and undone as long as nobody has
//! changed the file since. Where the folder cannot be written, the difference is a patch. What a
//! change would do is seen in a copy of the help center (`trial`).
//!
//! The server sees a change as it sees any other: the watch on the folder (`live`).

mod article;
mod change;
mod journal;
mod trial;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::Timestamp;

pub use article::Written;
pub use change::{Change, ChangeError};
use journal::Journal;
pub use journal::{Entry, Kind};
pub(crate) use trial::link_all;
pub use trial::{Trial, TrialError};

use crate::analysis::Analyzer;
use crate::content::{self, ArticleId, Draft, with_question};
use crate::locale::Locale;

/// What is to become of a gap.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An article is written, starting from a draft.
    NewArticle(Draft),
    /// An article answers it, and gets it as one of its questions.
    Question {
        /// The article.
        id: ArticleId,
        /// In which locale.
        locale: Locale,
        /// As people ask it.
        text: String,
    },
    /// People use other words than the articles.
    Synonym {
        /// The language in which that holds; all if nothing.
        locale: Option<Locale>,
        /// Words that mean the same.
        words: Vec<String>,
    },
    /// Segmentation cuts a word that it must not cut.
    Word(String),
    /// It is nothing that the help center should answer.
    Ignore {
        /// All its wordings that are known.
        questions: Vec<String>,
    },
}

/// The file of words that segmentation must know.
const DICTIONARY: &str = "dictionary.txt";

/// The file of questions that are no gaps: one a line.
const IGNORED: &str = "ignored_questions.txt";

/// Makes changes in one content folder.
pub struct Curator {
    content: content::Settings,
    index_dir: PathBuf,
    journal: Mutex<Journal>,
}

impl Curator {
    /// Changes the files of `content`, tries changes on the index in `index_dir`, and keeps a
    /// journal in `data`.
    pub fn new(content: content::Settings, index_dir: &Path, data: &Path) -> Self {
        let index_dir = index_dir.to_owned();
        Self { content, index_dir, journal: Mutex::new(Journal::new(data.join("changes.jsonl"))) }
    }

    /// Returns the folder of the index.
    pub fn index_dir(&self) -> &Path {
        &self.index_dir
    }

    /// Returns the change that an outcome makes of the folder as it is now.
    pub fn change(&self, outcome: &Outcome) -> Result<Change, ChangeError> {
        match outcome {
            Outcome::NewArticle(draft) => {
                let free = draft.paths().find(|path| !self.content.dir.join(path).exists());
                let file = free.ok_or(ChangeError::NoFreeName)?;
                Ok(Change { file, before: None, after: Some(draft.to_markdown()) })
            }
            Outcome::Question { id, locale, text } => self.with_question(id, locale, text),
            Outcome::Synonym { locale, words } => {
                let words: Vec<&str> =
                    words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
                let is_plain =
                    |word: &&str| !word.contains([',', '，', '、', '#', '\n']) && !word.contains("=>");
                if words.len() < 2 || !words.iter().all(is_plain) {
                    return Err(ChangeError::Words);
                }
                let name = match locale {
                    Some(locale) => format!("synonyms.{locale}.txt"),
                    None => "synonyms.txt".to_owned(),
                };
                self.with_lines(&name, &[words.join(", ")])
            }
            Outcome::Word(word) => {
                let word = one_line(word);
                if word.is_empty() || word.contains(char::is_whitespace) {
                    return Err(ChangeError::Words);
                }
                self.with_lines(DICTIONARY, &[word])
            }
            Outcome::Ignore { questions } => {
                let lines: Vec<String> = questions.iter().map(|question| one_line(question)).collect();
                self.with_lines(IGNORED, &lines)
            }
        }
    }

    /// Makes a change of `kind`; returns its number in the journal.
    pub fn apply(&self, kind: Kind, change: Change) -> Result<u64, ChangeError> {
        let mut journal = self.journal.lock().expect("nothing panics while it holds the lock");
        self.make(&mut journal, kind, None, change)
    }

    /// Undoes the change of a number.
    pub fn undo(&self, number: u64) -> Result<(), ChangeError> {
        let mut journal = self.journal.lock().expect("nothing panics while it holds the lock");
        let entry = journal.read()?.into_iter().find(|entry| entry.number == number && entry.can_be_undone());
        let entry = entry.ok_or(ChangeError::NoChange)?;
        self.make(&mut journal, entry.kind, Some(number), entry.change.inverse()).map(|_| ())
    }

    /// Makes a change and keeps it in the journal: both, or neither.
    fn make(
        &self,
        journal: &mut Journal,
        kind: Kind,
        undoes: Option<u64>,
        change: Change,
    ) -> Result<u64, ChangeError> {
        change.apply(&self.content.dir)?;
        let added = journal.add(Timestamp::now(), kind, undoes, change.clone());
        if added.is_err() {
            change.inverse().apply(&self.content.dir)?;
        }
        added
    }

    /// Returns all changes, the last first.
    pub fn changes(&self) -> Result<Vec<Entry>, ChangeError> {
        let journal = self.journal.lock().expect("nothing panics while it holds the lock");
        let mut all = journal.read()?;
        all.reverse();
        Ok(all)
    }

    /// Returns the questions that are no gaps, by [`Analyzer::key`].
    pub fn ignored(&self, analyzer: &Analyzer) -> HashSet<String> {
        let text = std::fs::read_to_string(self.content.dir.join(IGNORED)).unwrap_or_default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(|line| analyzer.key(line)).collect()
    }

    fn with_question(&self, id: &ArticleId, locale: &Locale, text: &str) -> Result<Change, ChangeError> {
        let text = one_line(text);
        if text.is_empty() {
            return Err(ChangeError::Words);
        }
        let file = self.find(&self.content.dir, id, locale)?.0.ok_or(ChangeError::NoArticle)?.path;
        let before = self.read(&file)?.ok_or(ChangeError::NoArticle)?;
        let after = with_question(&before, &text).ok_or(ChangeError::Unusual { file: file.clone() })?;
        Ok(Change { file, before: Some(before), after: Some(after) })
    }

    /// Adds lines to a file of lines, those that it does not have yet.
    fn with_lines(&self, name: &str, lines: &[String]) -> Result<Change, ChangeError> {
        let file = PathBuf::from(name);
        let before = self.read(&file)?;
        let mut after = before.clone().unwrap_or_default();
        let newline = if after.contains("\r\n") { "\r\n" } else { "\n" };
        if !after.is_empty() && !after.ends_with('\n') {
            after.push_str(newline);
        }
        let known: HashSet<String> = after.lines().map(|line| line.trim().to_owned()).collect();
        let mut seen = HashSet::new();
        for line in lines.iter().filter(|line| !line.is_empty() && !known.contains(*line)) {
            if seen.insert(line) {
                after.push_str(line);
                after.push_str(newline);
            }
        }
        match before.as_deref() == Some(&after) || before.is_none() && after.is_empty() {
            true => Err(ChangeError::Nothing),
            false => Ok(Change { file, before, after: Some(after) }),
        }
    }

    fn read(&self, file: &Path) -> Result<Option<String>, ChangeError> {
        change::read(&self.content.dir, file)
    }
}

/// Returns a text on one line, as a line of a file that starts no comment.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_start_matches('#').trim().to_owned()
}
