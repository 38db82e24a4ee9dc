//! A reply for the customer, of quotations alone.

use super::{Insert, Problem};
use crate::index::AgentIndex;
use crate::locale::Locale;

/// A passage that is so likely to help is put into the draft; the agent reads it anyway.
const SURE: f64 = 0.6;

/// Drafts a reply: for each problem what may be sent of the first suggestion that is sure
/// enough and in the customer's language. Nothing if there is none.
pub(super) fn draft(problems: &[Problem], index: &AgentIndex, customer: &Locale) -> Option<Insert> {
    let chosen = problems.iter().filter_map(|problem| {
        let fits = problem.suggestions.iter().filter(|one| {
            let locale = &index.card(one.quotation.article).locale;
            one.confidence >= SURE && locale.language() == customer.language()
        });
        fits.filter_map(|one| one.insert.as_ref()).next()
    });
    let mut parts: Vec<&Insert> = Vec::new();
    for part in chosen {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    (!parts.is_empty()).then(|| Insert::joined(&parts))
}
