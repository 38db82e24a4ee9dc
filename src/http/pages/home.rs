//! `/{locale}`: the search field, and all topics with their first articles.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::Value;

use super::Answer;
use super::layout::Head;
use super::visit::Visit;
use crate::http::contents::{Contents, Listed, contents};

/// Articles that are shown of a topic; more would bury the other topics.
const SHOWN: usize = 4;

pub(super) fn page(visit: &Visit) -> Answer {
    let contents = contents(&visit.snapshot, &visit.locale, visit.today);
    let head = Head {
        title: String::new(),
        description: description(&contents),
        path: &|locale| format!("/{locale}"),
        locales: visit.locales.clone(),
    };
    let values = context! {
        topics => contents.categories.iter().map(|listed| topic(visit, listed)).collect::<Vec<_>>(),
        others => others(visit, &contents),
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

/// Returns the first articles that belong to no topic.
fn others(visit: &Visit, contents: &Contents) -> Vec<Value> {
    let index = &visit.snapshot.index;
    let others = index.articles.of_category(&contents.locale, None).iter().copied();
    let visible = others.filter(|ord| index.card(*ord).is_visible(visit.today));
    visible.take(2 * SHOWN).map(|article| visit.entry(article)).collect()
}
