//! Mail files and HTML → subject and plain text.

use std::sync::LazyLock;

use mail_parser::MessageParser;
use mail_parser::decoders::html::html_to_text;

use regex::Regex;

use super::{Ticket, regex};

/// Why a file cannot be read as a mail.
#[derive(Debug, thiserror::Error)]
#[error("this is no mail file: it has no header and no text; send the text itself instead")]
pub struct MailError;

/// Reads the subject and the first body that is for people. Attachments, mails in mails
/// among them, are left alone.
pub(super) fn read(bytes: &[u8]) -> Result<Ticket, MailError> {
    let message = MessageParser::default().parse(bytes).ok_or(MailError)?;
    let body = message.body_text(0).unwrap_or_default().into_owned();
    if message.subject().is_none() && body.trim().is_empty() {
        return Err(MailError);
    }
    Ok(Ticket { subject: message.subject().unwrap_or_default().to_owned(), body })
}

/// Reads a text that is the source of a mail, headers and all, as programs save or show it;
/// nothing if it is none.
pub(super) fn of_source(text: &str) -> Option<Ticket> {
    SOURCE.is_match(text).then(|| read(text.as_bytes()).ok()).flatten()
}

/// Headers up to one that only programs write.
static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\A\s*([a-z][a-z-]{1,40}:[^\n]*\n([ \t][^\n]*\n)*)*(mime-version|content-type|message-id|received|return-path):\s",
    )
});

/// Returns the text of a body that may be HTML, whatever it is said to be.
pub(super) fn text_of(body: &str) -> String {
    if looks_like_html(body) { html_text(body) } else { body.to_owned() }
}

/// Returns the text of HTML.
pub(super) fn html_text(html: &str) -> String {
    html_to_text(html)
}

/// Returns whether a text that is said to be plain is HTML: forms and some mailers send that.
fn looks_like_html(text: &str) -> bool {
    let tags = ["<p>", "<br", "<div", "</p>", "<html", "<table", "&nbsp;"];
    tags.iter().any(|tag| text.contains(tag))
}
