//! Titles and stored questions of a segment, by how they and their words start:
//! what completion and pinyin look through.
//!
//! Positions in the texts are sorted by the characters that follow, so that all
//! texts with a word that starts like a query lie next to each other; the same is
//! done with the pinyin of two characters. Made when first
//! asked for and kept as long as the segment is.

use std::ops::Range;

use super::Card;
use crate::analysis::pinyin::{self, Style};
use crate::analysis::{Analyzer, Letters};

/// Sorted positions in texts.
#[derive(Default)]
pub(crate) struct Wordings {
    /// Titles before questions, the short before the long.
    wordings: Vec<Wording>,
    starts: Vec<Start>,
    pinyin: Vec<Start>,
}

/// One title or question.
pub(crate) struct Wording {
    /// Position of its article among those of the segment.
    pub(crate) article: u32,
    /// Position in the questions of its article; nothing for the title.
    pub(crate) question: Option<u16>,
    /// Its letters and digits, folded; see [`Analyzer::letters`].
    chars: Box<[char]>,
}

impl Wording {
    /// Returns the number of its letters and digits.
    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }
}

/// Where something starts in a wording.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Start {
    /// What is there, so far as it fits in a number.
    key: u64,
    wording: u32,
    at: u16,
}

/// A wording with something that a query spells.
pub(crate) struct Match<'a> {
    pub(crate) wording: &'a Wording,
    /// Which of its letters and digits.
    pub(crate) chars: Range<usize>,
}

impl Match<'_> {
    /// Returns the characters that are spelled, folded.
    pub(crate) fn text(&self) -> String {
        self.wording.chars[self.chars.clone()].iter().collect()
    }
}

impl Wordings {
    /// Takes in the titles and questions of articles.
    pub(super) fn new<'a>(cards: impl Iterator<Item = &'a Card>, analyzer: &Analyzer) -> Self {
        let mut all = Vec::new();
        for (article, card) in (0..).zip(cards) {
            let questions = card.questions.iter().zip(0..).map(|(question, at)| (Some(at), &question.text));
            for (question, text) in std::iter::once((None, &card.title)).chain(questions) {
                let Letters { chars, starts, .. } = analyzer.letters(text, &card.locale);
                all.push((Wording { article, question, chars: chars.into() }, starts));
            }
        }
        all.sort_by_key(|(wording, _)| (wording.question.is_some(), wording.len()));
        let mut wordings = Self::default();
        for (wording, starts) in all {
            wordings.add(wording, &starts);
        }
        wordings.starts.sort_unstable();
        wordings.pinyin.sort_unstable();
        wordings
    }

    fn add(&mut self, wording: Wording, starts: &[usize]) {
        let number = self.wordings.len() as u32;
        for at in starts.iter().copied().filter(|at| *at <= usize::from(u16::MAX)) {
            let start = |key| Start { key, wording: number, at: at as u16 };
            let chars = &wording.chars[at..];
            self.starts.push(start(text_key(chars)));
            self.pinyin.extend(pinyin::starts(chars).into_iter().map(|found| start(found.key())));
        }
        self.wordings.push(wording);
    }

    /// Calls `found` with places where a word, or a character of scripts without spaces,
    /// starts with `typed`: letters and digits, folded. Where very many start alike it
    /// is the titles and the short texts among them.
    pub(crate) fn starting_with<'a>(&'a self, typed: &[char], mut found: impl FnMut(Match<'a>)) {
        let (low, high) = (text_key(typed), text_key(typed) | mask_after(typed.len()));
        for start in within(&self.starts, low, high, most_alike(typed.len())) {
            let (wording, at) = (&self.wordings[start.wording as usize], usize::from(start.at));
            if typed.len() <= KEY_CHARS || wording.chars[at..].starts_with(typed) {
                found(Match { wording, chars: at..at + typed.len() });
            }
        }
    }

    /// Calls `found` with places that `letters`, lower case, spell in pinyin; of very
    /// many the titles and the short texts.
    pub(crate) fn spelled<'a>(&'a self, letters: &str, style: Style, mut found: impl FnMut(Match<'a>)) {
        if letters.is_empty() {
            return;
        }
        for possible in pinyin::possible_starts(letters) {
            let (low, high) = (possible.starts.start().key(), possible.starts.end().key());
            for start in within(&self.pinyin, low, high, most_alike(letters.len())) {
                let (wording, at) = (&self.wordings[start.wording as usize], usize::from(start.at));
                let is_certain = possible.is_certain && style == Style::Typing;
                let count =
                    if is_certain { Some(1) } else { pinyin::spelled(letters, &wording.chars[at..], style) };
                if let Some(count) = count {
                    found(Match { wording, chars: at..at + count });
                }
            }
        }
    }
}

/// Characters that a key holds.
const KEY_CHARS: usize = 3;

/// Bits of a character in a key.
const CHAR_BITS: usize = 21;

fn text_key(chars: &[char]) -> u64 {
    let chars = chars.iter().map(|c| u64::from(*c)).chain(std::iter::repeat(0));
    chars.take(KEY_CHARS).fold(0, |key, c| key << CHAR_BITS | c)
}

/// Returns the bits of a key that come after so many characters.
fn mask_after(chars: usize) -> u64 {
    (1 << (CHAR_BITS * KEY_CHARS.saturating_sub(chars))) - 1
}

/// Returns how many texts with the same key are looked at. Few characters are the start
/// of very many texts, and who typed one of them goes on typing; all of a hundred
/// thousand take too long meanwhile.
fn most_alike(typed: usize) -> usize {
    match typed {
        1 => 50,
        2 => 200,
        _ => 1_000,
    }
}

/// Returns the starts between two keys, the first `most` of each.
fn within(starts: &[Start], low: u64, high: u64, most: usize) -> impl Iterator<Item = &Start> {
    let from = starts.partition_point(|start| start.key < low);
    let to = starts.partition_point(|start| start.key <= high);
    let (mut key, mut alike) = (0, 0);
    starts[from..to].iter().filter(move |start| {
        alike = if start.key == key { alike + 1 } else { 0 };
        key = start.key;
        alike < most
    })
}
