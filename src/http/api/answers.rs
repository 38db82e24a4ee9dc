//! `/api/v1/answers`: the answer itself, or that there is none.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query::{AskedIn, Body, check_length};
use super::search::{Contact, contacts, yes};
use super::{Params, took_ms};
use crate::answer::{Answer, Quotation, RESULTS, Receipt, State as AnswerState, Suggestion, four_digits};
use crate::events::Visitor;
use crate::http::ledger::Looked;
use crate::http::{App, Problem, in_turn};
use crate::index::{ArticleOrd, Index};
use crate::live::Snapshot;
use crate::locale::Locale;
use crate::search::{self, Filters};

#[derive(Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
#[schema(as = AnswerRequest)]
pub(super) struct Request {
    /// The question, as the visitor asks it.
    #[serde(default)]
    q: String,
    /// The visitor's locale: an answer in it is preferred.
    #[param(value_type = Option<String>, example = "zh-Hans")]
    #[schema(value_type = Option<String>, example = "zh-Hans")]
    locale: Option<Locale>,
    /// Only from articles in this category.
    category: Option<String>,
    /// Only from articles with this tag.
    tag: Option<String>,
    /// Only from articles about this product.
    product: Option<String>,
    /// Only from articles that hold in this market.
    market: Option<String>,
    /// Whether somebody asked this; `false` while it is still written, or where a search with the
    /// same words is recorded.
    #[serde(default = "yes")]
    record: bool,
    /// Where it was asked, for reports.
    #[serde(default)]
    #[param(inline)]
    channel: AskedIn,
}

/// What becomes of a question.
#[derive(Serialize, ToSchema)]
#[schema(as = AnswerResponse)]
pub(super) struct Response {
    query: String,
    /// Names this answer in later reports; new each time.
    query_id: String,
    /// The visitor's locale, as used.
    #[schema(value_type = String)]
    locale: Locale,
    /// `answered`; `suggested`, where some articles may answer; `unknown`.
    state: &'static str,
    /// Why: `exact_question` or `evidence` where it is answered; `low_confidence`,
    /// `too_broad` (one word that many passages have), `no_evidence`, `not_covered` (the nearest article says that it does not answer
    /// this), `stale` (it should have been read again), `market_needed` (ask again with
    /// `market`), `no_question`.
    reason: &'static str,
    /// The probability that the best article answers the question, 0 to 1.
    confidence: f64,
    /// Whether confidence was learned from this help center (`zhida calibrate`).
    calibrated: bool,
    /// Whether meaning was looked at too: as in a search.
    semantic: &'static str,
    /// Whether the question was too long for that, and only its start was looked at.
    semantic_cut: bool,
    /// Nothing unless `answered`.
    answer: Option<Quoted>,
    /// Questions that may be what was meant, the likeliest first.
    suggestions: Vec<Suggested>,
    /// What the visitor may have meant, where a word seems misspelled.
    did_you_mean: Option<String>,
    /// How to reach a person; nothing if `answered`.
    contact: Vec<Contact>,
    took_ms: f64,
}

/// A part of an article that answers the question.
#[derive(Serialize, ToSchema)]
struct Quoted {
    /// As plain text; lists are lists, and a table row has its header.
    text: String,
    /// As safe HTML.
    html: String,
    /// The headings above it, outermost first.
    headings: Vec<String>,
    /// Whether it is in another locale than the visitor's.
    fallback: bool,
    /// Markets in which it holds; all if empty.
    markets: Vec<String>,
    /// Where it stands; `zhida verify` checks it.
    receipt: Receipt,
}

/// A question that an article answers.
#[derive(Serialize, ToSchema)]
struct Suggested {
    id: String,
    /// The locale of the article.
    #[schema(value_type = String)]
    locale: Locale,
    /// Whether it is in another locale than the visitor's.
    fallback: bool,
    /// As the article words it.
    question: String,
    title: String,
    /// Path of the page, with the place of the answer.
    url: String,
    /// Markets in which the article holds; all if empty.
    markets: Vec<String>,
}

