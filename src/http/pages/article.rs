//! `/{locale}/articles/{id}`: one article and the ways on from it.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::Value;

use super::layout::Head;
use super::visit::Visit;
use super::{Answer, Problem, category};
use crate::content::{Action, ArticleId, Category, ContentsEntry};
use crate::http::contents::{Listed, named_related, similar_articles};
use crate::http::language::attributes;
use crate::index::{ArticleOrd, StoredPage};

/// Related articles shown, if its author names no more.
const RELATED: usize = 4;

/// A contents list helps from this many headings on.
const CONTENTS_FROM: usize = 3;

/// Levels of headings in a contents list.
const CONTENTS_LEVELS: u8 = 2;

pub(super) fn page(visit: &Visit) -> Answer {
    let index = &visit.snapshot.index;
    let id = ArticleId::new(&visit.asked.id()).ok_or_else(Problem::no_article)?;
    let translations = visit.translations(&id);
    let article = *translations.first().ok_or_else(Problem::no_article)?;
    let (card, page) = (index.card(article), index.page(article)?);
    visit.usage.opened(index, article);
    visit.app.ledger.viewed(card);
    let head = Head {
        title: card.title.clone(),
        description: card.summary.clone(),
        path: &|locale| id.url(locale),
        locales: translations.iter().map(|ord| index.card(*ord).locale.clone()).collect(),
    };
    let values = context! {
        attributes => visit.attributes(&card.locale),
        interface => attributes(&visit.texts.locale, &card.locale),
        foreign => visit.foreign(&card.locale),
        updated => visit.updated(card),
        contents => contents(&page.contents),
        body => Value::from_safe_string(below_title(&page)),
        actions => page.actions.iter().filter_map(|action| link(visit, action)).collect::<Vec<_>>(),
        related => related(visit, article),
        topic => topic(visit, article),
    };
    visit.render(StatusCode::OK, "article.html", &head, values)
}

fn link(visit: &Visit, action: &Action) -> Option<Value> {
    let url = visit.app.pages.site.action_url(action)?;
    Some(context! { label => action.label.as_str(), url => url })
}

/// Returns the headings to list; none where a list would be as long as the page.
fn contents(headings: &[ContentsEntry]) -> Vec<Value> {
    if headings.len() < CONTENTS_FROM {
        return Vec::new();
    }
    let top = headings.iter().map(|heading| heading.level).min().unwrap_or_default();
    let listed = headings.iter().filter(|heading| heading.level < top + CONTENTS_LEVELS);
    let entry = |heading: &ContentsEntry| {
        let (anchor, title) = (heading.anchor.as_str(), heading.title.as_str());
        context! { anchor => anchor, title => title, depth => heading.level - top }
    };
    listed.map(entry).collect()
}

/// Returns the body with its headings below the title of the page, which is the
/// only one of the first level.
fn below_title(page: &StoredPage) -> String {
    if page.contents.iter().all(|heading| heading.level > 1) {
        return page.html.clone();
    }
    (1..6).rev().fold(page.html.clone(), |html, level| {
        let lower = level + 1;
        html.replace(&format!("<h{level} "), &format!("<h{lower} "))
            .replace(&format!("<h{level}>"), &format!("<h{lower}>"))
            .replace(&format!("</h{level}>"), &format!("</h{lower}>"))
    })
}

/// Returns the related articles that the visitor may see: those that its author names,
/// then those that say similar things.
fn related(visit: &Visit, article: ArticleOrd) -> Vec<Value> {
    let named = named_related(&visit.snapshot.index, article, &visit.locale, visit.today);
    let room = RELATED.saturating_sub(named.len());
    let similar = similar_articles(&visit.snapshot, article, &named, room, visit.today);
    named.into_iter().chain(similar).map(|article| visit.entry(article)).collect()
}

/// Returns the topic of an article and its neighbors there.
fn topic(visit: &Visit, article: ArticleOrd) -> Option<Value> {
    let card = visit.snapshot.index.card(article);
    let listed = category::translations(visit, card.category.as_ref()?, &card.locale).next()?;
    let (previous, next) = neighbors(&listed, article);
    Some(context! {
        title => listed.category.title.as_str(),
        url => Category { locale: visit.locale.clone(), ..listed.category.clone() }.url(),
        attributes => visit.attributes(&listed.category.locale),
        previous => previous.map(|ord| visit.entry(ord)),
        next => next.map(|ord| visit.entry(ord)),
    })
}

fn neighbors(listed: &Listed, article: ArticleOrd) -> (Option<ArticleOrd>, Option<ArticleOrd>) {
    let articles = &listed.articles;
    let Some(place) = articles.iter().position(|ord| *ord == article) else {
        return (None, None);
    };
    (place.checked_sub(1).map(|before| articles[before]), articles.get(place + 1).copied())
}
