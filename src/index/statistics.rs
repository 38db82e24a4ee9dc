//! What BM25 needs to know of the whole index.
//!
//! Counted over the live passages alone, in a way that does not depend on how
//! they are spread over segments: an index that was updated scores exactly as
//! one that was built anew. (tantivy's own statistics count deleted documents
//! until a merge drops them.)

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

use super::{Fields, NO_ARTICLE, Segment};

/// Number of passages and their average lengths.
pub(crate) struct Statistics {
    /// Live passages.
    pub(crate) passages: u32,
    words: f32,
    grams: f32,
    chars: f32,
    title: f32,
    fields: Fields,
}

impl Statistics {
    pub(super) fn read(segments: &[Segment], fields: &Fields) -> tantivy::Result<Self> {
        let passages: u32 = segments.iter().map(live_passages).sum();
        let average = |field| -> tantivy::Result<f32> {
            let mut total = 0;
            for segment in segments {
                total += total_length(segment, field)?;
            }
            Ok(total as f32 / (passages as f32).max(1.0))
        };
        Ok(Self {
            passages,
            words: average(fields.words)?,
            grams: average(fields.grams)?,
            chars: average(fields.chars)?,
            title: average(fields.title)?,
            fields: *fields,
        })
    }

    /// Returns the average number of terms that a passage has in `field`.
    pub(crate) fn average_length(&self, field: Field) -> f32 {
        match field {
            _ if field == self.fields.words => self.words,
            _ if field == self.fields.grams => self.grams,
            _ if field == self.fields.chars => self.chars,
            _ => self.title,
        }
    }
}

fn live_passages(segment: &Segment) -> u32 {
    segment.article_of.iter().filter(|article| **article != NO_ARTICLE).count() as u32
}

/// Sums the lengths of live passages, as coarse as the index keeps them.
fn total_length(segment: &Segment, field: Field) -> tantivy::Result<u64> {
    let Some(norms) = segment.reader.fieldnorms_readers().get_field(field)? else {
        return Ok(0);
    };
    Ok((segment.article_of.iter().zip(0..))
        .filter(|(article, _)| **article != NO_ARTICLE)
        .map(|(_, doc)| u64::from(FieldNormReader::id_to_fieldnorm(norms.fieldnorm_id(doc))))
        .sum())
}
