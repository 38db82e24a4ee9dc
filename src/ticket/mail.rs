//! Mail files and HTML → subject and plain text.

use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, MessageParser};

use super::Ticket;

/// Why a file cannot be read as a mail.
#[derive(Debug, thiserror::Error)]
#[error("this is no mail file: it has no header and no text; send the text itself instead")]
pub struct MailError;

/// Reads the subject and the first body that is for people. Attachments, mails in mails
/// among them, are left alone.
pub(super) fn read(bytes: &[u8]) -> Result<Ticket, MailError> {
    let message = MessageParser::default().parse(bytes).ok_or(MailError)?;
    let body = body(&message);
    if message.subject().is_none() && body.trim().is_empty() {
        return Err(MailError);
    }
    Ok(Ticket { subject: message.subject().unwrap_or_default().to_owned(), body })
}

fn body(message: &Message) -> String {
    match message.body_text(0) {
        Some(text) if looks_like_html(&text) => text_of(&text),
        Some(text) => text.into_owned(),
        None => String::new(),
    }
}

/// Returns the text of HTML.
pub(super) fn text_of(html: &str) -> String {
    html_to_text(html)
}

/// Returns whether a text that is said to be plain is HTML: forms and some mailers send that.
pub(super) fn looks_like_html(text: &str) -> bool {
    let tags = ["<p>", "<br", "<div", "</p>", "<html", "<table", "&nbsp;"];
    tags.iter().any(|tag| text.contains(tag))
}
