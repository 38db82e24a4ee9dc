//! The answer itself, or an honest "no answer".
//!
//! [`Answerer::answer`] looks at what a search found and decides: the best article answers
//! the question (`answered`, with a quotation), some articles may (`suggested`), or
//! none does (`unknown`). It says how sure it is (`confidence`, learned by `calibration`),
//! quotes what answers (`quotation`) and gives a [`Receipt`] for it (`receipt`).
//!
//! Nothing is generated: every word of an answer is in an article. The same index,
//! settings, day and question give the same answer.
//!
//! Not here: finding and ranking (`search`), and how an answer looks (`http`, `cli`).

mod calibration;
mod confidence;
mod out_of_scope;
mod quotation;
mod receipt;

use jiff::civil::Date;
use serde::Deserialize;
use tantivy::DocAddress;

use crate::analysis::Analyzer;
use crate::content::Quote;
use crate::index::{ArticleOrd, Card, Index, StoredPassage};
use crate::search::{Cosines, Hit, MatchTier, Request, Results};
pub use calibration::{
    Calibration, CalibrationError, FILE as CALIBRATION_FILE, Fitted, Graded, Sample, Threshold,
};
pub use confidence::Signs;
pub use out_of_scope::out_of_scope;
use quotation::{Ground, choose};
pub use receipt::{Place, Receipt, Verdict};

/// What the owner decides about answers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The part of the answers that must be right: 0.5 to 0.99.
    #[serde(deserialize_with = "precision")]
    pub precision: f64,
    /// What to do with an article that should have been read again.
    pub stale: Stale,
}

/// What to do with an article whose day of review is past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stale {
    /// It answers, with a warning.
    Warn,
    /// It does not answer.
    Abstain,
}

fn precision<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    match (0.5..=0.99).contains(&value) {
        true => Ok(value),
        false => Err(serde::de::Error::custom("`precision` goes from 0.5 to 0.99")),
    }
}

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// An article answers it.
    Answered,
    /// Some articles may.
    Suggested,
    /// None does.
    Unknown,
}

impl State {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Suggested => "suggested",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a question has the state that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is one of the article's own questions, or its title.
    ExactQuestion,
    /// Enough speaks for the answer.
    Evidence,
    /// Something was found, and too little speaks for it.
    LowConfidence,
    /// It is one word that many passages have: it may ask for anything.
    TooBroad,
    /// Nothing was found.
    NoEvidence,
    /// The article that comes nearest says that it does not answer this.
    NotCovered,
    /// The article that answers should have been read again.
    Stale,
    /// The answer depends on the market, which was not given.
    MarketNeeded,
    /// Nothing was asked.
    NoQuestion,
}

impl Reason {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExactQuestion => "exact_question",
            Self::Evidence => "evidence",
            Self::LowConfidence => "low_confidence",
            Self::TooBroad => "too_broad",
            Self::NoEvidence => "no_evidence",
            Self::NotCovered => "not_covered",
            Self::Stale => "stale",
            Self::MarketNeeded => "market_needed",
            Self::NoQuestion => "no_question",
        }
    }
}

/// The answer to a question, or that there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What becomes of the question.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// The probability that the best article answers it, 0 to 1.
    pub confidence: f64,
    /// The best article, whether it answers or not; nothing if there is no candidate.
    pub best: Option<ArticleOrd>,
    /// What answers it; nothing unless `answered`.
    pub quotation: Option<Quotation>,
    /// What may answer it, the likeliest first; nothing if `answered`, or if nothing is
    /// likely.
    pub suggestions: Vec<Suggestion>,
    /// Whether confidence comes from the built-in calibration, not from this help center's.
    pub is_uncalibrated: bool,
}

/// A part of an article that answers a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// The article.
    pub article: ArticleOrd,
    /// Where it starts on the page; the top if nothing.
    pub anchor: Option<String>,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// The plain text of the passage that it is part of.
    pub passage: String,
    /// What is quoted.
    pub quote: Quote,
    /// Whether the article should have been read again.
    pub is_stale: bool,
}

