//! What the search page says first: the answer, what may have been meant, or that there
//! is none and whom to ask.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use super::Problem;
use super::search::{Verdict, Wanted};
use super::visit::Visit;
use crate::answer::{Answer, Quotation, Reason, State, Suggestion};
use crate::index::ArticleOrd;
use crate::search::{Request, Results};

/// What stands above the results, and what became of the question.
#[derive(Default)]
pub(super) struct Section {
    /// Nothing if the results say it all.
    pub(super) shown: Option<Value>,
    /// Nothing if no answer was looked for.
    pub(super) state: Option<State>,
    /// The article that answers it, if one does.
    pub(super) article: Option<ArticleOrd>,
}

/// Returns what to show above the results; nothing where these say it all: on later pages,
/// while browsing, and where only articles that are among them could be suggested.
pub(super) fn section(
    visit: &Visit,
    wanted: &Wanted,
    request: &Request,
    results: &Results,
) -> Result<Section, Problem> {
    if request.offset > 0 || request.query.trim().is_empty() {
        return Ok(Section::default());
    }
    let answer = visit.app.answer(&visit.snapshot, request, results)?;
    let Answer { state, reason, quotation, suggestions, .. } = answer;
    let markets = match reason {
        Reason::MarketNeeded => markets(visit, wanted, results),
        _ => Vec::new(),
    };
    let suggested: Vec<Value> = match markets.is_empty() && says_more(visit, &suggestions) {
        true => suggestions.iter().map(|one| suggestion(visit, one)).collect(),
        false => Vec::new(),
    };
    let article = quotation.as_ref().map(|quotation| quotation.article);
    let shown_quotation = quotation.filter(|_| wanted.answer != Some(Verdict::No));
    // Who says "no" to an answer, or gets none, is shown whom to ask.
    let is_unanswered = state == State::Unknown || reason == Reason::NotCovered;
    let asks = is_unanswered || wanted.answer == Some(Verdict::No);
    let is_shown = shown_quotation.is_some() || asks || !markets.is_empty() || !suggested.is_empty();
    let verdict = |verdict| wanted.with(|wanted| wanted.answer = Some(verdict)).path(&visit.locale);
    let shown = is_shown.then(|| {
        context! {
            quoted => shown_quotation.map(|quotation| quoted(visit, &quotation)),
            suggested,
            markets,
            asks,
            rejected => wanted.answer == Some(Verdict::No),
            accepted => wanted.answer == Some(Verdict::Yes),
            yes => verdict(Verdict::Yes),
            no => verdict(Verdict::No),
        }
    });
    Ok(Section { shown, state: Some(state), article })
}

/// Returns what shows an answer.
pub(super) fn quoted(visit: &Visit, quotation: &Quotation) -> Value {
    let card = visit.snapshot.index.card(quotation.article);
    let review_by = card.review_by.filter(|_| quotation.is_stale);
    context! {
        text => quotation.quote.text.as_str(),
        html => Value::from_safe_string(quotation.quote.html_elsewhere(&visit.url(quotation.article), "")),
        url => visit.url_at(quotation.article, quotation.anchor.as_deref()),
        title => card.title.as_str(),
        heading => quotation.headings.last(),
        attributes => visit.attributes(&card.locale),
        foreign => visit.foreign(&card.locale),
        updated => visit.updated(card),
        stale_since => review_by.map(|date| visit.texts.date(date)),
    }
}

/// Returns whether suggestions word questions that the results below do not show.
fn says_more(visit: &Visit, suggestions: &[Suggestion]) -> bool {
    suggestions.iter().any(|one| one.question != visit.snapshot.index.card(one.article).title)
}

fn suggestion(visit: &Visit, suggestion: &Suggestion) -> Value {
    let card = visit.snapshot.index.card(suggestion.article);
    context! {
        question => suggestion.question.as_str(),
        url => visit.url_at(suggestion.article, suggestion.anchor.as_deref()),
        attributes => visit.attributes(&card.locale),
        foreign => visit.foreign(&card.locale),
    }
}

/// Returns the markets for which there are answers, with links that choose one.
fn markets(visit: &Visit, wanted: &Wanted, results: &Results) -> Vec<Value> {
    let cards = results.hits.iter().map(|hit| visit.snapshot.index.card(hit.article));
    let markets: BTreeSet<&String> = cards.flat_map(|card| &card.markets).collect();
    let choice = |market: &String| {
        let chosen = wanted.with(|wanted| wanted.market.clone_from(market));
        context! { name => market.as_str(), url => chosen.path(&visit.locale) }
    };
    markets.into_iter().map(choice).collect()
}
