//! `/{locale}/contact`: where visitors write to a person, and are shown first what answers them.
//!
//! Without JavaScript, who sends a message that articles may answer is shown them and sends it
//! again; with it, they appear while the message is written. Whatever goes wrong, the form comes
//! back with all that was typed.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{StatusCode, header};
use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use serde::Deserialize;

use super::layout::{Head, redirect};
use super::visit::{Asked, Visit};
use super::{Answer, App, Problem, answer, instant, show};
use crate::answer::State as AnswerState;
use crate::http::limit::Peer;
use crate::http::messages::{self, Written};
use crate::http::origin::is_from_here;
use crate::search::MatchTier;
use crate::ticket::Ticket;

/// Articles that are shown before a message is sent.
const ARTICLES: usize = 3;

/// Letters of a message that are looked up: its problem is told by then.
const QUESTION_CHARS: usize = 400;

/// The form, as it was filled in.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Filled {
    message: String,
    email: String,
    name: String,
    website: String,
    page: String,
    /// Whether what may answer the message was shown already.
    answers_seen: String,
}

/// What the address says.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// What was searched for before.
    q: String,
    /// The page that the visitor comes from.
    page: String,
    /// Whether a message was sent.
    sent: Option<String>,
}

/// Shows the form, or that it was sent.
pub(super) fn page(visit: &Visit) -> Answer {
    messages::must_be_taken(visit.app)?;
    let wanted: Wanted =
        serde_urlencoded::from_str(visit.asked.query().unwrap_or_default()).unwrap_or_default();
    if wanted.sent.is_some() {
        return visit.render(StatusCode::OK, "sent.html", &head(visit, "message-sent-heading"), context! {});
    }
    let filled = Filled { message: wanted.q, page: wanted.page, ..Filled::default() };
    form(visit, StatusCode::OK, &filled, None, None)
}

/// Shows the form with what was filled in, with what is wrong, or with what may answer it.
fn form(
    visit: &Visit,
    status: StatusCode,
    filled: &Filled,
    error: Option<&str>,
    answers: Option<Value>,
) -> Answer {
    let values = context! {
        message => filled.message.as_str(),
        email => filled.email.as_str(),
        name => filled.name.as_str(),
        page => filled.page.as_str(),
        error => error.map(|id| {
            visit.texts.get(id, &[("limit", messages::MOST_CHARS.into())]).unwrap_or_default()
        }),
        error_field => match error {
            Some("message-missing" | "message-too-long") => "message",
            Some("email-wrong") => "email",
            Some("name-wrong") => "name",
            _ => "",
        },
        answers,
        answers_seen => !filled.answers_seen.is_empty(),
        action => format!("/{}/contact", visit.locale),
        most_message => messages::MOST_CHARS,
        most_email => messages::MOST_EMAIL_CHARS,
        ways => visit.links(&visit.app.pages.site.contact),
        most_name => messages::MOST_NAME_CHARS,
        contact_script => visit.app.pages.assets.known_url("contact.js"),
    };
    visit.render(status, "contact_form.html", &head(visit, "contact-heading"), values)
}

fn head<'a>(visit: &Visit, heading: &str) -> Head<'a> {
    Head { title: visit.text(heading), path: &|locale| format!("/{locale}/contact"), ..Head::default() }
}

