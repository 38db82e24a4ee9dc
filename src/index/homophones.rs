//! The Chinese words of a segment, by how they are spelled with Latin letters.
//!
//! Made when first asked for and kept as long as the segment is: only queries that
//! find little as typed need it.

use rustc_hash::FxHashMap;
use tantivy::index::InvertedIndexReader;

use crate::analysis::pinyin;

/// Longer ones are not words but names of companies and laws.
const LONGEST: usize = 6;

/// Words by their pinyin.
#[derive(Default)]
pub(crate) struct Homophones {
    words: Vec<Box<str>>,
    /// Positions in `words`.
    by_spelling: FxHashMap<Box<str>, Vec<u32>>,
}

impl Homophones {
    /// Takes in every word of two or more Han characters among the terms of a field.
    pub(super) fn read(terms: &InvertedIndexReader) -> tantivy::Result<Self> {
        let mut homophones = Self::default();
        let first_han = "\u{3400}".as_bytes();
        let mut stream = terms.terms().range().ge(first_han).into_stream()?;
        while stream.advance() {
            let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
            let chars: Vec<char> = word.chars().take(LONGEST + 1).collect();
            if (2..=LONGEST).contains(&chars.len()) {
                homophones.add(word, &chars);
            }
        }
        Ok(homophones)
    }

    fn add(&mut self, word: &str, chars: &[char]) {
        let spellings = pinyin::spellings(chars);
        if spellings.is_empty() {
            return;
        }
        let position = self.words.len() as u32;
        self.words.push(word.into());
        for spelling in spellings {
            self.by_spelling.entry(spelling.into()).or_default().push(position);
        }
    }

    /// Returns the words that are spelled like this.
    pub(crate) fn spelled(&self, letters: &str) -> impl Iterator<Item = &str> {
        let positions = self.by_spelling.get(letters).into_iter().flatten();
        positions.map(|position| &*self.words[*position as usize])
    }
}
