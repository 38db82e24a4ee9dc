//! The files that pages load, compiled in.

use std::sync::LazyLock;

use axum::http::{HeaderName, Uri, header};

const STYLE: &str = include_str!("style.css");
const ICON: &str = include_str!("favicon.svg");

/// Changes with the style sheet, so that browsers may keep it for ever.
static STYLE_VERSION: LazyLock<String> = LazyLock::new(|| format!("v={}", short_hash(STYLE.as_bytes())));

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";

/// Returns the address of the style sheet.
pub(in crate::http) fn style_url() -> String {
    format!("/assets/style.css?{}", *STYLE_VERSION)
}

/// Serves `/assets/style.css`.
pub(super) async fn style(uri: Uri) -> ([(HeaderName, &'static str); 2], &'static str) {
    let is_current = uri.query() == Some(STYLE_VERSION.as_str());
    let caching = if is_current { FOR_EVER } else { "no-cache" };
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, caching)], STYLE)
}

/// Serves `/favicon.svg`.
pub(super) async fn icon() -> ([(HeaderName, &'static str); 2], &'static str) {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, A_DAY)], ICON)
}

/// Returns a hash that tells versions of one file apart.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}
