//! Questions of a corpus to learn from: its own, kept out of the index while they are
//! asked.
//!
//! A corpus is cut into a few folds by the hash of the questions, so that the cut is the
//! same each time. Each fold lacks some of the `questions` and `not_questions` of every
//! article, and asks them. What an article says that it does not answer is a near miss:
//! about the right things and without an answer.
//!
//! Leaving out whole articles and asking their questions was tried, too: nine in ten are
//! answered by another article, which taught that sure answers are wrong.

use super::Question;
use crate::content::{Article, Corpus};

/// Folds: with more, less is missing from the index at a time, and it takes longer.
const FOLDS: usize = 4;

/// A corpus from which questions were taken out, and what to ask it.
#[derive(Debug)]
pub struct Fold {
    /// What is left.
    pub corpus: Corpus,
    /// Questions that an article answers, though it does not say so.
    pub answerable: Vec<Question>,
    /// Questions that an article does not answer, though it does not say so.
    pub denied: Vec<Question>,
}

/// Cuts a corpus into folds, of what customers see.
pub fn folds(corpus: &Corpus) -> Vec<Fold> {
    (0..FOLDS).map(|fold| cut(corpus, fold)).collect()
}

fn cut(corpus: &Corpus, fold: usize) -> Fold {
    let (categories, vocabulary) = (corpus.categories.clone(), corpus.vocabulary.clone());
    let mut kept = Corpus { articles: Vec::new(), categories, vocabulary };
    let (mut answerable, mut denied) = (Vec::new(), Vec::new());
    for article in corpus.articles.iter().filter(|article| article.is_for_customers()) {
        let (asked, questions) = taken_out(&article.questions, fold);
        let (not_asked, not_questions) = taken_out(&article.not_questions, fold);
        answerable.extend(asked.iter().map(|text| question(text, article, ANSWERS)));
        denied.extend(not_asked.iter().map(|text| question(text, article, 0)));
        kept.articles.push(Article { questions, not_questions, ..article.clone() });
    }
    Fold { corpus: kept, answerable, denied }
}

/// The grade of an article that answers a question.
const ANSWERS: u32 = 3;

/// Returns the texts that a fold asks, and those that it leaves.
fn taken_out(texts: &[String], fold: usize) -> (Vec<String>, Vec<String>) {
    texts.iter().cloned().partition(|text| fold_of(text) == fold)
}

fn question(text: &str, article: &Article, grade: u32) -> Question {
    let relevant = [(article.id.clone(), grade)].into();
    Question { id: text.to_owned(), text: text.to_owned(), locale: article.locale.clone(), relevant }
}

fn fold_of(text: &str) -> usize {
    usize::from(blake3::hash(text.as_bytes()).as_bytes()[0]) % FOLDS
}
