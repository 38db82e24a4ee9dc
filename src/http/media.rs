//! `/media/{hash}/{name}`: the images of articles, and the same below `/agent`.
//!
//! Readers get those images that an article in their own index shows today, and nothing else
//! of the content folder. An address has the hash of what is there, so browsers may keep it for
//! ever; what has changed since has another address.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::{App, FOR_EVER, Problem, blocking, is_known};
use crate::content::{Image, ImageFormat};
use crate::index::Index;
use crate::live::Snapshot;

/// What an address names: a hash and the name of a file.
pub(super) type Address = Result<Path<(String, String)>, PathRejection>;

/// Drawings are documents, and may be opened alone: they load nothing and run nothing.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Serves `/media/{hash}/{name}`.
pub(super) async fn image(
    State(app): State<Arc<App>>,
    address: Address,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let work = move || {
        let snapshot = app.snapshot()?;
        let image = named(&snapshot, app.today(), address)?;
        let etag = format!("\"{}\"", image.hash);
        let about = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, FOR_EVER.to_owned())];
        Ok(if is_known(&headers, &etag) {
            (StatusCode::NOT_MODIFIED, about).into_response()
        } else {
            (about, read(&snapshot, image)?).into_response()
        })
    };
    blocking(work).await.map_err(not_kept)
}

/// An image with its bytes.
pub(super) struct Found {
    image: Image,
    bytes: Vec<u8>,
}

/// Finds the image at an address among those that articles in `snapshot` show on `today`.
fn named<I: Deref<Target = Index>>(
    snapshot: &Snapshot<I>,
    today: Date,
    address: Address,
) -> Result<&Image, Problem> {
    let Path((hash, name)) = address.map_err(|_| Problem::no_route())?;
    snapshot.index.image(&hash, &name, today).ok_or_else(Problem::no_route)
}

fn read<I>(snapshot: &Snapshot<I>, image: &Image) -> Result<Found, Problem> {
    let bytes = image.read(&snapshot.content).ok_or_else(Problem::no_route)?;
    Ok(Found { image: image.clone(), bytes })
}

/// Finds and reads the image at an address.
pub(super) fn found<I: Deref<Target = Index>>(
    snapshot: &Snapshot<I>,
    today: Date,
    address: Address,
) -> Result<Found, Problem> {
    read(snapshot, named(snapshot, today, address)?)
}

/// Says why there is no image, which may be there later.
pub(super) fn not_kept(problem: Problem) -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CACHE_CONTROL, "no-store"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, problem).into_response()
}

impl IntoResponse for Found {
    fn into_response(self) -> Response {
        let Self { image, bytes } = self;
        let mut response = bytes.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(image.format.content_type()));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if image.format == ImageFormat::Svg {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DRAWING_POLICY));
        }
        response
    }
}
