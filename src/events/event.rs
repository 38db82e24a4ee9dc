//! What is kept of what happened.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::content::ArticleId;
use crate::locale::Locale;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: jiff::Timestamp,
    /// Which visitor; nobody where an agent did it.
    pub visitor: Option<Visitor>,
    /// What.
    pub what: What,
}

/// A name for a visitor that is the same for a day and tells nothing: of the network, a full
/// stop, and of the browser in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Visitor(String);

impl Visitor {
    /// Names the browser of a network.
    pub fn new(network: &str, browser: &str) -> Self {
        Self(format!("{network}.{browser}"))
    }

    /// Reads a name as it was kept.
    pub(super) fn kept(name: String) -> Self {
        Self(name)
    }

    /// Returns the whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name of the network: who changes the browser stays in it.
    pub fn network(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A visitor searched, and was shown results.
    Searched(Box<Searched>),
    /// A visitor did something with what was shown.
    Reported {
        /// The search that it follows, as the server named it; nothing if it follows none.
        query_id: Option<String>,
        /// What the visitor did.
        report: Report,
    },
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
        /// The problem in the customer's words; numbers and addresses that name a person or a
        /// case are not written.
        problem: String,
        /// The customer's locale.
        locale: Locale,
    },
}

/// A search and what was shown for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Searched {
    /// Its name, which only the server can give.
    pub query_id: String,
    /// As typed; numbers and addresses that name a person or a case are not written.
    pub query: String,
    /// The visitor's locale.
    pub locale: Locale,
    /// Where it was asked.
    pub channel: Channel,
    /// Filters by name, those that were set.
    pub filters: BTreeMap<Cow<'static, str>, String>,
    /// Articles found by words.
    pub total: usize,
    /// What was shown, in its order.
    pub results: Vec<Shown>,
    /// What became of the question, where an answer was asked for: `answered`, `suggested` or
    /// `unknown`.
    pub answer: Option<Cow<'static, str>>,
}

/// A result that was shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The article.
    pub id: String,
    /// In which locale.
    pub locale: String,
    /// How it matched; nothing when browsing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Cow<'static, str>>,
}

/// Where a question was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A program.
    Api,
    /// The pages of the help center.
    Page,
    /// The widget, on another site.
    Widget,
    /// A chat, by its bot.
    Chat,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Page, Self::Widget, Self::Api, Self::Chat];

    /// Returns the channel of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == name)
    }

    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Page => "page",
            Self::Widget => "widget",
            Self::Chat => "chat",
        }
    }
}

/// What a visitor did with what was shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// Opened a result.
    Clicked {
        /// Which article.
        article: Revision,
        /// At which place, counted from one.
        position: usize,
    },
    /// Read an article.
    Viewed {
        /// Which article.
        article: Revision,
    },
    /// Said whether an article helped; the last vote of a visitor counts.
    Voted {
        /// Which article, in which version.
        article: Revision,
        /// What they say.
        vote: Vote,
    },
    /// Went on to ask a person.
    Escalated,
    /// Said how satisfied they are, 1 to 5.
    Rated {
        /// The rating.
        score: u8,
    },
}

/// Whether an article helped.
#[derive(Clone, Debug, PartialEq)]
pub struct Vote {
    /// Whether it did.
    pub helpful: bool,
    /// Why not, as a code of the form that asked.
    pub reason: Option<String>,
    /// In the visitor's words; numbers and addresses that name a person or a case are not
    /// written.
    pub comment: Option<String>,
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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
