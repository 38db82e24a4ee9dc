//! Chinese word segmentation.
//!
//! jieba in search mode, which adds the shorter words inside a long one, and
//! without its hidden Markov model: on folded text the model invents different
//! words in question and article (0.3 to 0.9 points of nDCG@10 lost).
//!
//! The project dictionary holds a company's own words: product names, terms of
//! the trade.

use std::sync::{Arc, LazyLock};

use jieba_rs::Jieba;

/// Loading the dictionary takes a good part of a second, so it is shared.
static DEFAULT: LazyLock<Arc<Jieba>> = LazyLock::new(|| Arc::new(Jieba::new()));

/// Splits runs of folded Han characters into words.
pub(super) struct Segmenter {
    jieba: Arc<Jieba>,
}

impl Segmenter {
    /// Knows the words of the built-in dictionary and these, already folded.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut words = words.filter(|word| !word.is_empty()).peekable();
        if words.peek().is_none() {
            return Self { jieba: Arc::clone(&DEFAULT) };
        }
        let mut jieba = (**DEFAULT).clone();
        for word in words {
            jieba.add_word(word, None, None);
        }
        Self { jieba: Arc::new(jieba) }
    }

    /// Calls `word` with the range in characters of every word of `run`, the
    /// long ones and those inside them.
    pub(super) fn split(&self, run: &str, mut word: impl FnMut(std::ops::Range<usize>)) {
        for token in self.jieba.cut_for_search(run, false) {
            word(token.start..token.end);
        }
    }
}
