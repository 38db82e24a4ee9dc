//! `/metrics`: how the server does, for Prometheus.
//!
//! Counts and times of requests by route, of searches by what became of them, and the state of
//! what they need: index, queue of events, messages. Routes are named as in the policy, so that
//! no address of a visitor is in it.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, header};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::{Agents, App, Problem};

/// Upper bounds of the times that are told apart, in seconds.
const TIMES: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    channel: &'static str,
    outcome: &'static str,
}

/// What is measured.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Route, Histogram>,
    searches: Family<Outcome, Counter>,
    nothing_found: Counter,
    articles: Gauge,
    refreshes: Gauge,
    events_waiting: Gauge,
    events_dropped: Gauge,
    events_failing: Gauge,
    messages_failing: Gauge,
    turns_free: Gauge,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("zhida");
        let requests = Family::new_with_constructor((|| Histogram::new(TIMES)) as fn() -> Histogram);
        let help = "How long requests took";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, requests.clone());
        let searches = Family::<Outcome, Counter>::default();
        registry.register(
            "searches",
            "Searches, by where they were asked and what became of them",
            searches.clone(),
        );
        let nothing_found = Counter::default();
        registry.register(
            "searches_nothing_found",
            "Searches whose words no article has",
            nothing_found.clone(),
        );
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let articles = gauge("articles", "Articles that customers are served");
        let refreshes = gauge("content_refreshes", "How often another index was shown since the start");
        let events_waiting = gauge("events_waiting", "Events that wait to be written");
        let events_dropped = gauge("events_dropped", "Events that were dropped because too many waited");
        let events_failing = gauge("events_failing", "1 while events cannot be written");
        let messages_failing = gauge("messages_failing", "1 while messages or notices do not arrive");
        let turns_free = gauge("turns_free", "Requests of customers that could be worked on at once now");
        Self {
            registry,
            requests,
            searches,
            nothing_found,
            articles,
            refreshes,
            events_waiting,
            events_dropped,
            events_failing,
            messages_failing,
            turns_free,
        }
    }

    /// Counts a search.
    pub(super) fn searched(&self, channel: &'static str, outcome: Option<&'static str>, total: usize) {
        let outcome = Outcome { channel, outcome: outcome.unwrap_or("results") };
        self.searches.get_or_create(&outcome).inc();
        if total == 0 {
            self.nothing_found.inc();
        }
    }

    /// Counts that another index is shown.
    pub(super) fn shown(&self, articles: usize) {
        self.articles.set(articles as i64);
        self.refreshes.inc();
    }
}

/// Measures every request.
pub(super) async fn measure(
    State(app): State<Arc<App>>,
    path: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    // Anybody can make methods up.
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let start = Instant::now();
    let response = next.run(request).await;
    let route = path.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let labels = Route { method, route, status: response.status().as_u16() };
    app.metrics.requests.get_or_create(&labels).observe(start.elapsed().as_secs_f64());
    response
}

/// Returns all that is measured.
pub(super) async fn metrics(
    State(agents): State<Arc<Agents>>,
) -> Result<([(HeaderName, &'static str); 1], String), Problem> {
    let app = agents.app();
    let (metrics, events) = (&app.metrics, app.ledger.events());
    metrics.events_waiting.set(events.waiting() as i64);
    metrics.events_dropped.set(events.dropped() as i64);
    metrics.events_failing.set(events.is_failing().into());
    metrics.messages_failing.set(app.ledger.messages().is_failing().into());
    metrics.turns_free.set(app.turns.available_permits() as i64);
    let mut text = String::new();
    encode(&mut text, &metrics.registry).map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text))
}
