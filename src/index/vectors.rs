//! The vectors of an index: what its passages mean.
//!
//! The index names the texts that stand for a passage by their content; the vectors of
//! these texts are in a [`Store`] beside it, made after the index was written
//! ([`embed`]) and brought together in memory for one open index ([`PassageVectors`]).
//! A passage whose vectors are not made yet is found by its words alone.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;

use super::schema::StoredPassage;
use super::{ArticleOrd, Index, NO_ARTICLE, documents};
use crate::semantic::{EmbedError, Embedder, Fit, Lane, Matrix, Store, StoreError, Text, TextId, Vector};

/// The vectors of the passages of one open index.
#[derive(Debug)]
pub struct PassageVectors {
    matrix: Matrix,
    /// By row, the passage that it stands for, in the order of the index.
    passages: Vec<DocAddress>,
    /// By row, the article of the passage.
    articles: Vec<ArticleOrd>,
    /// By row, what it stands for.
    stand: Vec<Stands>,
    fit: Fit,
    model: String,
    texts: usize,
    missing: usize,
}

/// What a vector stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// What the passage says.
    Passage,
    /// A question that it answers.
    Question,
    /// A question that looks alike and that it does not answer.
    NotQuestion,
}

/// What a vector stands for, and how near it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near {
    pub(crate) article: ArticleOrd,
    pub(crate) passage: DocAddress,
    pub(crate) stands: Stands,
    pub(crate) cosine: f32,
}

