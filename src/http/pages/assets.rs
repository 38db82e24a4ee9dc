//! The files that pages load: those compiled in, and those of the theme.
//!
//! Their addresses change with their bytes, so that browsers may keep them for ever.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;
use minijinja::value::Value;
use rust_embed::Embed;

use super::theme::Theme;
use super::{App, Site, ThemeError};
use crate::content::measure;
use crate::http::{FOR_EVER, Problem};

#[derive(Embed)]
#[folder = "src/http/pages/assets"]
struct Files;

/// The style sheet, whose end follows from the settings.
pub(super) const STYLE: &str = "style.css";

const ICON: &str = "favicon.svg";

/// All files, by name.
pub(in crate::http) struct Assets(HashMap<String, Asset>);

struct Asset {
    bytes: Bytes,
    content_type: String,
    /// Changes with the bytes.
    version: String,
}

impl Assets {
    pub(super) fn new(theme: &Theme, site: &Site) -> Result<Self, ThemeError> {
        let compiled_in = Files::iter().map(|name| {
            let file = Files::get(&name).expect("the file was listed");
            (name.into_owned(), file.data.into_owned())
        });
        let mut files: HashMap<String, Vec<u8>> = compiled_in.collect();
        files.extend(theme.assets.clone());
        if !site.logo.is_empty() && files.get(&site.logo).is_none_or(|bytes| measure(bytes).is_none()) {
            return Err(ThemeError::Logo(site.logo.clone()));
        }
        let style = files.get_mut(STYLE).expect("there is a style sheet");
        style.extend(site.rules().into_bytes());
        Ok(Self(files.into_iter().map(|(name, bytes)| (name.clone(), Asset::new(&name, bytes))).collect()))
    }

    /// Returns the address of a file; nothing if there is none of this name.
    pub(in crate::http) fn url(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|asset| format!("/assets/{name}?v={}", asset.version))
    }

    /// Returns the address of a picture and its size, which keeps its place while it loads.
    pub(super) fn picture(&self, name: &str) -> Option<Value> {
        let (_, width, height) = measure(&self.0.get(name)?.bytes)?;
        Some(context! { url => self.url(name), width, height })
    }

    /// Returns the address of a file that is compiled in.
    pub(in crate::http) fn known_url(&self, name: &str) -> String {
        self.url(name).expect("the file is compiled in")
    }

    fn response(&self, name: &str, uri: &Uri) -> Response {
        let Some(asset) = self.0.get(name) else { return Problem::no_route().into_response() };
        let is_current = uri.query().and_then(|query| query.strip_prefix("v=")) == Some(&asset.version);
        let caching = if is_current { FOR_EVER } else { "no-cache" };
        let headers = [(header::CONTENT_TYPE, asset.content_type.as_str()), (header::CACHE_CONTROL, caching)];
        (headers, asset.bytes.clone()).into_response()
    }
}

impl Asset {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let kind = mime_guess::from_path(name).first_or_octet_stream();
        let charset = if kind.type_() == "text" { "; charset=utf-8" } else { "" };
        let content_type = format!("{kind}{charset}");
        Self { version: short_hash(&bytes), bytes: bytes.into(), content_type }
    }
}

const A_DAY: &str = "public, max-age=86400";

/// Serves `/assets/{name}`.
pub(super) async fn asset(State(app): State<Arc<App>>, Path(name): Path<String>, uri: Uri) -> Response {
    app.pages.assets.response(&name, &uri)
}

/// Serves `/favicon.svg`, which browsers ask for under this name.
pub(super) async fn icon(State(app): State<Arc<App>>, uri: Uri) -> Response {
    let mut response = app.pages.assets.response(ICON, &uri);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(A_DAY));
    response
}

/// Returns a hash that tells versions of one file apart.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}
