//! The articles of an open index, in columns.
//!
//! A search looks at every article that it finds: where its passages are, which
//! locale it is in, what it is filtered by. All of that lies in dense arrays
//! here, numbered alike, so that looking at a hundred thousand articles takes
//! a fraction of a millisecond. Locales and labels are shared by many articles
//! and are kept once, by number.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::{DocAddress, DocId};

use super::Card;
use crate::content::ArticleId;
use crate::locale::{Distance, Locale};

/// Position of an article in an open index.
pub type ArticleOrd = u32;

/// What articles are filtered and counted by, the same for many of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Labels {
    pub(crate) category: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) products: Vec<String>,
    pub(crate) markets: Vec<String>,
}

impl From<&Card> for Labels {
    fn from(card: &Card) -> Self {
        Self {
            category: card.category.clone(),
            tags: card.tags.clone(),
            products: card.products.clone(),
            markets: card.markets.clone(),
        }
    }
}

/// Columns over the live articles of an index.
#[derive(Default)]
pub(crate) struct Articles {
    cards: Vec<Arc<Card>>,
    addresses: Vec<DocAddress>,
    /// First passage of each; its passages end at its own document.
    starts: Vec<DocId>,
    /// Its position among all articles sorted by id and locale.
    places: Vec<u32>,
    /// Its position among all articles sorted by category, by what their authors say
    /// and then by id and locale.
    shelves: Vec<u32>,
    /// A number that the translations of one article share.
    id_numbers: Vec<u32>,
    /// Positions in `locales`.
    locale_numbers: Vec<u16>,
    /// Positions in `labels`.
    label_numbers: Vec<u32>,
    locales: Vec<Locale>,
    /// By locale, the number of its language.
    languages: Vec<u8>,
    labels: Vec<Labels>,
    /// The articles that are not shown on every day.
    dated: Vec<ArticleOrd>,
    /// By locale, whether an article in it is shown on every day.
    always_shown: Vec<bool>,
    /// The articles of each category in each locale, as their authors order them.
    by_category: FxHashMap<(u16, Option<String>), Vec<ArticleOrd>>,
    /// Translations by id.
    by_id: HashMap<ArticleId, Vec<ArticleOrd>>,
    /// The articles that show an image, by its hash.
    by_image: FxHashMap<String, Vec<ArticleOrd>>,
}

impl Articles {
    /// Numbers articles, each given by its card, its document and its first passage.
    pub(super) fn new(entries: Vec<(Arc<Card>, DocAddress, DocId)>) -> Self {
        let mut articles = Self::default();
        let mut locales: FxHashMap<Locale, u16> = FxHashMap::default();
        let mut labels: FxHashMap<Labels, u32> = FxHashMap::default();
        for ((card, address, start), ord) in entries.into_iter().zip(0..) {
            let translations = articles.by_id.entry(card.id.clone()).or_default();
            translations.push(ord);
            articles.id_numbers.push(translations[0]);
            articles.locale_numbers.push(number(&mut locales, &mut articles.locales, card.locale.clone()));
            articles.label_numbers.push(number(&mut labels, &mut articles.labels, Labels::from(&*card)));
            if card.effective.is_some() || card.expires.is_some() {
                articles.dated.push(ord);
            }
            articles.cards.push(card);
            articles.addresses.push(address);
            articles.starts.push(start);
        }
        articles.places = places(&articles.cards);
        articles.shelves = shelves(&articles.cards, &articles.places);
        articles.languages = languages(&articles.locales);
        articles.always_shown = articles.always_shown();
        articles.by_category = articles.by_category();
        articles.by_image = articles.by_image();
        articles
    }

    pub(crate) fn len(&self) -> usize {
        self.cards.len()
    }

    pub(crate) fn cards(&self) -> impl ExactSizeIterator<Item = &Card> {
        self.cards.iter().map(|card| &**card)
    }

    pub(crate) fn card(&self, ord: ArticleOrd) -> &Card {
        &self.cards[ord as usize]
    }

