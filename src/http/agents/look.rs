//! What is around every page of the console: templates, texts, styles, and the headers that
//! tell browsers what it may do.
//!
//! Pages are never kept by a browser, may load and run nothing but our own files, and show
//! in the frames of those ticket tools alone that the owner names.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use minijinja::value::{Value, merge_maps};
use minijinja::{Environment, context};
use rust_embed::Embed;

use super::{Agents, Settings};
use crate::http::language::{attributes, language};
use crate::http::templates::templates;
use crate::http::texts::{self, Library};
use crate::http::{Problem, negotiate};
use crate::index::Card;
use crate::locale::Locale;

/// The interface texts, as compiled in.
#[derive(Embed)]
#[folder = "src/http/agents/texts"]
pub(in crate::http) struct Texts;

#[derive(Embed)]
#[folder = "src/http/agents/templates"]
struct Templates;

const STYLE: &str = include_str!("console.css");
const SCRIPT: &str = include_str!("console.js");

/// What pages are made of, read once.
pub(super) struct Look {
    templates: Environment<'static>,
    texts: Library,
    /// Origins of the ticket tools around, separated by spaces.
    frames: String,
    policy: HeaderValue,
}

impl Look {
    pub(super) fn new(settings: &Settings) -> Self {
        let frames: Vec<&str> = settings.frames.iter().map(|origin| origin.as_str()).collect();
        let frames = frames.join(" ");
        let policy = format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
             img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self' {frames}"
        );
        Self {
            templates: templates::<Templates>(&BTreeMap::new()).expect("the templates are sound"),
            texts: Library::new::<Texts>(&BTreeMap::new()).expect("the texts are sound"),
            policy: policy.parse().expect("origins are plain text"),
            frames,
        }
    }
}

/// Whoever asks for a page.
#[derive(Clone)]
pub(super) struct Reader {
    headers: HeaderMap,
    /// In the language that the browser is set to, or the nearest that is written.
    pub(super) texts: Arc<texts::Texts>,
}

impl FromRequestParts<Arc<Agents>> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, agents: &Arc<Agents>) -> Result<Self, Infallible> {
        Ok(Self::new(&parts.headers, agents))
    }
}

impl Reader {
    /// Whoever asks with these headers.
    pub(super) fn new(headers: &HeaderMap, agents: &Agents) -> Self {
        let texts = &agents.look.texts;
        let locale = negotiate::preferred(headers, &texts.locales(), &Locale::english());
        Self { headers: headers.clone(), texts: Arc::clone(texts.nearest(&locale)) }
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the locale of the interface.
    pub(super) fn locale(&self) -> &Locale {
        &self.texts.locale
    }

    /// Returns a text of the interface that has no placeholders; nothing if there is none.
    pub(super) fn text(&self, id: &str) -> String {
        self.texts.get(id, &[]).unwrap_or_default()
    }

    /// Returns a text of the interface about how many there are of something.
    pub(super) fn text_with(&self, id: &str, count: u64) -> String {
        self.texts.get(id, &[("count", count.into())]).unwrap_or_default()
    }

    /// Returns what every list shows of an article.
    pub(super) fn article(&self, card: &Card) -> Value {
        context! {
            title => card.title.as_str(),
            summary => card.summary.as_deref(),
            attributes => attributes(&card.locale, self.locale()),
            language => self.texts.language(&card.locale),
            internal => card.is_internal(),
            updated => card.updated.map(|date| self.texts.date(date)),
            markets => card.markets.join(", "),
        }
    }
}

impl Agents {
    /// Fills in a template with `values`, over those of every page.
    pub(super) fn render(
        &self,
        reader: &Reader,
        status: StatusCode,
        template: &str,
        values: Value,
    ) -> Response {
        let around = context! {
            text => reader.texts.function(),
            language => language(reader.locale()),
            site => self.app.pages.site().name.as_str(),
            style => self.app.style_url(),
            frames => self.look.frames.as_str(),
            query => "",
        };
        let values = merge_maps([around, values]);
        let rendered = self.look.templates.get_template(template).and_then(|found| found.render(values));
        let response = match rendered {
            Ok(html) => (status, Html(html)).into_response(),
            Err(error) => Problem::internal(&error).into_response(),
        };
        self.protected(response)
    }

    /// Shows what is wrong.
    pub(super) fn problem_page(&self, reader: &Reader, problem: &Problem) -> Response {
        self.render(reader, problem.status(), "problem.html", context! { detail => problem.detail() })
    }

    /// Asks who sends a request for a key.
    pub(in crate::http) fn ask_for_key(&self, headers: &HeaderMap, is_api: bool) -> Response {
        match is_api {
            true => Problem::agent_key_needed().into_response(),
            false => self.sign_in_page(&Reader::new(headers, self), false, context! {}),
        }
    }

    /// Says why a key does not let in.
    pub(in crate::http) fn refuse(&self, headers: &HeaderMap, is_api: bool, problem: Problem) -> Response {
        match is_api {
            true => problem.into_response(),
            false => self.problem_page(&Reader::new(headers, self), &problem),
        }
    }

    /// Asks for a key; `kept` is sent with it.
    pub(super) fn sign_in_page(&self, reader: &Reader, wrong_key: bool, kept: Value) -> Response {
        let values = context! {
            wrong_key,
            has_keys => !self.settings.keys.is_empty(),
            kept,
        };
        self.render(reader, StatusCode::UNAUTHORIZED, "sign_in.html", values)
    }

    fn protected(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, self.look.policy.clone());
        for (name, value) in [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("x-robots-tag"), "noindex"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// Serves `/agent/console.css`.
pub(super) async fn style() -> ([(HeaderName, &'static str); 2], &'static str) {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], STYLE)
}

/// Serves `/agent/console.js`.
pub(super) async fn script() -> ([(HeaderName, &'static str); 2], &'static str) {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], SCRIPT)
}
