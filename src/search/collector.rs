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
    /// By id, where its best translation is in `found`; empty if every article is
    /// in one locale only.
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
            distances: articles.distances_from(locale),
            by_locale: vec![0; locales.len()],
            translation: vec![NOTHING; if articles.has_translations() { articles.len() } else { 0 }],
            found: Vec::new(),
        }
    }

    /// Returns whether an article is wanted.
    pub(super) fn wants(&self, article: ArticleOrd) -> bool {
        let articles = &self.index.articles;
        self.wanted[articles.locale_number(article)] && self.failed[articles.label_number(article)].is_none()
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
        let next = self.found.len() as u32;
        match self.translation.get_mut(articles.id_number(article.ord)) {
            None => self.found.push(article),
            Some(place) if *place == NOTHING => {
                *place = next;
                self.found.push(article);
            }
            Some(place) => {
                let place = *place as usize;
                self.found[place] = self.better_translation(self.found[place], article);
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

/// Returns the best `count` of `found`, in their order.
pub(super) fn best(found: Vec<Found>, count: usize, index: &Index) -> Vec<Found> {
    let mut best: Vec<Found> = Vec::with_capacity(found.len().min(2 * count + 1));
    // Whatever is below is not among the best.
    let mut least = 0.0;
    for article in found {
        if article.score < least && !article.exact {
            continue;
        }
        best.push(article);
        if best.len() > 2 * count {
            let (_, worst, _) = best.select_nth_unstable_by(count, |a, b| best_first(a, b, index));
            least = if worst.exact { 0.0 } else { worst.score };
            best.truncate(count);
        }
    }
    best.sort_unstable_by(|a, b| best_first(a, b, index));
    best.truncate(count);
    best
}

/// Exact matches come first, then the score decides, then id and locale.
pub(super) fn best_first(a: &Found, b: &Found, index: &Index) -> Ordering {
    let tie = || index.articles.place(a.ord).cmp(&index.articles.place(b.ord));
    b.exact.cmp(&a.exact).then(b.score.total_cmp(&a.score)).then_with(tie)
}
