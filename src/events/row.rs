//! An event as a row of the log, and back.
//!
//! All that people typed goes through [`scrubbed`] here and nowhere else, so that
//! nobody who records an event can forget it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{Channel, Event, Mark, Report, Revision, Searched, Shown, Suggested, Visitor, Vote, What};
use crate::content::ArticleId;
use crate::personal::scrubbed;

/// The columns of a row that [`read`] takes, in its order.
pub(super) const COLUMNS: &str = "id, at, kind, about, article, locale, revision, visitor, details";

/// The columns of a row, the time and the visitor aside.
pub(super) struct Row<'e> {
    pub(super) kind: &'static str,
    /// What it is about: a query or a suggestion.
    pub(super) about: &'e str,
    /// What is counted once has a name here.
    pub(super) once: Option<String>,
    pub(super) article: Option<&'e Revision>,
    pub(super) locale: Option<String>,
    pub(super) details: String,
}

/// The details of a search.
#[derive(Serialize, Deserialize)]
struct Search<'a> {
    query: Cow<'a, str>,
    channel: Channel,
    filters: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    total: usize,
    results: Cow<'a, [Shown]>,
    answer: Option<Cow<'a, str>>,
}

/// The details of a vote.
#[derive(Serialize, Deserialize)]
struct Voted<'a> {
    helpful: bool,
    reason: Option<Cow<'a, str>>,
    comment: Option<Cow<'a, str>>,
}

/// The details of a rating.
#[derive(Serialize, Deserialize)]
struct Rated {
    score: u8,
}

/// The details of a click.
#[derive(Serialize, Deserialize)]
struct Clicked {
    position: usize,
}

/// The details of what is missing.
#[derive(Serialize, Deserialize)]
struct Missing<'a> {
    problem: Cow<'a, str>,
}

impl<'e> Row<'e> {
    pub(super) fn of(event: &'e Event) -> Self {
        match &event.what {
            What::Searched(searched) => Self::searched(searched),
            What::Reported { query_id, report } => Self::reported(query_id.as_deref(), report),
            What::Suggested(suggested) => Self::suggested(suggested),
            What::Marked { suggestion, article, mark } => Self::new(mark.as_str(), suggestion).on(article),
            What::Missing { problem, locale } => Self {
                locale: Some(locale.to_string()),
                // Who asks for the same again is no other customer.
                once: Some(format!("missing {}", blake3::hash(problem.as_bytes()).to_hex())),
                ..Self::new("missing", "").with(&Missing { problem: scrubbed(problem) })
            },
        }
    }

    fn searched(searched: &'e Searched) -> Self {
        let Searched { query_id, query, locale, channel, filters, total, results, answer } = searched;
        let details = Search {
            query: scrubbed(query),
            channel: *channel,
            filters: filters.iter().map(|(name, value)| (Cow::from(&**name), scrubbed(value))).collect(),
            total: *total,
            results: results.into(),
            answer: answer.as_deref().map(Cow::from),
        };
        Self { locale: Some(locale.to_string()), ..Self::new("searched", query_id).with(&details).once() }
    }

    fn reported(query_id: Option<&'e str>, report: &'e Report) -> Self {
        let about = query_id.unwrap_or_default();
        match report {
            Report::Clicked { article, position } => {
                Self::new("clicked", about).with(&Clicked { position: *position }).once_on(article)
            }
            Report::Viewed { article } => Self::new("viewed", about).once_on(article),
            Report::Voted { article, vote } => {
                let Vote { helpful, reason, comment } = vote;
                let details = Voted {
                    helpful: *helpful,
                    reason: reason.as_deref().map(Cow::from),
                    comment: comment.as_deref().map(scrubbed),
                };
                Self::new("voted", about).with(&details).on(article)
            }
            Report::Escalated => Self::new("escalated", about).once(),
            Report::Rated { score } => Self::new("rated", about).with(&Rated { score: *score }).once(),
        }
    }

    fn suggested(suggested: &'e Suggested) -> Self {
        let Suggested { suggestion, article, place } = suggested;
        Self::new("suggested", suggestion).with(place).once().on(article)
    }

    fn new(kind: &'static str, about: &'e str) -> Self {
        Self { kind, about, once: None, article: None, locale: None, details: json!({}).to_string() }
    }

    fn with(self, details: &impl Serialize) -> Self {
        Self { details: serde_json::to_string(details).expect("details are plain values"), ..self }
    }

    /// Counts it once for what it is about, if that is known.
    fn once(self) -> Self {
        let once = (!self.about.is_empty()).then(|| format!("{} {}", self.kind, self.about));
        Self { once, ..self }
    }

