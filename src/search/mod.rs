//! Query → ranked articles, each with its best passages.
//!
//! [`Searcher::search`] reads as the steps of a search: take the query apart
//! (`query`), find passages (`candidates`), keep what may be seen and is wanted
//! (`collector`, `facet`), order (`ranking`), show (`snippet`); where that finds
//! little, look for what was meant (`rescue`, `correction`). While a query is being
//! typed, `completion` suggests how it may go on. The day is passed in:
//! nothing here reads a clock or a file beyond the open index.

mod candidates;
mod collector;
mod completion;
mod correction;
mod evidence;
mod facet;
mod learned;
mod meaning;
mod query;
mod ranking;
mod rescue;
mod snippet;
mod why;

use std::sync::Arc;

use jiff::civil::Date;
use tantivy::DocAddress;

use crate::analysis::{Analyzer, Guess, UNSURE};
use crate::index::{ArticleOrd, Card, Index, PassageVectors};
use crate::locale::Locale;
use crate::semantic::Vector;
use candidates::{Finder, Passage, Rest, Scores, Worth};
use collector::{Collector, Found};
pub use completion::{Completion, Use};
pub(crate) use evidence::WeightedTerm;
pub use evidence::{Cosines, Evidence};
pub use facet::{Facets, Filters};
pub use learned::{Learned, Opinion};
use meaning::{Nearness, Sought};
pub use query::Match;
use query::{Query, Typed};
pub use ranking::{MatchTier, Weights};
pub use snippet::Highlighted;
use snippet::Highlighter;
pub use why::{Fix, MeaningShare, Outcome, Place, TermShare, Why};

/// A search as asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// What the visitor typed; browses if empty.
    pub query: String,
    /// What it means, where that is known.
    pub vector: Option<Vector>,
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
    /// Passages of each result to show, [`PASSAGES`] at most.
    pub passages: usize,
}

impl Request {
    /// Asks for the first `limit` results of all articles, each with its best passage.
    pub fn first(limit: usize, query: String, vector: Option<Vector>, locale: Locale) -> Self {
        let filters = Filters::default();
        Self { query, vector, locale, filters, matching: Match::Auto, offset: 0, limit, passages: 1 }
    }
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Articles found by what was typed, whatever their number here; translations
    /// count once.
    pub total: usize,
    /// Results that can be paged through: these, and those found by their meaning.
    pub listed: usize,
    /// The results asked for, best first. Where they are few, results of what may
    /// have been meant fill the page; their tier says so.
    pub hits: Vec<Hit>,
    /// Counts over everything found by what was typed.
    pub facets: Facets,
    /// What the visitor may have meant; it finds something.
    pub did_you_mean: Option<String>,
    /// What language the query seems to be in.
    pub language: Option<Guess>,
    /// How near the nearest question is that some article says it does not answer.
    pub(crate) not_question: Option<f32>,
    /// What the query is looked for by; nothing when browsing.
    pub(crate) terms: Vec<WeightedTerm>,
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
    /// Its passages that match best, best first, as many as asked for; at least one unless browsing.
    pub passages: Vec<HitPassage>,
    /// What else speaks for it.
    pub evidence: Evidence,
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
    weights: &'a Weights,
    today: Date,
    vectors: Option<&'a PassageVectors>,
    learned: Option<Arc<Learned>>,
}

/// Articles whose order is computed from every term; further down, the terms
/// that find decide alone.
const RANKED: usize = 100;

/// Fewer results than fill a page: then passages that share nothing but function
/// words with the query are results too (clinc150 +1.0 points; in a large help
/// center they would be most of what is found).
const FEW: usize = 10;

/// Passages of an article that are looked at and shown at most.
pub const PASSAGES: usize = 3;

/// A related article comes this near to the best result at most.
const BELOW_BEST: f32 = 0.99;

impl<'a> Searcher<'a> {
    /// Searches `index` as of `today`.
    pub fn new(index: &'a Index, analyzer: &'a Analyzer, weights: &'a Weights, today: Date) -> Self {
        Self { index, analyzer, weights, today, vectors: None, learned: None }
    }

