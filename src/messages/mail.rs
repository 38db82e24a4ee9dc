//! Messages as mails, which the company answers from its own mail box.

use std::time::Duration;

use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::SmtpTransport;
use lettre::{Message as Mail, Transport};

use super::{Message, Settings};

/// Longest wait for the mail server.
const PATIENCE: Duration = Duration::from_secs(20);

/// Letters of a subject line.
const SUBJECT_CHARS: usize = 60;

/// Sends mails from one address to another.
pub(super) struct Mailer {
    server: SmtpTransport,
    from: Mailbox,
    to: Mailbox,
}

impl Mailer {
    /// Returns why it cannot be, if an address is wrong.
    pub(super) fn new(settings: &Settings) -> Result<Self, String> {
        let address = |name: &str, address: &str| {
            let wrong = |error| {
                format!("`messages.{name}` is wrong ({error}); write it as Help center <help@example.com>")
            };
            address.parse::<Mailbox>().map_err(wrong)
        };
        if has_open_password(&settings.mail_server) {
            let advice = "write smtps://, or add ?tls=required";
            return Err(format!("`messages.mail_server` would send the password unencrypted; {advice}"));
        }
        let server = SmtpTransport::from_url(&settings.mail_server).map_err(|error| {
            format!(
                "`messages.mail_server` is wrong ({error}); write it as smtps://user:password@mail.example.com"
            )
        })?;
        Ok(Self {
            server: server.timeout(Some(PATIENCE)).build(),
            from: address("mail_from", &settings.mail_from)?,
            to: address("mail_to", &settings.mail_to)?,
        })
    }

    /// Sends a message; returns why it was not taken.
    pub(super) fn send(&self, id: &str, message: &Message) -> Result<(), String> {
        let mail = self.mail(id, message).map_err(|error| error.to_string())?;
        self.server.send(&mail).map(|_| ()).map_err(|error| error.to_string())
    }

    fn mail(&self, id: &str, message: &Message) -> Result<Mail, lettre::error::Error> {
        let mut mail = Mail::builder()
            .from(self.from.clone())
            .to(self.to.clone())
            .date(message.at.into())
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .subject(subject(&message.text))
            .header(ContentType::TEXT_PLAIN);
        // Whoever gives an address that is none, or one that not every mail server takes, still
        // gets read.
        if let Some(address) = message.email.parse().ok().filter(|_| message.email.is_ascii()) {
            mail = mail.reply_to(Mailbox::new(message.name.clone(), address));
        }
        mail.body(body(message))
    }
}

/// Returns whether a mail server is told a password that everybody on the way can read.
fn has_open_password(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let (place, options) = url.rsplit_once('?').unwrap_or((&url, ""));
    place.starts_with("smtp://") && place.contains('@') && !options.contains("tls=required")
}

/// Returns the start of a message on one line.
fn subject(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SUBJECT_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn body(message: &Message) -> String {
    let mut body = format!("{}\n\n-- \n", message.text);
    let name = message.name.as_deref().unwrap_or_default();
    body.push_str(format!("{name} <{}>", message.email).trim_start());
    body.push_str(&format!("\n{}", message.locale));
    if let Some(page) = &message.page {
        body.push_str(&format!("\n{page}"));
    }
    body.push('\n');
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    fn mail(name: &str, email: &str, text: &str) -> String {
        let settings = Settings {
            mail_server: "smtp://127.0.0.1".to_owned(),
            mail_from: "Help <help@shop.example>".to_owned(),
            mail_to: "desk@shop.example".to_owned(),
            ..Settings::default()
        };
        let message = Message {
            at: jiff::Timestamp::UNIX_EPOCH,
            text: text.to_owned(),
            email: email.to_owned(),
            name: Some(name.to_owned()),
            locale: Locale::english(),
            page: Some("/en/articles/lost".to_owned()),
            query_id: None,
        };
        let mail = Mailer::new(&settings).expect("right settings").mail("7f", &message).expect("a mail");
        String::from_utf8(mail.formatted()).expect("a text")
    }

    #[test]
    fn a_mail_can_be_replied_to() {
        let mail = mail("Anna", "anna@mail.example", "My parcel\nis lost.");
        assert!(mail.contains("Reply-To: Anna <anna@mail.example>\r\n"), "{mail}");
        assert!(mail.contains("Subject: My parcel is lost.\r\n"), "{mail}");
        assert!(mail.contains("Message-ID: <7f@shop.example>\r\n"), "{mail}");
        assert!(mail.contains("My parcel\r\nis lost.\r\n") && mail.contains("/en/articles/lost"), "{mail}");
    }

    #[test]
    fn nobody_adds_headers() {
        let hostile =
            mail("A\r\nBcc: x@y.example", "a@b.example\r\nCc: x@y.example", "Hi\r\nBcc: x@y.example");
        let (headers, _) = hostile.split_once("\r\n\r\n").expect("headers and a body");
        let names: Vec<&str> =
            headers.lines().filter_map(|line| line.split_once(':')).map(|one| one.0).collect();
        assert!(!names.contains(&"Bcc") && !names.contains(&"Cc"), "{headers}");
    }
}
