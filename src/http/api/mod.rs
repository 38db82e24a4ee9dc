//! The JSON API under `/api/v1`, one file per resource, and its OpenAPI
//! document, which is made from the code.
//!
//! Requests and responses have types of their own: the inside stays free to
//! change. Parameters that do not exist are refused by name, because a misspelt
//! filter that is ignored gives wrong results without a word.

mod answers;
mod articles;
mod categories;
mod completions;
mod events;
mod health;
mod messages;
mod query;
mod search;
mod why;

use std::sync::Arc;
use std::time::Instant;

use axum::routing::get;
use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{App, widget};
pub(super) use events::MOST_COMMENT;
pub(super) use query::{Body, InLocale, MAX_QUERY_CHARS, Params, check_length};
pub(super) use search::{Contact, contacts, highlighted_html};

#[derive(OpenApi)]
#[openapi(info(
    title = "Zhida",
    description = "Search a help center. Customers' view: public, published articles only."
))]
struct Document;

/// Returns the routes of the API and the document that describes them.
pub(super) fn routes() -> (Router<Arc<App>>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(search::search, search::post_search))
        .routes(routes!(answers::answers, answers::post_answers))
        .routes(routes!(completions::completions))
        .routes(routes!(events::events))
        .routes(routes!(messages::messages))
        .routes(routes!(widget::widget))
        .routes(routes!(why::why))
        .routes(routes!(articles::article))
        .routes(routes!(categories::categories))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .split_for_parts()
}

/// Returns the milliseconds since `start`, to the microsecond.
pub(super) fn took_ms(start: Instant) -> f64 {
    (start.elapsed().as_secs_f64() * 1e6).round() / 1e3
}

/// Serves the document at `/openapi.json`.
pub(super) fn document_route(document: utoipa::openapi::OpenApi) -> Router {
    Router::new().route("/openapi.json", get(async move || Json(document)))
}
