//! What speaks for a hit beyond its place among others: for those who decide whether it
//! answers the query (`answer`).

use tantivy::DocAddress;

use super::Weights;
use super::candidates::Worth;
use super::query::Query;
use crate::index::{ArticleOrd, PassageVectors, Stands, View};
use crate::semantic::Vector;

/// What speaks for a hit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What its best passage has of all that the terms of the query could give: 0 to 1.
    pub words: f32,
    /// How near it is in meaning, if that was compared.
    pub meaning: Option<Cosines>,
    /// Whether the article says, word for word, that it does not answer the query.
    pub is_denied: bool,
    /// Whether its best passage has a word that says something of the subject of the query.
    pub has_subject: bool,
    /// Its passages that may hold the answer, best first, each with a score that is
    /// comparable among them.
    pub(crate) passages: Vec<(DocAddress, f32)>,
}

/// How near what an article says and is asked is to a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosines {
    /// The nearest passage.
    pub passage: f32,
    /// The nearest question that it answers; as the passage if it has none.
    pub question: f32,
    /// The nearest question that it does not answer.
    pub not_question: Option<f32>,
}

/// A term of the query and what it is worth at most in one passage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WeightedTerm {
    pub(crate) view: View,
    pub(crate) text: String,
    pub(crate) weight: f32,
    /// How many passages have it.
    pub(crate) having: u32,
    /// Whether the visitor typed it, as a word that says something of the subject.
    pub(crate) is_subject: bool,
}

/// Returns the terms of a query with what they are worth, by position.
pub(super) fn weighted(query: &Query, worths: &[Worth]) -> Vec<WeightedTerm> {
    let terms = query.terms.iter().zip(worths).map(|(term, worth)| WeightedTerm {
        view: term.view,
        text: term.text.clone(),
        weight: worth.weight,
        having: worth.having,
        is_subject: term.is_subject() && !term.is_synonym,
    });
    terms.collect()
}

impl Evidence {
    /// Puts together what speaks for `article`: its best passages by words, with their
    /// share of what words could give, and how near all its passages are to `vector`.
    pub(super) fn new(
        by_words: &[(DocAddress, f32)],
        article: ArticleOrd,
        near: Option<(&PassageVectors, &Vector)>,
        weights: &Weights,
    ) -> Self {
        let words = by_words.iter().map(|(_, share)| *share).fold(0.0, f32::max);
        let mut passages = by_words.to_vec();
        let Some((vectors, vector)) = near else { return Self { words, passages, ..Self::default() } };
        let weight = weights.meaning * vectors.fit().cosine_weight;
        let mut compared = Compared::default();
        vectors.scan_article(vector, article, |near| compared.add(near.stands, near.passage, near.cosine));
        for (passage, cosine) in &compared.passages {
            let share = weight * cosine;
            match passages.iter_mut().find(|(known, _)| known == passage) {
                Some((_, score)) => *score += share,
                None => passages.push((*passage, share)),
            }
        }
        passages.sort_by(|(a, a_score), (b, b_score)| b_score.total_cmp(a_score).then(a.cmp(b)));
        Self { words, meaning: compared.cosines(), passages, ..Self::default() }
    }
}

/// The cosines of one article.
#[derive(Default)]
struct Compared {
    /// By passage the nearest of what it says and is asked.
    passages: Vec<(DocAddress, f32)>,
    passage: Option<f32>,
    question: Option<f32>,
    not_question: Option<f32>,
}

impl Compared {
    fn add(&mut self, stands: Stands, passage: DocAddress, cosine: f32) {
        let nearest = match stands {
            Stands::Passage => &mut self.passage,
            Stands::Question => &mut self.question,
            Stands::NotQuestion => &mut self.not_question,
        };
        *nearest = Some(nearest.unwrap_or(f32::MIN).max(cosine));
        if stands == Stands::Passage {
            match self.passages.last_mut() {
                Some((last, nearest)) if *last == passage => *nearest = nearest.max(cosine),
                _ => self.passages.push((passage, cosine)),
            }
        }
    }

    fn cosines(&self) -> Option<Cosines> {
        let passage = self.passage.or(self.question)?;
        let question = self.question.unwrap_or(passage);
        Some(Cosines { passage, question, not_question: self.not_question })
    }
}
