//! Finding: which passages share a term with the query, and how well they match.
//!
//! First ([`Finder::scores`]) the posting lists of the terms that find are gone
//! through once and BM25 is added up for every passage. It yields every hit, so
//! totals and facet counts are exact. Then ([`Finder::add_rest`]) the best
//! passages are looked up for the terms that only score: single characters,
//! sequences of letters, title words, whose lists are long and decide little.
//! Both go through the terms in the order of the query, so sums are the same to
//! the bit on every run and however passages are spread over segments.
//!
//! This is the one file of `search` that reads posting lists. What it returns
//! has nothing of tantivy in it but the address of a passage.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{EnableScoring, PhraseQuery, Query as _, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, TERMINATED};

use super::query::{Query, Requirement, Term};
use super::ranking::Weights;
use crate::index::{ArticleOrd, Index, NO_ARTICLE, NO_LANGUAGE, Segment, View};
use crate::locale::Locale;

/// The scores of all passages for the terms that find.
pub(crate) struct Scores {
    by_segment: Vec<SegmentScores>,
    /// The most that the terms that find could give a passage.
    pub(crate) reach: f32,
    /// What each term of the query is worth, by position: nothing for those that only
    /// score.
    pub(crate) worths: Vec<Worth>,
}

/// What the terms that only score are worth.
#[derive(Default)]
pub(crate) struct Rest {
    /// The most that they could give a passage.
    pub(crate) reach: f32,
    /// By position in the query: nothing for those that find.
    pub(crate) worths: Vec<Worth>,
}

/// What a term of the query is worth.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Worth {
    /// The most that it could give a passage.
    pub(crate) weight: f32,
    /// How many passages have it.
    pub(crate) having: u32,
}

/// The scores of the passages of one segment, by document; zero if there is none, or
/// if what it has counts for nothing.
struct SegmentScores {
    scores: Vec<f32>,
    /// A bit for every document with a score, 64 to a number.
    scored: Vec<u64>,
}

impl Scores {
    /// Calls `found` with every article that has a score and the highest of its
    /// passages, in the order of the index.
    pub(crate) fn for_each_article(&self, index: &Index, mut found: impl FnMut(ArticleOrd, f32)) {
        for (segment, scores) in index.segments.iter().zip(&self.by_segment) {
            let mut best = (NO_ARTICLE, 0.0);
            for doc in scores.docs() {
                let (article, score) = (segment.article_of[doc], scores.scores[doc]);
                if article == best.0 {
                    best.1 = f32::max(best.1, score);
                    continue;
                }
                if best.0 != NO_ARTICLE {
                    found(best.0, best.1);
                }
                best = (article, score);
            }
            if best.0 != NO_ARTICLE {
                found(best.0, best.1);
            }
        }
    }

    /// Returns the passages with a score among some documents of a segment.
    pub(crate) fn passages(
        &self,
        (segment, docs): (usize, Range<DocId>),
    ) -> impl Iterator<Item = Passage> + '_ {
        let scores = &self.by_segment[segment];
        docs.filter(|doc| scores.has(*doc)).map(move |doc| Passage {
            address: DocAddress::new(segment as u32, doc),
            score: scores.scores[doc as usize],
        })
    }
}

impl SegmentScores {
    fn new(documents: usize) -> Self {
        Self { scores: vec![0.0; documents], scored: vec![0; documents.div_ceil(64)] }
    }

    fn add(&mut self, doc: DocId, score: f32) {
        self.scores[doc as usize] += score;
        self.scored[doc as usize / 64] |= 1 << (doc % 64);
    }

    fn has(&self, doc: DocId) -> bool {
        self.scored[doc as usize / 64] & 1 << (doc % 64) != 0
    }

    /// Returns the documents with a score, rising.
    fn docs(&self) -> impl Iterator<Item = usize> + '_ {
        self.scored.iter().enumerate().flat_map(|(at, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let next = (left != 0).then(|| at * 64 + left.trailing_zeros() as usize);
                left &= left.wrapping_sub(1);
                next
            })
        })
    }
}

/// A passage and how well it matches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passage {
    pub(crate) address: DocAddress,
    pub(crate) score: f32,
}

/// What a term gives a passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// Passages that have it.
    pub(crate) having: u32,
    pub(crate) score: f32,
    /// What it would give a passage that has nothing else.
    pub(crate) at_most: f32,
}

