//! "Was this helpful?" below an article, and why not.
//!
//! A form that needs no JavaScript: what it sends is kept, and it leads back to the article,
//! whose address then says what to show in its place.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use minijinja::context;
use minijinja::value::Value;
use serde::{Deserialize, Serialize};

use super::layout::redirect;
use super::visit::{Asked, Visit};
use super::{App, Problem, refused};
use crate::content::ArticleId;
use crate::events::{Event, Report, Vote, What};
use crate::http::api::MOST_COMMENT;
use crate::http::ledger::revision;
use crate::http::limit::Peer;
use crate::http::messages::plain;
use crate::http::origin::is_from_here;
use crate::http::{given, in_turn};
use crate::index::ArticleOrd;

/// Why an article did not help, as codes; the texts `reason-…` say them.
pub(in crate::http) const REASONS: [&str; 5] = ["outdated", "unclear", "incomplete", "wrong", "other"];

/// The form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Feedback {
    helpful: Helpful,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    comment: String,
    /// Sent by the form that asks why.
    why: Option<Helpful>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Helpful {
    Yes,
    No,
}

/// What the address of an article says of what its reader said.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    helpful: Option<Helpful>,
    /// Whether they said why, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Helpful>,
}

fn said(visit: &Visit) -> Said {
    serde_urlencoded::from_str(visit.asked.query().unwrap_or_default()).unwrap_or_default()
}

/// Returns whether the page is shown to who has just said what it was like.
pub(super) fn is_given(visit: &Visit) -> bool {
    said(visit).helpful.is_some()
}

/// Returns what stands below an article.
pub(super) fn section(visit: &Visit) -> Value {
    let said = said(visit);
    let state = match (said.helpful, said.why) {
        (None, _) => "ask",
        (Some(Helpful::No), None) => "why",
        (Some(Helpful::No), Some(_)) => "sorry",
        (Some(Helpful::Yes), _) => "thanks",
    };
    context! { state, reasons => REASONS, action => format!("/{}", visit.asked.path()), most => MOST_COMMENT }
}

/// Takes a form.
pub(super) async fn give(
    State(app): State<Arc<App>>,
    peer: Peer,
    asked: Asked,
    form: Result<Form<Feedback>, FormRejection>,
) -> Response {
    match keep(&app, &asked, &peer, form).await {
        Ok(address) => redirect(StatusCode::SEE_OTHER, &address),
        Err(problem) => refused::after_form(app, asked, problem).await,
    }
}

/// Keeps a vote; returns the address that says so.
async fn keep(
    app: &Arc<App>,
    asked: &Asked,
    peer: &Peer,
    form: Result<Form<Feedback>, FormRejection>,
) -> Result<String, Problem> {
    let Form(feedback) = form?;
    if !is_from_here(asked.headers()) {
        return Err(Problem::from_elsewhere());
    }
    app.votes.check(peer)?;
    let said = Said { helpful: Some(feedback.helpful), why: feedback.why };
    let vote = feedback.checked()?;
    let article = {
        let asked = asked.clone();
        in_turn(Arc::clone(app), move |app| {
            let visit = Visit::new(app, &asked)?;
            Ok(revision(visit.snapshot.index.card(article(&visit)?)))
        })
    };
    let (article, at) = (article.await?, Timestamp::now());
    let what = What::Reported { query_id: None, report: Report::Voted { article, vote } };
    let event = Event { at, visitor: Some(asked.visitor()), what };
    app.ledger.keep(vec![event]).await?;
    let said = serde_urlencoded::to_string(&said).expect("codes are plain text");
    Ok(format!("/{}?{said}#_feedback", asked.path()))
}

impl Feedback {
    fn checked(self) -> Result<Vote, Problem> {
        if !self.reason.is_empty() && !REASONS.contains(&self.reason.as_str()) {
            return Err(Problem::invalid_parameter(format!("`reason` is one of {}", REASONS.join(", "))));
        }
        let comment = plain(&self.comment);
        if comment.chars().nth(MOST_COMMENT).is_some() {
            return Err(Problem::invalid_parameter(format!("`comment` has {MOST_COMMENT} letters at most")));
        }
        let is_helpful = self.helpful == Helpful::Yes;
        Ok(Vote { helpful: is_helpful, reason: given(&self.reason), comment: given(comment.trim()) })
    }
}

/// Returns the article that an address is of.
pub(super) fn article(visit: &Visit) -> Result<ArticleOrd, Problem> {
    let id = ArticleId::new(&visit.asked.id()).ok_or_else(Problem::no_article)?;
    visit.translations(&id).first().copied().ok_or_else(Problem::no_article)
}
