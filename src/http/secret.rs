//! The secret by which the server knows what it gave out itself: sessions of agents, names of
//! queries.
//!
//! It is made at the first start and kept in a file, so that a restart signs nobody out.

use std::fs;
use std::io::Write;
use std::path::Path;

use axum_extra::extract::cookie::Key;
use jiff::Timestamp;
use tempfile::NamedTempFile;

/// Random bytes that nobody else knows.
pub(super) struct Secret([u8; 32]);

/// The file in the data folder.
const FILE: &str = "secret";

impl Secret {
    /// Reads the secret of a data folder, or makes one there. Where the folder cannot be
    /// written, the secret holds until the server stops.
    pub(super) fn open(dir: &Path) -> Self {
        let file = dir.join(FILE);
        if let Some(secret) = read(&file) {
            return secret;
        }
        let secret = Self::new();
        if let Err(error) = secret.write(dir, &file) {
            // Another server may have made one in the meantime.
            if let Some(secret) = read(&file) {
                return secret;
            }
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, file = %file.display(), "cannot be written; a restart signs agents out");
        }
        secret
    }

    /// Makes a secret that is kept nowhere.
    pub(super) fn new() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system has random numbers");
        Self(bytes)
    }

    /// Names a query: when, something random, and a mark that nobody else can make.
    pub(super) fn new_query_id(&self, now: Timestamp) -> String {
        let mut bytes = [0; 28];
        bytes[..4].copy_from_slice(&(now.as_second() as u32).to_be_bytes());
        getrandom::fill(&mut bytes[4..12]).expect("the system has random numbers");
        let mark = self.mark(&bytes[..12]);
        bytes[12..].copy_from_slice(&mark);
        hex::encode(bytes)
    }

    /// Returns whether this server, or one with the same secret, gave a query this name, and
    /// no longer ago than a day.
    pub(super) fn named(&self, query_id: &str, now: Timestamp) -> bool {
        let Some(bytes) = bytes_of(query_id) else { return false };
        let (named, mark) = bytes.split_at(12);
        let at = u32::from_be_bytes(named[..4].try_into().expect("four bytes"));
        let age = now.as_second() - i64::from(at);
        // Hashes compare in constant time.
        (-SKEW..=A_DAY).contains(&age) && blake3::hash(mark) == blake3::hash(&self.mark(named))
    }

    fn mark(&self, named: &[u8]) -> [u8; 16] {
        let mut mark = [0; 16];
        let mut derived = blake3::Hasher::new_derive_key("zhida 2026-11 names of queries");
        derived.update(&self.0).update(named).finalize_xof().fill(&mut mark);
        mark
    }

    /// Writes it in one step, unless there is one.
    fn write(&self, dir: &Path, file: &Path) -> std::io::Result<()> {
        fs::create_dir_all(dir)?;
        // Nobody else may read a temporary file.
        let mut whole = NamedTempFile::new_in(dir)?;
        whole.write_all(&self.0)?;
        whole.as_file().sync_all()?;
        whole.persist_noclobber(file).map(|_| ()).map_err(|error| error.error)
    }

    /// Returns the key that signs cookies.
    pub(super) fn cookies(&self) -> Key {
        let mut bytes = [0; 64];
        let mut derived = blake3::Hasher::new_derive_key("zhida 2026-11 cookies of agents");
        derived.update(&self.0).finalize_xof().fill(&mut bytes);
        Key::from(&bytes)
    }
}

/// How long something may follow a query, in seconds.
const A_DAY: i64 = 24 * 3600;

/// By how much the clocks of several servers may differ, in seconds.
const SKEW: i64 = 60;

/// Reads a name; nothing if it is written in any other way than it was given.
fn bytes_of(name: &str) -> Option<[u8; 28]> {
    let mut bytes = [0; 28];
    hex::decode_to_slice(name, &mut bytes).ok()?;
    name.bytes().all(|byte| !byte.is_ascii_uppercase()).then_some(bytes)
}

/// Reads the secret of a file, if there is a whole one.
fn read(file: &Path) -> Option<Secret> {
    fs::read(file).ok()?.try_into().ok().map(Secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_were_given_are_known() {
        let (secret, other) = (Secret::new(), Secret::new());
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().expect("a time");
        let id = secret.new_query_id(now);
        assert!(secret.named(&id, now));
        assert_ne!(id, secret.new_query_id(now));
        assert!(!other.named(&id, now));
        for forged in [
            id.replacen(&id[..1], "0", 1).replacen(&id[1..2], "1", 1),
            id[1..].to_owned(),
            format!("{id}0"),
            String::new(),
        ] {
            assert!(!secret.named(&forged, now) || forged == id, "{forged}");
        }
        let later = |hours: i64| now + jiff::SignedDuration::from_hours(hours);
        assert!(secret.named(&id, later(23)));
        assert!(!secret.named(&id, later(25)) && !secret.named(&id, later(-1)));
    }

    #[test]
    fn the_secret_of_a_folder_stays() {
        let dir = tempfile::tempdir().expect("a folder");
        let data = dir.path().join("data");
        let now = Timestamp::now();
        let id = Secret::open(&data).new_query_id(now);
        assert!(Secret::open(&data).named(&id, now));
    }
}
