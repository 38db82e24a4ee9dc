//! Vectors on disk, by the content of the text that they stand for.
//!
//! One file holds the vectors of one model, in records of the same size that are only
//! ever appended, each with a checksum: whatever a crash leaves behind is a record that
//! is not there. A text that did not change finds its vector here, whichever article
//! or generation it is in.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{TextId, Vector};

/// The vectors of one model.
pub struct Store {
    path: PathBuf,
    file: File,
    dimensions: usize,
    /// By text, where its records start and how many there are.
    places: FxHashMap<TextId, (u64, u16)>,
    records: u64,
}

/// Why stored vectors cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot use the stored vectors in {path}; check its permissions and the space on the disk, or delete it"
)]
pub struct StoreError {
    path: PathBuf,
    source: io::Error,
}

const MAGIC: &[u8; 8] = b"zhidavec";
const VERSION: u32 = 1;
const HEADER: u64 = 16;
/// Id of the text, which part of it, how many parts; and the checksum after the vector.
const AROUND_VECTOR: usize = 8 + 2 + 2 + 4;
const CHECKSUM: usize = 4;

impl Store {
    /// Opens the vectors of the model `id` in the folder `dir`; makes an empty file if
    /// there is none, or one of another form.
    pub fn open(dir: &Path, id: &str, dimensions: usize) -> Result<Self, StoreError> {
        let path = dir.join(format!("{id}.vectors"));
        let open = || -> io::Result<Self> {
            fs::create_dir_all(dir)?;
            let file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
            let mut store =
                Self { path: path.clone(), file, dimensions, places: FxHashMap::default(), records: 0 };
            store.file.lock()?;
            let read = store.repair().and_then(|()| store.read_places());
            store.file.unlock()?;
            read.map(|()| store)
        };
        open().map_err(|source| StoreError { path: path.clone(), source })
    }

    /// Returns whether the vectors of a text are here.
    pub fn has(&self, text: TextId) -> bool {
        self.places.contains_key(&text)
    }

    /// Reads the vectors of a text, one for each part of it; none if it is not here.
    pub fn read(&mut self, text: TextId) -> Result<Vec<Vector>, StoreError> {
        let Some((record, parts)) = self.places.get(&text).copied() else { return Ok(Vec::new()) };
        let size = self.record_size();
        let mut bytes = vec![0; size * usize::from(parts)];
        let start = HEADER + record * size as u64;
        let read = self.file.seek(SeekFrom::Start(start)).and_then(|_| self.file.read_exact(&mut bytes));
        read.map_err(|source| self.error(source))?;
        Ok(bytes.chunks_exact(size).map(|record| self.vector(record)).collect())
    }

    /// Adds the vectors of a text, one for each part of it.
    pub fn add(&mut self, text: TextId, vectors: &[Vector]) -> Result<(), StoreError> {
        let parts = vectors.len() as u16;
        let mut bytes = Vec::with_capacity(self.record_size() * vectors.len());
        for (part, vector) in vectors.iter().enumerate() {
            let start = bytes.len();
            bytes.extend(text.0.to_le_bytes());
            bytes.extend((part as u16).to_le_bytes());
            bytes.extend(parts.to_le_bytes());
            bytes.extend(vector.components().iter().map(|component| component.cast_unsigned()));
            let sum = checksum(&bytes[start..]);
            bytes.extend(sum);
        }
        let start = self.append(&bytes).map_err(|source| self.error(source))?;
        self.records = start + u64::from(parts);
        self.places.insert(text, (start, parts));
        Ok(())
    }

