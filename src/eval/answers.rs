//! Answers: how many questions get one, how many of these are right, and whether
//! confidence is what it says.
//!
//! An answer is right if it quotes an article that answers the question. Where a set has
//! gold answers, the quotation is searched for them as well: a right article can be
//! quoted at the wrong place.

use serde::Serialize;

use super::reliability::calibration_error;
use super::{Question, request};
use crate::answer::{Answer, Answerer, Graded, RESULTS, Sample, State, Threshold};
use crate::index::Index;
use crate::search::{Request, Results, Searcher};
use crate::semantic::Vector;

/// Asks questions in one index.
pub struct Asker<'a> {
    /// The index.
    pub index: &'a Index,
    /// Searches it.
    pub searcher: Searcher<'a>,
    /// Knows what questions mean.
    pub vector_of: &'a dyn Fn(&str) -> Option<Vector>,
}

/// A question that was answered, or not.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What became of it.
    pub state: State,
    /// The probability that it is answered rightly.
    pub confidence: f64,
    /// Whether the article that is quoted, or would be, answers the question.
    pub is_right: bool,
    /// Whether any article answers it.
    pub is_answerable: bool,
    /// The length of the quotation, in characters of scripts without spaces or words.
    pub length: Option<usize>,
    /// Whether the quotation has a gold answer; nothing if it was not answered, or none
    /// is known.
    pub has_gold: Option<bool>,
}

impl Judged {
    fn graded(&self) -> Graded {
        let Self { confidence, is_right, is_answerable, .. } = *self;
        Graded { confidence, right: f64::from(u8::from(is_right)), is_answerable, counts: 1.0 }
    }
}

impl Asker<'_> {
    fn search(&self, question: &Question) -> tantivy::Result<(Request, Results)> {
        let request = request(question, (self.vector_of)(&question.text), RESULTS);
        let results = self.searcher.search(&request)?;
        Ok((request, results))
    }

    /// Returns what spoke for the answer to a question, to learn from it; `unjudged` is the
    /// probability that an article answers it of which that is not known.
    pub fn sample(&self, question: &Question, answerer: &Answerer, unjudged: f64) -> tantivy::Result<Sample> {
        let (request, results) = self.search(question)?;
        let found = answerer.signs(&request, &results)?;
        let right = |ord| match question.is_answered_by(&self.index.card(ord).id) {
            Some(is_answered) => f64::from(u8::from(is_answered)),
            None => unjudged,
        };
        Ok(Sample {
            signs: found.map(|(signs, _)| signs),
            right: found.map_or(0.0, |(_, article)| right(article)),
            is_answerable: question.is_answerable(),
            counts: 1.0,
        })
    }

    /// Answers a question and looks at the answer; `gold` are strings of which a right one
    /// has one.
    pub fn judge(
        &self,
        question: &Question,
        answerer: &Answerer,
        gold: &[String],
    ) -> tantivy::Result<Judged> {
        let (request, results) = self.search(question)?;
        let answer = answerer.answer(&request, &results)?;
        let Answer { state, confidence, best, quotation, .. } = answer;
        let quote = quotation.map(|quotation| quotation.quote.markdown);
        Ok(Judged {
            state,
            confidence,
            is_right: best
                .is_some_and(|article| question.is_answered_by(&self.index.card(article).id) == Some(true)),
            is_answerable: question.is_answerable(),
            length: quote.as_deref().map(length),
            has_gold: quote
                .filter(|_| !gold.is_empty())
                .map(|quote| gold.iter().any(|gold| quote.contains(gold.as_str()))),
        })
    }
}

/// Returns how long a text is: characters if it is mostly in a script without spaces,
/// else words.
fn length(text: &str) -> usize {
    let characters = text.chars().filter(|c| !c.is_whitespace()).count();
    let unspaced = text.chars().filter(|c| c.len_utf8() >= 3 && c.is_alphanumeric()).count();
    if unspaced * 2 > characters { characters } else { text.split_whitespace().count() }
}

/// Returns whether a question belongs to the half that calibration may see: by its id, so
/// that it is the same half each time.
pub fn is_for_calibration(question: &Question) -> bool {
    blake3::hash(question.id.as_bytes()).as_bytes()[0] & 1 == 0
}

