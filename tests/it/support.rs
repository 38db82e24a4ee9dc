//! A help center in a temporary folder, to be asked like the real one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use jiff::civil::Date;
use tempfile::TempDir;
use tower::ServiceExt;
use zhida::answer::{Answerer, Calibration};
use zhida::content::{Loader, Settings};
use zhida::curate::Curator;
use zhida::events::Events;
use zhida::http::{AgentKey, AgentSettings, Agents, App, Ledger, Role, ThemeError};
use zhida::index::{AgentIndex, Report};
use zhida::insights::Insights;
use zhida::live::{Live, Meaning, Snapshot};
use zhida::locale::Locale;
use zhida::messages::Message;
use zhida::search::{Filters, Match, Results, Searcher, Weights};
use zhida::semantic::{Embedder, EndpointSettings, Source};
use zhida::suggest::{Desk, Experience, Suggestions, Wanted};
use zhida::ticket::Ticket;

/// The day on which tests search, unless they say another.
pub(crate) const TODAY: Date = jiff::civil::date(2026, 11, 22);

pub(crate) fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale tag")
}

/// Content and index in a folder of their own.
pub(crate) struct HelpCenter {
    folder: Arc<TempDir>,
    meaning: Arc<Meaning>,
    live: Live,
    snapshot: Snapshot,
    agents: Snapshot<AgentIndex>,
    report: Report,
}

