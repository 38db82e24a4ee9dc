//! Articles' own questions as tests: each must find its article, and what an article
//! says it does not answer must not.

use crate::content::Article;
use crate::index::Index;
use crate::search::{Request, Searcher};
use crate::semantic::Vector;

/// An article must be among so many to be found, and further down not to be.
const FIRST: usize = 3;

/// A question that does not do what its article says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure<'a> {
    /// One of `questions` does not find the article.
    NotFound {
        /// The question.
        question: &'a str,
        /// Titles of the articles found instead.
        instead: Vec<String>,
    },
    /// One of `not_questions` finds the article.
    Found {
        /// The question.
        question: &'a str,
        /// Where, counted from one.
        rank: usize,
    },
}

/// Asks the questions of `article` as a visitor of its locale, in an index that has it.
pub fn ask_own_questions<'a>(
    article: &'a Article,
    index: &Index,
    searcher: &Searcher,
    vector_of: &dyn Fn(&str) -> Option<Vector>,
) -> tantivy::Result<Vec<Failure<'a>>> {
    let mut failures = Vec::new();
    for question in &article.questions {
        let found = first(article, question, vector_of(question), index, searcher)?;
        if !found.iter().any(|(is_own, _)| *is_own) {
            let instead = found.into_iter().map(|(_, title)| title).collect();
            failures.push(Failure::NotFound { question, instead });
        }
    }
    for question in &article.not_questions {
        let found = first(article, question, vector_of(question), index, searcher)?;
        if let Some(at) = found.iter().position(|(is_own, _)| *is_own) {
            failures.push(Failure::Found { question, rank: at + 1 });
        }
    }
    Ok(failures)
}

/// Returns the first results: whether each is the article, and its title.
fn first(
    article: &Article,
    question: &str,
    vector: Option<Vector>,
    index: &Index,
    searcher: &Searcher,
) -> tantivy::Result<Vec<(bool, String)>> {
    let request = Request::first(FIRST, question.to_owned(), vector, article.locale.clone());
    let hits = searcher.search(&request)?.hits.into_iter().map(|hit| index.card(hit.article));
    Ok(hits.map(|card| (card.id == article.id, card.title.clone())).collect())
}
