//! What visitors write to the company: checked, limited and kept, the same way from the page
//! and from programs.

use jiff::Timestamp;

use super::limit::Peer;
use super::{App, Problem, given};
use crate::events::{Event, Report, Visitor, What};
use crate::locale::Locale;
use crate::messages::Message;

/// Letters of a message.
pub(super) const MOST_CHARS: usize = 5_000;

/// Letters of an address, as RFC 5321 has it.
pub(super) const MOST_EMAIL_CHARS: usize = 254;

/// Letters of a name.
pub(super) const MOST_NAME_CHARS: usize = 100;

/// Letters of the address of a page.
const MOST_PAGE_CHARS: usize = 2_000;

/// A message as a form has it.
#[derive(Clone, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) email: String,
    pub(super) name: String,
    /// Where it was written; nothing if empty.
    pub(super) page: String,
    /// The search that it follows; none if empty.
    pub(super) query_id: String,
    /// A field that people do not see. Programs that fill in every form fill it in, too.
    pub(super) trap: String,
}

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    NoText,
    LongText,
    Email,
    Name,
    Page,
}

impl Wrong {
    /// Returns the name of the text that tells visitors, where they can do it wrong.
    pub(super) fn text_id(self) -> &'static str {
        match self {
            Self::NoText => "message-missing",
            Self::LongText => "message-too-long",
            Self::Email => "email-wrong",
            Self::Name => "name-wrong",
            Self::Page => "unsent",
        }
    }
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        Self::invalid_parameter(match wrong {
            Wrong::NoText => "`message` is empty; write what the visitor asks".to_owned(),
            Wrong::LongText => format!("`message` has {MOST_CHARS} letters at most"),
            Wrong::Email => "`email` is no address; write it as name@example.com".to_owned(),
            Wrong::Name => format!("`name` is one line of {MOST_NAME_CHARS} letters at most"),
            Wrong::Page => format!("`page` is one address of {MOST_PAGE_CHARS} letters at most"),
        })
    }
}

impl Written {
    /// Checks a message that is written in `locale` at this moment.
    pub(super) fn checked(&self, app: &App, locale: &Locale) -> Result<Message, Wrong> {
        let at = Timestamp::now();
        let text = plain(&self.text);
        let text = text.trim();
        let is_line =
            |text: &str, most: usize| text.chars().count() <= most && !text.contains(char::is_control);
        if text.is_empty() {
            return Err(Wrong::NoText);
        }
        if text.chars().nth(MOST_CHARS).is_some() {
            return Err(Wrong::LongText);
        }
        if !is_email(self.email.trim()) {
            return Err(Wrong::Email);
        }
        if !is_line(&self.name, MOST_NAME_CHARS) {
            return Err(Wrong::Name);
        }
        if !is_line(&self.page, MOST_PAGE_CHARS) {
            return Err(Wrong::Page);
        }
        Ok(Message {
            at,
            text: text.to_owned(),
            email: self.email.trim().to_owned(),
            name: given(self.name.trim()),
            locale: locale.clone(),
            page: given(&self.page),
            // A message is worth more than what it follows.
            query_id: given(&self.query_id).filter(|id| app.ledger.secret.named(id, at)),
        })
    }

    /// Returns whether no person wrote it.
    fn is_of_program(&self) -> bool {
        !self.trap.is_empty()
    }
}

/// Returns what people typed as text of lines alone: a form ends lines in its own way, and what
/// is shown to somebody on a terminal must not steer it.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Returns whether a reply could go there, as far as that can be told from an address.
fn is_email(text: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control());
    text.chars().count() <= MOST_EMAIL_CHARS
        && text.rsplit_once('@').is_some_and(|(user, host)| is_part(user) && is_part(host))
}

impl App {
    /// Keeps a message; returns when it is on disk. What a program filled in is thrown away
    /// without a word.
    pub(super) async fn take(
        &self,
        written: &Written,
        message: Message,
        peer: &Peer,
        visitor: Visitor,
    ) -> Result<(), Problem> {
        self.messages_limit.check(peer)?;
        if written.is_of_program() {
            tracing::info!("a message of a program was thrown away");
            return Ok(());
        }
        let event = Event {
            at: message.at,
            visitor: Some(visitor),
            what: What::Reported { query_id: message.query_id.clone(), report: Report::Escalated },
        };
        self.ledger.messages.put(message).await.map_err(|error| Problem::messages_unavailable(&error))?;
        self.ledger.record(event);
        Ok(())
    }
}

/// Returns whether visitors may write at all.
pub(super) fn must_be_taken(app: &App) -> Result<(), Problem> {
    app.ledger.messages.is_open().then_some(()).ok_or_else(Problem::no_route)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_to_reply_to_are_told_from_others() {
        for right in ["a@b.example", "müller@例子.中国", "o'neil+x@mail.b.example", "\"a@b\"@c.example"]
        {
            assert!(is_email(right), "{right}");
        }
        for wrong in ["", "a", "@b", "a@", "a b@c", "a@b\r\nBcc: x@y"] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
