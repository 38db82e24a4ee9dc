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
use crate::index::{ArticleOrd, Segment, WordingMatch};
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
    fn extend(&mut self, candidate: Option<Candidate>) {
        let Some(candidate) = candidate else { return };
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

/// What puts the candidates of one visitor in order.
struct Visitor<'a> {
    /// By number of the locale, how far it is from the visitor's.
    distances: Vec<Distance>,
    used: Use<'a>,
    /// Articles that are not shown today, rising.
    hidden: Vec<ArticleOrd>,
}

impl Searcher<'_> {
    /// Returns the `limit` best ways to go on from `typed`, at most one an article.
    pub fn complete(&self, typed: &str, locale: &Locale, limit: usize, used: Use) -> Vec<Completion> {
        let letters = self.analyzer.letters(typed, locale).chars;
        if letters.is_empty() || letters.len() > MAX_LETTERS {
            return Vec::new();
        }
        let articles = &self.index.articles;
        let distances = articles.distances_from(locale);
        let visitor = Visitor { distances, used, hidden: articles.hidden(self.today).collect() };
        let mut best = Best { kept: Vec::new(), most: KEPT * limit, worst: None };
        for segment in &self.index.segments {
            let add = |found| best.extend(self.candidate(segment, found, false, &visitor));
            segment.wordings(self.analyzer).starting_with(&letters, add);
        }
        let pinyin: String = letters.iter().collect();
        let may_be_pinyin =
            pinyin.len() >= MIN_PINYIN && pinyin.bytes().all(|letter| letter.is_ascii_lowercase());
        if may_be_pinyin && (locale.language() == "zh" || best.kept.is_empty()) {
            for segment in &self.index.segments {
                let add = |found| best.extend(self.candidate(segment, found, true, &visitor));
                segment.wordings(self.analyzer).spelled(&pinyin, Style::Typing, add);
            }
        }
        let chosen = self.chosen(best, limit).into_iter();
        chosen.map(|candidate| self.completion(candidate)).collect()
    }

    /// Returns a wording as a candidate, if its article is shown.
    fn candidate(
        &self,
        segment: &Segment,
        found: WordingMatch,
        is_pinyin: bool,
        visitor: &Visitor,
    ) -> Option<Candidate> {
        let article = segment.article_at(found.wording.article)?;
        let (question, chars) = (found.wording.question, found.chars);
        let order = (
            visitor.distances[self.index.articles.locale_number(article)],
            is_pinyin,
            std::cmp::Reverse((visitor.used)(article)),
            chars.start > 0,
            question.is_some(),
            found.wording.len(),
            self.index.articles.place(article),
        );
        let is_shown = visitor.hidden.binary_search(&article).is_err();
        is_shown.then_some(Candidate { order, article, question, chars })
    }

    /// Returns the best candidates in order, one an article, whatever its translation;
    /// languages that the visitor may not know only if there is nothing else.
    fn chosen(&self, best: Best, limit: usize) -> Vec<Candidate> {
        let mut chosen = best.kept;
        chosen.sort_unstable_by_key(|candidate| candidate.order);
        let mut seen = FxHashSet::default();
        chosen.retain(|candidate| seen.insert(self.index.articles.id_number(candidate.article)));
        if chosen.first().is_some_and(|best| best.order.0 < Distance::Foreign) {
            chosen.retain(|candidate| candidate.order.0 < Distance::Foreign);
        }
        chosen.truncate(limit);
        chosen
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
