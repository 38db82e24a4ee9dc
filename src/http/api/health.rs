//! Whether the server lives, and whether it can answer.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{App, Problem};

/// A state that is fine.
#[derive(Serialize, ToSchema)]
pub(super) struct Fine {
    /// Always `ok`.
    status: &'static str,
}

/// What the server answers from.
#[derive(Serialize, ToSchema)]
pub(super) struct Ready {
    /// Always `ready`.
    status: &'static str,
    /// Articles that customers can find, dates aside.
    articles: usize,
}

/// The process runs.
#[utoipa::path(get, path = "/healthz", responses((status = OK, body = Fine)))]
pub(super) async fn healthz() -> Json<Fine> {
    Json(Fine { status: "ok" })
}

/// The index is open and searches are answered.
#[utoipa::path(get, path = "/readyz", responses(
    (status = OK, body = Ready),
    (status = SERVICE_UNAVAILABLE, body = Problem),
))]
pub(super) async fn readyz(State(app): State<Arc<App>>) -> Result<Json<Ready>, Problem> {
    let articles = app.snapshot()?.index.cards().len();
    Ok(Json(Ready { status: "ready", articles }))
}
