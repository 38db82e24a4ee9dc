//! `GET /api/v1/search`.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query::{AskedIn, Body, check_length};
use super::{Params, took_ms};
use crate::events::Visitor;
use crate::http::contents::{nearest_category, popular};
use crate::http::ledger::Looked;
use crate::http::templates::escape;
use crate::http::{App, Problem, Shown, in_turn};
use crate::index::Card;
use crate::locale::Locale;
use crate::search::{self, Filters, Highlighted, Hit, Match, MatchTier};
use crate::semantic::Vector;

/// Results on one page at most.
pub(in crate::http) const MAX_PER_PAGE: usize = 100;

/// Results that can be paged through; further down nobody looks.
const MAX_RESULTS: usize = 10_000;

#[derive(Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
#[schema(as = SearchRequest)]
pub(super) struct Request {
    /// What the visitor typed, with "phrases" in quotation marks and -words to
    /// leave out. Empty: all articles.
    #[serde(default)]
    q: String,
    /// The visitor's locale: articles in it come first, in other languages last.
    #[param(value_type = Option<String>, example = "zh-Hans")]
    #[schema(value_type = Option<String>, example = "zh-Hans")]
    locale: Option<Locale>,
    /// Only articles in this locale.
    #[param(value_type = Option<String>)]
    #[schema(value_type = Option<String>)]
    only_locale: Option<Locale>,
    /// Only articles in this category.
    category: Option<String>,
    /// Only articles with this tag.
    tag: Option<String>,
    /// Only articles about this product.
    product: Option<String>,
    /// Only articles that hold in this market.
    market: Option<String>,
    /// Which words an article must have: `all` of them or `any`; `auto` decides.
    #[serde(rename = "match", default)]
    #[param(inline)]
    matching: Matching,
    /// Counted from 1.
    #[serde(default = "first_page")]
    page: usize,
    /// Results on a page, 100 at most.
    #[serde(default = "default_per_page")]
    per_page: usize,
    /// Whether somebody asked this; `false` where a program looks up what fits a page, so that it
    /// is not among what visitors searched for.
    #[serde(default = "yes")]
    record: bool,
    /// Where it was asked, for reports.
    #[serde(default)]
    #[param(inline)]
    channel: AskedIn,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Matching {
    #[default]
    Auto,
    All,
    Any,
}

impl From<Matching> for Match {
    fn from(matching: Matching) -> Self {
        match matching {
            Matching::Auto => Self::Auto,
            Matching::All => Self::All,
            Matching::Any => Self::Any,
        }
    }
}

fn first_page() -> usize {
    1
}

pub(super) fn yes() -> bool {
    true
}

fn default_per_page() -> usize {
    10
}

/// One page of results.
#[derive(Serialize, ToSchema)]
#[schema(as = SearchResponse)]
pub(super) struct Response {
    query: String,
    /// Names this answer in later reports; new each time.
    query_id: String,
    /// The visitor's locale, as used.
    #[schema(value_type = String)]
    locale: Locale,
    /// Articles found by words.
    total: usize,
    page: usize,
    per_page: usize,
    /// Pages of results, those found by their meaning included.
    page_count: usize,
    took_ms: f64,
    /// Whether the query was compared by meaning too: `ready`; `building`, where not all
    /// articles could be; `unavailable`, where its model could not be asked; `off`.
    semantic: &'static str,
    /// Whether the query was too long for that, and only its start was compared.
    semantic_cut: bool,
    /// What language the query seems to be in; nothing when browsing.
    language: Option<Language>,
    /// What the visitor may have meant; it finds something.
    did_you_mean: Option<String>,
    /// The best first. Where there are few, results of what may have been meant
    /// fill the page; they are not counted, and their `match_tier` says what they are.
    results: Vec<Found>,
    facets: Facets,
    /// Where nothing was found as typed: what others read, in the nearest category.
    popular: Vec<Popular>,
    /// Where nothing was found as typed: how to reach a person.
    contact: Vec<Contact>,
}

/// A guess.
#[derive(Serialize, ToSchema)]
struct Language {
    /// As locales have it.
    #[schema(example = "es")]
    code: String,
    /// 0 to 1; up to 0.5 the query is read in the visitor's own language.
    confidence: f32,
}

/// An article that others read.
#[derive(Serialize, ToSchema)]
struct Popular {
    id: String,
    title: String,
    url: String,
}

/// A way to reach a person.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct Contact {
    label: String,
    url: String,
}

/// Returns the ways to reach a person, in the words of a locale.
pub(in crate::http) fn contacts(app: &App, locale: &Locale) -> Vec<Contact> {
    let contact = |contact: &crate::http::Link| Contact {
        label: contact.label.nearest(locale).to_owned(),
        url: contact.url.clone(),
    };
    app.pages.site().contact.iter().map(contact).collect()
}