    /// Returns the index that is searched.
    pub fn index(&self) -> &Index {
        self.index
    }

    /// Searches by meaning too, where `vectors` of the same index are known.
    pub fn with_vectors(self, vectors: Option<&'a PassageVectors>) -> Self {
        Self { vectors, ..self }
    }

    /// Lets what readers made of articles choose between those that match alike.
    pub fn with_learned(self, learned: Arc<Learned>) -> Self {
        Self { learned: Some(learned).filter(|learned| !learned.is_empty()), ..self }
    }

    /// Returns the articles that share a term with the query, best first; all
    /// articles in their own order if the query is empty.
    pub fn search(&self, request: &Request) -> tantivy::Result<Results> {
        let query = self.query(request);
        if query.is_empty() {
            return Ok(self.browse(request));
        }
        let (mut results, mut found) = self.find(&query, request)?;
        if results.total == 0 && query.leaves_out_politeness {
            (results, found) = self.find(&self.whole_query(request), request)?;
        }
        if results.total < FEW {
            self.rescue(&query, request, &mut results, found)?;
        }
        results.language = Some(query.language);
        Ok(results)
    }

    /// Finds by what was typed; also returns all articles found, if they are few.
    fn find(&self, query: &Query, request: &Request) -> tantivy::Result<(Results, Vec<ArticleOrd>)> {
        let matches = self.matches(query, request)?;
        if matches.found.len() < FEW
            && let Some(widened) = query.widened()
        {
            let matches = self.matches(&widened, request)?;
            let few = matches.few();
            return Ok((self.results(&widened, matches, request)?, few));
        }
        let few = matches.few();
        Ok((self.results(query, matches, request)?, few))
    }

    fn query(&self, request: &Request) -> Query {
        self.query_for(request, self.analyzer.without_politeness(&request.query))
    }

    /// Returns the query with the politeness around it, for when the rest finds nothing.
    fn whole_query(&self, request: &Request) -> Query {
        self.query_for(request, &request.query)
    }

    fn query_for(&self, request: &Request, question: &str) -> Query {
        let (language, locale) = self.written_in(request);
        let (text, matching) = (request.query.as_str(), request.matching);
        let typed = Typed { text, question, matching, language, locale: &locale };
        Query::new(typed, self.analyzer, self.weights)
    }

    /// Returns the locale that a text is surely written in, among those that have articles;
    /// else `default`.
    pub fn locale_of(&self, text: &str, default: &Locale) -> Locale {
        self.read_in(text, default).1
    }

    /// Guesses the language of a query, and returns the locale to read it in: the
    /// visitor's, unless it is surely in another language that has articles.
    fn written_in(&self, request: &Request) -> (Guess, Locale) {
        self.read_in(&request.query, &request.locale)
    }

    fn read_in(&self, text: &str, prior: &Locale) -> (Guess, Locale) {
        let locales = self.index.articles.locales();
        let mut among: Vec<&str> = locales.iter().map(Locale::language).collect();
        among.sort_unstable();
        among.dedup();
        let guess = self.analyzer.guess_language(text, prior, &among);
        let is_other = guess.confidence > UNSURE && guess.language != prior.language();
        let other = locales.iter().filter(|locale| is_other && locale.language() == guess.language).min();
        let locale = other.unwrap_or(prior).clone();
        (guess, locale)
    }