/// A question that may be what was meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The article that answers it.
    pub article: ArticleOrd,
    /// As the article words it.
    pub question: String,
    /// Where the answer starts on the page; the top if nothing.
    pub anchor: Option<String>,
}

/// Answers from what was found in one index.
pub struct Answerer<'a> {
    index: &'a Index,
    analyzer: &'a Analyzer,
    settings: &'a Settings,
    calibration: &'a Calibration,
    model: Option<&'a str>,
    today: Date,
}

/// Results that an answer is chosen from: all channels ask for so many, so that all give
/// the same answer.
pub const RESULTS: usize = 10;

/// Below that confidence not even a suggestion is made: of the judged questions over the
/// sample none that an article answers is below, and half of those that none does are.
const WORTH_SUGGESTING: f64 = 0.7;

/// Suggestions at most.
const SUGGESTIONS: usize = 3;

/// Hits that are looked at for an answer.
const CANDIDATES: usize = 3;

/// A word that so many passages have names a topic.
const MANY_PASSAGES: u32 = 4;

/// A suggestion has at least this part of the best score.
const NEAR_BEST: f32 = 0.5;

/// Two articles for different markets answer the same question if their scores are so near.
const SAME_SCORE: f32 = 0.9;

impl<'a> Answerer<'a> {
    /// Answers from `index` as of `today`. `model` names what made the vectors of the
    /// search, where it went by meaning.
    pub fn new(
        index: &'a Index,
        analyzer: &'a Analyzer,
        settings: &'a Settings,
        calibration: &'a Calibration,
        model: Option<&'a str>,
        today: Date,
    ) -> Self {
        Self { index, analyzer, settings, calibration, model, today }
    }

    /// Answers `request` from its first [`RESULTS`].
    pub fn answer(&self, request: &Request, results: &Results) -> tantivy::Result<Answer> {
        if request.query.trim().is_empty() {
            return Ok(self.unanswered(State::Unknown, Reason::NoQuestion, None, Vec::new()));
        }
        let Some(candidate) = self.candidate(request, results)? else {
            let reason = if is_covered(results) { Reason::NoEvidence } else { Reason::NotCovered };
            let suggestions = self.suggestions(results)?;
            let state = if suggestions.is_empty() { State::Unknown } else { State::Suggested };
            return Ok(self.unanswered(state, reason, None, suggestions));
        };
        let hit = &results.hits[candidate.place];
        let best = Some((hit.article, candidate.confidence));
        match self.objection(&candidate, request, results) {
            None => Ok(self.answered(candidate, hit)),
            Some(reason) if candidate.confidence < WORTH_SUGGESTING => {
                Ok(self.unanswered(State::Unknown, reason, best, Vec::new()))
            }
            Some(reason) => Ok(self.unanswered(State::Suggested, reason, best, self.suggestions(results)?)),
        }
    }

    /// Returns what speaks for the answer, for learning, and the article that would give it.
    pub fn signs(
        &self,
        request: &Request,
        results: &Results,
    ) -> tantivy::Result<Option<(Signs, ArticleOrd)>> {
        let candidate = self.candidate(request, results)?;
        Ok(candidate.map(|candidate| (candidate.signs, results.hits[candidate.place].article)))
    }

    /// Returns the best hit that was found as typed and does not say that it does not
    /// answer this.
    fn candidate(&self, request: &Request, results: &Results) -> tantivy::Result<Option<Candidate>> {
        let is_candidate = |place: &usize| {
            let hit = &results.hits[*place];
            hit.tier.is_some_and(|tier| !tier.is_rescue()) && may_help(hit)
        };
        match (0..results.hits.len().min(CANDIDATES)).find(is_candidate) {
            Some(place) => {
                let candidate = self.candidate_at(place, request, results)?;
                Ok(candidate.filter(|candidate| !candidate.quote.markdown.is_empty()))
            }
            None => Ok(None),
        }
    }

    /// Returns what the hit at `place` would be quoted for, and the probability that it
    /// answers; nothing if it says that it does not. The quotation is empty if the article
    /// has no text. For those who choose themselves.
    pub fn quotation(
        &self,
        place: usize,
        request: &Request,
        results: &Results,
    ) -> tantivy::Result<Option<(Quotation, f64)>> {
        let hit = &results.hits[place];
        if is_denied(hit) {
            return Ok(None);
        }
        let candidate = self.candidate_at(place, request, results)?;
        Ok(candidate.map(|candidate| {
            let confidence = candidate.confidence;
            (self.quoted(candidate, hit), confidence)
        }))
    }