/// An article found.
#[derive(Serialize, ToSchema)]
struct Found {
    id: String,
    /// The locale that it is written in.
    #[schema(value_type = String)]
    locale: Locale,
    /// Whether it is in another locale than the visitor's.
    fallback: bool,
    title: String,
    /// Path of its page, with the place of the best passage.
    url: String,
    category: Option<String>,
    labels: Vec<String>,
    /// Always `public` here.
    audience: &'static str,
    /// Comparable within this answer only.
    score: f32,
    /// `exact`, `all_words` or `some_words`; `meaning` for what says the same in other
    /// words or another language; `pinyin` or `typo` for what the visitor may
    /// have meant, `relaxed` for what meets the query in part only; nothing when browsing.
    match_tier: Option<&'static str>,
    /// The title as HTML, matches in `<em>`.
    title_highlighted: String,
    /// The best passage, shortened, as HTML, matches in `<em>`.
    snippet: String,
    /// The same passage as plain text.
    snippet_text: String,
    /// Matches in `snippet_text`.
    highlights: Vec<Range>,
    /// Fragment of the URL; the top of the page if nothing.
    anchor: Option<String>,
    /// The passages that match best, the one above first.
    passages: Vec<Passage>,
    /// Day of the last change, as the author says.
    #[schema(value_type = Option<String>, example = "2026-08-14")]
    updated_at: Option<jiff::civil::Date>,
}

/// A passage found.
#[derive(Serialize, ToSchema)]
struct Passage {
    anchor: Option<String>,
    /// The headings above it, outermost first.
    headings: Vec<String>,
    /// As HTML, matches in `<em>`.
    snippet: String,
}

/// A part of a text, in UTF-16 code units as JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct Range {
    start: usize,
    end: usize,
}

/// Articles by filter value. The counts of a facet leave out its own filter.
#[derive(Serialize, ToSchema)]
struct Facets {
    category: std::collections::BTreeMap<String, usize>,
    tag: std::collections::BTreeMap<String, usize>,
    product: std::collections::BTreeMap<String, usize>,
    market: std::collections::BTreeMap<String, usize>,
    locale: std::collections::BTreeMap<String, usize>,
}

