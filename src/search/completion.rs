//! Suggestions while somebody types: titles and stored questions with a word that
//! starts like what is typed so far, or that it spells in pinyin.
//!
//! Own language first, and others that the visitor may not know only where there is
//! nothing else; then what is opened often; then texts that start like this before
//! those with a later word; then titles before questions and the short before the long.
//!
//! Not here: what lies sorted for this (`index::wordings`).

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Searcher;
use super::snippet::Highlighted;
use crate::analysis::pinyin::Style;
use crate::index::{ArticleOrd, WordingMatch};
use crate::locale::{Distance, Locale};

/// A title or stored question to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The article that it leads to.
    pub article: ArticleOrd,
    /// Where its answer starts on the page; the top if nothing.
    pub anchor: Option<String>,
    /// As its author wrote it, with what was typed marked.
    pub text: Highlighted,
    /// Whether it is a question, not a title.
    pub is_question: bool,
    /// Whether it was spelled in pinyin.
    pub is_pinyin: bool,
}

/// How often each article was opened, by position in the index.
pub type Use<'a> = &'a dyn Fn(ArticleOrd) -> u32;

/// Longer texts are questions already.
const MAX_LETTERS: usize = 100;

/// One letter of pinyin starts every twentieth word.
const MIN_PINYIN: usize = 2;

/// What decides the order, smallest first.
type Order = (Distance, bool, std::cmp::Reverse<u32>, bool, bool, usize, u32);

/// The best wording of an article so far.
struct Candidate {
    order: Order,
    article: ArticleOrd,
    question: Option<u16>,
    chars: Range<usize>,
}

/// Candidates that are kept for each that is wanted: an article has many questions.
const KEPT: usize = 32;

/// The best candidates so far, in no order.
struct Best {
    kept: Vec<Candidate>,
    most: usize,
    /// Whatever comes after is not among the best.
    worst: Option<Order>,
}

impl Best {
    fn add(&mut self, candidate: Candidate) {
        if self.worst.is_some_and(|worst| candidate.order > worst) {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() > 2 * self.most {
            let (_, worst, _) = self.kept.select_nth_unstable_by_key(self.most, |candidate| candidate.order);
            self.worst = Some(worst.order);
            self.kept.truncate(self.most);
        }
    }
}

impl Searcher<'_> {
    /// Returns the `limit` best ways to go on from `typed`, at most one an article.
    pub fn complete(&self, typed: &str, locale: &Locale, limit: usize, used: Use) -> Vec<Completion> {
        let letters = self.analyzer.letters(typed, locale).chars;
        if letters.is_empty() || letters.len() > MAX_LETTERS {
            return Vec::new();
        }
        let distances: Vec<Distance> =
            self.index.articles.locales().iter().map(|other| locale.distance_to(other)).collect();
        let pinyin: String = letters.iter().collect();
        let may_be_pinyin =
            pinyin.len() >= MIN_PINYIN && pinyin.bytes().all(|letter| letter.is_ascii_lowercase());
        let hidden: Vec<ArticleOrd> = self.index.articles.hidden(self.today).collect();
        let mut best = Best { kept: Vec::new(), most: KEPT * limit, worst: None };
        for segment in &self.index.segments {
            let wordings = segment.wordings(self.analyzer);
            let mut add = |found: WordingMatch, is_pinyin: bool| {
                let Some(article) = segment.article_at(found.wording.article) else { return };
                let (question, chars) = (found.wording.question, found.chars);
                let order = (
                    distances[self.index.articles.locale_number(article)],
                    is_pinyin,
                    std::cmp::Reverse(used(article)),
                    chars.start > 0,
                    question.is_some(),
                    found.wording.len(),
                    self.index.articles.place(article),
                );
                if hidden.binary_search(&article).is_err() {
                    best.add(Candidate { order, article, question, chars });
                }
            };
            wordings.starting_with(&letters, |found| add(found, false));
            if may_be_pinyin {
                wordings.spelled(&pinyin, Style::Typing, |found| add(found, true));
            }
        }
        let mut best = best.kept;
        best.sort_unstable_by_key(|candidate| candidate.order);
        // Translations lead to the same answer.
        let mut seen = FxHashSet::default();
        best.retain(|candidate| seen.insert(self.index.articles.id_number(candidate.article)));
        if best.first().is_some_and(|best| best.order.0 < Distance::Foreign) {
            best.retain(|candidate| candidate.order.0 < Distance::Foreign);
        }
        best.truncate(limit);
        best.into_iter().map(|candidate| self.completion(candidate)).collect()
    }

    fn completion(&self, candidate: Candidate) -> Completion {
        let card = self.index.card(candidate.article);
        let question = candidate.question.map(|at| &card.questions[usize::from(at)]);
        let text = question.map_or(&card.title, |question| &question.text);
        let sources = self.analyzer.letters(text, &card.locale).sources;
        let marked = sources[candidate.chars.start].start..sources[candidate.chars.end - 1].end;
        Completion {
            article: candidate.article,
            anchor: question.and_then(|question| question.anchor.clone()),
            text: Highlighted { text: text.clone(), ranges: vec![marked] },
            is_question: question.is_some(),
            is_pinyin: candidate.order.1,
        }
    }
}
