//! What was learned from readers, in a file beside the index: `learned.json`.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::search::Learned;

/// The file in the folder of the index.
const FILE: &str = "learned.json";

/// Reads what is kept beside an index; nothing where nothing is.
pub fn read_learned(index_dir: &Path) -> std::io::Result<Learned> {
    match fs::read(index_dir.join(FILE)) {
        Ok(bytes) => Ok(Learned::new(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Learned::default()),
        Err(error) => Err(error),
    }
}

/// Keeps it beside an index, in one step.
pub fn write_learned(learned: &Learned, index_dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(index_dir)?;
    let mut file = NamedTempFile::new_in(index_dir)?;
    file.write_all(&serde_json::to_vec_pretty(&learned.opinions())?)?;
    file.as_file().sync_all()?;
    file.persist(index_dir.join(FILE))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Opinion;

    #[test]
    fn what_is_written_is_what_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        assert_eq!(read_learned(dir.path()).expect("nothing is there"), Learned::default());
        let [id, locale, revision] = ["lost", "en", "1"].map(str::to_owned);
        let learned = Learned::new(vec![Opinion { id, locale, revision, helped: 1.25, failed: 2.0 }]);
        write_learned(&learned, dir.path()).expect("it is written");
        assert_eq!(read_learned(dir.path()).expect("it is read"), learned);
    }
}
