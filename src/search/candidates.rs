//! Finding: which passages share a term with the query, and how well they match.
//!
//! Two passes over posting lists. The first adds up BM25 over all passages for
//! the terms that find; it yields every hit, so totals and facet counts are
//! exact. The second looks the best ones up for every term, those that only
//! score included. Both go through the terms in the order of the query, so
//! sums are the same to the bit on every run and however passages are spread
//! over segments.
//!
//! This is the one file of `search` that reads posting lists. What it returns
//! has nothing of tantivy in it but the address of a passage.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, PhraseQuery, Query as _, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, TERMINATED};

use super::query::{Query, Requirement, Term, View};
use crate::index::{ArticleOrd, Index, NO_ARTICLE, Segment};
use crate::locale::Locale;

/// BM25's saturation and length normalization; short FAQ texts do well with the
/// usual values, and they hardly matter (`relevance.md`).
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// A passage that has at least one term that finds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoundPassage {
    pub(crate) article: ArticleOrd,
    pub(crate) address: DocAddress,
    /// BM25 over the terms that find.
    pub(crate) score: f32,
}

/// How one passage matches every term of the query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matched {
    /// BM25 by view, unweighted.
    pub(crate) words: f32,
    pub(crate) grams: f32,
    pub(crate) chars: f32,
    pub(crate) title: f32,
    /// By position in `Query::terms`, whether the passage has the term.
    pub(crate) terms: Vec<bool>,
}

impl Matched {
    fn view(&mut self, view: View) -> &mut f32 {
        match view {
            View::Words => &mut self.words,
            View::Grams => &mut self.grams,
            View::Chars => &mut self.chars,
            View::Title => &mut self.title,
        }
    }
}

/// Looks up postings in an open index.
pub(crate) struct Finder<'a> {
    index: &'a Index,
    query: &'a Query,
    /// By position in `Query::terms`.
    idf: Vec<f32>,
}

impl<'a> Finder<'a> {
    /// Looks for `query` as asked by a visitor of `locale`.
    pub(crate) fn new(index: &'a Index, query: &'a Query, locale: &Locale) -> tantivy::Result<Self> {
        let rarity = Rarity::new(index, locale);
        let idf = query.terms.iter().map(|term| rarity.idf(term)).collect::<tantivy::Result<_>>()?;
        Ok(Self { index, query, idf })
    }

    /// Returns every passage that has a term that finds, in the order of the index.
    pub(crate) fn passages(&self, weight: impl Fn(View) -> f32) -> tantivy::Result<Vec<FoundPassage>> {
        let mut found = Vec::new();
        for (ord, segment) in self.index.segments.iter().enumerate() {
            let mut scores = vec![0.0f32; segment.article_of.len()];
            for (term, idf) in self.query.terms.iter().zip(&self.idf).filter(|(term, _)| term.finds) {
                let Some(mut list) = self.postings(ord, term)? else { continue };
                list.add_to(&mut scores, idf * weight(term.view) * term.count as f32);
            }
            for (doc, (&score, &article)) in scores.iter().zip(&segment.article_of).enumerate() {
                if score > 0.0 && article != NO_ARTICLE {
                    found.push(FoundPassage {
                        article,
                        address: DocAddress::new(ord as u32, doc as DocId),
                        score,
                    });
                }
            }
        }
        Ok(found)
    }

    /// Returns how each of `passages` matches, in their order.
    pub(crate) fn matches(&self, passages: &[DocAddress]) -> tantivy::Result<Vec<Matched>> {
        let none = Matched { terms: vec![false; self.query.terms.len()], ..Matched::default() };
        let mut matched = vec![none; passages.len()];
        let mut order: Vec<usize> = (0..passages.len()).collect();
        order.sort_by_key(|at| passages[*at]);
        for run in order.chunk_by(|a, b| passages[*a].segment_ord == passages[*b].segment_ord) {
            let segment = passages[run[0]].segment_ord as usize;
            for (position, term) in self.query.terms.iter().enumerate() {
                let Some(mut list) = self.postings(segment, term)? else { continue };
                for &at in run {
                    if let Some(saturated) = list.seek(passages[at].doc_id) {
                        matched[at].terms[position] = true;
                        *matched[at].view(term.view) += self.idf[position] * term.count as f32 * saturated;
                    }
                }
            }
        }
        Ok(matched)
    }

    /// Returns, by article, whether it contains what is required.
    pub(crate) fn articles_with(&self, requirement: &Requirement) -> tantivy::Result<Vec<bool>> {
        let mut articles = vec![false; self.index.cards().len()];
        let query = requirement_query(self.index, requirement);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.index.searcher))?;
        for segment in &self.index.segments {
            weight.for_each_no_score(&segment.reader, &mut |docs| {
                for doc in docs {
                    if let Some(has) = articles.get_mut(segment.article_of[*doc as usize] as usize) {
                        *has = true;
                    }
                }
            })?;
        }
        Ok(articles)
    }

    /// Returns, by article, whether one of its questions or titles is the query.
    pub(crate) fn exact(&self) -> tantivy::Result<Vec<ArticleOrd>> {
        let Some(key) = &self.query.key else { return Ok(Vec::new()) };
        let term = tantivy::Term::from_field_text(self.index.fields.exact, key);
        let mut articles = Vec::new();
        for segment in &self.index.segments {
            let inverted = segment.reader.inverted_index(self.index.fields.exact)?;
            let Some(mut list) = inverted.read_block_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while !list.docs().is_empty() {
                articles.extend(list.docs().iter().map(|doc| segment.article_of[*doc as usize]));
                list.advance();
            }
        }
        articles.retain(|article| *article != NO_ARTICLE);
        Ok(articles)
    }

    fn postings(&self, segment: usize, term: &Term) -> tantivy::Result<Option<Postings>> {
        let reader = &self.index.segments[segment].reader;
        let field = field(self.index, term.view);
        let inverted = reader.inverted_index(field)?;
        let tantivy_term = tantivy::Term::from_field_text(field, &term.text);
        let Some(list) = inverted.read_block_postings(&tantivy_term, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let lengths = reader.get_fieldnorms_reader(field)?;
        let length_norm = length_norms(self.index.statistics.average_length(field));
        Ok(Some(Postings { list, lengths, length_norm }))
    }
}

