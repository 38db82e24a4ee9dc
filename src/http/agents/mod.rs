//! What agents see, from an index of their own, internal articles included.
//!
//! Nothing here answers without a key (`http::policy`, [`access`]). Customers' routes cannot reach any of
//! it: they are given [`App`], which holds the customers' index alone, while routes here
//! are given [`Agents`].
//!
//! For programs: [`suggestions`], a ticket in, what solves it out; [`experience`], what
//! became of that. For people, the [`console`]: a ticket and its solutions side by side,
//! [`search`], an [`article`], and [`compose`] for one that is missing; [`insights`] for those who
//! write articles, and [`editing`] for their programs. Pages work without
//! JavaScript; `console.js` copies, takes keys, and talks with a ticket tool around it
//! (docs/agents.md).

mod access;
mod article;
mod compose;
mod console;
mod editing;
mod experience;
mod insights;
mod look;
mod media;
mod search;
mod suggestions;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum_extra::extract::cookie::Key;
use serde::Deserialize;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::origin::Origin;
use super::{App, NO_PANIC, Problem};
use crate::curate::Curator;
use crate::events::{Events, Revision};
use crate::index::{AgentIndex, Card, EmbedProgress, PassageVectors};
use crate::insights::Insights;
use crate::live::{MeaningState, Snapshot};
use crate::locale::Locale;
use crate::suggest::{Desk, Experience, Suggestions, Wanted};
use crate::ticket::{Reading, Ticket};
pub use access::{AgentKey, new_key};
use look::Look;
#[cfg(test)]
pub(super) use look::Texts;

/// Who the agents are, and what their console may do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Their keys; without one there is nothing for agents.
    #[serde(default)]
    pub keys: Vec<AgentKey>,
    /// How long a browser stays signed in.
    pub session_hours: u32,
    /// Origins of ticket tools that may show the console in a frame.
    pub frames: Vec<Origin>,
    /// The folder where drafts of missing articles are written; they are downloads only if it
    /// is empty.
    pub drafts: PathBuf,
}

/// What all requests of agents share.
pub struct Agents {
    app: Arc<App>,
    shown: RwLock<Option<Snapshot<AgentIndex>>>,
    known: Mutex<experience::Known>,
    settings: Settings,
    cookies: Key,
    look: Look,
    insights: insights::UpToDate,
    curator: Curator,
}

impl Agents {
    /// Serves those with a key of `settings`, from the moment a snapshot is shown.
    pub fn new(app: Arc<App>, settings: Settings, insights: Insights, curator: Curator) -> Self {
        Self {
            shown: RwLock::new(None),
            known: Mutex::new(experience::Known::nothing()),
            insights: insights::UpToDate::new(insights),
            curator,
            look: Look::new(&settings),
            cookies: app.ledger.secret.cookies(),
            settings,
            app,
        }
    }

    /// Returns what serves customers.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    fn events(&self) -> &Events {
        self.app.ledger.events()
    }

    /// Answers from `snapshot` from now on; requests under way keep theirs.
    pub fn show(&self, snapshot: Snapshot<AgentIndex>) {
        *self.shown.write().expect(NO_PANIC) = Some(snapshot);
    }

    /// Searches `index` by meaning too from now on, if it is still the one that is shown.
    pub fn show_vectors(&self, index: &AgentIndex, vectors: PassageVectors) {
        let mut shown = self.shown.write().expect(NO_PANIC);
        if let Some(snapshot) = shown.as_mut().filter(|snapshot| snapshot.index.is(index)) {
            snapshot.vectors = Some(Arc::new(vectors));
        }
    }

    fn snapshot(&self) -> Result<Snapshot<AgentIndex>, Problem> {
        let shown = self.shown.read().expect(NO_PANIC);
        shown.clone().ok_or_else(Problem::not_ready)
    }

    /// Finds what solves a ticket. Where `asked` says no locale of the customer, it is the
    /// language of the ticket.
    fn solve(
        &self,
        ticket: &Ticket,
        asked: Asked,
        known: &HashMap<Revision, Experience>,
    ) -> Result<Solved, Problem> {
        let (snapshot, customers) = (self.snapshot()?, self.app.snapshot()?);
        let reading = ticket.read();
        let desk = Desk {
            index: &snapshot.index,
            customers: &customers.index,
            searcher: self.app.searcher(&snapshot),
            answerer: self.app.answerer(&snapshot),
            vector_of: &|text| self.app.meaning_of(text, &snapshot).vector,
            experience_of: &|card| experience::of(known, card),
            today: self.app.today(),
        };
        let usual = asked.locale.unwrap_or_else(|| self.app.default_locale.clone());
        let wanted = Wanted {
            locale: asked.customer_locale.unwrap_or_else(|| desk.language_of(&reading, &usual)),
            market: asked.market,
            product: asked.product,
            limit: asked.limit,
            origin: asked.origin,
        };
        let suggestions = desk.suggest(&reading, &wanted)?;
        let meaning = match snapshot.vectors {
            Some(_) => MeaningState::Ready,
            None => match self.app.meaning.state() {
                // Those of customers are made first.
                MeaningState::Ready => MeaningState::Building(EmbedProgress::default()),
                state => state,
            },
        };
        let name = name(ticket, asked.ticket_id.as_deref());
        let solved = Solved { snapshot, name, reading, suggestions, locale: wanted.locale, meaning };
        self.record_shown(&solved);
        Ok(solved)
    }
}

