//! A reply for the customer, of quotations alone.
//!
//! Internal passages never get into it: a customer may see what is public, and nothing else.

use crate::index::AgentIndex;
use crate::ticket::{Entity, EntityKind};

use super::{Problem, Suggestion};

/// A passage that is so likely to help is put into the draft; the agent reads it anyway.
const SURE: f64 = 0.6;

/// Drafts a reply in Markdown: for each problem the first public passage that is sure enough,
/// and where it stands. Nothing if there is none.
pub(super) fn draft(problems: &[Problem], entities: &[Entity], index: &AgentIndex) -> Option<String> {
    let chosen = problems.iter().filter_map(|problem| {
        let may_be_sent = |one: &&Suggestion| !one.is_internal && !one.quotation.quote.markdown.is_empty();
        problem.suggestions.iter().filter(may_be_sent).find(|one| one.confidence >= SURE)
    });
    let parts: Vec<String> = chosen.map(|suggestion| insert(suggestion, index)).collect();
    (!parts.is_empty()).then(|| filled_in(&parts.join("\n\n"), entities))
}

/// Returns a quotation and where it stands, in Markdown.
fn insert(suggestion: &Suggestion, index: &AgentIndex) -> String {
    let card = index.card(suggestion.quotation.article);
    let url = card.url_at(suggestion.quotation.anchor.as_deref());
    format!("{}\n\n[{}]({url})", suggestion.quotation.quote.markdown.trim(), card.title)
}

/// Fills in the placeholders of articles (`{{order_number}}`) for which the ticket has a value.
fn filled_in(text: &str, entities: &[Entity]) -> String {
    let kinds =
        [EntityKind::Order, EntityKind::Tracking, EntityKind::Email, EntityKind::Phone, EntityKind::Url];
    kinds.into_iter().fold(text.to_owned(), |text, kind| {
        match entities.iter().find(|entity| entity.kind == kind) {
            Some(entity) => text.replace(kind.placeholder(), &entity.text),
            None => text,
        }
    })
}
