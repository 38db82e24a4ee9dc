//! `PUT` and `DELETE /api/v1/articles/{id}?locale=`: an editor writes an article, as Markdown.
//!
//! It is checked as `zhida check` does, written in one step, and answered when it can be found,
//! or no longer. `ETag` and `If-Match` keep two editors from overwriting each other.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use serde::Serialize;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::Agents;
use crate::content::ArticleId;
use crate::curate::{ChangeError, Kind, Written};
use crate::http::api::{InLocale, Params};
use crate::http::{Problem, blocking, names};
use crate::index::Index;
use crate::locale::Locale;

/// How long to wait until a change is seen.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it is looked whether it is.
const OFTEN: Duration = Duration::from_millis(20);

/// What became of an article.
#[derive(Serialize, ToSchema)]
#[schema(as = WrittenArticle)]
pub(super) struct Response {
    /// Always `agent`.
    index: &'static str,
    id: String,
    #[schema(value_type = String)]
    locale: Locale,
    /// `customers` and agents, `agents` alone, or `nobody`, as of a draft or a deleted article.
    visible_to: &'static str,
}

type Answer = Result<(StatusCode, [(HeaderName, String); 1], Json<Response>), Problem>;

/// Writes an article. The id may contain `/`.
#[utoipa::path(put, path = "/api/v1/articles/{*id}", request_body(content = String, content_type = "text/markdown"),
    params(("id" = String, Path, description = "Id of the article"), InLocale,
        ("If-Match" = Option<String>, Header, description = "The `ETag` that it must still have"),
        ("If-None-Match" = Option<String>, Header, description = "`*`: it must be new")),
    security(("agent_key" = [])),
    responses(
        (status = OK, body = Response), (status = CREATED, body = Response),
        (status = ACCEPTED, description = "Written, and not seen yet", body = Response),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, description = "The key is not an editor's", body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = PRECONDITION_FAILED, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "The check found errors", body = Problem, content_type = "application/problem+json"),
        (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn put(
    State(agents): State<Arc<Agents>>,
    Path(id): Path<String>,
    Params(request): Params<InLocale>,
    headers: HeaderMap,
    text: String,
) -> Answer {
    let (id, locale) = named(&agents, &id, request)?;
    let written: Written = {
        let (agents, id, locale) = (Arc::clone(&agents), id.clone(), locale.clone());
        let work = move || {
            let written = agents.curator.written(&id, &locale, text).map_err(refused)?;
            must_match(&headers, written.before.as_deref())?;
            if let Some(change) = written.change.clone() {
                agents.curator.apply(Kind::Written, change).map_err(refused)?;
            }
            Ok(written)
        };
        blocking(work).await?
    };
    let hash = Some(written.hash.as_str());
    let seen = (hash.filter(|_| !written.is_draft), hash.filter(|_| written.is_for_customers));
    let is_seen = agents.until(&id, &locale, seen).await?;
    let visible_to = match (written.is_for_customers, written.is_draft) {
        (true, _) => "customers",
        (false, true) => "nobody",
        (false, false) => "agents",
    };
    let status = match (is_seen, written.before) {
        (false, _) => StatusCode::ACCEPTED,
        (true, None) => StatusCode::CREATED,
        (true, Some(_)) => StatusCode::OK,
    };
    let response = Response { index: "agent", id: id.to_string(), locale, visible_to };
    Ok((status, [(header::ETAG, etag(&written.hash))], Json(response)))
}

/// Deletes an article in one locale.
#[utoipa::path(delete, path = "/api/v1/articles/{*id}",
    params(("id" = String, Path, description = "Id of the article"), InLocale,
        ("If-Match" = Option<String>, Header, description = "The `ETag` that it must still have")),
    security(("agent_key" = [])),
    responses(
        (status = OK, body = Response),
        (status = ACCEPTED, description = "Deleted, and still seen", body = Response),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, description = "The key is not an editor's", body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = PRECONDITION_FAILED, body = Problem, content_type = "application/problem+json"),
        (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn delete(
    State(agents): State<Arc<Agents>>,
    Path(id): Path<String>,
    Params(request): Params<InLocale>,
    headers: HeaderMap,
) -> Answer {
    let (id, locale) = named(&agents, &id, request)?;
    let hash: String = {
        let (agents, id, locale) = (Arc::clone(&agents), id.clone(), locale.clone());
        let work = move || {
            let (change, hash) = agents.curator.deleted(&id, &locale).map_err(refused)?;
            must_match(&headers, Some(&hash))?;
            agents.curator.apply(Kind::Deleted, change).map_err(refused)?;
            Ok(hash)
        };
        blocking(work).await?
    };
    let is_seen = agents.until(&id, &locale, (None, None)).await?;
    let response = Response { index: "agent", id: id.to_string(), locale, visible_to: "nobody" };
    let status = if is_seen { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, [(header::ETAG, etag(&hash))], Json(response)))
}

fn named(agents: &Agents, id: &str, request: InLocale) -> Result<(ArticleId, Locale), Problem> {
    let wrong = || Problem::invalid_parameter("the id of an article is a path such as shipping/track-parcel");
    let id = ArticleId::new(id).ok_or_else(wrong)?;
    Ok((id, request.locale.unwrap_or_else(|| agents.app.default_locale.clone())))
}

fn etag(hash: &str) -> String {
    format!("\"{hash}\"")
}

/// Checks that the article is the one that the editor has seen, if that was asked for.
fn must_match(headers: &HeaderMap, hash: Option<&str>) -> Result<(), Problem> {
    let is_wanted = match (headers.contains_key(header::IF_MATCH), hash) {
        (false, _) => true,
        (true, None) => false,
        (true, Some(hash)) => {
            names(headers, header::IF_MATCH, "*") || names(headers, header::IF_MATCH, &etag(hash))
        }
    };
    let is_new = hash.is_none() || !names(headers, header::IF_NONE_MATCH, "*");
    let is_another = hash.is_none_or(|hash| !names(headers, header::IF_NONE_MATCH, &etag(hash)));
    (is_wanted && is_new && is_another).then_some(()).ok_or_else(Problem::was_changed)
}

fn refused(error: ChangeError) -> Problem {
    match error {
        ChangeError::NoArticle => Problem::no_article(),
        ChangeError::Wrong(_) | ChangeError::OtherIdentity { .. } => {
            Problem::not_changed(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
        }
        error => super::insights::refused(error),
    }
}

impl Agents {
    /// Waits until agents and customers see an article in these versions, or not at all; returns
    /// whether they do. They do not if it was written again in the meantime.
    async fn until(
        &self,
        id: &ArticleId,
        locale: &Locale,
        (agents, customers): (Option<&str>, Option<&str>),
    ) -> Result<bool, Problem> {
        let sees = |index: &Index, wanted: Option<&str>| {
            index.card_of(id, locale).map(|card| card.hash.as_str()) == wanted
        };
        let deadline = Instant::now() + PATIENCE;
        loop {
            if sees(&self.snapshot()?.index, agents) && sees(&self.app.snapshot()?.index, customers) {
                return Ok(true);
            }
            if Instant::now() > deadline {
                return Ok(false);
            }
            tokio::time::sleep(OFTEN).await;
        }
    }
}
