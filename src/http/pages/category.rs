//! `/{locale}/categories/{id}`: one topic with all its articles.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::Value;

use super::layout::Head;
use super::visit::Visit;
use super::{Answer, Problem, structured};
use crate::content::Category;
use crate::http::contents::{Listed, articles_of, contents};
use crate::locale::Locale;

pub(super) fn page(visit: &Visit) -> Answer {
    let id = visit.asked.id();
    let translations: Vec<Listed> = translations(visit, id.trim_end_matches('/'), &visit.locale).collect();
    let nearest = translations.first().ok_or_else(Problem::no_route)?;
    let category = &nearest.category;
    let head = Head {
        title: category.title.clone(),
        description: Some(category.summary.clone()).filter(|summary| !summary.is_empty()),
        path: &|locale| Category { locale: locale.clone(), ..category.clone() }.url(),
        locales: translations.iter().map(|listed| listed.category.locale.clone()).collect(),
        statements: vec![structured::breadcrumbs(visit, &[(&category.title, category.url())])],
        ..Head::default()
    };
    let values = context! {
        summary => category.summary.as_str(),
        attributes => visit.attributes(&category.locale),
        foreign => visit.foreign(&category.locale),
        articles => nearest.articles.iter().map(|article| visit.entry(*article)).collect::<Vec<_>>(),
    };
    visit.render(StatusCode::OK, "category.html", &head, values)
}

/// Returns a topic in each locale in which it has articles, nearest to `locale` first.
pub(super) fn translations(visit: &Visit, id: &str, locale: &Locale) -> impl Iterator<Item = Listed> {
    let mut categories: Vec<&Category> =
        visit.snapshot.categories.iter().filter(|category| category.id == id).collect();
    categories.sort_by_key(|category| (locale.distance_to(&category.locale), &category.locale));
    let listed = categories.into_iter().map(|category| Listed {
        articles: articles_of(&visit.snapshot, category, visit.today),
        category: category.clone(),
    });
    listed.filter(|listed| !listed.articles.is_empty())
}

/// Returns the topic in the locale nearest to the visitor's.
pub(super) fn nearest<'v>(visit: &'v Visit, id: &str) -> Option<&'v Category> {
    let categories = visit.snapshot.categories.iter().filter(|category| category.id == id);
    categories.min_by_key(|category| (visit.locale.distance_to(&category.locale), &category.locale))
}

/// Returns links to all topics that have articles in the visitor's locale.
pub(super) fn links(visit: &Visit) -> Vec<Value> {
    let topics = contents(&visit.snapshot, &visit.locale, visit.today).categories.into_iter();
    topics
        .map(|listed| context! { title => listed.category.title.as_str(), url => listed.category.url() })
        .collect()
}
