//! Chinese as spelled with Latin letters: `tuihuo` for 退货, or only the first
//! letter of each character, `thlc` for 退货流程.
//!
//! A character with several readings is spelled by any of them. Tones are never
//! typed, and ü is typed as `v` or `u`.
//!
//! Pinyin is for completion and for queries that find little as typed. It is in no
//! index: as a term it would find every homophone.

use std::sync::LazyLock;

use pinyin::{Pinyin, ToPinyinMulti};
use rustc_hash::FxHashSet;

/// The common Han characters.
const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// The readings of each of [`HAN`].
static READINGS: LazyLock<Vec<Box<[&'static str]>>> = LazyLock::new(|| HAN.map(look_up).collect());

/// Every syllable that some character is read as.
static SYLLABLES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| READINGS.iter().flat_map(|readings| readings.iter().copied()).collect());

/// Most readings of a word that are told apart; few words have more than one.
const MAX_SPELLINGS: usize = 8;

/// Returns how `c` is read, the most common way first; nothing unless it is a common
/// Han character.
pub(crate) fn readings(c: char) -> &'static [&'static str] {
    match HAN.contains(&c) {
        true => &READINGS[c as usize - *HAN.start() as usize],
        false => &[],
    }
}

fn look_up(c: char) -> Box<[&'static str]> {
    let mut readings: Vec<&'static str> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten().map(Pinyin::plain) {
        for typed in without_umlaut(reading) {
            if !readings.contains(&typed) {
                readings.push(typed);
            }
        }
    }
    readings.into()
}

/// Returns the ways in which a syllable is typed.
fn without_umlaut(syllable: &'static str) -> [&'static str; 2] {
    match syllable {
        "lü" => ["lv", "lu"],
        "lüe" => ["lve", "lue"],
        "nü" => ["nv", "nu"],
        "nüe" => ["nve", "nue"],
        _ => [syllable, syllable],
    }
}

/// Returns the ways in which a word of Han characters is spelled; none if it has
/// any other character.
pub(crate) fn spellings(word: &[char]) -> Vec<String> {
    let mut spellings = vec![String::new()];
    for c in word {
        let readings = readings(*c);
        let longer =
            spellings.iter().flat_map(|start| readings.iter().map(move |end| format!("{start}{end}")));
        spellings = longer.take(MAX_SPELLINGS).collect();
    }
    spellings
}

/// Returns the first letters of the readings of `c`.
pub(crate) fn initials(c: char) -> Vec<u8> {
    let mut initials: Vec<u8> = readings(c).iter().filter_map(|reading| reading.bytes().next()).collect();
    initials.sort_unstable();
    initials.dedup();
    initials
}

/// Returns the letters with which the second character may start if `letters` spell
/// more than one; `None` among them if they may spell only one.
pub(crate) fn second_initials(letters: &str) -> Vec<Option<u8>> {
    let starts_syllable = |letter: &u8| !matches!(letter, b'i' | b'u' | b'v');
    let syllable_starts = |length: usize| {
        length == 1
            || matches!(&letters[..length], "zh" | "ch" | "sh")
            || SYLLABLES.contains(&letters[..length])
    };
    let longest = letters.len().min(6);
    let mut found: Vec<Option<u8>> = (1..=longest)
        .filter(|length| syllable_starts(*length))
        .map(|length| letters.as_bytes().get(length).copied())
        .filter(|letter| letter.as_ref().is_none_or(starts_syllable))
        .collect();
    if SYLLABLES.iter().any(|syllable| syllable.starts_with(letters)) {
        found.push(None);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How letters may spell a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// By a whole reading.
    Whole,
    /// By the start of a reading: its first letter, or `zh`, `ch`, `sh`.
    Initials,
    /// By either, and the last reading may be unfinished: while somebody is typing.
    Typing,
}

/// Returns how many of `chars`, from the first, `letters` spell; nothing if they
/// spell anything else. Other characters than Han spell themselves.
pub(crate) fn spelled(letters: &str, chars: &[char], style: Style) -> Option<usize> {
    if letters.is_empty() {
        return Some(0);
    }
    let (first, rest) = chars.split_first()?;
    let readings = readings(*first);
    if readings.is_empty() {
        let left = letters.strip_prefix(*first)?;
        return spelled(left, rest, style).map(|count| count + 1);
    }
    let after = |start: &str| letters.strip_prefix(start).and_then(|left| spelled(left, rest, style));
    let by_reading = |reading: &&str| {
        let whole = || after(reading).filter(|_| style != Style::Initials);
        let initial = || start_of(reading).into_iter().find_map(after).filter(|_| style != Style::Whole);
        let unfinished = || (style == Style::Typing && reading.starts_with(letters)).then_some(0);
        whole().or_else(initial).or_else(unfinished)
    };
    readings.iter().find_map(by_reading).map(|count| count + 1)
}

/// Returns the starts of a reading that stand for all of it.
fn start_of(reading: &str) -> impl Iterator<Item = &str> {
    let two = matches!(reading.get(..2), Some("zh" | "ch" | "sh")).then(|| &reading[..2]);
    two.into_iter().chain([&reading[..1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(letters: &str, text: &str, style: Style) -> Option<usize> {
        spelled(letters, &text.chars().collect::<Vec<_>>(), style)
    }

    #[test]
    fn whole_readings_and_first_letters_spell() {
        assert_eq!(count("tuihuo", "退货流程", Style::Whole), Some(2));
        assert_eq!(count("thlc", "退货流程", Style::Initials), Some(4));
        assert_eq!(count("tuih", "退货流程", Style::Whole), None);
        assert_eq!(count("tuih", "退货流程", Style::Typing), Some(2));
        assert_eq!(count("tuihlc", "退货流程", Style::Typing), Some(4));
        assert_eq!(count("zhsf", "中式饭", Style::Initials), Some(3));
        assert_eq!(count("huan", "退货", Style::Typing), None);
    }

    #[test]
    fn any_reading_spells() {
        assert_eq!(spellings(&['重', '置'])[..2], ["zhongzhi", "chongzhi"]);
        assert_eq!(count("chongzhi", "重置密码", Style::Whole), Some(2));
        assert_eq!(count("lvse", "绿色", Style::Whole), Some(2));
        assert_eq!(count("iphonechongdian", "iphone充电", Style::Whole), Some(8));
    }

    #[test]
    fn the_second_character_starts_where_a_syllable_may_end() {
        assert_eq!(second_initials("thlc"), [Some(b'h')]);
        assert_eq!(second_initials("tuihuo"), [Some(b'h')]);
        assert_eq!(second_initials("tui"), [None]);
        assert_eq!(second_initials("xian"), [None, Some(b'a'), Some(b'n')]);
    }
}