impl HelpCenter {
    /// Builds a help center of files, each a path below the content folder and its text.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        Self::in_locale("en", files)
    }

    /// The sample help center, as a copy.
    pub(crate) fn sample() -> Self {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let mut files = Vec::new();
        read_folder(&dir, &dir, &mut files);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Self::new(&files)
    }

    /// Returns the titles and questions of all articles that customers see, with the locale.
    pub(crate) fn questions(&self) -> Vec<(String, String)> {
        let settings = Settings { dir: self.content(), default_locale: locale("en") };
        let articles = Loader::new(settings).load().expect("the content loads").corpus.articles;
        let questions = articles.iter().filter(|article| article.is_for_customers()).flat_map(|article| {
            let texts = std::iter::once(&article.title).chain(&article.questions);
            texts.map(|text| (article.locale.to_string(), text.clone()))
        });
        questions.collect()
    }

    /// As `new`, with another default locale.
    pub(crate) fn in_locale(default_locale: &str, files: &[(&str, &str)]) -> Self {
        Self::build(default_locale, files, |index| Meaning::new(Source::Off, Default::default(), index))
    }

    /// As `new`, and with search by meaning.
    pub(crate) fn with_meaning(files: &[(&str, &str)]) -> Self {
        let meaning = |index: &Path| Meaning::with(embedder(), index).expect("vectors can be stored");
        let mut help_center = Self::build("en", files, meaning);
        help_center.embed();
        help_center
    }

    /// As `new`, with the vectors of an endpoint; none are made yet.
    pub(crate) fn with_endpoint(files: &[(&str, &str)], endpoint: EndpointSettings) -> Self {
        Self::build("en", files, |index| Meaning::new(Source::Endpoint, endpoint.clone(), index))
    }

    /// Makes the vectors that are missing; returns for how many passages.
    pub(crate) fn embed(&mut self) -> usize {
        let index = &*self.snapshot.index;
        let embedded = self.meaning.embed(&[index], &|_| (), &|| true).expect("the model runs");
        self.snapshot.vectors = self.meaning.vectors(index).expect("vectors are read").map(Arc::new);
        let agents = &*self.agents.index;
        self.meaning.embed(&[agents], &|_| (), &|| true).expect("the model runs");
        self.agents.vectors = self.meaning.vectors(agents).expect("vectors are read").map(Arc::new);
        embedded
    }

    /// Starts anew on the same folder.
    pub(crate) fn restart(&mut self) {
        let settings = Settings { dir: self.content(), default_locale: locale("en") };
        let meaning = Meaning::with(embedder(), &self.index_dir()).expect("vectors can be stored");
        self.meaning = Arc::new(meaning);
        self.live = Live::new(settings, &self.index_dir(), Arc::clone(&self.meaning)).with_agents();
        self.refresh();
    }

    fn build(default_locale: &str, files: &[(&str, &str)], meaning: impl Fn(&Path) -> Meaning) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            write(&folder.path().join("content").join(path), text);
        }
        fs::create_dir_all(folder.path().join("content")).expect("a content folder");
        let settings =
            Settings { dir: folder.path().join("content"), default_locale: locale(default_locale) };
        let index_dir = folder.path().join("index");
        let meaning = Arc::new(meaning(&index_dir));
        let mut live = Live::new(settings, &index_dir, Arc::clone(&meaning)).with_agents();
        let refreshed = live.refresh(&|_, _| ()).expect("the help center builds");
        let agents = refreshed.agents.expect("there are agents");
        Self {
            folder: Arc::new(folder),
            meaning,
            live,
            snapshot: refreshed.snapshot,
            agents,
            report: refreshed.report,
        }
    }

    /// Writes a file and brings the index up to date.
    pub(crate) fn save(&mut self, path: &str, text: &str) {
        write(&self.content().join(path), text);
        self.refresh();
    }

    /// Removes a file and brings the index up to date.
    pub(crate) fn remove(&mut self, path: &str) {
        fs::remove_file(self.content().join(path)).expect("the file was there");
        self.refresh();
    }

    pub(crate) fn refresh(&mut self) {
        let refreshed = self.live.refresh(&|_, _| ()).expect("the help center refreshes");
        self.agents = refreshed.agents.expect("there are agents");
        (self.snapshot, self.report) = (refreshed.snapshot, refreshed.report);
    }

    /// What the last refresh wrote.
    pub(crate) fn report(&self) -> &Report {
        &self.report
    }

    pub(crate) fn content(&self) -> PathBuf {
        self.folder.path().join("content")
    }

    /// The folder with the log of events and drafts.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What customers are served now.
    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(crate) fn index_dir(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn agent_index(&self) -> AgentIndex {
        self.agents.index.clone()
    }

    /// Searches as a customer.
    pub(crate) fn search(&self, query: &str, visitor: &str) -> Results {
        self.search_with(&request(query, visitor), TODAY)
    }

    pub(crate) fn search_with(&self, request: &zhida::search::Request, today: Date) -> Results {
        let weights = Weights::default();
        let vectors = self.snapshot.vectors.as_deref();
        let searcher = Searcher::new(&self.snapshot.index, &self.snapshot.analyzer, &weights, today);
        let vector = self.meaning.of_query(&request.query, vectors).vector;
        let request = zhida::search::Request { vector, ..request.clone() };
        searcher.with_vectors(vectors).search(&request).expect("the search runs")
    }

    /// Searches as an agent and returns ids, best first.
    pub(crate) fn agent_ids(&self, query: &str, visitor: &str) -> Vec<String> {
        let index = self.agent_index();
        let weights = Weights::default();
        let searcher = Searcher::new(&index, &self.snapshot.analyzer, &weights, TODAY);
        let hits = searcher.search(&request(query, visitor)).expect("the search runs").hits;
        hits.iter().map(|hit| index.card(hit.article).id.to_string()).collect()
    }

    /// Returns for each problem of a ticket the ids of the articles that solve it.
    pub(crate) fn suggested(&self, body: &str, customer: &str) -> Vec<Vec<String>> {
        let ticket = Ticket { subject: String::new(), body: body.to_owned() };
        let suggestions = self.suggestions(&ticket, customer);
        let ids = |problem: &zhida::suggest::Problem| {
            let index = self.agent_index();
            let id = |one: &zhida::suggest::Suggestion| index.card(one.quotation.article).id.to_string();
            problem.suggestions.iter().map(id).collect()
        };
        suggestions.problems.iter().map(ids).collect()
    }

    /// Asks, as an agent, what solves a ticket.
    pub(crate) fn suggestions(&self, ticket: &Ticket, customer: &str) -> Suggestions {
        let Snapshot { index, vectors, .. } = &self.agents;
        let vectors = vectors.as_deref();
        let (weights, settings, calibration) = (Weights::default(), answers(), Calibration::default());
        let analyzer = &*self.snapshot.analyzer;
        let model = vectors.map(|vectors| vectors.model());
        let desk = Desk {
            index,
            customers: &self.snapshot.index,
            searcher: Searcher::new(index, analyzer, &weights, TODAY).with_vectors(vectors),
            answerer: Answerer::new(index, analyzer, &settings, &calibration, model, TODAY),
            vector_of: &|text| self.meaning.of_query(text, vectors).vector,
            experience_of: &|_| Experience::default(),
            today: TODAY,
        };
        let wanted = Wanted {
            locale: locale(customer),
            market: None,
            product: None,
            limit: 3,
            origin: "https://help.example.com".to_owned(),
        };
        desk.suggest(&ticket.read(), &wanted).expect("the index answers")
    }

    /// Searches as a customer and returns ids, best first.
    pub(crate) fn ids(&self, query: &str, visitor: &str) -> Vec<String> {
        self.ids_of(&self.search(query, visitor))
    }

    pub(crate) fn ids_of(&self, results: &Results) -> Vec<String> {
        results.hits.iter().map(|hit| self.snapshot.index.card(hit.article).id.to_string()).collect()
    }

    /// Searches as a customer; one line a result: `1. en/returns#how`.
    pub(crate) fn ranking(&self, query: &str, visitor: &str) -> String {
        let lines = self.search(query, visitor).hits.into_iter().zip(1..).map(|(hit, rank)| {
            let card = self.snapshot.index.card(hit.article);
            let anchor =
                hit.passages[0].anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
            let tier = hit.tier.expect("a search has tiers").as_str();
            format!("{rank}. {}/{}{anchor} {tier}", card.locale, card.id)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Asks the server, in memory.
    pub(crate) fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, body) = self.get_with(path, &[]);
        (status, body)
    }

    /// Asks the server with headers; returns status, headers and body.
    pub(crate) fn get_with(
        &self,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, axum::http::HeaderMap, String) {
        self.server().get_with(path, headers)
    }

    /// Returns a server that keeps what it learns from one request to the next.
    pub(crate) fn server(&self) -> Server {
        self.server_with(answers())
    }

    /// Returns a server that answers by these settings.
    pub(crate) fn server_with(&self, answers: zhida::answer::Settings) -> Server {
        self.server_of(answers, &shop()).expect("there is no theme")
    }

    /// Returns a server of a company that says this of itself.
    pub(crate) fn server_of(
        &self,
        answers: zhida::answer::Settings,
        site: &serde_json::Value,
    ) -> Result<Server, ThemeError> {
        Ok(self.serve(app_with(Arc::clone(&self.meaning), answers, &self.data(), site, &form())?))
    }

    /// Returns a server that takes messages by these settings.
    pub(crate) fn server_that_takes(&self, messages: &serde_json::Value) -> Server {
        let meaning = Arc::clone(&self.meaning);
        let app = app_with(meaning, answers(), &self.data(), &shop(), messages);
        self.serve(app.expect("there is no theme"))
    }

    fn serve(&self, app: App) -> Server {
        app.show(self.snapshot.clone());
        let app = Arc::new(app);
        let agents = agents_of(Arc::clone(&app), &self.data());
        agents.show(self.agents.clone());
        Server { app, agents: Arc::new(agents), _folder: Arc::clone(&self.folder) }
    }

    /// Asks the server for JSON; what differs on every call is masked.
    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        self.server().json(path)
    }
}

