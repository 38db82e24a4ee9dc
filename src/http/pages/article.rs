//! `/{locale}/articles/{id}`: one article and the ways on from it.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::Value;

use super::layout::{Head, Kind};
use super::structured::Statement;
use super::visit::Visit;
use super::{Answer, category, feedback, structured};
use crate::content::{Action, Category, ContentsEntry};
use crate::http::contents::{Listed, named_related, similar_articles};
use crate::http::language::attributes;
use crate::index::{ArticleOrd, Card, StoredPage};

/// Related articles shown, if its author names no more.
const RELATED: usize = 4;

/// A contents list helps from this many headings on.
const CONTENTS_FROM: usize = 3;

/// Levels of headings in a contents list.
const CONTENTS_LEVELS: u8 = 2;

pub(super) fn page(visit: &Visit) -> Answer {
    let index = &visit.snapshot.index;
    let article = feedback::article(visit)?;
    let (card, page) = (index.card(article), index.page(article)?);
    let translations = visit.translations(&card.id);
    let topic = topic(visit, article);
    if !feedback::is_given(visit) {
        visit.usage.opened(index, article);
        visit.app.ledger.viewed(visit.asked.visitor(), card);
    }
    let head = Head {
        title: card.title.clone(),
        description: card.summary.clone(),
        path: &|locale| card.id.url(locale),
        locales: translations.iter().map(|ord| index.card(*ord).locale.clone()).collect(),
        kind: Kind::Article,
        statements: statements(visit, card, &page, topic.as_ref()),
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
        topic => topic.map(|topic| topic.value(visit)),
        feedback => feedback::section(visit),
        minutes => minutes(&page.html),
        article_script => visit.app.pages.assets.known_url("article.js"),
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

/// The topic of an article and its neighbors there.
struct Topic {
    category: Category,
    previous: Option<ArticleOrd>,
    next: Option<ArticleOrd>,
}

impl Topic {
    fn url(&self, visit: &Visit) -> String {
        Category { locale: visit.locale.clone(), ..self.category.clone() }.url()
    }

    fn value(&self, visit: &Visit) -> Value {
        context! {
            title => self.category.title.as_str(),
            url => self.url(visit),
            attributes => visit.attributes(&self.category.locale),
            previous => self.previous.map(|ord| visit.entry(ord)),
            next => self.next.map(|ord| visit.entry(ord)),
        }
    }
}

fn topic(visit: &Visit, article: ArticleOrd) -> Option<Topic> {
    let card = visit.snapshot.index.card(article);
    let listed = category::translations(visit, card.category.as_ref()?, &card.locale).next()?;
    let (previous, next) = neighbors(&listed, article);
    Some(Topic { category: listed.category, previous, next })
}

/// Returns what search engines are told of an article.
fn statements(visit: &Visit, card: &Card, page: &StoredPage, topic: Option<&Topic>) -> Vec<Statement> {
    let of_topic = topic.map(|topic| (topic.category.title.as_str(), topic.url(visit)));
    let steps: Vec<_> = of_topic.into_iter().chain([(card.title.as_str(), card.url())]).collect();
    let all = [structured::article(visit, card), structured::breadcrumbs(visit, &steps)];
    all.into_iter().chain(structured::questions(visit, card, page)).collect()
}

/// Letters of a text that are read in a minute: some 230 words of a language with spaces. A
/// character of Chinese or Japanese counts as three letters.
const LETTERS_A_MINUTE: usize = 1_300;

/// Returns how many minutes an article takes to read; nothing if it is short.
fn minutes(html: &str) -> Option<usize> {
    let mut is_tag = false;
    let letters: usize = html
        .chars()
        .map(|c| match c {
            '<' => {
                is_tag = true;
                0
            }
            '>' => {
                is_tag = false;
                0
            }
            _ if is_tag => 0,
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => 3,
            _ => 1,
        })
        .sum();
    Some(letters.div_ceil(LETTERS_A_MINUTE)).filter(|minutes| *minutes > 1)
}

fn neighbors(listed: &Listed, article: ArticleOrd) -> (Option<ArticleOrd>, Option<ArticleOrd>) {
    let articles = &listed.articles;
    let Some(place) = articles.iter().position(|ord| *ord == article) else {
        return (None, None);
    };
    (place.checked_sub(1).map(|before| articles[before]), articles.get(place + 1).copied())
}
