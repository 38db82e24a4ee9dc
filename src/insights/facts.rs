//! What happened, in memory: the log's events as plain columns, joined with each other.
//!
//! The log is read once and then as it grows. A search knows here whether a result of it was
//! opened, whether it was answered, whether its visitor went on to ask a person. All reports
//! are made from these columns, a million of which are looked through in some milliseconds.
//!
//! Pages of the help center report no clicks. A visitor who reads an article that a search of
//! the last half hour showed has opened that result.

use std::borrow::Borrow;
use std::collections::VecDeque;
use std::hash::Hash;

use indexmap::IndexSet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::content::ArticleId;
use crate::events::{
    Channel, Event, Mark, Report, Revision, Searched, Shown, Suggested, Visitor, Vote, What,
};
use crate::locale::Locale;

/// The number of a visitor on a day, a question, an article or one of its versions, or a locale.
pub(super) type Number = u32;

/// Names by number, each kept once.
pub(super) type Names<T> = IndexSet<T, FxBuildHasher>;

/// Nothing, where a number could be.
pub(super) const NONE: Number = Number::MAX;

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Only results were asked for.
    Results,
    Answered,
    Suggested,
    Unknown,
}

/// A search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    /// Seconds since 1970.
    pub(super) at: u32,
    pub(super) day: Date,
    pub(super) visitor: Number,
    pub(super) question: Number,
    pub(super) locale: Number,
    /// The one it was filtered by.
    pub(super) market: Number,
    pub(super) channel: Channel,
    pub(super) outcome: Outcome,
    /// Whether it was filtered by anything but a market.
    pub(super) is_narrowed: bool,
    /// Whether anything was found by its words.
    pub(super) is_found: bool,
    /// The article on top.
    pub(super) first: Number,
    /// The network that it came from, numbered for a day.
    pub(super) network: Number,
    /// The article that was opened first, and its version.
    pub(super) opened: Number,
    pub(super) opened_revision: Number,
    /// How many seconds after the search.
    pub(super) opened_after: u16,
    /// Whether the visitor said that what was opened did not help.
    pub(super) is_disliked: bool,
    /// Whether the visitor went on to ask a person.
    pub(super) is_escalated: bool,
}

impl Search {
    /// Returns whether it left its visitor without help, as far as that is known.
    pub(super) fn failed(&self) -> bool {
        let is_helped = self.outcome == Outcome::Answered || self.opened != NONE;
        // Programs that ask for results alone may not tell which are opened.
        let is_known = self.outcome != Outcome::Results || !self.is_found;
        self.is_disliked || self.is_escalated || !is_helped && is_known
    }
}

/// An article was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) day: Date,
    pub(super) visitor: Number,
    pub(super) article: Number,
}

/// What somebody said of a version of an article last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voted {
    pub(super) day: Date,
    pub(super) visitor: Number,
    pub(super) network: Number,
    pub(super) revision: Number,
    pub(super) is_helpful: bool,
    pub(super) reason: Number,
    pub(super) comment: Number,
}

/// A visitor asked a person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Escalation {
    pub(super) day: Date,
    pub(super) visitor: Number,
}

/// A visitor said how satisfied they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rating {
    pub(super) day: Date,
    /// The search that it follows.
    pub(super) search: Number,
    pub(super) score: u8,
}

/// An article was suggested for a ticket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Suggestion {
    pub(super) day: Date,
    pub(super) revision: Number,
    /// What the agent did last.
    pub(super) mark: Option<Mark>,
}

/// An agent missed an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missed {
    pub(super) day: Date,
    pub(super) problem: Number,
    pub(super) locale: Number,
}

/// Who did something: a visitor, and the network of that.
#[derive(Clone, Copy)]
struct Who {
    visitor: Number,
    network: Number,
}

/// An article in one locale.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Translation {
    pub(super) id: ArticleId,
    pub(super) locale: Locale,
}

/// All that happened.
pub(super) struct Facts {
    time_zone: TimeZone,
    pub(super) searches: VecDeque<Search>,
    /// How many searches were forgotten: numbers of searches count on.
    gone: u32,
    pub(super) views: VecDeque<View>,
    pub(super) votes: Vec<Voted>,
    pub(super) escalations: VecDeque<Escalation>,
    pub(super) ratings: VecDeque<Rating>,
    pub(super) suggestions: Vec<Suggestion>,
    pub(super) missed: VecDeque<Missed>,
    /// Queries and problems as people typed them.
    pub(super) questions: Names<Box<str>>,
    /// Reasons, comments, locales and markets.
    pub(super) texts: Names<Box<str>>,
    pub(super) articles: Names<Translation>,
    pub(super) revisions: Names<Revision>,
    /// The article of each version.
    pub(super) article_of: Vec<Number>,
    visitors: Daily<Visitor>,
    networks: Daily<String>,
    today: Today,
    voted: FxHashMap<(Number, Number), usize>,
    suggested: FxHashMap<u128, usize>,
}

