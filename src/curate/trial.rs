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
        link_all(&self.content.dir, &content_dir)?;
        link_all(&self.index_dir, &index_dir)?;
        change.apply(&content_dir)?;
        let settings = content::Settings { dir: content_dir, ..self.content.clone() };
        let off = Meaning::new(Source::Off, EndpointSettings::default(), &index_dir.join("vectors"));
        let refreshed = Live::new(settings, &index_dir, Arc::new(off)).refresh(&|_, _| ())?;
        Ok(Trial { snapshot: refreshed.snapshot, _folder: folder })
    }
}

/// Links all files of a folder into another one; copies those that cannot be linked.
pub(crate) fn link_all(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, name) = (entry.file_type()?, entry.file_name());
        if kind.is_dir() && !is_left_out(&name.to_string_lossy()) {
            link_all(&entry.path(), &to.join(name))?;
        } else if kind.is_file() && !name.to_string_lossy().ends_with("lock") {
            let target = to.join(name);
            if fs::hard_link(entry.path(), &target).is_err() {
                fs::copy(entry.path(), &target)?;
            }
        }
    }
    Ok(())
}

/// Vectors are not needed, and other trials are none of its business.
fn is_left_out(folder: &str) -> bool {
    folder == "vectors" || folder.starts_with('.')
}