    /// Finds the articles of a query.
    fn matches<'q>(&'q self, query: &'q Query, request: &Request) -> tantivy::Result<Matches<'q>> {
        let finder = Finder::new(self.index, query, self.weights, &query.locale)?;
        let scores = finder.scores()?;
        let excluded = self.excluded(&finder, query)?;
        let is_excluded =
            |article: ArticleOrd| excluded.get(article as usize).is_some_and(|excluded| *excluded);
        let factors = self.locale_factors(&request.locale, query);
        let exact = finder.exact()?;
        let denied = finder.denied()?.into_iter().map(|ord| self.index.articles.id_number(ord)).collect();
        let mut collector = Collector::new(self.index, &request.filters, &request.locale);
        scores.for_each_article(self.index, |ord, score| {
            if !is_excluded(ord) {
                let score = score * factors[self.index.articles.locale_number(ord)];
                collector.add(Found { ord, exact: exact.contains(&ord), score });
            }
        });
        let is_wanted = |article| !is_excluded(article) && collector.wants(article);
        let mut nearness = self.nearness(query, request, is_wanted);
        let (mut found, facets) = collector.finish();
        if let Some(nearness) = &mut nearness {
            nearness.fill_gaps(&found, self.index);
            for found in &mut found {
                found.score = nearness.score(found.ord, found.score / scores.reach, self.index);
            }
        }
        let meant = nearness.as_ref().filter(|_| meaning::may_be_meant(query));
        let mut meant = meant.map(|nearness| nearness.only_meant(&found, self.index)).unwrap_or_default();
        if self.learned.is_some() {
            meant.iter_mut().for_each(|meant| meant.article.score *= self.learned_factor(meant.article.ord));
            meant.sort_by(|a, b| collector::best_first(&a.article, &b.article, self.index));
        }
        let rest = Rest::default();
        Ok(Matches { finder, scores, rest, found, denied, facets, factors, nearness, meant })
    }

    /// Compares what the query means with the articles that are wanted and shown today.
    fn nearness(
        &self,
        query: &Query,
        request: &Request,
        is_wanted: impl Fn(ArticleOrd) -> bool,
    ) -> Option<Nearness> {
        let (vectors, vector) = (self.vectors?, request.vector.as_ref()?);
        let sought = Sought {
            vector,
            language: query_language(query),
            visitor: &request.locale,
            weights: self.weights,
        };
        Some(Nearness::new(vectors, &sought, self.index, is_wanted))
    }

    /// Puts what was found in order and shows the part that was asked for.
    fn results(&self, query: &Query, mut matches: Matches, request: &Request) -> tantivy::Result<Results> {
        let total = matches.found.len();
        let ranked = self.ranked(&mut matches, RANKED.max(request.offset + request.limit))?;
        let mut ranked = self.with_meant(ranked, query, &mut matches)?;
        ranked.sort_by_key(|ranked| self.is_denied(ranked, &matches));
        let shown: Vec<Ranked> = ranked.into_iter().skip(request.offset).take(request.limit).collect();
        let has_terms = matches.finder.terms_in(&best_passages(&shown))?;
        let highlighter = Highlighter::new(query, self.analyzer);
        let is_hit = |has: &[bool]| has.iter().filter(|has| **has).count() >= query.least_terms;
        let hits = shown
            .into_iter()
            .zip(has_terms)
            .filter(|(ranked, has_term)| ranked.meant || ranked.article.exact || is_hit(has_term));
        let hits = hits.map(|(ranked, has_term)| {
            let tier = ranked.tier(query, &has_term);
            let evidence = self.evidence(&ranked, &matches, request);
            let has_subject = query.terms.iter().zip(&has_term).any(|(term, has)| *has && term.is_subject());
            let evidence = Evidence { has_subject, ..evidence };
            self.hit(ranked, tier, evidence, &highlighter, request.passages)
        });
        let hits = hits.collect::<tantivy::Result<_>>()?;
        Ok(Results {
            total,
            listed: total + matches.meant.len(),
            hits,
            not_question: matches.nearness.as_ref().and_then(|nearness| nearness.not_question),
            terms: evidence::weighted(query, &matches.worths()),
            facets: matches.facets,
            did_you_mean: None,
            language: None,
        })
    }

    fn is_denied(&self, ranked: &Ranked, matches: &Matches) -> bool {
        matches.denied.contains(&self.index.articles.id_number(ranked.article.ord))
    }

