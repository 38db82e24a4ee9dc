//! What visitors looked for and did not find, one entry for all who meant the same.
//!
//! A question is a gap where more than half of its searches left their visitors without help:
//! it was not answered and no result was opened, or what was opened did not help, or the visitor
//! went on to ask a person. What agents missed for a ticket belongs to it. Queries that
//! mean the same are one gap (`cluster`).
//!
//! A text is shown only where enough visitors typed it. A gap that enough visitors have, each in
//! words of their own, is named by the words that enough of them share.

mod cluster;

use rustc_hash::{FxHashMap, FxHashSet};

pub use cluster::{Query, cluster};

use super::facts::{Facts, NONE, Number};
use super::{Scope, Within};
use crate::analysis::Analyzer;
use crate::locale::Locale;

/// What is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The same while it is asked for in the same words most.
    pub id: String,
    /// The wordings that may be shown, those asked most first.
    pub questions: Vec<Wording>,
    /// What the wordings have in common, where none may be shown.
    pub words: Vec<String>,
    /// The locale of most who asked.
    pub locale: Locale,
    /// How many wordings there are in all.
    pub wordings: usize,
    /// How many searches failed, and tickets for which agents missed an article.
    pub times: u64,
    /// How many visitors asked, those of one network once.
    pub visitors: u64,
}

/// One wording of what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// As typed, in small letters.
    pub text: String,
    /// How often its search failed.
    pub times: u64,
}

impl Gap {
    /// Returns what to call it.
    pub fn name(&self) -> String {
        match self.questions.first() {
            Some(question) => question.text.clone(),
            None => self.words.join(" "),
        }
    }
}

/// The failed searches of one question in one locale.
#[derive(Default)]
struct Failed {
    times: u64,
    all: u64,
    networks: FxHashSet<Number>,
    /// Tickets for which agents missed it.
    missed: u64,
}

/// Questions that are looked at, those that failed most.
const MOST_QUESTIONS: usize = 20_000;

/// Returns what is missing, what was asked for most first.
pub(super) fn gaps(facts: &Facts, scope: &Scope, analyzer: &Analyzer, least_visitors: u64) -> Vec<Gap> {
    let mut failed: Vec<((Number, Number), Failed)> = failed(facts, scope).into_iter().collect();
    failed.sort_by(|(a, one), (b, other)| other.asked().cmp(&one.asked()).then_with(|| facts.order(*a, *b)));
    failed.truncate(MOST_QUESTIONS);
    let locales: Vec<Locale> = failed
        .iter()
        .map(|((_, locale), _)| facts.texts[*locale as usize].parse().unwrap_or_else(|_| Locale::english()))
        .collect();
    let queries: Vec<Query> = failed
        .iter()
        .zip(&locales)
        .map(|(((question, _), failed), locale)| Query {
            text: &facts.questions[*question as usize],
            locale,
            times: failed.asked(),
        })
        .collect();
    let groups = cluster(&queries, analyzer);
    let gaps = groups.into_iter().filter_map(|group| {
        let members: Vec<(&Query, &Failed)> =
            group.iter().map(|at| (&queries[*at], &failed[*at].1)).collect();
        gap(&members, analyzer, least_visitors)
    });
    gaps.collect()
}

impl Failed {
    fn asked(&self) -> u64 {
        self.times + self.missed
    }

    /// Returns whether so many people asked it that it may be shown.
    fn may_be_shown(&self, least_visitors: u64) -> bool {
        // Each ticket is of another customer, as far as that is known.
        self.networks.len() as u64 + self.missed >= least_visitors
    }
}

fn failed(facts: &Facts, scope: &Scope) -> FxHashMap<(Number, Number), Failed> {
    let within = Within::new(facts, scope);
    let mut failed: FxHashMap<(Number, Number), Failed> = FxHashMap::default();
    for search in within.searches() {
        let failed = failed.entry((search.question, search.locale)).or_default();
        failed.all += 1;
        if search.failed() {
            failed.times += 1;
            if search.network != NONE {
                failed.networks.insert(search.network);
            }
        }
    }
    for missed in within.missed() {
        failed.entry((missed.problem, missed.locale)).or_default().missed += 1;
    }
    failed.retain(|_, failed| failed.missed > 0 || failed.times * 2 > failed.all);
    failed
}

/// Makes a gap of queries that mean the same; nothing if too few visitors had it.
fn gap(members: &[(&Query, &Failed)], analyzer: &Analyzer, least_visitors: u64) -> Option<Gap> {
    let visitors: FxHashSet<Number> =
        members.iter().flat_map(|(_, failed)| &failed.networks).copied().collect();
    let missed: u64 = members.iter().map(|(_, failed)| failed.missed).sum();
    if visitors.len() as u64 + missed < least_visitors {
        return None;
    }
    let shown = members.iter().filter(|(_, failed)| failed.may_be_shown(least_visitors));
    let questions: Vec<Wording> =
        shown.map(|(query, failed)| Wording { text: query.text.to_owned(), times: failed.asked() }).collect();
    let words = match questions.is_empty() {
        true => shared_words(members, analyzer, least_visitors),
        false => Vec::new(),
    };
    if questions.is_empty() && words.is_empty() {
        return None;
    }
    let (first, _) = members.first()?;
    let gap = Gap {
        id: String::new(),
        questions,
        words,
        locale: first.locale.clone(),
        wordings: members.len(),
        times: members.iter().map(|(_, failed)| failed.asked()).sum(),
        visitors: visitors.len() as u64 + missed,
    };
    // Of what is shown: what is not could be guessed from it.
    let id = blake3::hash(format!("{} {}", gap.locale, gap.name()).as_bytes()).to_hex()[..16].to_owned();
    Some(Gap { id, ..gap })
}

/// Words of one gap that name it.
const MOST_WORDS: usize = 5;

/// Returns the words that enough visitors used, those of most first.
fn shared_words(members: &[(&Query, &Failed)], analyzer: &Analyzer, least_visitors: u64) -> Vec<String> {
    let mut users: FxHashMap<String, (FxHashSet<Number>, u64)> = FxHashMap::default();
    for (query, failed) in members {
        let words = analyzer.analyze(query.text, query.locale).words;
        let said: FxHashSet<String> = words
            .iter()
            .filter(|(term, _)| !analyzer.is_function_word(term, query.locale))
            .map(|(_, bytes)| query.text[bytes].to_owned())
            .collect();
        for word in said {
            let (visitors, missed) = users.entry(word).or_default();
            visitors.extend(&failed.networks);
            *missed += failed.missed;
        }
    }
    let mut words: Vec<(u64, String)> =
        users.into_iter().map(|(word, (visitors, missed))| (visitors.len() as u64 + missed, word)).collect();
    words.retain(|(count, _)| *count >= least_visitors);
    words.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.cmp(b)));
    words.into_iter().take(MOST_WORDS).map(|(_, word)| word).collect()
}
