//! The part of a passage to show, and what to highlight in it.
//!
//! Highlights are exact: what the visitor typed as it stands in the text, in
//! the text's own script, a stem in any of its forms. Han characters, kana and
//! Hangul are marked where at least two in a row are as typed, Thai and its
//! like where a word is as typed, so nothing needs to be segmented again; other
//! scripts by whole words, of which only those are stemmed that may match.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::query::Query;
use crate::analysis::{Analyzer, Normalized, Run, Script, bare_letter, is_unspaced, runs};
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
    /// The letters that `words` start with.
    heads: Vec<Head>,
    /// Characters that must be as typed in a row: one only if the query has no more.
    least: usize,
}

impl<'a> Highlighter<'a> {
    pub(crate) fn new(query: &'a Query, analyzer: &'a Analyzer) -> Self {
        let words = query.terms.iter().filter(|term| term.finds && term.view == View::Words);
        let words: FxHashSet<&str> = words.map(|term| term.text.as_str()).collect();
        let heads = words.iter().filter_map(|word| Head::of(word.chars())).collect();
        let only_single = query.terms.iter().any(|term| term.finds && term.view == View::Chars);
        Self { analyzer, runs: &query.runs, words, heads, least: if only_single { 1 } else { 2 } }
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
        let runs = runs(&normalized.plain, locale);
        let mut ranges = Vec::new();
        for run in &runs {
            match run.script {
                Script::Han | Script::Japanese | Script::Hangul if !self.runs.is_empty() => {
                    self.mark_as_typed(&normalized, run.chars.clone(), &mut ranges)
                }
                Script::SoutheastAsian => self.mark_words(&normalized, run.chars.clone(), &mut ranges),
                _ => {}
            }
        }
        let may_match = |run: &Run| match run.script {
            Script::Code => true,
            Script::Spaced => self.may_have_stem(&normalized.folded[run.chars.clone()]),
            _ => false,
        };
        let words = self.analyzer.words_of(&normalized, runs.into_iter().filter(may_match), locale);
        ranges.extend(words.iter().filter(|(word, _)| self.words.contains(word)).map(|(_, source)| source));
        merged(ranges)
    }

    /// Returns whether the stem of `word` may be one of the query's: stemmers take
    /// letters from both ends, and change none but the last that they leave.
    fn may_have_stem(&self, word: &[char]) -> bool {
        if word[0].is_ascii() {
            return self.heads.iter().any(|head| head.first == word[0]);
        }
        let is_latin_with_accent = |c: &char| ('\u{c0}'..='\u{24f}').contains(c);
        let bare = |at: usize| word.get(at).copied().map(bare_letter);
        is_latin_with_accent(&word[0])
            || (0..word.len()).any(|at| self.heads.iter().any(|head| head.is_at(bare(at), bare(at + 1))))
    }

    /// Marks the words of the query in `run`, wherever they are.
    fn mark_words(&self, text: &Normalized, run: Range<usize>, ranges: &mut Vec<Range<usize>>) {
        for at in run.clone() {
            let rest = &text.folded[at..run.end];
            for word in self.words.iter().filter(|word| word.chars().nth(1).is_some()) {
                let same = word.chars().zip(rest).take_while(|(a, b)| a == *b).count();
                if same == word.chars().count() {
                    ranges.push(text.source(at..at + same));
                }
            }
        }
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

/// The first two letters of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Head {
    first: char,
    second: Option<char>,
}

impl Head {
    fn of(mut word: impl Iterator<Item = char>) -> Option<Self> {
        Some(Self { first: word.next()?, second: word.next() })
    }

    fn is_at(self, first: Option<char>, second: Option<char>) -> bool {
        first == Some(self.first) && (self.second.is_none() || self.second == second)
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
    let full = text.char_indices().find(|(_, c)| {
        used += width(*c);
        used > columns
    });
    let Some((end, _)) = full else { return text.len() };
    let breaks = |c: char| is_unspaced(c) || !c.is_alphanumeric();
    let last_break = text[..end].char_indices().rev().find(|(_, c)| breaks(*c));
    last_break.map_or(end, |(at, c)| at + c.len_utf8())
}

fn width(c: char) -> usize {
    if is_unspaced(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}') { 2 } else { 1 }
}
