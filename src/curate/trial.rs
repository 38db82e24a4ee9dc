//! The help center as it would be after a change.
//!
//! Content and index are linked into a folder of their own, file by file, and the change is made
//! there: only what it touches is analyzed again, and nobody sees it. Files are never changed in
//! place, here as everywhere, so the links do no harm.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use super::{Change, ChangeError, Curator};
use crate::content;
use crate::live::{Live, Meaning, RefreshError, Snapshot};
use crate::semantic::{EndpointSettings, Source};

/// A help center that is thrown away when dropped.
pub struct Trial {
    /// What its customers would see, searched by words alone.
    pub snapshot: Snapshot,
    _folder: TempDir,
}

/// Why a change cannot be tried.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// The files cannot be linked or copied.
    #[error("the help center cannot be copied to try the change")]
    Copy(#[from] std::io::Error),
    /// The change cannot be made.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The changed help center cannot be read.
    #[error("the changed help center cannot be indexed")]
    Refresh(#[from] RefreshError),
}

impl Curator {
    /// Makes a change in a copy of the help center.
    pub fn try_out(&self, change: &Change) -> Result<Trial, TrialError> {
        let folder = tempfile::Builder::new().prefix(".trial").tempdir_in(&self.index_dir)?;
        let (content_dir, index_dir) = (folder.path().join("content"), folder.path().join("index"));
        link_all(&self.content.dir, &content_dir, &|_| false)?;
        link_all(&self.index_dir, &index_dir, &is_of_no_use)?;
        change.apply(&content_dir)?;
        let settings = content::Settings { dir: content_dir, ..self.content.clone() };
        let off = Meaning::new(Source::Off, EndpointSettings::default(), &index_dir.join("vectors"));
        let refreshed = Live::new(settings, &index_dir, Arc::new(off)).refresh(&|_, _| ())?;
        Ok(Trial { snapshot: refreshed.snapshot, _folder: folder })
    }
}

/// Links all files of a folder into another one, but for those of names that are `left_out`;
/// copies those that cannot be linked. Symbolic links are made anew: they lead to the same place
/// below the folder.
pub(crate) fn link_all(from: &Path, to: &Path, left_out: &dyn Fn(&str) -> bool) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, path, target) = (entry.file_type()?, entry.path(), to.join(entry.file_name()));
        if left_out(&entry.file_name().to_string_lossy()) {
            continue;
        }
        if kind.is_dir() {
            link_all(&path, &target, left_out)?;
        } else if kind.is_symlink() {
            #[cfg(unix)]
            std::os::unix::fs::symlink(fs::read_link(&path)?, target)?;
        } else if kind.is_file() && fs::hard_link(&path, &target).is_err() {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

/// Vectors, locks and the folders of other trials are of no use to a trial.
fn is_of_no_use(name: &str) -> bool {
    name == "vectors" || name.ends_with("lock") || name.starts_with('.')
}
