//! The part of a passage to show, and what to highlight in it.
//!
//! Highlights are exact: the query's words as they stand in the text, in its
//! own script, a stem in any of its forms. In scripts without spaces a word is
//! looked for as a substring of the folded text, so nothing needs to be
//! segmented again; where a word does not occur whole, its pairs are marked.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::query::{Query, Requirement, View};
use crate::analysis::{Analyzer, Normalized, Script, is_unspaced, runs};
use crate::locale::Locale;

/// A text with marked ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlighted {
    /// The text, as its author wrote it.
    pub text: String,
    /// Byte ranges of `text`, rising, apart from each other.
    pub ranges: Vec<Range<usize>>,
}

/// About how much of a passage is shown, in columns: a Han character takes two.
const SNIPPET_COLUMNS: usize = 200;

/// Marks the words of one query.
pub(crate) struct Highlighter<'a> {
    analyzer: &'a Analyzer,
    /// Words of scripts without spaces, each with its pairs.
    unspaced: Vec<(Vec<char>, Vec<Vec<char>>)>,
    /// Terms of spaced scripts and parts of codes.
    spaced: FxHashSet<&'a str>,
}

impl<'a> Highlighter<'a> {
    pub(crate) fn new(query: &'a Query, analyzer: &'a Analyzer) -> Self {
        let mut highlighter = Self { analyzer, unspaced: Vec::new(), spaced: FxHashSet::default() };
        for requirement in &query.required {
            if let Requirement::Phrase(chars) = requirement {
                highlighter.add_unspaced(&chars.concat(), false);
            }
        }
        for unit in &query.units {
            highlighter.add_unspaced(&unit.word, true);
        }
        for term in query.terms.iter().filter(|term| term.finds) {
            match term.view {
                View::Words => drop(highlighter.spaced.insert(&term.text)),
                View::Grams if !highlighter.covers(&term.text) => highlighter.add_unspaced(&term.text, false),
                View::Chars => highlighter.add_unspaced(&term.text, false),
                View::Grams | View::Title => {}
            }
        }
        highlighter
    }

    fn add_unspaced(&mut self, word: &str, by_pairs: bool) {
        let word: Vec<char> = word.chars().collect();
        if word.iter().all(|c| is_unspaced(*c)) {
            let pairs = word.windows(2).filter(|_| by_pairs && word.len() > 2).map(<[char]>::to_vec).collect();
            self.unspaced.push((word, pairs));
        }
    }

    /// Returns whether a pair shares a character place with a longer word: then
    /// the word is what is marked.
    fn covers(&self, pair: &str) -> bool {
        let mut chars = pair.chars();
        let (first, second) = (chars.next(), chars.next());
        self.unspaced.iter().any(|(word, _)| word.len() > 1 && (word.last().copied() == first || word.first().copied() == second || word.windows(2).any(|two| Some(two[0]) == first && Some(two[1]) == second)))
    }

    /// Marks the query's words in the whole of `text`.
    pub(crate) fn mark(&self, text: &str, locale: &Locale) -> Highlighted {
        let ranges = self.ranges(text, locale);
        Highlighted { text: text.to_owned(), ranges }
    }

    /// Returns the part of `text` with the most of the query, marked.
    pub(crate) fn snippet(&self, text: &str, locale: &Locale) -> Highlighted {
        let ranges = self.ranges(text, locale);
        let shown = best_window(text, &ranges);
        let inside = ranges.iter().filter(|range| shown.start <= range.start && range.end <= shown.end);
        let ranges = inside.map(|range| range.start - shown.start..range.end - shown.start).collect();
        Highlighted { text: text[shown].to_owned(), ranges }
    }

    fn ranges(&self, text: &str, locale: &Locale) -> Vec<Range<usize>> {
        let normalized = self.analyzer.normalize(text);
        let mut ranges = Vec::new();
        for run in runs(&normalized.plain, locale) {
            match run.script {
                Script::Code | Script::Spaced => {
                    let words = self.analyzer.spaced_words(&normalized, run, locale);
                    ranges.extend(words.iter().filter(|(word, _)| self.spaced.contains(word)).map(|(_, source)| source));
                }
                _ => self.mark_unspaced(&normalized, run.chars, &mut ranges),
            }
        }
        merged(ranges)
    }

    fn mark_unspaced(&self, text: &Normalized, run: Range<usize>, ranges: &mut Vec<Range<usize>>) {
        for (word, pairs) in &self.unspaced {
            let before = ranges.len();
            mark_all(text, &run, word, ranges);
            if ranges.len() == before {
                pairs.iter().for_each(|pair| mark_all(text, &run, pair, ranges));
            }
        }
    }
}

fn mark_all(text: &Normalized, run: &Range<usize>, word: &[char], ranges: &mut Vec<Range<usize>>) {
    for (at, window) in text.folded[run.clone()].windows(word.len()).enumerate() {
        if window == word {
            let start = run.start + at;
            ranges.push(text.source(start..start + word.len()));
        }
    }
}

/// Sorts ranges and joins those that touch or overlap.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Returns the bytes of the part of `text` to show: it starts at a sentence and
/// holds as many different marks as fit.
fn best_window(text: &str, ranges: &[Range<usize>]) -> Range<usize> {
    let starts = sentence_starts(text);
    let window = |start: usize| start..start + clip(&text[start..], SNIPPET_COLUMNS);
    let value = |window: &Range<usize>| -> usize {
        let inside = ranges.iter().filter(|range| window.start <= range.start && range.end <= window.end);
        let mut marks: Vec<&str> = inside.map(|range| &text[range.clone()]).collect();
        let all = marks.len();
        marks.sort_unstable();
        marks.dedup();
        marks.iter().map(|mark| mark.len()).sum::<usize>() * 4 + all
    };
    let mut best = (0, window(0));
    for start in starts {
        let candidate = window(start);
        let worth = value(&candidate);
        if worth > best.0 {
            best = (worth, candidate);
        }
    }
    best.1
}

/// Returns where sentences start, and where long ones without an end may be cut.
fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut ended = false;
    let mut columns = 0;
    for (at, c) in text.char_indices() {
        columns += width(c);
        let breaks = ended && !c.is_whitespace() && !is_sentence_end(c);
        if breaks || (columns > SNIPPET_COLUMNS && c.is_whitespace()) {
            starts.push(if c.is_whitespace() { at + c.len_utf8() } else { at });
            columns = 0;
        }
        ended = is_sentence_end(c) || (ended && (c.is_whitespace() || matches!(c, '"' | '”' | '」' | ')' | '）')));
    }
    starts.retain(|start| *start < text.len());
    if starts.is_empty() { vec![0] } else { starts }
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '\n' | '!' | '?' | '.' | '؟' | '۔' | '।')
}

/// Returns the bytes of `text` that fill `columns`, without cutting a word.
fn clip(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let mut last_break = 0;
    for (at, c) in text.char_indices() {
        used += width(c);
        if used > columns {
            return if last_break > 0 { last_break } else { at };
        }
        if !c.is_alphanumeric() || is_unspaced(c) {
            last_break = at + c.len_utf8();
        }
    }
    text.len()
}

fn width(c: char) -> usize {
    if is_unspaced(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}') { 2 } else { 1 }
}