/// Why vectors could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum VectorError {
    /// The index cannot be read.
    #[error("cannot read the texts of the index")]
    Index(#[from] tantivy::TantivyError),
    /// The file of vectors cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The model failed.
    #[error(transparent)]
    Embed(#[from] EmbedError),
}

impl PassageVectors {
    /// Brings together the vectors of `index` that are in `store`.
    pub fn read(index: &Index, store: &mut Store, embedder: &Embedder) -> Result<Self, VectorError> {
        let texts = index.texts()?;
        // Most texts have one vector.
        let rows = texts.iter().map(|(.., texts)| texts.len()).sum();
        let mut vectors = Self {
            matrix: Matrix::new(embedder.dimensions(), rows),
            passages: Vec::with_capacity(rows),
            articles: Vec::with_capacity(rows),
            stand: Vec::with_capacity(rows),
            fit: embedder.fit(),
            model: embedder.id().to_owned(),
            texts: 0,
            missing: 0,
        };
        for (address, article, texts) in texts {
            let denied = index.not_questions_at(address, article);
            let answered = texts.len().saturating_sub(denied);
            for (text, place) in texts.into_iter().zip(0..) {
                let found = store.read(text)?;
                vectors.texts += 1;
                vectors.missing += usize::from(found.is_empty());
                for vector in &found {
                    vectors.matrix.push(vector);
                    vectors.passages.push(address);
                    vectors.articles.push(article);
                    // The passage itself is the first of its texts.
                    vectors.stand.push(match place {
                        0 => Stands::Passage,
                        place if place < answered => Stands::Question,
                        _ => Stands::NotQuestion,
                    });
                }
            }
        }
        vectors.matrix.shrink();
        vectors.passages.shrink_to_fit();
        vectors.articles.shrink_to_fit();
        vectors.stand.shrink_to_fit();
        Ok(vectors)
    }

    /// Returns how many texts stand for the passages, and how many of them have no
    /// vector yet.
    pub fn texts_and_missing(&self) -> (usize, usize) {
        (self.texts, self.missing)
    }

    /// Returns the name of the model that made them.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Returns what nearness is worth.
    pub fn fit(&self) -> Fit {
        self.fit
    }

    /// Returns the wanted articles that say nearly the same as `article`, nearest first,
    /// each with its cosine; `count` at most.
    pub(crate) fn nearest_to(
        &self,
        article: ArticleOrd,
        wanted: impl Fn(ArticleOrd) -> bool,
        count: usize,
    ) -> Vec<(ArticleOrd, f32)> {
        let rows = self.rows_of(article);
        if rows.is_empty() {
            return Vec::new();
        }
        let mut nearest: Vec<(ArticleOrd, f32)> = Vec::new();
        self.scan(&self.matrix.row(rows.start), wanted, |near| match nearest.last_mut() {
            _ if near.stands != Stands::Passage => {}
            Some((last, cosine)) if *last == near.article => *cosine = cosine.max(near.cosine),
            _ => nearest.push((near.article, near.cosine)),
        });
        nearest.sort_by(|(a, a_cosine), (b, b_cosine)| b_cosine.total_cmp(a_cosine).then(a.cmp(b)));
        nearest.truncate(count);
        nearest
    }

    /// Returns the pairs of articles, the first of them wanted for each, that are asked
    /// nearly the same: with the highest cosine of their questions, if it is `least` or
    /// more. Called with how many questions are done and how many there are.
    pub(crate) fn asked_alike(
        &self,
        may_pair: impl Fn(ArticleOrd, ArticleOrd) -> bool,
        least: f32,
        progress: impl Fn(usize, usize),
    ) -> Vec<(ArticleOrd, ArticleOrd, f32)> {
        let rows: Vec<usize> =
            (0..self.stand.len()).filter(|row| self.stand[*row] == Stands::Question).collect();
        let mut alike: FxHashMap<(ArticleOrd, ArticleOrd), f32> = FxHashMap::default();
        for (row, done) in rows.iter().zip(1..) {
            let own = self.articles[*row];
            self.scan(
                &self.matrix.row(*row),
                |other| other > own && may_pair(own, other),
                |near| {
                    if near.stands == Stands::Question && near.cosine >= least {
                        let cosine = alike.entry((own, near.article)).or_default();
                        *cosine = cosine.max(near.cosine);
                    }
                },
            );
            progress(done, rows.len());
        }
        let mut alike: Vec<_> = alike.into_iter().map(|((a, b), cosine)| (a, b, cosine)).collect();
        alike.sort_by_key(|(a, b, _)| (*a, *b));
        alike
    }

    /// Calls `found` with every vector of one article and its cosine to `vector`.
    pub(crate) fn scan_article(&self, vector: &Vector, article: ArticleOrd, found: impl FnMut(Near)) {
        self.scan_rows(self.rows_of(article), vector, |_| true, found);
    }

    /// Calls `found` with every vector of a wanted article and its cosine to `vector`.
    pub(crate) fn scan(&self, vector: &Vector, wanted: impl Fn(ArticleOrd) -> bool, found: impl FnMut(Near)) {
        self.scan_rows(0..self.articles.len(), vector, wanted, found);
    }

    fn scan_rows(
        &self,
        rows: Range<usize>,
        vector: &Vector,
        wanted: impl Fn(ArticleOrd) -> bool,
        mut found: impl FnMut(Near),
    ) {
        self.matrix.scan_rows(
            rows,
            vector,
            |row| wanted(self.articles[row]),
            |row, cosine| {
                found(Near {
                    article: self.articles[row],
                    passage: self.passages[row],
                    stands: self.stand[row],
                    cosine,
                });
            },
        );
    }

    /// Returns the rows of an article, which stand together.
    fn rows_of(&self, article: ArticleOrd) -> Range<usize> {
        let first = |article| self.articles.partition_point(|other| *other < article);
        first(article)..first(article + 1)
    }
}

impl Index {
    /// Returns every passage with its article and the names of the texts that stand for
    /// it, in the order of the index.
    fn texts(&self) -> tantivy::Result<Vec<(DocAddress, ArticleOrd, Vec<TextId>)>> {
        let mut all = Vec::new();
        for (segment, ord) in self.segments.iter().zip(0..) {
            let column = segment.reader.fast_fields().u64("texts")?;
            let passages = segment.article_of.iter().zip(0..).filter(|(article, _)| **article != NO_ARTICLE);
            all.extend(passages.map(|(article, doc)| {
                (DocAddress::new(ord, doc), *article, column.values_for_doc(doc).map(TextId).collect())
            }));
        }
        Ok(all)
    }

    /// Returns the names of the texts that stand for its passages.
    pub fn text_ids(&self) -> tantivy::Result<Vec<TextId>> {
        Ok(self.texts()?.into_iter().flat_map(|(.., texts)| texts).collect())
    }

    /// Reads the texts that stand for a passage.
    fn texts_of(&self, address: DocAddress, article: ArticleOrd) -> tantivy::Result<Vec<Text>> {
        let card = self.card(article);
        let passage: StoredPassage = self.passage(address)?;
        let leads = address == self.articles.first_passage(article);
        let lead = std::iter::once(card.title.as_str()).chain(card.wordings()).filter(|_| leads);
        let is_heading =
            |question: &&super::CardQuestion| question.anchor.is_some() && question.anchor == passage.anchor;
        let heading = card.questions.iter().find(is_heading).map(|question| question.text.as_str());
        let denied = card.not_questions.iter().filter(|_| leads);
        let questions = lead.chain(heading).chain(denied.map(String::as_str));
        Ok(documents::meanings(&card.title, &passage, questions))
    }

    /// Counts the texts of a passage that are questions which its article does not
    /// answer: the last ones.
    fn not_questions_at(&self, address: DocAddress, article: ArticleOrd) -> usize {
        let denied = self.card(article).not_questions.iter().filter(|question| !question.is_empty());
        if address == self.articles.first_passage(article) { denied.count() } else { 0 }
    }
}

/// How far [`embed`] is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmbedProgress {
    /// Passages done.
    pub done: usize,
    /// Passages to do.
    pub all: usize,
}

