//! Public relevance sets in BEIR form: `corpus.jsonl`, `queries.jsonl`,
//! `qrels/test.tsv`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Question, ReadError, Set};
use crate::content::{Article, ArticleId};
use crate::locale::Locale;

/// A set and the corpus that it asks about.
#[derive(Debug)]
pub struct Beir {
    /// The documents, as articles. Their ids start with the name of the set, so
    /// that several corpora can be in one index.
    pub articles: Vec<Article>,
    /// Id of every document in its file, by article.
    pub document_ids: HashMap<ArticleId, String>,
    /// The questions.
    pub set: Set,
    /// By question, the strings of which a right answer contains one; empty where the set
    /// does not say.
    pub gold: HashMap<String, Vec<String>>,
    /// Questions that no document answers; empty where the set has none.
    pub out_of_scope: Vec<Question>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Gold {
    #[serde(rename = "_id")]
    id: String,
    answers: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    lang: Option<Locale>,
}

impl Beir {
    /// Reads the folder `dir`; the name of the folder is the name of the set.
    /// Lines without a language are in `default_locale`.
    pub fn read(dir: &Path, default_locale: &Locale) -> Result<Self, ReadError> {
        let name = dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let corpus: Vec<Line> = lines(&dir.join("corpus.jsonl"), KIND)?;
        let ids: HashMap<String, ArticleId> = (corpus.iter().enumerate())
            .map(|(number, line)| (line.id.clone(), article_id(&name, number)))
            .collect();
        let locale = |line: &Line| line.metadata.lang.clone().unwrap_or_else(|| default_locale.clone());
        let articles = corpus.iter().map(|line| {
            Article::new(ids[&line.id].clone(), locale(line), line.title.clone(), line.text.clone())
        });
        let articles = articles.collect();
        let mut relevant = relevant(&dir.join("qrels/test.tsv"), &ids)?;
        let questions: Vec<Line> = lines(&dir.join("queries.jsonl"), KIND)?;
        let questions = questions.into_iter().filter_map(|line| {
            let relevant = relevant.remove(&line.id)?;
            Some(Question { locale: locale(&line), id: line.id, text: line.text, relevant })
        });
        let set = Set { name, questions: questions.collect() };
        let document_ids = ids.into_iter().map(|(document, article)| (article, document)).collect();
        let gold: Vec<Gold> = lines_if_there(&dir.join("answers.jsonl"))?;
        let gold = gold.into_iter().map(|gold| (gold.id, gold.answers)).collect();
        let out_of_scope: Vec<Line> = lines_if_there(&dir.join("oos.jsonl"))?;
        let unanswered = |line: Line| Question {
            locale: locale(&line),
            id: line.id,
            text: line.text,
            relevant: HashMap::new(),
        };
        let out_of_scope = out_of_scope.into_iter().map(unanswered).collect();
        Ok(Self { articles, document_ids, set, gold, out_of_scope })
    }
}

fn article_id(set: &str, number: usize) -> ArticleId {
    ArticleId::new(&format!("{set}/{number:07}")).expect("a number is not empty")
}

const KIND: &str = "document or query";

fn lines_if_there<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, ReadError> {
    if path.exists() { lines(path, KIND) } else { Ok(Vec::new()) }
}

/// Reads a file of JSON objects, one a line, each a `kind`; empty lines say nothing.
pub(super) fn lines<T: DeserializeOwned>(path: &Path, kind: &str) -> Result<Vec<T>, ReadError> {
    let text = read(path)?;
    let parse = |(at, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| problem(path, at, format!("not a {kind}: {error}")))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(parse).collect()
}

/// Reads which documents answer which question.
fn relevant(
    path: &Path,
    ids: &HashMap<String, ArticleId>,
) -> Result<HashMap<String, HashMap<ArticleId, u32>>, ReadError> {
    let mut relevant: HashMap<String, HashMap<ArticleId, u32>> = HashMap::new();
    for (at, line) in read(path)?.lines().enumerate().skip(1) {
        let mut columns = line.split('\t');
        let (Some(question), Some(document), Some(grade)) = (columns.next(), columns.next(), columns.next())
        else {
            return Err(problem(
                path,
                at,
                "expected query-id, corpus-id and score, separated by tabs".into(),
            ));
        };
        let grade: u32 =
            grade.trim().parse().map_err(|_| problem(path, at, format!("`{grade}` is not a grade")))?;
        let article =
            ids.get(document).ok_or_else(|| problem(path, at, format!("no document `{document}`")))?;
        if grade > 0 {
            relevant.entry(question.to_owned()).or_default().insert(article.clone(), grade);
        }
    }
    Ok(relevant)
}

fn read(path: &Path) -> Result<String, ReadError> {
    fs::read_to_string(path).map_err(|source| ReadError::File { path: path.to_owned(), source })
}

fn problem(path: &Path, at: usize, problem: String) -> ReadError {
    ReadError::Line { path: PathBuf::from(path), line: at + 1, problem }
}
