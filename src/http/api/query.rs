//! Query strings and JSON bodies, checked strictly.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;
use utoipa::{IntoParams, ToSchema};

use crate::events::Channel;
use crate::http::Problem;
use crate::locale::Locale;

/// A longer query is a pasted text, not a search.
pub(in crate::http) const MAX_QUERY_CHARS: usize = 2_000;

/// Refuses a query that is too long. One character may stand for many, as `ﷺ` does for
/// eighteen: all count.
pub(in crate::http) fn check_length(query: &str) -> Result<(), Problem> {
    match query.nfkc().nth(MAX_QUERY_CHARS) {
        Some(_) => Err(Problem::query_too_long(MAX_QUERY_CHARS)),
        None => Ok(()),
    }
}

/// The parameters of what differs by locale alone.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct InLocale {
    /// The visitor's locale; the default locale of the help center if not given, for the widget
    /// the one that the browser asks for.
    #[param(value_type = Option<String>, example = "zh-Hans")]
    pub(in crate::http) locale: Option<Locale>,
}

/// Where a question was asked.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Channel)]
pub(in crate::http) enum AskedIn {
    /// By a program.
    #[default]
    Api,
    /// In the widget.
    Widget,
    /// In a chat, by its bot.
    Chat,
}

impl From<AskedIn> for Channel {
    fn from(asked: AskedIn) -> Self {
        match asked {
            AskedIn::Api => Self::Api,
            AskedIn::Widget => Self::Widget,
            AskedIn::Chat => Self::Chat,
        }
    }
}

/// The parameters of a query string as a `T`, which denies unknown fields.
pub(in crate::http) struct Params<T>(pub(in crate::http) T);

impl<T: DeserializeOwned> Params<T> {
    /// Reads the parameters of an address.
    pub(in crate::http) fn of(uri: &Uri) -> Result<Self, Problem> {
        match Query::<T>::try_from_uri(uri) {
            Ok(Query(params)) => Ok(Self(params)),
            Err(rejection) => Err(problem(&rejection)),
        }
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::of(&parts.uri)
    }
}

/// Returns whether a body says that it is JSON. Browsers ask before they send such a body to
/// another site, and do not ask for any that a form could send.
fn is_json(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    said.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// A JSON body as a `T`, which denies unknown fields.
pub(in crate::http) struct Body<T>(pub(in crate::http) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::not_json());
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| Problem::unreadable_body(rejection.status()))?;
        let wrong = |error: serde_json::Error| match error.to_string() {
            reason if reason.contains("unknown field") => Problem::unknown_parameter(reason),
            reason => Problem::invalid_body(reason),
        };
        serde_json::from_slice(&bytes).map(Self).map_err(wrong)
    }
}

fn problem(rejection: &axum::extract::rejection::QueryRejection) -> Problem {
    let text = rejection.body_text();
    let reason = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, reason)| reason).to_owned();
    if reason.contains("unknown field") {
        Problem::unknown_parameter(reason)
    } else {
        Problem::invalid_parameter(reason)
    }
}