/// Names that last for a day, by number. Those of the day before are still known: servers name
/// until their own midnight.
struct Daily<T> {
    today: FxHashMap<T, Number>,
    yesterday: FxHashMap<T, Number>,
    /// How many there ever were.
    count: Number,
}

impl<T> Default for Daily<T> {
    fn default() -> Self {
        Self { today: FxHashMap::default(), yesterday: FxHashMap::default(), count: 0 }
    }
}

impl<T: Hash + Eq> Daily<T> {
    /// Returns the number of a name, a new one if it is not known on these days.
    fn number<N: ?Sized + Hash + Eq + ToOwned<Owned = T>>(&mut self, name: &N) -> Number
    where
        T: Borrow<N>,
    {
        if let Some(number) = self.today.get(name).or_else(|| self.yesterday.get(name)) {
            return *number;
        }
        self.today.insert(name.to_owned(), self.count);
        self.count += 1;
        self.count - 1
    }

    /// Starts a day, which follows the last one or does not.
    fn begin(&mut self, follows: bool) {
        self.yesterday = std::mem::take(&mut self.today);
        if !follows {
            self.yesterday.clear();
        }
    }
}

/// What is known of searches under way.
#[derive(Default)]
struct Today {
    day: Date,
    /// The last searches of each visitor.
    recent: FxHashMap<Number, Vec<Number>>,
    queries: FxHashMap<u128, Number>,
    /// What searches showed, the first on top.
    shown: FxHashMap<Number, Box<[Number]>>,
}

/// Seconds after a search in which who reads an article that it showed has opened a result.
const OPENED_WITHIN: u32 = 30 * 60;

/// Searches of a visitor that are looked through for what was opened.
const MOST_RECENT: usize = 8;

impl Facts {
    /// Nothing yet; days begin at midnight in `time_zone`.
    pub(super) fn new(time_zone: TimeZone) -> Self {
        Self {
            time_zone,
            searches: VecDeque::new(),
            gone: 0,
            views: VecDeque::new(),
            votes: Vec::new(),
            escalations: VecDeque::new(),
            ratings: VecDeque::new(),
            suggestions: Vec::new(),
            missed: VecDeque::new(),
            questions: Names::default(),
            texts: Names::default(),
            articles: Names::default(),
            revisions: Names::default(),
            article_of: Vec::new(),
            visitors: Daily::default(),
            networks: Daily::default(),
            today: Today::default(),
            voted: FxHashMap::default(),
            suggested: FxHashMap::default(),
        }
    }

    /// Takes the next event of the log.
    pub(super) fn add(&mut self, event: &Event) {
        let day = event.at.to_zoned(self.time_zone.clone()).date();
        if day > self.today.day {
            self.begin(day);
        }
        let visitor = event.visitor.as_ref().map_or(NONE, |visitor| self.visitors.number(visitor));
        let network = event.visitor.as_ref().map_or(NONE, |visitor| self.networks.number(visitor.network()));
        let who = Who { visitor, network };
        match &event.what {
            What::Searched(searched) => self.searched(event.at, day, who, searched),
            What::Reported { query_id, report } => {
                let search = query_id.as_deref().and_then(|id| self.search_named(id));
                self.reported(event.at, day, who, search, report);
            }
            What::Suggested(Suggested { suggestion, article, .. }) => {
                let revision = self.revision(article);
                self.suggested.insert(short(suggestion), self.suggestions.len());
                self.suggestions.push(Suggestion { day, revision, mark: None });
            }
            What::Marked { suggestion, mark, .. } => {
                if let Some(at) = self.suggested.get(&short(suggestion)) {
                    let known = &mut self.suggestions[*at].mark;
                    // Reading says less than any judgment.
                    if *mark != Mark::Opened || known.is_none() {
                        *known = Some(*mark);
                    }
                }
            }
            What::Missing { problem, locale } => {
                let (problem, locale) = (self.question_number(problem), self.locale(locale));
                self.missed.push_back(Missed { day, problem, locale });
            }
        }
    }

