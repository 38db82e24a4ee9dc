//! `GET /api/v1/why`: why an article ranks where it does for a query, or is not found.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Params;
use super::query::check_length;
use super::search::Matching;
use crate::content::ArticleId;
use crate::http::{App, Problem, in_turn};
use crate::locale::Locale;
use crate::search::{self, Filters, Fix, MatchTier, MeaningShare, Outcome, Place, TermShare};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Request {
    /// The query to explain.
    q: String,
    /// Id of the article.
    #[param(example = "shipping/track-parcel")]
    id: String,
    /// The visitor's locale; the default locale of the help center if not given.
    #[param(value_type = Option<String>, example = "zh-Hans")]
    locale: Option<Locale>,
    /// As in a search.
    #[serde(rename = "match", default)]
    #[param(inline)]
    matching: Matching,
}

/// What became of an article in a search.
#[derive(Serialize, ToSchema)]
#[schema(as = WhyResponse)]
pub(super) struct Response {
    query: String,
    /// The query as it is compared: characters folded, politeness left out.
    normalized: String,
    id: String,
    /// The translation that was looked at.
    #[schema(value_type = String)]
    locale: Locale,
    /// Articles that the query finds as typed.
    total: usize,
    /// `found`, or the reason why not: `nothing_in_common`, `lacks_demand`,
    /// `has_excluded`, `filtered`.
    outcome: &'static str,
    /// Where it is, if it was found.
    place: Option<Placed>,
    /// What was looked for.
    terms: Vec<Term>,
    /// What would bring it up, the cheapest first.
    fixes: Vec<Advice>,
}

/// A place among the results.
#[derive(Serialize, ToSchema)]
struct Placed {
    /// Counted from 1.
    rank: usize,
    match_tier: &'static str,
    /// What orders articles of one tier: what the terms gave the best passage and part
    /// of what they gave further ones, times the factor of the locale. With search by
    /// meaning, that as a part of the most that the terms could give, plus the share of
    /// meaning.
    score: f32,
    /// What meaning gave it; nothing where only words were compared.
    meaning: Option<Meaning>,
    locale_factor: f32,
    /// The factor of what readers made of it, by votes and clicks.
    learned_factor: f32,
    /// Where its best passage starts.
    anchor: Option<String>,
    /// What the query was put right to, if only that found it.
    corrected: Option<String>,
}

/// What meaning gave an article.
#[derive(Serialize, ToSchema)]
struct Meaning {
    /// How near it is to the query, 1 at most.
    cosine: f32,
    /// What that adds to its score.
    score: f32,
}

/// A term and what it gave the best passage.
#[derive(Serialize, ToSchema)]
struct Term {
    term: String,
    /// `words`, `grams`, `chars` or `title`.
    field: &'static str,
    /// `typed`, `synonym` or `function_word`.
    origin: &'static str,
    /// Whether having it makes a hit; else it only scores.
    finds: bool,
    /// Passages that have it.
    passages: u32,
    /// What it counts for.
    weight: f32,
    /// Zero if the passage lacks it.
    score: f32,
}

/// A change that would help.
#[derive(Serialize, ToSchema)]
struct Advice {
    /// `add_question`, `add_synonym`, `add_word` or `ask_for_less`.
    kind: &'static str,
    /// What to write.
    text: Option<String>,
}

/// Explains what becomes of an article in a search.
#[utoipa::path(get, path = "/api/v1/why", params(Request), responses(
    (status = OK, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn why(
    State(app): State<Arc<App>>,
    Params(request): Params<Request>,
) -> Result<Json<Response>, Problem> {
    check_length(&request.q)?;
    let id = ArticleId::new(&request.id).ok_or_else(Problem::no_article)?;
    in_turn(app, move |app| answer(app, request, &id)).await.map(Json)
}

fn answer(app: &App, request: Request, id: &ArticleId) -> Result<Response, Problem> {
    let snapshot = app.snapshot()?;
    let wanted = search::Request {
        query: request.q.clone(),
        vector: app.meaning_of(&request.q, &snapshot).vector,
        locale: request.locale.unwrap_or_else(|| app.default_locale.clone()),
        filters: Filters::default(),
        matching: request.matching.into(),
        offset: 0,
        limit: 10,
        passages: 1,
    };
    let why = app.searcher(&snapshot).why(&wanted, id)?;
    // Of an article that is not shown today nobody learns that it exists.
    let why = why.filter(|why| why.outcome != Outcome::NotInEffect).ok_or_else(Problem::no_article)?;
    Ok(Response {
        query: request.q,
        id: id.to_string(),
        normalized: why.normalized,
        locale: why.locale,
        total: why.total,
        outcome: why.outcome.as_str(),
        place: match why.outcome {
            Outcome::Found(place) => Some(placed(place)),
            _ => None,
        },
        terms: why.terms.into_iter().map(term).collect(),
        fixes: why.fixes.iter().map(advice).collect(),
    })
}

fn placed(place: Place) -> Placed {
    Placed {
        rank: place.rank,
        match_tier: MatchTier::as_str(place.tier),
        score: place.score,
        meaning: place.meaning.map(|MeaningShare { cosine, score }| Meaning { cosine, score }),
        locale_factor: place.locale_factor,
        learned_factor: place.learned_factor,
        anchor: place.anchor,
        corrected: place.corrected,
    }
}

fn term(share: TermShare) -> Term {
    let TermShare { term, field, origin, finds, passages, weight, score } = share;
    Term { term, field, origin, finds, passages, weight, score }
}

fn advice(fix: &Fix) -> Advice {
    let (kind, text) = fix.parts();
    Advice { kind, text: text.map(str::to_owned) }
}
