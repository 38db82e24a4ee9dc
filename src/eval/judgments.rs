//! Our own judged queries: one file per locale, `zh-Hans.jsonl`, with lines
//! such as `{"q": "…", "relevant": {"shipping/track-parcel": 3}}`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Question, ReadError, Set};
use crate::content::ArticleId;
use crate::locale::Locale;

#[derive(Deserialize)]
struct Line {
    q: String,
    /// 3 answers it, 2 answers a good part, 1 is useful beside.
    relevant: HashMap<String, u32>,
}

/// Reads all files of `dir`, a set for each, in the order of their names.
pub fn read_judgments(dir: &Path) -> Result<Vec<Set>, ReadError> {
    judged_files(dir)?.iter().map(|path| read_set(path)).collect()
}

/// Returns the files of judgments in a folder, by name.
pub fn judged_files(dir: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let unreadable = |source| ReadError::File { path: dir.to_owned(), source };
    let mut files: Vec<PathBuf> = fs::read_dir(dir)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(unreadable)?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    Ok(files)
}

fn read_set(path: &Path) -> Result<Set, ReadError> {
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let problem =
        |at: usize, problem: String| ReadError::Line { path: path.to_owned(), line: at + 1, problem };
    let locale: Locale =
        name.parse().map_err(|error| problem(0, format!("the file is named by its locale: {error}")))?;
    let text =
        fs::read_to_string(path).map_err(|source| ReadError::File { path: path.to_owned(), source })?;
    let question = |(at, line): (usize, &str)| {
        let line: Line = serde_json::from_str(line).map_err(|error| problem(at, error.to_string()))?;
        let relevant = line.relevant.into_iter().map(|(id, grade)| {
            let article = ArticleId::new(&id).ok_or_else(|| problem(at, "an id is empty".into()))?;
            Ok((article, grade))
        });
        let relevant = relevant.collect::<Result<_, ReadError>>()?;
        Ok(Question { id: format!("{name}-{}", at + 1), text: line.q, locale: locale.clone(), relevant })
    };
    let questions = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(question);
    let questions = questions.collect::<Result<_, _>>()?;
    Ok(Set { name, questions })
}
