//! Filters, and counts by filter value.
//!
//! The counts of a facet show what choosing another of its values would give,
//! so they leave out that facet's own filter and respect all others.

use std::collections::BTreeMap;

use crate::index::Labels;
use crate::locale::Locale;

/// Which articles are wanted; everything if empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Id of a category.
    pub category: Option<String>,
    /// A tag.
    pub tag: Option<String>,
    /// A product.
    pub product: Option<String>,
    /// A market; articles for all markets belong to each.
    pub market: Option<String>,
    /// Only this locale.
    pub locale: Option<Locale>,
}

/// Articles by value, for each facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By id of the category.
    pub category: BTreeMap<String, usize>,
    /// By tag.
    pub tag: BTreeMap<String, usize>,
    /// By product.
    pub product: BTreeMap<String, usize>,
    /// By market that is named.
    pub market: BTreeMap<String, usize>,
    /// By locale.
    pub locale: BTreeMap<String, usize>,
}

/// The filters, that of the locale aside, that some labels fail.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Failed {
    category: bool,
    tag: bool,
    product: bool,
    market: bool,
}

impl Failed {
    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Filters {
    pub(super) fn failed_by(&self, labels: &Labels) -> Failed {
        let lacks = |wanted: &Option<String>, values: &[String]| {
            wanted
                .as_ref()
                .is_some_and(|wanted| !values.iter().any(|value| value.eq_ignore_ascii_case(wanted)))
        };
        Failed {
            category: self.category.is_some() && self.category != labels.category,
            tag: lacks(&self.tag, &labels.tags),
            product: lacks(&self.product, &labels.products),
            market: !labels.markets.is_empty() && lacks(&self.market, &labels.markets),
        }
    }
}

impl Facets {
    /// Sets the counts of the locales, where there are any.
    pub(super) fn count_locales(&mut self, locales: &[Locale], counts: &[usize]) {
        let counted = locales.iter().zip(counts).filter(|(_, count)| **count > 0);
        self.locale = counted.map(|(locale, count)| (locale.to_string(), *count)).collect();
    }

    /// Counts articles for everything but their locale.
    pub(super) fn count(&mut self, labels: &Labels, failed: Failed, articles: usize) {
        if articles == 0 {
            return;
        }
        let fails_only = |own: Failed| failed.is_none() || failed == own;
        let counts = [
            (Failed { category: true, ..Failed::default() }, &mut self.category, labels.category.as_slice()),
            (Failed { tag: true, ..Failed::default() }, &mut self.tag, &labels.tags),
            (Failed { product: true, ..Failed::default() }, &mut self.product, &labels.products),
            (Failed { market: true, ..Failed::default() }, &mut self.market, &labels.markets),
        ];
        for (_, counts, values) in counts.into_iter().filter(|(own, ..)| fails_only(*own)) {
            for value in values {
                *counts.entry(value.clone()).or_default() += articles;
            }
        }
    }
}
