//! Query → ranked articles, each with its best passages.
//!
//! [`Searcher::search`] reads as the steps of a search: take the query apart
//! (`query`), find passages (`candidates`), keep what may be seen and is wanted
//! (`facet`), order (`ranking`), show (`snippet`). The day is passed in: nothing
//! here reads a clock or a file beyond the open index.

mod candidates;
mod facet;
mod query;
mod ranking;
mod snippet;

use std::collections::hash_map::Entry;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::DocAddress;

use crate::analysis::Analyzer;
use crate::index::{ArticleOrd, Card, Index};
use crate::locale::Locale;
use candidates::{Finder, FoundPassage};
pub use facet::{Facets, Filters};
pub use query::Match;
use query::Query;
pub use ranking::MatchTier;
use ranking::Rank;
pub use snippet::Highlighted;
use snippet::Highlighter;

/// A search as asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// What the visitor typed; browses if empty.
    pub query: String,
    /// The visitor's locale.
    pub locale: Locale,
    /// Which articles are wanted.
    pub filters: Filters,
    /// How many of the words an article must have.
    pub matching: Match,
    /// Results to leave out from the start.
    pub offset: usize,
    /// Results to return.
    pub limit: usize,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Articles found, whatever their number here; translations count once.
    pub total: usize,
    /// The results asked for, best first.
    pub hits: Vec<Hit>,
    /// Counts over everything found.
    pub facets: Facets,
}

/// One article found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its position in the index searched.
    pub article: ArticleOrd,
    /// Comparable within one search only; zero when browsing.
    pub score: f32,
    /// How well it matches; nothing when browsing.
    pub tier: Option<MatchTier>,
    /// Its title, marked.
    pub title: Highlighted,
    /// Its passages that match best, best first; at least one unless browsing.
    pub passages: Vec<HitPassage>,
}

/// One passage of a hit.
#[derive(Clone, Debug)]
pub struct HitPassage {
    /// Where it starts on the page; the top if nothing.
    pub anchor: Option<String>,
    /// The headings above it.
    pub headings: Vec<String>,
    /// The part to show, marked.
    pub snippet: Highlighted,
}

/// Searches one index.
pub struct Searcher<'a> {
    index: &'a Index,
    analyzer: &'a Analyzer,
    today: Date,
}

/// Articles whose order is computed from every term; further down, the terms
/// that find decide alone.
const RANKED: usize = 100;

/// Passages of an article that are looked at and shown at most.
const PASSAGES: usize = 3;

/// A translation this far below the best one gives way to it, even if it is in
/// a nearer locale.
const NEAR_BEST: f32 = 0.5;

impl<'a> Searcher<'a> {
    /// Searches `index` as of `today`.
    pub fn new(index: &'a Index, analyzer: &'a Analyzer, today: Date) -> Self {
        Self { index, analyzer, today }
    }

    /// Returns the articles that share a term with the query, best first; all
    /// articles in their own order if the query is empty.
    pub fn search(&self, request: &Request) -> tantivy::Result<Results> {
        let query = Query::new(&request.query, request.matching, self.analyzer, &request.locale);
        if query.is_empty() {
            return Ok(self.browse(request));
        }
        let finder = Finder::new(self.index, &query, &request.locale)?;
        let found = self.found(&finder, &query, &request.locale)?;
        let (mut found, facets) = self.filtered(found, request);
        let total = found.len();
        let needed = RANKED.max(request.offset + request.limit);
        if needed < total {
            found.select_nth_unstable_by(needed, |a, b| self.order(a, b));
            found.truncate(needed);
        }
        found.sort_unstable_by(|a, b| self.order(a, b));
        let ranked = RANKED.min(found.len());
        self.rank(&finder, &query, &request.locale, &mut found[..ranked])?;
        found[..ranked].sort_by(|a, b| self.order(a, b));
        let shown = found.into_iter().skip(request.offset).take(request.limit);
        let highlighter = Highlighter::new(&query, self.analyzer);
        let hits = shown
            .map(|found| self.hit(found, &query, &finder, &highlighter))
            .collect::<tantivy::Result<_>>()?;
        Ok(Results { total, hits, facets })
    }

