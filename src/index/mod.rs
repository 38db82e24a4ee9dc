//! The search index on disk, and an open one in memory.
//!
//! There are two indexes, built from one corpus: the customer index holds what
//! is public and published, the agent index everything but drafts. They are
//! different types, so code that serves customers cannot be given internal
//! articles by mistake.
//!
//! On disk (`build`): `index/current` names the folder in use; a complete new
//! one is written beside it and `current` is replaced in one step. When only
//! some articles changed, they alone are analyzed again (`update`).
//!
//! Not here: finding and ranking (`search`).

mod build;
mod documents;
mod schema;
mod statistics;

use std::collections::HashMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::index::SegmentId;
use tantivy::schema::Value as _;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TantivyDocument, Term};

use crate::content::ArticleId;
use crate::locale::Locale;
pub use build::{BuildError, Builder, Progress, Report};
pub(crate) use schema::Fields;
pub use schema::{Card, StoredPage, StoredPassage};
pub(crate) use statistics::Statistics;

/// The index that customers are answered from: public, published articles only.
#[derive(Clone)]
pub struct CustomerIndex(Arc<Index>);

/// The index that agents are answered from: everything but drafts.
#[derive(Clone)]
pub struct AgentIndex(Arc<Index>);

impl Deref for CustomerIndex {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.0
    }
}

impl Deref for AgentIndex {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.0
    }
}

/// Why an index could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing was built yet.
    #[error("no index in {path}; run `zhida index` first")]
    Missing {
        /// The index folder.
        path: PathBuf,
    },
    /// It was built by another version of the program.
    #[error("the index in {path} was built by another version of zhida; run `zhida index` to build it again")]
    Outdated {
        /// The index folder.
        path: PathBuf,
    },
    /// Its files are damaged or unreadable.
    #[error("cannot read the index in {path}; delete the folder and run `zhida index` to build it again")]
    Read {
        /// The index folder.
        path: PathBuf,
        /// What tantivy or the file system said.
        source: tantivy::TantivyError,
    },
}

/// One open index. It never changes; after an update a new one is opened.
pub struct Index {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) segments: Vec<Segment>,
    pub(crate) statistics: Statistics,
    dictionary: Vec<String>,
    cards: Vec<Arc<Card>>,
    addresses: Vec<DocAddress>,
    /// Translations by id, as positions in `cards`.
    by_id: HashMap<ArticleId, Vec<ArticleOrd>>,
    /// By article, the first of its translations: one number for each id.
    id_numbers: Vec<ArticleOrd>,
    /// Every locale that has articles.
    locales: Vec<Locale>,
    /// By article, the position of its locale in `locales`.
    locale_numbers: Vec<u16>,
}

/// Position of an article in an open index.
pub type ArticleOrd = u32;

/// The passages of one segment and the articles that they belong to.
pub(crate) struct Segment {
    pub(crate) reader: SegmentReader,
    /// Article of every passage; [`NO_ARTICLE`] for deleted documents and for
    /// article documents.
    pub(crate) article_of: Vec<ArticleOrd>,
    cards: Arc<SegmentCards>,
}

/// Marks a document that is not a live passage.
pub(crate) const NO_ARTICLE: ArticleOrd = ArticleOrd::MAX;

/// The article documents of a segment, deleted ones included, in order.
type SegmentCards = Vec<(DocId, Arc<Card>)>;

impl Index {
    /// Reads the segments of `searcher`; cards of segments that `previous` has
    /// too are taken from there.
    fn read(
        searcher: Searcher,
        fields: Fields,
        dictionary: Vec<String>,
        previous: Option<&Index>,
    ) -> tantivy::Result<Self> {
        let known: HashMap<SegmentId, &Arc<SegmentCards>> = previous
            .into_iter()
            .flat_map(|index| &index.segments)
            .map(|segment| (segment.reader.segment_id(), &segment.cards))
            .collect();
        let mut cards = Vec::new();
        let mut addresses = Vec::new();
        let mut segments = Vec::new();
        for (ord, reader) in searcher.segment_readers().iter().enumerate() {
            let segment_cards = match known.get(&reader.segment_id()) {
                Some(cards) => Arc::clone(cards),
                None => Arc::new(read_cards(reader)?),
            };
            let article_of = articles_of_passages(reader, &segment_cards, cards.len() as ArticleOrd);
            for (doc, card) in segment_cards.iter().filter(|(doc, _)| !reader.is_deleted(*doc)) {
                cards.push(Arc::clone(card));
                addresses.push(DocAddress::new(ord as u32, *doc));
            }
            segments.push(Segment { reader: reader.clone(), article_of, cards: segment_cards });
        }
        let statistics = Statistics::read(&segments, &fields)?;
        let mut by_id: HashMap<ArticleId, Vec<ArticleOrd>> = HashMap::new();
        let mut id_numbers = Vec::with_capacity(cards.len());
        for (card, ord) in cards.iter().zip(0..) {
            let translations = by_id.entry(card.id.clone()).or_default();
            translations.push(ord);
            id_numbers.push(translations[0]);
        }
        let mut locales: Vec<Locale> = Vec::new();
        let mut locale_numbers = Vec::with_capacity(cards.len());
        for card in &cards {
            let known = locales.iter().position(|locale| *locale == card.locale);
            locale_numbers.push(known.unwrap_or(locales.len()) as u16);
            if known.is_none() {
                locales.push(card.locale.clone());
            }
        }
        Ok(Self {
            searcher,
            fields,
            segments,
            statistics,
            dictionary,
            cards,
            addresses,
            by_id,
            id_numbers,
            locales,
            locale_numbers,
        })
    }

