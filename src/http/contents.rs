//! The table of contents: which categories and articles a visitor can browse.

use jiff::civil::Date;

use crate::content::Category;
use crate::index::ArticleOrd;
use crate::live::Snapshot;
use crate::locale::Locale;

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