    /// Puts together what speaks for an article that was found.
    fn evidence(&self, ranked: &Ranked, matches: &Matches, request: &Request) -> Evidence {
        let reach = matches.scores.reach + matches.rest.reach;
        let share = |passage: &Passage| (passage.address, (passage.score / reach).clamp(0.0, 1.0));
        let by_words: Vec<_> = match ranked.meant {
            true => Vec::new(),
            false => ranked.passages.iter().map(share).collect(),
        };
        let near = self.vectors.zip(request.vector.as_ref());
        let is_denied = self.is_denied(ranked, matches);
        Evidence { is_denied, ..Evidence::new(&by_words, ranked.article.ord, near, self.weights) }
    }

    /// Puts the articles that only meaning finds among the others: by score, though
    /// after all that have every word of the query. A query of names and key words that
    /// some article in its language has is answered by its words: such words mean little.
    fn with_meant(
        &self,
        mut ranked: Vec<Ranked>,
        query: &Query,
        matches: &mut Matches,
    ) -> tantivy::Result<Vec<Ranked>> {
        let Some(best) = matches.meant.first().map(|meant| meant.article.score) else { return Ok(ranked) };
        let first_ranked = &ranked[..RANKED.min(ranked.len())];
        let has_terms = matches.finder.terms_in(&best_passages(first_ranked))?;
        let has_all = |(ranked, has): (&Ranked, &Vec<bool>)| ranked.tier(query, has) <= MatchTier::AllWords;
        let has_all: Vec<bool> = first_ranked.iter().zip(&has_terms).map(has_all).collect();
        let language = query_language(query);
        let is_own = |ranked: &Ranked| self.index.card(ranked.article.ord).locale.language() == language;
        if !query.is_sentence()
            && first_ranked.iter().zip(&has_all).any(|(ranked, has_all)| *has_all && is_own(ranked))
        {
            matches.meant.clear();
            return Ok(ranked);
        }
        let better = ranked.iter().position(|ranked| ranked.article.score < best).unwrap_or(ranked.len());
        let first = has_all.iter().rposition(|has_all| *has_all).map_or(better, |last| better.max(last + 1));
        if let Some(above) = first.checked_sub(1).map(|last| ranked[last].article.score) {
            for meant in &mut matches.meant {
                meant.article.score = meant.article.score.min(above);
            }
        }
        let mut rest = ranked.split_off(first).into_iter().peekable();
        for meant in &matches.meant {
            let better = |ranked: &Ranked| ranked.article.score >= meant.article.score;
            ranked.extend(std::iter::from_fn(|| rest.next_if(better)));
            ranked.push(meant.clone());
        }
        ranked.extend(rest);
        Ok(ranked)
    }

    /// Returns, by article, whether it is not shown today or fails the query's
    /// phrases and exclusions; nothing if that holds for none.
    fn excluded(&self, finder: &Finder, query: &Query) -> tantivy::Result<Vec<bool>> {
        let mut excluded = Vec::new();
        for ord in self.index.articles.hidden(self.today) {
            excluded.resize(self.index.articles.len(), false);
            excluded[ord as usize] = true;
        }
        for (requirements, wanted) in [(&query.required, true), (&query.excluded, false)] {
            for requirement in requirements {
                excluded.resize(self.index.articles.len(), false);
                let has = finder.articles_with(requirement)?;
                excluded.iter_mut().zip(has).for_each(|(excluded, has)| *excluded |= has != wanted);
            }
        }
        Ok(excluded)
    }

    /// Returns the factor of every locale of the index, by its number. Who writes in a
    /// language reads it.
    fn locale_factors(&self, visitor: &Locale, query: &Query) -> Vec<f32> {
        let factor = |article: &Locale| self.locale_factor(visitor, query, article);
        self.index.articles.locales().iter().map(factor).collect()
    }

    fn locale_factor(&self, visitor: &Locale, query: &Query, article: &Locale) -> f32 {
        self.weights.of_locale(visitor.distance_to(article).min(query.locale.distance_to(article)))
    }

