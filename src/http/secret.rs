//! The secret by which the server knows what it gave out itself: sessions of agents.
//!
//! It is made at the first start and kept in a file, so that a restart signs nobody out.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use axum_extra::extract::cookie::Key;

/// Random bytes that nobody else knows.
pub struct Secret([u8; 32]);

/// The file in the data folder.
const FILE: &str = "secret";

impl Secret {
    /// Reads the secret of a data folder, or makes one there. Where the folder cannot be
    /// written, the secret holds until the server stops.
    pub fn open(dir: &Path) -> Self {
        let file = dir.join(FILE);
        if let Some(bytes) = fs::read(&file).ok().and_then(|bytes| bytes.try_into().ok()) {
            return Self(bytes);
        }
        let secret = Self::new();
        if let Err(error) = secret.write(&file) {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, file = %file.display(), "cannot be written; a restart signs agents out");
        }
        secret
    }

    /// Makes a secret that is kept nowhere.
    pub fn new() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system has random numbers");
        Self(bytes)
    }

    fn write(&self, file: &Path) -> std::io::Result<()> {
        fs::create_dir_all(file.parent().expect("it is in the data folder"))?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(file)?;
        file.write_all(&self.0)?;
        file.sync_all()
    }

    /// Returns the key that signs cookies.
    pub(super) fn cookies(&self) -> Key {
        let mut bytes = [0; 64];
        let mut derived = blake3::Hasher::new_derive_key("zhida 2026-11 cookies of agents");
        derived.update(&self.0).finalize_xof().fill(&mut bytes);
        Key::from(&bytes)
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}
