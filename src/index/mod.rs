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
//! Beside the posting lists an open index knows what else can be typed: titles and
//! stored questions by how they start (`wordings`), words by their pinyin
//! (`homophones`) and by their spelling (`similar`).
//!
//! What its passages mean is kept apart, in vectors that are made later and may be
//! missing (`vectors`).
//!
//! Not here: finding and ranking (`search`).

mod articles;
mod build;
mod documents;
mod homophones;
mod schema;
mod segment;
mod similar;
mod statistics;
mod vectors;
mod wordings;

use std::collections::HashMap;
use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::index::SegmentId;
use tantivy::schema::Value as _;
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use crate::analysis::Analyzer;
use crate::content::{ArticleId, Image, Quotable, Quote};
use crate::locale::Locale;
use crate::vocabulary::Vocabulary;
pub use articles::ArticleOrd;
pub(crate) use articles::{Articles, Labels};
pub use build::{BuildError, Builder, Progress, Report};
pub use schema::{Card, CardQuestion, StoredPage, StoredPassage};
pub(crate) use schema::{Fields, View};
pub(crate) use segment::{NO_ARTICLE, NO_LANGUAGE, Segment};
use segment::{SegmentCards, live};
pub(crate) use statistics::Statistics;
pub use vectors::{EmbedProgress, Embedding, PassageVectors, VectorError, embed, tidy};
pub(crate) use vectors::{Near, Stands};
pub(crate) use wordings::Match as WordingMatch;

/// The index that customers are answered from: public, published articles only.
#[derive(Clone)]
pub struct CustomerIndex(Arc<Index>);

/// The index that agents are answered from: everything but drafts.
#[derive(Clone)]
pub struct AgentIndex(Arc<Index>);

impl CustomerIndex {
    /// Returns whether both are the same open index.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl AgentIndex {
    /// Returns whether both are the same open index.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

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
    pub(crate) articles: Articles,
    vocabulary: Vocabulary,
}

impl Index {
    /// Reads the segments of `searcher`; cards of segments that `previous` has
    /// too are taken from there.
    fn read(
        searcher: Searcher,
        fields: Fields,
        vocabulary: Vocabulary,
        previous: Option<&Index>,
    ) -> tantivy::Result<Self> {
        let known: HashMap<SegmentId, &Arc<SegmentCards>> = previous
            .into_iter()
            .flat_map(|index| &index.segments)
            .map(|segment| (segment.reader.segment_id(), &segment.cards))
            .collect();
        let mut cards = Vec::new();
        for reader in searcher.segment_readers() {
            cards.push(match known.get(&reader.segment_id()) {
                Some(cards) => Arc::clone(cards),
                None => Arc::new(segment::read_cards(reader)?),
            });
        }
        let readers = || searcher.segment_readers().iter().zip(&cards).zip(0..);
        let articles =
            Articles::new(readers().flat_map(|((reader, cards), ord)| live(reader, cards, ord)).collect());
        let segments = readers()
            .map(|((reader, cards), ord)| Segment::read(reader, Arc::clone(cards), ord, &articles, &fields))
            .collect::<tantivy::Result<Vec<Segment>>>()?;
        let statistics = Statistics::read(&segments);
        Ok(Self { searcher, fields, segments, statistics, articles, vocabulary })
    }

    /// Returns the words it was analyzed with; queries need the same.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Makes ready what is otherwise made when first asked for: the look-ups of
    /// completion and of corrections.
    pub fn prepare(&self, analyzer: &Analyzer) -> tantivy::Result<()> {
        self.segments.iter().try_for_each(|segment| {
            segment.wordings(analyzer);
            segment.homophones().map(|_| ())
        })
    }

    /// Returns every article, in no particular order.
    pub fn cards(&self) -> impl ExactSizeIterator<Item = &Card> {
        self.articles.cards()
    }

    /// Returns the article at `ord`.
    pub fn card(&self, ord: ArticleOrd) -> &Card {
        self.articles.card(ord)
    }

    /// Returns an article in one locale.
    pub fn card_of(&self, id: &ArticleId, locale: &Locale) -> Option<&Card> {
        let mut cards = self.articles.translations(id).iter().map(|ord| self.card(*ord));
        cards.find(|card| card.locale == *locale)
    }

    /// Returns the translations of an article that are shown on `today`,
    /// nearest to `locale` first.
    pub fn translations(&self, id: &ArticleId, locale: &Locale, today: Date) -> Vec<ArticleOrd> {
        let visible = self.articles.translations(id).iter().copied();
        let mut ords: Vec<ArticleOrd> = visible.filter(|ord| self.card(*ord).is_visible(today)).collect();
        ords.sort_by_key(|ord| {
            let article = &self.card(*ord).locale;
            (locale.distance_to(article), article)
        });
        ords
    }

    /// Returns the image with this hash and file name, if an article shows it that is shown
    /// itself on `today`.
    pub(crate) fn image(&self, hash: &str, name: &str, today: Date) -> Option<&Image> {
        let cards = self.articles.of_image(hash).iter().map(|ord| self.card(*ord));
        let mut images = cards.filter(|card| card.is_visible(today)).flat_map(|card| &card.images);
        images.find(|image| image.hash == hash && image.name() == name)
    }

    /// Reads the page of an article.
    pub fn page(&self, ord: ArticleOrd) -> tantivy::Result<StoredPage> {
        stored(&self.searcher.doc(self.articles.address(ord))?, self.fields.page)
    }

    /// Reads a passage.
    pub(crate) fn passage(&self, address: DocAddress) -> tantivy::Result<StoredPassage> {
        stored(&self.searcher.doc(address)?, self.fields.passage)
    }

    /// Quotes what stands at these bytes of the source of an article; nothing if that is no
    /// part of it that can be quoted.
    pub(crate) fn quote(&self, ord: ArticleOrd, bytes: &Range<usize>) -> tantivy::Result<Option<Quote>> {
        let (segment, docs) = self.articles.passages(ord);
        for doc in docs {
            let (passage, quotable) = self.passage_to_quote(DocAddress::new(segment as u32, doc))?;
            if let Some(pieces) = quotable.pieces_at(bytes) {
                return Ok(Some(quotable.quote(pieces, &passage.text)));
            }
        }
        Ok(None)
    }

    /// Reads a passage and what can be quoted of it.
    pub(crate) fn passage_to_quote(&self, address: DocAddress) -> tantivy::Result<(StoredPassage, Quotable)> {
        let document = self.searcher.doc(address)?;
        Ok((stored(&document, self.fields.passage)?, stored(&document, self.fields.quotable)?))
    }
}

fn stored<T: serde::de::DeserializeOwned>(
    document: &TantivyDocument,
    field: tantivy::schema::Field,
) -> tantivy::Result<T> {
    let bytes = document.get_first(field).and_then(|value| value.as_bytes()).unwrap_or_default();
    serde_json::from_slice(bytes).map_err(damaged)
}

fn damaged(error: serde_json::Error) -> tantivy::TantivyError {
    tantivy::TantivyError::SchemaError(format!("a stored document is damaged: {error}"))
}

/// Makes the term by which the documents of an article are deleted.
fn key(fields: &Fields, id: &ArticleId, locale: &Locale) -> Term {
    Term::from_field_text(fields.key, &format!("{locale} {id}"))
}

/// The folder of the customer or the agent index inside a generation.
fn folder(generation: &Path, audience: build::Reader) -> PathBuf {
    generation.join(audience.folder())
}