/// Looks a query up in an open index.
pub(crate) struct Finder<'a> {
    index: &'a Index,
    query: &'a Query,
    weights: &'a Weights,
    /// The posting list of each term of the query in each segment.
    lists: Vec<Vec<Option<TermInfo>>>,
    rarity: Rarity,
    /// By view, the part of BM25's denominator that depends on the length.
    length_norms: [LengthNorms; View::ALL.len()],
}

impl<'a> Finder<'a> {
    /// Looks for `query` as asked by a visitor of `locale`.
    pub(crate) fn new(
        index: &'a Index,
        query: &'a Query,
        weights: &'a Weights,
        locale: &Locale,
    ) -> tantivy::Result<Self> {
        let lists = index.segments.iter().map(|segment| {
            let lists = query.terms.iter().map(|term| {
                let key = tantivy::Term::from_field_text(index.fields.of(term.view), &term.text);
                segment.view(term.view).inverted.get_term_info(&key)
            });
            lists.collect()
        });
        Ok(Self {
            index,
            query,
            weights,
            lists: lists.collect::<std::io::Result<_>>()?,
            rarity: Rarity::new(index, locale),
            length_norms: View::ALL.map(|view| length_norms(weights, index.statistics.average_length(view))),
        })
    }

    /// Returns what a passage gets at most for a term that so many passages have.
    fn weight(&self, term: &Term, having: u32) -> f32 {
        let least_share = if term.is_function_word { self.weights.function_word_share } else { 0.0 };
        let idf = self.rarity.idf(having, least_share);
        idf * self.weights.of(term.view) * term.weight * (self.weights.saturation + 1.0)
    }

    /// Returns how well every passage matches the terms that find.
    pub(crate) fn scores(&self) -> tantivy::Result<Scores> {
        let zeros = |segment: &Segment| SegmentScores::new(segment.article_of.len());
        let by_segment = self.index.segments.iter().map(zeros).collect();
        let mut scores =
            Scores { by_segment, reach: 0.0, worths: vec![Worth::default(); self.query.terms.len()] };
        let mut read = vec![ReadPostings::default(); self.index.segments.len()];
        for (position, term) in self.query.terms.iter().enumerate().filter(|(_, term)| term.finds) {
            let mut having = 0;
            for (segment, read) in read.iter_mut().enumerate() {
                read.clear();
                if let Some(mut postings) = self.postings(segment, position)? {
                    postings.read_into(read);
                    having += self.rarity.count(&self.index.segments[segment], &read.docs);
                }
            }
            let weight = self.weight(term, having);
            scores.reach += if term.is_synonym { 0.0 } else { weight };
            scores.worths[position] = Worth { weight, having };
            for ((segment, read), scores) in self.index.segments.iter().zip(&read).zip(&mut scores.by_segment)
            {
                let lengths = &segment.view(term.view).lengths;
                read.add_to(scores, weight, lengths, &self.length_norms[term.view as usize]);
            }
        }
        Ok(scores)
    }

