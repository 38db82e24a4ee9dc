//! Chinese as spelled with Latin letters: `tuihuo` for 退货, or only the first
//! letter of each character, `thlc` for 退货流程.
//!
//! A character with several readings is spelled by any of them. Tones are never
//! typed, and ü is typed as `v` or `u`.
//!
//! Pinyin is for completion and for queries that find little as typed. It is in no
//! index: as a term it would find every homophone.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use pinyin::{Pinyin, ToPinyinMulti};

/// The common Han characters.
const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// The readings of each of [`HAN`].
static READINGS: LazyLock<Vec<Box<[&'static str]>>> = LazyLock::new(|| HAN.map(look_up).collect());

/// Every syllable that some character is read as, sorted.
static SYLLABLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut syllables: Vec<&str> = READINGS.iter().flat_map(|readings| readings.iter().copied()).collect();
    syllables.sort_unstable();
    syllables.dedup();
    syllables
});

/// `zhuang` and others.
const LONGEST_SYLLABLE: usize = 6;

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

/// How two characters start in pinyin: the number of a syllable, and the first letter
/// of the next character; zero if there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Start {
    syllable: u16,
    next: u8,
}

impl Start {
    /// Returns a number in the order of starts.
    pub(crate) fn key(self) -> u64 {
        u64::from(self.syllable) << 8 | u64::from(self.next)
    }
}

/// Returns the starts of `chars`, one for each way to read the first two; none unless
/// the first is a Han character.
pub(crate) fn starts(chars: &[char]) -> Vec<Start> {
    let Some((first, rest)) = chars.split_first() else { return Vec::new() };
    let mut next: Vec<u8> = match rest.first() {
        Some(c) if readings(*c).is_empty() => vec![u8::try_from(*c).unwrap_or_default()],
        Some(c) => readings(*c).iter().map(|reading| reading.as_bytes()[0]).collect(),
        None => vec![0],
    };
    next.sort_unstable();
    next.dedup();
    let syllables = readings(*first).iter().filter_map(|reading| SYLLABLES.binary_search(reading).ok());
    syllables
        .flat_map(|syllable| next.iter().map(move |next| Start { syllable: syllable as u16, next: *next }))
        .collect()
}

/// Starts that letters may spell.
#[derive(Debug)]
pub(crate) struct Possible {
    pub(crate) starts: RangeInclusive<Start>,
    /// Whether they do, and spell one character only.
    pub(crate) is_certain: bool,
}

/// Returns the starts that `letters`, not empty, may spell: few more than they do.
/// None is in two ranges.
pub(crate) fn possible_starts(letters: &str) -> Vec<Possible> {
    let mut possible: Vec<Possible> = Vec::new();
    let mut add =
        |from: Start, to: Start, is_certain| possible.push(Possible { starts: from..=to, is_certain });
    let longest = letters.len().min(LONGEST_SYLLABLE);
    for length in 1..=longest {
        let (first, next) = (&letters[..length], letters.as_bytes().get(length).copied());
        let stands_for_syllable = length == 1 || matches!(first, "zh" | "ch" | "sh");
        for syllable in syllables_starting_with(first) {
            let is_whole = SYLLABLES[syllable].len() == length;
            let syllable = syllable as u16;
            match next {
                // The letters end here, whether the syllable does or not.
                None => add(Start { syllable, next: 0 }, Start { syllable, next: u8::MAX }, true),
                Some(next) if is_whole || stands_for_syllable => {
                    add(Start { syllable, next }, Start { syllable, next }, false);
                }
                Some(_) => {}
            }
        }
    }
    // A certain one holds all others of its syllable.
    possible.sort_by_key(|possible| {
        (possible.starts.start().syllable, !possible.is_certain, *possible.starts.start())
    });
    possible.dedup_by(|next, kept| kept.starts.contains(next.starts.start()));
    possible
}

fn syllables_starting_with(letters: &str) -> std::ops::Range<usize> {
    let first = SYLLABLES.partition_point(|syllable| *syllable < letters);
    let count = SYLLABLES[first..].partition_point(|syllable| syllable.starts_with(letters));
    first..first + count
}

/// Cuts letters into whole syllables, longer ones first where there is a choice; nothing if they
/// spell anything else.
pub(crate) fn syllables(letters: &str) -> Option<Vec<&'static str>> {
    // What can be cut from each place on, and with which syllable first; from the end.
    let mut first: Vec<Option<&'static str>> = vec![None; letters.len()];
    for at in (0..letters.len()).rev() {
        first[at] = (1..=LONGEST_SYLLABLE.min(letters.len() - at)).rev().find_map(|length| {
            let found = SYLLABLES.binary_search(&letters.get(at..at + length)?).ok()?;
            let rest = at + length;
            (rest == letters.len() || first[rest].is_some()).then_some(SYLLABLES[found])
        });
    }
    let mut syllables = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let syllable = first[at]?;
        syllables.push(syllable);
        at += syllable.len();
    }
    Some(syllables)
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
    fn whatever_letters_spell_is_among_their_possible_starts() {
        for (letters, text) in [
            ("thlc", "退货流程"),
            ("tuihuo", "退货"),
            ("tuih", "退货"),
            ("tu", "退货"),
            ("zh", "重置"),
            ("czmm", "重置密码"),
            ("chzh", "重置"),
            ("xian", "西安"),
            ("xian", "先"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let possible = possible_starts(letters);
            let is_possible = starts(&chars)
                .iter()
                .any(|start| possible.iter().any(|possible| possible.starts.contains(start)));
            assert!(is_possible, "{letters} {text}");
            assert!(spelled(letters, &chars, Style::Typing).is_some(), "{letters} {text}");
        }
    }
}
