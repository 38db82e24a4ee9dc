//! `/{locale}/search`: the results of a search, and help where there are none.

use axum::http::StatusCode;
use minijinja::context;
use minijinja::value::Value;
use serde::{Deserialize, Serialize};

use super::answer::{self, Section};
use super::layout::Head;
use super::visit::Visit;
use super::{Answer, Problem, category, refused};
use crate::answer::State;
use crate::content::Category;
use crate::events::Channel;
use crate::http::api::{MAX_QUERY_CHARS, Params, check_length, highlighted_html};
use crate::http::contents::{nearest_category, popular};
use crate::http::given;
use crate::http::ledger::Looked;
use crate::locale::Locale;
use crate::search::{Facets, Filters, Hit, MatchTier, Request, Results};

/// Results on a page: a few screens of a phone, and what an answer is chosen from.
const PER_PAGE: usize = crate::answer::RESULTS;

/// Pages that can be turned to; further down nobody looks.
const MAX_PAGES: usize = 1_000;

/// A longer query is not repeated in full in headings.
const SHOWN_CHARS: usize = 80;

/// The parameters of the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Wanted {
    q: String,
    category: String,
    tag: String,
    product: String,
    pub(super) market: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    only_locale: Option<Locale>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
    /// What the visitor says of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<Verdict>,
}

/// Whether an answer was what the visitor looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    Yes,
    No,
}

pub(super) fn page(visit: &Visit) -> Answer {
    let wanted = match Params::<Wanted>::of(visit.asked.uri()).and_then(|Params(wanted)| wanted.checked()) {
        Ok(wanted) => wanted,
        Err(problem) => return not_understood(visit, &problem),
    };
    if check_length(&wanted.q).is_err() {
        return too_long(visit, &wanted);
    }
    let vector = visit.app.meaning_of(&wanted.q, &visit.snapshot).vector;
    let request = Request { vector, ..wanted.request(&visit.locale) };
    let results = visit.app.searcher(&visit.snapshot).search(&request)?;
    let head = Head {
        title: if wanted.q.is_empty() { visit.text("all-articles") } else { shortened(&wanted.q) },
        path: &|locale| wanted.path(locale),
        ..Head::default()
    };
    let Section { shown, state, article } = answer::section(visit, &wanted, &request, &results)?;
    // Who says what the answer was like has searched before.
    if state.is_some() && wanted.answer.is_none() {
        let looked = Looked {
            request: &request,
            results: &results,
            shown: &results.hits.iter().collect::<Vec<_>>(),
            index: &visit.snapshot.index,
            channel: Channel::Page,
            answer: state.map(State::as_str),
        };
        visit.app.searched(visit.asked.visitor(), &looked);
    }
    let verdict = wanted.answer.zip(article).filter(|_| visit.asked.is_of_a_person());
    if let Some((verdict, article)) = verdict.filter(|_| visit.app.votes.check(visit.asked.peer()).is_ok()) {
        let (card, visitor) = (visit.snapshot.index.card(article), visit.asked.visitor());
        visit.app.ledger().judged(visitor, card, verdict == Verdict::Yes);
    }
    visit.render(StatusCode::OK, "search.html", &head, values(visit, &wanted, &results, shown))
}

impl Wanted {
    fn checked(self) -> Result<Self, Problem> {
        if !(1..=MAX_PAGES).contains(&self.page()) {
            return Err(Problem::invalid_parameter(format!("`page` goes from 1 to {MAX_PAGES}")));
        }
        Ok(self)
    }

    fn page(&self) -> usize {
        self.page.unwrap_or(1)
    }

    fn request(&self, locale: &Locale) -> Request {
        Request {
            filters: Filters {
                category: given(&self.category),
                tag: given(&self.tag),
                product: given(&self.product),
                market: given(&self.market),
                locale: self.only_locale.clone(),
            },
            offset: (self.page() - 1) * PER_PAGE,
            ..Request::first(PER_PAGE, self.q.clone(), None, locale.clone())
        }
    }

    /// Returns the same search without filters.
    fn unfiltered(&self) -> Self {
        Self { q: self.q.clone(), ..Self::default() }
    }