/// A help center on parcels, with one internal article; tickets are asked about it.
pub(crate) fn parcels() -> HelpCenter {
    HelpCenter::new(&[
        (
            "en/lost.md",
            "---\ntitle: My parcel is lost\nquestions: [parcel never arrived]\n---\nTell us the order {{order_number}}. We search for lost parcels for 5 days and send the goods again.\n",
        ),
        (
            "en/duty.md",
            "---\ntitle: Who pays import duty\n---\nThe receiver pays import duty to the carrier.\n",
        ),
        ("en/points.md", "---\ntitle: Membership points\n---\nPoints expire after 12 months.\n"),
        (
            "en/internal/compensation.md",
            "---\ntitle: Compensation for a lost parcel\naudience: internal\n---\nOffer 10 dollars of credit for a lost parcel.\n",
        ),
    ])
}

/// A server in memory.
pub(crate) struct Server {
    app: Arc<App>,
    agents: Arc<Agents>,
    /// The log of events is in it.
    _folder: Arc<TempDir>,
}

/// The key by which tests are agents.
pub(crate) const AGENT_KEY: &str = "zhida_the-key-of-an-agent";

impl Server {
    pub(crate) fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, body) = self.get_with(path, &[]);
        (status, body)
    }

    /// The log of events.
    pub(crate) fn events(&self) -> &Events {
        self.app.ledger().events()
    }

    /// Returns how many events of each kind are on disk.
    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        let (events, runtime) = (self.events(), tokio::runtime::Runtime::new().expect("a runtime"));
        runtime.block_on(events.drain()).expect("the log is written");
        runtime.block_on(events.read(|store| store.counts())).expect("the log is read")
    }

    /// Returns the messages of visitors, the last first.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let kept = runtime.block_on(self.app.ledger().messages().all()).expect("they are read");
        kept.into_iter().map(|kept| kept.message).collect()
    }

    /// Sends a JSON body.
    pub(crate) fn post(&self, path: &str, body: &str) -> (StatusCode, serde_json::Value) {
        self.post_with(path, body, &[])
    }

    /// Sends a JSON body as an agent.
    pub(crate) fn post_as_agent(&self, path: &str, body: &str) -> (StatusCode, serde_json::Value) {
        self.post_with(path, body, &[("authorization", &format!("Bearer {AGENT_KEY}"))])
    }

    /// Sends a JSON body with headers.
    pub(crate) fn post_with(
        &self,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, serde_json::Value) {
        let mut request = Request::post(path).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (status, _, body) = self.send(request.body(Body::from(body.to_owned())).expect("a request"));
        (status, serde_json::from_str(&body).expect("the body is JSON"))
    }

    /// Sends a body of this type.
    pub(crate) fn post_as(&self, path: &str, body: &str, kind: &str) -> (StatusCode, String) {
        let request = Request::post(path).header("content-type", kind);
        let (status, _, body) = self.send(request.body(Body::from(body.to_owned())).expect("a request"));
        (status, body)
    }

    /// Sends a form as a browser does; `sent` is encoded already.
    pub(crate) fn post_form(
        &self,
        path: &str,
        sent: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, axum::http::HeaderMap, String) {
        let mut request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(sent.to_owned())).expect("a request"))
    }

    /// Signs an agent in; returns the cookie.
    pub(crate) fn signed_in(&self) -> String {
        let (status, headers, _) = self.post_form("/agent", &format!("key={AGENT_KEY}"), &[]);
        assert_eq!(status, StatusCode::SEE_OTHER);
        let cookie = headers["set-cookie"].to_str().expect("a cookie");
        cookie.split(';').next().expect("a name and a value").to_owned()
    }

    pub(crate) fn get_with(
        &self,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, axum::http::HeaderMap, String) {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        self.send(request)
    }

    /// Sends a request without a body.
    pub(crate) fn send_as(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, axum::http::HeaderMap, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request"))
    }

    fn send(&self, request: Request<Body>) -> (StatusCode, axum::http::HeaderMap, String) {
        let router = router(Arc::clone(&self.app), Arc::clone(&self.agents));
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let response = router.oneshot(request).await.expect("the router answers");
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.expect("the body arrives").to_bytes();
            (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).expect("a text"))
        })
    }

    /// Asks for JSON; what differs on every call is masked.
    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        let (_, body) = self.get(path);
        let mut value: serde_json::Value = serde_json::from_str(&body).expect("the body is JSON");
        for masked in ["query_id", "took_ms"] {
            if let Some(field) = value.get_mut(masked) {
                *field = "…".into();
            }
        }
        value
    }
}

