//! `GET /api/v1/categories`: the table of contents.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{InLocale, Params};
use crate::http::contents::contents;
use crate::http::{App, Problem};
use crate::locale::Locale;

/// The categories of one locale, in their order.
#[derive(Serialize, ToSchema)]
pub(super) struct Categories {
    /// The locale of the titles.
    #[schema(value_type = String)]
    locale: Locale,
    categories: Vec<Category>,
}

/// A category with articles.
#[derive(Serialize, ToSchema)]
pub(super) struct Category {
    /// As used in filters.
    id: String,
    title: String,
    summary: String,
    /// Path of its page.
    url: String,
    /// Number of its articles in this locale.
    articles: usize,
}

/// Lists the categories that have articles in the locale nearest to the visitor's.
#[utoipa::path(get, path = "/api/v1/categories", params(InLocale), responses(
    (status = OK, body = Categories),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn categories(
    State(app): State<Arc<App>>,
    Params(request): Params<InLocale>,
) -> Result<Json<Categories>, Problem> {
    let snapshot = app.snapshot()?;
    let wanted = request.locale.unwrap_or_else(|| app.default_locale.clone());
    let contents = contents(&snapshot, &wanted, app.today());
    let categories = contents.categories.into_iter().map(|listed| Category {
        url: listed.category.url(),
        id: listed.category.id,
        title: listed.category.title,
        summary: listed.category.summary,
        articles: listed.articles.len(),
    });
    Ok(Json(Categories { locale: contents.locale, categories: categories.collect() }))
}
