//! `/agent/search`: everything that agents may know, by words, meaning and filters.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use serde::Deserialize;

use super::look::Reader;
use super::{Agents, PATH, page_path};
use crate::http::api::{Params, check_length, highlighted_html};
use crate::http::{Problem, blocking, given};
use crate::index::AgentIndex;
use crate::locale::Locale;
use crate::search::{Facets, Filters, Hit, Request};

/// Results on a page.
const RESULTS: usize = 20;

/// Pages that can be turned to.
const MOST_PAGES: usize = 50;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wanted {
    q: String,
    category: String,
    product: String,
    market: String,
    locale: String,
    page: Option<usize>,
}

pub(super) async fn page(State(agents): State<Arc<Agents>>, reader: Reader, uri: Uri) -> Response {
    let reader = Arc::new(reader);
    let work = {
        let (agents, reader) = (Arc::clone(&agents), Arc::clone(&reader));
        move || show(&agents, &reader, &uri)
    };
    blocking(work).await.unwrap_or_else(|problem| agents.problem_page(&reader, &problem))
}

fn show(agents: &Agents, reader: &Reader, uri: &Uri) -> Result<Response, Problem> {
    let Params(wanted) = Params::<Wanted>::of(uri)?;
    check_length(&wanted.q)?;
    let snapshot = agents.snapshot()?;
    let vector = agents.app.meaning_of(&wanted.q, &snapshot).vector;
    let page = wanted.page.unwrap_or(1);
    if !(1..=MOST_PAGES).contains(&page) {
        return Err(Problem::invalid_parameter(format!("`page` goes from 1 to {MOST_PAGES}")));
    }
    let request = Request {
        filters: wanted.filters(),
        offset: (page - 1) * RESULTS,
        ..Request::first(RESULTS, wanted.q.clone(), vector, reader.locale().clone())
    };
    let results = agents.app.searcher(&snapshot).search(&request)?;
    let values = context! {
        query => wanted.q.as_str(),
        total => results.listed,
        previous => (page > 1).then(|| wanted.path(page - 1)),
        next => (page * RESULTS < results.listed && page < MOST_PAGES).then(|| wanted.path(page + 1)),
        results => results.hits.iter().map(|hit| found(reader, &snapshot.index, hit)).collect::<Vec<_>>(),
        choices => choices(reader, &wanted, &results.facets),
        meant => results.did_you_mean,
    };
    Ok(agents.render(reader, StatusCode::OK, "search.html", values))
}

impl Wanted {
    /// Returns the address of another page of the same search.
    fn path(&self, page: usize) -> String {
        let Self { q, category, product, market, locale, .. } = self;
        let wanted =
            [("q", q), ("category", category), ("product", product), ("market", market), ("locale", locale)];
        let set = wanted.into_iter().filter(|(_, value)| !value.is_empty());
        let query = serde_urlencoded::to_string(set.collect::<Vec<_>>()).expect("texts can be encoded");
        format!("{PATH}/search?{query}&page={page}")
    }

    fn filters(&self) -> Filters {
        Filters {
            category: given(&self.category),
            tag: None,
            product: given(&self.product),
            market: given(&self.market),
            locale: self.locale.parse().ok(),
        }
    }
}

/// Returns the filters that can be chosen, each with its values and how many articles have it.
fn choices(reader: &Reader, wanted: &Wanted, facets: &Facets) -> Vec<Value> {
    let fields = [
        ("category", &wanted.category, &facets.category),
        ("product", &wanted.product, &facets.product),
        ("market", &wanted.market, &facets.market),
        ("locale", &wanted.locale, &facets.locale),
    ];
    let choice = |(name, chosen, counts): (&str, &String, &BTreeMap<String, usize>)| {
        let value = |(value, count): (&String, &usize)| {
            let locale = value.parse::<Locale>().ok().filter(|_| name == "locale");
            let label = locale.map_or_else(|| value.clone(), |locale| reader.texts.language(&locale));
            context! { value, label, count, chosen => value == chosen }
        };
        let values: Vec<Value> = counts.iter().map(value).collect();
        (!values.is_empty()).then(|| context! { name, values })
    };
    fields.into_iter().filter_map(choice).collect()
}

fn found(reader: &Reader, index: &AgentIndex, hit: &Hit) -> Value {
    let card = index.card(hit.article);
    let passage = hit.passages.first();
    let anchor = passage.and_then(|passage| passage.anchor.as_deref());
    context! {
        article => reader.article(card),
        url => page_path(card, anchor),
        snippet => passage.map(|passage| Value::from_safe_string(highlighted_html(&passage.snippet))),
    }
}
