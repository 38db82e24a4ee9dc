//! Words of an index that are spelled almost like another.

use std::collections::BTreeSet;

use tantivy::query::FuzzyTermQuery;

use super::{Index, View};

/// Edits by which a word may differ: none while it is so short that every other is
/// near, then one, then two. As Elasticsearch's `AUTO` fuzziness; two letters that
/// changed places are one edit (Damerau).
fn edits(word: &str) -> u8 {
    match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

impl Index {
    /// Returns the words that differ from `word`, folded and without accents, by a
    /// typing mistake. Some may be in articles that are not shown today.
    pub(crate) fn similar_words(&self, word: &str) -> tantivy::Result<Vec<String>> {
        let mut similar = BTreeSet::new();
        let edits = edits(word);
        if edits == 0 {
            return Ok(Vec::new());
        }
        let term = tantivy::Term::from_field_text(self.fields.of(View::Chars), word);
        let query = FuzzyTermQuery::new(term, edits, true);
        for segment in &self.segments {
            let automaton = query.automaton()?;
            let mut stream = segment.view(View::Chars).inverted.terms().search(automaton).into_stream()?;
            while stream.advance() {
                similar.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
            }
        }
        similar.remove(word);
        Ok(similar.into_iter().collect())
    }
}
