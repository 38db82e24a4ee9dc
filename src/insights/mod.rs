//! What the log of events says: how well the help center helps, what is asked, what fails, and
//! what to write next.
//!
//! [`Insights`] holds what happened in memory (`facts`) and makes every report from it: figures
//! of searches and visits (`figures`), what readers and agents made of each article
//! (`articles`), what is asked (`questions`) and what nobody has answered yet (`gaps`). Every
//! report is a [`Table`].
//!
//! Nothing here knows where events are kept, or how a report is shown.

mod articles;
mod facts;
mod figures;
mod gaps;
mod learning;
mod questions;
mod replay;
mod table;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use facts::{Escalation, Facts, Missed, NONE, Number, Rating, Search, Suggestion, Translation, View, Voted};
pub use figures::{By, Figures};
pub use gaps::{Gap, Query, Wording, cluster};
pub use replay::{Logged, Moved, Place, Replay, Verdict, replay};
pub use table::{Cell, Table};

use crate::analysis::Analyzer;
use crate::events::{Channel, Event};
use crate::index::{Card, Index};
use crate::locale::Locale;
use crate::search::Opinion;

/// What reports may show.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What was searched for is shown only if it came from so many different networks.
    pub least_visitors: u64,
}

/// What a report is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What was asked in one locale; all if nothing.
    pub locale: Option<Locale>,
    /// What was asked for one market; all if nothing.
    pub market: Option<String>,
    /// What was asked in one way; all if nothing.
    pub channel: Option<Channel>,
}

/// A report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Searches and visits, by something.
    Figures(By),
    /// What is asked most.
    Questions,
    /// What is asked more than before.
    Rising,
    /// What readers made of each article.
    Articles,
    /// What readers wrote about articles.
    Comments,
    /// Articles that should have been read again.
    Stale,
    /// Articles that answer in another language than was asked in.
    TranslationDemand,
    /// Translations that are older than another one.
    OldTranslations,
    /// What agents made of suggestions.
    Reuse,
}

impl Report {
    /// All reports.
    pub const ALL: [Self; 12] = [
        Self::Figures(By::Day),
        Self::Figures(By::Locale),
        Self::Figures(By::Market),
        Self::Figures(By::Channel),
        Self::Questions,
        Self::Rising,
        Self::Articles,
        Self::Comments,
        Self::Stale,
        Self::TranslationDemand,
        Self::OldTranslations,
        Self::Reuse,
    ];

    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figures(By::Day) => "days",
            Self::Figures(By::Locale) => "locales",
            Self::Figures(By::Market) => "markets",
            Self::Figures(By::Channel) => "channels",
            Self::Questions => "questions",
            Self::Rising => "rising",
            Self::Articles => "articles",
            Self::Comments => "comments",
            Self::Stale => "stale",
            Self::TranslationDemand => "translation-demand",
            Self::OldTranslations => "old-translations",
            Self::Reuse => "reuse",
        }
    }

    /// Returns the report of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|report| report.as_str() == name)
    }
}

/// All that is known of what happened.
pub struct Insights {
    facts: Facts,
    least_visitors: u64,
    keep: Option<SignedDuration>,
    time_zone: TimeZone,
    /// The number of the last event.
    last: i64,
}

impl Insights {
    /// Nothing yet. Days begin at midnight in `time_zone`; what is older than `keep` is
    /// forgotten.
    pub fn new(settings: &Settings, keep: Option<SignedDuration>, time_zone: TimeZone) -> Self {
        let facts = Facts::new(time_zone.clone());
        Self { facts, least_visitors: settings.least_visitors, keep, time_zone, last: 0 }
    }

    /// Returns the number of the event up to which everything is known.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// Takes the events after the last one, up to number `last`.
    pub fn take(&mut self, events: &[(i64, Event)], last: i64) {
        events.iter().for_each(|(_, event)| self.facts.add(event));
        self.last = last;
        if let Some(oldest) = self.keep.and_then(|keep| Timestamp::now().checked_sub(keep).ok()) {
            self.facts.forget_before(oldest.to_zoned(self.time_zone.clone()).date());
        }
    }

