//! The server: the only area that knows axum and tokio.
//!
//! Every route can be seen in [`router`]. Customers are answered from the
//! [`Snapshot`] of the moment, which holds the customer index and nothing else:
//! no route of theirs can reach an internal article. What agents see has routes and a
//! state of its own ([`agents`]). Every response says which index it is from.
//!
//! A search runs on a blocking thread, so that no async thread ever waits for it.

mod agents;
mod answers;
mod api;
mod contents;
mod language;
mod ledger;
mod limit;
mod media;
mod messages;
mod metrics;
mod negotiate;
mod origin;
mod pages;
mod policy;
mod problem;
mod secret;
mod templates;
mod texts;
mod usage;
mod widget;

use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer};
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::answer;
use crate::index::{CustomerIndex, Index, PassageVectors};
use crate::live::{Meaning, QueryMeaning, Snapshot};
use crate::locale::Locale;
use crate::search::{Learned, Searcher, Weights};
pub use agents::{AgentKey, Agents, Settings as AgentSettings, new_key};
pub use ledger::{Ledger, LedgerError};
use limit::Limit;
pub use pages::{Label, Link, Site, TextsAdvice, ThemeError, missing_texts};
pub use policy::{Role, public_paths};
pub use problem::Problem;
use usage::Usage;
pub use widget::Settings as WidgetSettings;

const NO_PANIC: &str = "nothing panics while it holds the lock";

/// How the server listens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port; port 0 picks a free one.
    pub listen: String,
    /// A request that takes longer is cut off.
    pub timeout_seconds: u64,
    /// How long open requests may go on after the server was told to stop.
    pub shutdown_seconds: u64,
    /// The header in which the proxy in front of the server says who asks; none if empty.
    #[serde(default, deserialize_with = "header_name")]
    pub address_header: Option<HeaderName>,
}

/// Reads the name of a header; nothing if it is empty.
fn header_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<HeaderName>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let wrong = |_| serde::de::Error::custom(format!("`{name}` is no name of a header"));
    (!name.is_empty()).then(|| name.parse().map_err(wrong)).transpose()
}

/// The help center of the moment, and what its readers opened.
#[derive(Clone)]
struct Shown {
    snapshot: Snapshot,
    usage: Arc<Usage>,
}

/// What all requests share.
pub struct App {
    shown: RwLock<Option<Shown>>,
    pages: pages::Pages,
    weights: Weights,
    answers: answer::Settings,
    meaning: Arc<Meaning>,
    default_locale: Locale,
    time_zone: TimeZone,
    ledger: Ledger,
    widget: widget::Script,
    votes: Limit,
    messages_limit: Limit,
    turns: Arc<Semaphore>,
    learned: RwLock<Arc<Learned>>,
    metrics: metrics::Metrics,
}

impl App {
    /// Makes an app that is not ready until it is shown a snapshot.
    pub fn new(
        site: Site,
        weights: Weights,
        answers: answer::Settings,
        meaning: Arc<Meaning>,
        default_locale: Locale,
        time_zone: TimeZone,
        ledger: Ledger,
    ) -> Result<Self, ThemeError> {
        Ok(Self {
            shown: RwLock::new(None),
            learned: RwLock::default(),
            metrics: metrics::Metrics::new(),
            turns: Arc::new(Semaphore::new(at_once(&meaning))),
            widget: widget::Script::new(&site),
            pages: pages::Pages::new(site)?,
            weights,
            answers,
            meaning,
            default_locale,
            time_zone,
            ledger,
            votes: Limit::new(30, Duration::from_secs(10)),
            messages_limit: Limit::new(5, Duration::from_secs(60)),
        })
    }

    /// Returns the address of the style sheet.
    fn style_url(&self) -> String {
        self.pages.style_url()
    }

    /// Returns what is kept of what happened.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Answers from `snapshot` from now on; requests under way keep theirs.
    pub fn show(&self, snapshot: Snapshot) {
        let usage = match self.shown() {
            Ok(before) => before.usage.carried(&before.snapshot.index, &snapshot.index),
            Err(_) => Usage::new(&snapshot.index),
        };
        let usage = Arc::new(usage);
        self.metrics.shown(snapshot.index.cards().len());
        *self.shown.write().expect(NO_PANIC) = Some(Shown { snapshot, usage });
    }