    /// Returns every article found that may be seen today and has what the
    /// query requires, with its best passages.
    fn found(&self, finder: &Finder, query: &Query, locale: &Locale) -> tantivy::Result<Vec<FoundArticle>> {
        let allowed = self.allowed(finder, query)?;
        let exact = finder.exact()?;
        let factors = self.locale_factors(locale);
        let mut found: Vec<FoundArticle> = Vec::new();
        for passage in finder.passages(ranking::weight)? {
            if !allowed[passage.article as usize] {
                continue;
            }
            // The passages of an article come one after another.
            if found.last().is_none_or(|last| last.ord != passage.article) {
                found.push(FoundArticle::new(passage.article));
            }
            let score = passage.score * factors[self.index.locale_number(passage.article)];
            found.last_mut().expect("one was just pushed").add(passage, score);
        }
        for article in found.iter_mut().filter(|article| exact.contains(&article.ord)) {
            article.rank.exact = true;
        }
        Ok(found)
    }

    /// Returns, by article, whether it is shown today and meets the query's
    /// phrases and exclusions.
    fn allowed(&self, finder: &Finder, query: &Query) -> tantivy::Result<Vec<bool>> {
        let mut allowed: Vec<bool> = self.index.cards().map(|card| card.is_visible(self.today)).collect();
        for (requirements, wanted) in [(&query.required, true), (&query.excluded, false)] {
            for requirement in requirements {
                let has = finder.articles_with(requirement)?;
                allowed.iter_mut().zip(has).for_each(|(allowed, has)| *allowed &= has == wanted);
            }
        }
        Ok(allowed)
    }

    /// Returns the factor of every locale of the index, by its number.
    fn locale_factors(&self, locale: &Locale) -> Vec<f32> {
        let factor = |article: &Locale| ranking::locale_factor(locale.distance_to(article));
        self.index.locales().iter().map(factor).collect()
    }

    /// Keeps what the filters want, one translation of each article, and counts:
    /// every translation for its locale, an article once for everything else.
    fn filtered(&self, found: Vec<FoundArticle>, request: &Request) -> (Vec<FoundArticle>, Facets) {
        let filters = &request.filters;
        let mut facets = Facets::default();
        let mut by_locale = vec![0; self.index.locales().len()];
        let mut by_id: FxHashMap<u32, FoundArticle> = FxHashMap::default();
        for article in found {
            let failed = filters.failed_by(self.index.card(article.ord));
            by_locale[self.index.locale_number(article.ord)] += usize::from(failed.is_at_most_locale());
            if failed.is_locale() {
                continue;
            }
            match by_id.entry(self.index.id_number(article.ord)) {
                Entry::Vacant(place) => drop(place.insert(article)),
                Entry::Occupied(mut place) => {
                    let other = place.insert(FoundArticle::new(article.ord));
                    place.insert(self.better_translation(article, other, &request.locale));
                }
            }
        }
        facets.set_locales(self.index.locales(), &by_locale);
        let mut wanted: Vec<FoundArticle> = by_id.into_values().collect();
        wanted.retain(|article| {
            let card = self.index.card(article.ord);
            let failed = filters.failed_by(card);
            facets.count(card, failed);
            failed.is_none()
        });
        (wanted, facets)
    }

    fn better_translation(&self, a: FoundArticle, b: FoundArticle, locale: &Locale) -> FoundArticle {
        let distance = |article: &FoundArticle| locale.distance_to(&self.index.card(article.ord).locale);
        let (near, far) = if distance(&a) <= distance(&b) { (a, b) } else { (b, a) };
        let exact = near.rank.exact || far.rank.exact;
        let mut better = if near.rank.score >= NEAR_BEST * far.rank.score { near } else { far };
        better.rank.exact = exact;
        better
    }

    /// Orders by rank, then by id and locale.
    fn order(&self, a: &FoundArticle, b: &FoundArticle) -> std::cmp::Ordering {
        let identity = |found: &FoundArticle| {
            let card = self.index.card(found.ord);
            (&card.id, &card.locale)
        };
        a.rank.best_first(&b.rank).then_with(|| identity(a).cmp(&identity(b)))
    }