    fn candidate_at(
        &self,
        place: usize,
        request: &Request,
        results: &Results,
    ) -> tantivy::Result<Option<Candidate>> {
        let hit = &results.hits[place];
        let card = self.index.card(hit.article);
        let Some(address) = self.best_passage(hit, request) else { return Ok(None) };
        let (passage, quotable) = self.index.passage_to_quote(address)?;
        let ground = Ground {
            title: &card.title,
            locale: &card.locale,
            passage: &passage,
            quotable: &quotable,
            is_answer: is_answer(card, &passage),
        };
        let pieces = choose(&ground, &results.terms, self.analyzer);
        let quote = pieces.map(|pieces| quotable.quote(pieces, &passage.text)).unwrap_or_default();
        let signs = Signs::new(results, place);
        let (fitted, _) = self.fitted(&signs);
        let confidence = fitted.weights.confidence(&signs, hit.tier);
        Ok(Some(Candidate { place, signs, confidence, passage, quote }))
    }

    /// Returns the passage that answers best: what an article says first answers its title.
    fn best_passage(&self, hit: &Hit, request: &Request) -> Option<DocAddress> {
        let is_title =
            || self.analyzer.key(&request.query) == self.analyzer.key(&self.index.card(hit.article).title);
        if hit.tier == Some(MatchTier::Exact) && is_title() {
            return Some(self.index.articles.first_passage(hit.article));
        }
        hit.evidence.passages.first().map(|(address, _)| *address)
    }

    /// Returns what was learned for searches of this kind, and whether it is built in.
    fn fitted(&self, signs: &Signs) -> (&Fitted, bool) {
        self.calibration.of(self.model.filter(|_| signs.meaning.is_some()))
    }

    /// Returns why a candidate is not the answer; nothing if it is.
    fn objection(&self, candidate: &Candidate, request: &Request, results: &Results) -> Option<Reason> {
        let (fitted, _) = self.fitted(&candidate.signs);
        let hit = &results.hits[candidate.place];
        if hit.tier != Some(MatchTier::Exact) && is_broad(results) {
            return Some(Reason::TooBroad);
        }
        let card = self.index.card(hit.article);
        if candidate.confidence < fitted.threshold(self.settings.precision) {
            return Some(if is_covered(results) { Reason::LowConfidence } else { Reason::NotCovered });
        }
        if self.settings.stale == Stale::Abstain && card.is_stale(self.today) {
            return Some(Reason::Stale);
        }
        self.needs_market(candidate.place, request, results).then_some(Reason::MarketNeeded)
    }

    /// Returns whether another article answers the same question for another market.
    fn needs_market(&self, place: usize, request: &Request, results: &Results) -> bool {
        let hit = &results.hits[place];
        let own = &self.index.card(hit.article).markets;
        if request.filters.market.is_some() || own.is_empty() {
            return false;
        }
        results.hits[place + 1..].iter().take(CANDIDATES).any(|other| {
            let markets = &self.index.card(other.article).markets;
            !markets.is_empty()
                && markets.iter().all(|market| !own.contains(market))
                && other.score >= SAME_SCORE * hit.score
        })
    }

    fn answered(&self, candidate: Candidate, hit: &Hit) -> Answer {
        let (_, is_uncalibrated) = self.fitted(&candidate.signs);
        let is_exact = hit.tier == Some(MatchTier::Exact);
        Answer {
            state: State::Answered,
            reason: if is_exact { Reason::ExactQuestion } else { Reason::Evidence },
            confidence: candidate.confidence,
            best: Some(hit.article),
            quotation: Some(self.quoted(candidate, hit)),
            suggestions: Vec::new(),
            is_uncalibrated,
        }
    }

