//! `GET /api/v1/categories`: the table of contents.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Params;
use crate::http::contents::contents;
use crate::http::{App, Problem};
use crate::locale::Locale;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Request {
    /// The visitor's locale; the default locale of the help center if not given.
    #[param(value_type = Option<String>, example = "zh-Hans")]
    locale: Option<Locale>,
}

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
#[utoipa::path(get, path = "/api/v1/categories", params(Request), responses(
    (status = OK, body = Categories),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn categories(
    State(app): State<Arc<App>>,
    Params(request): Params<Request>,
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