/// What [`embed`] works with.
pub struct Embedding<'a> {
    /// Makes the vectors.
    pub embedder: &'a Embedder,
    /// Keeps them.
    pub store: &'a Mutex<Store>,
    /// Threads to use.
    pub threads: usize,
}

/// Passages that are taken at once: enough for an endpoint to be asked rarely.
const CHUNK: usize = 8;

/// Makes the vectors that the passages of `indexes` lack, until `go_on` says no; returns
/// how many passages got theirs. Called with the progress from several threads.
pub fn embed(
    indexes: &[&Index],
    embedding: &Embedding,
    progress: &(dyn Fn(EmbedProgress) + Sync),
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<usize, VectorError> {
    let lacking = lacking(indexes, embedding.store)?;
    let all = lacking.len();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let chunks: Vec<&[Lacking]> = lacking.chunks(CHUNK).collect();
    progress(EmbedProgress { done: 0, all });
    let work = || -> Result<(), VectorError> {
        let lane = Lane::new();
        while go_on()
            && let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed))
        {
            embed_chunk(chunk, embedding, &lane).inspect_err(|_| next.store(all, Ordering::Relaxed))?;
            let done = done.fetch_add(chunk.len(), Ordering::Relaxed) + chunk.len();
            progress(EmbedProgress { done, all });
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..embedding.threads.min(chunks.len())).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a worker does not panic"))
    })?;
    embedding.store.lock().expect(NO_PANIC).sync()?;
    Ok(done.into_inner())
}

const NO_PANIC: &str = "nothing panics while it holds the lock";

/// A passage of which some texts have no vector.
struct Lacking<'a> {
    index: &'a Index,
    address: DocAddress,
    article: ArticleOrd,
}

/// Drops the vectors of texts that no passage of `indexes` has any more, if they are many.
pub fn tidy(indexes: &[&Index], store: &Mutex<Store>) -> Result<(), VectorError> {
    let mut wanted = FxHashSet::default();
    for index in indexes {
        wanted.extend(index.text_ids()?);
    }
    Ok(store.lock().expect(NO_PANIC).tidy(&wanted)?)
}

/// Returns the passages that lack vectors, of several with the same texts one.
fn lacking<'a>(indexes: &[&'a Index], store: &Mutex<Store>) -> Result<Vec<Lacking<'a>>, VectorError> {
    let store = store.lock().expect(NO_PANIC);
    let mut seen: FxHashSet<TextId> = FxHashSet::default();
    let mut lacking = Vec::new();
    for index in indexes {
        for (address, article, texts) in index.texts()? {
            let is_new = |text: &TextId| !store.has(*text) && !seen.contains(text);
            if texts.iter().any(is_new) {
                lacking.push(Lacking { index, address, article });
            }
            seen.extend(texts);
        }
    }
    Ok(lacking)
}

fn embed_chunk(chunk: &[Lacking], embedding: &Embedding, lane: &Lane) -> Result<(), VectorError> {
    let mut texts = Vec::new();
    for passage in chunk {
        texts.extend(passage.index.texts_of(passage.address, passage.article)?);
    }
    {
        let store = embedding.store.lock().expect(NO_PANIC);
        texts.retain(|text| !store.has(text.id()));
    }
    let vectors = embedding.embedder.texts(&texts, lane)?;
    let mut store = embedding.store.lock().expect(NO_PANIC);
    for (text, vectors) in texts.iter().zip(&vectors) {
        store.add(text.id(), vectors)?;
    }
    Ok(())
}
