//! `/sitemap.xml` and `/robots.txt`: what search engines may list.

use std::fmt::Write;

use axum::http::header;
use axum::response::IntoResponse;

use super::Answer;
use super::visit::Visit;
use crate::index::Card;

/// A sitemap may hold no more addresses.
const MAX_ADDRESSES: usize = 50_000;

/// A sitemap may have no more bytes; its first and last lines fit into the rest.
const MAX_BYTES: usize = 50 * 1024 * 1024 - 1024;

/// Lists the articles that visitors can read, each with its translations.
pub(super) fn page(visit: &Visit) -> Answer {
    let mut cards: Vec<&Card> =
        visit.snapshot.index.cards().filter(|card| card.is_visible(visit.today)).collect();
    cards.sort_unstable_by_key(|card| (&card.id, &card.locale));
    cards.truncate(MAX_ADDRESSES);
    let origin = visit.app.origin(visit.asked.headers());
    let mut articles = String::new();
    for translations in cards.chunk_by(|a, b| a.id == b.id) {
        let urls = urls(translations, &origin);
        if articles.len() + urls.len() > MAX_BYTES {
            break;
        }
        articles.push_str(&urls);
    }
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], [START, &articles, END].concat())
        .into_response())
}

const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset \
    xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
const END: &str = "</urlset>\n";

/// Returns one `<url>` for each translation. Paths and origins need no escaping.
fn urls(translations: &[&Card], origin: &str) -> String {
    let link = |card: &&Card| {
        format!(
            "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{origin}{}\"/>\n",
            card.locale,
            card.url()
        )
    };
    let links: String =
        if translations.len() > 1 { translations.iter().map(link).collect() } else { String::new() };
    let mut urls = String::new();
    for card in translations {
        let updated = card.updated.map_or(String::new(), |date| format!("<lastmod>{date}</lastmod>\n"));
        write!(urls, "<url>\n<loc>{origin}{}</loc>\n{updated}{links}</url>\n", card.url())
            .expect("a string takes all");
    }
    urls
}

/// Keeps search engines away from what is not a page.
pub(super) fn robots(visit: &Visit) -> Answer {
    let origin = visit.app.origin(visit.asked.headers());
    let text =
        format!("User-agent: *\nDisallow: /api/\nDisallow: /*/search\nSitemap: {origin}/sitemap.xml\n");
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
