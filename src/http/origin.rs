//! Other sites: which may do something here, and what they must not do in a visitor's name.

use axum::http::{HeaderMap, header};
use serde::Deserialize;

/// Another site: `https://tickets.example.com`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin(String);

impl TryFrom<String> for Origin {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        // As browsers write it, else it would never be the one that they name.
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b))
        };
        let is_host = |host: &str| match host.split_once(':') {
            Some((name, port)) => is_name(name) && port.parse::<u16>().is_ok_and(|port| port != 443),
            None => is_name(host),
        };
        match host.is_some_and(is_host) {
            true => Ok(Self(text)),
            false => {
                Err(format!("`{text}` is no origin; write one in lower case as https://tickets.example.com"))
            }
        }
    }
}

impl Origin {
    /// Returns it as browsers write it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns whether a form was sent by a page of our own: other sites must not act for a visitor or an agent.
/// Browsers say where a form comes from.
pub(super) fn is_from_here(headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            origin.split_once("://").map(|(_, host)| host) == header(header::HOST.as_str())
        }
        // No browser.
        (None, None) => true,
    }
}
