//! What other programs read of the help center in one language: a feed of what is new
//! (RSS 2.0), and how to search it from the address bar of a browser (OpenSearch 1.1).

use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::context;
use minijinja::value::Value;

use super::visit::Visit;
use super::{Answer, Problem};
use crate::http::contents::latest;
use crate::index::{ArticleOrd, Card};

/// Articles in the feed.
const ENTRIES: usize = 30;

/// Shows the articles that were changed last.
pub(super) fn page(visit: &Visit) -> Answer {
    let articles = latest(&visit.snapshot, &visit.locale, visit.today, ENTRIES);
    let entries: Vec<Value> = articles.into_iter().filter_map(|article| entry(visit, article)).collect();
    let values = context! { entries, description => visit.text("feed") };
    xml(visit, "feed.xml", "application/rss+xml; charset=utf-8", values)
}

fn entry(visit: &Visit, article: ArticleOrd) -> Option<Value> {
    let card: &Card = visit.snapshot.index.card(article);
    Some(context! {
        title => card.title.as_str(),
        url => format!("{}{}", visit.origin(), card.url()),
        summary => card.summary.as_deref(),
        date => rfc_2822(card.updated?)?,
    })
}

/// Returns a day as mails and feeds write it.
fn rfc_2822(date: Date) -> Option<String> {
    let start = date.to_zoned(TimeZone::UTC).ok()?;
    jiff::fmt::rfc2822::to_string(&start).ok()
}

/// Shows browsers how to search here.
pub(super) fn search_description(visit: &Visit) -> Answer {
    xml(visit, "opensearch.xml", "application/opensearchdescription+xml; charset=utf-8", context! {})
}

fn xml(visit: &Visit, template: &str, content_type: &'static str, values: Value) -> Answer {
    let around = context! {
        site => visit.site_title(),
        origin => visit.origin(),
        locale => visit.locale.to_string(),
        home => format!("{}/{}", visit.origin(), visit.locale),
        ..values
    };
    let xml = visit.app.pages.templates.get_template(template).and_then(|found| found.render(around));
    let xml = xml.map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-cache")], xml).into_response())
}