/// The passages of a segment that have a term.
struct Postings {
    list: BlockSegmentPostings,
    lengths: FieldNormReader,
    /// By coded length, the part of BM25's denominator that depends on it.
    length_norm: [f32; 256],
}

impl Postings {
    /// Adds `weight` times the saturated frequency to the score of every passage.
    fn add_to(&mut self, scores: &mut [f32], weight: f32) {
        while !self.list.docs().is_empty() {
            for (&doc, &frequency) in self.list.docs().iter().zip(self.list.freqs()) {
                scores[doc as usize] += weight * self.saturate(doc, frequency);
            }
            self.list.advance();
        }
    }

    /// Returns the saturated frequency in `doc`, if it has the term. Must be
    /// called with rising documents.
    fn seek(&mut self, doc: DocId) -> Option<f32> {
        let at = self.list.seek(doc);
        let found = at < self.list.block_len() && self.list.doc(at) == doc && doc != TERMINATED;
        found.then(|| self.saturate(doc, self.list.freq(at)))
    }

    fn saturate(&self, doc: DocId, frequency: u32) -> f32 {
        let frequency = frequency as f32;
        let norm = self.length_norm[self.lengths.fieldnorm_id(doc) as usize];
        frequency * (K1 + 1.0) / (frequency + norm)
    }
}

fn length_norms(average: f32) -> [f32; 256] {
    std::array::from_fn(|id| {
        let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
        K1 * (1.0 - B + B * length / average.max(1.0))
    })
}

/// Counts how rare terms are among the passages of one language.
///
/// In an index of many languages every English word is rare, `the` no less than
/// `invoice`; what tells them apart is how rare they are among English passages.
struct Rarity<'a> {
    index: &'a Index,
    /// By article, whether it is in the language; nothing if all are, or none.
    in_language: Option<Vec<bool>>,
    passages: u32,
}

impl<'a> Rarity<'a> {
    fn new(index: &'a Index, locale: &Locale) -> Self {
        let languages: Vec<bool> =
            index.locales().iter().map(|article| article.language() == locale.language()).collect();
        let in_language: Vec<bool> =
            (0..index.cards().len()).map(|ord| languages[index.locale_number(ord as ArticleOrd)]).collect();
        let all_or_none = in_language.iter().all(|is| *is) || !in_language.iter().any(|is| *is);
        match all_or_none {
            true => Self { index, in_language: None, passages: index.statistics.passages },
            false => {
                let of = |segment: &Segment| {
                    segment.article_of.iter().filter(|article| is_in(&in_language, **article)).count()
                };
                let passages = index.segments.iter().map(of).sum::<usize>() as u32;
                Self { index, in_language: Some(in_language), passages }
            }
        }
    }

    /// Returns BM25's weight of a term (as Lucene defines it, never negative).
    fn idf(&self, term: &Term) -> tantivy::Result<f32> {
        let field = field(self.index, term.view);
        let tantivy_term = tantivy::Term::from_field_text(field, &term.text);
        let mut passages = 0;
        for segment in &self.index.segments {
            let inverted = segment.reader.inverted_index(field)?;
            let Some(info) = inverted.get_term_info(&tantivy_term)? else { continue };
            passages += match (&self.in_language, segment.reader.alive_bitset()) {
                (None, None) => info.doc_freq,
                // Characters and short sequences of letters are written in few
                // languages and occur everywhere: not worth going through.
                (Some(_), None) if !term.finds && term.view != View::Title => info.doc_freq,
                (in_language, _) => {
                    let list = inverted.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                    count(list, |doc| match (in_language, segment.article_of[doc as usize]) {
                        (None, article) => article != NO_ARTICLE,
                        (Some(in_language), article) => is_in(in_language, article),
                    })
                }
            };
        }
        let (all, having) = (self.passages as f32, passages.min(self.passages) as f32);
        Ok((1.0 + (all - having + 0.5) / (having + 0.5)).ln())
    }
}

fn is_in(articles: &[bool], article: ArticleOrd) -> bool {
    articles.get(article as usize).copied().unwrap_or(false)
}

fn count(mut list: BlockSegmentPostings, counts: impl Fn(DocId) -> bool) -> u32 {
    let mut total = 0;
    while !list.docs().is_empty() {
        total += list.docs().iter().filter(|doc| counts(**doc)).count() as u32;
        list.advance();
    }
    total
}

fn field(index: &Index, view: View) -> Field {
    match view {
        View::Words => index.fields.words,
        View::Grams => index.fields.grams,
        View::Chars => index.fields.chars,
        View::Title => index.fields.title,
    }
}

fn requirement_query(index: &Index, requirement: &Requirement) -> Box<dyn tantivy::query::Query> {
    let term = |field, text: &String| tantivy::Term::from_field_text(field, text);
    match requirement {
        Requirement::Word(word) => {
            Box::new(TermQuery::new(term(index.fields.words, word), IndexRecordOption::Basic))
        }
        Requirement::Phrase(chars) => match chars.as_slice() {
            [single] => Box::new(TermQuery::new(term(index.fields.chars, single), IndexRecordOption::Basic)),
            several => Box::new(PhraseQuery::new(
                several.iter().map(|text| term(index.fields.chars, text)).collect(),
            )),
        },
    }
}
