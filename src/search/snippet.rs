//! The part of a passage to show, and what to highlight in it.
//!
//! Highlights are exact: what the visitor typed as it stands in the text, in
//! the text's own script, a stem in any of its forms. Han characters, kana and
//! Hangul are marked where at least two in a row are as typed, so nothing needs
//! to be segmented again; other scripts by whole words.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::query::Query;
use crate::analysis::{Analyzer, Normalized, Run, Script, is_unspaced, runs};
use crate::index::View;
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
    /// What was typed in scripts where every character counts.
    runs: &'a [Vec<char>],
    /// Words, stems and parts of codes.
    words: FxHashSet<&'a str>,
    /// By ASCII letter, whether one of `words` starts with it: no stem starts
    /// otherwise than its word, so most words of a text need not be stemmed.
    starts: [bool; 128],
    /// Characters that must be as typed in a row: one only if the query has no more.
    least: usize,
}

impl<'a> Highlighter<'a> {
    pub(crate) fn new(query: &'a Query, analyzer: &'a Analyzer) -> Self {
        let words = query.terms.iter().filter(|term| term.finds && term.view == View::Words);
        let words: FxHashSet<&str> = words.map(|term| term.text.as_str()).collect();
        let mut starts = [false; 128];
        for first in words.iter().filter_map(|word| word.bytes().next()).filter(u8::is_ascii) {
            starts[usize::from(first)] = true;
        }
        let only_single = query.terms.iter().any(|term| term.finds && term.view == View::Chars);
        Self { analyzer, runs: &query.runs, words, starts, least: if only_single { 1 } else { 2 } }
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
        if !self.runs.is_empty() {
            for run in runs(&normalized.plain, locale).into_iter().filter(|run| run.script.is_east_asian()) {
                self.mark_as_typed(&normalized, run.chars, &mut ranges);
            }
        }
        let may_match = |run: &Run| !run.script.is_east_asian() && self.may_start(run, &normalized);
        let words = self.analyzer.words_of(&normalized, may_match, locale);
        ranges.extend(words.iter().filter(|(word, _)| self.words.contains(word)).map(|(_, source)| source));
        merged(ranges)
    }

    fn may_start(&self, run: &Run, text: &Normalized) -> bool {
        let first = text.folded[run.chars.start];
        run.script != Script::Spaced || !first.is_ascii() || self.starts[first as usize]
    }

    /// Marks the longest parts of `run` that are in the query.
    fn mark_as_typed(&self, text: &Normalized, run: Range<usize>, ranges: &mut Vec<Range<usize>>) {
        let mut at = run.start;
        while at < run.end {
            let rest = &text.folded[at..run.end];
            let length = self.runs.iter().map(|typed| longest_start(rest, typed)).max().unwrap_or(0);
            if length < self.least || is_ending(&rest[..length]) {
                at += 1;
            } else {
                ranges.push(text.source(at..at + length));
                at += length;
            }
        }
    }
}

/// Returns how many characters of `text` from its start occur in `typed`.
fn longest_start(text: &[char], typed: &[char]) -> usize {
    let common = |from: usize| text.iter().zip(&typed[from..]).take_while(|(a, b)| a == b).count();
    (0..typed.len()).map(common).max().unwrap_or(0)
}

/// Returns whether the characters are a Japanese ending that says nothing.
fn is_ending(chars: &[char]) -> bool {
    chars.len() < 3 && chars.iter().all(|c| matches!(c, '\u{3041}'..='\u{309f}'))
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
    let window = |start: usize| start..start + clip(&text[start..], SNIPPET_COLUMNS);
    let mut best = (0, window(0));
    if ranges.is_empty() || best.1.end == text.len() {
        return best.1;
    }
    let same = same_marks(text, ranges);
    for start in sentence_starts(text) {
        let candidate = window(start);
        let first = ranges.partition_point(|range| range.start < candidate.start);
        let marks = ranges[first..].iter().zip(&same[first..]);
        let value = worth(marks.take_while(|(range, _)| range.end <= candidate.end));
        if value > best.0 {
            best = (value, candidate);
        }
    }
    best.1
}

/// Returns, for each mark, the position of the first mark with the same text.
fn same_marks(text: &str, ranges: &[Range<usize>]) -> Vec<usize> {
    let first = |range: &Range<usize>| {
        ranges.iter().position(|other| text[other.clone()] == text[range.clone()]).unwrap_or_default()
    };
    ranges.iter().map(first).collect()
}

/// Different marks count by their length, repeated ones a little.
fn worth<'a>(marks: impl Iterator<Item = (&'a Range<usize>, &'a usize)>) -> usize {
    let mut seen = Vec::new();
    let mut worth = 0;
    for (range, text) in marks {
        worth += 1;
        if !seen.contains(text) {
            seen.push(*text);
            worth += range.len() * 4;
        }
    }
    worth
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
        ended = is_sentence_end(c)
            || (ended && (c.is_whitespace() || matches!(c, '"' | '”' | '」' | ')' | '）')));
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
