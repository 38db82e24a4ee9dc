//! How often each article was opened since the server started: what completions and
//! popular articles are ordered by.
//!
//! Plain counts of articles, nothing of visitors. They live in memory.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::content::ArticleId;
use crate::index::{ArticleOrd, Index};

/// Counts over the articles of one index; translations count together.
pub(super) struct Usage {
    by_number: Vec<AtomicU32>,
}

impl Usage {
    /// Starts at zero.
    pub(super) fn new(index: &Index) -> Self {
        Self { by_number: (0..index.articles.len()).map(|_| AtomicU32::default()).collect() }
    }

    /// Goes on over another index with the counts over the one before.
    pub(super) fn carried(&self, before: &Index, index: &Index) -> Self {
        let counts = self.counts(before);
        let mut usage = Self::new(index);
        for ord in 0..index.articles.len() as ArticleOrd {
            let count = counts.get(&index.card(ord).id).copied().unwrap_or_default();
            *usage.by_number[index.articles.id_number(ord)].get_mut() = count;
        }
        usage
    }

    /// Counts one more reader of an article.
    pub(super) fn opened(&self, index: &Index, article: ArticleOrd) {
        self.by_number[index.articles.id_number(article)].fetch_add(1, Ordering::Relaxed);
    }

    /// Returns how often an article was opened.
    pub(super) fn of(&self, index: &Index, article: ArticleOrd) -> u32 {
        self.by_number[index.articles.id_number(article)].load(Ordering::Relaxed)
    }

    fn counts<'a>(&self, index: &'a Index) -> HashMap<&'a ArticleId, u32> {
        let all = 0..index.articles.len() as ArticleOrd;
        all.map(|ord| (&index.card(ord).id, self.of(index, ord))).filter(|(_, count)| *count > 0).collect()
    }
}
