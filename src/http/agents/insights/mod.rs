//! `/agent/insights` and `/api/v1/insights`: what visitors looked for, what failed them, and
//! how articles do.
//!
//! A report is a page, a spreadsheet or JSON, of the same days and the same part of the
//! visitors. What happened is held in memory ([`UpToDate`]) and brought up to date with the log
//! before each answer.

mod changes;
mod chart;
mod gaps;
mod page;
mod scope;

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::civil::Date;
use serde::Serialize;
use tokio::sync::Mutex;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Agents;
use crate::http::api::Params;
use crate::http::{Problem, blocking};
use crate::insights::{Insights, Report};
use crate::live::write_learned;
use crate::search::Learned;
pub(super) use changes::refused;
use scope::Wanted;

/// Events that are taken in one step.
const AT_ONCE: u32 = 20_000;

/// How often the log is looked at when nobody asks.
const EVERY: Duration = Duration::from_secs(60);

/// How soon, where it could not be.
const SOON: Duration = Duration::from_secs(3);

/// What happened, as far as the log was read.
pub(super) struct UpToDate {
    insights: Arc<RwLock<Insights>>,
    /// Whoever holds it reads the log.
    turn: Mutex<()>,
    gaps: std::sync::Mutex<Option<gaps::Known>>,
    /// The gaps that were told since the start.
    told: std::sync::Mutex<HashSet<String>>,
}