    /// Returns the articles of one segment.
    pub(super) fn of_segment(&self, segment: u32) -> Range<ArticleOrd> {
        let first = |segment| self.addresses.partition_point(|address| address.segment_ord < segment);
        first(segment) as ArticleOrd..first(segment + 1) as ArticleOrd
    }

    /// Returns the document that holds the page of an article.
    pub(crate) fn address(&self, ord: ArticleOrd) -> DocAddress {
        self.addresses[ord as usize]
    }

    /// Returns the passages of an article: which segment, and which documents.
    pub(crate) fn passages(&self, ord: ArticleOrd) -> (usize, Range<DocId>) {
        let address = self.addresses[ord as usize];
        (address.segment_ord as usize, self.starts[ord as usize]..address.doc_id)
    }

    /// Returns the first passage of an article, which speaks for all of it.
    pub(crate) fn first_passage(&self, ord: ArticleOrd) -> DocAddress {
        let (segment, docs) = self.passages(ord);
        DocAddress::new(segment as u32, docs.start)
    }

    /// Returns a number by which articles sort as by id and locale.
    pub(crate) fn place(&self, ord: ArticleOrd) -> u32 {
        self.places[ord as usize]
    }

    /// Returns a number by which articles sort as by category and within it as their
    /// authors say.
    pub(crate) fn shelf(&self, ord: ArticleOrd) -> u32 {
        self.shelves[ord as usize]
    }

    /// Returns a number below [`Articles::len`] that the translations of one
    /// article share.
    pub(crate) fn id_number(&self, ord: ArticleOrd) -> usize {
        self.id_numbers[ord as usize] as usize
    }

    /// Returns whether any article is in more than one locale.
    pub(crate) fn has_translations(&self) -> bool {
        self.by_id.len() < self.cards.len()
    }

    /// Returns every locale that has articles.
    pub(crate) fn locales(&self) -> &[Locale] {
        &self.locales
    }

    /// Returns how far each of [`Articles::locales`] is from `visitor`.
    pub(crate) fn distances_from(&self, visitor: &Locale) -> Vec<Distance> {
        self.locales.iter().map(|locale| visitor.distance_to(locale)).collect()
    }

    /// Returns the position of the article's locale in [`Articles::locales`].
    pub(crate) fn locale_number(&self, ord: ArticleOrd) -> usize {
        usize::from(self.locale_numbers[ord as usize])
    }

    /// Returns the number of the article's language; all are below 255.
    pub(crate) fn language_number(&self, ord: ArticleOrd) -> u8 {
        self.languages[self.locale_number(ord)]
    }

    /// Returns the number of the language of `locale`, if any article is in it.
    pub(crate) fn number_of_language(&self, locale: &Locale) -> Option<u8> {
        let same = self.locales.iter().position(|other| other.language() == locale.language());
        same.map(|position| self.languages[position])
    }

    /// Returns every combination of labels that some article has.
    pub(crate) fn labels(&self) -> &[Labels] {
        &self.labels
    }

    /// Returns the position of the article's labels in [`Articles::labels`].
    pub(crate) fn label_number(&self, ord: ArticleOrd) -> usize {
        self.label_numbers[ord as usize] as usize
    }

    /// Returns the articles of a category in a locale, as their authors order them;
    /// those without a category if it is nothing.
    pub(crate) fn of_category(&self, locale: &Locale, category: Option<&str>) -> &[ArticleOrd] {
        let number = self.locales.iter().position(|other| other == locale).map(|number| number as u16);
        let key = number.map(|number| (number, category.map(str::to_owned)));
        key.and_then(|key| self.by_category.get(&key)).map_or(&[], Vec::as_slice)
    }

    /// Returns the locales that have articles on `today`, in alphabetical order.
    pub(crate) fn locales_on(&self, today: Date) -> Vec<Locale> {
        let mut shown = self.always_shown.clone();
        for ord in self.dated.iter().filter(|ord| self.card(**ord).is_visible(today)) {
            shown[self.locale_number(*ord)] = true;
        }
        let shown = self.locales.iter().zip(shown).filter(|(_, shown)| *shown);
        let mut locales: Vec<Locale> = shown.map(|(locale, _)| locale.clone()).collect();
        locales.sort_unstable();
        locales
    }

