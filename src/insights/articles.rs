//! How articles do: how often each is read, what readers and agents say of it, and what its
//! authors should look at.

use std::cmp::Ordering;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::facts::{Facts, NONE, Number};
use super::table::{Cell, Table};
use super::{Scope, Within};
use crate::events::Mark;
use crate::index::{Card, Index};

/// What is known of an article in one locale.
#[derive(Clone, Debug, Default)]
struct Counts {
    views: u64,
    opened: u64,
    helpful: u64,
    unhelpful: u64,
    reasons: FxHashMap<Number, u64>,
    suggested: u64,
    inserted: u64,
    solved: u64,
    rejected: u64,
}

/// The bounds within which the share of helpful votes lies with a probability of 95 %: the score
/// interval of E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
/// Inference", Journal of the American Statistical Association 22 (1927).
fn wilson(helpful: u64, all: u64) -> Option<(f64, f64)> {
    /// The 97.5th percentile of the normal distribution.
    const Z: f64 = 1.959_964;
    if all == 0 {
        return None;
    }
    let (n, share) = (all as f64, helpful as f64 / all as f64);
    let middle = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    Some((((middle - spread) / whole).max(0.0), ((middle + spread) / whole).min(1.0)))
}

/// Returns what readers made of each article, the most read first.
pub(super) fn articles(facts: &Facts, scope: &Scope, index: &Index) -> Table {
    let counted = counted(facts, scope);
    let mut rows = known(facts, index, &counted);
    rows.sort_by(|(a, one), (b, other)| {
        (other.views, other.opened, other.unhelpful)
            .cmp(&(one.views, one.opened, one.unhelpful))
            .then_with(|| by_name(a, b))
    });
    let row = |(card, counts): (&Card, &Counts)| {
        let votes = counts.helpful + counts.unhelpful;
        let bounds = wilson(counts.helpful, votes);
        let bound = |bound: Option<f64>| bound.map_or(Cell::Nothing, Cell::Share);
        let reason =
            counts.reasons.iter().max_by_key(|(reason, count)| (**count, std::cmp::Reverse(**reason)));
        [
            article_cells(card),
            vec![
                Cell::Count(counts.views),
                Cell::Count(counts.opened),
                Cell::Count(counts.helpful),
                Cell::Count(counts.unhelpful),
                Cell::share(counts.helpful, votes),
                bound(bounds.map(|(low, _)| low)),
                bound(bounds.map(|(_, high)| high)),
                Cell::text(reason.map(|(reason, _)| facts.text(*reason))),
            ],
        ]
        .concat()
    };
    let columns = &[
        "id",
        "locale",
        "title",
        "views",
        "opened",
        "helpful",
        "unhelpful",
        "helpfulness",
        "helpfulness_from",
        "helpfulness_to",
        "reason",
    ];
    Table { columns, rows: rows.into_iter().map(row).collect() }
}

/// Returns what agents made of what was suggested to them, the most useful first.
pub(super) fn reuse(facts: &Facts, scope: &Scope, index: &Index) -> Table {
    let counted = counted(facts, scope);
    let mut rows = known(facts, index, &counted);
    rows.retain(|(_, counts)| counts.suggested > 0);
    let used = |counts: &Counts| counts.inserted + counts.solved;
    rows.sort_by(|(a, one), (b, other)| {
        (used(other), other.suggested).cmp(&(used(one), one.suggested)).then_with(|| by_name(a, b))
    });
    let row = |(card, counts): (&Card, &Counts)| {
        [
            article_cells(card),
            vec![
                Cell::Count(counts.suggested),
                Cell::Count(counts.inserted),
                Cell::Count(counts.solved),
                Cell::Count(counts.rejected),
                Cell::share(used(counts), counts.suggested),
            ],
        ]
        .concat()
    };
    let columns = &["id", "locale", "title", "suggested", "inserted", "solved", "rejected", "reused"];
    Table { columns, rows: rows.into_iter().map(row).collect() }
}

