//! What BM25 needs to know of the whole index.
//!
//! Counted over the live passages alone, in a way that does not depend on how
//! they are spread over segments: an index that was updated scores exactly as
//! one that was built anew. (tantivy's own statistics count deleted documents
//! until a merge drops them.)

use tantivy::fieldnorm::FieldNormReader;

use super::segment::NO_LANGUAGE;
use super::{Segment, View};

/// Number of passages and their average lengths.
pub(crate) struct Statistics {
    /// Live passages, by the number of their language.
    by_language: [u32; NO_LANGUAGE as usize],
    /// Terms that a passage has on average, by view.
    average_lengths: [f32; View::ALL.len()],
}

impl Statistics {
    pub(super) fn read(segments: &[Segment]) -> Self {
        let mut by_language = [0; NO_LANGUAGE as usize];
        for language in segments.iter().flat_map(|segment| &segment.language_of) {
            if let Some(count) = by_language.get_mut(usize::from(*language)) {
                *count += 1;
            }
        }
        let passages: u32 = by_language.iter().sum();
        let average = |view| {
            let total: u64 = segments.iter().map(|segment| total_length(segment, view)).sum();
            total as f32 / (passages as f32).max(1.0)
        };
        Self { by_language, average_lengths: View::ALL.map(average) }
    }

    /// Returns the number of live passages.
    pub(crate) fn passages(&self) -> u32 {
        self.by_language.iter().sum()
    }

    /// Returns the number of live passages in a language.
    pub(crate) fn passages_in(&self, language: u8) -> u32 {
        self.by_language[usize::from(language)]
    }

    /// Returns the average number of terms that a passage has in `view`.
    pub(crate) fn average_length(&self, view: View) -> f32 {
        self.average_lengths[view as usize]
    }
}

/// Sums the lengths of live passages, as coarse as the index keeps them.
fn total_length(segment: &Segment, view: View) -> u64 {
    let lengths = &segment.view(view).lengths;
    (segment.language_of.iter().zip(0..))
        .filter(|(language, _)| **language != NO_LANGUAGE)
        .map(|(_, doc)| u64::from(FieldNormReader::id_to_fieldnorm(lengths.fieldnorm_id(doc))))
        .sum()
}