    /// Returns the articles that are not shown on `today`.
    pub(crate) fn hidden(&self, today: Date) -> impl Iterator<Item = ArticleOrd> {
        self.dated.iter().copied().filter(move |ord| !self.card(*ord).is_visible(today))
    }

    /// Returns all translations of an article.
    pub(crate) fn translations(&self, id: &ArticleId) -> &[ArticleOrd] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns the articles that show an image.
    pub(crate) fn of_image(&self, hash: &str) -> &[ArticleOrd] {
        self.by_image.get(hash).map_or(&[], Vec::as_slice)
    }

    fn by_image(&self) -> FxHashMap<String, Vec<ArticleOrd>> {
        let mut by_image: FxHashMap<String, Vec<ArticleOrd>> = FxHashMap::default();
        for (card, ord) in self.cards.iter().zip(0..) {
            for image in &card.images {
                by_image.entry(image.hash.clone()).or_default().push(ord);
            }
        }
        by_image
    }

    fn always_shown(&self) -> Vec<bool> {
        let mut shown = vec![false; self.locales.len()];
        for (card, locale) in self.cards.iter().zip(&self.locale_numbers) {
            shown[usize::from(*locale)] |= card.effective.is_none() && card.expires.is_none();
        }
        shown
    }

    fn by_category(&self) -> FxHashMap<(u16, Option<String>), Vec<ArticleOrd>> {
        let mut by_category: FxHashMap<_, Vec<ArticleOrd>> = FxHashMap::default();
        for (card, ord) in self.cards.iter().zip(0..) {
            let key = (self.locale_numbers[ord as usize], card.category.clone());
            by_category.entry(key).or_default().push(ord);
        }
        for articles in by_category.values_mut() {
            articles.sort_by_key(|ord| (self.card(*ord).order, self.place(*ord)));
        }
        by_category
    }
}

/// Returns the position of `value` in `values`, where it is put if it is new.
fn number<T, N>(known: &mut FxHashMap<T, N>, values: &mut Vec<T>, value: T) -> N
where
    T: Clone + Eq + std::hash::Hash,
    N: Copy + TryFrom<usize, Error: std::fmt::Debug>,
{
    if let Some(number) = known.get(&value) {
        return *number;
    }
    let number = N::try_from(values.len()).expect("there are few locales, and no more labels than articles");
    values.push(value.clone());
    known.insert(value, number);
    number
}

/// Numbers the languages of `locales`; returns the number of each locale's.
fn languages<'a>(locales: &'a [Locale]) -> Vec<u8> {
    let mut languages: Vec<&'a str> = Vec::new();
    let number = |locale: &'a Locale| {
        let known = languages.iter().position(|language| *language == locale.language());
        let number = known.unwrap_or(languages.len());
        if known.is_none() {
            languages.push(locale.language());
        }
        u8::try_from(number).expect("`locale` knows fewer than 255 languages")
    };
    locales.iter().map(number).collect()
}

fn places(cards: &[Arc<Card>]) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..cards.len() as u32).collect();
    sorted.sort_by_key(|ord| {
        let card = &cards[*ord as usize];
        (&card.id, &card.locale)
    });
    positions(sorted)
}

fn shelves(cards: &[Arc<Card>], places: &[u32]) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..cards.len() as u32).collect();
    sorted.sort_by_key(|ord| {
        let card = &cards[*ord as usize];
        (&card.category, card.order, places[*ord as usize])
    });
    positions(sorted)
}

/// Returns, by article, where it is in `sorted`.
fn positions(sorted: Vec<u32>) -> Vec<u32> {
    let mut places = vec![0; sorted.len()];
    for (ord, place) in sorted.into_iter().zip(0..) {
        places[ord as usize] = place;
    }
    places
}