/// Answers a question with the company's own words.
#[utoipa::path(get, path = "/api/v1/answers", params(Request), responses(
    (status = OK, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn answers(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Params(request): Params<Request>,
) -> Result<Json<Response>, Problem> {
    answered(app, visitor, request).await
}

/// Answers a question, with the same parameters as a JSON object: for questions that do
/// not fit in an address, or should not be in one.
#[utoipa::path(post, path = "/api/v1/answers", request_body = Request, responses(
    (status = OK, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn post_answers(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Body(request): Body<Request>,
) -> Result<Json<Response>, Problem> {
    answered(app, visitor, request).await
}

async fn answered(app: Arc<App>, visitor: Visitor, request: Request) -> Result<Json<Response>, Problem> {
    check_length(&request.q)?;
    in_turn(app, move |app| respond(app, visitor, request)).await.map(Json)
}

fn respond(app: &App, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    let start = Instant::now();
    let snapshot = app.snapshot()?;
    let meaning = app.meaning_of(&request.q, &snapshot);
    let Request { q, locale, category, tag, product, market, record, channel } = request;
    let locale = locale.unwrap_or_else(|| app.default_locale.clone());
    let wanted = search::Request {
        filters: Filters { category, tag, product, market, locale: None },
        ..search::Request::first(RESULTS, q, meaning.vector, locale)
    };
    let results = app.searcher(&snapshot).search(&wanted)?;
    let answer = app.answer(&snapshot, &wanted, &results)?;
    let Answer { state, reason, confidence, quotation, suggestions, is_uncalibrated, .. } = answer;
    let quoted_article = quotation.iter().map(|quotation| quotation.article);
    let told: Vec<ArticleOrd> =
        quoted_article.chain(suggestions.iter().map(|suggestion| suggestion.article)).collect();
    let looked = Looked {
        request: &wanted,
        results: &results,
        shown: &results.hits.iter().filter(|hit| told.contains(&hit.article)).collect::<Vec<_>>(),
        index: &snapshot.index,
        channel: channel.into(),
        answer: Some(state.as_str()),
    };
    let query_id = match record {
        true => app.searched(visitor, &looked),
        false => app.ledger.unrecorded(),
    };
    let locale = wanted.locale;
    Ok(Response {
        query: wanted.query,
        query_id,
        state: state.as_str(),
        reason: reason.as_str(),
        confidence: four_digits(confidence),
        calibrated: !is_uncalibrated,
        semantic: meaning.state.as_str(),
        semantic_cut: meaning.is_cut,
        answer: quotation.map(|quotation| quoted(quotation, &snapshot, &locale)),
        suggestions: suggestions.into_iter().map(|one| suggested(one, &snapshot.index, &locale)).collect(),
        did_you_mean: results.did_you_mean.filter(|_| state != AnswerState::Answered),
        contact: if state == AnswerState::Answered { Vec::new() } else { contacts(app, &locale) },
        locale,
        took_ms: took_ms(start),
    })
}

fn quoted(quotation: Quotation, snapshot: &Snapshot, wanted: &Locale) -> Quoted {
    let card = snapshot.index.card(quotation.article);
    Quoted {
        html: quotation.quote.html_elsewhere(&card.url(), ""),
        receipt: Receipt::new(&quotation, card),
        text: quotation.quote.text,
        headings: quotation.headings,
        fallback: card.locale != *wanted,
        markets: card.markets.clone(),
    }
}

fn suggested(suggestion: Suggestion, index: &Index, wanted: &Locale) -> Suggested {
    let card = index.card(suggestion.article);
    Suggested {
        id: card.id.to_string(),
        fallback: card.locale != *wanted,
        question: suggestion.question,
        title: card.title.clone(),
        url: card.url_at(suggestion.anchor.as_deref()),
        markets: card.markets.clone(),
        locale: card.locale.clone(),
    }
}
