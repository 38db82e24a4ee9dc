//! The table of contents: which categories and articles a visitor can browse, and
//! which of them others read; and which articles are related to one.

use jiff::civil::Date;

use super::usage::Usage;
use crate::content::Category;
use crate::index::{ArticleOrd, Index};
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
    // Others count on meanwhile: each article is looked up once.
    articles.sort_by_cached_key(|article| std::cmp::Reverse(usage.of(&snapshot.index, *article)));
    articles.truncate(POPULAR);
    articles
}

/// Returns the articles whose authors say when they changed, the last first, in the locale
/// nearest to `wanted`.
pub(super) fn latest(snapshot: &Snapshot, wanted: &Locale, today: Date, count: usize) -> Vec<ArticleOrd> {
    let index = &snapshot.index;
    let locales = index.articles.locales_on(today);
    let locale = wanted.nearest(&locales).unwrap_or(wanted);
    let all = 0..index.articles.len() as ArticleOrd;
    let mut dated: Vec<ArticleOrd> = all
        .filter(|article| {
            let card = index.card(*article);
            card.locale == *locale && card.updated.is_some() && card.is_visible(today)
        })
        .collect();
    dated.sort_by_key(|article| {
        let card = index.card(*article);
        (std::cmp::Reverse(card.updated), &card.id)
    });
    dated.truncate(count);
    dated
}

/// Returns the articles that the author of `article` names as related, in the translation
/// that is nearest to `wanted`.
pub(super) fn named_related(
    index: &Index,
    article: ArticleOrd,
    wanted: &Locale,
    today: Date,
) -> Vec<ArticleOrd> {
    let own = index.card(article);
    let others = own.related.iter().filter(|id| **id != own.id);
    others.filter_map(|id| index.translations(id, wanted, today).first().copied()).collect()
}

/// Returns the articles in the same locale that say the most similar things and are not
/// among `known`; none as long as their meaning is not known.
pub(super) fn similar_articles(
    snapshot: &Snapshot,
    article: ArticleOrd,
    known: &[ArticleOrd],
    count: usize,
    today: Date,
) -> Vec<ArticleOrd> {
    let index = &snapshot.index;
    let Some(vectors) = snapshot.vectors.as_deref().filter(|_| count > 0) else { return Vec::new() };
    let (locale, id) = (index.articles.locale_number(article), index.articles.id_number(article));
    let is_known = |other: ArticleOrd| {
        let other = index.articles.id_number(other);
        other == id || known.iter().any(|known| index.articles.id_number(*known) == other)
    };
    let is_wanted = |other: ArticleOrd| {
        index.articles.locale_number(other) == locale
            && !is_known(other)
            && index.card(other).is_visible(today)
    };
    vectors.nearest_to(article, is_wanted, count).into_iter().map(|(similar, _)| similar).collect()
}
