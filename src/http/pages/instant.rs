//! `/{locale}/instant`: what shows below the search field while somebody types. The script of
//! the pages puts it there; it is made here, so that it is in every language and of the same
//! templates as the pages.
//!
//! Nothing of it is recorded: who types has not asked yet.

use axum::http::header;
use axum::response::{Html, IntoResponse};
use minijinja::context;
use minijinja::value::Value;
use serde::Deserialize;

use super::answer;
use super::visit::Visit;
use super::{Answer, Problem};
use crate::answer::{Quotation, RESULTS, State};
use crate::http::api::{Params, check_length, highlighted_html};
use crate::search::{Completion, Request};

/// Suggestions that fit above the keyboard of a phone.
const SUGGESTIONS: usize = 6;

/// Fewer letters are no question yet.
const QUESTION_CHARS: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    q: String,
}

pub(super) fn page(visit: &Visit) -> Answer {
    let Params(Typed { q }) = Params::<Typed>::of(visit.asked.uri())?;
    check_length(&q)?;
    let used = |article| visit.usage.of(&visit.snapshot.index, article);
    let searcher = visit.app.searcher(&visit.snapshot);
    let completions = searcher.complete(&q, &visit.locale, SUGGESTIONS, &used);
    let answer = if q.chars().count() < QUESTION_CHARS { None } else { answer_to(visit, &q)? };
    let quoted = answer.as_ref().map(|quotation| quotation.article);
    let others = completions.iter().filter(|completion| Some(completion.article) != quoted);
    let suggestions: Vec<Value> = others.map(|completion| suggestion(visit, completion)).collect();
    let values = context! {
        count => suggestions.len() + usize::from(answer.is_some()),
        answer => answer.map(|quotation| answer::quoted(visit, &quotation)),
        suggestions,
        query => q.trim(),
        all => visit.search_url(q.trim()),
    };
    fragment(visit, "instant.html", values)
}

/// Returns the answer to a question, if there is one.
fn answer_to(visit: &Visit, question: &str) -> Result<Option<Quotation>, Problem> {
    let (answer, _) = ask(visit, question)?;
    Ok(answer.quotation.filter(|_| answer.state == State::Answered))
}

/// Asks a question as the search page does.
pub(super) fn ask(
    visit: &Visit,
    question: &str,
) -> Result<(crate::answer::Answer, crate::search::Results), Problem> {
    let vector = visit.app.meaning_of(question, &visit.snapshot).vector;
    let request = Request::first(RESULTS, question.to_owned(), vector, visit.locale.clone());
    let results = visit.app.searcher(&visit.snapshot).search(&request)?;
    let answer = visit.app.answer(&visit.snapshot, &request, &results)?;
    Ok((answer, results))
}

fn suggestion(visit: &Visit, completion: &Completion) -> Value {
    let card = visit.snapshot.index.card(completion.article);
    context! {
        url => visit.url_at(completion.article, completion.anchor.as_deref()),
        text => Value::from_safe_string(highlighted_html(&completion.text)),
        attributes => visit.attributes(&card.locale),
    }
}

/// Fills in a template that becomes part of a page which is there already.
pub(super) fn fragment(visit: &Visit, template: &str, values: Value) -> Answer {
    let around = context! { text => visit.texts.function(), ..values };
    let html = visit.app.pages.templates.get_template(template).and_then(|found| found.render(around));
    let html = html.map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response())
}