    /// Counts all of `scope`.
    pub fn figures(&self, scope: &Scope) -> Figures {
        figures::all(&self.facts, scope)
    }

    /// Counts each day of `scope`.
    pub fn days(&self, scope: &Scope) -> Vec<(Date, Figures)> {
        figures::days(&self.facts, scope)
    }

    /// Returns the locales that were asked in, the markets that were asked for.
    pub fn choices(&self) -> (Vec<String>, Vec<String>) {
        self.facts.choices(self.least_visitors)
    }

    /// Returns what visitors looked for and did not find, what was asked for most first.
    pub fn gaps(&self, scope: &Scope, analyzer: &Analyzer) -> Vec<Gap> {
        gaps::gaps(&self.facts, scope, analyzer, self.least_visitors)
    }

    /// Returns what votes and clicks of the days before `today` say of articles.
    pub fn opinions(&self, today: Date) -> Vec<Opinion> {
        learning::opinions(&self.facts, today)
    }

    /// Makes a report on the articles of `index` as of `today`.
    pub fn report(&self, report: Report, scope: &Scope, index: &Index, today: Date) -> Table {
        let facts = &self.facts;
        match report {
            Report::Figures(by) => figures::table(facts, scope, by, self.least_visitors),
            Report::Questions => questions::questions(facts, scope, self.least_visitors),
            Report::Rising => questions::rising(facts, scope, self.least_visitors),
            Report::Articles => articles::articles(facts, scope, index),
            Report::Comments => articles::comments(facts, scope, index),
            Report::Stale => articles::stale(facts, scope, index, today),
            Report::TranslationDemand => questions::translation_demand(facts, scope, index),
            Report::OldTranslations => questions::old_translations(facts, scope, index),
            Report::Reuse => articles::reuse(facts, scope, index),
        }
    }
}

/// The facts that a report is about.
struct Within<'a> {
    facts: &'a Facts,
    scope: &'a Scope,
    /// The numbers of locale and market, where only those of one are wanted; `Some(None)` if
    /// nobody ever asked so.
    locale: Option<Option<Number>>,
    market: Option<Option<Number>>,
}

impl<'a> Within<'a> {
    fn new(facts: &'a Facts, scope: &'a Scope) -> Self {
        let locale = scope.locale.as_ref().map(|locale| facts.known_text(&locale.to_string()));
        let market = scope.market.as_ref().map(|market| facts.known_text(market));
        Self { facts, scope, locale, market }
    }

    /// Returns whether the report is about all that happened on its days.
    fn is_everything(&self) -> bool {
        self.locale.is_none() && self.market.is_none() && self.scope.channel.is_none()
    }

    /// Returns whether visits in which nothing was searched belong to it: articles in this locale
    /// were read.
    fn has_visits_without_search(&self, locale: Number) -> bool {
        let is_page = self.scope.channel.is_none_or(|channel| channel == Channel::Page);
        is_page && self.market.is_none() && self.locale.is_none_or(|wanted| wanted == Some(locale))
    }

    fn is_on(&self, day: Date) -> bool {
        self.scope.from <= day && day <= self.scope.to
    }

