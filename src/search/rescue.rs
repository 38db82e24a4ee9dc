//! What a search does when the query as typed finds little.
//!
//! In this order: the query put right (`correction`), the query without what it
//! demands, the query in pieces. Results of these fill the page after all others, and
//! their tier says what they are; they are not counted.

use super::correction::{Correction, Corrector};
use super::query::Query;
use super::ranking::MatchTier;
use super::{Hit, Request, Results, Searcher};
use crate::index::ArticleOrd;

impl Searcher<'_> {
    /// Fills up `results` of `query`, which found only the articles `found`.
    pub(super) fn rescue(
        &self,
        query: &Query,
        request: &Request,
        results: &mut Results,
        mut found: Vec<ArticleOrd>,
    ) -> tantivy::Result<()> {
        let corrector = Corrector {
            index: self.index,
            analyzer: self.analyzer,
            locale: &query.locale,
            hidden: self.index.articles.hidden(self.today).collect(),
        };
        if let Some(correction) = corrector.correct(&request.query)? {
            let corrected =
                Request { query: correction.text.clone(), vector: None, offset: 0, ..request.clone() };
            let (rescued, _) = self.find(&self.query(&corrected), &corrected)?;
            if !rescued.hits.is_empty() {
                results.did_you_mean = Some(self.as_written(&correction, &rescued.hits));
                if results.total == 0 && !query.is_sentence() {
                    // What a misspelled word means by itself is anybody's guess.
                    results.hits.clear();
                    results.listed = 0;
                }
            }
            self.fill(results, request, rescued.hits, correction.tier, &mut found);
        }
        if !results.hits.is_empty() || !found.is_empty() {
            return Ok(());
        }
        let by_words = Request { vector: None, ..request.clone() };
        let without_demands = query.without_demands().map(|query| (query, request));
        for (query, request) in without_demands.into_iter().chain([(query.in_pieces(), &by_words)]) {
            let matches = self.matches(&query, request)?;
            let hits = self.results(&query, matches, request)?.hits;
            self.fill(results, request, hits, MatchTier::Relaxed, &mut found);
            if !results.hits.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// Adds hits to the last page of `results`, below what was found as typed.
    fn fill(
        &self,
        results: &mut Results,
        request: &Request,
        hits: Vec<Hit>,
        tier: MatchTier,
        found: &mut Vec<ArticleOrd>,
    ) {
        let is_last_page =
            request.offset <= results.listed && results.listed <= request.offset + request.limit;
        if !is_last_page {
            return;
        }
        let id = |article: ArticleOrd| self.index.articles.id_number(article);
        let worst = results.hits.last().map(|hit| hit.score);
        let best = hits.first().map_or(0.0, |hit| hit.score);
        let scale = worst.filter(|worst| *worst < best).map_or(1.0, |worst| worst / best);
        let room = request.limit - results.hits.len();
        found.extend(results.hits.iter().map(|hit| hit.article));
        let new = hits.into_iter().filter(|hit| !found.iter().any(|found| id(*found) == id(hit.article)));
        let new: Vec<Hit> = new.take(room).collect();
        found.extend(new.iter().map(|hit| hit.article));
        results.hits.extend(new.into_iter().map(|hit| Hit {
            tier: Some(tier),
            score: hit.score * scale,
            ..hit
        }));
    }

    /// Returns the corrected query with its new words as the best results write them.
    fn as_written(&self, correction: &Correction, hits: &[Hit]) -> String {
        let mut text = correction.text.clone();
        for word in &correction.words {
            let written = hits.iter().find_map(|hit| self.written(word, hit));
            if let Some(written) = written {
                text = text.replacen(word.as_str(), &written, 1);
            }
        }
        text
    }

    /// Returns a word as a hit writes it, if it shows it.
    fn written(&self, word: &str, hit: &Hit) -> Option<String> {
        let word: Vec<char> = word.chars().collect();
        let card = self.index.card(hit.article);
        let questions = card.questions.iter().map(|question| question.text.as_str());
        let passages = hit.passages.iter().map(|passage| passage.snippet.text.as_str());
        let mut texts = std::iter::once(card.title.as_str()).chain(questions).chain(passages);
        texts.find_map(|text| {
            let letters = self.analyzer.letters(text, &card.locale);
            let at = letters.chars.windows(word.len()).position(|window| window == word)?;
            let source = letters.sources[at].start..letters.sources[at + word.len() - 1].end;
            Some(text[source].to_lowercase())
        })
    }
}
