//! `/sitemap.xml`, `/{locale}/sitemap.xml` and `/robots.txt`: what search engines may list.

use std::fmt::Write;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::visit::Visit;
use super::{Answer, Problem};
use crate::http::api::Params;
use crate::http::contents::contents;
use crate::index::Card;
use crate::locale::Locale;

/// Addresses of articles in one sitemap. It may hold 50,000, and 50 MB: so many are both, even
/// where each has translations in twenty languages.
const ADDRESSES: usize = 10_000;

/// Lists the sitemaps: those of each locale.
pub(super) fn index(visit: &Visit) -> Answer {
    let origin = visit.origin();
    let mut sitemaps = String::new();
    for locale in &visit.locales {
        let cards = cards(visit, locale);
        for (part, cards) in cards.chunks(ADDRESSES).enumerate() {
            let updated = last_modified(cards.iter().filter_map(|card| card.updated).max());
            let part = if part == 0 { String::new() } else { format!("?part={}", part + 1) };
            let url = format!("{origin}/{locale}/sitemap.xml{part}");
            write!(sitemaps, "<sitemap>\n<loc>{url}</loc>\n{updated}</sitemap>\n")
                .expect("a string takes all");
        }
    }
    Ok(xml([INDEX_START, &sitemaps, INDEX_END].concat()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default = "first")]
    part: usize,
}

fn first() -> usize {
    1
}

/// Lists the articles of a locale that visitors can read, each with its translations, after its
/// home page and topics.
pub(super) fn page(visit: &Visit) -> Answer {
    let Params(Wanted { part: wanted }) = Params::<Wanted>::of(visit.asked.uri())?;
    let (cards, origin) = (cards(visit, &visit.locale), visit.origin());
    let part = wanted.checked_sub(1).and_then(|part| cards.chunks(ADDRESSES).nth(part));
    let mut urls = String::new();
    if wanted == 1 {
        let topics = contents(&visit.snapshot, &visit.locale, visit.today).categories;
        let topics = topics.iter().map(|listed| listed.category.url());
        for path in std::iter::once(format!("/{}", visit.locale)).chain(topics) {
            write!(urls, "<url>\n<loc>{origin}{path}</loc>\n</url>\n").expect("a string takes all");
        }
    }
    for card in part.ok_or_else(Problem::no_route)? {
        add_url(&mut urls, visit, card, &origin);
    }
    Ok(xml([START, &urls, END].concat()))
}

/// Returns the articles in a locale that visitors can read.
fn cards<'v>(visit: &'v Visit, locale: &Locale) -> Vec<&'v Card> {
    let index = &visit.snapshot.index;
    let in_locale = index.cards().filter(|card| card.locale == *locale && card.is_visible(visit.today));
    let mut cards: Vec<&Card> = in_locale.collect();
    cards.sort_unstable_by_key(|card| &card.id);
    cards
}

/// Adds an article. Paths and origins need no escaping.
fn add_url(urls: &mut String, visit: &Visit, card: &Card, origin: &str) {
    let index = &visit.snapshot.index;
    let mut translations: Vec<&Card> =
        visit.translations(&card.id).into_iter().map(|ord| index.card(ord)).collect();
    translations.sort_unstable_by_key(|card| &card.locale);
    let (url, updated) = (card.url(), last_modified(card.updated));
    write!(urls, "<url>\n<loc>{origin}{url}</loc>\n{updated}").expect("a string takes all");
    for translation in translations.iter().filter(|_| translations.len() > 1) {
        let (locale, url) = (&translation.locale, translation.url());
        writeln!(urls, "<xhtml:link rel=\"alternate\" hreflang=\"{locale}\" href=\"{origin}{url}\"/>")
            .expect("a string takes all");
    }
    urls.push_str("</url>\n");
}

fn last_modified(date: Option<jiff::civil::Date>) -> String {
    date.map_or(String::new(), |date| format!("<lastmod>{date}</lastmod>\n"))
}

fn xml(text: String) -> Response {
    let about = [(header::CONTENT_TYPE, "application/xml; charset=utf-8"), (header::CACHE_CONTROL, AN_HOUR)];
    (about, text).into_response()
}

/// Search engines do not have to know at once what is new.
const AN_HOUR: &str = "public, max-age=3600";

const INDEX_START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex \
    xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
const INDEX_END: &str = "</sitemapindex>\n";

const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset \
    xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
const END: &str = "</urlset>\n";

/// Keeps search engines away from what is not a page.
pub(super) fn robots(visit: &Visit) -> Answer {
    let origin = visit.origin();
    let text = format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /agent\nDisallow: /*/search\nDisallow: /*/contact\n\
         Disallow: /*/instant\nSitemap: {origin}/sitemap.xml\n"
    );
    let about = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, AN_HOUR)];
    Ok((about, text).into_response())
}
