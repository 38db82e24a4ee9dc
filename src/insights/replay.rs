//! What a change would have done to the searches of the last days.
//!
//! Each is searched twice, before and after. Where the results differ, what its visitors did
//! tells whether that is better: an article that was opened should not sink, one that did not
//! help should not rise, and a search that found nothing should find something.

use rustc_hash::FxHashMap;

use super::Insights;
use super::facts::{NONE, Number};
use crate::content::ArticleId;
use crate::locale::Locale;
use crate::search::{Filters, Hit, Request, Searcher};

/// Results that are compared.
const COMPARED: usize = 5;

/// A search to be made again.
pub struct Logged {
    /// As typed, in small letters.
    query: String,
    /// The visitor's locale.
    locale: Locale,
    /// The market that it was filtered by.
    market: Option<String>,
    /// The article that most visitors opened first, and whether they said that it did not help.
    opened: Option<(Place, bool)>,
    /// How often it was made.
    times: u64,
    /// Whether so many made it that it may be shown.
    may_be_shown: bool,
}

/// An article in one locale, as a result.
pub type Place = (ArticleId, Locale);

/// What a change does to one search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// What visitors opened sinks, what did not help rises, or nothing is found any more.
    Worse,
    /// What visitors opened rises, what did not help sinks, or something is found at last.
    Better,
    /// The results differ, and nothing tells which are better.
    Moved,
}

impl Verdict {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Moved => "moved",
        }
    }
}

/// A search whose results differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// As typed; nothing where too few visitors typed it.
    pub query: Option<String>,
    /// The visitor's locale.
    pub locale: Locale,
    /// How often it was made.
    pub times: u64,
    /// The first results before.
    pub before: Vec<Place>,
    /// The first results after.
    pub after: Vec<Place>,
    /// Whether that is better.
    pub verdict: Verdict,
}

/// What a change does to all searches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    /// How many different searches were made again.
    pub searches: usize,
    /// Those whose results differ: worse ones first, then better ones, those made most first.
    pub moved: Vec<Moved>,
}

impl Replay {
    /// Returns how many searches a change does this to.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.moved.iter().filter(|moved| moved.verdict == verdict).count()
    }
}

impl Insights {
    /// Returns the last `count` searches, the same ones once, those made most first. Those that
    /// were filtered by more than a market are left out.
    pub fn logged(&self, count: usize) -> Vec<Logged> {
        #[derive(Default)]
        struct Made {
            times: u64,
            networks: rustc_hash::FxHashSet<Number>,
            opened: FxHashMap<(Number, bool), u64>,
        }
        let facts = &self.facts;
        let mut made: FxHashMap<(Number, Number, Number), Made> = FxHashMap::default();
        for search in facts.searches.iter().rev().filter(|search| !search.is_narrowed).take(count) {
            let made = made.entry((search.question, search.locale, search.market)).or_default();
            made.times += 1;
            made.networks.insert(search.network);
            if search.opened != NONE {
                *made.opened.entry((search.opened, search.is_disliked)).or_default() += 1;
            }
        }
        let logged = made.into_iter().filter_map(|((question, locale, market), made)| {
            let opened = made.opened.iter().max_by_key(|(opened, times)| (**times, **opened));
            let opened = opened.map(|((article, is_disliked), _)| {
                let article = &facts.articles[*article as usize];
                ((article.id.clone(), article.locale.clone()), *is_disliked)
            });
            Some(Logged {
                query: facts.question(question),
                locale: facts.texts[locale as usize].parse().ok()?,
                market: (market != NONE).then(|| facts.text(market)),
                opened,
                times: made.times,
                may_be_shown: made.networks.len() as u64 >= self.least_visitors,
            })
        });
        let mut logged: Vec<Logged> = logged.collect();
        let order =
            |logged: &Logged| (logged.query.clone(), logged.locale.to_string(), logged.market.clone());
        logged.sort_by(|one, other| other.times.cmp(&one.times).then_with(|| order(one).cmp(&order(other))));
        logged
    }
}

/// Makes searches again, before and after a change; by words alone unless both searchers are given
/// vectors.
pub fn replay(logged: &[Logged], before: &Searcher, after: &Searcher) -> tantivy::Result<Replay> {
    let mut moved = Vec::new();
    for one in logged {
        let (before, after) = (first_results(before, one)?, first_results(after, one)?);
        if before != after {
            let verdict = verdict(one, &before, &after);
            let query = one.may_be_shown.then(|| one.query.clone());
            let locale = one.locale.clone();
            moved.push(Moved { query, locale, times: one.times, before, after, verdict });
        }
    }
    moved.sort_by_key(|moved| (moved.verdict, std::cmp::Reverse(moved.times)));
    Ok(Replay { searches: logged.len(), moved })
}

fn first_results(searcher: &Searcher, logged: &Logged) -> tantivy::Result<Vec<Place>> {
    let request = Request {
        filters: Filters { market: logged.market.clone(), ..Filters::default() },
        ..Request::first(COMPARED, logged.query.clone(), None, logged.locale.clone())
    };
    let place = |hit: &Hit| {
        let card = searcher.index().card(hit.article);
        (card.id.clone(), card.locale.clone())
    };
    Ok(searcher.search(&request)?.hits.iter().map(place).collect())
}

fn verdict(logged: &Logged, before: &[Place], after: &[Place]) -> Verdict {
    match (before.is_empty(), after.is_empty()) {
        (true, false) => return Verdict::Better,
        (false, true) => return Verdict::Worse,
        _ => {}
    }
    let Some((opened, is_disliked)) = &logged.opened else { return Verdict::Moved };
    let rank = |results: &[Place]| results.iter().position(|place| place == opened).unwrap_or(usize::MAX);
    match (rank(after).cmp(&rank(before)), is_disliked) {
        (std::cmp::Ordering::Equal, _) => Verdict::Moved,
        (std::cmp::Ordering::Less, false) | (std::cmp::Ordering::Greater, true) => Verdict::Better,
        (std::cmp::Ordering::Less, true) | (std::cmp::Ordering::Greater, false) => Verdict::Worse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: &str) -> Place {
        (ArticleId::new(id).expect("an id"), Locale::english())
    }

    fn verdict_of(opened: Option<(&str, bool)>, before: &[&str], after: &[&str]) -> Verdict {
        let logged = Logged {
            query: "lost".to_owned(),
            locale: Locale::english(),
            market: None,
            opened: opened.map(|(id, is_disliked)| (place(id), is_disliked)),
            times: 1,
            may_be_shown: true,
        };
        let places = |ids: &[&str]| ids.iter().map(|id| place(id)).collect::<Vec<_>>();
        verdict(&logged, &places(before), &places(after))
    }

    #[test]
    fn what_was_opened_tells_what_is_better() {
        assert_eq!(verdict_of(Some(("a", false)), &["b", "a"], &["a", "b"]), Verdict::Better);
        assert_eq!(verdict_of(Some(("a", false)), &["a"], &["b"]), Verdict::Worse);
        assert_eq!(verdict_of(Some(("a", true)), &["b", "a"], &["a", "b"]), Verdict::Worse);
        assert_eq!(verdict_of(Some(("a", false)), &["a", "b", "c"], &["a", "c", "b"]), Verdict::Moved);
        assert_eq!(verdict_of(None, &[], &["a"]), Verdict::Better);
        assert_eq!(verdict_of(None, &["a"], &[]), Verdict::Worse);
        assert_eq!(verdict_of(None, &["a"], &["b"]), Verdict::Moved);
    }
}
