//! `/agent/media/{hash}/{name}`: the images of articles that agents see.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Agents;
use super::look::Reader;
use crate::http::{blocking, media};

/// Like pages, images are never kept by a browser.
pub(super) async fn image(
    State(agents): State<Arc<Agents>>,
    _signed_in: Reader,
    address: media::Address,
) -> Result<Response, Response> {
    let work = move || {
        let image = media::found(&agents.snapshot()?, agents.app.today(), address)?;
        Ok(([(header::CACHE_CONTROL, "no-store")], image).into_response())
    };
    blocking(work).await.map_err(media::not_kept)
}