impl UpToDate {
    pub(super) fn new(insights: Insights) -> Self {
        Self {
            insights: Arc::new(RwLock::new(insights)),
            turn: Mutex::new(()),
            gaps: std::sync::Mutex::default(),
            told: std::sync::Mutex::default(),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, Insights> {
        self.insights.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Agents {
    /// Reads what the log has that is not known yet.
    async fn catch_up(&self) -> Result<(), Problem> {
        let _turn = self.insights.turn.lock().await;
        loop {
            let last = self.insights.read().last();
            let read = self.events().read(|store| store.after(last, AT_ONCE)).await;
            let (events, end) = read.map_err(Problem::events_unavailable)?;
            if end == last {
                return Ok(());
            }
            let insights = Arc::clone(&self.insights.insights);
            let take = move || {
                let mut insights = insights.write().unwrap_or_else(PoisonError::into_inner);
                // Who asked may have gone away while this waited, and somebody else read the same.
                if insights.last() == last {
                    insights.take(&events, end);
                }
                Ok(())
            };
            blocking(take).await?;
        }
    }

    /// Learns from the days before `today` what readers made of articles.
    pub fn learn(&self, today: Date) {
        let learned = Learned::new(self.insights.read().opinions(today));
        if let Err(error) = write_learned(&learned, self.curator.index_dir()) {
            let error = &error as &dyn std::error::Error;
            tracing::error!(
                error,
                "what was learned cannot be kept beside the index; it holds until a restart"
            );
        }
        self.app.learn(Arc::new(learned));
    }

    /// Keeps reports up to date while nobody asks for one, so that who asks does not wait.
    pub(in crate::http) async fn follow_events(self: Arc<Self>) {
        let mut learned_on = None;
        loop {
            let today = self.app.today();
            let is_done = match self.catch_up().await {
                Ok(()) => {
                    let (agents, learns) = (Arc::clone(&self), learned_on != Some(today));
                    blocking(move || agents.look_ahead(today, learns)).await.is_ok()
                }
                // It has said so itself.
                Err(_) => false,
            };
            if is_done {
                learned_on = Some(today);
            }
            // At the start there is no index yet.
            tokio::time::sleep(if is_done { EVERY } else { SOON }).await;
        }
    }

    /// Works out what takes its time before anybody asks, and tells of what is new.
    fn look_ahead(&self, today: Date, learns: bool) -> Result<(), Problem> {
        let analyzer = self.app.snapshot()?.analyzer;
        if learns {
            self.learn(today);
        }
        let scope = Wanted::default().scope(today)?;
        let gaps = self.current_gaps(&scope).unwrap_or_else(|| self.find_gaps(&scope, &analyzer));
        self.tell_of_gaps(&gaps, &analyzer);
        Ok(())
    }
}

/// Returns the routes for programs.
pub(super) fn api() -> OpenApiRouter<Arc<Agents>> {
    OpenApiRouter::new().routes(routes!(figures)).routes(routes!(gaps::gaps)).routes(routes!(report))
}

/// Returns the routes of pages.
pub(super) fn pages() -> Router<Arc<Agents>> {
    Router::new()
        .route("/agent/insights", get(page::page))
        .route("/agent/insights/gaps", get(gaps::page))
        .route("/agent/insights/changes", get(changes::page).post(changes::post))
        .route("/agent/insights/changes/accept", post(changes::accept))
        .route("/agent/insights/changes/undo", post(changes::undo))
        .route("/agent/insights/{report}", get(page::report_page))
}

/// Searches and visits, counted.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsFigures)]
struct Figures {
    /// Always `agent`.
    index: &'static str,
    /// The first day.
    #[schema(value_type = String)]
    from: Date,
    /// The last day.
    #[schema(value_type = String)]
    to: Date,
    searches: u64,
    /// Searches whose words no article has.
    nothing_found: u64,
    answered: u64,
    suggested: u64,
    unknown: u64,
    /// Searches of which a result was opened.
    opened: u64,
    /// What one visitor did on one day is a visit.
    visits: u64,
    /// Visits that were helped and asked nobody.
    helped: u64,
    /// Visits that asked a person.
    escalated: u64,
    /// Visits for each one that asked a person; nothing if none did.
    self_service_score: Option<f64>,
    /// The part of the visits that were helped, of those and the ones that asked a person.
    deflection: Option<f64>,
    /// The mean of all ratings, 1 to 5.
    satisfaction: Option<f64>,
    ratings: u64,
    /// The median of the seconds from the first search of a visit to its first useful result.
    seconds_to_help: Option<u32>,
}

/// Counts searches and visits.
#[utoipa::path(get, path = "/api/v1/insights", params(Wanted), security(("agent_key" = [])), responses(
    (status = OK, body = Figures),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
async fn figures(
    State(agents): State<Arc<Agents>>,
    Params(wanted): Params<Wanted>,
) -> Result<Json<Figures>, Problem> {
    let scope = wanted.scope(agents.app.today())?;
    agents.catch_up().await?;
    let work = move || Ok((agents.insights.read().figures(&scope), scope));
    let (figures, scope) = blocking(work).await?;
    Ok(Json(Figures {
        index: "agent",
        from: scope.from,
        to: scope.to,
        searches: figures.searches,
        nothing_found: figures.nothing_found,
        answered: figures.answered,
        suggested: figures.suggested,
        unknown: figures.unknown,
        opened: figures.opened,
        visits: figures.visits,
        helped: figures.helped,
        escalated: figures.escalated,
        self_service_score: figures.self_service_score(),
        deflection: figures.deflection(),
        satisfaction: figures.satisfaction(),
        ratings: figures.ratings,
        seconds_to_help: figures.seconds_to_help(),
    }))
}

/// A report.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsReport)]
struct Rows {
    /// Always `agent`.
    index: &'static str,
    #[schema(value_type = String)]
    from: Date,
    #[schema(value_type = String)]
    to: Date,
    /// Objects with the same keys.
    #[schema(value_type = Vec<Object>)]
    rows: crate::insights::Table,
}

/// Makes a report: `days`, `locales`, `markets`, `channels`, `questions`, `rising`, `articles`,
/// `comments`, `stale`, `translation-demand`, `old-translations` or `reuse`.
#[utoipa::path(get, path = "/api/v1/insights/{report}", params(Wanted, ("report" = String, Path)),
    security(("agent_key" = [])), responses(
    (status = OK, body = Rows),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
async fn report(
    State(agents): State<Arc<Agents>>,
    Path(name): Path<String>,
    Params(wanted): Params<Wanted>,
) -> Result<Json<Rows>, Problem> {
    let report = Report::named(&name).ok_or_else(Problem::no_route)?;
    let scope = wanted.scope(agents.app.today())?;
    let (from, to) = (scope.from, scope.to);
    let rows = agents.table(report, scope).await?;
    Ok(Json(Rows { index: "agent", from, to, rows }))
}

impl Agents {
    /// Makes a report on what agents see.
    async fn table(
        self: Arc<Self>,
        report: Report,
        scope: crate::insights::Scope,
    ) -> Result<crate::insights::Table, Problem> {
        self.catch_up().await?;
        blocking(move || {
            let snapshot = self.snapshot()?;
            let today = self.app.today();
            Ok(self.insights.read().report(report, &scope, &snapshot.index, today))
        })
        .await
    }
}
