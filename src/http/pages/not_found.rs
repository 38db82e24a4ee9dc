//! Addresses that lead nowhere: former ones lead to the article, all others to
//! a page that shows what comes nearest to what they say.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::Value;

use super::layout::{Head, redirect};
use super::visit::{Visit, vary_by_language};
use super::{Answer, Problem, category};
use crate::content::{percent_decode, url_path};
use crate::index::Card;
use crate::locale::Locale;
use crate::search::Request;

/// Articles that are offered.
const NEAREST: usize = 3;

/// Words of an address beyond this are not what somebody is looking for.
const MAX_WORDS: usize = 12;

/// Words of an address that say what kind of page it was, not what it was about.
const KINDS: &[&str] =
    &["articles", "categories", "search", "html", "htm", "xml", "php", "aspx", "md", "index"];

pub(super) fn page(visit: &Visit) -> Answer {
    let mut answer = match former(visit).or_else(|| without_end_slash(visit)) {
        Some(url) => Ok(redirect(StatusCode::MOVED_PERMANENTLY, &url)),
        None => missing(visit),
    };
    if let (Ok(response), None) = (&mut answer, visit.asked.locale()) {
        vary_by_language(response);
    }
    answer
}

/// Returns where the article is now that was once at this address.
fn former(visit: &Visit) -> Option<String> {
    let path = plain(visit.asked.path());
    let index = &visit.snapshot.index;
    let visible = index.cards().filter(|card| card.is_visible(visit.today));
    let matching = visible.filter_map(|card| Some((likeness(card, &path)?, card)));
    let (_, card) = matching.min_by_key(|(likeness, card)| {
        (*likeness, visit.locale.distance_to(&card.locale), &card.id, &card.locale)
    })?;
    let nearest = *visit.translations(&card.id).first()?;
    Some(index.card(nearest).url())
}

/// How an address is like a former one, better first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    ButForTheLocale,
}

fn likeness(card: &Card, path: &str) -> Option<Likeness> {
    let compare = |alias: &String| {
        let alias = plain(alias);
        if alias.is_empty() {
            None
        } else if alias == path {
            Some(Likeness::Same)
        } else {
            (below_locale(&alias) == below_locale(path)).then_some(Likeness::ButForTheLocale)
        }
    };
    card.aliases.iter().filter_map(compare).min()
}

/// Returns a path as it is compared: decoded, without slashes at its ends.
fn plain(path: &str) -> String {
    percent_decode(path).trim().trim_matches('/').to_owned()
}

/// Returns what follows the locale that a path starts with, the whole path if
/// it starts with none.
fn below_locale(path: &str) -> &str {
    match path.split_once('/') {
        Some((first, rest)) if first.parse::<Locale>().is_ok() => rest,
        _ => path,
    }
}

/// Returns the address without the `/` that it ends with, if it is one of a page.
fn without_end_slash(visit: &Visit) -> Option<String> {
    visit.asked.locale()?;
    let path = visit.asked.path().strip_suffix('/')?;
    let query = visit.asked.query().map_or(String::new(), |query| format!("?{query}"));
    Some(format!("/{}{query}", url_path(&plain(path))))
}

fn missing(visit: &Visit) -> Answer {
    let head = Head { title: visit.text("not-found-heading"), ..Head::default() };
    let query = words(visit.asked.path());
    let values = context! { nearest => nearest(visit, &query)?, query, browse => category::links(visit) };
    visit.render(StatusCode::NOT_FOUND, "not_found.html", &head, values)
}

/// Returns the articles that come nearest to what an address says; none if it says nothing.
fn nearest(visit: &Visit, query: &str) -> Result<Vec<Value>, Problem> {
    // Programs that try addresses, and browsers that look for icons, are not looking for articles.
    if query.is_empty() || visit.asked.locale().is_none() {
        return Ok(Vec::new());
    }
    let request = Request::first(NEAREST, query.to_owned(), None, visit.locale.clone());
    let results = visit.app.searcher(&visit.snapshot).search(&request)?;
    let near = results.hits.iter().filter(|hit| hit.tier.is_some_and(|tier| !tier.is_rescue()));
    Ok(near.take(NEAREST).map(|hit| visit.entry(hit.article)).collect())
}

/// Returns the words of an address that say what it was about.
fn words(path: &str) -> String {
    let path = plain(path);
    let words = below_locale(&path)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !KINDS.contains(&word.to_lowercase().as_str()));
    words.take(MAX_WORDS).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_page_is_searched_by_the_words_of_its_address() {
        assert_eq!(words("en/articles/reset-password.html"), "reset password");
        assert_eq!(words("%E9%80%80%E8%B4%A7/%E8%BF%90%E8%B4%B9/"), "退货 运费");
        assert_eq!(words("fr/"), "fr");
    }
}
