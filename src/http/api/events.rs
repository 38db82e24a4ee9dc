//! `POST /api/v1/events`: what visitors did with what they were shown.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::query::Body;
use crate::content::ArticleId;
use crate::events::{Event, Report, Revision, Visitor, Vote, What};
use crate::http::ledger::revision;
use crate::http::limit::Peer;
use crate::http::{App, Problem};
use crate::index::CustomerIndex;
use crate::locale::Locale;

/// Events in one request.
const MOST_EVENTS: usize = 100;

/// Letters of a comment.
pub(in crate::http) const MOST_COMMENT: usize = 2_000;

/// Letters of the code of a reason.
const MOST_REASON: usize = 40;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EventsRequest)]
pub(super) struct Request {
    /// 100 at most. All are kept, or none.
    events: Vec<Reported>,
}

/// Something that a visitor did.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Reported {
    /// Opened a result.
    Click {
        /// Of the search that showed it, no older than a day.
        query_id: String,
        id: String,
        #[schema(value_type = String)]
        locale: Locale,
        /// At which place, counted from 1.
        position: usize,
    },
    /// Read an article.
    View {
        query_id: String,
        id: String,
        #[schema(value_type = String)]
        locale: Locale,
    },
    /// Said whether an article helped; who votes again changes the vote.
    Vote {
        query_id: String,
        id: String,
        #[schema(value_type = String)]
        locale: Locale,
        helpful: bool,
        /// A code of the form that asked, such as `outdated`.
        reason: Option<String>,
        comment: Option<String>,
    },
    /// Went on to ask a person.
    Escalation { query_id: String },
    /// Said how satisfied they are after an answer or an escalation.
    Csat {
        query_id: String,
        /// 1 to 5.
        score: u8,
    },
}

/// What was kept.
#[derive(Serialize, ToSchema)]
#[schema(as = EventsResponse)]
pub(super) struct Response {
    /// How many events are on disk now; the same one again, a vote aside, is kept once.
    accepted: usize,
}

/// Keeps what visitors did. Answered when it is on disk.
#[utoipa::path(post, path = "/api/v1/events", request_body = Request, responses(
    (status = OK, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = TOO_MANY_REQUESTS, description = "Too many votes", body = Problem, content_type = "application/problem+json"),
    (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn events(
    State(app): State<Arc<App>>,
    peer: Peer,
    visitor: Visitor,
    Body(request): Body<Request>,
) -> Result<Json<Response>, Problem> {
    if request.events.len() > MOST_EVENTS {
        return Err(Problem::invalid_parameter(format!(
            "`events` has {MOST_EVENTS} at most; send several requests"
        )));
    }
    let snapshot = app.snapshot()?;
    let at = Timestamp::now();
    let check = Check { app: &app, index: &snapshot.index, visitor, at };
    let events: Vec<Event> = request
        .events
        .into_iter()
        .enumerate()
        .map(|(place, reported)| check.event(reported).map_err(|wrong| wrong.at(place)))
        .collect::<Result<_, _>>()?;
    let is_vote = |event: &&Event| matches!(event.what, What::Reported { report: Report::Voted { .. }, .. });
    events.iter().filter(is_vote).try_for_each(|_| app.votes.check(&peer))?;
    let accepted = events.len();
    app.ledger.keep(events).await?;
    Ok(Json(Response { accepted }))
}

/// What is wrong with an event.
enum Wrong {
    QueryId,
    Article,
    Value(&'static str),
}

impl Wrong {
    fn at(self, place: usize) -> Problem {
        match self {
            Self::QueryId => Problem::unknown_query_id(place),
            Self::Article => Problem::invalid_parameter(format!(
                "`events[{place}]` is about no article that customers see in this locale"
            )),
            Self::Value(rule) => Problem::invalid_parameter(format!("`events[{place}]`: {rule}")),
        }
    }
}

/// Against what events are checked.
struct Check<'a> {
    app: &'a App,
    index: &'a CustomerIndex,
    visitor: Visitor,
    at: Timestamp,
}

impl Check<'_> {
    fn event(&self, reported: Reported) -> Result<Event, Wrong> {
        let (query_id, report) = match reported {
            Reported::Click { query_id, id, locale, position } => {
                let article = self.article(&id, &locale)?;
                if position == 0 {
                    return Err(Wrong::Value("`position` counts from 1"));
                }
                (query_id, Report::Clicked { article, position })
            }
            Reported::View { query_id, id, locale } => {
                (query_id, Report::Viewed { article: self.article(&id, &locale)? })
            }
            Reported::Vote { query_id, id, locale, helpful, reason, comment } => {
                let vote = Vote { helpful, reason: code(reason)?, comment: short(comment)? };
                (query_id, Report::Voted { article: self.article(&id, &locale)?, vote })
            }
            Reported::Escalation { query_id } => (query_id, Report::Escalated),
            Reported::Csat { query_id, score } => match score {
                1..=5 => (query_id, Report::Rated { score }),
                _ => return Err(Wrong::Value("`score` goes from 1 to 5")),
            },
        };
        if !self.app.ledger.secret.named(&query_id, self.at) {
            return Err(Wrong::QueryId);
        }
        let what = What::Reported { query_id: Some(query_id), report };
        Ok(Event { at: self.at, visitor: Some(self.visitor.clone()), what })
    }

    fn article(&self, id: &str, locale: &Locale) -> Result<Revision, Wrong> {
        let id = ArticleId::new(id).ok_or(Wrong::Article)?;
        let translations = self.index.translations(&id, locale, self.app.today());
        let mut cards = translations.iter().map(|ord| self.index.card(*ord));
        cards.find(|card| card.locale == *locale).map(revision).ok_or(Wrong::Article)
    }
}

fn code(reason: Option<String>) -> Result<Option<String>, Wrong> {
    let is_code = |reason: &String| {
        (1..=MOST_REASON).contains(&reason.len())
            && reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    match reason {
        Some(reason) if !is_code(&reason) => {
            Err(Wrong::Value("`reason` is a code such as `outdated`, of 40 letters at most"))
        }
        reason => Ok(reason),
    }
}

fn short(comment: Option<String>) -> Result<Option<String>, Wrong> {
    match comment {
        Some(comment) if comment.chars().nth(MOST_COMMENT).is_some() => {
            Err(Wrong::Value("`comment` has 2000 letters at most"))
        }
        comment => Ok(comment),
    }
}
