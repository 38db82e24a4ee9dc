//! What is kept of what happened.

use serde::Serialize;

use crate::content::ArticleId;
use crate::locale::Locale;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: jiff::Timestamp,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// An article was suggested to an agent for a ticket.
    Suggested(Suggested),
    /// An agent did something with a suggestion.
    Marked {
        /// Which suggestion.
        suggestion: String,
        /// Of which article.
        article: Revision,
        /// What the agent did.
        mark: Mark,
    },
    /// An agent missed an article for a problem.
    Missing {
        /// The problem in the customer's words, without what names a person or a case.
        problem: String,
        /// The customer's locale.
        locale: Locale,
    },
}

/// A suggestion as it was shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggested {
    /// Its name, the same for the same ticket and article.
    pub suggestion: String,
    /// What was suggested.
    pub article: Revision,
    /// Where it stood.
    pub place: Place,
}

/// Where a suggestion stood.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The problem of the ticket, counted from one.
    pub problem: usize,
    /// Its rank for this problem, counted from one.
    pub rank: usize,
    /// The probability that it helps, as shown.
    pub confidence: f64,
}

/// One version of an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Revision {
    /// The article.
    pub id: ArticleId,
    /// In which locale.
    pub locale: Locale,
    /// Changes with its text.
    pub hash: String,
}

/// What an agent did with a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Read its article.
    Opened,
    /// Put it into a reply.
    Inserted,
    /// Said that it is wrong.
    Rejected,
    /// Said that it solved the problem.
    Solved,
}

impl Mark {
    /// All marks.
    pub const ALL: [Self; 4] = [Self::Opened, Self::Inserted, Self::Rejected, Self::Solved];

    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Inserted => "inserted",
            Self::Rejected => "rejected",
            Self::Solved => "solved",
        }
    }

    /// Returns the mark of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == name)
    }
}
