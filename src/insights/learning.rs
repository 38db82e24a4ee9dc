//! What votes and clicks say of each version of an article, for the order of results
//! (`search::Learned`).
//!
//! A network, which is what one household or office has, counts once a day for an article,
//! however many browsers and votes come from it. A click counts a quarter of a vote, and only on
//! a result below the first: the first is opened because it is there.

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{Facts, NONE, Number};
use crate::search::Opinion;

/// What a click counts, where a vote counts one.
const CLICK: f32 = 0.25;

/// Returns what is known of the versions that were judged last, from the days before `today`.
pub(super) fn opinions(facts: &Facts, today: Date) -> Vec<Opinion> {
    // By article, the last version that anything is known of.
    let mut last: FxHashMap<Number, (Date, Number)> = FxHashMap::default();
    let mut is_last = |article: Number, day: Date, revision: Number| {
        let known = last.entry(article).or_insert((day, revision));
        if day >= known.0 {
            *known = (day, revision);
        }
    };
    let mut counted: FxHashMap<Number, (f32, f32)> = FxHashMap::default();
    // Of votes of one network the last one counts.
    let mut votes: FxHashMap<(Number, Number), bool> = FxHashMap::default();
    for vote in facts.votes.iter().filter(|vote| vote.day < today && vote.network != NONE) {
        votes.insert((vote.network, vote.revision), vote.is_helpful);
        is_last(facts.article_of[vote.revision as usize], vote.day, vote.revision);
    }
    let mut clicks: FxHashSet<(Number, Number)> = FxHashSet::default();
    for search in facts.searches.iter().filter(|search| search.day < today && search.network != NONE) {
        let is_useful = search.opened != NONE && search.opened != search.first;
        if is_useful && !search.is_disliked && !search.is_escalated {
            clicks.insert((search.network, search.opened_revision));
            is_last(search.opened, search.day, search.opened_revision);
        }
    }
    for ((_, revision), is_helpful) in &votes {
        let (helped, failed) = counted.entry(*revision).or_default();
        *(if *is_helpful { helped } else { failed }) += 1.0;
    }
    for (network, revision) in clicks {
        // Who voted has said it already.
        if !votes.contains_key(&(network, revision)) {
            counted.entry(revision).or_default().0 += CLICK;
        }
    }
    let opinion = |revision: Number| {
        let (helped, failed) = counted.get(&revision).copied().unwrap_or_default();
        let revision = &facts.revisions[revision as usize];
        Opinion {
            id: revision.id.to_string(),
            locale: revision.locale.to_string(),
            revision: revision.hash.clone(),
            helped,
            failed,
        }
    };
    let mut opinions: Vec<Opinion> = last.into_values().map(|(_, revision)| opinion(revision)).collect();
    opinions.sort_by(|a, b| (&a.id, &a.locale).cmp(&(&b.id, &b.locale)));
    opinions
}