    /// Adds to each of `passages`, sorted by address, what the terms that only
    /// score give it; returns the most that they could give.
    pub(crate) fn add_rest(&self, passages: &mut [Passage]) -> tantivy::Result<Rest> {
        let mut rest = Rest { reach: 0.0, worths: vec![Worth::default(); self.query.terms.len()] };
        for (position, term) in self.query.terms.iter().enumerate().filter(|(_, term)| !term.finds) {
            let having = self.having(position)?;
            let weight = self.weight(term, having);
            rest.reach += if term.is_synonym { 0.0 } else { weight };
            rest.worths[position] = Worth { weight, having };
            let norms = &self.length_norms[term.view as usize];
            for run in passages.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
                let segment = run[0].address.segment_ord as usize;
                let Some(mut postings) = self.postings(segment, position)? else { continue };
                let lengths = &self.index.segments[segment].view(term.view).lengths;
                for passage in run {
                    if let Some(frequency) = postings.frequency_in(passage.address.doc_id) {
                        let norm = norms[usize::from(lengths.fieldnorm_id(passage.address.doc_id))];
                        passage.score += weight * saturate(frequency, norm);
                    }
                }
            }
        }
        Ok(rest)
    }

    /// Returns, for each of `passages` and by position in the query, which of the
    /// terms that find it has.
    pub(crate) fn terms_in(&self, passages: &[DocAddress]) -> tantivy::Result<Vec<Vec<bool>>> {
        let mut has = vec![vec![false; self.query.terms.len()]; passages.len()];
        let mut order: Vec<usize> = (0..passages.len()).collect();
        order.sort_by_key(|at| passages[*at]);
        for run in order.chunk_by(|a, b| passages[*a].segment_ord == passages[*b].segment_ord) {
            let segment = passages[run[0]].segment_ord as usize;
            for (position, _) in self.query.terms.iter().enumerate().filter(|(_, term)| term.finds) {
                let Some(mut postings) = self.postings(segment, position)? else { continue };
                for at in run {
                    has[*at][position] = postings.frequency_in(passages[*at].doc_id).is_some();
                }
            }
        }
        Ok(has)
    }

    /// Returns what each term of the query gives a passage, by position in the query.
    pub(crate) fn shares(&self, passage: DocAddress) -> tantivy::Result<Vec<Share>> {
        let segment = &self.index.segments[passage.segment_ord as usize];
        let share = |(position, term): (usize, &Term)| {
            let having = if term.finds { self.having_finding(position)? } else { self.having(position)? };
            let weight = self.weight(term, having);
            let postings = self.postings(passage.segment_ord as usize, position)?;
            let frequency = postings.and_then(|mut postings| postings.frequency_in(passage.doc_id));
            let length = segment.view(term.view).lengths.fieldnorm_id(passage.doc_id);
            let norm = self.length_norms[term.view as usize][usize::from(length)];
            let score = frequency.map_or(0.0, |frequency| weight * saturate(frequency, norm));
            Ok(Share { having, score, at_most: weight })
        };
        self.query.terms.iter().enumerate().map(share).collect()
    }

    /// Counts the passages that have a term that finds.
    fn having_finding(&self, position: usize) -> tantivy::Result<u32> {
        let mut having = 0;
        for (ord, segment) in self.index.segments.iter().enumerate() {
            let mut read = ReadPostings::default();
            if let Some(mut postings) = self.postings(ord, position)? {
                postings.read_into(&mut read);
                having += self.rarity.count(segment, &read.docs);
            }
        }
        Ok(having)
    }

    /// Returns, by article, whether it contains what is required.
    pub(crate) fn articles_with(&self, requirement: &Requirement) -> tantivy::Result<Vec<bool>> {
        let mut articles = vec![false; self.index.articles.len()];
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

    /// Returns the articles of which the query is a question or the title.
    pub(crate) fn exact(&self) -> tantivy::Result<Vec<ArticleOrd>> {
        self.articles_with_wording(self.index.fields.exact)
    }

    /// Returns the articles that say that they do not answer the query, word for word.
    pub(crate) fn denied(&self) -> tantivy::Result<Vec<ArticleOrd>> {
        self.articles_with_wording(self.index.fields.denied)
    }

    fn articles_with_wording(&self, field: Field) -> tantivy::Result<Vec<ArticleOrd>> {
        let mut articles = Vec::new();
        for key in &self.query.keys {
            let term = tantivy::Term::from_field_text(field, key);
            for segment in &self.index.segments {
                let inverted = segment.reader.inverted_index(field)?;
                let Some(mut list) = inverted.read_block_postings(&term, IndexRecordOption::Basic)? else {
                    continue;
                };
                while !list.docs().is_empty() {
                    articles.extend(list.docs().iter().map(|doc| segment.article_of[*doc as usize]));
                    list.advance();
                }
            }
        }
        articles.retain(|article| *article != NO_ARTICLE);
        Ok(articles)
    }

    /// Counts the passages that have a term that only scores.
    ///
    /// Single characters and short sequences of letters are written in few
    /// languages: they are counted over all.
    fn having(&self, position: usize) -> tantivy::Result<u32> {
        let mut having = 0;
        for (ord, segment) in self.index.segments.iter().enumerate() {
            let Some(info) = &self.lists[ord][position] else { continue };
            let by_language = self.query.terms[position].view == View::Title;
            if !by_language && segment.deleted.is_empty() {
                having += info.doc_freq;
                continue;
            }
            let Some(mut postings) = self.postings(ord, position)? else { continue };
            if by_language {
                let mut read = ReadPostings::default();
                postings.read_into(&mut read);
                having += self.rarity.count(segment, &read.docs);
            } else {
                let deleted = segment.deleted.iter().filter(|doc| postings.frequency_in(**doc).is_some());
                having += info.doc_freq - deleted.count() as u32;
            }
        }
        Ok(having)
    }

    fn postings(&self, segment: usize, position: usize) -> tantivy::Result<Option<Postings>> {
        let Some(info) = &self.lists[segment][position] else { return Ok(None) };
        let inverted = &self.index.segments[segment].view(self.query.terms[position].view).inverted;
        let list = inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        Ok(Some(Postings { list }))
    }
}