/// Takes the form.
pub(super) async fn send(
    State(app): State<Arc<App>>,
    peer: Peer,
    asked: Asked,
    filled: Result<Form<Filled>, FormRejection>,
) -> Response {
    let filled = match filled.map_err(Problem::from).and_then(|Form(filled)| {
        messages::must_be_taken(&app)?;
        is_from_here(asked.headers()).then_some(filled).ok_or_else(Problem::from_elsewhere)
    }) {
        Ok(filled) => filled,
        Err(problem) => return super::refused::after_form(app, asked, problem).await,
    };
    let locale = asked.locale().unwrap_or_else(|| app.default_locale.clone());
    let written = filled.written();
    let message = match written.checked(&app, &locale) {
        Ok(message) => message,
        Err(wrong) => return again(app, asked, filled, StatusCode::BAD_REQUEST, wrong.text_id()).await,
    };
    if filled.answers_seen.is_empty()
        && let Some(response) = answered(&app, &asked, &filled).await
    {
        return response;
    }
    match app.take(&written, message, &peer, asked.visitor()).await {
        Ok(()) => redirect(StatusCode::SEE_OTHER, &format!("/{locale}/contact?sent")),
        Err(problem) => {
            let is_limit = problem.status() == StatusCode::TOO_MANY_REQUESTS;
            let text = if is_limit { "too-many" } else { "failed" };
            let mut response = again(app, asked, filled, problem.status(), text).await;
            if let Some(seconds) = problem.retry_after() {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    }
}

impl Filled {
    fn written(&self) -> Written {
        Written {
            text: self.message.clone(),
            email: self.email.clone(),
            name: self.name.clone(),
            page: self.page.clone(),
            query_id: String::new(),
            trap: self.website.clone(),
        }
    }
}

/// Shows the form again with what is wrong.
async fn again(
    app: Arc<App>,
    asked: Asked,
    filled: Filled,
    status: StatusCode,
    error: &'static str,
) -> Response {
    show(app, asked, move |visit| form(visit, status, &filled, Some(error), None)).await
}

/// Returns the form with what may answer the message; nothing if nothing does.
async fn answered(app: &Arc<App>, asked: &Asked, filled: &Filled) -> Option<Response> {
    let (asked, mut filled) = (asked.clone(), filled.clone());
    let work = crate::http::in_turn(Arc::clone(app), move |app| {
        let visit = Visit::new(app, &asked)?;
        let Some(answers) = answers_to(&visit, &filled.message)? else { return Ok(None) };
        filled.answers_seen = "yes".to_owned();
        form(&visit, StatusCode::OK, &filled, None, Some(answers)).map(Some)
    });
    // A message is sent where its answers cannot be looked up.
    work.await.ok().flatten()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    q: String,
}

/// Takes what is written so far at `/{locale}/contact/answers` and returns what may answer it, as
/// a part of the form; nothing if nothing does. It is sent as a form is, so that it stands in no
/// address.
pub(super) async fn answers(
    State(app): State<Arc<App>>,
    asked: Asked,
    message: Result<Form<Message>, FormRejection>,
) -> Response {
    let message = message.map_err(Problem::from).and_then(|Form(message)| {
        messages::must_be_taken(&app)?;
        Ok(message)
    });
    show(app, asked, move |visit| {
        let answers = answers_to(visit, &message?.q)?;
        instant::fragment(visit, "contact_answers.html", context! { answers })
    })
    .await
}

/// Returns what may answer a message: the answer, and the articles that come nearest.
fn answers_to(visit: &Visit, message: &str) -> Result<Option<Value>, Problem> {
    let ticket = Ticket { subject: String::new(), body: message.to_owned() };
    let statements = ticket.read().statements;
    let own_words = statements.iter().map(|statement| statement.text.as_str()).collect::<Vec<_>>().join(" ");
    let question: String = own_words.chars().take(QUESTION_CHARS).collect();
    if question.trim().is_empty() {
        return Ok(None);
    }
    let (answer, results) = instant::ask(visit, &question)?;
    let quotation = answer.quotation.filter(|_| answer.state == AnswerState::Answered);
    let quoted_article = quotation.as_ref().map(|quotation| quotation.article);
    let is_near = |tier: Option<MatchTier>| tier.is_some_and(|tier| !tier.is_rescue());
    let near = results.hits.iter().filter(|hit| is_near(hit.tier) && Some(hit.article) != quoted_article);
    let articles: Vec<Value> = near.take(ARTICLES).map(|hit| visit.entry(hit.article)).collect();
    if quotation.is_none() && articles.is_empty() {
        return Ok(None);
    }
    let quoted = quotation.map(|quotation| answer::quoted(visit, &quotation));
    Ok(Some(context! { quoted, articles }))
}
