//! What an agent sends to a customer: a quotation and where it stands.
//!
//! It is quoted anew, from the customers' index. There, what an internal article says does
//! not exist, and a link to one is plain text.

use super::Desk;
use crate::answer::Quotation;
use crate::content::escaped;
use crate::ticket::{Entity, EntityKind};

/// The same text in three forms, for whatever a ticket tool takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Insert {
    /// As Markdown.
    pub markdown: String,
    /// As plain text.
    pub text: String,
    /// As safe HTML.
    pub html: String,
}

impl Insert {
    /// Puts several one after the other.
    pub(super) fn joined(parts: &[&Self]) -> Self {
        let join = |form: fn(&Self) -> &str, between| {
            parts.iter().map(|part| form(part)).collect::<Vec<_>>().join(between)
        };
        Self {
            markdown: join(|part| &part.markdown, "\n\n"),
            text: join(|part| &part.text, "\n\n"),
            html: join(|part| &part.html, "\n"),
        }
    }
}

/// Quotes for the customer of one ticket.
pub(super) struct Sender<'a> {
    pub(super) desk: &'a Desk<'a>,
    /// What the placeholders of articles stand for.
    pub(super) entities: &'a [Entity],
    /// Where customers reach the help center.
    pub(super) origin: &'a str,
}

impl Sender<'_> {
    /// Makes of what an agent sees what the customer may; nothing if the customer cannot see
    /// the article, or sees another version of it.
    pub(super) fn insert(&self, quotation: &Quotation) -> tantivy::Result<Option<Insert>> {
        let Desk { index, customers, today, .. } = *self.desk;
        let seen = index.card(quotation.article);
        let translations = customers.translations(&seen.id, &seen.locale, today);
        let same = translations.into_iter().find(|ord| {
            let card = customers.card(*ord);
            card.locale == seen.locale && card.hash == seen.hash
        });
        let Some(article) = same else { return Ok(None) };
        let Some(quote) = customers.quote(article, &quotation.quote.bytes)? else { return Ok(None) };
        let card = customers.card(article);
        let link = format!("{}{}", self.origin, card.url_at(quotation.anchor.as_deref()));
        let body = quote.html_for_mail(&card.url(), self.origin);
        let html = format!("{body}\n<p><a href=\"{link}\">{}</a></p>", escaped(&card.title));
        let html = filled_in(&html, self.entities, escaped);
        let text = format!("{}\n\n{}\n{link}", quote.text, card.title);
        let text = filled_in(&text, self.entities, str::to_owned);
        // What cannot be made Markdown is sent as it reads.
        let markdown = htmd::convert(&html).unwrap_or_else(|_| text.clone());
        Ok(Some(Insert { markdown, text, html }))
    }
}

/// Fills in the placeholders of articles (`{{order_number}}`) for which the ticket has a value.
fn filled_in(text: &str, entities: &[Entity], written: impl Fn(&str) -> String) -> String {
    let kinds =
        [EntityKind::Order, EntityKind::Tracking, EntityKind::Email, EntityKind::Phone, EntityKind::Url];
    kinds.into_iter().fold(text.to_owned(), |text, kind| {
        match entities.iter().find(|entity| entity.kind == kind) {
            Some(entity) => text.replace(kind.placeholder(), &written(&entity.text)),
            None => text,
        }
    })
}