/// Finds articles.
#[utoipa::path(get, path = "/api/v1/search", params(Request), responses(
    (status = OK, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn search(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Params(request): Params<Request>,
) -> Result<Json<Response>, Problem> {
    checked_answer(app, visitor, request).await
}

/// Finds articles, with the same parameters as a JSON object: for queries that do not
/// fit in an address, or should not be in one.
#[utoipa::path(post, path = "/api/v1/search", request_body = Request, responses(
    (status = OK, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn post_search(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Body(request): Body<Request>,
) -> Result<Json<Response>, Problem> {
    checked_answer(app, visitor, request).await
}

async fn checked_answer(
    app: Arc<App>,
    visitor: Visitor,
    request: Request,
) -> Result<Json<Response>, Problem> {
    request.check()?;
    in_turn(app, move |app| answer(app, visitor, request)).await.map(Json)
}

impl Request {
    fn check(&self) -> Result<(), Problem> {
        check_length(&self.q)?;
        if !(1..=MAX_PER_PAGE).contains(&self.per_page) {
            return Err(Problem::invalid_parameter(format!("`per_page` goes from 1 to {MAX_PER_PAGE}")));
        }
        if self.page == 0 || self.page.saturating_mul(self.per_page) > MAX_RESULTS {
            let detail = format!(
                "`page` counts from 1, to the {MAX_RESULTS}th result at most; narrow the search instead"
            );
            return Err(Problem::invalid_parameter(detail));
        }
        Ok(())
    }

    fn to_search(&self, default_locale: &Locale, vector: Option<Vector>) -> search::Request {
        search::Request {
            query: self.q.clone(),
            vector,
            locale: self.locale.clone().unwrap_or_else(|| default_locale.clone()),
            filters: Filters {
                category: self.category.clone(),
                tag: self.tag.clone(),
                product: self.product.clone(),
                market: self.market.clone(),
                locale: self.only_locale.clone(),
            },
            matching: self.matching.into(),
            passages: search::PASSAGES,
            offset: (self.page - 1) * self.per_page,
            limit: self.per_page,
        }
    }
}

fn answer(app: &App, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    let start = Instant::now();
    let Shown { snapshot, usage } = app.shown()?;
    let meaning = app.meaning_of(&request.q, &snapshot);
    let wanted = request.to_search(&app.default_locale, meaning.vector);
    let results = app.searcher(&snapshot).search(&wanted)?;
    let category = nearest_category(&snapshot, &wanted.filters, &results);
    let popular = match results.listed {
        0 => popular(&snapshot, &usage, &wanted.locale, category.as_deref(), app.today()),
        _ => Vec::new(),
    };
    let contact = if results.listed == 0 { contacts(app, &wanted.locale) } else { Vec::new() };
    let looked = Looked {
        request: &wanted,
        results: &results,
        shown: &results.hits.iter().collect::<Vec<_>>(),
        index: &snapshot.index,
        channel: request.channel.into(),
        answer: None,
    };
    let query_id = match request.record {
        true => app.searched(visitor, &looked),
        false => app.ledger.unrecorded(),
    };
    let found = results.hits.into_iter().map(|hit| {
        let card = snapshot.index.card(hit.article);
        found(hit, card, &wanted.locale)
    });
    Ok(Response {
        query: request.q,
        query_id,
        total: results.total,
        page: request.page,
        per_page: request.per_page,
        page_count: results.listed.div_ceil(request.per_page),
        semantic: meaning.state.as_str(),
        semantic_cut: meaning.is_cut,
        results: found.collect(),
        facets: facets(results.facets),
        language: results
            .language
            .map(|guess| Language { code: guess.language, confidence: guess.confidence }),
        did_you_mean: results.did_you_mean,
        popular: popular.into_iter().map(|ord| popular_article(snapshot.index.card(ord))).collect(),
        contact,
        locale: wanted.locale,
        took_ms: took_ms(start),
    })
}

fn popular_article(card: &Card) -> Popular {
    Popular { id: card.id.to_string(), title: card.title.clone(), url: card.url() }
}

fn found(hit: Hit, card: &Card, wanted: &Locale) -> Found {
    let best = hit.passages.first();
    let anchor = best.and_then(|passage| passage.anchor.clone());
    let snippet = best.map(|passage| passage.snippet.clone()).unwrap_or_else(|| summary(card));
    Found {
        id: card.id.to_string(),
        fallback: card.locale != *wanted,
        url: card.url_at(anchor.as_deref()),
        category: card.category.clone(),
        labels: card.tags.clone(),
        audience: "public",
        score: hit.score,
        match_tier: hit.tier.map(MatchTier::as_str),
        title_highlighted: highlighted_html(&hit.title),
        title: hit.title.text,
        snippet: highlighted_html(&snippet),
        highlights: utf16_ranges(&snippet),
        snippet_text: snippet.text,
        anchor,
        passages: hit.passages.into_iter().map(passage).collect(),
        updated_at: card.updated,
        locale: card.locale.clone(),
    }
}

fn summary(card: &Card) -> Highlighted {
    Highlighted { text: card.summary.clone().unwrap_or_default(), ranges: Vec::new() }
}

fn passage(passage: search::HitPassage) -> Passage {
    Passage {
        snippet: highlighted_html(&passage.snippet),
        anchor: passage.anchor,
        headings: passage.headings,
    }
}

fn facets(facets: search::Facets) -> Facets {
    Facets {
        category: facets.category,
        tag: facets.tag,
        product: facets.product,
        market: facets.market,
        locale: facets.locale,
    }
}

/// Returns the text as HTML with `<em>` around its highlights.
pub(in crate::http) fn highlighted_html(highlighted: &Highlighted) -> String {
    let text = &highlighted.text;
    let mut html = String::with_capacity(text.len() + highlighted.ranges.len() * 9);
    let mut end = 0;
    for range in &highlighted.ranges {
        escape(&text[end..range.start], &mut html);
        html.push_str("<em>");
        escape(&text[range.clone()], &mut html);
        html.push_str("</em>");
        end = range.end;
    }
    escape(&text[end..], &mut html);
    html
}

pub(super) fn utf16_ranges(highlighted: &Highlighted) -> Vec<Range> {
    let mut before = (0, 0);
    let mut units = |byte: usize| {
        let (from, count) = before;
        before = (byte, count + highlighted.text[from..byte].encode_utf16().count());
        before.1
    };
    highlighted
        .ranges
        .iter()
        .map(|range| Range { start: units(range.start), end: units(range.end) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_are_escaped_and_counted_as_javascript_counts() {
        let highlighted = Highlighted { text: "a<b>😀退货".into(), ranges: vec![2..3, 8..14] };
        assert_eq!(highlighted_html(&highlighted), "a&lt;<em>b</em>&gt;😀<em>退货</em>");
        assert_eq!(utf16_ranges(&highlighted), [Range { start: 2, end: 3 }, Range { start: 6, end: 8 }]);
    }
}
