//! Cuts a text into runs of one kind of script.
//!
//! What lies between runs (spaces, punctuation, symbols) is in no term.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::latin;
use super::normalize::{is_han, is_mark};
use crate::locale::Locale;

/// How the words of a run are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// Han characters, read as Chinese.
    Han,
    /// Kana, and Han characters read as Japanese.
    Japanese,
    /// Hangul syllables.
    Hangul,
    /// Thai, Lao, Khmer or Burmese.
    SoutheastAsian,
    /// Latin letters and digits with at least one digit.
    Code,
    /// One word of a script that puts spaces between words.
    Spaced,
}

impl Script {
    /// Returns whether words are found by the characters they are made of.
    pub(crate) fn is_east_asian(self) -> bool {
        matches!(self, Self::Han | Self::Japanese | Self::Hangul)
    }
}

/// Characters of one kind in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) script: Script,
    /// Range of characters in the normalized text; never empty.
    pub(crate) chars: Range<usize>,
}

/// What a character is, before its neighbours are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Kana,
    Hangul,
    SoutheastAsian,
    Letter,
    Mark,
    Other,
}

/// Returns the runs of `text` in order; Han characters are read as Japanese in
/// a Japanese text, and beside kana wherever the text is not Chinese.
pub(crate) fn runs(text: &[char], locale: &Locale) -> Vec<Run> {
    let mut runs = Vec::with_capacity(text.len() / 4 + 1);
    let mut at = 0;
    while at < text.len() {
        at = match kind(text[at]) {
            Kind::Other | Kind::Mark => at + 1,
            Kind::Han | Kind::Kana => east_asian(text, at, locale, &mut runs),
            Kind::Hangul => same(text, at, Kind::Hangul, Script::Hangul, &mut runs),
            Kind::SoutheastAsian => same(text, at, Kind::SoutheastAsian, Script::SoutheastAsian, &mut runs),
            Kind::Letter => letters(text, at, locale, &mut runs),
        };
    }
    runs
}

/// Returns whether words in the script of `c` are written without spaces
/// between them, or, as in Korean, are found by their syllables.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(kind(c), Kind::Han | Kind::Kana | Kind::Hangul | Kind::SoutheastAsian)
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Kind::Letter,
        '\0'..='\u{7f}' => Kind::Other,
        _ if is_han(c) => Kind::Han,
        // Letters of Latin, Greek, Cyrillic, Arabic and Devanagari, then punctuation:
        // all common, and slow to look up.
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{391}'..='\u{3a1}' => {
            Kind::Letter
        }
        '\u{3a3}'..='\u{3ce}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => Kind::Letter,
        '\u{620}'..='\u{64a}' | '\u{904}'..='\u{939}' => Kind::Letter,
        '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Kind::Other,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' => {
            Kind::Kana
        }
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => Kind::Hangul,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e81}'..='\u{ecd}' => Kind::SoutheastAsian,
        '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' => Kind::SoutheastAsian,
        _ if is_mark(c) => Kind::Mark,
        _ if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Other,
    }
}

fn end_while(text: &[char], start: usize, inside: impl Fn(Kind) -> bool) -> usize {
    text[start..].iter().position(|c| !inside(kind(*c))).map_or(text.len(), |length| start + length)
}

fn same(text: &[char], start: usize, wanted: Kind, script: Script, runs: &mut Vec<Run>) -> usize {
    let end = end_while(text, start, |kind| kind == wanted || kind == Kind::Mark);
    runs.push(Run { script, chars: start..end });
    end
}

fn east_asian(text: &[char], start: usize, locale: &Locale, runs: &mut Vec<Run>) -> usize {
    let end = end_while(text, start, |kind| matches!(kind, Kind::Han | Kind::Kana | Kind::Mark));
    let kana = || text[start..end].iter().any(|c| kind(*c) == Kind::Kana);
    match locale.language() {
        "ja" => runs.push(Run { script: Script::Japanese, chars: start..end }),
        "zh" => han_and_kana(text, start..end, runs),
        _ if kana() => runs.push(Run { script: Script::Japanese, chars: start..end }),
        _ => runs.push(Run { script: Script::Han, chars: start..end }),
    }
    end
}

/// Splits a run in a Chinese text, where kana are a foreign word.
fn han_and_kana(text: &[char], run: Range<usize>, runs: &mut Vec<Run>) {
    let mut at = run.start;
    while at < run.end {
        let han = kind(text[at]) == Kind::Han;
        let end = end_while(&text[..run.end], at + 1, |kind| (kind == Kind::Han) == han);
        let script = if han { Script::Han } else { Script::Japanese };
        runs.push(Run { script, chars: at..end });
        at = end;
    }
}

fn letters(text: &[char], start: usize, locale: &Locale, runs: &mut Vec<Run>) -> usize {
    if let Some(end) = latin::code_end(text, start) {
        runs.push(Run { script: Script::Code, chars: start..end });
        return end;
    }
    let end = end_while_joined(text, start);
    if text[start..end].iter().all(char::is_ascii_alphanumeric) {
        runs.push(Run { script: Script::Spaced, chars: start..end });
        return end;
    }
    let run: String = text[start..end].iter().collect();
    let mut at = start;
    for piece in run.split_word_bounds() {
        at = words(piece, at, locale, runs);
    }
    end
}

/// Letters, marks and the apostrophes and points inside words.
fn end_while_joined(text: &[char], start: usize) -> usize {
    let letter = |at: usize| text.get(at).is_some_and(|c| matches!(kind(*c), Kind::Letter | Kind::Mark));
    let mut end = start;
    while letter(end)
        || (end > start && matches!(text.get(end), Some('\'' | '.' | '·' | '\u{200c}')) && letter(end + 1))
    {
        end += 1;
    }
    end
}

/// Adds the words in one piece between word boundaries; returns where it ends.
fn words(piece: &str, start: usize, locale: &Locale, runs: &mut Vec<Run>) -> usize {
    let mut at = start;
    for part in piece.split_inclusive(|c: char| c == '\'' && latin::elides(locale)) {
        let length = part.chars().count();
        let letters = part.chars().filter(|c| *c != '\'' || !latin::elides(locale)).count();
        if part.chars().any(char::is_alphanumeric) {
            runs.push(Run { script: Script::Spaced, chars: at..at + letters });
        }
        at += length;
    }
    at
}