    /// Returns the project dictionary it was analyzed with; queries need the same.
    pub fn dictionary(&self) -> &[String] {
        &self.dictionary
    }

    /// Returns every article, in no particular order.
    pub fn cards(&self) -> impl ExactSizeIterator<Item = &Card> {
        self.cards.iter().map(|card| &**card)
    }

    /// Returns the article at `ord`.
    pub fn card(&self, ord: ArticleOrd) -> &Card {
        &self.cards[ord as usize]
    }

    /// Returns every locale that has articles.
    pub(crate) fn locales(&self) -> &[Locale] {
        &self.locales
    }

    /// Returns the position of the article's locale in [`Index::locales`].
    pub(crate) fn locale_number(&self, ord: ArticleOrd) -> usize {
        usize::from(self.locale_numbers[ord as usize])
    }

    /// Returns a number that the translations of one article share.
    pub(crate) fn id_number(&self, ord: ArticleOrd) -> u32 {
        self.id_numbers[ord as usize]
    }

    /// Returns the translations of an article that are shown on `today`,
    /// nearest to `locale` first.
    pub fn translations(&self, id: &ArticleId, locale: &Locale, today: Date) -> Vec<ArticleOrd> {
        let mut ords: Vec<ArticleOrd> = self.by_id.get(id).cloned().unwrap_or_default();
        ords.retain(|ord| self.card(*ord).is_visible(today));
        ords.sort_by_key(|ord| {
            let article = &self.card(*ord).locale;
            (locale.distance_to(article), article.clone())
        });
        ords
    }

    /// Reads the page of an article.
    pub fn page(&self, ord: ArticleOrd) -> tantivy::Result<StoredPage> {
        self.stored(self.addresses[ord as usize], self.fields.page)
    }

    /// Reads a passage.
    pub(crate) fn passage(&self, address: DocAddress) -> tantivy::Result<StoredPassage> {
        self.stored(address, self.fields.passage)
    }

    fn stored<T: serde::de::DeserializeOwned>(
        &self,
        address: DocAddress,
        field: tantivy::schema::Field,
    ) -> tantivy::Result<T> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let bytes = document.get_first(field).and_then(|value| value.as_bytes()).unwrap_or_default();
        serde_json::from_slice(bytes).map_err(damaged)
    }
}

fn damaged(error: serde_json::Error) -> tantivy::TantivyError {
    tantivy::TantivyError::SchemaError(format!("a stored document is damaged: {error}"))
}

/// Reads the cards of all article documents of a segment.
fn read_cards(reader: &SegmentReader) -> tantivy::Result<SegmentCards> {
    let Some(column) = reader.fast_fields().bytes("card")? else {
        return Ok(Vec::new());
    };
    let mut cards = Vec::new();
    let mut bytes = Vec::new();
    for doc in 0..reader.max_doc() {
        for ord in column.term_ords(doc) {
            bytes.clear();
            column.ord_to_bytes(ord, &mut bytes)?;
            cards.push((doc, Arc::new(serde_json::from_slice(&bytes).map_err(damaged)?)));
        }
    }
    Ok(cards)
}

/// Maps every live passage to its article, numbered from `first`.
fn articles_of_passages(reader: &SegmentReader, cards: &SegmentCards, first: ArticleOrd) -> Vec<ArticleOrd> {
    let mut article_of = vec![NO_ARTICLE; reader.max_doc() as usize];
    let mut start = 0;
    let mut ord = first;
    for (doc, _) in cards {
        if !reader.is_deleted(*doc) {
            article_of[start as usize..*doc as usize].fill(ord);
            ord += 1;
        }
        start = doc + 1;
    }
    article_of
}

/// Makes the term by which the documents of an article are deleted.
fn key(fields: &Fields, id: &ArticleId, locale: &Locale) -> Term {
    Term::from_field_text(fields.key, &format!("{locale} {id}"))
}

/// The folder of the customer or the agent index inside a generation.
fn folder(generation: &Path, audience: build::Reader) -> PathBuf {
    generation.join(audience.folder())
}
