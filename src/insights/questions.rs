//! What is asked: most, more than before, and in languages that the answers are not in.
//!
//! A text is shown only when it came from enough different networks. Nothing that is kept tells a
//! network of one day from one of another, so each day counts on its own.

use jiff::ToSpan;
use rustc_hash::{FxHashMap, FxHashSet};

use super::articles::{article_cells, by_name};
use super::facts::{Facts, NONE, Number, Outcome};
use super::table::{Cell, Table};
use super::{Scope, Within};
use crate::index::{Card, Index};

/// What is known of a question in one locale.
#[derive(Clone, Debug, Default)]
struct Asked {
    times: u64,
    visitors: u64,
    failed: u64,
    answered: u64,
    opened: u64,
    /// Of its searches, those of the last days.
    lately: u64,
}

/// Rows of one report.
const MOST_ROWS: usize = 500;

/// The days that are compared with those before.
const LATELY: i64 = 7;

/// How much more often than expected a question must be asked to rise: in standard deviations of
/// a Poisson distribution.
const LEAST_RISE: f64 = 2.0;

/// Returns the questions that are asked most.
pub(super) fn questions(facts: &Facts, scope: &Scope, least_visitors: u64) -> Table {
    let mut rows = asked(facts, scope, least_visitors);
    rows.sort_by(|(a, one), (b, other)| other.times.cmp(&one.times).then_with(|| facts.order(*a, *b)));
    let row = |((question, locale), asked): &((Number, Number), Asked)| {
        vec![
            Cell::Text(facts.question(*question)),
            Cell::Text(facts.text(*locale)),
            Cell::Count(asked.times),
            Cell::Count(asked.visitors),
            Cell::share(asked.answered, asked.times),
            Cell::share(asked.opened, asked.times),
            Cell::share(asked.failed, asked.times),
        ]
    };
    let columns = &["question", "locale", "searches", "visitors", "answered", "opened", "failed"];
    Table { columns, rows: rows.iter().take(MOST_ROWS).map(row).collect() }
}

/// Returns the questions that are asked more in the last days of `scope` than before, the
/// steepest first.
pub(super) fn rising(facts: &Facts, scope: &Scope, least_visitors: u64) -> Table {
    // A day from before the log tells nothing.
    let first = facts.searches.front().map_or(scope.from, |search| search.day.max(scope.from));
    let days = i64::from((scope.to - first).get_days()) + 1;
    let before = (days - LATELY).max(1) as f64;
    let rise = |asked: &Asked| {
        let expected = (asked.times - asked.lately) as f64 * LATELY as f64 / before;
        (asked.lately as f64 - expected) / (expected + 1.0).sqrt()
    };
    let mut rows = asked(facts, scope, least_visitors);
    rows.retain(|(_, asked)| rise(asked) >= LEAST_RISE && days > LATELY);
    rows.sort_by(|(a, one), (b, other)| rise(other).total_cmp(&rise(one)).then_with(|| facts.order(*a, *b)));
    let row = |((question, locale), asked): &((Number, Number), Asked)| {
        let expected = (asked.times - asked.lately) as f64 * LATELY as f64 / before;
        vec![
            Cell::Text(facts.question(*question)),
            Cell::Text(facts.text(*locale)),
            Cell::Count(asked.lately),
            Cell::Number(expected),
            Cell::share(asked.failed, asked.times),
        ]
    };
    let columns = &["question", "locale", "searches_lately", "searches_expected", "failed"];
    Table { columns, rows: rows.iter().take(MOST_ROWS).map(row).collect() }
}

/// Returns which articles answer in another language than was asked in, the most wanted first.
pub(super) fn translation_demand(facts: &Facts, scope: &Scope, index: &Index) -> Table {
    let mut wanted: FxHashMap<(Number, Number), u64> = FxHashMap::default();
    for search in Within::new(facts, scope).searches() {
        let article = match (search.opened, search.outcome) {
            (NONE, Outcome::Answered) => search.first,
            (opened, _) => opened,
        };
        if article != NONE && facts.is_foreign(search.locale, article) {
            *wanted.entry((search.locale, article)).or_default() += 1;
        }
    }
    let mut rows: Vec<(Number, &Card, u64)> = wanted
        .into_iter()
        .filter_map(|((locale, article), count)| Some((locale, facts.card(index, article)?, count)))
        .collect();
    rows.sort_by(|(asked_in, a, one), (other_in, b, other)| {
        let texts = |number: &Number| &facts.texts[*number as usize];
        other.cmp(one).then_with(|| texts(asked_in).cmp(texts(other_in))).then_with(|| by_name(a, b))
    });
    let row = |(locale, card, count): (Number, &Card, u64)| {
        [vec![Cell::Text(facts.text(locale))], article_cells(card), vec![Cell::Count(count)]].concat()
    };
    let columns = &["asked_in", "id", "locale", "title", "searches"];
    Table { columns, rows: rows.into_iter().take(MOST_ROWS).map(row).collect() }
}

/// Returns the translations that were updated before another translation of their article, and
/// how often each is read.
pub(super) fn old_translations(facts: &Facts, scope: &Scope, index: &Index) -> Table {
    let mut views: FxHashMap<Number, u64> = FxHashMap::default();
    for view in Within::new(facts, scope).views() {
        *views.entry(view.article).or_default() += 1;
    }
    let mut newest: FxHashMap<&str, &Card> = FxHashMap::default();
    for card in index.cards().filter(|card| card.updated.is_some()) {
        let newest = newest.entry(card.id.as_str()).or_insert(card);
        if card.updated > newest.updated {
            *newest = card;
        }
    }
    let old = index.cards().filter_map(|card| {
        let newest = newest.get(card.id.as_str())?;
        let behind = card.updated? < newest.updated?;
        let read = facts.article_number(card).and_then(|number| views.get(&number)).copied();
        behind.then_some((card, *newest, read.unwrap_or_default()))
    });
    let mut rows: Vec<(&Card, &Card, u64)> = old.collect();
    rows.sort_by(|(a, _, one), (b, _, other)| other.cmp(one).then_with(|| by_name(a, b)));
    let day = |card: &Card| card.updated.map_or(Cell::Nothing, Cell::Day);
    let row = |(card, newest, views): (&Card, &Card, u64)| {
        let about = vec![day(card), Cell::Text(newest.locale.to_string()), day(newest), Cell::Count(views)];
        [article_cells(card), about].concat()
    };
    let columns = &["id", "locale", "title", "updated", "newer_locale", "newer_updated", "views"];
    Table { columns, rows: rows.into_iter().map(row).collect() }
}

/// Counts the questions of `scope` that enough visitors asked.
fn asked(facts: &Facts, scope: &Scope, least_visitors: u64) -> Vec<((Number, Number), Asked)> {
    let lately = scope.to.saturating_sub((LATELY - 1).days());
    let mut all: FxHashMap<(Number, Number), Asked> = FxHashMap::default();
    let mut seen: FxHashSet<(Number, Number)> = FxHashSet::default();
    for search in Within::new(facts, scope).searches() {
        let asked = all.entry((search.question, search.locale)).or_default();
        asked.times += 1;
        asked.failed += u64::from(search.failed());
        asked.answered += u64::from(search.outcome == Outcome::Answered);
        asked.opened += u64::from(search.opened != NONE);
        asked.lately += u64::from(search.day >= lately);
        asked.visitors += u64::from(seen.insert((search.question, search.network)));
    }
    all.into_iter().filter(|(_, asked)| asked.visitors >= least_visitors).collect()
}