/// The passages of a segment that have a term, on disk.
struct Postings {
    list: BlockSegmentPostings,
}

impl Postings {
    /// Reads all that is left.
    fn read_into(&mut self, read: &mut ReadPostings) {
        while !self.list.docs().is_empty() {
            read.docs.extend_from_slice(self.list.docs());
            read.frequencies.extend_from_slice(self.list.freqs());
            self.list.advance();
        }
    }

    /// Returns how often `doc` has the term, if it does. Must be called with
    /// rising documents.
    fn frequency_in(&mut self, doc: DocId) -> Option<u32> {
        let at = self.list.seek(doc);
        let found = at < self.list.block_len() && self.list.doc(at) == doc && doc != TERMINATED;
        found.then(|| self.list.freq(at))
    }
}

/// The passages of a segment that have a term, in memory.
#[derive(Clone, Default)]
struct ReadPostings {
    docs: Vec<DocId>,
    frequencies: Vec<u32>,
}

impl ReadPostings {
    fn clear(&mut self) {
        self.docs.clear();
        self.frequencies.clear();
    }

    /// Adds `weight` times the saturated frequency to the score of every passage.
    fn add_to(
        &self,
        scores: &mut SegmentScores,
        weight: f32,
        lengths: &FieldNormReader,
        norms: &LengthNorms,
    ) {
        for (&doc, &frequency) in self.docs.iter().zip(&self.frequencies) {
            let norm = norms[usize::from(lengths.fieldnorm_id(doc))];
            scores.add(doc, weight * saturate(frequency, norm));
        }
    }
}

fn saturate(frequency: u32, norm: f32) -> f32 {
    let frequency = frequency as f32;
    frequency / (frequency + norm)
}

/// By coded length.
type LengthNorms = [f32; 256];

fn length_norms(weights: &Weights, average: f32) -> LengthNorms {
    std::array::from_fn(|id| {
        let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
        weights.saturation * (1.0 - weights.length + weights.length * length / average.max(1.0))
    })
}

/// How rare terms are among the passages of the visitor's language.
///
/// In an index of many languages every English word is rare, `the` no less than
/// `invoice`; what tells them apart is how rare they are among English passages.
struct Rarity {
    /// Nothing if no passage is in the visitor's language: then all count.
    language: Option<u8>,
    passages: u32,
}

impl Rarity {
    fn new(index: &Index, locale: &Locale) -> Self {
        let language = index.articles.number_of_language(locale);
        let passages = match language {
            Some(language) => index.statistics.passages_in(language),
            None => index.statistics.passages(),
        };
        Self { language, passages }
    }

    /// Counts the live passages in the language among `docs`.
    fn count(&self, segment: &Segment, docs: &[DocId]) -> u32 {
        let language_of = |doc: &DocId| segment.language_of[*doc as usize];
        let counts = docs.iter().map(|doc| match self.language {
            Some(language) => u32::from(language_of(doc) == language),
            None => u32::from(language_of(doc) != NO_LANGUAGE),
        });
        counts.sum()
    }

    /// Returns BM25's weight of a term (as Lucene defines it, never negative) that
    /// so many passages have, and at least that share of all.
    fn idf(&self, having: u32, least_share: f32) -> f32 {
        let all = self.passages as f32;
        let having = (having as f32).clamp(least_share * all, all);
        (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
    }
}

/// Counts the passages that have a term, without those of the articles `hidden`
/// (rising): in the language of `locale`, and all.
pub(crate) fn passages_with(
    index: &Index,
    view: View,
    term: &str,
    locale: &Locale,
    hidden: &[ArticleOrd],
) -> tantivy::Result<(u32, u32)> {
    let language = index.articles.number_of_language(locale);
    let term = tantivy::Term::from_field_text(index.fields.of(view), term);
    let (mut own, mut all) = (0, 0);
    for segment in &index.segments {
        let inverted = &segment.view(view).inverted;
        let Some(mut list) = inverted.read_block_postings(&term, IndexRecordOption::Basic)? else { continue };
        while !list.docs().is_empty() {
            for doc in list.docs() {
                let article = segment.article_of[*doc as usize];
                if article != NO_ARTICLE && hidden.binary_search(&article).is_err() {
                    all += 1;
                    own += u32::from(Some(segment.language_of[*doc as usize]) == language);
                }
            }
            list.advance();
        }
    }
    Ok((own, all))
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
