//! Searches and visits, counted: in all, by day, by locale, by market and by where they were
//! asked.
//!
//! A visit is all that one visitor did on one day. It was helped if a question was answered, a
//! result opened or an article read, and nothing of that was said not to help. The
//! self-service score is visits for each visit that went on to ask a person, as help desks
//! count it; deflection is the part of the visits that were helped and asked nobody, of those
//! and the ones that asked.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::facts::{Facts, NONE, Number, Outcome, Search};
use super::table::{Cell, Table};
use super::{Scope, Within};
use crate::events::Channel;

/// The names of columns, first those given and then all that is counted.
macro_rules! columns {
    ($($first:literal),*) => {
        &[
            $($first,)* "searches", "nothing_found", "answered", "suggested", "unknown", "opened", "visits",
            "helped", "escalated", "self_service_score", "deflection", "satisfaction", "ratings",
            "seconds_to_help",
        ]
    };
}

/// What is counted.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Searches.
    pub searches: u64,
    /// Of them, those whose words no article has.
    pub nothing_found: u64,
    /// Of them, those that were answered.
    pub answered: u64,
    /// Of them, those for which questions were suggested.
    pub suggested: u64,
    /// Of them, those that got neither.
    pub unknown: u64,
    /// Of them, those of which a result was opened.
    pub opened: u64,
    /// Visits.
    pub visits: u64,
    /// Of them, those that were helped and asked nobody.
    pub helped: u64,
    /// Of them, those that asked a person.
    pub escalated: u64,
    /// Ratings.
    pub ratings: u64,
    /// The sum of all ratings, each 1 to 5.
    pub stars: u64,
    /// Seconds from the first search of a visit to the first useful result of it.
    seconds: Vec<u32>,
}

/// By what they are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The day, in the company's time zone.
    Day,
    /// The visitor's locale.
    Locale,
    /// The market that was filtered by.
    Market,
    /// Where it was asked.
    Channel,
}

/// What a search or a visit is counted under.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    All,
    Day(Date),
    Text(Number),
    Channel(Channel),
}

/// What a visitor did on a day.
#[derive(Clone, Copy)]
struct Visit {
    key: Key,
    /// When it searched first.
    first: u32,
    is_helped: bool,
    is_disliked: bool,
    is_escalated: bool,
    has_opened: bool,
}

impl Figures {
    /// Returns visits for each that asked a person; nothing if none did.
    pub fn self_service_score(&self) -> Option<f64> {
        (self.escalated > 0).then(|| self.visits as f64 / self.escalated as f64)
    }

    /// Returns the part of the visits that needed somebody and were helped.
    pub fn deflection(&self) -> Option<f64> {
        let all = self.helped + self.escalated;
        (all > 0).then(|| self.helped as f64 / all as f64)
    }

    /// Returns the mean of all ratings.
    pub fn satisfaction(&self) -> Option<f64> {
        (self.ratings > 0).then(|| self.stars as f64 / self.ratings as f64)
    }

    /// Returns the median of the seconds to the first useful result.
    pub fn seconds_to_help(&self) -> Option<u32> {
        let mut seconds = self.seconds.clone();
        let middle = seconds.len() / 2;
        (!seconds.is_empty()).then(|| *seconds.select_nth_unstable(middle).1)
    }

    fn count(&mut self, search: &Search) {
        self.searches += 1;
        self.nothing_found += u64::from(!search.is_found);
        self.opened += u64::from(search.opened != NONE);
        match search.outcome {
            Outcome::Results => {}
            Outcome::Answered => self.answered += 1,
            Outcome::Suggested => self.suggested += 1,
            Outcome::Unknown => self.unknown += 1,
        }
    }

    /// Returns how many searches asked for an answer.
    pub fn asked(&self) -> u64 {
        self.answered + self.suggested + self.unknown
    }

    /// Returns all that is counted, shares instead of parts, by name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, Cell)> {
        let names: &[&'static str] = columns!();
        names.iter().copied().zip(self.cells())
    }

    fn cells(&self) -> [Cell; 14] {
        let asked = self.asked();
        let number = |number: Option<f64>| number.map_or(Cell::Nothing, Cell::Number);
        [
            Cell::Count(self.searches),
            Cell::share(self.nothing_found, self.searches),
            Cell::share(self.answered, asked),
            Cell::share(self.suggested, asked),
            Cell::share(self.unknown, asked),
            Cell::share(self.opened, self.searches),
            Cell::Count(self.visits),
            Cell::Count(self.helped),
            Cell::Count(self.escalated),
            number(self.self_service_score()),
            self.deflection().map_or(Cell::Nothing, Cell::Share),
            number(self.satisfaction()),
            Cell::Count(self.ratings),
            self.seconds_to_help().map_or(Cell::Nothing, |seconds| Cell::Seconds(seconds.into())),
        ]
    }
}

/// Counts all of `scope`.
pub(super) fn all(facts: &Facts, scope: &Scope) -> Figures {
    grouped(facts, scope, &|_, _, _, _| Key::All).remove(&Key::All).unwrap_or_default()
}