    /// Returns once everything that was added is on the disk.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(|source| self.error(source))
    }

    /// Drops the vectors of all texts but `wanted` when most are unwanted.
    pub fn tidy(&mut self, wanted: &FxHashSet<TextId>) -> Result<(), StoreError> {
        let kept: u64 =
            self.places.iter().filter(|(text, _)| wanted.contains(text)).map(|(_, at)| u64::from(at.1)).sum();
        if self.records <= 2 * kept {
            return Ok(());
        }
        let dir = self.path.parent().expect("the file is in a folder").to_owned();
        let name = self.path.file_stem().expect("the file has a name").to_string_lossy().into_owned();
        let mut next = Self::open(&dir, &format!("{name}.next"), self.dimensions)?;
        let mut texts: Vec<TextId> =
            self.places.keys().copied().filter(|text| wanted.contains(text)).collect();
        texts.sort_unstable_by_key(|text| self.places[text]);
        for text in texts.into_iter().filter(|text| !next.has(*text)).collect::<Vec<_>>() {
            let vectors = self.read(text)?;
            next.add(text, &vectors)?;
        }
        next.sync()?;
        fs::rename(&next.path, &self.path).map_err(|source| self.error(source))?;
        *self = Self { path: self.path.clone(), ..next };
        Ok(())
    }

    /// Appends whole records; returns the number of the first.
    fn append(&mut self, bytes: &[u8]) -> io::Result<u64> {
        self.file.lock()?;
        let end = self.file.seek(SeekFrom::End(0));
        let written = self.file.write_all(bytes);
        self.file.unlock()?;
        written?;
        Ok((end? - HEADER) / self.record_size() as u64)
    }

    /// Writes the header of an empty file, empties one of another form, and cuts off a
    /// record that was not finished.
    fn repair(&mut self) -> io::Result<()> {
        let mut header = Vec::with_capacity(HEADER as usize);
        header.extend(MAGIC);
        header.extend(VERSION.to_le_bytes());
        header.extend((self.dimensions as u32).to_le_bytes());
        let mut found = [0; HEADER as usize];
        self.file.seek(SeekFrom::Start(0))?;
        if self.file.read_exact(&mut found).is_err() || found[..] != header {
            self.file.set_len(0)?;
            self.file.write_all(&header)?;
        }
        let length = self.file.metadata()?.len();
        self.file.set_len(length - (length - HEADER) % self.record_size() as u64)
    }

    fn read_places(&mut self) -> io::Result<()> {
        let size = self.record_size();
        self.file.seek(SeekFrom::Start(HEADER))?;
        let mut reader = BufReader::with_capacity(1 << 20, &self.file);
        let mut record = vec![0; size];
        // The text whose parts are being read, where it starts, and its next part.
        let mut open: Option<(TextId, u64, u16)> = None;
        while reader.read_exact(&mut record).is_ok() {
            let (content, sum) = record.split_at(size - CHECKSUM);
            let number = |range: std::ops::Range<usize>| {
                u16::from_le_bytes(content[range].try_into().expect("two bytes make the number"))
            };
            let text = TextId(u64::from_le_bytes(content[..8].try_into().expect("eight bytes make the id")));
            let (part, parts) = (number(8..10), number(10..12));
            let start = match open {
                _ if checksum(content) != sum => None,
                _ if part == 0 => Some(self.records),
                Some((other, start, next)) if other == text && next == part => Some(start),
                _ => None,
            };
            open = start.map(|start| (text, start, part + 1));
            if let Some(start) = start.filter(|_| part + 1 == parts) {
                self.places.insert(text, (start, parts));
            }
            self.records += 1;
        }
        Ok(())
    }

    fn vector(&self, record: &[u8]) -> Vector {
        let components = record[AROUND_VECTOR - CHECKSUM..][..self.dimensions].iter();
        Vector::from_components(components.map(|byte| byte.cast_signed()).collect())
    }

    fn record_size(&self) -> usize {
        AROUND_VECTOR + self.dimensions
    }

    fn error(&self, source: io::Error) -> StoreError {
        StoreError { path: self.path.clone(), source }
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash = blake3::hash(bytes);
    hash.as_bytes()[..CHECKSUM].try_into().expect("the hash is longer")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(first: f32) -> Vector {
        Vector::new(&[first, 1.0, -0.5]).expect("a direction")
    }

    #[test]
    fn what_was_added_is_read_again_whole() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(dir.path(), "model", 3).expect("opens");
        store.add(TextId(7), &[vector(0.1), vector(0.2)]).expect("is added");
        store.add(TextId(8), &[vector(0.3)]).expect("is added");
        // A crash in the middle of a record, then of a text with two parts.
        let path = dir.path().join("model.vectors");
        for lost in [5, 24] {
            let length = fs::metadata(&path).expect("is there").len();
            OpenOptions::new()
                .write(true)
                .open(&path)
                .and_then(|file| file.set_len(length - lost))
                .expect("cut");
            let mut store = Store::open(dir.path(), "model", 3).expect("opens");
            assert!(!store.has(TextId(8)));
            assert_eq!(store.has(TextId(7)), lost == 5);
            store.add(TextId(9), &[vector(0.4)]).expect("is added");
            assert_eq!(store.read(TextId(9)).expect("is read"), [vector(0.4)]);
            let mut again = Store::open(dir.path(), "model", 3).expect("opens");
            assert_eq!(again.read(TextId(9)).expect("is read"), [vector(0.4)]);
            fs::copy(&path, dir.path().join("before")).expect("copied");
        }
    }

    #[test]
    fn unwanted_vectors_go_when_they_are_most() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(dir.path(), "model", 3).expect("opens");
        for text in 0..10 {
            store.add(TextId(text), &[vector(text as f32)]).expect("is added");
        }
        store.tidy(&[TextId(3), TextId(5)].into_iter().collect()).expect("is tidied");
        let mut again = Store::open(dir.path(), "model", 3).expect("opens");
        assert_eq!(again.records, 2);
        assert_eq!(again.read(TextId(5)).expect("is read"), [vector(5.0)]);
        assert!(!again.has(TextId(4)));
    }
}