    /// Counts it once for what it is about, if that is known, and the article.
    fn once_on(self, article: &'e Revision) -> Self {
        let on = self.once();
        let once = on.once.as_ref().map(|once| format!("{once} {} {}", article.id.as_str(), article.locale));
        Self { once, ..on.on(article) }
    }

    fn on(self, article: &'e Revision) -> Self {
        Self { article: Some(article), locale: Some(article.locale.to_string()), ..self }
    }
}

/// Reads an event with its number; nothing where a later version of the program wrote it.
pub(super) fn read(row: &AnyRow) -> Option<(i64, Event)> {
    let visitor = row.get::<Option<String>, _>(7).map(Visitor::kept);
    let at = Timestamp::from_millisecond(row.get(1)).ok()?;
    Some((row.get(0), Event { at, visitor, what: what(row)? }))
}

/// Returns an event as a line of JSON.
pub(super) fn line(row: &AnyRow) -> String {
    let text = |column: usize| row.get::<Option<&str>, _>(column);
    let at = Timestamp::from_millisecond(row.get(1)).map(|at| at.to_string()).ok();
    let details: serde_json::Value = serde_json::from_str(row.get::<&str, _>(8)).unwrap_or_default();
    let line = json!({
        "id": row.get::<i64, _>(0),
        "at": at,
        "kind": text(2),
        "about": text(3).filter(|about| !about.is_empty()),
        "article": text(4),
        "locale": text(5),
        "revision": text(6),
        "visitor": text(7),
        "details": details,
    });
    line.to_string()
}

/// Returns what people typed in an event, given as a line of JSON.
pub fn texts_of(line: &str) -> Vec<String> {
    let line: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let details = &line["details"];
    let filters = details["filters"].as_object().into_iter().flat_map(|filters| filters.values());
    let typed = [&details["query"], &details["comment"], &details["problem"]].into_iter().chain(filters);
    typed.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

fn what(row: &AnyRow) -> Option<What> {
    let (kind, about): (&str, &str) = (row.get(2), row.get(3));
    let query_id = (!about.is_empty()).then(|| about.to_owned());
    let reported = |report| Some(What::Reported { query_id, report });
    match kind {
        "searched" => searched(row, about),
        "clicked" => {
            let Clicked { position } = details(row)?;
            reported(Report::Clicked { article: revision(row, 4)?, position })
        }
        "viewed" => reported(Report::Viewed { article: revision(row, 4)? }),
        "voted" => {
            let Voted { helpful, reason, comment } = details(row)?;
            let vote =
                Vote { helpful, reason: reason.map(Cow::into_owned), comment: comment.map(Cow::into_owned) };
            reported(Report::Voted { article: revision(row, 4)?, vote })
        }
        "escalated" => reported(Report::Escalated),
        "rated" => reported(Report::Rated { score: details::<Rated>(row)?.score }),
        "suggested" => Some(What::Suggested(Suggested {
            suggestion: about.to_owned(),
            article: revision(row, 4)?,
            place: details(row)?,
        })),
        "missing" => {
            let Missing { problem } = details(row)?;
            Some(What::Missing {
                problem: problem.into_owned(),
                locale: row.get::<Option<&str>, _>(5)?.parse().ok()?,
            })
        }
        mark => Some(What::Marked {
            suggestion: about.to_owned(),
            article: revision(row, 4)?,
            mark: Mark::named(mark)?,
        }),
    }
}

fn searched(row: &AnyRow, query_id: &str) -> Option<What> {
    let Search { query, channel, filters, total, results, answer } = details(row)?;
    let owned = |(name, value): (Cow<str>, Cow<str>)| (Cow::Owned(name.into_owned()), value.into_owned());
    Some(What::Searched(Box::new(Searched {
        query_id: query_id.to_owned(),
        query: query.into_owned(),
        locale: row.get::<Option<&str>, _>(5)?.parse().ok()?,
        channel,
        filters: filters.into_iter().map(owned).collect(),
        total,
        results: results.into_owned(),
        answer: answer.map(|answer| Cow::Owned(answer.into_owned())),
    })))
}

fn details<'r, T: Deserialize<'r>>(row: &'r AnyRow) -> Option<T> {
    serde_json::from_str(row.get::<&str, _>(8)).ok()
}

/// Reads a version of an article from three columns in a row.
pub(super) fn revision(row: &AnyRow, first: usize) -> Option<Revision> {
    let text = |at: usize| row.get::<Option<&str>, _>(first + at);
    Some(Revision {
        id: ArticleId::new(text(0)?)?,
        locale: text(1)?.parse().ok()?,
        hash: text(2)?.to_owned(),
    })
}
