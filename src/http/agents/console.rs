//! `/agent`: a ticket, and its problems with what solves each, side by side.
//!
//! The ticket comes as a form, never in an address: logs and histories keep those. A ticket
//! tool may send the same form into a frame.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::context;
use minijinja::value::Value;
use serde::Deserialize;

use super::look::Reader;
use super::{Agents, Asked, PATH, SUGGESTIONS, Solved};
use crate::events::{Mark, Solution};
use crate::http::origin::is_from_here;
use crate::http::{Problem, blocking, given};
use crate::index::{AgentIndex, Card, Labels};
use crate::live::MeaningState;
use crate::locale::Locale;
use crate::suggest::{Insert, Reply, Suggestion};
use crate::ticket::{Entity, Ticket};

/// Solutions that are listed of each kind.
const LISTED: u32 = 8;

/// What the form sends. Ticket tools may send more.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    subject: String,
    body: String,
    customer_locale: String,
    market: String,
    product: String,
    ticket_id: String,
    /// What the agent did with a suggestion: `solved ID`.
    mark: String,
    /// A key to sign in with.
    key: String,
}

/// Shows an empty form, and what solved other tickets.
pub(super) async fn page(State(agents): State<Arc<Agents>>, reader: Reader) -> Response {
    console(&agents, &reader, &Sent::default(), None)
        .await
        .unwrap_or_else(|problem| agents.problem_page(&reader, &problem))
}

/// Shows what solves the ticket that was sent, and signs in who sends a key with it.
pub(super) async fn post(
    State(agents): State<Arc<Agents>>,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let reader = Reader::new(&headers, &agents);
    let sent = match sent {
        Ok(Form(sent)) => sent,
        Err(rejection) => return agents.problem_page(&reader, &rejection.into()),
    };
    if sent.key.is_empty() && agents.is_signed_in(&headers) {
        return solved(&agents, &reader, &sent).await;
    }
    let wrong_key = !sent.key.is_empty();
    match agents.sign_in(&sent.key, &headers) {
        None => agents.sign_in_page(&reader, wrong_key, sent.values()),
        Some(cookie) if sent.says_nothing() => (cookie, Redirect::to(PATH)).into_response(),
        Some(cookie) => (cookie, solved(&agents, &reader, &sent).await).into_response(),
    }
}

impl Sent {
    /// Returns what the form shows again; not a key, and no mark.
    fn values(&self) -> Value {
        let Self { subject, body, customer_locale, market, product, ticket_id, .. } = self;
        context! { subject, body, customer_locale, market, product, ticket_id }
    }

    fn says_nothing(&self) -> bool {
        self.subject.trim().is_empty() && self.body.trim().is_empty()
    }
}

async fn solved(agents: &Arc<Agents>, reader: &Reader, sent: &Sent) -> Response {
    let answer = async {
        if !sent.mark.is_empty() {
            keep(agents, reader, &sent.mark).await?;
        }
        let solved = solve(agents, reader, sent).await?;
        console(agents, reader, sent, Some(solved)).await
    };
    answer.await.unwrap_or_else(|problem| agents.problem_page(reader, &problem))
}

async fn solve(agents: &Arc<Agents>, reader: &Reader, sent: &Sent) -> Result<Solved, Problem> {
    let ticket = Ticket { subject: sent.subject.clone(), body: sent.body.clone() };
    let asked = Asked {
        locale: Some(reader.locale().clone()),
        customer_locale: sent.customer_locale.parse().ok(),
        market: given(&sent.market),
        product: given(&sent.product),
        ticket_id: given(&sent.ticket_id),
        limit: SUGGESTIONS,
        origin: agents.app.origin(reader.headers()),
    };
    let known = agents.experience().await;
    let agents = Arc::clone(agents);
    blocking(move || agents.solve(&ticket, asked, &known)).await
}

/// Keeps a mark such as `solved ID`; only our own pages may set one.
async fn keep(agents: &Agents, reader: &Reader, mark: &str) -> Result<(), Problem> {
    if !is_from_here(reader.headers()) {
        return Err(Problem::from_elsewhere());
    }
    let (name, suggestion) = mark.split_once(' ').ok_or_else(Problem::no_suggestion)?;
    let mark = Mark::named(name).ok_or_else(Problem::no_suggestion)?;
    agents.mark(suggestion, mark).await
}

#[derive(Deserialize)]
pub(super) struct Marked {
    mark: String,
}

/// Keeps a mark that the page's script sends.
pub(super) async fn mark(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    sent: Result<Form<Marked>, FormRejection>,
) -> Result<StatusCode, Problem> {
    let Form(Marked { mark }) = sent?;
    keep(&agents, &reader, &mark).await.map(|()| StatusCode::NO_CONTENT)
}

/// Signs out.
pub(super) async fn sign_out(State(agents): State<Arc<Agents>>, headers: HeaderMap) -> Response {
    match is_from_here(&headers) {
        true => (agents.sign_out(&headers), Redirect::to(PATH)).into_response(),
        false => Problem::from_elsewhere().into_response(),
    }
}

