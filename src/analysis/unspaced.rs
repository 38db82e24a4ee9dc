//! Words of scripts that are written without spaces and are not Chinese:
//! Japanese, Thai, Lao, Khmer, Burmese.
//!
//! By ICU's dictionaries, which are compiled in.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

pub(super) struct Segmenter {
    icu: WordSegmenterBorrowed<'static>,
}

impl Segmenter {
    pub(super) fn new() -> Self {
        Self { icu: WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()) }
    }

    /// Calls `word` with the range in characters of every word of `run`.
    pub(super) fn split(&self, run: &str, mut word: impl FnMut(std::ops::Range<usize>)) {
        let (mut start_byte, mut start) = (0, 0);
        for end_byte in self.icu.segment_str(run).filter(|end| *end > 0) {
            let end = start + run[start_byte..end_byte].chars().count();
            word(start..end);
            (start_byte, start) = (end_byte, end);
        }
    }
}
