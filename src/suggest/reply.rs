//! A reply for the customer, of quotations alone.

use super::{Insert, Problem};
use crate::index::{AgentIndex, ArticleOrd};
use crate::locale::Locale;

/// A reply to send.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What it says.
    pub insert: Insert,
    /// The articles that it quotes, in their order.
    pub articles: Vec<ArticleOrd>,
}

/// A passage that is so likely to help is put into the draft; the agent reads it anyway.
const SURE: f64 = 0.6;

/// Drafts a reply: for each problem what may be sent of the first suggestion that is sure
/// enough and in the customer's language. Nothing if there is none.
pub(super) fn draft(problems: &[Problem], index: &AgentIndex, customer: &Locale) -> Option<Reply> {
    let chosen = problems.iter().filter_map(|problem| {
        let fits = problem.suggestions.iter().filter(|one| {
            let locale = &index.card(one.quotation.article).locale;
            one.confidence >= SURE && locale.language() == customer.language()
        });
        fits.filter_map(|one| Some((one.quotation.article, one.insert.as_ref()?))).next()
    });
    let mut parts: Vec<(ArticleOrd, &Insert)> = Vec::new();
    for part in chosen {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let (articles, inserts): (Vec<ArticleOrd>, Vec<&Insert>) = parts.into_iter().unzip();
    (!articles.is_empty()).then(|| Reply { insert: Insert::joined(&inserts), articles })
}
