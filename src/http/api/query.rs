//! Query strings, checked strictly.

use axum::extract::{FromRequestParts, Query};
use axum::http::Uri;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::http::Problem;

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

fn problem(rejection: &axum::extract::rejection::QueryRejection) -> Problem {
    let text = rejection.body_text();
    let reason = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, reason)| reason).to_owned();
    if reason.contains("unknown field") {
        Problem::unknown_parameter(reason)
    } else {
        Problem::invalid_parameter(reason)
    }
}
