//! The server-rendered help center. It works without JavaScript.
//!
//! A page is a function of a [`Visit`]: the help center of the moment, and who asks for what in
//! which locale. One file for each: [`home`], [`category`], [`article`] with its [`feedback`],
//! [`search`] with the [`answer`] on top, [`contact`], and [`not_found`] for addresses that lead
//! nowhere any more. [`instant`] is the part of a page that shows while somebody types. A page
//! fills in a template and tells the [`layout`] around it what it is about; for search engines it
//! is said once more ([`structured`]).
//!
//! [`refused`] and [`failure`] are what visitors see where nothing can be taken or shown.
//! [`sitemap`] and [`feed`] are for programs, [`assets`] are the files that pages load.
//!
//! Interface texts (`texts`) are in the visitor's locale or the nearest that is written; content
//! may be in another, so it says its own language (`language`). Templates, texts and assets are
//! compiled in; those of a [`theme`] take their place.

mod answer;
mod article;
mod assets;
mod category;
mod color;
mod contact;
mod failure;
mod feed;
mod feedback;
mod home;
mod instant;
mod layout;
mod not_found;
mod refused;
mod search;
mod site;
mod sitemap;
mod structured;
mod theme;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use minijinja::Environment;
use rust_embed::Embed;

use super::templates::templates;
use super::texts::Library;
use super::{App, Problem, in_turn};
use assets::Assets;
pub(super) use layout::bare;
pub use site::{Label, Link, Site};
use theme::Theme;
pub use theme::{TextsAdvice, ThemeError, missing_texts};
use visit::{Asked, Visit};

/// Their interface texts, as compiled in.
#[derive(Embed)]
#[folder = "src/http/pages/texts"]
pub(super) struct Texts;

/// Their templates, as compiled in.
#[derive(Embed)]
#[folder = "src/http/pages/templates"]
struct Templates;

/// What pages are made of, read once.
pub(super) struct Pages {
    site: Site,
    templates: Environment<'static>,
    pub(super) texts: Library,
    assets: Assets,
}

impl Pages {
    /// Reads what is compiled in, and the theme.
    pub(super) fn new(site: Site) -> Result<Self, ThemeError> {
        let theme = Theme::read(&site.theme)?;
        let texts = Library::new::<Texts>(&theme.texts);
        Ok(Self {
            templates: templates::<Templates>(&theme.templates)?,
            texts: texts
                .map_err(|wrong| ThemeError::Texts { file: wrong.tag + ".ftl", reason: wrong.reason })?,
            assets: Assets::new(&theme, &site)?,
            site,
        })
    }

    /// Returns the address of the style sheet.
    pub(super) fn style_url(&self) -> String {
        self.assets.known_url(assets::STYLE)
    }

    /// Returns what the company says of itself.
    pub(super) fn site(&self) -> &Site {
        &self.site
    }
}

/// What answers a request for a page.
type Answer = Result<Response, Problem>;

/// Returns every route of the help center, and the answer for all other addresses.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", page(|visit| visit.in_preferred_locale()))
        .route("/{locale}", page(|visit| visit.in_own_locale(home::page)))
        .route("/{locale}/categories/{*id}", page(|visit| visit.in_own_locale(category::page)))
        .route(
            "/{locale}/articles/{*id}",
            page(|visit| visit.in_own_locale(article::page)).post(feedback::give),
        )
        .route("/{locale}/search", page(|visit| visit.in_own_locale(search::page)))
        .route("/{locale}/instant", page(|visit| visit.in_own_locale(instant::page)))
        .route("/{locale}/contact", page(|visit| visit.in_own_locale(contact::page)).post(contact::send))
        .route("/{locale}/contact/answers", post(contact::answers))
        .route("/{locale}/feed.xml", page(|visit| visit.in_own_locale(feed::page)))
        .route("/{locale}/opensearch.xml", page(|visit| visit.in_own_locale(feed::search_description)))
        .route("/{locale}/sitemap.xml", page(|visit| visit.in_own_locale(sitemap::page)))
        .route("/robots.txt", page(sitemap::robots))
        .route("/sitemap.xml", page(sitemap::index))
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.svg", get(assets::icon))
        .fallback(page(not_found::page))
        .layer(map_response(async |response| protected(response)))
}

/// Makes a route of a page.
fn page(render: fn(&Visit) -> Answer) -> MethodRouter<Arc<App>> {
    get(async move |State(app): State<Arc<App>>, asked: Asked| match asked.is_for_programs() {
        true => Problem::no_route().into_response(),
        false => show(app, asked, render).await,
    })
}

/// Renders a page on a thread where it may take its time.
async fn show(
    app: Arc<App>,
    asked: Asked,
    render: impl FnOnce(&Visit) -> Answer + Send + 'static,
) -> Response {
    let work = {
        let asked = asked.clone();
        move |app: &App| Ok(respond(app, &asked, render))
    };
    in_turn(Arc::clone(&app), work).await.unwrap_or_else(|problem| failure::page(&app, &asked, &problem))
}

/// Renders a page, or the page that says why it cannot be.
fn respond(app: &App, asked: &Asked, render: impl FnOnce(&Visit) -> Answer) -> Response {
    let answer = Visit::new(app, asked).and_then(|visit| match render(&visit) {
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => not_found::page(&visit),
        answer => answer,
    });
    answer.unwrap_or_else(|problem| failure::page(app, asked, &problem))
}

/// Pages load, run and ask for nothing but our own files.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    connect-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Adds the headers that tell browsers what a page may do.
pub(super) fn protected(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    response
}
