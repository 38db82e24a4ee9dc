//! An event as a row of the log.
//!
//! All that people typed goes through [`scrubbed`] here and nowhere else, so that
//! nobody who records an event can forget it.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Event, Report, Revision, Searched, Suggested, What};
use crate::personal::scrubbed;

/// The columns of a row, the time aside.
pub(super) struct Line<'e> {
    pub(super) kind: &'static str,
    /// What it is about: a query, a suggestion, or who votes.
    pub(super) about: &'e str,
    /// What is counted once has a name here.
    pub(super) once: Option<String>,
    pub(super) article: Option<&'e Revision>,
    pub(super) locale: Option<String>,
    pub(super) details: String,
}

impl<'e> Line<'e> {
    pub(super) fn of(event: &'e Event) -> Self {
        match &event.what {
            What::Searched(searched) => Self::searched(searched),
            What::Viewed { article } => Self::new("viewed", "").on(article),
            What::Reported { query_id, report } => Self::reported(query_id.as_deref(), report),
            What::Suggested(suggested) => Self::suggested(suggested),
            What::Marked { suggestion, article, mark } => Self::new(mark.as_str(), suggestion).on(article),
            What::Missing { problem, locale } => Self {
                locale: Some(locale.to_string()),
                details: json!({ "problem": scrubbed(problem) }).to_string(),
                ..Self::new("missing", "")
            },
        }
    }

    fn searched(searched: &'e Searched) -> Self {
        let filters: BTreeMap<&str, _> =
            searched.filters.iter().map(|(name, value)| (*name, scrubbed(value))).collect();
        let details = json!({
            "query": scrubbed(&searched.query),
            "channel": searched.channel,
            "filters": filters,
            "total": searched.total,
            "results": searched.results,
            "answer": searched.answer,
        });
        Self {
            locale: Some(searched.locale.to_string()),
            details: details.to_string(),
            ..Self::new("searched", &searched.query_id)
        }
    }

    fn reported(query_id: Option<&'e str>, report: &'e Report) -> Self {
        let about = query_id.unwrap_or_default();
        match report {
            Report::Clicked { article, position } => Self {
                details: json!({ "position": position }).to_string(),
                ..Self::new("clicked", about).once_on(article)
            },
            Report::Viewed { article } => Self::new("viewed", about).once_on(article),
            Report::Voted { article, visitor, vote } => {
                let comment = vote.comment.as_deref().map(scrubbed);
                let details = json!({
                    "helpful": vote.helpful,
                    "reason": vote.reason,
                    "comment": comment,
                    "query_id": query_id,
                });
                Self { details: details.to_string(), ..Self::new("voted", visitor).on(article) }
            }
            Report::Escalated => Self::new("escalated", about).once(),
            Report::Rated { score } => {
                Self { details: json!({ "score": score }).to_string(), ..Self::new("rated", about).once() }
            }
        }
    }

    fn suggested(suggested: &'e Suggested) -> Self {
        let Suggested { suggestion, article, place } = suggested;
        Self { details: json!(place).to_string(), ..Self::new("suggested", suggestion).once().on(article) }
    }

    fn new(kind: &'static str, about: &'e str) -> Self {
        Self { kind, about, once: None, article: None, locale: None, details: "{}".to_owned() }
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