/// Counts each day of `scope`, those without a visit too.
pub(super) fn days(facts: &Facts, scope: &Scope) -> Vec<(Date, Figures)> {
    let mut by_day = grouped(facts, scope, &|day, _, _, _| Key::Day(day));
    let days = scope.from.series(jiff::ToSpan::days(1)).take_while(|day| *day <= scope.to);
    days.map(|day| (day, by_day.remove(&Key::Day(day)).unwrap_or_default())).collect()
}

/// Counts by something, the largest group first; days in their order.
pub(super) fn table(facts: &Facts, scope: &Scope, by: By, least_visitors: u64) -> Table {
    let row = |first: Cell, figures: &Figures| [vec![first], figures.cells().to_vec()].concat();
    if by == By::Day {
        let rows = days(facts, scope).iter().map(|(day, figures)| row(Cell::Day(*day), figures)).collect();
        return Table { columns: columns!("day"), rows };
    }
    let groups = grouped(facts, scope, &|_, locale, market, channel| match by {
        By::Locale => Key::Text(locale),
        By::Market => Key::Text(market),
        By::Channel | By::Day => Key::Channel(channel),
    });
    // A locale is no free text.
    let shown = (by == By::Market).then(|| facts.shown_markets(least_visitors));
    let name = |key: Key| match key {
        Key::Text(NONE) | Key::All => Cell::Nothing,
        Key::Text(market) if shown.as_ref().is_some_and(|shown| !shown.contains(&market)) => Cell::Nothing,
        Key::Text(text) => Cell::Text(facts.texts[text as usize].to_string()),
        Key::Day(day) => Cell::Day(day),
        Key::Channel(channel) => Cell::Text(channel.as_str().to_owned()),
    };
    let mut named: Vec<(Cell, Figures)> =
        groups.into_iter().map(|(key, figures)| (name(key), figures)).collect();
    named.sort_by(|(a, one), (b, other)| {
        (other.searches, other.visits).cmp(&(one.searches, one.visits)).then_with(|| a.order().cmp(b.order()))
    });
    let columns: &[&str] = match by {
        By::Day => columns!("day"),
        By::Locale => columns!("locale"),
        By::Market => columns!("market"),
        By::Channel => columns!("channel"),
    };
    Table { columns, rows: named.into_iter().map(|(first, figures)| row(first, &figures)).collect() }
}

/// Counts by the key of each day, locale, market and channel.
fn grouped(
    facts: &Facts,
    scope: &Scope,
    key: &dyn Fn(Date, Number, Number, Channel) -> Key,
) -> FxHashMap<Key, Figures> {
    let within = Within::new(facts, scope);
    let mut groups: FxHashMap<Key, Figures> = FxHashMap::default();
    let mut visits: Vec<Option<Visit>> = vec![None; facts.visitors()];
    for search in within.searches() {
        let key = key(search.day, search.locale, search.market, search.channel);
        let figures = groups.entry(key).or_default();
        figures.count(search);
        let Some(visit) = visits.get_mut(search.visitor as usize) else { continue };
        let visit = visit.get_or_insert(Visit::new(key, search.at));
        visit.searched(search);
        if search.opened != NONE && !search.is_disliked && !visit.has_opened {
            visit.has_opened = true;
            let seconds = search.at.saturating_sub(visit.first) + u32::from(search.opened_after);
            groups.entry(visit.key).or_default().seconds.push(seconds);
        }
    }
    let locales = facts.locales_of_articles();
    for view in within.views() {
        let locale = locales[view.article as usize];
        if let Some(visit) = visits.get_mut(view.visitor as usize) {
            // Who came from elsewhere has searched nothing here.
            let none = || Visit::new(key(view.day, locale, NONE, Channel::Page), 0);
            if visit.is_some() || within.has_visits_without_search(locale) {
                visit.get_or_insert_with(none).is_helped = true;
            }
        }
    }
    for vote in within.votes() {
        if let Some(Some(visit)) = visits.get_mut(vote.visitor as usize) {
            visit.is_disliked = !vote.is_helpful;
        }
    }
    for escalation in within.escalations() {
        match visits.get_mut(escalation.visitor as usize) {
            Some(Some(visit)) => visit.is_escalated = true,
            Some(visit) if within.is_everything() => {
                let alone = Visit::new(key(escalation.day, NONE, NONE, Channel::Page), 0);
                visit.insert(alone).is_escalated = true;
            }
            _ => {}
        }
    }
    for visit in visits.into_iter().flatten() {
        let figures = groups.entry(visit.key).or_default();
        figures.visits += 1;
        figures.escalated += u64::from(visit.is_escalated);
        figures.helped += u64::from(visit.is_helped && !visit.is_disliked && !visit.is_escalated);
    }
    for rating in within.ratings() {
        let key = match facts.search(rating.search) {
            Some(search) => key(rating.day, search.locale, search.market, search.channel),
            None => key(rating.day, NONE, NONE, Channel::Api),
        };
        let figures = groups.entry(key).or_default();
        figures.ratings += 1;
        figures.stars += u64::from(rating.score);
    }
    groups
}

impl Visit {
    fn new(key: Key, first: u32) -> Self {
        Self { key, first, is_helped: false, is_disliked: false, is_escalated: false, has_opened: false }
    }

    fn searched(&mut self, search: &Search) {
        if search.outcome == Outcome::Answered || search.opened != NONE {
            self.is_helped = true;
            self.is_disliked = search.is_disliked;
        }
        self.is_escalated |= search.is_escalated;
    }
}
