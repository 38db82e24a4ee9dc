//! One segment of an open index: its passages, and how to look terms up in it.

use std::sync::{Arc, OnceLock};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::{DocAddress, DocId, SegmentReader};

use super::homophones::Homophones;
use super::wordings::Wordings;
use super::{ArticleOrd, Articles, Card, Fields, View, damaged};
use crate::analysis::Analyzer;

/// What is read of a segment once, as long as it exists: its articles, deleted ones
/// included, and how they and their words are spelled.
#[derive(Default)]
pub(super) struct SegmentCards {
    /// Article documents, in order.
    docs: Vec<(DocId, Arc<Card>)>,
    wordings: OnceLock<Wordings>,
    homophones: OnceLock<Homophones>,
}

/// The passages of one segment.
pub(crate) struct Segment {
    pub(crate) reader: SegmentReader,
    /// By document, the article of a live passage; else [`NO_ARTICLE`].
    pub(crate) article_of: Vec<ArticleOrd>,
    /// By document, the number of the language of a live passage; else [`NO_LANGUAGE`].
    pub(crate) language_of: Vec<u8>,
    /// Passages that were deleted and are still in the posting lists, rising.
    pub(crate) deleted: Vec<DocId>,
    /// By position in `cards`, the live article; else [`NO_ARTICLE`].
    articles: Vec<ArticleOrd>,
    pub(super) cards: Arc<SegmentCards>,
    views: Vec<SegmentView>,
}

/// The terms of one view of the text.
pub(crate) struct SegmentView {
    pub(crate) inverted: Arc<InvertedIndexReader>,
    /// How many terms each document has.
    pub(crate) lengths: FieldNormReader,
}

/// Marks a document that is not a live passage.
pub(crate) const NO_ARTICLE: ArticleOrd = ArticleOrd::MAX;

/// Marks a document that is not a live passage.
pub(crate) const NO_LANGUAGE: u8 = u8::MAX;

impl Segment {
    /// Opens the segment at `ord`, whose live articles are in `articles`.
    pub(super) fn read(
        reader: &SegmentReader,
        cards: Arc<SegmentCards>,
        ord: u32,
        articles: &Articles,
        fields: &Fields,
    ) -> tantivy::Result<Self> {
        let mut article_of = vec![NO_ARTICLE; reader.max_doc() as usize];
        let mut language_of = vec![NO_LANGUAGE; reader.max_doc() as usize];
        for article in articles.of_segment(ord) {
            let (_, passages) = articles.passages(article);
            let passages = passages.start as usize..passages.end as usize;
            article_of[passages.clone()].fill(article);
            language_of[passages].fill(articles.language_number(article));
        }
        let mut live = articles.of_segment(ord);
        let articles = cards.docs.iter().map(|(doc, _)| match reader.is_deleted(*doc) {
            true => NO_ARTICLE,
            false => live.next().expect("every article that is not deleted is live"),
        });
        let articles = articles.collect();
        let views = View::ALL.into_iter().map(|view| {
            let field = fields.of(view);
            let lengths = reader.get_fieldnorms_reader(field)?;
            Ok(SegmentView { inverted: reader.inverted_index(field)?, lengths })
        });
        Ok(Self {
            article_of,
            language_of,
            deleted: (0..reader.max_doc()).filter(|doc| reader.is_deleted(*doc)).collect(),
            articles,
            cards,
            views: views.collect::<tantivy::Result<_>>()?,
            reader: reader.clone(),
        })
    }

    /// Returns the article at a position of [`Wordings`]; nothing if it was deleted.
    pub(crate) fn article_at(&self, position: u32) -> Option<ArticleOrd> {
        Some(self.articles[position as usize]).filter(|article| *article != NO_ARTICLE)
    }

    /// Returns its titles and stored questions.
    pub(crate) fn wordings(&self, analyzer: &Analyzer) -> &Wordings {
        let cards = self.cards.docs.iter().map(|(_, card)| &**card);
        self.cards.wordings.get_or_init(|| Wordings::new(cards, analyzer))
    }

    /// Returns its Chinese words by their pinyin.
    pub(crate) fn homophones(&self) -> tantivy::Result<&Homophones> {
        if let Some(homophones) = self.cards.homophones.get() {
            return Ok(homophones);
        }
        let homophones = Homophones::read(&self.view(View::Words).inverted)?;
        Ok(self.cards.homophones.get_or_init(|| homophones))
    }

    /// Returns the terms of one view.
    pub(crate) fn view(&self, view: View) -> &SegmentView {
        &self.views[view as usize]
    }
}

/// Returns the live articles of a segment, with their document and first passage.
pub(super) fn live(
    reader: &SegmentReader,
    cards: &SegmentCards,
    ord: u32,
) -> Vec<(Arc<Card>, DocAddress, DocId)> {
    let mut start = 0;
    let mut live = Vec::with_capacity(cards.docs.len());
    for (doc, card) in &cards.docs {
        if !reader.is_deleted(*doc) {
            live.push((Arc::clone(card), DocAddress::new(ord, *doc), start));
        }
        start = doc + 1;
    }
    live
}

/// Reads the cards of all article documents of a segment.
pub(super) fn read_cards(reader: &SegmentReader) -> tantivy::Result<SegmentCards> {
    let mut cards = SegmentCards::default();
    let Some(column) = reader.fast_fields().bytes("card")? else {
        return Ok(cards);
    };
    let mut bytes = Vec::new();
    for doc in 0..reader.max_doc() {
        for ord in column.term_ords(doc) {
            bytes.clear();
            column.ord_to_bytes(ord, &mut bytes)?;
            cards.docs.push((doc, Arc::new(serde_json::from_slice(&bytes).map_err(damaged)?)));
        }
    }
    Ok(cards)
}
