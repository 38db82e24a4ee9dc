//! One request for a page: what is asked, and the help center of the moment.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::Response;
use jiff::civil::Date;

use super::layout::redirect;
use super::{Answer, App, Problem};
use crate::content::{ArticleId, percent_decode};
use crate::events::Visitor;
use crate::http::limit::Peer;
use crate::http::origin::is_from_here;
use crate::http::texts::Texts;
use crate::http::usage::Usage;
use crate::http::{Shown, negotiate};
use crate::index::ArticleOrd;
use crate::live::Snapshot;
use crate::locale::Locale;

/// What a browser asks for.
#[derive(Clone)]
pub(super) struct Asked {
    uri: Uri,
    headers: HeaderMap,
    visitor: Visitor,
    peer: Peer,
}

impl FromRequestParts<Arc<App>> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let peer = Peer::from_request_parts(parts, app).await?;
        Ok(Self { uri: parts.uri.clone(), headers: parts.headers.clone(), visitor, peer })
    }
}

impl Asked {
    /// Returns who asks, under the name of the day.
    pub(super) fn visitor(&self) -> Visitor {
        self.visitor.clone()
    }

    /// Returns whether the address is one that programs use, not people.
    pub(super) fn is_for_programs(&self) -> bool {
        self.segment() == "api" || self.path().ends_with(".json")
    }

    /// Returns whether somebody followed a link of our own, as browsers say; programs and browsers
    /// that load pages ahead do not say so.
    pub(super) fn is_of_a_person(&self) -> bool {
        self.headers.get("sec-fetch-user").is_some_and(|value| value == "?1")
            && !self.headers.contains_key("sec-purpose")
            && is_from_here(&self.headers)
    }

    /// Returns where the request comes from.
    pub(super) fn peer(&self) -> &Peer {
        &self.peer
    }

    /// Returns the path without its first `/`, as it was sent.
    pub(super) fn path(&self) -> &str {
        self.uri.path().trim_start_matches('/')
    }

    /// Returns the query string, as it was sent.
    pub(super) fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// Returns the whole address, to read parameters from.
    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the first part of the path, on most pages a locale.
    fn segment(&self) -> &str {
        self.path().split('/').next().unwrap_or_default()
    }

    /// Returns the locale that the path starts with.
    pub(super) fn locale(&self) -> Option<Locale> {
        self.segment().parse().ok()
    }

    /// Returns the decoded id at the end of `/{locale}/{kind}/{id}`.
    pub(super) fn id(&self) -> String {
        percent_decode(self.path().splitn(3, '/').nth(2).unwrap_or_default())
    }

    /// Returns what the browser said beside the address.
    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the one of `available` that the browser is set to.
    pub(super) fn preferred(&self, available: &[Locale], default: &Locale) -> Locale {
        negotiate::preferred(&self.headers, available, default)
    }
}

/// A request and all that a page is made from.
pub(super) struct Visit<'a> {
    pub(super) app: &'a App,
    pub(super) asked: &'a Asked,
    /// The help center of the moment.
    pub(super) snapshot: Snapshot,
    pub(super) usage: Arc<Usage>,
    pub(super) today: Date,
    /// Those that have articles, in alphabetical order.
    pub(super) locales: Vec<Locale>,
    /// The visitor's: of the path, else as the browser is set, the nearest that
    /// has articles.
    pub(super) locale: Locale,
    /// In the visitor's locale, or the nearest that is written.
    pub(super) texts: Arc<Texts>,
}

impl<'a> Visit<'a> {
    /// Fails while there is no help center to show.
    pub(super) fn new(app: &'a App, asked: &'a Asked) -> Result<Self, Problem> {
        let Shown { snapshot, usage } = app.shown()?;
        let today = app.today();
        let locales = snapshot.index.articles.locales_on(today);
        let locale = match asked.locale() {
            Some(wanted) => wanted.nearest(&locales).unwrap_or(&wanted).clone(),
            None => asked.preferred(&locales, &app.default_locale),
        };
        let texts = Arc::clone(app.pages.texts.nearest(&locale));
        Ok(Self { app, asked, snapshot, usage, today, locales, locale, texts })
    }

    /// Leads from the top of the site to the home page in the visitor's language.
    pub(super) fn in_preferred_locale(&self) -> Answer {
        let mut response = redirect(StatusCode::FOUND, &format!("/{}", self.locale));
        vary_by_language(&mut response);
        Ok(response)
    }

    /// Answers with `page` if the path starts with a locale that has articles,
    /// and leads to the nearest one if it starts with any other.
    pub(super) fn in_own_locale(&self, page: fn(&Self) -> Answer) -> Answer {
        self.asked.locale().ok_or_else(Problem::no_route)?;
        if self.asked.segment() == self.locale.to_string() {
            return page(self);
        }
        let rest = self.asked.path().split_once('/').map_or(String::new(), |(_, rest)| format!("/{rest}"));
        let query = self.asked.query().map_or(String::new(), |query| format!("?{query}"));
        Ok(redirect(StatusCode::FOUND, &format!("/{}{rest}{query}", self.locale)))
    }

    /// Returns the translations of an article, nearest first.
    pub(super) fn translations(&self, id: &ArticleId) -> Vec<ArticleOrd> {
        self.snapshot.index.translations(id, &self.locale, self.today)
    }

    /// Returns the path of an article. The visitor's own locale stays in it where
    /// that leads to this same translation.
    pub(super) fn url(&self, article: ArticleOrd) -> String {
        let card = self.snapshot.index.card(article);
        let is_nearest = self.translations(&card.id).first() == Some(&article);
        card.id.url(if is_nearest { &self.locale } else { &card.locale })
    }

    /// Returns the path of a place on an article's page; the top if nothing.
    pub(super) fn url_at(&self, article: ArticleOrd, anchor: Option<&str>) -> String {
        let fragment = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        self.url(article) + &fragment
    }

    /// Returns where the help center is reached: `https://help.example.com`.
    pub(super) fn origin(&self) -> String {
        self.app.origin(self.asked.headers())
    }

    /// Returns the name of the help center.
    pub(super) fn site_title(&self) -> String {
        let name = self.app.pages.site.name.as_str();
        self.texts.get("site-title", &[("site", name.into())]).unwrap_or_default()
    }

    /// Returns the path of a search.
    pub(super) fn search_url(&self, query: &str) -> String {
        let wanted = serde_urlencoded::to_string([("q", query)]).expect("a query is one value");
        format!("/{}/search?{wanted}", self.locale)
    }

    /// Returns a text of the interface that has no placeholders.
    pub(super) fn text(&self, id: &str) -> String {
        self.texts.get(id, &[]).unwrap_or_default()
    }
}

/// Tells caches that another visitor may get another answer.
pub(super) fn vary_by_language(response: &mut Response) {
    response.headers_mut().append(header::VARY, header::ACCEPT_LANGUAGE.into());
}
