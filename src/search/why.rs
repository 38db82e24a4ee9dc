//! Why an article ranks where it does for a query, or is not found, and the cheapest
//! way to change that.
//!
//! It knows the index that it asks and nothing else: of an article that is not in the
//! customers' index, or not shown today, customers learn what they learn of one that
//! does not exist (`http::api`).

use super::query::{Query, Requirement, Term};
use super::ranking::MatchTier;
use super::{Matches, Request, Searcher};
use crate::analysis::is_unspaced;
use crate::content::ArticleId;
use crate::index::{ArticleOrd, Card, View};
use crate::locale::Locale;

/// What became of an article in a search.
#[derive(Clone, Debug)]
pub struct Why {
    /// The query as it is compared: characters folded, politeness left out.
    pub normalized: String,
    /// The translation that was looked at: the one found, else the nearest.
    pub locale: Locale,
    /// Articles that the query finds as typed.
    pub total: usize,
    /// Where it is among the results, or why it is not.
    pub outcome: Outcome,
    /// What was looked for, and what each gave the best passage of the article.
    pub terms: Vec<TermShare>,
    /// What would help, the cheapest first.
    pub fixes: Vec<Fix>,
}

/// Where an article is among the results, or why it is not.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was found.
    Found(Place),
    /// It is not shown today: not yet, or no longer.
    NotInEffect,
    /// A filter leaves it out.
    Filtered,
    /// It lacks words or a phrase that the query demands.
    LacksDemand,
    /// It has something that the query excludes.
    HasExcluded,
    /// It shares no word with the query.
    NothingInCommon,
}

impl Outcome {
    /// Returns the stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::NotInEffect => "not_in_effect",
            Self::Filtered => "filtered",
            Self::LacksDemand => "lacks_demand",
            Self::HasExcluded => "has_excluded",
            Self::NothingInCommon => "nothing_in_common",
        }
    }
}

/// A place among the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Counted from one.
    pub rank: usize,
    /// How it matches.
    pub tier: MatchTier,
    /// What orders it within its tier; the sum of what the terms gave its best
    /// passage, a part of that of further ones, times the factors of its locale and of what readers made of it. Where
    /// the query is compared by meaning, that as a part of the most that the terms could
    /// give, and the share of meaning.
    pub score: f32,
    /// What meaning gave it, where the query was compared by meaning.
    pub meaning: Option<MeaningShare>,
    /// The factor of its locale.
    pub locale_factor: f32,
    /// The factor of what readers made of it.
    pub learned_factor: f32,
    /// Where its best passage starts on the page; the top if nothing.
    pub anchor: Option<String>,
    /// What the query was put right to, if only that found it.
    pub corrected: Option<String>,
}

/// What meaning gave an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeaningShare {
    /// How near it is to the query, 1 at most.
    pub cosine: f32,
    /// What that adds to its score.
    pub score: f32,
}

/// A term and what it gave.
#[derive(Clone, Debug, PartialEq)]
pub struct TermShare {
    /// As it is in the index.
    pub term: String,
    /// Where it is looked for: `words`, `grams`, `chars` or `title`.
    pub field: &'static str,
    /// Where it comes from: `typed`, `synonym` or `function_word`.
    pub origin: &'static str,
    /// Whether having it makes a hit.
    pub finds: bool,
    /// Passages that have it.
    pub passages: u32,
    /// What it counts for.
    pub weight: f32,
    /// What it gave the article's best passage; zero if that lacks it.
    pub score: f32,
}

/// A change that would bring an article up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Write the query among the article's `questions`.
    AddQuestion(String),
    /// Write a line to `synonyms.txt`.
    AddSynonym(String),
    /// Write a word to `dictionary.txt`.
    AddWord(String),
    /// Change `effective` or `expires`.
    ChangeDates,
    /// Search without quotation marks, exclusions or filters.
    AskForLess,
}

impl Fix {
    /// Returns the stable name, and what to write where there is something.
    pub fn parts(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::AddQuestion(text) => ("add_question", Some(text)),
            Self::AddSynonym(line) => ("add_synonym", Some(line)),
            Self::AddWord(word) => ("add_word", Some(word)),
            Self::ChangeDates => ("change_dates", None),
            Self::AskForLess => ("ask_for_less", None),
        }
    }
}

