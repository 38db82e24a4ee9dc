//! What visitors see when there is no help center to show them: it is still
//! starting, or the server failed.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;

use super::visit::Asked;
use super::{App, Problem, layout};
use crate::http::language::language;

/// Seconds after which a page that is not ready is asked for again.
const RETRY: &str = "3";

/// Returns a small page for `problem`, which has been logged if it is a failure.
pub(super) fn page(app: &App, asked: &Asked, problem: &Problem) -> Response {
    let is_starting = problem.is_not_ready();
    let library = &app.pages.texts;
    let locale = asked.locale().unwrap_or_else(|| asked.preferred(&library.locales(), &app.default_locale));
    let texts = library.nearest(&locale);
    let values = context! {
        text => texts.function(),
        language => language(&texts.locale),
        style => app.style_url(),
        site => app.pages.site.name.as_str(),
        kind => if is_starting { "not-ready" } else { "failed" },
        retry => is_starting.then_some(RETRY),
    };
    let mut response = match layout::bare(&app.pages, "failure.html", values) {
        Ok(html) => (problem.status(), html).into_response(),
        Err(_) => problem.status().into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if is_starting {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY));
    }
    response
}
