//! `/agent/{locale}/articles/{id}`: an article as agents see it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use serde::Deserialize;

use super::look::Reader;
use super::{Agents, PATH};
use crate::content::ArticleId;
use crate::events::Mark;
use crate::http::contents::named_related;
use crate::http::{Problem, blocking};
use crate::index::ArticleOrd;
use crate::locale::Locale;

#[derive(Deserialize)]
pub(super) struct Wanted {
    /// The suggestion that led here.
    suggestion: Option<String>,
}

pub(super) async fn page(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    Path((locale, id)): Path<(String, String)>,
    Query(Wanted { suggestion }): Query<Wanted>,
) -> Response {
    if let Some(suggestion) = suggestion {
        let agents = Arc::clone(&agents);
        // Reading does not wait for that, nor does it matter whether it can be kept.
        tokio::spawn(async move { agents.mark(&suggestion, Mark::Opened).await.ok() });
    }
    let reader = Arc::new(reader);
    let work = {
        let (agents, reader) = (Arc::clone(&agents), Arc::clone(&reader));
        move || show(&agents, &reader, &locale, &id)
    };
    blocking(work).await.unwrap_or_else(|problem| agents.problem_page(&reader, &problem))
}

fn show(agents: &Agents, reader: &Reader, locale: &str, id: &str) -> Result<Response, Problem> {
    let snapshot = agents.snapshot()?;
    let index = &snapshot.index;
    let today = agents.app.today();
    let id = ArticleId::new(id).ok_or_else(Problem::no_article)?;
    let locale: Locale = locale.parse().map_err(|_| Problem::no_article())?;
    let translations = index.translations(&id, &locale, today);
    let article = *translations.first().ok_or_else(Problem::no_article)?;
    let (card, page) = (index.card(article), index.page(article)?);
    let link = |ord: ArticleOrd| {
        let card = index.card(ord);
        context! { article => reader.article(card), url => super::page_path(card, None) }
    };
    let links = |ords: Vec<ArticleOrd>| -> Vec<Value> { ords.into_iter().map(link).collect() };
    let others = translations.iter().copied().filter(|other| *other != article).collect();
    let values = context! {
        article => reader.article(card),
        body => Value::from_safe_string(page.html_elsewhere(&card.url(), PATH)),
        questions => card.wordings().map(Value::from).collect::<Vec<_>>(),
        stale_since => card.review_by.filter(|_| card.is_stale(today)).map(|date| reader.texts.date(date)),
        public_url => (!card.is_internal()).then(|| card.url()),
        translations => links(others),
        related => links(named_related(index, article, &locale, today)),
    };
    Ok(agents.render(reader, StatusCode::OK, "article.html", values))
}
