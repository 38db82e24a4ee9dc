//! Questions of a corpus to learn from: its own, kept out of the index while they are
//! asked, and the same questions while no article is there that answers them.
//!
//! A corpus is cut into a few folds by the hash of ids and questions, so that the cut is
//! the same each time. In each fold some articles are taken out whole, and of the others
//! some questions; what was taken out is asked. Every question is so asked once as one
//! that an article answers, and those of every article once as out of scope: near misses,
//! about the right things and with no answer.

use std::collections::HashMap;

use super::Question;
use crate::content::{Article, ArticleId, Corpus};

/// Folds: with more, less is missing from the index at a time, and it takes longer.
const FOLDS: usize = 4;

/// A corpus from which something was taken out, and what to ask it.
#[derive(Debug)]
pub struct Fold {
    /// What is left.
    pub corpus: Corpus,
    /// Questions that an article still answers, though it does not say so.
    pub answerable: Vec<HeldOut>,
    /// Questions whose articles were taken out.
    pub out_of_scope: Vec<HeldOut>,
}

/// A question of an article that was taken out of the index.
#[derive(Debug)]
pub struct HeldOut {
    /// The question.
    pub question: Question,
    /// Articles that may answer it too, since its own is related to them: if one of them is
    /// found, that is neither right nor wrong.
    pub related: Vec<ArticleId>,
}

/// Cuts a corpus into folds, of what customers see.
pub fn folds(corpus: &Corpus) -> Vec<Fold> {
    (0..FOLDS).map(|fold| cut(corpus, fold)).collect()
}

fn cut(corpus: &Corpus, fold: usize) -> Fold {
    let (categories, vocabulary) = (corpus.categories.clone(), corpus.vocabulary.clone());
    let mut kept = Corpus { articles: Vec::new(), categories, vocabulary };
    let (mut answerable, mut out_of_scope) = (Vec::new(), Vec::new());
    for article in corpus.articles.iter().filter(|article| article.is_for_customers()) {
        let related = related(article, corpus);
        let held_out = |text: &String, is_answerable| HeldOut {
            question: question(text, article, is_answerable),
            related: related.clone(),
        };
        if fold_of(article.id.as_str()) == fold {
            out_of_scope.extend(article.questions.iter().map(|text| held_out(text, false)));
            continue;
        }
        let (asked, questions): (Vec<String>, Vec<String>) =
            article.questions.iter().cloned().partition(|text| fold_of(text) == fold);
        answerable.extend(asked.iter().map(|text| held_out(text, true)));
        kept.articles.push(Article { questions, ..article.clone() });
    }
    Fold { corpus: kept, answerable, out_of_scope }
}

/// Returns the articles that one names as related, or that name it.
fn related(article: &Article, corpus: &Corpus) -> Vec<ArticleId> {
    let naming = corpus.articles.iter().filter(|other| other.related.contains(&article.id));
    article.related.iter().chain(naming.map(|other| &other.id)).cloned().collect()
}

fn question(text: &str, article: &Article, is_answerable: bool) -> Question {
    let relevant = if is_answerable { HashMap::from([(article.id.clone(), 3)]) } else { HashMap::new() };
    Question { id: text.to_owned(), text: text.to_owned(), locale: article.locale.clone(), relevant }
}

fn fold_of(text: &str) -> usize {
    usize::from(blake3::hash(text.as_bytes()).as_bytes()[0]) % FOLDS
}