    /// Forgets what happened before a day.
    pub(super) fn forget_before(&mut self, day: Date) {
        let gone = self.searches.partition_point(|search| search.day < day);
        self.searches.drain(..gone);
        self.gone += gone as u32;
        drop_before(&mut self.views, |view| view.day < day);
        drop_before(&mut self.escalations, |escalation| escalation.day < day);
        drop_before(&mut self.ratings, |rating| rating.day < day);
        drop_before(&mut self.missed, |missed| missed.day < day);
        if self.votes.first().is_some_and(|vote| vote.day < day) {
            let gone = self.votes.partition_point(|vote| vote.day < day);
            self.votes.drain(..gone);
            self.voted.retain(|_, at| *at >= gone);
            self.voted.values_mut().for_each(|at| *at -= gone);
        }
        if self.suggestions.first().is_some_and(|suggestion| suggestion.day < day) {
            let gone = self.suggestions.partition_point(|suggestion| suggestion.day < day);
            self.suggestions.drain(..gone);
            self.suggested.retain(|_, at| *at >= gone);
            self.suggested.values_mut().for_each(|at| *at -= gone);
        }
    }

    /// Returns how many visitors there are: their numbers are smaller.
    pub(super) fn visitors(&self) -> usize {
        self.visitors.count as usize
    }

    /// Returns the search of a number.
    pub(super) fn search(&self, number: Number) -> Option<&Search> {
        self.searches.get(number.checked_sub(self.gone)? as usize)
    }

    /// Returns the number that `text` has as a locale or market, if it was ever one.
    pub(super) fn known_text(&self, text: &str) -> Option<Number> {
        self.texts.get_index_of(text).map(|number| number as Number)
    }

    /// Starts a day: what is known of visitors by name is of no use any more, and of queries
    /// only what is younger than a day.
    fn begin(&mut self, day: Date) {
        let before = std::mem::take(&mut self.today);
        self.today = Today { day, ..Today::default() };
        let yesterday = day.yesterday().unwrap_or(day);
        let searches = &self.searches;
        let gone = self.gone;
        let is_young = |number: Number| {
            let at = number.checked_sub(gone);
            at.and_then(|at| searches.get(at as usize)).is_some_and(|search| search.day >= yesterday)
        };
        self.today.queries = before.queries;
        self.today.queries.retain(|_, number| is_young(*number));
        self.today.shown = before.shown;
        self.today.shown.retain(|number, _| is_young(*number));
        // The server that named them did so until its own midnight, a moment ago.
        let follows = before.day == yesterday;
        self.visitors.begin(follows);
        self.networks.begin(follows);
        if follows {
            self.today.recent = before.recent;
            self.today.recent.retain(|_, recent| recent.last().is_some_and(|last| is_young(*last)));
        }
    }

    fn locale(&mut self, locale: &Locale) -> Number {
        number_of(&mut self.texts, &locale.to_string())
    }

    fn question_number(&mut self, text: &str) -> Number {
        let words: Vec<&str> = text.split_whitespace().collect();
        number_of(&mut self.questions, &words.join(" ").to_lowercase())
    }

    fn article(&mut self, id: &ArticleId, locale: &Locale) -> Number {
        self.articles.insert_full(Translation { id: id.clone(), locale: locale.clone() }).0 as Number
    }

    fn revision(&mut self, revision: &Revision) -> Number {
        let number = match self.revisions.get_index_of(revision) {
            Some(number) => number,
            None => self.revisions.insert_full(revision.clone()).0,
        };
        if number == self.article_of.len() {
            let article = self.article(&revision.id, &revision.locale);
            self.article_of.push(article);
        }
        number as Number
    }

    fn search_named(&self, query_id: &str) -> Option<Number> {
        self.today.queries.get(&short(query_id)).copied()
    }

    fn searched(&mut self, at: Timestamp, day: Date, who: Who, searched: &Searched) {
        let Who { visitor, network } = who;
        let Searched { query_id, query, locale, channel, filters, total, results, answer } = searched;
        let number = self.gone + self.searches.len() as u32;
        let shown: Box<[Number]> = results.iter().filter_map(|shown| self.shown(shown)).collect();
        let market = filters.get("market").map_or(NONE, |market| number_of(&mut self.texts, market));
        let outcome = match answer.as_deref() {
            Some("answered") => Outcome::Answered,
            Some("suggested") => Outcome::Suggested,
            Some("unknown") => Outcome::Unknown,
            _ => Outcome::Results,
        };
        let search = Search {
            at: at.as_second() as u32,
            day,
            visitor,
            question: self.question_number(query),
            locale: self.locale(locale),
            market,
            channel: *channel,
            outcome,
            is_narrowed: filters.keys().any(|name| name != "market"),
            is_found: *total > 0,
            first: shown.first().copied().unwrap_or(NONE),
            network,
            opened: NONE,
            opened_revision: NONE,
            opened_after: 0,
            is_disliked: false,
            is_escalated: false,
        };
        self.searches.push_back(search);
        self.today.queries.insert(short(query_id), number);
        self.today.shown.insert(number, shown);
        let recent = self.today.recent.entry(visitor).or_default();
        if recent.len() == MOST_RECENT {
            recent.remove(0);
        }
        recent.push(number);
    }