    /// Searches `index` by meaning too from now on, if it is still the one that is shown.
    pub fn show_vectors(&self, index: &CustomerIndex, vectors: PassageVectors) {
        let mut shown = self.shown.write().expect(NO_PANIC);
        if let Some(shown) = shown.as_mut().filter(|shown| shown.snapshot.index.is(index)) {
            shown.snapshot.vectors = Some(Arc::new(vectors));
        }
    }

    /// Lets what readers made of articles choose between those that match alike, from now on.
    pub fn learn(&self, learned: Arc<Learned>) {
        *self.learned.write().expect(NO_PANIC) = learned;
    }

    /// Returns the state of the moment, or why there is none yet.
    fn shown(&self) -> Result<Shown, Problem> {
        let shown = self.shown.read().expect(NO_PANIC);
        shown.clone().ok_or_else(Problem::not_ready)
    }

    /// Returns the help center of the moment, or why there is none yet.
    fn snapshot(&self) -> Result<Snapshot, Problem> {
        self.shown().map(|shown| shown.snapshot)
    }

    /// Returns what searches `snapshot`, as of today.
    fn searcher<'a, I: Deref<Target = Index>>(&'a self, snapshot: &'a Snapshot<I>) -> Searcher<'a> {
        let learned = Arc::clone(&self.learned.read().expect(NO_PANIC));
        Searcher::new(&snapshot.index, &snapshot.analyzer, &self.weights, self.today())
            .with_vectors(snapshot.vectors.as_deref())
            .with_learned(learned)
    }

    /// Finds out what a query means to the articles of `snapshot`.
    fn meaning_of<I>(&self, query: &str, snapshot: &Snapshot<I>) -> QueryMeaning {
        self.meaning.of_query(query, snapshot.vectors.as_deref())
    }

    /// Returns where the help center is reached: as configured, else as it was asked.
    fn origin(&self, headers: &HeaderMap) -> String {
        let configured = self.pages.site().address.trim_end_matches('/');
        if !configured.is_empty() {
            return configured.to_owned();
        }
        let header = |name: &HeaderName| headers.get(name)?.to_str().ok();
        let is_host = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_:[]".contains(&b));
        let host = header(&header::HOST).filter(is_host).unwrap_or("localhost");
        format!("{}://{host}", if self.is_secure(headers) { "https" } else { "http" })
    }

    /// Returns whether the visitor's side of the connection is encrypted, as the address of the
    /// help center says, or a proxy in front of the server.
    fn is_secure(&self, headers: &HeaderMap) -> bool {
        self.pages.site().address.starts_with("https://")
            || headers.get("x-forwarded-proto").is_some_and(|protocol| protocol == "https")
    }

    /// Returns the day it is where the company is.
    fn today(&self) -> Date {
        jiff::Timestamp::now().to_zoned(self.time_zone.clone()).date()
    }
}

/// Returns every route.
pub fn router(app: Arc<App>, agents: Arc<Agents>, settings: &Settings, widget: &WidgetSettings) -> Router {
    let timeout = Duration::from_secs(settings.timeout_seconds);
    let (customers_api, mut document) = api::routes();
    let (agents_api, agents_document) = agents::api();
    document.merge(agents_document);
    let customers_api = customers_api.layer(widget.cors());
    let media = Router::new().route("/media/{hash}/{name}", get(media::image));
    let measured = from_fn_with_state(Arc::clone(&app), metrics::measure);
    let customers = customers_api.merge(media).merge(widget::routes()).merge(pages::routes()).with_state(app);
    let enforced = from_fn_with_state(Arc::clone(&agents), policy::enforce);
    let agents = agents_api.merge(agents::pages()).with_state(agents);
    let customers = customers.merge(api::document_route(document));
    let routes = Router::new()
        .merge(from_index("agent", agents.layer(enforced.clone()), timeout))
        // Last, so that browsers of other sites are told what they may ask of a shared path.
        .merge(from_index("customer", customers.layer(enforced), timeout))
        .layer(measured)
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http());
    match &settings.address_header {
        Some(header) => routes.layer(from_fn_with_state(Arc::new(header.clone()), limit::behind_proxy)),
        None => routes,
    }
}

