//! The table of contents: which categories and articles a visitor can browse, and
//! which of them others read.

use jiff::civil::Date;

use super::usage::Usage;
use crate::content::Category;
use crate::index::ArticleOrd;
use crate::live::Snapshot;
use crate::locale::Locale;
use crate::search::{Filters, Results};

/// Popular articles that are shown where nothing was found.
const POPULAR: usize = 5;

/// The categories of one locale, in their order.
pub(super) struct Contents {
    /// The locale of everything here.
    pub(super) locale: Locale,
    /// Only those with articles.
    pub(super) categories: Vec<Listed>,
}

/// A category and its articles, in their order.
pub(super) struct Listed {
    pub(super) category: Category,
    pub(super) articles: Vec<ArticleOrd>,
}

/// Returns the contents in the locale nearest to `wanted` that has articles.
pub(super) fn contents(snapshot: &Snapshot, wanted: &Locale, today: Date) -> Contents {
    let locales = snapshot.index.articles.locales_on(today);
    let locale = wanted.nearest(&locales).unwrap_or(wanted).clone();
    let categories = snapshot.categories.iter().filter(|category| category.locale == locale);
    let mut categories: Vec<Listed> = categories
        .map(|category| Listed {
            articles: articles_of(snapshot, category, today),
            category: category.clone(),
        })
        .filter(|listed| !listed.articles.is_empty())
        .collect();
    categories.sort_by(|a, b| (a.category.order, &a.category.id).cmp(&(b.category.order, &b.category.id)));
    Contents { locale, categories }
}

/// Returns the articles of a category that are shown on `today`, in their order.
pub(super) fn articles_of(snapshot: &Snapshot, category: &Category, today: Date) -> Vec<ArticleOrd> {
    let index = &snapshot.index;
    let articles = index.articles.of_category(&category.locale, Some(&category.id)).iter().copied();
    articles.filter(|ord| index.card(*ord).is_visible(today)).collect()
}

/// Returns the category that is nearest to a search: the one that was chosen, else
/// that of the best result.
pub(super) fn nearest_category(snapshot: &Snapshot, filters: &Filters, results: &Results) -> Option<String> {
    let of_best = || snapshot.index.card(results.hits.first()?.article).category.clone();
    filters.category.clone().or_else(of_best)
}

/// Returns the articles that were opened most, in the locale nearest to `wanted`; of
/// one category, if it has any. Equally popular ones are in the order of their authors.
pub(super) fn popular(
    snapshot: &Snapshot,
    usage: &Usage,
    wanted: &Locale,
    category: Option<&str>,
    today: Date,
) -> Vec<ArticleOrd> {
    let contents = contents(snapshot, wanted, today);
    let is_wanted = |listed: &&Listed| Some(listed.category.id.as_str()) == category;
    let of_category = contents.categories.iter().find(is_wanted).map(|listed| listed.articles.clone());
    let mut articles = of_category
        .unwrap_or_else(|| contents.categories.iter().flat_map(|listed| &listed.articles).copied().collect());
    articles.sort_by_key(|article| std::cmp::Reverse(usage.of(&snapshot.index, *article)));
    articles.truncate(POPULAR);
    articles
}
