//! What agents do with suggestions: kept as events, and counted for the next tickets.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Agents, Solved};
use crate::events::{Event, Mark, Place, Revision, Suggested, What};
use crate::http::api::Body;
use crate::http::ledger::revision;
use crate::http::{NO_PANIC, Problem};
use crate::index::Card;
use crate::locale::Locale;
use crate::suggest::Experience;

/// What is known, and since when.
pub(super) struct Known {
    by_revision: Arc<HashMap<Revision, Experience>>,
    since: Option<Instant>,
}

/// How old it may be: other servers may share the log.
const MOST_AGE: Duration = Duration::from_secs(30);

impl Known {
    /// Nothing yet.
    pub(super) fn nothing() -> Self {
        Self { by_revision: Arc::default(), since: None }
    }
}

/// Returns what is known of an article.
pub(super) fn of(known: &HashMap<Revision, Experience>, card: &Card) -> Experience {
    if known.is_empty() {
        return Experience::default();
    }
    known.get(&revision(card)).copied().unwrap_or_default()
}

impl Agents {
    /// Returns what agents made of each version of an article; what was known before where the
    /// log cannot be read.
    pub(super) async fn experience(&self) -> Arc<HashMap<Revision, Experience>> {
        let (known, since) = {
            let known = self.known.lock().expect(NO_PANIC);
            (Arc::clone(&known.by_revision), known.since)
        };
        if since.is_some_and(|since| since.elapsed() < MOST_AGE) {
            return known;
        }
        let Ok(marks) = self.events().read(|store| store.marks()).await else { return known };
        let counted = marks.into_iter().map(|(revision, marks)| {
            (revision, Experience { helped: marks.helped, rejected: marks.rejected })
        });
        let by_revision = Arc::new(counted.collect());
        let known = Known { by_revision: Arc::clone(&by_revision), since: Some(Instant::now()) };
        *self.known.lock().expect(NO_PANIC) = known;
        by_revision
    }

    /// Records which suggestions were shown.
    pub(super) fn record_shown(&self, solved: &Solved) {
        let at = Timestamp::now();
        let mut events = Vec::new();
        for (problem, number) in solved.suggestions.problems.iter().zip(1..) {
            for (one, rank) in problem.suggestions.iter().zip(1..) {
                let card = solved.snapshot.index.card(one.quotation.article);
                let place = Place { problem: number, rank, confidence: one.confidence };
                let suggestion = solved.suggestion_id(card);
                let what = What::Suggested(Suggested { suggestion, article: revision(card), place });
                events.push(Event { at, visitor: None, what });
            }
        }
        self.events().record(events);
    }

    /// Keeps what an agent did with a suggestion, which must have been shown.
    pub(super) async fn mark(&self, suggestion: &str, mark: Mark) -> Result<(), Problem> {
        let name = suggestion.to_owned();
        // It may have been shown a moment ago.
        self.events().drain().await.map_err(Problem::events_unavailable)?;
        let shown =
            self.events().read(|store| store.suggested(name)).await.map_err(Problem::events_unavailable)?;
        let article = shown.ok_or_else(Problem::no_suggestion)?;
        let what = What::Marked { suggestion: suggestion.to_owned(), article, mark };
        self.keep(what).await?;
        self.known.lock().expect(NO_PANIC).since = None;
        Ok(())
    }

    /// Keeps that an article is missing for a problem.
    pub(super) async fn miss(&self, problem: String, locale: Locale) -> Result<(), Problem> {
        let what = What::Missing { problem, locale };
        self.keep(what).await
    }

    async fn keep(&self, what: What) -> Result<(), Problem> {
        let event = Event { at: Timestamp::now(), visitor: None, what };
        self.events().write(vec![event]).await.map_err(Problem::events_unavailable)
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MarkRequest)]
pub(super) struct Request {
    /// Which suggestion, as its `suggestion_id` says.
    suggestion_id: String,
    /// `opened`: its article was read; `inserted`: it was put into a reply; `solved`: it solved
    /// the problem; `rejected`: it is wrong.
    event: MarkName,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MarkName {
    Opened,
    Inserted,
    Rejected,
    Solved,
}

impl From<MarkName> for Mark {
    fn from(name: MarkName) -> Self {
        match name {
            MarkName::Opened => Self::Opened,
            MarkName::Inserted => Self::Inserted,
            MarkName::Rejected => Self::Rejected,
            MarkName::Solved => Self::Solved,
        }
    }
}

/// What was kept.
#[derive(Serialize, ToSchema)]
#[schema(as = MarkResponse)]
pub(super) struct Response {
    /// Always `agent`.
    index: &'static str,
    suggestion_id: String,
    event: &'static str,
}

/// Keeps what an agent did with a suggestion. The same report twice counts once.
#[utoipa::path(post, path = "/api/v1/agent/events", request_body = Request,
    security(("agent_key" = [])),
    responses(
        (status = OK, body = Response),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn events(
    State(agents): State<Arc<Agents>>,
    Body(request): Body<Request>,
) -> Result<Json<Response>, Problem> {
    let mark = Mark::from(request.event);
    agents.mark(&request.suggestion_id, mark).await?;
    Ok(Json(Response { index: "agent", suggestion_id: request.suggestion_id, event: mark.as_str() }))
}
