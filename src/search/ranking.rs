//! How what was found becomes one order.
//!
//! An exact question or title comes first, because a reader who types it wants
//! that article and no other. Everything else is ordered by score: BM25 over
//! the three views and the title, times a factor for how near the article's
//! locale is to the visitor's. Ties go to the smaller id, so the order is the
//! same on every run.
//!
//! Nothing here knows where candidates come from.

use super::query::{Query, Unit};
use crate::index::View;
use crate::locale::Distance;

/// What a view's BM25 counts for. Measured on the sets in `docs/benchmarks.md`:
/// pairs and characters help at half weight; a title counts on top of being
/// part of the text, but little, since titles are often mere names.
pub(crate) fn weight(view: View) -> f32 {
    match view {
        View::Words => 1.0,
        View::Grams | View::Chars => 0.5,
        View::Title => 0.3,
    }
}

/// How well a result matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchTier {
    /// The query is one of its questions or its title.
    Exact,
    /// It has every word of the query.
    AllWords,
    /// It has some of them.
    SomeWords,
}

impl MatchTier {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AllWords => "all_words",
            Self::SomeWords => "some_words",
        }
    }
}

/// What further passages of an article count for beside its best one: an
/// article about the question has more than one that touches it.
const FURTHER_PASSAGES: f32 = 0.15;

/// Returns the score of an article from those of its best passages, best first.
pub(crate) fn article_score(passages: impl Iterator<Item = f32>) -> f32 {
    passages.zip(0..).map(|(score, at)| if at == 0 { score } else { FURTHER_PASSAGES * score }).sum()
}

/// Returns the factor for an article that far from the visitor's locale.
///
/// Small enough that another script or English shows only where it matches
/// clearly better; a language that the visitor may not know comes after all
/// others, in its own order.
pub(crate) fn locale_factor(distance: Distance) -> f32 {
    match distance {
        Distance::Same | Distance::Region => 1.0,
        Distance::Script => 0.8,
        Distance::English => 0.6,
        Distance::Foreign => 1e-4,
    }
}

/// Returns the tier of a passage that is not an exact match, from which terms of
/// the query it has.
pub(crate) fn tier(query: &Query, has_term: &[bool]) -> MatchTier {
    let has = |position: &usize| has_term[*position];
    let has_unit = |unit: &Unit| {
        unit.term.as_ref().is_some_and(has) || (!unit.pairs.is_empty() && unit.pairs.iter().all(has))
    };
    if query.units.iter().all(has_unit) { MatchTier::AllWords } else { MatchTier::SomeWords }
}