    /// Returns the best `count` of the articles found in their order, the first of them
    /// scored by every term of the query, each with its best passages.
    fn ranked(&self, matches: &mut Matches, count: usize) -> tantivy::Result<Vec<Ranked>> {
        let found = collector::best(matches.found.clone(), count, self.index);
        let passages_of = |article: &Found| {
            let mut passages: Vec<Passage> =
                matches.scores.passages(self.index.articles.passages(article.ord)).collect();
            passages.sort_by(|a, b| b.score.total_cmp(&a.score));
            passages.truncate(PASSAGES);
            passages
        };
        let ranked = found.into_iter();
        let ranked = ranked.map(|article| Ranked { passages: passages_of(&article), article, meant: false });
        let mut ranked: Vec<Ranked> = ranked.collect();
        let best = RANKED.min(ranked.len());
        matches.rest = self.rank(matches, &mut ranked[..best])?;
        Ok(ranked)
    }

    /// Scores `ranked` by every term of the query and puts them in order; returns what the
    /// terms that only score could give.
    fn rank(&self, matches: &Matches, ranked: &mut [Ranked]) -> tantivy::Result<Rest> {
        let mut passages: Vec<Passage> = ranked.iter().flat_map(|ranked| &ranked.passages).copied().collect();
        passages.sort_by_key(|passage| passage.address);
        let rest = matches.finder.add_rest(&mut passages)?;
        let reach = matches.scores.reach + rest.reach;
        for Ranked { article, passages: own, .. } in ranked.iter_mut() {
            for passage in own.iter_mut() {
                let at = passages.binary_search_by_key(&passage.address, |passage| passage.address);
                passage.score = passages[at.expect("every passage was scored")].score;
            }
            own.sort_by(|a, b| b.score.total_cmp(&a.score));
            let factor = matches.factors[self.index.articles.locale_number(article.ord)];
            let words = factor * self.weights.article_score(own.iter().map(|passage| passage.score));
            article.score = match &matches.nearness {
                Some(nearness) => nearness.score(article.ord, words / reach, self.index),
                None => words,
            } * self.learned_factor(article.ord);
        }
        ranked.sort_unstable_by(|a, b| collector::best_first(&a.article, &b.article, self.index));
        self.lift_related(ranked);
        Ok(rest)
    }

    /// Returns the factor of what readers made of an article.
    fn learned_factor(&self, article: ArticleOrd) -> f32 {
        let opinion = self.learned.as_ref().and_then(|learned| learned.of(self.index.card(article)));
        opinion.map_or(1.0, |opinion| opinion.factor(self.weights.learned))
    }

    /// Brings up what the author of the best result names as related to it, though
    /// never above that.
    fn lift_related(&self, ranked: &mut [Ranked]) {
        let Some((best, others)) = ranked.split_first_mut() else { return };
        let articles = &self.index.articles;
        let related = self.index.card(best.article.ord).related.iter();
        let related = related.filter_map(|id| articles.translations(id).first());
        let related: Vec<usize> = related.map(|ord| articles.id_number(*ord)).collect();
        let (gain, most) = (self.weights.related * best.article.score, BELOW_BEST * best.article.score);
        for Ranked { article, .. } in others.iter_mut() {
            if related.contains(&articles.id_number(article.ord)) && article.score < most {
                article.score = (article.score + gain).min(most);
            }
        }
        others.sort_unstable_by(|a, b| collector::best_first(&a.article, &b.article, self.index));
    }