/// The bundled model, made ready once for all tests.
pub(crate) fn embedder() -> Arc<Embedder> {
    static EMBEDDER: LazyLock<Arc<Embedder>> = LazyLock::new(|| {
        let model = Embedder::open(&Source::Bundled, &Default::default()).expect("the bundled model opens");
        Arc::new(model.expect("it is wanted"))
    });
    Arc::clone(&EMBEDDER)
}

/// An app that has no snapshot yet.
pub(crate) fn app() -> App {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    app_with(
        Arc::new(Meaning::new(Source::Off, Default::default(), Path::new(""))),
        answers(),
        nowhere.path(),
        &shop(),
        &form(),
    )
    .expect("there is no theme")
}

/// Agents with one key, [`AGENT_KEY`], and nothing to see yet.
pub(crate) fn agents_of(app: Arc<App>, data: &Path) -> Agents {
    agents_in_frames_of("https://tickets.example.com", app, data)
}

/// The same, where the ticket tool at `origin` may show their console.
pub(crate) fn agents_in_frames_of(origin: &str, app: Arc<App>, data: &Path) -> Agents {
    let hash = blake3::hash(AGENT_KEY.as_bytes());
    let keys = vec![AgentKey { name: "test".to_owned(), hash, role: Role::Editor, expires: None }];
    let frames = vec![origin.to_owned().try_into().expect("an origin")];
    let settings = AgentSettings { keys, session_hours: 1, frames, drafts: data.join("drafts") };
    let insights = serde_json::from_value(serde_json::json!({ "least_visitors": 1 })).expect("settings");
    let insights = Insights::new(&insights, None, jiff::tz::TimeZone::UTC);
    let dir = data.parent().unwrap_or(data);
    let content = Settings { dir: dir.join("content"), default_locale: locale("en") };
    let curator = Curator::new(content, &dir.join("index"), data);
    Agents::new(app, settings, insights, curator)
}

