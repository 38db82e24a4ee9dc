//! What readers made of articles, as far as it changes their order.
//!
//! An article that readers found helpful comes up, one that they did not goes down, by 5 % of its
//! score at most: enough to choose between two that match alike, and never enough to lift what
//! does not match. An exact question stays first whatever was voted.
//!
//! It counts for one version of an article: who rewrites it starts anew. It is worked out once a
//! day from the days that are over and kept beside the index (`live::learned`), so that the same
//! search gives the same results all day.
//!
//! Not here: how votes and clicks become [`Opinion`]s (`insights`).

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::index::Card;

/// What readers made of one version of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// The article.
    pub id: String,
    /// In which locale.
    pub locale: String,
    /// Its version.
    pub revision: String,
    /// How much says that it helps: a vote is one, a click on it below other results a quarter.
    pub helped: f32,
    /// How many votes say that it does not.
    pub failed: f32,
}

/// Opinions on all articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// By the id of the article, of all its locales.
    by_id: FxHashMap<String, Vec<Opinion>>,
}

/// Less is chance, or one household.
const LEAST: f32 = 5.0;

/// Opinions after which they count half of the most that they can.
const HALF: f32 = 10.0;

impl Opinion {
    /// Returns what the score is multiplied by, `1 - most` to `1 + most`: the surplus of those
    /// who were helped, among all and [`HALF`] more who said nothing; 1 while too few say
    /// anything.
    pub fn factor(&self, most: f32) -> f32 {
        let all = self.helped + self.failed;
        if all < LEAST { 1.0 } else { 1.0 + most * (self.helped - self.failed) / (all + HALF) }
    }
}

impl Learned {
    /// Makes it of opinions, one for each article in a locale.
    pub fn new(opinions: Vec<Opinion>) -> Self {
        let mut learned = Self::default();
        for opinion in opinions {
            learned.by_id.entry(opinion.id.clone()).or_default().push(opinion);
        }
        learned
    }

    /// Returns all opinions, by article and locale.
    pub fn opinions(&self) -> Vec<&Opinion> {
        let mut opinions: Vec<&Opinion> = self.by_id.values().flatten().collect();
        opinions.sort_by(|a, b| (&a.id, &a.locale).cmp(&(&b.id, &b.locale)));
        opinions
    }

    /// Returns whether nothing is known of any article.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Returns what readers made of an article as it is now.
    pub fn of(&self, card: &Card) -> Option<&Opinion> {
        let mut known = self.by_id.get(card.id.as_str())?.iter();
        known.find(|known| known.revision == card.hash && known.locale == card.locale.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(helped: f32, failed: f32) -> f32 {
        let [id, locale, revision] = [(); 3].map(|()| String::new());
        Opinion { id, locale, revision, helped, failed }.factor(0.05)
    }

    #[test]
    fn opinions_are_bounded() {
        assert_eq!(factor(4.0, 0.0), 1.0, "too few");
        assert_eq!(factor(10.0, 0.0), 1.025);
        assert_eq!(factor(0.0, 10.0), 0.975);
        assert_eq!(factor(50.0, 50.0), 1.0);
        assert!(factor(1e9, 0.0) <= 1.05 && factor(0.0, 1e9) >= 0.95);
    }
}