    fn shown(&mut self, shown: &Shown) -> Option<Number> {
        Some(self.article(&ArticleId::new(&shown.id)?, &shown.locale.parse().ok()?))
    }

    fn reported(&mut self, at: Timestamp, day: Date, who: Who, search: Option<Number>, report: &Report) {
        let (at, visitor) = (at.as_second() as u32, who.visitor);
        match report {
            Report::Clicked { article, .. } => {
                let revision = self.revision(article);
                if let Some(search) = search {
                    self.opened(search, revision, at);
                }
            }
            Report::Viewed { article } => {
                let revision = self.revision(article);
                let article = self.article_of[revision as usize];
                self.views.push_back(View { day, visitor, article });
                if let Some(search) = search.or_else(|| self.showed(visitor, article, at)) {
                    self.opened(search, revision, at);
                }
            }
            Report::Voted { article, vote } => self.voted(day, who, article, vote, (search, at)),
            Report::Escalated => {
                self.escalations.push_back(Escalation { day, visitor });
                let last = || self.today.recent.get(&visitor).and_then(|recent| recent.last().copied());
                if let Some(search) = search.or_else(last).and_then(|number| self.search_mut(number))
                    && at.saturating_sub(search.at) <= OPENED_WITHIN
                {
                    search.is_escalated = true;
                }
            }
            Report::Rated { score } => {
                let search = search.unwrap_or(NONE);
                self.ratings.push_back(Rating { day, search, score: *score });
            }
        }
    }

    fn voted(
        &mut self,
        day: Date,
        who: Who,
        article: &Revision,
        vote: &Vote,
        (search, at): (Option<Number>, u32),
    ) {
        let Who { visitor, network } = who;
        let revision = self.revision(article);
        let article = self.article_of[revision as usize];
        let Vote { helpful, reason, comment } = vote;
        let vote = Voted {
            day,
            visitor,
            network,
            revision,
            is_helpful: *helpful,
            reason: reason.as_deref().map_or(NONE, |reason| number_of(&mut self.texts, reason)),
            comment: comment.as_deref().map_or(NONE, |comment| number_of(&mut self.texts, comment)),
        };
        match self.voted.get(&(visitor, revision)) {
            // The last word counts; a comment stays.
            Some(known) => {
                let known = &mut self.votes[*known];
                let comment = if vote.comment == NONE { known.comment } else { vote.comment };
                *known = Voted { comment, day: known.day, ..vote };
            }
            None => {
                self.voted.insert((visitor, revision), self.votes.len());
                self.votes.push(vote);
            }
        }
        let search = search.or_else(|| self.showed(visitor, article, at));
        if let Some(search) = search.and_then(|search| self.search_mut(search)) {
            search.is_disliked = !helpful;
        }
    }

    /// Returns the last search of a visitor that showed an article lately.
    fn showed(&self, visitor: Number, article: Number, at: u32) -> Option<Number> {
        let recent = self.today.recent.get(&visitor)?;
        recent.iter().rev().copied().find(|number| {
            let is_recent =
                self.search(*number).is_some_and(|search| at.saturating_sub(search.at) <= OPENED_WITHIN);
            is_recent && self.today.shown.get(number).is_some_and(|shown| shown.contains(&article))
        })
    }

    fn search_mut(&mut self, number: Number) -> Option<&mut Search> {
        self.searches.get_mut(number.checked_sub(self.gone)? as usize)
    }

    /// Keeps which result of a search was opened first.
    fn opened(&mut self, search: Number, revision: Number, at: u32) {
        let article = self.article_of[revision as usize];
        if let Some(search) = self.search_mut(search).filter(|search| search.opened == NONE) {
            search.opened = article;
            search.opened_revision = revision;
            search.opened_after = at.saturating_sub(search.at).min(u32::from(u16::MAX)) as u16;
        }
    }
}

fn drop_before<T>(facts: &mut VecDeque<T>, is_before: impl Fn(&T) -> bool) {
    let gone = facts.partition_point(is_before);
    facts.drain(..gone);
}

/// Returns the number of a text, a new one if it was never seen.
fn number_of(names: &mut Names<Box<str>>, text: &str) -> Number {
    let number = names.get_index_of(text).unwrap_or_else(|| names.insert_full(text.into()).0);
    number as Number
}

/// Shortens a name of the server, which is random.
fn short(name: &str) -> u128 {
    let hash = blake3::hash(name.as_bytes());
    u128::from_le_bytes(hash.as_bytes()[..16].try_into().expect("sixteen bytes"))
}
