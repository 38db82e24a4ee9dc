//! The help center on other sites: a script with a web component (`widget.js`), what that needs
//! to know (`/api/v1/widget`), and a page that shows it (`/widget-demo`).
//!
//! It asks the same API as every program. Browsers let it do so on the sites that the owner
//! names, and on the help center itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use minijinja::context;
use serde::{Deserialize, Serialize};
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa::ToSchema;

use super::api::{Contact, InLocale, Params, contacts};
use super::language::language;
use super::origin::Origin;
use super::{App, Problem, Site, is_known, negotiate, pages};
use crate::locale::Locale;

/// Where the widget may be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Other sites that may ask the API from a browser.
    #[serde(default)]
    pub origins: Vec<Origin>,
}

impl Settings {
    /// Returns what tells browsers which sites may ask.
    pub(super) fn cors(&self) -> CorsLayer {
        let origin =
            |origin: &Origin| HeaderValue::from_str(origin.as_str()).expect("an origin is plain text");
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(self.origins.iter().map(origin)))
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([header::CONTENT_TYPE])
            .max_age(std::time::Duration::from_secs(3600))
    }
}

/// The script, in the company's colour: the button shows before it has asked for anything.
pub(super) struct Script {
    text: Bytes,
    /// Changes with the script.
    etag: HeaderValue,
}

/// The accent colours of the script, on light and on dark ground.
const ACCENT: &str = "#0b5a6a";
const DARK_ACCENT: &str = "#74cfdf";

impl Script {
    pub(super) fn new(site: &Site) -> Self {
        let mut text = include_str!("widget.js").to_owned();
        if let Some(color) = site.color {
            text = text.replace(ACCENT, &color.to_string());
            text = text.replace(DARK_ACCENT, &color.on_dark().to_string());
        }
        let etag = format!("\"{}\"", &blake3::hash(text.as_bytes()).to_hex()[..16]);
        Self { text: text.into(), etag: etag.parse().expect("a hash is plain text") }
    }
}

/// Its address has no version, so that sites never have to change it: browsers ask again after
/// an hour.
const CACHING: &str = "public, max-age=3600";

/// Returns the routes beside the API.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().route("/widget.js", get(script)).route("/widget-demo", get(demo))
}

async fn script(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let Script { text, etag } = &app.widget;
    let about = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static(CACHING)),
        (header::ETAG, etag.clone()),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    match is_known(&headers, etag.to_str().expect("a hash is plain text")) {
        true => (StatusCode::NOT_MODIFIED, about).into_response(),
        false => (about, text.clone()).into_response(),
    }
}

/// Shows the widget as it is on a shop's page.
async fn demo(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let english = Locale::english();
    let values = context! {
        site => app.pages.site().name.as_str(),
        style => app.style_url(),
        language => language(&english),
        origin => app.origin(&headers),
    };
    match pages::bare(&app.pages, "widget_demo.html", values) {
        Ok(html) => pages::protected(html.into_response()),
        Err(error) => Problem::internal(&error).into_response(),
    }
}

/// What the widget needs to know.
#[derive(Serialize, ToSchema)]
#[schema(as = Widget)]
pub(super) struct Shown {
    /// The locale of the texts, the nearest that is written.
    #[schema(value_type = String)]
    locale: Locale,
    /// `ltr` or `rtl`.
    dir: &'static str,
    /// Name of the help center.
    site: String,
    /// What it says, by name.
    texts: BTreeMap<&'static str, String>,
    /// Ways to a person.
    contact: Vec<Contact>,
    /// Whether `/api/v1/messages` takes messages.
    form: bool,
}

/// Tells the widget what it says, and whom visitors can ask.
#[utoipa::path(get, path = "/api/v1/widget", params(InLocale), responses(
    (status = OK, body = Shown),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn widget(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Params(request): Params<InLocale>,
) -> impl IntoResponse {
    let library = &app.pages.texts;
    let visitor = request
        .locale
        .unwrap_or_else(|| negotiate::preferred(&headers, &library.locales(), &app.default_locale));
    let texts = library.nearest(&visitor);
    let text = |(name, id): &(&'static str, &str)| {
        // What a text takes is filled in by the widget.
        let values = [("date", "{date}".into()), ("limit", "{limit}".into())];
        (*name, texts.get(id, &values).unwrap_or_default())
    };
    let site = app.pages.site();
    let shown = Shown {
        locale: texts.locale.clone(),
        dir: if texts.locale.is_right_to_left() { "rtl" } else { "ltr" },
        site: texts.get("site-title", &[("site", site.name.as_str().into())]).unwrap_or_default(),
        texts: TEXTS.iter().map(text).collect(),
        contact: contacts(&app, &visitor),
        form: app.ledger.messages.is_open(),
    };
    ([(header::CACHE_CONTROL, "no-cache")], Json(shown))
}

/// What the widget says: its name for a text, and the message of the pages.
const TEXTS: [(&str, &str); 39] = [
    ("help", "widget-open"),
    ("close", "widget-close"),
    ("back", "widget-back"),
    ("search_field", "search-field"),
    ("search_hint", "search-hint"),
    ("search", "search"),
    ("suggestions", "suggestions"),
    ("suggested", "widget-suggested"),
    ("answer", "answer"),
    ("answer_none", "answer-none"),
    ("answer_suggested", "answer-suggested"),
    ("answer_stale", "answer-stale"),
    ("results", "widget-results"),
    ("nothing", "widget-nothing"),
    ("read_more", "widget-read-more"),
    ("was_helpful", "was-helpful"),
    ("yes", "answer-yes"),
    ("no", "answer-no"),
    ("thanks", "feedback-thanks"),
    ("why_not", "feedback-why"),
    ("reason_outdated", "reason-outdated"),
    ("reason_unclear", "reason-unclear"),
    ("reason_incomplete", "reason-incomplete"),
    ("reason_wrong", "reason-wrong"),
    ("reason_other", "reason-other"),
    ("comment", "feedback-comment"),
    ("send", "send"),
    ("contact", "contact"),
    ("write", "contact-form"),
    ("message", "message"),
    ("email", "email"),
    ("name", "name"),
    ("sent", "message-sent"),
    ("failed", "widget-failed"),
    ("too_many", "too-many"),
    ("loading", "widget-loading"),
    ("open_page", "widget-open-page"),
    ("updated", "updated"),
    ("contact_answers", "contact-answers"),
];