    /// Scores the best passages of `found` by every term of the query.
    fn rank(
        &self,
        finder: &Finder,
        query: &Query,
        locale: &Locale,
        found: &mut [FoundArticle],
    ) -> tantivy::Result<()> {
        let addresses: Vec<DocAddress> = found.iter().flat_map(FoundArticle::addresses).collect();
        let mut matches = finder.matches(&addresses)?.into_iter();
        for article in found {
            let factor = ranking::locale_factor(locale.distance_to(&self.index.card(article.ord).locale));
            for (passage, matched) in article.passages.iter_mut().zip(&mut matches) {
                passage.score = ranking::score(&matched) * factor;
                passage.tier = Some(ranking::tier(query, &matched));
            }
            article.passages.sort_by(|a, b| b.score.total_cmp(&a.score));
            article.rank.score = ranking::article_score(article.passages.iter().map(|passage| passage.score));
        }
        Ok(())
    }

    fn hit(
        &self,
        found: FoundArticle,
        query: &Query,
        finder: &Finder,
        highlighter: &Highlighter,
    ) -> tantivy::Result<Hit> {
        let card = self.index.card(found.ord);
        let tier = match found.passages[0].tier {
            _ if found.rank.exact => MatchTier::Exact,
            Some(tier) => tier,
            None => ranking::tier(query, &finder.matches(&[found.passages[0].address])?[0]),
        };
        let passages =
            found.passages.iter().map(|passage| self.hit_passage(passage.address, card, highlighter));
        Ok(Hit {
            article: found.ord,
            score: found.rank.score,
            tier: Some(tier),
            title: highlighter.mark(&card.title, &card.locale),
            passages: passages.collect::<tantivy::Result<_>>()?,
        })
    }

    fn hit_passage(
        &self,
        address: DocAddress,
        card: &Card,
        highlighter: &Highlighter,
    ) -> tantivy::Result<HitPassage> {
        let passage = self.index.passage(address)?;
        let snippet = highlighter.snippet(&passage.text, &card.locale);
        Ok(HitPassage { anchor: passage.anchor, headings: passage.headings, snippet })
    }

    /// Returns all articles that are wanted, in the order of their authors.
    fn browse(&self, request: &Request) -> Results {
        let visible = (0..self.index.cards().len() as ArticleOrd)
            .filter(|ord| self.index.card(*ord).is_visible(self.today));
        let (mut found, facets) = self.filtered(visible.map(FoundArticle::new).collect(), request);
        found.sort_by_cached_key(|found| {
            let card = self.index.card(found.ord);
            let foreign = request.locale.distance_to(&card.locale);
            (foreign, card.category.clone(), card.order, card.id.clone())
        });
        let hit = |found: FoundArticle| Hit {
            article: found.ord,
            score: 0.0,
            tier: None,
            title: Highlighted { text: self.index.card(found.ord).title.clone(), ranges: Vec::new() },
            passages: Vec::new(),
        };
        let total = found.len();
        let hits = found.into_iter().skip(request.offset).take(request.limit).map(hit).collect();
        Results { total, hits, facets }
    }
}

/// An article and its best passages, on the way to a hit.
struct FoundArticle {
    ord: ArticleOrd,
    rank: Rank,
    /// Best first, at most [`PASSAGES`].
    passages: Vec<RankedPassage>,
}

struct RankedPassage {
    address: DocAddress,
    score: f32,
    tier: Option<MatchTier>,
}

impl FoundArticle {
    fn new(ord: ArticleOrd) -> Self {
        Self { ord, rank: Rank { exact: false, score: 0.0 }, passages: Vec::new() }
    }

    fn add(&mut self, passage: FoundPassage, score: f32) {
        let place = self.passages.partition_point(|other| other.score >= score);
        if place < PASSAGES {
            self.passages.insert(place, RankedPassage { address: passage.address, score, tier: None });
            self.passages.truncate(PASSAGES);
        }
        self.rank.score = self.rank.score.max(score);
    }

    fn addresses(&self) -> impl Iterator<Item = DocAddress> {
        self.passages.iter().map(|passage| passage.address)
    }
}