/// Returns the articles that should have been read again and are read by many, those first.
pub(super) fn stale(facts: &Facts, scope: &Scope, index: &Index, today: Date) -> Table {
    let counted = counted(facts, scope);
    let mut rows = known(facts, index, &counted);
    rows.retain(|(card, _)| card.is_stale(today));
    rows.sort_by(|(a, one), (b, other)| {
        (other.views + other.opened).cmp(&(one.views + one.opened)).then_with(|| by_name(a, b))
    });
    let day = |day: Option<Date>| day.map_or(Cell::Nothing, Cell::Day);
    let row = |(card, counts): (&Card, &Counts)| {
        let used = vec![
            day(card.review_by),
            day(card.updated),
            Cell::Count(counts.views),
            Cell::Count(counts.unhelpful),
        ];
        [article_cells(card), used].concat()
    };
    let columns = &["id", "locale", "title", "review_by", "updated", "views", "unhelpful"];
    Table { columns, rows: rows.into_iter().map(row).collect() }
}

/// Returns what readers wrote about articles, the last first.
pub(super) fn comments(facts: &Facts, scope: &Scope, index: &Index) -> Table {
    let within = Within::new(facts, scope);
    let said = within.votes().rev().filter(|vote| vote.comment != NONE).filter_map(|vote| {
        let article = facts.article_of[vote.revision as usize];
        let card = facts.card(index, article)?;
        let about = vec![
            Cell::Day(vote.day),
            Cell::Text(if vote.is_helpful { "yes" } else { "no" }.to_owned()),
            Cell::text((vote.reason != NONE).then(|| facts.text(vote.reason))),
            Cell::Text(facts.text(vote.comment)),
        ];
        Some([article_cells(card), about].concat())
    });
    let columns = &["id", "locale", "title", "day", "helpful", "reason", "comment"];
    Table { columns, rows: said.take(MOST_COMMENTS).collect() }
}

/// Comments in one report.
const MOST_COMMENTS: usize = 500;

/// Returns the order of rows that are equal otherwise.
pub(super) fn by_name(a: &Card, b: &Card) -> Ordering {
    (&a.id, a.locale.to_string()).cmp(&(&b.id, b.locale.to_string()))
}

/// Returns the cells that name an article.
pub(super) fn article_cells(card: &Card) -> Vec<Cell> {
    let texts = [card.id.to_string(), card.locale.to_string(), card.title.clone()];
    texts.map(Cell::Text).to_vec()
}

/// Counts all of `scope` by article.
fn counted(facts: &Facts, scope: &Scope) -> Vec<Counts> {
    let within = Within::new(facts, scope);
    let mut counts = vec![Counts::default(); facts.articles.len()];
    for view in within.views() {
        counts[view.article as usize].views += 1;
    }
    for search in within.searches().filter(|search| search.opened != NONE) {
        counts[search.opened as usize].opened += 1;
    }
    for vote in within.votes() {
        let counts = &mut counts[facts.article_of[vote.revision as usize] as usize];
        match vote.is_helpful {
            true => counts.helpful += 1,
            false => {
                counts.unhelpful += 1;
                if vote.reason != NONE {
                    *counts.reasons.entry(vote.reason).or_default() += 1;
                }
            }
        }
    }
    for suggestion in within.suggestions() {
        let counts = &mut counts[facts.article_of[suggestion.revision as usize] as usize];
        counts.suggested += 1;
        match suggestion.mark {
            Some(Mark::Inserted) => counts.inserted += 1,
            Some(Mark::Solved) => counts.solved += 1,
            Some(Mark::Rejected) => counts.rejected += 1,
            Some(Mark::Opened) | None => {}
        }
    }
    counts
}

/// Returns the cards of the articles that are in the index, with what is known of each.
fn known<'a>(facts: &Facts, index: &'a Index, counted: &'a [Counts]) -> Vec<(&'a Card, &'a Counts)> {
    static NOBODY: std::sync::LazyLock<Counts> = std::sync::LazyLock::new(Counts::default);
    let counts_of = |card: &Card| match facts.article_number(card) {
        Some(number) => &counted[number as usize],
        None => &*NOBODY,
    };
    index.cards().map(|card| (card, counts_of(card))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_votes_say_little() {
        let rounded = |helpful, all| {
            wilson(helpful, all).map(|(from, to)| ((from * 1e3).round() / 1e3, (to * 1e3).round() / 1e3))
        };
        assert_eq!(wilson(0, 0), None);
        // As in the tables of Brown, Cai and DasGupta (2001) for one and ten trials.
        assert_eq!(rounded(1, 1), Some((0.207, 1.0)));
        assert_eq!(rounded(9, 10), Some((0.596, 0.982)));
        assert_eq!(rounded(90, 100), Some((0.826, 0.945)));
    }
}
