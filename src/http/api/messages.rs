//! `POST /api/v1/messages`: what a visitor writes to the company.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::query::Body;
use crate::events::Visitor;
use crate::http::limit::Peer;
use crate::http::messages::{Written, must_be_taken};
use crate::http::{App, Problem};
use crate::locale::Locale;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MessageRequest)]
pub(super) struct Request {
    /// What the visitor asks, 5,000 letters at most.
    message: String,
    /// Where the reply goes.
    email: String,
    #[serde(default)]
    name: String,
    /// The visitor's locale; the default locale of the help center if not given.
    #[schema(value_type = Option<String>, example = "zh-Hans")]
    locale: Option<Locale>,
    /// Address of the page on which the visitor writes.
    #[serde(default)]
    page: String,
    /// Of the search that it follows, if there was one; no older than a day.
    #[serde(default)]
    query_id: String,
    /// Leave it empty: a field that people do not see and programs fill in.
    #[serde(default)]
    website: String,
}

/// The message is kept.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageResponse)]
pub(super) struct Response {}

/// Keeps a message for the people who answer. Answered when it is on disk.
#[utoipa::path(post, path = "/api/v1/messages", request_body = Request, responses(
    (status = ACCEPTED, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, description = "Messages are not taken", body = Problem, content_type = "application/problem+json"),
    (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    (status = TOO_MANY_REQUESTS, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn messages(
    State(app): State<Arc<App>>,
    peer: Peer,
    visitor: Visitor,
    Body(request): Body<Request>,
) -> Result<(StatusCode, Json<Response>), Problem> {
    must_be_taken(&app)?;
    let locale = request.locale.unwrap_or_else(|| app.default_locale.clone());
    let written = Written {
        text: request.message,
        email: request.email,
        name: request.name,
        page: request.page,
        query_id: request.query_id,
        trap: request.website,
    };
    let message = written.checked(&app, &locale)?;
    app.take(&written, message, &peer, visitor).await?;
    Ok((StatusCode::ACCEPTED, Json(Response {})))
}
