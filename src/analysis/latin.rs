//! Words of scripts that put spaces between them: stems, bare letters, and the
//! parts of codes.
//!
//! Words come from Unicode word boundaries, then the stemmer of the locale. A
//! chunk with a digit in it (`NOR.0707-60`, `E1001`, `iPhone15Pro`) is a code:
//! people spell codes with any separator or none, so its parts are terms and so
//! is the whole without separators.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::normalize::is_mark;
use crate::locale::Locale;

/// Returns the stemmer for words in an article or query of `locale`.
///
/// Languages without one, and those in another script, get English: the Latin
/// words in a Chinese article are mostly English.
pub(super) fn stemmer(locale: &Locale) -> Option<Stemmer> {
    let algorithm = match locale.language() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "no" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "en" | "zh" | "ja" | "ko" | "th" | "lo" | "km" | "my" => Algorithm::English,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

/// Removes accents from Latin letters, so that `devolucion` meets `devolución`,
/// and tells Arabic letters no further apart than writers do.
///
/// Only for these: in Vietnamese, Hindi or Thai a mark makes another word.
pub(super) fn without_accents<'a>(word: &'a str, locale: &Locale) -> Cow<'a, str> {
    let has_accents = |c: char| {
        matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && locale.language() != "vi"
            || bare_letter(c) != c
    };
    if !word.contains(has_accents) {
        return Cow::Borrowed(word);
    }
    let bare = word.chars().map(bare_letter).collect::<String>();
    Cow::Owned(bare.nfd().filter(|c| !is_mark(*c)).collect::<String>().replace('ß', "ss"))
}

/// Returns a Latin letter without its accents, and an Arabic one without what is
/// often left out; any other character as it is.
pub(super) fn bare(c: char) -> char {
    match c {
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => c.nfd().next().unwrap_or(c),
        _ => bare_letter(c),
    }
}

/// Returns an Arabic letter without hamza and the dots of final letters, which are
/// often left out; any other letter as it is.
pub(crate) fn bare_letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        _ => c,
    }
}

/// Returns whether words are joined to a short article by an apostrophe (`l'avion`).
pub(super) fn elides(locale: &Locale) -> bool {
    matches!(locale.language(), "fr" | "it" | "ca")
}

/// Returns the end of the chunk that starts at `start` if it is a code: letters
/// and digits, at least one digit, with single separators inside.
pub(super) fn code_end(chars: &[char], start: usize) -> Option<usize> {
    let mut end = start;
    let mut has_digit = false;
    while let Some(&c) = chars.get(end) {
        let continues = is_code_char(c)
            || (is_separator(c)
                && end > start
                && chars.get(end + 1).copied().is_some_and(is_code_char)
                && is_code_char(chars[end - 1]));
        if !continues {
            break;
        }
        has_digit |= c.is_ascii_digit();
        end += 1;
    }
    has_digit.then_some(end)
}

/// Returns the parts of a code as ranges of `chars`: runs of letters or of
/// digits; a point between digits (`2.3.1`) does not part them.
pub(super) fn code_parts(chars: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        let inside_number = c == '.'
            && at > 0
            && chars[at - 1].is_ascii_digit()
            && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if !is_code_char(c) && !inside_number {
            continue;
        }
        match parts.last_mut() {
            Some(part) if part.end == at && (inside_number || joins(chars[at - 1], c)) => part.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    parts
}

/// Returns what stands between the separators of a code, as ranges of `chars`, where
/// that is neither all of it nor one part: `v8` in `sb-v8`.
pub(super) fn code_chunks(chars: &[char]) -> Vec<std::ops::Range<usize>> {
    let parts = code_parts(chars);
    let mut chunks: Vec<std::ops::Range<usize>> = Vec::new();
    for part in &parts {
        match chunks.last_mut() {
            Some(chunk) if chunk.end == part.start => chunk.end = part.end,
            _ => chunks.push(part.clone()),
        }
    }
    chunks.retain(|chunk| chunk.len() < chars.len() && !parts.contains(chunk));
    chunks
}

fn joins(before: char, c: char) -> bool {
    before == '.' || before.is_ascii_digit() == c.is_ascii_digit()
}

/// Latin letters and digits; other scripts do not write product codes.
fn is_code_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '.' | '_' | '/' | '+' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(code: &str) -> Vec<String> {
        let chars: Vec<char> = code.chars().collect();
        assert_eq!(code_end(&chars, 0), Some(chars.len()), "{code} is one code");
        code_parts(&chars).into_iter().map(|part| chars[part].iter().collect()).collect()
    }

    #[test]
    fn codes_fall_into_letters_and_numbers() {
        assert_eq!(parts("nor.0707-60"), ["nor", "0707", "60"]);
        assert_eq!(parts("iphone15pro"), ["iphone", "15", "pro"]);
        assert_eq!(parts("v2.3.1"), ["v", "2.3.1"]);
        assert_eq!(parts("1.5"), ["1.5"]);
        assert_eq!(parts("sb-v8"), ["sb", "v", "8"]);
        let chunks = |code: &str| code_chunks(&code.chars().collect::<Vec<_>>());
        assert_eq!(chunks("sb-v8"), std::slice::from_ref(&(3..5)));
        assert!(chunks("e1001").is_empty());
    }

    #[test]
    fn words_are_not_codes() {
        for text in ["return", "e-mail", "-"] {
            assert_eq!(code_end(&text.chars().collect::<Vec<_>>(), 0), None);
        }
    }
}
