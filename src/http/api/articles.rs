//! `GET /api/v1/articles/{id}`: one article in the locale nearest to the visitor's.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::{InLocale, Params};
use crate::content::ArticleId;
use crate::http::contents::{named_related, similar_articles};
use crate::http::{App, Problem, Shown, in_turn};
use crate::index::ArticleOrd;
use crate::locale::Locale;

/// Similar articles that are named.
const SIMILAR: usize = 4;

/// One help article.
#[derive(Serialize, ToSchema)]
#[schema(as = Article)]
pub(super) struct Article {
    id: String,
    /// The locale that it is written in.
    #[schema(value_type = String)]
    locale: Locale,
    /// Whether this is another locale than asked for, because there is no
    /// translation.
    fallback: bool,
    title: String,
    /// Path of its page.
    url: String,
    category: Option<String>,
    labels: Vec<String>,
    product: Vec<String>,
    market: Vec<String>,
    /// Always `public` here.
    audience: &'static str,
    summary: Option<String>,
    /// Other wordings of the question that it answers.
    questions: Vec<String>,
    /// Safe HTML of the body.
    html: String,
    /// Its headings.
    contents: Vec<Heading>,
    /// Ids of the articles that its author names as related, if customers can read them.
    related: Vec<String>,
    /// Ids of further articles in its language that say similar things, nearest first.
    similar: Vec<String>,
    /// Labelled links.
    actions: Vec<Action>,
    /// Locales in which it can be read.
    #[schema(value_type = Vec<String>)]
    translations: Vec<Locale>,
    /// Day of the last change, as the author says.
    #[schema(value_type = Option<String>, example = "2026-08-14")]
    updated_at: Option<jiff::civil::Date>,
}

/// A heading of an article.
#[derive(Serialize, ToSchema)]
pub(super) struct Heading {
    /// 1 to 6.
    level: u8,
    /// Fragment of the URL.
    anchor: String,
    title: String,
}

/// A link that helps to do what the article is about.
#[derive(Serialize, ToSchema)]
pub(super) struct Action {
    label: String,
    url: String,
}

/// Returns an article in the locale nearest to the visitor's.
///
/// The id may contain `/`.
#[utoipa::path(get, path = "/api/v1/articles/{*id}",
    params(("id" = String, Path, description = "Id of the article", example = "shipping/track-parcel"), InLocale),
    responses(
        (status = OK, body = Article),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn article(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Params(request): Params<InLocale>,
) -> Result<Json<Article>, Problem> {
    let id = ArticleId::new(&id).ok_or_else(Problem::no_article)?;
    let wanted = request.locale.unwrap_or_else(|| app.default_locale.clone());
    in_turn(app, move |app| read(app, &id, &wanted)).await.map(Json)
}

fn read(app: &App, id: &ArticleId, wanted: &Locale) -> Result<Article, Problem> {
    let Shown { snapshot, usage } = app.shown()?;
    let index = &snapshot.index;
    let today = app.today();
    let translations = index.translations(id, wanted, today);
    let ord = *translations.first().ok_or_else(Problem::no_article)?;
    let (card, page) = (index.card(ord), index.page(ord)?);
    usage.opened(index, ord);
    let named = named_related(index, ord, wanted, today);
    let similar = similar_articles(&snapshot, ord, &named, SIMILAR, today);
    let ids = |articles: Vec<ArticleOrd>| -> Vec<String> {
        articles.into_iter().map(|article| index.card(article).id.to_string()).collect()
    };
    Ok(Article {
        id: card.id.to_string(),
        fallback: card.locale != *wanted,
        url: card.url(),
        title: card.title.clone(),
        category: card.category.clone(),
        labels: card.tags.clone(),
        product: card.products.clone(),
        market: card.markets.clone(),
        audience: "public",
        summary: card.summary.clone(),
        questions: card.wordings().map(str::to_owned).collect(),
        html: page.html,
        contents: page
            .contents
            .into_iter()
            .map(|entry| Heading { level: entry.level, anchor: entry.anchor, title: entry.title })
            .collect(),
        related: ids(named),
        similar: ids(similar),
        actions: page
            .actions
            .into_iter()
            .filter_map(|action| {
                Some(Action { url: app.pages.site().action_url(&action)?, label: action.label })
            })
            .collect(),
        translations: translations.iter().map(|ord| index.card(*ord).locale.clone()).collect(),
        updated_at: card.updated,
        locale: card.locale.clone(),
    })
}