    fn quoted(&self, candidate: Candidate, hit: &Hit) -> Quotation {
        let Candidate { passage, quote, .. } = candidate;
        Quotation {
            article: hit.article,
            anchor: passage.anchor,
            headings: passage.headings,
            passage: passage.text,
            quote,
            is_stale: self.index.card(hit.article).is_stale(self.today),
        }
    }

    fn unanswered(
        &self,
        state: State,
        reason: Reason,
        best: Option<(ArticleOrd, f64)>,
        suggestions: Vec<Suggestion>,
    ) -> Answer {
        let (_, is_uncalibrated) = self.calibration.of(self.model);
        let (best, confidence) = best.unzip();
        Answer {
            state,
            reason,
            confidence: confidence.unwrap_or_default(),
            best,
            quotation: None,
            suggestions,
            is_uncalibrated,
        }
    }

    /// Returns the likeliest questions, of those that come near to the likeliest.
    fn suggestions(&self, results: &Results) -> tantivy::Result<Vec<Suggestion>> {
        let best = results.hits.first().map_or(0.0, |hit| hit.score);
        let near = results
            .hits
            .iter()
            .filter(|hit| hit.score >= NEAR_BEST * best && hit.tier != Some(MatchTier::Relaxed))
            .filter(|hit| may_help(hit));
        near.take(SUGGESTIONS).map(|hit| self.suggestion(hit)).collect()
    }

    fn suggestion(&self, hit: &Hit) -> tantivy::Result<Suggestion> {
        let card = self.index.card(hit.article);
        let passage: Option<&DocAddress> = hit.evidence.passages.first().map(|(address, _)| address);
        let anchor = match passage {
            Some(address) => self.index.passage(*address)?.anchor,
            None => None,
        };
        let asks_there = card.questions.iter().find(|question| anchor.is_some() && question.anchor == anchor);
        Ok(Suggestion {
            article: hit.article,
            question: asks_there.map_or(&card.title, |question| &question.text).clone(),
            anchor,
        })
    }
}

/// A hit that may answer, and what it would be quoted for.
struct Candidate {
    place: usize,
    signs: Signs,
    /// The probability that it answers.
    confidence: f64,
    passage: StoredPassage,
    quote: Quote,
}

/// Rounds a probability to four digits, for people and responses.
pub(crate) fn four_digits(probability: f64) -> f64 {
    (probability * 1e4).round() / 1e4
}

/// Returns whether the article of a hit may answer the question, as far as that can be told
/// without weighing.
fn may_help(hit: &Hit) -> bool {
    is_about(hit) && !is_denied(hit)
}

/// Returns whether a hit has anything of the subject of the question, in words or meaning:
/// that both ask "when" says nothing.
fn is_about(hit: &Hit) -> bool {
    hit.tier == Some(MatchTier::Exact) || hit.evidence.has_subject || hit.evidence.meaning.is_some()
}

/// Returns whether the query is one word that many passages have: a code of few is
/// specific, a topic is not.
fn is_broad(results: &Results) -> bool {
    let mut subject = results.terms.iter().filter(|term| term.is_subject);
    subject.next().is_some_and(|word| word.having >= MANY_PASSAGES) && subject.next().is_none()
}

/// Returns whether no article says in these words, and none of the best in words that are
/// near, that it does not answer this.
fn is_covered(results: &Results) -> bool {
    let is_named = results.hits.iter().any(|hit| hit.evidence.is_denied);
    !is_named && !results.hits.iter().take(CANDIDATES).any(is_denied)
}

/// Returns whether the article of a hit says that it does not answer this: in these words,
/// or in words that are nearer than all that it does answer.
fn is_denied(hit: &Hit) -> bool {
    let is_nearer = |cosines: Cosines| {
        let answers = cosines.passage.max(cosines.question);
        cosines.not_question.is_some_and(|not_question| not_question > answers)
    };
    hit.evidence.is_denied
        || (hit.tier != Some(MatchTier::Exact) && hit.evidence.meaning.is_some_and(is_nearer))
}

/// Returns whether the whole passage is the answer to a question: its heading asks it.
fn is_answer(card: &Card, passage: &StoredPassage) -> bool {
    passage.anchor.is_some() && card.questions.iter().any(|question| question.anchor == passage.anchor)
}
