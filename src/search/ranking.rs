//! How what was found becomes one order.
//!
//! An exact question or title comes first, because a reader who types it wants
//! that article and no other. Everything else is ordered by score: BM25 over
//! the three views and the title, times a factor for how near the article's
//! locale is to the visitor's. Ties go to the smaller id, so the order is the
//! same on every run.
//!
//! Nothing here knows where candidates come from.

use serde::Deserialize;

use super::query::{Query, Unit};
use crate::index::View;
use crate::locale::Distance;

/// What everything counts for. Each was chosen by measurement, which
/// `docs/ranking.md` shows; `zhida eval --compare` repeats it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Words of the whole text.
    #[serde(deserialize_with = "weight")]
    pub words: f32,
    /// Pairs of Han characters, kana and Hangul; sequences of letters.
    #[serde(deserialize_with = "weight")]
    pub grams: f32,
    /// Single characters of scripts without spaces.
    #[serde(deserialize_with = "weight")]
    pub chars: f32,
    /// Words of title, questions and headings, on top of being words of the text.
    #[serde(deserialize_with = "weight")]
    pub title: f32,
    /// Terms of a synonym, beside those that were typed.
    #[serde(deserialize_with = "weight")]
    pub synonym: f32,
    /// The passages of an article after its best one.
    #[serde(deserialize_with = "weight")]
    pub further_passages: f32,
    /// What the best result gives the articles that it names as related, as part of its
    /// own score.
    #[serde(deserialize_with = "weight")]
    pub related: f32,
    /// A function word counts as if at least this share of the passages had it.
    #[serde(deserialize_with = "weight")]
    pub function_word_share: f32,
    /// How soon more of the same word says nothing new (BM25's k1).
    #[serde(deserialize_with = "weight")]
    pub saturation: f32,
    /// How much a long passage needs more of a word than a short one (BM25's b).
    #[serde(deserialize_with = "weight")]
    pub length: f32,
    /// What nearness in meaning counts for, as a part of what the model says.
    #[serde(deserialize_with = "weight")]
    pub meaning: f32,
    /// How much nearer in meaning an article in another language than the visitor's must
    /// be, as a difference of cosines.
    #[serde(deserialize_with = "weight")]
    pub meaning_distance: f32,
    /// What readers made of an article can give or take, as a part of its score.
    #[serde(deserialize_with = "weight")]
    pub learned: f32,
    /// Articles in another script of the visitor's language.
    #[serde(deserialize_with = "weight")]
    pub other_script: f32,
    /// Articles in English, for visitors with another language.
    #[serde(deserialize_with = "weight")]
    pub english: f32,
}

/// Reads a weight; less than nothing would take hits for misses.
fn weight<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
    let weight = f32::deserialize(deserializer)?;
    if weight.is_finite() && weight >= 0.0 {
        return Ok(weight);
    }
    Err(serde::de::Error::custom(format!("{weight} is no weight; write a number from 0 on")))
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            words: 1.0,
            grams: 0.5,
            chars: 0.5,
            title: 0.3,
            synonym: 0.7,
            further_passages: 0.15,
            related: 0.1,
            function_word_share: 0.125,
            saturation: 0.8,
            length: 0.75,
            meaning: 1.0,
            meaning_distance: 0.01,
            learned: 0.05,
            other_script: 0.8,
            english: 0.6,
        }
    }
}

/// A language that the visitor may not know: after all others, in its own order.
const FOREIGN: f32 = 1e-4;

impl Weights {
    /// Returns what the terms of a view count for.
    pub(crate) fn of(&self, view: View) -> f32 {
        match view {
            View::Words => self.words,
            View::Grams => self.grams,
            View::Chars => self.chars,
            View::Title => self.title,
        }
    }

    /// Returns the factor for an article that far from the visitor's locale.
    pub(crate) fn of_locale(&self, distance: Distance) -> f32 {
        match distance {
            Distance::Same | Distance::Region => 1.0,
            Distance::Script => self.other_script,
            Distance::English => self.english,
            Distance::Foreign => FOREIGN,
        }
    }

    /// Returns the score of an article from those of its best passages, best first.
    pub(crate) fn article_score(&self, passages: impl Iterator<Item = f32>) -> f32 {
        passages.zip(0..).map(|(score, at)| if at == 0 { score } else { self.further_passages * score }).sum()
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
    /// It has other words, and means nearly the same.
    Meaning,
    /// It has what the query spells in pinyin, or a word that sounds like one typed.
    Pinyin,
    /// It has a word that is spelled almost like one typed.
    Typo,
    /// It lacks what the query demands, or shares with it only parts of words.
    Relaxed,
}

impl MatchTier {
    /// Returns whether it matches something else than what was typed.
    pub fn is_rescue(self) -> bool {
        self >= Self::Pinyin
    }

    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AllWords => "all_words",
            Self::SomeWords => "some_words",
            Self::Meaning => "meaning",
            Self::Pinyin => "pinyin",
            Self::Typo => "typo",
            Self::Relaxed => "relaxed",
        }
    }
}

/// Returns the tier of a passage from whether the query is a question of its article,
/// and which terms of the query it has.
pub(crate) fn tier(query: &Query, is_exact: bool, has_term: &[bool]) -> MatchTier {
    if is_exact {
        return MatchTier::Exact;
    }
    let has = |position: &usize| has_term[*position];
    let has_unit = |unit: &Unit| {
        unit.term.as_ref().is_some_and(has) || (!unit.pairs.is_empty() && unit.pairs.iter().all(has))
    };
    if query.units.iter().all(has_unit) { MatchTier::AllWords } else { MatchTier::SomeWords }
}
