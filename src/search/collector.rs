//! From the articles that match to those that are wanted: filters, one
//! translation of each, counts by facet.
//!
//! This runs over every article found, so it compares numbers and leaves cards
//! alone: filters are checked once for each combination of labels.

use std::cmp::Ordering;

use super::facet::{Facets, Failed, Filters};
use crate::index::{ArticleOrd, Index};
use crate::locale::{Distance, Locale};

/// An article found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) ord: ArticleOrd,
    /// Whether the query is one of its questions or its title.
    pub(super) exact: bool,
    /// Never negative.
    pub(super) score: f32,
}

/// A translation this far below the best one gives way to it, even if it is in
/// a nearer locale.
const NEAR_BEST: f32 = 0.5;

/// Marks an id of which nothing was found yet.
const NOTHING: u32 = u32::MAX;

/// Takes the articles found one by one.
pub(super) struct Collector<'a> {
    index: &'a Index,
    /// By combination of labels, the filters that it fails.
    failed: Vec<Failed>,
    /// By locale, whether it is wanted.
    wanted: Vec<bool>,
    /// By locale, how far it is from the visitor's.
    distances: Vec<Distance>,
    /// By locale, articles found whatever locale is wanted.
    by_locale: Vec<usize>,
    /// By id, where its best translation is in `found`.
    translation: Vec<u32>,
    found: Vec<Found>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(index: &'a Index, filters: &Filters, locale: &Locale) -> Self {
        let (articles, locales) = (&index.articles, index.articles.locales());
        let wants = |locale: &Locale| filters.locale.as_ref().is_none_or(|wanted| wanted == locale);
        Self {
            index,
            failed: articles.labels().iter().map(|labels| filters.failed_by(labels)).collect(),
            wanted: locales.iter().map(wants).collect(),
            distances: locales.iter().map(|other| locale.distance_to(other)).collect(),
            by_locale: vec![0; locales.len()],
            translation: vec![NOTHING; articles.len()],
            found: Vec::new(),
        }
    }

    /// Takes one article; of several translations the one to show is kept.
    pub(super) fn add(&mut self, article: Found) {
        let articles = &self.index.articles;
        let locale = articles.locale_number(article.ord);
        let failed = self.failed[articles.label_number(article.ord)];
        self.by_locale[locale] += usize::from(failed.is_none());
        if !self.wanted[locale] {
            return;
        }
        let id = articles.id_number(article.ord);
        match self.translation[id] {
            NOTHING => {
                self.translation[id] = self.found.len() as u32;
                self.found.push(article);
            }
            place => {
                let other = self.found[place as usize];
                self.found[place as usize] = self.better_translation(other, article);
            }
        }
    }

    /// Returns the articles that are wanted, in no order, and the counts: every
    /// translation counts for its locale, an article once for everything else.
    pub(super) fn finish(self) -> (Vec<Found>, Facets) {
        let Self { index, failed, by_locale, mut found, .. } = self;
        let articles = &index.articles;
        let mut by_labels = vec![0; failed.len()];
        found.retain(|article| {
            let labels = articles.label_number(article.ord);
            by_labels[labels] += 1;
            failed[labels].is_none()
        });
        let mut facets = Facets::default();
        for ((labels, failed), count) in articles.labels().iter().zip(failed).zip(by_labels) {
            facets.count(labels, failed, count);
        }
        facets.count_locales(articles.locales(), &by_locale);
        (found, facets)
    }

    fn better_translation(&self, a: Found, b: Found) -> Found {
        let distance = |article: &Found| self.distances[self.index.articles.locale_number(article.ord)];
        let (near, far) = if distance(&a) <= distance(&b) { (a, b) } else { (b, a) };
        let better = if near.score >= NEAR_BEST * far.score { near } else { far };
        Found { exact: near.exact || far.exact, ..better }
    }
}

/// Keeps the best `count` of `found`, in their order.
pub(super) fn keep_best(found: &mut Vec<Found>, count: usize, index: &Index) {
    if count < found.len() {
        found.select_nth_unstable_by(count, |a, b| best_first(a, b, index));
        found.truncate(count);
    }
    found.sort_unstable_by(|a, b| best_first(a, b, index));
}

/// Exact matches come first, then the score decides, then id and locale.
pub(super) fn best_first(a: &Found, b: &Found, index: &Index) -> Ordering {
    let tie = || index.articles.place(a.ord).cmp(&index.articles.place(b.ord));
    b.exact.cmp(&a.exact).then(b.score.total_cmp(&a.score)).then_with(tie)
}