    /// Returns the first page of the same search after `change`.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self { page: None, answer: None, ..self.clone() };
        change(&mut changed);
        changed
    }

    /// Returns the address of this search; parameters without a value are left out.
    pub(super) fn path(&self, locale: &Locale) -> String {
        let parameters = serde_urlencoded::to_string(self).expect("every parameter is one value");
        let given: Vec<&str> = parameters.split('&').filter(|parameter| !parameter.ends_with('=')).collect();
        let mark = if given.is_empty() { "" } else { "?" };
        format!("/{locale}/search{mark}{}", given.join("&"))
    }
}

fn values(visit: &Visit, wanted: &Wanted, results: &Results, answer: Option<Value>) -> Value {
    let shown = |is_rescue: bool| -> Vec<Value> {
        let hits = results.hits.iter().filter(|hit| hit.tier.is_some_and(MatchTier::is_rescue) == is_rescue);
        hits.map(|hit| result(visit, hit)).collect()
    };
    let has_filters = wanted.with(|_| {}).path(&visit.locale) != wanted.unfiltered().path(&visit.locale);
    context! {
        query => wanted.q.as_str(),
        shown_query => shortened(&wanted.q),
        total => results.listed,
        answer => answer,
        results => shown(false),
        similar => shown(true),
        meant => results.did_you_mean.as_ref().map(|query| meant(visit, wanted, query)),
        popular => popular_articles(visit, wanted, results),
        topics => topics(visit, wanted, &results.facets),
        only_languages => languages(visit, wanted, &results.facets),
        filters => filters(visit, wanted),
        unfiltered => has_filters.then(|| wanted.unfiltered().path(&visit.locale)),
        paging => paging(visit, wanted, results.listed),
        browse => if results.listed == 0 { category::links(visit) } else { Vec::new() },
    }
}

/// Returns the same search for what the visitor may have meant.
fn meant(visit: &Visit, wanted: &Wanted, query: &str) -> Value {
    let meant = wanted.with(|wanted| wanted.q = query.to_owned());
    context! { query => shortened(query), url => meant.path(&visit.locale) }
}

/// Returns what others read; nothing where something was found.
fn popular_articles(visit: &Visit, wanted: &Wanted, results: &Results) -> Vec<Value> {
    if results.listed > 0 {
        return Vec::new();
    }
    let filters = wanted.request(&visit.locale).filters;
    let category = nearest_category(&visit.snapshot, &filters, results);
    let articles = popular(&visit.snapshot, &visit.usage, &visit.locale, category.as_deref(), visit.today);
    articles.into_iter().map(|article| visit.entry(article)).collect()
}

fn result(visit: &Visit, hit: &Hit) -> Value {
    let card = visit.snapshot.index.card(hit.article);
    let best = hit.passages.first();
    let topic = card.category.as_ref().and_then(|id| category::nearest(visit, id));
    context! {
        url => visit.url_at(hit.article, best.and_then(|passage| passage.anchor.as_deref())),
        title => Value::from_safe_string(highlighted_html(&hit.title)),
        heading => best.and_then(|passage| passage.headings.last()),
        snippet => match best {
            Some(passage) => Value::from_safe_string(highlighted_html(&passage.snippet)),
            None => Value::from(card.summary.as_deref().unwrap_or_default()),
        },
        topic => topic.map(|topic| context! { title => topic.title.as_str(), attributes => visit.attributes(&topic.locale) }),
        attributes => visit.attributes(&card.locale),
        foreign => visit.foreign(&card.locale),
        by_meaning => hit.tier == Some(MatchTier::Meaning),
    }
}

/// A value of a facet that a visitor can choose.
fn choice(title: &str, attributes: Value, url: String, is_current: bool) -> Value {
    context! { title => title, attributes => attributes, url => url, is_current => is_current }
}

/// Returns the topics of what was found, in their order, after the choice of
/// all; nothing where there is no choice.
fn topics(visit: &Visit, wanted: &Wanted, facets: &Facets) -> Vec<Value> {
    let chosen = Some(&wanted.category).filter(|id| !id.is_empty() && !facets.category.contains_key(*id));
    let found = facets.category.keys().chain(chosen);
    let mut found: Vec<&Category> = found.filter_map(|id| category::nearest(visit, id)).collect();
    found.sort_by_key(|category| (category.order, &category.id));
    if found.len() < 2 && wanted.category.is_empty() {
        return Vec::new();
    }
    let link = |id: &str| wanted.with(|wanted| wanted.category = id.to_owned()).path(&visit.locale);
    let all = choice(&visit.text("all-topics"), Value::from(""), link(""), wanted.category.is_empty());
    let each = found.into_iter().map(|category| {
        let is_current = category.id == wanted.category;
        choice(&category.title, visit.attributes(&category.locale), link(&category.id), is_current)
    });
    std::iter::once(all).chain(each).collect()
}