/// An article further down is not seen by most visitors.
const SEEN: usize = 3;

/// Results among which an article is looked for that was not found as typed.
const RESCUED: usize = 20;

impl Searcher<'_> {
    /// Explains what becomes of the article `id` in a search; nothing if the index has
    /// no such article.
    pub fn why(&self, request: &Request, id: &ArticleId) -> tantivy::Result<Option<Why>> {
        let mut translations = self.index.articles.translations(id).to_vec();
        translations.sort_by_key(|ord| {
            let card = self.index.card(*ord);
            (!card.is_visible(self.today), request.locale.distance_to(&card.locale))
        });
        let Some(nearest) = translations.first().copied() else { return Ok(None) };
        let typed = self.query(request);
        let mut matches = self.matches(&typed, request)?;
        let widened = typed.widened().filter(|_| matches.found.len() < super::FEW);
        if let Some(widened) = &widened {
            matches = self.matches(widened, request)?;
        }
        let query = widened.as_ref().unwrap_or(&typed);
        let total = matches.found.len();
        let place = self.place(query, &mut matches, request, &translations)?;
        let article = place.as_ref().map_or(nearest, |(article, _)| *article);
        let rescued =
            if place.is_none() { self.rescued_place(query, request, &translations, total)? } else { None };
        let outcome = match (place, rescued) {
            (Some((_, place)), _) | (None, Some(place)) => Outcome::Found(place),
            (None, None) => self.absence(query, &matches, request, article)?,
        };
        let card = self.index.card(article);
        Ok(Some(Why {
            normalized: self.normalized(&request.query),
            locale: card.locale.clone(),
            total,
            terms: self.shares(query, &matches, article)?,
            fixes: self.fixes(query, &outcome, request, card),
            outcome,
        }))
    }

    fn normalized(&self, query: &str) -> String {
        self.analyzer.normalize(self.analyzer.without_politeness(query)).folded.into_iter().collect()
    }

    /// Returns which translation was found as typed, and where it is.
    fn place(
        &self,
        query: &Query,
        matches: &mut Matches,
        request: &Request,
        translations: &[ArticleOrd],
    ) -> tantivy::Result<Option<(ArticleOrd, Place)>> {
        let all = matches.found.len().max(super::RANKED);
        let ranked = self.ranked(matches, all)?;
        let ranked = self.with_meant(ranked, query, matches)?;
        let Some(at) = ranked.iter().position(|ranked| translations.contains(&ranked.article.ord)) else {
            return Ok(None);
        };
        let found = &ranked[at];
        let best = found.passages[0].address;
        let has_term = matches.finder.terms_in(&[best])?.remove(0);
        let tier = found.tier(query, &has_term);
        let locale = &self.index.card(found.article.ord).locale;
        let place = Place {
            rank: at + 1,
            tier,
            score: found.article.score,
            meaning: matches.nearness.as_ref().and_then(|near| near.share(found.article.ord, self.index)),
            locale_factor: self.locale_factor(&request.locale, query, locale),
            learned_factor: self.learned_factor(found.article.ord),
            anchor: self.index.passage(best)?.anchor,
            corrected: None,
        };
        Ok(Some((found.article.ord, place)))
    }

    /// Returns where an article is that only a rescue found.
    fn rescued_place(
        &self,
        query: &Query,
        request: &Request,
        translations: &[ArticleOrd],
        total: usize,
    ) -> tantivy::Result<Option<Place>> {
        if total >= super::FEW || request.query.is_empty() {
            return Ok(None);
        }
        let results = self.search(&Request { offset: 0, limit: RESCUED, ..request.clone() })?;
        let at = results.hits.iter().position(|hit| translations.contains(&hit.article));
        let place = |at: usize| {
            let hit = &results.hits[at];
            let tier = hit.tier?;
            let locale = &self.index.card(hit.article).locale;
            Some(Place {
                rank: at + 1,
                tier,
                score: hit.score,
                meaning: None,
                locale_factor: self.locale_factor(&request.locale, query, locale),
                learned_factor: self.learned_factor(hit.article),
                anchor: hit.passages.first().and_then(|passage| passage.anchor.clone()),
                corrected: results.did_you_mean.clone().filter(|_| tier != MatchTier::Relaxed),
            })
        };
        Ok(at.and_then(place))
    }

    /// Returns why an article is not among those found.
    fn absence(
        &self,
        query: &Query,
        matches: &Matches,
        request: &Request,
        article: ArticleOrd,
    ) -> tantivy::Result<Outcome> {
        let card = self.index.card(article);
        if !card.is_visible(self.today) {
            return Ok(Outcome::NotInEffect);
        }
        let has = |requirement: &Requirement| -> tantivy::Result<bool> {
            Ok(matches.finder.articles_with(requirement)?[article as usize])
        };
        for excluded in &query.excluded {
            if has(excluded)? {
                return Ok(Outcome::HasExcluded);
            }
        }
        for required in &query.required {
            if !has(required)? {
                return Ok(Outcome::LacksDemand);
            }
        }
        let shares_something =
            matches.scores.passages(self.index.articles.passages(article)).next().is_some();
        let is_filtered = shares_something || (query.is_empty() && request.filters != Default::default());
        Ok(if is_filtered { Outcome::Filtered } else { Outcome::NothingInCommon })
    }

    /// Returns what each term gave the best passage of an article, or its first if it
    /// has none of them.
    fn shares(
        &self,
        query: &Query,
        matches: &Matches,
        article: ArticleOrd,
    ) -> tantivy::Result<Vec<TermShare>> {
        let first = self.index.articles.first_passage(article);
        let passages = matches.scores.passages(self.index.articles.passages(article));
        let best = passages.max_by(|a, b| a.score.total_cmp(&b.score).then(b.address.cmp(&a.address)));
        let shares = matches.finder.shares(best.map_or(first, |passage| passage.address))?;
        let share = |(term, share): (&Term, super::candidates::Share)| TermShare {
            term: term.text.clone(),
            field: match term.view {
                View::Words => "words",
                View::Grams => "grams",
                View::Chars => "chars",
                View::Title => "title",
            },
            origin: match (term.is_synonym, term.is_function_word) {
                (true, _) => "synonym",
                (false, true) => "function_word",
                (false, false) => "typed",
            },
            finds: term.finds,
            passages: share.having,
            weight: share.at_most,
            score: share.score,
        };
        Ok(query.terms.iter().zip(shares).map(share).collect())
    }

    fn fixes(&self, query: &Query, outcome: &Outcome, request: &Request, card: &Card) -> Vec<Fix> {
        let question = self.analyzer.without_politeness(&request.query).trim().to_owned();
        match outcome {
            Outcome::NotInEffect => vec![Fix::ChangeDates],
            Outcome::Filtered | Outcome::HasExcluded | Outcome::LacksDemand => vec![Fix::AskForLess],
            Outcome::Found(place) if place.rank <= SEEN && place.corrected.is_none() => Vec::new(),
            Outcome::Found(Place { corrected: Some(corrected), .. }) => {
                vec![Fix::AddSynonym(format!("{question} => {corrected}")), Fix::AddQuestion(question)]
            }
            Outcome::Found(_) => {
                let cut = cut_word(query, &self.normalized(&card.title)).map(Fix::AddWord);
                [Fix::AddQuestion(question)].into_iter().chain(cut).collect()
            }
            Outcome::NothingInCommon => {
                vec![
                    Fix::AddQuestion(question.clone()),
                    Fix::AddSynonym(format!("{question} => {}", card.title)),
                ]
            }
        }
    }
}

/// Returns what is typed in one run of Han characters and stands so in the title, if
/// segmentation cuts it.
fn cut_word(query: &Query, title: &str) -> Option<String> {
    const LONGEST: usize = 6;
    let is_cut = |word: &String| {
        let is_word = query.terms.iter().any(|term| term.view == View::Words && term.text == *word);
        (2..=LONGEST).contains(&word.chars().count())
            && word.starts_with(is_unspaced)
            && !is_word
            && title.contains(word.as_str())
    };
    query.runs.iter().map(|run| run.iter().collect::<String>()).find(is_cut)
}
