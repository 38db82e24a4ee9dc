//! The change of one file.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::content::{Diagnostic, LoadError};

/// What a file is to be instead of what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Relative to the content folder.
    pub file: PathBuf,
    /// Its text before; nothing if it was not there.
    pub before: Option<String>,
    /// Its text after; nothing if it is not to be there.
    pub after: Option<String>,
}

/// Why a change cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The content folder cannot be read.
    #[error("the content folder cannot be read")]
    Content(#[source] LoadError),
    /// There is no such article.
    #[error("there is no such article in this locale")]
    NoArticle,
    /// There are too many articles with this title.
    #[error("there are too many articles with this title; choose another one")]
    NoFreeName,
    /// What is to be added is empty, or would be read as something else.
    #[error("write at least two wordings, each without commas, `#` and `=>`; a question needs a text")]
    Words,
    /// It is there already.
    #[error("that is there already")]
    Nothing,
    /// The front matter is written in a way that only its author should change.
    #[error("the front matter of {} cannot be changed safely by a program; add the question there yourself", .file.display())]
    Unusual {
        /// The file.
        file: PathBuf,
    },
    /// Somebody changed the file in the meantime.
    #[error("{} was changed in the meantime; nothing was written, look at it again", .file.display())]
    Conflict {
        /// The file.
        file: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("{} cannot be written; the patch can be applied by hand", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// What is written has errors.
    #[error("{}", .0.iter().map(told).collect::<Vec<_>>().join("; "))]
    Wrong(Vec<Diagnostic>),
    /// The front matter says that it is another article.
    #[error("the front matter of {} names another id or locale than the address", .file.display())]
    OtherIdentity {
        /// The file.
        file: PathBuf,
    },
    /// The file would lie outside of the content folder.
    #[error("the file would lie outside of the content folder")]
    Outside,
    /// There is no such change, or it was undone.
    #[error("there is no such change, or it was undone already")]
    NoChange,
    /// The journal cannot be read or written.
    #[error("the journal of changes cannot be read or written")]
    Journal(#[source] std::io::Error),
}

fn told(wrong: &Diagnostic) -> String {
    let line = wrong.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    format!("{line}{} ({})", wrong.message, wrong.code.as_str())
}

impl Change {
    /// Returns the difference, which `git apply` and `patch -p1` understand.
    pub fn patch(&self) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (before, after) = (text(&self.before), text(&self.after));
        let file = self.file.to_string_lossy().replace('\\', "/");
        let name = |side: &str, text: &Option<String>| match text {
            Some(_) => format!("{side}/{file}"),
            None => "/dev/null".to_owned(),
        };
        let difference = TextDiff::from_lines(&before, &after);
        difference
            .unified_diff()
            .context_radius(3)
            .header(&name("a", &self.before), &name("b", &self.after))
            .to_string()
    }

    /// Returns the change that undoes it.
    pub(super) fn inverse(&self) -> Self {
        Self { file: self.file.clone(), before: self.after.clone(), after: self.before.clone() }
    }

    /// Writes it in one step, unless the file is another one than it was.
    pub(super) fn apply(&self, dir: &Path) -> Result<(), ChangeError> {
        if !self.file.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(ChangeError::Outside);
        }
        if read(dir, &self.file)? != self.before {
            return Err(ChangeError::Conflict { file: self.file.clone() });
        }
        self.write(&dir.join(&self.file)).map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => ChangeError::Conflict { file: self.file.clone() },
            _ => ChangeError::File { file: self.file.clone(), source },
        })
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let Some(after) = &self.after else {
            fs::remove_file(path)?;
            return sync(folder);
        };
        fs::create_dir_all(folder)?;
        let mut builder = tempfile::Builder::new();
        let permissions = match fs::metadata(path) {
            Ok(known) => known.permissions(),
            #[cfg(unix)]
            Err(_) => std::os::unix::fs::PermissionsExt::from_mode(0o644),
            #[cfg(not(unix))]
            Err(error) => return Err(error),
        };
        builder.permissions(permissions);
        let mut whole: NamedTempFile = builder.tempfile_in(folder)?;
        whole.write_all(after.as_bytes())?;
        whole.as_file().sync_all()?;
        match self.before {
            Some(_) => whole.persist(path).map_err(|error| error.error)?,
            None => whole.persist_noclobber(path).map_err(|error| error.error)?,
        };
        sync(folder)
    }
}

/// Makes sure that what was renamed is so after a crash, too.
fn sync(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// Reads a file of the folder; nothing if it is not there. One that is not UTF-8 is left to its
/// author.
pub(super) fn read(dir: &Path, file: &Path) -> Result<Option<String>, ChangeError> {
    match fs::read(dir.join(file)) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(ChangeError::Unusual { file: file.to_owned() }),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ChangeError::File { file: file.to_owned(), source }),
    }
}
