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

    /// Returns whether nothing but the filter of the locale is failed.
    pub(super) fn is_at_most_locale(self) -> bool {
        Self { locale: false, ..self }.is_none()
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
    /// Sets the counts of the locales, where there are any.
    pub(super) fn set_locales(&mut self, locales: &[Locale], counts: &[usize]) {
        let counted = locales.iter().zip(counts).filter(|(_, count)| **count > 0);
        self.locale = counted.map(|(locale, count)| (locale.to_string(), *count)).collect();
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
