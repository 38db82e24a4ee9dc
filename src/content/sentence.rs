//! Where sentences end: the smallest parts of running text that are quoted.
//!
//! Boundaries are those of Unicode (UAX #29), which know full stops, question marks and
//! closing quotation marks of all scripts, but not abbreviations: a full stop after
//! `Dr`, `approx` or a single letter ends nothing. Scripts that write no full stop
//! (Thai, Lao, Khmer, Burmese) put a space between clauses; there a long text is cut
//! at spaces.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A text without full stops is cut when it is longer than so many characters.
const LONG: usize = 120;

/// Returns the sentences of a text, without the whitespace around them.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, sentence) in text.split_sentence_bound_indices() {
        let end = at + sentence.len();
        if end < text.len() && !ends_here(&text[start..end]) {
            continue;
        }
        cut_clauses(text, start..end, &mut sentences);
        start = end;
    }
    sentences
}

/// Returns whether a sentence may end with `text`: not after an abbreviation.
fn ends_here(text: &str) -> bool {
    let Some(text) = text.trim_end().strip_suffix('.') else { return true };
    let word = text.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let is_dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() < 2);
    !is_initial && !is_dotted && !ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Words that are written with a full stop before names, numbers and examples.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "prof", "st", "sr", "sra", "srta", "jr", "no", "nr", "núm", "vs", "approx", "ca", "cf",
    "art", "fig", "p", "pp", "vol", "bzw", "usw", "z.b", "inkl", "zzgl", "ggf", "evtl", "tel", "e.g", "i.e", "etc.)",
    "м", "г", "ул", "руб", "тыс", "стр",
];

/// Adds a sentence, in clauses if it is long and in a script that writes no full stop.
fn cut_clauses(text: &str, sentence: Range<usize>, out: &mut Vec<Range<usize>>) {
    let whole = &text[sentence.clone()];
    let is_unmarked =
        |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    if !whole.contains(is_unmarked) || whole.chars().count() <= LONG {
        return push_trimmed(text, sentence, out);
    }
    let mut start = sentence.start;
    for (at, _) in whole.match_indices(' ') {
        let at = sentence.start + at;
        if text[start..at].chars().count() >= LONG / 2 {
            push_trimmed(text, start..at, out);
            start = at;
        }
    }
    push_trimmed(text, start..sentence.end, out);
}

fn push_trimmed(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let whole = &text[range.clone()];
    let start = range.start + (whole.len() - whole.trim_start().len());
    let end = start + whole.trim().len();
    if start < end {
        out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_at_the_marks_of_their_script() {
        assert_eq!(
            split("签收后七天内可退。运费谁出？看情况！"),
            ["签收后七天内可退。", "运费谁出？", "看情况！"]
        );
        assert_eq!(split("他说：「可以。」然后走了。"), ["他说：「可以。」", "然后走了。"]);
        assert_eq!(split("Wait 3.5 days. Then call us."), ["Wait 3.5 days.", "Then call us."]);
        assert_eq!(split("¿Cuánto tarda? Cinco días."), ["¿Cuánto tarda?", "Cinco días."]);
        assert_eq!(split("هل يمكن؟ نعم."), ["هل يمكن؟", "نعم."]);
        assert_eq!(split("  "), [""; 0]);
    }

    #[test]
    fn abbreviations_end_nothing() {
        assert_eq!(split("Ask Dr. Li. He knows."), ["Ask Dr. Li.", "He knows."]);
        assert_eq!(split("J. R. Smith wrote it. Good."), ["J. R. Smith wrote it.", "Good."]);
        assert_eq!(split("The U.S. Army came. It left."), ["The U.S. Army came.", "It left."]);
    }

    #[test]
    fn long_thai_is_cut_at_spaces() {
        let text = "การส่งสินค้าใช้เวลาประมาณห้าถึงเจ็ดวันทำการหลังจากที่เราได้รับการชำระเงิน ".repeat(3);
        assert_eq!(split(&text).len(), 3);
        assert_eq!(split("ส่งฟรี ทุกวัน").len(), 1);
    }
}
