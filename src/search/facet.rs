//! Filters, and counts by filter value.
//!
//! The counts of a facet show what choosing another of its values would give,
//! so they leave out that facet's own filter and respect all others.

use std::collections::BTreeMap;

use crate::index::Card;
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

/// The filters that an article fails.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Failed {
    category: bool,
    tag: bool,
    product: bool,
    market: bool,
    locale: bool,
}

impl Failed {
    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Returns whether it is in another locale than the one wanted.
    pub(super) fn is_locale(self) -> bool {
        self.locale
    }
}

impl Filters {
    pub(super) fn failed_by(&self, card: &Card) -> Failed {
        let lacks = |wanted: &Option<String>, values: &[String]| {
            wanted
                .as_ref()
                .is_some_and(|wanted| !values.iter().any(|value| value.eq_ignore_ascii_case(wanted)))
        };
        Failed {
            category: self.category.is_some() && self.category != card.category,
            tag: lacks(&self.tag, &card.tags),
            product: lacks(&self.product, &card.products),
            market: !card.markets.is_empty() && lacks(&self.market, &card.markets),
            locale: self.locale.as_ref().is_some_and(|locale| *locale != card.locale),
        }
    }
}

impl Facets {
    /// Counts one translation for its locale.
    pub(super) fn count_locale(&mut self, card: &Card, failed: Failed) {
        if failed.is_none() || failed == (Failed { locale: true, ..Failed::default() }) {
            add(&mut self.locale, &[card.locale.to_string()]);
        }
    }

    /// Counts one article for everything but its locale.
    pub(super) fn count(&mut self, card: &Card, failed: Failed) {
        let fails_only = |own: Failed| failed.is_none() || failed == own;
        if fails_only(Failed { category: true, ..Failed::default() }) {
            add(&mut self.category, card.category.as_slice());
        }
        if fails_only(Failed { tag: true, ..Failed::default() }) {
            add(&mut self.tag, &card.tags);
        }
        if fails_only(Failed { product: true, ..Failed::default() }) {
            add(&mut self.product, &card.products);
        }
        if fails_only(Failed { market: true, ..Failed::default() }) {
            add(&mut self.market, &card.markets);
        }
    }
}

fn add(counts: &mut BTreeMap<String, usize>, values: &[String]) {
    for value in values {
        match counts.get_mut(value) {
            Some(count) => *count += 1,
            None => drop(counts.insert(value.clone(), 1)),
        }
    }
}
