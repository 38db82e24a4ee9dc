//! What a query means beside its words: articles by how near they are, and one score
//! from both.
//!
//! ```text
//! score = words × locale / reach + cosine weight × (cosine − distance)
//! ```
//!
//! where `words` is the score of the terms and `reach` the most that all terms of the
//! query could give. A query whose words the index does not have has next to nothing in
//! the first part and leans on the second by itself. (Adding up ranks instead loses
//! most of what meaning finds across languages, since a year that both languages
//! write alike gets full credit for its rank.)
//!
//! Articles that share no term with the query are results too, if they are near enough;
//! they are not counted, and come after those that have all its words.

use tantivy::DocAddress;

use super::candidates::Passage;
use super::collector::{self, Collector, Found};
use super::query::Query;
use super::{MeaningShare, Ranked, Weights};
use crate::index::{Index, Near, PassageVectors};
use crate::locale::{Distance, Locale};
use crate::semantic::{Fit, Vector};

/// How near the wanted articles of an index are to a query.
pub(super) struct Nearness {
    /// What a cosine counts for.
    weight: f32,
    /// By locale, the least cosine of what is found by its meaning alone.
    least: Vec<f32>,
    /// By article; nothing if it is not wanted, or its vectors are not made yet.
    nearest: Vec<Option<Nearest>>,
    /// The cosine of articles that have no vectors.
    typical: f32,
    /// By locale, how much nearer than others its articles must be.
    distances: Vec<f32>,
}

/// The nearest of what an article says, and of the questions that it answers.
#[derive(Clone, Copy, Debug)]
struct Nearest {
    passage: DocAddress,
    passage_cosine: f32,
    question_cosine: f32,
}

impl Nearest {
    fn new(near: Near) -> Self {
        let mut nearest = Self { passage: near.passage, passage_cosine: f32::MIN, question_cosine: f32::MIN };
        nearest.add(near);
        nearest
    }

    fn add(&mut self, near: Near) {
        if near.is_question {
            self.question_cosine = self.question_cosine.max(near.cosine);
        } else if near.cosine > self.passage_cosine {
            (self.passage, self.passage_cosine) = (near.passage, near.cosine);
        }
    }

    /// Returns how near the article is: half by what it says and half by what it is
    /// asked, where that is nearer: a question resembles other questions more than
    /// answers, but a title that is a mere name says less than the text.
    fn cosine(self) -> f32 {
        match (self.passage_cosine, self.question_cosine) {
            (passage, f32::MIN) => passage,
            (f32::MIN, question) => question,
            (passage, question) => (passage + passage.max(question)) / 2.0,
        }
    }
}

/// Articles that only meaning finds at most.
const MEANT: usize = 10;

/// Scores are told apart to this part: what is nearer together depends on the processor.
const STEPS: f32 = 1e4;

impl Nearness {
    /// Compares `vector` with the passages of every article that is `wanted`.
    pub(super) fn new(
        vectors: &PassageVectors,
        vector: &Vector,
        index: &Index,
        collector: &Collector,
        excluded: &[bool],
        language: &str,
        distances: Vec<f32>,
        weights: &Weights,
    ) -> Self {
        let mut nearest: Vec<Option<Nearest>> = vec![None; index.articles.len()];
        let is_excluded = |article: u32| excluded.get(article as usize).is_some_and(|excluded| *excluded);
        let is_wanted = |article| !is_excluded(article) && collector.wants(article);
        vectors.scan(vector, is_wanted, |near| match &mut nearest[near.article as usize] {
            Some(nearest) => nearest.add(near),
            nearest => *nearest = Some(Nearest::new(near)),
        });
        let Fit { cosine_weight, least_cosine, least_cosine_across } = vectors.fit();
        let least = |locale: &Locale| match locale.language() == language {
            true => least_cosine,
            false => least_cosine_across,
        };
        let least = index.articles.locales().iter().map(least).collect();
        Self { weight: weights.meaning * cosine_weight, least, nearest, typical: 0.0, distances }
    }

    /// Lets the articles without vectors be as near as those `found` are on the whole:
    /// what was changed a moment ago must not sink.
    pub(super) fn fill_gaps(&mut self, found: &[Found]) {
        let known = found.iter().filter_map(|found| self.cosine(found.ord));
        let (sum, count) = known.fold((0.0, 0.0), |(sum, count), cosine| (sum + cosine, count + 1.0));
        self.typical = if count > 0.0 { sum / count } else { 0.0 };
    }

    /// Returns the score of an article from that of its words, already a part of their
    /// reach.
    pub(super) fn score(&self, article: u32, words: f32, index: &Index) -> f32 {
        let cosine = self.cosine(article).unwrap_or(self.typical);
        let distance = self.distances[index.articles.locale_number(article)];
        let score = words + self.weight * (cosine - distance);
        (score.max(0.0) * STEPS).round() / STEPS
    }

    /// Returns what meaning gives an article, if its vectors are made.
    pub(super) fn share(&self, article: u32, index: &Index) -> Option<MeaningShare> {
        let cosine = self.cosine(article)?;
        let distance = self.distances[index.articles.locale_number(article)];
        Some(MeaningShare { cosine, score: self.weight * (cosine - distance) })
    }

    /// Returns how near an article is.
    pub(super) fn cosine(&self, article: u32) -> Option<f32> {
        self.nearest[article as usize].map(Nearest::cosine)
    }

    /// Returns the articles that are near and not among those `found`, best first; of
    /// several translations the best.
    pub(super) fn only_meant(&self, found: &[Found], index: &Index) -> Vec<Ranked> {
        let id = |article: u32| index.articles.id_number(article);
        let mut known = vec![false; index.articles.len()];
        for found in found {
            known[id(found.ord)] = true;
        }
        let least = |ord: u32| self.least[index.articles.locale_number(ord)];
        let is_near = |ord: &u32| self.cosine(*ord).is_some_and(|cosine| cosine >= least(*ord));
        let near = (0..self.nearest.len() as u32).filter(|ord| !known[id(*ord)] && is_near(ord));
        let near = near.map(|ord| Found { ord, exact: false, score: self.score(ord, 0.0, index) });
        let mut near: Vec<Found> = near.collect();
        near.sort_unstable_by(|a, b| collector::best_first(a, b, index));
        near.retain(|found| !std::mem::replace(&mut known[id(found.ord)], true));
        near.truncate(MEANT);
        let ranked = near.into_iter().map(|article| {
            let nearest = self.nearest[article.ord as usize].expect("it is near");
            let passage = Passage { address: nearest.passage, score: nearest.passage_cosine };
            Ranked { article, passages: vec![passage], meant: true }
        });
        ranked.collect()
    }
}

/// Returns how much nearer than they seem articles are, by their distance.
pub(super) fn distance(distance: Distance, weights: &Weights) -> f32 {
    match distance {
        Distance::Same | Distance::Region => 0.0,
        Distance::Script => weights.meaning_script,
        Distance::English => weights.meaning_english,
        Distance::Foreign => weights.meaning_foreign,
    }
}

/// Returns whether what a query asks for may be found by meaning alone: not if it
/// demands words.
pub(super) fn may_be_meant(query: &Query) -> bool {
    query.required.is_empty()
}