/// Returns the languages of what was found, nearest first, after the choice of
/// all; nothing where there is no choice.
fn languages(visit: &Visit, wanted: &Wanted, facets: &Facets) -> Vec<Value> {
    let found = facets.locale.keys().filter_map(|tag| tag.parse().ok());
    let mut found: Vec<Locale> = found.chain(wanted.only_locale.clone()).collect();
    found.sort_by_key(|locale| (visit.locale.distance_to(locale), locale.clone()));
    found.dedup();
    if found.len() < 2 && wanted.only_locale.is_none() {
        return Vec::new();
    }
    let link = |locale: Option<&Locale>| {
        wanted.with(|wanted| wanted.only_locale = locale.cloned()).path(&visit.locale)
    };
    let all = choice(&visit.text("all-languages"), Value::from(""), link(None), wanted.only_locale.is_none());
    let each = found.iter().map(|locale| {
        let is_current = wanted.only_locale.as_ref() == Some(locale);
        choice(&visit.texts.language(locale), Value::from(""), link(Some(locale)), is_current)
    });
    std::iter::once(all).chain(each).collect()
}

/// Returns the filters that only an address can set, with links that take them away.
fn filters(visit: &Visit, wanted: &Wanted) -> Vec<Value> {
    type Field = fn(&mut Wanted) -> &mut String;
    let fields: [Field; 3] =
        [|wanted| &mut wanted.tag, |wanted| &mut wanted.product, |wanted| &mut wanted.market];
    let filter = |field: Field| {
        let mut without = wanted.with(|_| {});
        let value = std::mem::take(field(&mut without));
        (!value.is_empty()).then(|| context! { value => value, url => without.path(&visit.locale) })
    };
    fields.into_iter().filter_map(filter).collect()
}

/// Returns where one can turn to; nothing if there is one page only.
fn paging(visit: &Visit, wanted: &Wanted, total: usize) -> Option<Value> {
    let pages = total.div_ceil(PER_PAGE).min(MAX_PAGES);
    let page = wanted.page();
    let link =
        |page: usize| Wanted { page: (page > 1).then_some(page), ..wanted.with(|_| {}) }.path(&visit.locale);
    (pages > 1).then(|| {
        context! {
            page => page,
            pages => pages,
            previous => (page > 1).then(|| link((page - 1).min(pages))),
            next => (page < pages).then(|| link(page + 1)),
        }
    })
}

fn too_long(visit: &Visit, wanted: &Wanted) -> Answer {
    let limit = [("limit", MAX_QUERY_CHARS.into())];
    let kept: String = wanted.q.chars().take(MAX_QUERY_CHARS).collect();
    let values = context! {
        message => visit.texts.get("too-long", &limit),
        detail => (),
        query => kept,
    };
    refused::page(visit, StatusCode::BAD_REQUEST, "too-long-heading", values)
}

fn not_understood(visit: &Visit, problem: &Problem) -> Answer {
    let values = context! { message => visit.text("refused"), detail => problem.detail() };
    refused::page(visit, StatusCode::BAD_REQUEST, "refused-heading", values)
}

/// Returns the start of a long text.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_what_was_chosen_and_nothing_else() {
        let wanted = Wanted { q: "退货 & co".into(), page: Some(3), ..Wanted::default() };
        let english = Locale::english();
        assert_eq!(wanted.path(&english), "/en/search?q=%E9%80%80%E8%B4%A7+%26+co&page=3");
        let chosen = wanted.with(|wanted| wanted.category = "returns".into());
        assert_eq!(chosen.path(&english), "/en/search?q=%E9%80%80%E8%B4%A7+%26+co&category=returns");
        assert_eq!(Wanted::default().path(&english), "/en/search");
    }
}
