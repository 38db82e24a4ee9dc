//! What the company wants to know at once: that a visitor asks a person, says why an article did
//! not help, or that many look for what is not there.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::personal::scrubbed;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: News,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum News {
    /// A visitor went on to ask a person.
    Escalation {
        /// The search that it follows.
        query_id: Option<String>,
    },
    /// An article did not help, and a visitor said why.
    NegativeVote {
        /// The id of the article.
        article: String,
        /// In which locale.
        locale: String,
        /// Its version.
        revision: String,
        /// A code of the form.
        reason: Option<String>,
        /// In the visitor's words; numbers and addresses that name a person or a case are left
        /// out.
        comment: String,
    },
    /// Many look for what is not there.
    Gap {
        /// Its name.
        gap: String,
        /// What to call it.
        name: String,
        /// The locale of most who asked.
        locale: String,
        /// How many visitors asked.
        visitors: u64,
        /// How many searches failed.
        searches: u64,
    },
}

impl Notice {
    /// Returns its name: the same again for what is told only once.
    pub(super) fn id(&self) -> String {
        match &self.what {
            News::Gap { gap, .. } => format!("gap-{gap}"),
            News::Escalation { query_id: Some(query_id) } => format!("escalation-{query_id}"),
            _ => super::store::new_id(),
        }
    }

    /// Returns what is sent.
    pub(super) fn body(&self, id: &str) -> String {
        let mut body = json!(self.what);
        if let News::NegativeVote { comment, .. } = &self.what {
            body["comment"] = scrubbed(comment).into();
        }
        body["id"] = id.into();
        body["at"] = self.at.to_string().into();
        body.to_string()
    }
}
