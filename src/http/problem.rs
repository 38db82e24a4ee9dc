//! Errors as `application/problem+json` (RFC 9457).
//!
//! A client acts on `code`, which never changes its meaning; a person reads
//! `detail`, which says what to do. What went wrong inside the server is logged
//! once and not told.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::events::EventError;

/// An error as a client sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// HTTP status code.
    #[schema(example = 400)]
    status: u16,
    /// Stable name of the problem.
    #[schema(example = "unknown_parameter")]
    code: &'static str,
    /// The problem in general.
    title: &'static str,
    /// What is wrong with this request, and what to do.
    detail: String,
    /// Seconds after which to try again, as the header `Retry-After` says, too.
    #[serde(skip)]
    retry_after: Option<u64>,
}

/// The code of a help center that is not there yet.
const NOT_READY: &str = "not_ready";

impl Problem {
    /// A parameter has a value that it cannot have.
    pub(super) fn invalid_parameter(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", "A parameter has a wrong value", detail)
    }

    /// A parameter does not exist.
    pub(super) fn unknown_parameter(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unknown_parameter", "A parameter is unknown", detail)
    }

    /// A body is not the JSON that is asked for.
    pub(super) fn invalid_body(reason: impl std::fmt::Display) -> Self {
        let detail = format!("send a JSON object with the parameters that `/openapi.json` lists: {reason}");
        Self::new(StatusCode::BAD_REQUEST, "invalid_body", "The body is not what is asked for", detail)
    }

    /// A body does not say that it is JSON.
    pub(super) fn not_json() -> Self {
        let detail = "send JSON, with the header `Content-Type: application/json`";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", "The body is not JSON", detail)
    }

    /// A body is too large or broke off.
    pub(super) fn unreadable_body(status: StatusCode) -> Self {
        let detail = "the body is too large or incomplete; send the words that matter";
        Self::new(status, "unreadable_body", "The body cannot be read", detail)
    }

    /// The query is longer than any question.
    pub(super) fn query_too_long(limit: usize) -> Self {
        let detail = format!("`q` may have {limit} characters at most; send the words that matter");
        Self::new(StatusCode::BAD_REQUEST, "query_too_long", "The query is too long", detail)
    }

    /// Only agents get here, and who asks shows no key of one.
    pub(super) fn agent_key_needed() -> Self {
        let detail = "send an agent's key as `Authorization: Bearer KEY`; the one sent, if any, is unknown \
            or has expired";
        Self::new(StatusCode::UNAUTHORIZED, "agent_key_needed", "Only for agents", detail)
    }

    /// No suggestion has this name.
    pub(super) fn no_suggestion() -> Self {
        let detail = "no suggestion has this id; `suggestion_id` of a suggestion that was shown is one";
        Self::new(StatusCode::NOT_FOUND, "suggestion_not_found", "No such suggestion", detail)
    }

    /// An event follows no query that this server answered within a day.
    pub(super) fn unknown_query_id(place: usize) -> Self {
        let detail = format!(
            "`events[{place}]` has a `query_id` that this server did not give out within the last day; \
             send the one of the search that it follows"
        );
        Self::new(StatusCode::BAD_REQUEST, "unknown_query_id", "No such query", detail)
    }

    /// What was reported cannot be kept now.
    pub(super) fn events_unavailable(error: EventError) -> Self {
        let detail = format!("nothing was kept: {error}; send it again in a minute");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "events_unavailable", "Events cannot be kept now", detail)
    }

    /// Somebody sends too often what a person will read, or what is kept.
    pub(super) fn too_many_requests(seconds: u64) -> Self {
        let detail = format!("too much was sent from your network; try again in {seconds} seconds");
        let (code, title) = ("too_many_requests", "Too many requests");
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, code, title, detail);
        Self { retry_after: Some(seconds), ..problem }
    }

    /// A message cannot be kept now.
    pub(super) fn messages_unavailable(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a message could not be kept");
        let detail = "the message was not kept; send it again in a minute";
        let (code, title) = ("messages_unavailable", "Messages cannot be kept now");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, title, detail)
    }

    /// A form came from another site.
    pub(super) fn from_elsewhere() -> Self {
        let detail = "this form works on the help center's own pages only; open the page and use it there";
        Self::new(StatusCode::FORBIDDEN, "from_elsewhere", "Sent from another site", detail)
    }

    /// A key lets in, but not here.
    pub(super) fn role_needed(role: &str) -> Self {
        let detail = format!(
            "this takes a key with the role `{role}`; whoever runs the help center makes one with `zhida keys --role {role}`"
        );
        Self::new(StatusCode::FORBIDDEN, "role_needed", "The key does not let in here", detail)
    }

    /// An article is not the one that its editor has seen.
    pub(super) fn was_changed() -> Self {
        let detail = "the article is another one than `If-Match` or `If-None-Match` says; read it again";
        Self::new(StatusCode::PRECONDITION_FAILED, "was_changed", "Changed in the meantime", detail)
    }

    /// A change of the content was not made.
    pub(super) fn not_changed(status: StatusCode, why: String) -> Self {
        Self::new(status, "not_changed", "The content was not changed", why)
    }

    /// No such article, for anybody who asks.
    pub(super) fn no_article() -> Self {
        let detail = "no article has this id; `/api/v1/search` finds articles and their ids";
        Self::new(StatusCode::NOT_FOUND, "article_not_found", "No such article", detail)
    }

    /// No such address.
    pub(super) fn no_route() -> Self {
        let detail = "nothing is at this address; `/openapi.json` lists what there is";
        Self::new(StatusCode::NOT_FOUND, "not_found", "Not found", detail)
    }

    /// The index is still being built.
    pub(super) fn not_ready() -> Self {
        let detail = "the index is being built; try again in a few seconds";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, NOT_READY, "Not ready yet", detail);
        Self { retry_after: Some(3), ..problem }
    }

    /// Something failed that the client can do nothing about; logs it.
    pub(super) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        let detail = "the server could not answer; the reason is in its log";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed", detail)
    }

    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status: status.as_u16(), code, title, detail: detail.into(), retry_after: None }
    }

    /// Returns whether there is no help center yet.
    pub(super) fn is_not_ready(&self) -> bool {
        self.code == NOT_READY
    }

    /// Returns after how many seconds it is worth trying again, if that is known.
    pub(super) fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }

    /// Returns the HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Returns what is wrong with the request.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        Self::unreadable_body(rejection.status())
    }
}

impl From<tantivy::TantivyError> for Problem {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::internal(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED.as_u16() {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