    fn searches(&self) -> impl Iterator<Item = &'a Search> {
        let fits = |search: &&Search| {
            self.locale.is_none_or(|locale| locale == Some(search.locale))
                && self.market.is_none_or(|market| market == Some(search.market))
                && self.scope.channel.is_none_or(|channel| channel == search.channel)
        };
        self.facts.searches.iter().filter(|search| self.is_on(search.day)).filter(fits)
    }

    fn views(&self) -> impl Iterator<Item = &'a View> {
        self.facts.views.iter().filter(|view| self.is_on(view.day))
    }

    fn votes(&self) -> impl DoubleEndedIterator<Item = &'a Voted> {
        self.facts.votes.iter().filter(|vote| self.is_on(vote.day))
    }

    fn escalations(&self) -> impl Iterator<Item = &'a Escalation> {
        self.facts.escalations.iter().filter(|escalation| self.is_on(escalation.day))
    }

    fn ratings(&self) -> impl Iterator<Item = &'a Rating> {
        let fits = |rating: &&Rating| {
            let search = self.facts.search(rating.search);
            let has = |number: fn(&Search) -> Number, wanted: Option<Option<Number>>| {
                wanted.is_none_or(|wanted| search.is_some_and(|search| wanted == Some(number(search))))
            };
            has(|search| search.locale, self.locale)
                && has(|search| search.market, self.market)
                && self.scope.channel.is_none_or(|channel| search.is_some_and(|one| one.channel == channel))
        };
        self.facts.ratings.iter().filter(|rating| self.is_on(rating.day)).filter(fits)
    }

    fn missed(&self) -> impl Iterator<Item = &'a Missed> {
        let has_no_other = self.market.is_none() && self.scope.channel.is_none();
        let fits = move |missed: &&Missed| {
            has_no_other && self.locale.is_none_or(|locale| locale == Some(missed.locale))
        };
        self.facts.missed.iter().filter(|missed| self.is_on(missed.day)).filter(fits)
    }

    fn suggestions(&self) -> impl Iterator<Item = &'a Suggestion> {
        self.facts.suggestions.iter().filter(|suggestion| self.is_on(suggestion.day))
    }
}

impl Facts {
    fn text(&self, number: Number) -> String {
        self.texts[number as usize].to_string()
    }

    fn question(&self, number: Number) -> String {
        self.questions[number as usize].to_string()
    }

    /// Returns the order of two questions in locales by their texts.
    fn order(&self, a: (Number, Number), b: (Number, Number)) -> std::cmp::Ordering {
        let texts = |(question, locale)| (&self.questions[question as usize], &self.texts[locale as usize]);
        texts(a).cmp(&texts(b))
    }

    /// Returns the numbers of the locales of all articles.
    fn locales_of_articles(&self) -> Vec<Number> {
        let number = |article: &Translation| self.known_text(&article.locale.to_string()).unwrap_or(NONE);
        self.articles.iter().map(number).collect()
    }

    /// Returns whether an article is in another language than a locale.
    fn is_foreign(&self, locale: Number, article: Number) -> bool {
        let locale: Option<Locale> = self.texts[locale as usize].parse().ok();
        locale.is_some_and(|locale| locale.language() != self.articles[article as usize].locale.language())
    }

    /// Returns the card of an article, if it is still there.
    fn card<'i>(&self, index: &'i Index, article: Number) -> Option<&'i Card> {
        let Translation { id, locale } = &self.articles[article as usize];
        index.card_of(id, locale)
    }

    /// Returns the number of the article of a card, if anything ever happened to it.
    fn article_number(&self, card: &Card) -> Option<Number> {
        let name = Translation { id: card.id.clone(), locale: card.locale.clone() };
        self.articles.get_index_of(&name).map(|number| number as Number)
    }

    /// Returns the locales of all searches, and the markets that may be shown, sorted.
    fn choices(&self, least_visitors: u64) -> (Vec<String>, Vec<String>) {
        let locales: FxHashSet<Number> = self.searches.iter().map(|search| search.locale).collect();
        let sorted = |numbers: FxHashSet<Number>| {
            let mut texts: Vec<String> = numbers.into_iter().map(|number| self.text(number)).collect();
            texts.sort_unstable();
            texts
        };
        (sorted(locales), sorted(self.shown_markets(least_visitors)))
    }

    /// Returns the markets that so many networks asked for: a filter is what somebody typed.
    fn shown_markets(&self, least_visitors: u64) -> FxHashSet<Number> {
        let mut networks: FxHashMap<Number, FxHashSet<Number>> = FxHashMap::default();
        for search in self.searches.iter().filter(|search| search.market != NONE) {
            let known = networks.entry(search.market).or_default();
            // One more than enough tells nothing.
            if (known.len() as u64) < least_visitors {
                known.insert(search.network);
            }
        }
        networks.retain(|_, networks| networks.len() as u64 >= least_visitors);
        networks.into_keys().collect()
    }
}
