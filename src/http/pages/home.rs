//! `/{locale}`: the search field, and all topics with their first articles.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::Value;

use super::layout::Head;
use super::visit::Visit;
use super::{Answer, structured};
use crate::http::contents::{Contents, Listed, contents, latest, popular};
use crate::index::ArticleOrd;

/// Articles that are shown of a topic; more would bury the other topics.
const SHOWN: usize = 4;

/// Articles that are shown as new or changed.
const LATEST: usize = 5;

pub(super) fn page(visit: &Visit) -> Answer {
    let contents = contents(&visit.snapshot, &visit.locale, visit.today);
    let head = Head {
        description: description(&contents),
        locales: visit.locales.clone(),
        statements: vec![structured::site(visit)],
        ..Head::default()
    };
    let values = context! {
        topics => contents.categories.iter().map(|listed| topic(visit, listed)).collect::<Vec<_>>(),
        others => others(visit, &contents),
        popular => entries(visit, popular_articles(visit)),
        latest => entries(visit, latest(&visit.snapshot, &visit.locale, visit.today, LATEST)),
    };
    visit.render(StatusCode::OK, "home.html", &head, values)
}

/// Returns what the help center is about: its topics.
fn description(contents: &Contents) -> Option<String> {
    let titles: Vec<&str> = contents.categories.iter().map(|listed| listed.category.title.as_str()).collect();
    (!titles.is_empty()).then(|| titles.join(" · "))
}

fn topic(visit: &Visit, listed: &Listed) -> Value {
    context! {
        title => listed.category.title.as_str(),
        summary => listed.category.summary.as_str(),
        url => listed.category.url(),
        count => listed.articles.len(),
        articles => listed.articles.iter().take(SHOWN).map(|article| visit.entry(*article)).collect::<Vec<_>>(),
    }
}

/// Returns what others read; nothing before anybody has read anything.
fn popular_articles(visit: &Visit) -> Vec<ArticleOrd> {
    let mut articles = popular(&visit.snapshot, &visit.usage, &visit.locale, None, visit.today);
    articles.retain(|article| visit.usage.of(&visit.snapshot.index, *article) > 0);
    articles
}

fn entries(visit: &Visit, articles: Vec<ArticleOrd>) -> Vec<Value> {
    articles.into_iter().map(|article| visit.entry(article)).collect()
}

/// Returns the first articles that belong to no topic.
fn others(visit: &Visit, contents: &Contents) -> Vec<Value> {
    let index = &visit.snapshot.index;
    let others = index.articles.of_category(&contents.locale, None).iter().copied();
    let visible = others.filter(|ord| index.card(*ord).is_visible(visit.today));
    visible.take(2 * SHOWN).map(|article| visit.entry(article)).collect()
}