    fn hit(
        &self,
        ranked: Ranked,
        tier: MatchTier,
        evidence: Evidence,
        highlighter: &Highlighter,
        shown: usize,
    ) -> tantivy::Result<Hit> {
        let Ranked { article, passages, .. } = ranked;
        let card = self.index.card(article.ord);
        let passages = passages
            .iter()
            .take(shown.max(1))
            .map(|passage| self.hit_passage(passage.address, card, highlighter));
        let mut passages: Vec<HitPassage> = passages.collect::<tantivy::Result<_>>()?;
        if !shows_match(&passages[0], card, highlighter) {
            // Only the title matches, which all passages share: the first says it best.
            let first = self.index.articles.first_passage(article.ord);
            passages = vec![self.hit_passage(first, card, highlighter)?];
        }
        Ok(Hit {
            article: article.ord,
            score: article.score,
            tier: Some(tier),
            title: highlighter.mark(&card.title, &card.locale),
            passages,
            evidence,
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
        let mut collector = Collector::new(self.index, &request.filters, &request.locale);
        let hidden: Vec<ArticleOrd> = self.index.articles.hidden(self.today).collect();
        for ord in 0..self.index.articles.len() as ArticleOrd {
            if hidden.binary_search(&ord).is_err() {
                collector.add(Found { ord, exact: false, score: 0.0 });
            }
        }
        let (mut found, facets) = collector.finish();
        let articles = &self.index.articles;
        let distances = articles.distances_from(&request.locale);
        found.sort_unstable_by_key(|found| {
            (distances[articles.locale_number(found.ord)], articles.shelf(found.ord))
        });
        let hit = |found: Found| Hit {
            article: found.ord,
            score: 0.0,
            tier: None,
            title: Highlighted { text: self.index.card(found.ord).title.clone(), ranges: Vec::new() },
            passages: Vec::new(),
            evidence: Evidence::default(),
        };
        let total = found.len();
        let hits = found.into_iter().skip(request.offset).take(request.limit).map(hit).collect();
        Results { total, listed: total, hits, facets, ..Results::default() }
    }
}

/// Returns the language that a query is in: as guessed, or that of its visitor.
fn query_language(query: &Query) -> &str {
    let Guess { language, confidence } = &query.language;
    if *confidence > UNSURE { language } else { query.locale.language() }
}

fn best_passages(ranked: &[Ranked]) -> Vec<DocAddress> {
    ranked.iter().map(|ranked| ranked.passages[0].address).collect()
}

/// Returns whether a passage, or a heading above it, has something of the query.
fn shows_match(passage: &HitPassage, card: &Card, highlighter: &Highlighter) -> bool {
    let marked = |heading: &String| !highlighter.mark(heading, &card.locale).ranges.is_empty();
    !passage.snippet.ranges.is_empty() || passage.headings.iter().any(marked)
}

/// What a query finds, in no order.
struct Matches<'q> {
    finder: Finder<'q>,
    scores: Scores,
    rest: Rest,
    found: Vec<Found>,
    /// By number of their id, articles that say in one of their locales that they do not
    /// answer the query: they come last.
    denied: Vec<usize>,
    facets: Facets,
    /// By locale, what its articles count for.
    factors: Vec<f32>,
    nearness: Option<Nearness>,
    /// Articles that share no term with the query and are near to it, best first.
    meant: Vec<Ranked>,
}

impl Matches<'_> {
    /// Returns what each term of the query is worth, by position: those that find and the
    /// rest were looked up apart.
    fn worths(&self) -> Vec<Worth> {
        let mut worths = self.scores.worths.clone();
        let rest = worths.iter_mut().zip(&self.rest.worths);
        rest.filter(|(_, rest)| rest.weight > 0.0).for_each(|(worth, rest)| *worth = *rest);
        worths
    }

    /// Returns the articles found, if they are few.
    fn few(&self) -> Vec<ArticleOrd> {
        let few = self.found.len() < FEW;
        self.found.iter().filter(|_| few).map(|found| found.ord).collect()
    }
}

/// An article and its best passages, best first, on the way to a hit.
#[derive(Clone)]
struct Ranked {
    article: Found,
    passages: Vec<Passage>,
    /// Whether it was found by its meaning alone.
    meant: bool,
}

impl Ranked {
    /// Returns how its best passage matches, which has these terms of the query.
    fn tier(&self, query: &Query, has_term: &[bool]) -> MatchTier {
        match self.meant {
            true => MatchTier::Meaning,
            false => ranking::tier(query, self.article.exact, has_term),
        }
    }
}
