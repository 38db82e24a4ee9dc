//! What a visitor wrote, and what became of it.

use jiff::Timestamp;
use serde_json::json;

use crate::locale::Locale;

/// What a visitor wrote to the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When.
    pub at: Timestamp,
    /// What they ask, in their words.
    pub text: String,
    /// Where the reply goes.
    pub email: String,
    /// Who they are, if they say so.
    pub name: Option<String>,
    /// Their locale.
    pub locale: Locale,
    /// The page on which they wrote.
    pub page: Option<String>,
    /// The search that it follows, as the server named it.
    pub query_id: Option<String>,
}

impl Message {
    /// Returns it as others read it, under its name.
    pub fn to_json(&self, id: &str) -> serde_json::Value {
        json!({
            "id": id,
            "at": self.at.to_string(),
            "message": self.text,
            "email": self.email,
            "name": self.name,
            "locale": self.locale.to_string(),
            "page": self.page,
            "query_id": self.query_id,
        })
    }
}

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name, which no other message has.
    pub id: String,
    /// The message.
    pub message: Message,
    /// Why it has not arrived at a place yet, by place; a place that was not tried has no
    /// reason.
    pub waiting: Vec<(String, Option<String>)>,
}