/// What is asked beside a ticket.
struct Asked {
    /// The agent's locale.
    locale: Option<Locale>,
    customer_locale: Option<Locale>,
    market: Option<String>,
    product: Option<String>,
    ticket_id: Option<String>,
    limit: usize,
    origin: String,
}

/// A ticket and what solves it.
struct Solved {
    snapshot: Snapshot<AgentIndex>,
    /// What the names of its suggestions start with.
    name: blake3::Hasher,
    reading: Reading,
    suggestions: Suggestions,
    /// The customer's.
    locale: Locale,
    meaning: MeaningState,
}

impl Solved {
    /// Names the suggestion of an article for the ticket: the same on every run, and while the
    /// ticket has the same number, if it has one.
    fn suggestion_id(&self, card: &Card) -> String {
        let mut hasher = self.name.clone();
        add(&mut hasher, &[card.id.as_str(), &card.locale.to_string(), &card.hash]);
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// Names a ticket: by its number, else by what it says.
fn name(ticket: &Ticket, ticket_id: Option<&str>) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    match ticket_id {
        Some(id) => add(&mut hasher, &[id, ""]),
        None => add(&mut hasher, &[&ticket.subject, &ticket.body.replace("\r\n", "\n")]),
    }
    hasher
}

/// Adds parts, each with its length: where one ends matters.
fn add(hasher: &mut blake3::Hasher, parts: &[&str]) {
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
}

/// Suggestions for each problem, unless asked for otherwise.
const SUGGESTIONS: usize = 3;

/// Where agents' pages are.
const PATH: &str = "/agent";

/// Returns the path of a place on the page that agents see of an article.
fn page_path(card: &Card, anchor: Option<&str>) -> String {
    format!("{PATH}{}", card.url_at(anchor))
}

/// A ticket with all mails that it quotes; in a form or as JSON it is longer. What is longer
/// still is refused.
const MOST_BYTES: usize = 4 << 20;

#[derive(OpenApi)]
#[openapi(modifiers(&KeyScheme))]
struct Document;

struct KeyScheme;

impl Modify for KeyScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("agent_key", scheme);
    }
}

/// Returns the routes of the agents' API and the document that describes them.
pub(super) fn api() -> (Router<Arc<Agents>>, utoipa::openapi::OpenApi) {
    let routes = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(suggestions::suggestions))
        .routes(routes!(experience::events))
        .routes(routes!(editing::put, editing::delete))
        .merge(insights::api());
    let (routes, document) = routes.split_for_parts();
    (routes.layer(DefaultBodyLimit::max(MOST_BYTES)), document)
}

/// Returns the pages of the console.
pub(super) fn pages() -> Router<Arc<Agents>> {
    Router::new()
        .route("/agent", get(console::page).post(console::post))
        .route("/agent/marks", post(console::mark))
        .route("/agent/sign-out", post(console::sign_out))
        .route("/agent/search", get(search::page))
        .route("/agent/draft", post(compose::page))
        .route("/agent/{locale}/articles/{*id}", get(article::page))
        .route("/agent/media/{hash}/{name}", get(media::image))
        .route("/metrics", get(crate::http::metrics::metrics))
        .route("/agent/console.css", get(look::style))
        .route("/agent/console.js", get(look::script))
        .merge(insights::pages())
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}
