//! What agents see, from an index of their own, internal articles included.
//!
//! Nothing here answers without a key ([`access`]). Customers' routes cannot reach any of
//! it: they are given [`App`], which holds the customers' index alone, while routes here
//! are given [`Agents`].
//!
//! [`suggestions`]: a ticket in, what solves it out, as JSON.

mod access;
mod suggestions;

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use serde::Deserialize;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::secret::Secret;
use super::{App, Problem};
use crate::index::{AgentIndex, Card, PassageVectors};
use crate::live::{MeaningState, Snapshot};
use crate::locale::Locale;
use crate::suggest::{Desk, Suggestions, Wanted};
use crate::ticket::{Reading, Ticket};
pub use access::{AgentKey, new_key};

/// Who the agents are, and what their console may do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Their keys; without one there is nothing for agents.
    pub keys: Vec<AgentKey>,
    /// How long a browser stays signed in.
    pub session_hours: u32,
    /// Origins of ticket tools that may show the console in a frame.
    pub frames: Vec<String>,
    /// The folder where drafts of missing articles are written; offered as a download if
    /// empty.
    pub drafts: PathBuf,
}

/// What all requests of agents share.
pub struct Agents {
    app: Arc<App>,
    shown: RwLock<Option<Snapshot<AgentIndex>>>,
    settings: Settings,
    cookies: axum_extra::extract::cookie::Key,
}

impl Agents {
    /// Serves those with a key of `settings`, from the moment a snapshot is shown.
    pub fn new(app: Arc<App>, settings: Settings, secret: &Secret) -> Self {
        let cookies = secret.cookies();
        Self { app, shown: RwLock::new(None), settings, cookies }
    }

    /// Answers from `snapshot` from now on; requests under way keep theirs.
    pub fn show(&self, snapshot: Snapshot<AgentIndex>) {
        *self.shown.write().expect("nothing panics while it holds the lock") = Some(snapshot);
    }

    /// Searches `index` by meaning too from now on, if it is still the one that is shown.
    pub fn show_vectors(&self, index: &AgentIndex, vectors: PassageVectors) {
        let mut shown = self.shown.write().expect("nothing panics while it holds the lock");
        if let Some(snapshot) = shown.as_mut().filter(|snapshot| snapshot.index.is(index)) {
            snapshot.vectors = Some(Arc::new(vectors));
        }
    }

    fn snapshot(&self) -> Result<Snapshot<AgentIndex>, Problem> {
        let shown = self.shown.read().expect("nothing panics while it holds the lock");
        shown.clone().ok_or_else(Problem::not_ready)
    }

    /// Finds what solves a ticket. Where `asked` says no locale of the customer, it is the
    /// language of the ticket.
    fn solve(&self, ticket: &Ticket, asked: Asked) -> Result<Solved, Problem> {
        let (snapshot, customers) = (self.snapshot()?, self.app.snapshot()?);
        let reading = ticket.read();
        let vectors = snapshot.vectors.as_deref();
        let desk = Desk {
            index: &snapshot.index,
            customers: &customers.index,
            searcher: self.app.searcher(&snapshot),
            answerer: self.app.answerer(&snapshot),
            vector_of: &|text| self.app.meaning.of_query(text, vectors).vector,
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
        let meaning = match vectors {
            Some(_) => MeaningState::Ready,
            None => self.app.meaning.state(),
        };
        Ok(Solved { snapshot, reading, suggestions, locale: wanted.locale, meaning })
    }
}

/// What is asked beside a ticket.
struct Asked {
    /// The agent's locale.
    locale: Option<Locale>,
    customer_locale: Option<Locale>,
    market: Option<String>,
    product: Option<String>,
    limit: usize,
    origin: String,
}

/// A ticket and what solves it.
struct Solved {
    snapshot: Snapshot<AgentIndex>,
    reading: Reading,
    suggestions: Suggestions,
    /// The customer's.
    locale: Locale,
    meaning: MeaningState,
}

/// Where agents' pages are.
const PATH: &str = "/agent";

/// Returns the path of a place on the page that agents see of an article.
fn page_path(card: &Card, anchor: Option<&str>) -> String {
    format!("{PATH}{}", card.url_at(anchor))
}

/// Names the suggestion of an article for a ticket: the same on every run.
fn suggestion_id(ticket: &Ticket, card: &Card) -> String {
    let mut hasher = blake3::Hasher::new();
    let locale = card.locale.to_string();
    for part in [&ticket.subject, &ticket.body, card.id.as_str(), &locale, &card.hash] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// A ticket with all mails that it quotes; as JSON it is longer. What is longer still is refused.
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
    let routes = OpenApiRouter::with_openapi(Document::openapi()).routes(routes!(suggestions::suggestions));
    let (routes, document) = routes.split_for_parts();
    (routes.layer(DefaultBodyLimit::max(MOST_BYTES)), document)
}