/// How long browsers keep what has another address once it changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Longest body of a request, unless a route says otherwise.
const MOST_BYTES: usize = 64 << 10;

/// Cuts off what takes too long, and names the index in every response of these routes.
fn from_index(index: &'static str, routes: Router, timeout: Duration) -> Router {
    let timeout = TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, timeout);
    let name = HeaderName::from_static("zhida-index");
    let named = SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(index));
    routes.layer(timeout).layer(named).layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// A port that is bound and not yet served.
pub struct Listening {
    listener: std::net::TcpListener,
    address: SocketAddr,
}

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken, not ours, or not an address.
    #[error(
        "cannot listen on {listen}; choose another address with --listen ADDR:PORT (port 0 picks a free one)"
    )]
    Listen {
        /// As configured.
        listen: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system failed while serving.
    #[error("the server failed")]
    Serve(#[from] std::io::Error),
}

impl Listening {
    /// Binds the configured address.
    pub fn new(settings: &Settings) -> Result<Self, ServeError> {
        let failed = |source| ServeError::Listen { listen: settings.listen.clone(), source };
        let listener = std::net::TcpListener::bind(&settings.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Returns the address with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is told to stop or `stop` says so, then lets
    /// open requests finish.
    pub fn serve(
        self,
        app: Arc<App>,
        agents: Arc<Agents>,
        settings: &Settings,
        widget: &WidgetSettings,
        stop: tokio::sync::oneshot::Receiver<()>,
    ) -> Result<(), ServeError> {
        let router = router(app, Arc::clone(&agents), settings, widget);
        let patience = Duration::from_secs(settings.shutdown_seconds);
        let runtime = tokio::runtime::Runtime::new()?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::spawn(agents.follow_events());
            tracing::info!(address = %self.address, "listening");
            let (stopping, stopped) = tokio::sync::oneshot::channel();
            let shutdown = async move {
                told_to_stop(stop).await;
                tracing::info!("stopping");
                stopping.send(()).ok();
            };
            let serving = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
                .with_graceful_shutdown(shutdown)
                .into_future();
            let out_of_patience = async move {
                stopped.await.ok();
                tokio::time::sleep(patience).await;
            };
            tokio::select! {
                served = serving => served,
                () = out_of_patience => Ok(()),
            }
        });
        runtime.shutdown_background();
        Ok(served?)
    }
}

/// Returns when the process gets SIGTERM or Ctrl-C, or `stop` is sent or dropped.
async fn told_to_stop(stop: tokio::sync::oneshot::Receiver<()>) {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
        _ = stop => {}
    }
}

/// Returns whether a browser has what this `ETag` names already. Proxies that compress mark the
/// names that they pass on as weak.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    names(headers, header::IF_NONE_MATCH, etag)
}

/// Returns whether a header that lists names of versions has this one.
fn names(headers: &HeaderMap, name: HeaderName, etag: &str) -> bool {
    let strong = |etag: &str| etag.trim().trim_start_matches("W/").to_owned();
    let known = headers.get_all(name).iter().filter_map(|known| known.to_str().ok());
    known.flat_map(|known| known.split(',')).any(|known| strong(known) == strong(etag))
}

/// Returns what a field of a form holds; nothing if that is empty.
fn given(field: &str) -> Option<String> {
    Some(field.to_owned()).filter(|text| !text.is_empty())
}

/// How many requests of customers are worked on at once: one on each core. More would share the
/// cores, so that all of them end when the last one does. Where an endpoint says what a query
/// means, searches mostly wait for that, and any number may.
fn at_once(meaning: &Meaning) -> usize {
    match meaning.asks_an_endpoint() {
        true => Semaphore::MAX_PERMITS,
        false => std::thread::available_parallelism().map_or(1, usize::from),
    }
}

/// Does the work of a customer's request on a thread where it may take its time, when it is its
/// turn: first come, first served.
async fn in_turn<T: Send + 'static>(
    app: Arc<App>,
    work: impl FnOnce(&App) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = Arc::clone(&app.turns).acquire_owned().await.expect("nobody closes it");
    blocking(move || {
        let _turn = turn;
        work(&app)
    })
    .await
}

/// Runs `work` on a thread where it may take its time.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|panic| Err(Problem::internal(&panic)))
}
