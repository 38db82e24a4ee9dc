//! Whether the server lives, and whether it can answer.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{App, Problem};
use crate::index::EmbedProgress;
use crate::live::MeaningState;

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
    /// Search by meaning: `ready`, `building`, `unavailable` or `off`. Search by words
    /// does not wait for it.
    semantic: &'static str,
    /// How far it is, while it is building.
    semantic_progress: Option<SemanticProgress>,
    /// Why it is unavailable.
    semantic_problem: Option<String>,
    /// The log of events: `ready`, or `unavailable`, where what happens waits to be written.
    events: &'static str,
    /// Events that were dropped since the server started because too many waited.
    events_dropped: u64,
    /// Bringing messages of visitors to webhook and mail box: `ready`, or `failing`, where the
    /// last did not arrive and is tried again.
    messages: &'static str,
}

/// Passages whose meaning is known.
#[derive(Serialize, ToSchema)]
pub(super) struct SemanticProgress {
    /// Done since the server started or the content changed.
    done: usize,
    /// To do.
    all: usize,
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
    let state = app.meaning.state();
    let semantic = state.as_str();
    let (progress, problem) = match state {
        MeaningState::Building(EmbedProgress { done, all }) => (Some(SemanticProgress { done, all }), None),
        MeaningState::Unavailable(problem) => (None, Some(problem)),
        MeaningState::Ready | MeaningState::Off => (None, None),
    };
    let (semantic_progress, semantic_problem) = (progress, problem);
    let events = app.ledger.events();
    Ok(Json(Ready {
        status: "ready",
        articles,
        semantic,
        semantic_progress,
        semantic_problem,
        events: if events.is_failing() { "unavailable" } else { "ready" },
        events_dropped: events.dropped(),
        messages: if app.ledger.messages().is_failing() { "failing" } else { "ready" },
    }))
}