/// What the answers to the questions of a set are like.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerFigures {
    /// Name of the set.
    pub set: String,
    /// Number of questions that some article answers.
    pub questions: usize,
    /// The part of them that is answered.
    pub answered: f64,
    /// The part of those whose quotation has a gold answer.
    pub quote_has_gold: Option<f64>,
    /// Median length of quotations: Han characters and the like, or words.
    pub quote_len_p50: usize,
    /// How often an answerable question has a higher confidence than one out of scope.
    pub auroc: Option<f64>,
    /// The part of the answerable questions that can be answered so that nine in ten
    /// answers are right.
    pub coverage_at_90: f64,
    /// The same for nineteen in twenty.
    pub coverage_at_95: f64,
    /// By how much confidence differs from how often it is right, on the mean.
    pub ece: f64,
    /// Number of questions that no article answers.
    pub out_of_scope: usize,
    /// The part of those that is left without an answer.
    pub left_open: Option<f64>,
    /// The part of the answers that is right.
    pub precision: f64,
}

impl AnswerFigures {
    /// Sums up the answers to the questions of a set.
    pub fn new(set: &str, judged: &[Judged]) -> Self {
        let answerable = || judged.iter().filter(|judged| judged.is_answerable);
        let answered = || answerable().filter(|judged| judged.state == State::Answered);
        let gold: Vec<bool> = answered().filter_map(|judged| judged.has_gold).collect();
        let mut lengths: Vec<usize> = judged.iter().filter_map(|judged| judged.length).collect();
        lengths.sort_unstable();
        let graded: Vec<Graded> = judged.iter().map(Judged::graded).collect();
        let given = judged.iter().filter(|judged| judged.state == State::Answered);
        let right = given.clone().filter(|judged| judged.is_right).count();
        let out_of_scope = judged.len() - answerable().count();
        let left_open = out_of_scope - (given.clone().count() - answered().count());
        Self {
            set: set.to_owned(),
            questions: answerable().count(),
            answered: share(answered().count(), answerable().count()),
            quote_has_gold: (!gold.is_empty())
                .then(|| share(gold.iter().filter(|has| **has).count(), gold.len())),
            quote_len_p50: lengths.get(lengths.len() / 2).copied().unwrap_or_default(),
            auroc: auroc(judged),
            coverage_at_90: Threshold::find(0.9, &graded).coverage,
            coverage_at_95: Threshold::find(0.95, &graded).coverage,
            ece: calibration_error(&graded),
            out_of_scope,
            left_open: (out_of_scope > 0).then(|| share(left_open, out_of_scope)),
            precision: share(right, given.count()),
        }
    }
}

fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

/// Returns how often an answerable question has a higher confidence than one that is out
/// of scope; equal ones count half. Nothing if there are not both.
fn auroc(judged: &[Judged]) -> Option<f64> {
    let mut sorted: Vec<&Judged> = judged.iter().collect();
    sorted.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let (mut below, mut wins) = (0.0, 0.0);
    for equal in sorted.chunk_by(|a, b| a.confidence == b.confidence) {
        let answerable = equal.iter().filter(|judged| judged.is_answerable).count() as f64;
        let others = equal.len() as f64 - answerable;
        wins += answerable * (below + others / 2.0);
        below += others;
    }
    let answerable = judged.len() as f64 - below;
    (below > 0.0 && answerable > 0.0).then(|| wins / (below * answerable))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(confidence: f64, is_right: bool, is_answerable: bool) -> Judged {
        let state = State::Answered;
        Judged { state, confidence, is_right, is_answerable, length: None, has_gold: None }
    }

    #[test]
    fn figures_count_what_they_say() {
        let all = [
            judged(0.9, true, true),
            judged(0.8, true, true),
            judged(0.7, false, false),
            judged(0.6, true, true),
            judged(0.1, false, true),
        ];
        let figures = AnswerFigures::new("x", &all);
        assert_eq!((figures.questions, figures.out_of_scope), (4, 1));
        assert_eq!((figures.left_open, figures.precision), (Some(0.0), 0.6));
        assert_eq!(figures.auroc, Some(0.5));
        assert_eq!(figures.coverage_at_90, 0.5);
        assert!((figures.ece - (0.1 + 0.2 + 0.7 + 0.4 + 0.1) / 5.0).abs() < 1e-9);
    }

    #[test]
    fn lengths_are_in_what_a_script_is_counted_in() {
        assert_eq!(length("七天内可退。"), 6);
        assert_eq!(length("You can return it."), 4);
    }
}
