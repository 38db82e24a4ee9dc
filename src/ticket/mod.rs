//! What a customer's message asks: a ticket as it is → its problems, in the customer's
//! words, without all that is around them.
//!
//! [`Ticket`] is a message as it came, a text or a mail file (`mail`).
//! [`Ticket::read`] leaves out what was quoted, signatures and footers (`cleaning`), keeps
//! order numbers and the like apart (`entities`), and cuts the rest into statements, of
//! which each may ask for something (`statements`).
//!
//! Not here: which statements belong to one problem, and what solves it (`suggest`): that
//! can only be told from what they find.

mod cleaning;
mod entities;
mod mail;
mod statements;

pub use entities::{Entity, EntityKind};
pub use mail::MailError;
pub use statements::{Break, Statement};

/// A customer's message as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    /// The subject line; often says nothing.
    pub subject: String,
    /// The message as text; HTML is read, too.
    pub body: String,
}

/// What a ticket says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What the customer says, in order; the subject comes first if it says something.
    pub statements: Vec<Statement>,
    /// How many of them are the subject line.
    pub subject_statements: usize,
    /// Order numbers and the like, in order, each once.
    pub entities: Vec<Entity>,
}

/// Bytes of a message that are looked through for what its sender wrote this time, and bytes
/// of that which are read: what follows is a log file, or many messages.
const MOST_BYTES: usize = 512 << 10;
const MOST_OWN_BYTES: usize = 64 << 10;

/// Bytes of a subject line.
const MOST_SUBJECT_BYTES: usize = 1000;

/// Who says more says it again: a log file, a thread without marks.
const MOST_STATEMENTS: usize = 120;

impl Ticket {
    /// Reads a mail file (`.eml`, RFC 5322 and MIME).
    pub fn from_mail(bytes: &[u8]) -> Result<Self, MailError> {
        mail::read(bytes)
    }

    /// Takes the text of a message in HTML.
    pub fn from_html(subject: String, html: &str) -> Self {
        Self { subject, body: mail::html_text(html) }
    }

    /// Reads what it says; a body may be the source of a mail.
    pub fn read(&self) -> Reading {
        let mail = mail::of_source(&self.body);
        let Self { subject, body } = mail.as_ref().unwrap_or(self);
        let subject = if self.subject.trim().is_empty() { subject } else { &self.subject };
        let body = cleaning::own_words(start_of(body, MOST_BYTES));
        let subject = cleaning::subject(start_of(subject, MOST_SUBJECT_BYTES));
        let mut entities = Vec::new();
        let subject = entities::taken_out(subject, &mut entities);
        let body = entities::taken_out(start_of(&body, MOST_OWN_BYTES), &mut entities);
        let mut statements = Vec::new();
        statements::add_all(&subject, &mut statements);
        let subject_statements = statements.len();
        statements::add_all(&body, &mut statements);
        statements.truncate(MOST_STATEMENTS);
        Reading { statements, subject_statements, entities }
    }
}

fn start_of(text: &str, most_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(most_bytes)]
}

fn regex(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern).expect("the pattern is one")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "Hi there,\n\nmy order #SB-778812 shows as delivered but I never got it. Also, who pays the duty?\n\nBest regards,\nAnna Smith\n+49 170 1234567\n\nOn Mon, Nov 2, 2026 at 10:11 AM Seabridge <help@seabridge.example> wrote:\n> Thank you for your order.\n";

    #[test]
    fn a_letter_is_read() {
        let ticket = Ticket { subject: "Re: question".to_owned(), body: LETTER.to_owned() };
        let Reading { statements, entities, .. } = ticket.read();
        let texts: Vec<&str> = statements.iter().map(|statement| statement.text.as_str()).collect();
        assert_eq!(texts, ["my order shows as delivered but I never got it.", "Also, who pays the duty?"]);
        assert_eq!(
            statements.iter().map(|statement| statement.begins).collect::<Vec<_>>(),
            [Break::Paragraph, Break::Turn]
        );
        assert_eq!(entities, [Entity { kind: EntityKind::Order, text: "SB-778812".to_owned() }]);
    }

    #[test]
    fn the_source_of_a_mail_is_read() {
        let source = "Received: from a by b\r\nFrom: Anna <a@b.example>\r\nSubject: =?UTF-8?B?6YCA6LSn?=\r\n\
            MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nIt=20broke, caf=C3=A9.\r\n";
        let texts = |subject: &str, body: &str| {
            let ticket = Ticket { subject: subject.to_owned(), body: body.to_owned() };
            let statements = ticket.read().statements.into_iter();
            statements.map(|statement| statement.text).collect::<Vec<_>>()
        };
        assert_eq!(texts("", source), ["退货", "It broke, café."]);
        assert_eq!(texts("My own subject", source)[0], "My own subject");
        let letter = "Note: I paid.\nOrder: two lamps.\n\nWhere are they?";
        assert_eq!(texts("", letter).len(), 3);
    }

    #[test]
    fn chat_without_full_stops_is_read() {
        let body = "您好！我的订单 #DD2024110198765 显示已经签收了，可是我根本没有收到包裹啊，打了三次客服电话都没人接。另外这单的运费能不能退给我？谢谢。 发自我的iPhone";
        let Reading { statements, .. } = Ticket { subject: String::new(), body: body.to_owned() }.read();
        let texts: Vec<&str> = statements.iter().map(|statement| statement.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "我的订单 显示已经签收了，可是我根本没有收到包裹啊，打了三次客服电话都没人接。",
                "另外这单的运费能不能退给我？",
            ]
        );
    }
}
