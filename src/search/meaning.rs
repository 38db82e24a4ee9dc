//! What a query means beside its words: articles by how near they are, and one score
//! from both.
//!
//! ```text
//! score = words × locale / reach + cosine weight × (cosine + gap − distance)
//! ```
//!
//! where `words` is the score of the terms and `reach` the most that all terms of the
//! query could give; models put texts in two languages further apart by the `gap`, and
//! what the visitor can read comes first by the `distance`. A query whose words the index does not have has next to nothing in
//! the first part and leans on the second by itself. (Adding up ranks instead loses
//! most of what meaning finds across languages, since a year that both languages
//! write alike gets full credit for its rank.)
//!
//! Articles that share no term with the query are results too, if they are near enough;
//! they are not counted, and come after those that have all its words.

use tantivy::DocAddress;

use super::candidates::Passage;
use super::collector::{self, Found};
use super::query::Query;
use super::{MeaningShare, Ranked, Weights};
use crate::index::{Index, Near, PassageVectors, Stands};
use crate::locale::{Distance, Locale};
use crate::semantic::{Fit, Vector};

/// A query, and who asks.
pub(super) struct Sought<'a> {
    pub(super) vector: &'a Vector,
    /// The language that it is in.
    pub(super) language: &'a str,
    pub(super) visitor: &'a Locale,
    pub(super) weights: &'a Weights,
}

impl Sought<'_> {
    /// Returns how much nearer than others an article in `locale` must be: the visitor may
    /// not know its language.
    fn distance_to(&self, locale: &Locale) -> f32 {
        match self.visitor.distance_to(locale) {
            Distance::Same | Distance::Region | Distance::Script => 0.0,
            Distance::English | Distance::Foreign => self.weights.meaning_distance,
        }
    }
}

/// How near the wanted articles of an index are to a query.
pub(super) struct Nearness {
    /// What a cosine counts for.
    weight: f32,
    /// The least nearness of what is found by its meaning alone.
    least: f32,
    /// By article; nothing if it is not wanted, or its vectors are not made yet.
    nearest: Vec<Option<Nearest>>,
    /// The nearest question that some wanted article says it does not answer.
    pub(super) not_question: Option<f32>,
    /// The nearness of articles that have no vectors.
    typical: f32,
    /// By locale, by how much the model puts its articles further away than they are.
    gaps: Vec<f32>,
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
        match near.stands {
            Stands::Question => self.question_cosine = self.question_cosine.max(near.cosine),
            Stands::Passage if near.cosine > self.passage_cosine => {
                (self.passage, self.passage_cosine) = (near.passage, near.cosine);
            }
            Stands::Passage | Stands::NotQuestion => {}
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
    /// Compares a query with the passages of every article that is `wanted`.
    pub(super) fn new(
        vectors: &PassageVectors,
        sought: &Sought,
        index: &Index,
        wanted: impl Fn(u32) -> bool,
    ) -> Self {
        let mut nearest: Vec<Option<Nearest>> = vec![None; index.articles.len()];
        let mut not_question: Option<f32> = None;
        vectors.scan(sought.vector, wanted, |near| {
            if near.stands == Stands::NotQuestion {
                not_question = Some(not_question.map_or(near.cosine, |nearest| nearest.max(near.cosine)));
            }
            match &mut nearest[near.article as usize] {
                Some(nearest) => nearest.add(near),
                nearest => *nearest = Some(Nearest::new(near)),
            }
        });
        let Fit { cosine_weight, least_cosine, language_gap } = vectors.fit();
        let is_other = |locale: &Locale| locale.language() != sought.language;
        let gap = |locale| if is_other(locale) { language_gap } else { 0.0 };
        let locales = index.articles.locales();
        Self {
            weight: sought.weights.meaning * cosine_weight,
            least: least_cosine,
            nearest,
            not_question,
            typical: 0.0,
            gaps: locales.iter().map(gap).collect(),
            distances: locales.iter().map(|locale| sought.distance_to(locale)).collect(),
        }
    }

    /// Lets the articles without vectors be as near as those `found` are on the whole:
    /// what was changed a moment ago must not sink.
    pub(super) fn fill_gaps(&mut self, found: &[Found], index: &Index) {
        let known = found.iter().filter_map(|found| self.near(found.ord, index));
        let (sum, count) = known.fold((0.0, 0.0), |(sum, count), near| (sum + near, count + 1.0));
        self.typical = if count > 0.0 { sum / count } else { 0.0 };
    }

    /// Returns the score of an article from that of its words, already a part of their
    /// reach.
    pub(super) fn score(&self, article: u32, words: f32, index: &Index) -> f32 {
        let near = self.near(article, index).unwrap_or(self.typical);
        let score = words + self.share_of(near, article, index);
        (score.max(0.0) * STEPS).round() / STEPS
    }

    /// Returns what meaning gives an article, if its vectors are made.
    pub(super) fn share(&self, article: u32, index: &Index) -> Option<MeaningShare> {
        let cosine = self.nearest[article as usize]?.cosine();
        let score = self.share_of(self.near(article, index)?, article, index);
        Some(MeaningShare { cosine, score })
    }

    fn share_of(&self, near: f32, article: u32, index: &Index) -> f32 {
        self.weight * (near - self.distances[index.articles.locale_number(article)])
    }

    /// Returns how near an article is, whatever language it is in.
    fn near(&self, article: u32, index: &Index) -> Option<f32> {
        let gap = self.gaps[index.articles.locale_number(article)];
        self.nearest[article as usize].map(|nearest| nearest.cosine() + gap)
    }

    /// Returns the articles that are near and not among those `found`, best first; of
    /// several translations the best.
    pub(super) fn only_meant(&self, found: &[Found], index: &Index) -> Vec<Ranked> {
        let id = |article: u32| index.articles.id_number(article);
        let mut known = vec![false; index.articles.len()];
        for found in found {
            known[id(found.ord)] = true;
        }
        let is_near = |ord: &u32| self.near(*ord, index).is_some_and(|near| near >= self.least);
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

/// Returns whether what a query asks for may be found by meaning alone: not if it
/// demands words.
pub(super) fn may_be_meant(query: &Query) -> bool {
    query.required.is_empty()
}