fn app_with(
    meaning: Arc<Meaning>,
    answers: zhida::answer::Settings,
    data: &Path,
    site: &serde_json::Value,
    messages: &serde_json::Value,
) -> Result<App, ThemeError> {
    let site = serde_json::from_value(site.clone()).expect("a site");
    let messages = serde_json::from_value(messages.clone()).expect("settings");
    let ledger = Ledger::open(data, &zhida::events::Settings::default(), &messages).expect("a ledger");
    let zone = jiff::tz::TimeZone::UTC;
    App::new(site, Weights::default(), answers, meaning, Locale::english(), zone, ledger)
}

/// What the company of most tests says of itself.
pub(crate) fn shop() -> serde_json::Value {
    serde_json::json!({ "name": "Seabridge", "url": "https://shop.example.com/", "contact": [] })
}

/// Messages are taken and kept.
fn form() -> serde_json::Value {
    serde_json::json!({ "form": true })
}

/// Every route, for customers' browsers on `https://shop.example.com`, too.
pub(crate) fn router(app: Arc<App>, agents: Arc<Agents>) -> axum::Router {
    let settings = serde_json::json!({
        "listen": "127.0.0.1:0", "timeout_seconds": 10, "shutdown_seconds": 1,
        "address_header": "x-forwarded-for",
    });
    let widget = serde_json::json!({ "origins": ["https://shop.example.com"] });
    let settings = serde_json::from_value(settings).expect("settings");
    let widget = serde_json::from_value(widget).expect("settings");
    zhida::http::router(app, agents, &settings, &widget)
}

pub(crate) fn request(query: &str, visitor: &str) -> zhida::search::Request {
    zhida::search::Request {
        query: query.to_owned(),
        vector: None,
        locale: locale(visitor),
        filters: Filters::default(),
        matching: Match::Auto,
        offset: 0,
        limit: 10,
        passages: zhida::search::PASSAGES,
    }
}

fn read_folder(root: &Path, dir: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).expect("the folder is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_folder(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("it is below").to_str().expect("a UTF-8 name");
            files.push((name.to_owned(), fs::read_to_string(&path).expect("a text")));
        }
    }
}

/// Returns all that the files of a folder hold, as text as far as it is text.
pub(crate) fn kept_text(dir: &Path) -> String {
    let files = fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("a file").path());
    files.map(|file| String::from_utf8_lossy(&fs::read(file).expect("it is read")).into_owned()).collect()
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// Returns the shared folder with relevance data, cases and corpora; says so
/// where it is absent.
pub(crate) fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(part);
    if !path.exists() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: {} is absent", path.display());
        }
        return None;
    }
    Some(path)
}

/// The settings of answers that are built in.
pub(crate) fn answers() -> zhida::answer::Settings {
    zhida::answer::Settings { precision: 0.95, stale: zhida::answer::Stale::Warn }
}