async fn console(
    agents: &Agents,
    reader: &Reader,
    sent: &Sent,
    solved: Option<Solved>,
) -> Result<Response, Problem> {
    let snapshot = agents.snapshot()?;
    let index = &snapshot.index;
    let labels = index.articles.labels();
    let sorted = |values: fn(&Labels) -> &Vec<String>| -> Vec<String> {
        let values: BTreeSet<&String> = labels.iter().flat_map(values).collect();
        values.into_iter().cloned().collect()
    };
    let locales = index.articles.locales_on(agents.app.today());
    // What solved other tickets stands where no ticket is.
    let lists = match solved {
        Some(_) => Value::from(()),
        None => lists(agents, reader, index).await,
    };
    let values = context! {
        sent => sent.values(),
        locales => locales.iter().map(|locale| named(reader, locale)).collect::<Vec<_>>(),
        markets => sorted(|labels| &labels.markets),
        products => sorted(|labels| &labels.products),
        solved => match solved {
            Some(solved) => Some(solution(agents, reader, &solved).await),
            None => None,
        },
        lists,
    };
    Ok(agents.render(reader, StatusCode::OK, "console.html", values))
}

fn named(reader: &Reader, locale: &Locale) -> Value {
    context! { tag => locale.to_string(), name => reader.texts.language(locale) }
}

async fn solution(agents: &Agents, reader: &Reader, solved: &Solved) -> Value {
    let marks = marks(agents, solved).await;
    let shown = |one: &Suggestion| suggestion(reader, solved, one, &marks);
    let problems = solved.suggestions.problems.iter().map(|problem| {
        context! {
            text => problem.text.as_str(),
            suggestions => problem.suggestions.iter().map(shown).collect::<Vec<_>>(),
        }
    });
    context! {
        problems => problems.collect::<Vec<_>>(),
        locale => named(reader, &solved.locale),
        entities => solved.reading.entities.iter().map(entity).collect::<Vec<_>>(),
        reply => solved.suggestions.reply.as_ref().map(|one| reply(solved, one)),
        left_out => solved.suggestions.left_out,
        by_words => !matches!(solved.meaning, MeaningState::Ready | MeaningState::Off),
    }
}

/// Returns what agents said of the suggestions that are shown; nothing while the log cannot
/// be read.
async fn marks(agents: &Agents, solved: &Solved) -> HashMap<String, Mark> {
    let all = solved.suggestions.problems.iter().flat_map(|problem| &problem.suggestions);
    let name = |one: &Suggestion| solved.suggestion_id(solved.snapshot.index.card(one.quotation.article));
    let names: Vec<String> = all.map(name).collect();
    agents.events().read(|store| store.verdicts(names)).await.unwrap_or_default()
}

fn suggestion(reader: &Reader, solved: &Solved, one: &Suggestion, marks: &HashMap<String, Mark>) -> Value {
    let card = solved.snapshot.index.card(one.quotation.article);
    let id = solved.suggestion_id(card);
    let anchor = one.quotation.anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
    let is_marked = |mark| marks.get(&id) == Some(&mark);
    context! {
        id => id.as_str(),
        article => reader.article(card),
        url => format!("{PATH}{}?suggestion={id}{anchor}", card.url()),
        heading => one.quotation.headings.last(),
        fallback => card.locale != solved.locale,
        // Nothing is certain.
        percent => ((one.confidence * 100.0).round() as i64).min(99),
        html => Value::from_safe_string(one.quotation.quote.html_elsewhere(&card.url(), PATH)),
        stale => one.quotation.is_stale,
        helped => one.experience.helped,
        insert => one.insert.as_ref().map(insert),
        solved => is_marked(Mark::Solved),
        rejected => is_marked(Mark::Rejected),
    }
}

fn entity(entity: &Entity) -> Value {
    context! { kind => entity.kind.as_str(), text => entity.text.as_str() }
}

fn reply(solved: &Solved, reply: &Reply) -> Value {
    let ids = reply.articles.iter().map(|article| solved.suggestion_id(solved.snapshot.index.card(*article)));
    context! { ids => ids.collect::<Vec<_>>().join(" "), insert => insert(&reply.insert) }
}

fn insert(Insert { markdown, text, html }: &Insert) -> Value {
    context! { markdown, text, html }
}

/// Returns what solved other tickets lately, and what does most often.
async fn lists(agents: &Agents, reader: &Reader, index: &AgentIndex) -> Value {
    let recent = agents.events().read(|store| store.recent_solutions(LISTED)).await.unwrap_or_default();
    let usual = agents.events().read(|store| store.usual_solutions(LISTED)).await.unwrap_or_default();
    let listed = |solutions: Vec<Solution>| -> Vec<Value> {
        let today = agents.app.today();
        let entry = |solution: &Solution| {
            let article = index.translations(&solution.article.id, &solution.article.locale, today);
            let card: &Card = index.card(*article.first()?);
            Some(context! {
                article => reader.article(card),
                url => super::page_path(card, None),
                tickets => solution.tickets,
            })
        };
        solutions.iter().filter_map(entry).collect()
    };
    context! { recent => listed(recent), usual => listed(usual) }
}
