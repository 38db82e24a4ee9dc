//! What the visitor may have meant: pinyin, homophones and typing mistakes, put right
//! with words of this index.
//!
//! Only words that no passage shown today has are changed, and only into words that
//! one has: a correction tells nothing that a search would not.
//!
//! Not here: when a correction is wanted, and what becomes of its results (`rescue`).

use std::collections::BTreeMap;
use std::ops::Range;

use super::candidates::passages_with;
use super::ranking::MatchTier;
use crate::analysis::pinyin::{self, Style};
use crate::analysis::{Analyzer, Normalized, Run, Script, runs};
use crate::index::{ArticleOrd, Index, View, WordingMatch};
use crate::locale::Locale;

/// A query put right.
#[derive(Debug)]
pub(super) struct Correction {
    /// The query with other words in their place.
    pub(super) text: String,
    /// The words that are new, folded.
    pub(super) words: Vec<String>,
    /// How results of it are labelled.
    pub(super) tier: MatchTier,
}

/// Puts queries right.
pub(super) struct Corrector<'a> {
    pub(super) index: &'a Index,
    pub(super) analyzer: &'a Analyzer,
    pub(super) locale: &'a Locale,
    /// The articles that are not shown today, rising.
    pub(super) hidden: Vec<ArticleOrd>,
}

/// A part of a query and what to write instead.
struct Change {
    chars: Range<usize>,
    words: Vec<String>,
    tier: MatchTier,
}

/// Words of a query that are put right at most: a longer one is a pasted text.
const MAX_CHANGES: usize = 4;

/// Characters of a query that are looked at.
const MAX_CHARS: usize = 80;

/// Words that one may have meant and that are counted.
const MAX_CANDIDATES: usize = 24;

/// Longest homophone that is looked for, in characters.
const LONGEST_WORD: usize = 4;

/// Fewer letters are the start of any word.
const MIN_LETTERS: usize = 2;

impl Corrector<'_> {
    /// Returns `query` with its unknown words put right; nothing if there is nothing
    /// to put right or nothing to put in its place.
    pub(super) fn correct(&self, query: &str) -> tantivy::Result<Option<Correction>> {
        let text = self.analyzer.normalize(query);
        let runs: Vec<Run> = (runs(&text.plain, self.locale).into_iter())
            .take_while(|run| run.chars.end <= MAX_CHARS)
            .collect();
        let mut changes = Vec::new();
        let mut at = 0;
        while at < runs.len() && changes.len() < MAX_CHANGES {
            match runs[at].script {
                Script::Han => self.homophones(&text, runs[at].chars.clone(), &mut changes)?,
                Script::Spaced => {
                    let unknown = self.unknown_words(&text, &runs[at..])?;
                    self.letters(&text, &runs[at..at + unknown], &mut changes)?;
                    at += unknown.saturating_sub(1);
                }
                _ => {}
            }
            at += 1;
        }
        changes.truncate(MAX_CHANGES);
        Ok((!changes.is_empty()).then(|| corrected(query, &text, changes)))
    }

    /// Returns how many words of spaced scripts in a row are unknown.
    fn unknown_words(&self, text: &Normalized, runs: &[Run]) -> tantivy::Result<usize> {
        let mut count = 0;
        for run in runs.iter().take_while(|run| run.script == Script::Spaced) {
            if self.knows(&text.folded[run.chars.clone()])? {
                break;
            }
            count += 1;
        }
        Ok(count)
    }

    fn knows(&self, word: &[char]) -> tantivy::Result<bool> {
        let word: String = word.iter().collect();
        let analysis = self.analyzer.analyze(&word, self.locale);
        for (term, _) in analysis.words.iter() {
            let says_nothing = self.analyzer.is_function_word(term, self.locale);
            if says_nothing || self.count(View::Words, term)?.1 > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts unknown words of letters right: all together as pinyin, or one by one.
    fn letters(&self, text: &Normalized, words: &[Run], changes: &mut Vec<Change>) -> tantivy::Result<()> {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Ok(()) };
        if words.len() > 1 {
            let all: String = words.iter().flat_map(|word| &text.folded[word.chars.clone()]).collect();
            if let Some(words) = self.whole_pinyin(&all)? {
                let chars = first.chars.start..last.chars.end;
                changes.push(Change { chars, words, tier: MatchTier::Pinyin });
                return Ok(());
            }
        }
        for word in words.iter().take(MAX_CHANGES) {
            let letters: String = text.folded[word.chars.clone()].iter().collect();
            let change = |words, tier| Change { chars: word.chars.clone(), words, tier };
            let is_chinese = self.locale.language() == "zh";
            let spelled = if is_chinese { self.pinyin(&letters)? } else { None };
            if let Some(words) = spelled {
                changes.push(change(words, MatchTier::Pinyin));
            } else if let Some(word) = self.typo(&letters)? {
                changes.push(change(vec![word], MatchTier::Typo));
            } else if let Some(words) = self.pinyin(&letters)?.filter(|_| !is_chinese) {
                changes.push(change(words, MatchTier::Pinyin));
            }
        }
        Ok(())
    }

    /// Returns the Chinese words that `letters` spell, wholly or by their first letters.
    fn pinyin(&self, letters: &str) -> tantivy::Result<Option<Vec<String>>> {
        if letters.len() < MIN_LETTERS || !letters.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Ok(None);
        }
        if let Some(words) = self.whole_pinyin(letters)? {
            return Ok(Some(words));
        }
        let spelled = |style| self.in_wordings(letters, style);
        Ok(spelled(Style::Whole).or_else(|| spelled(Style::Initials)).map(|text| vec![text]))
    }

    /// Returns the fewest words of the index that `letters` spell one after the other.
    fn whole_pinyin(&self, letters: &str) -> tantivy::Result<Option<Vec<String>>> {
        if letters.len() > MAX_CHARS || !letters.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Ok(None);
        }
        // By letters spelled, the words that spell them.
        let mut ways: Vec<Option<Vec<String>>> = vec![None; letters.len() + 1];
        ways[0] = Some(Vec::new());
        for end in 1..=letters.len() {
            for start in 0..end {
                let Some(before) = ways[start].clone() else { continue };
                if ways[end].as_ref().is_some_and(|way| way.len() <= before.len() + 1) {
                    continue;
                }
                if let Some(word) = self.spelled(&letters[start..end])? {
                    ways[end] = Some([before, vec![word]].concat());
                }
            }
        }
        Ok(ways.pop().flatten())
    }

    /// Returns the most frequent word that is spelled like this.
    fn spelled(&self, letters: &str) -> tantivy::Result<Option<String>> {
        let mut words: Vec<&str> = Vec::new();
        for segment in &self.index.segments {
            words.extend(segment.homophones()?.spelled(letters));
        }
        self.most_frequent(words.into_iter())
    }

    /// Returns the part of titles and stored questions that `letters` spell, the most
    /// frequent one.
    fn in_wordings(&self, letters: &str, style: Style) -> Option<String> {
        let mut texts: BTreeMap<String, usize> = BTreeMap::new();
        for segment in &self.index.segments {
            let is_shown = |found: &WordingMatch| {
                let article = segment.article_at(found.wording.article);
                article.is_some_and(|article| self.hidden.binary_search(&article).is_err())
            };
            segment.wordings(self.analyzer).spelled(letters, style, |found| {
                if is_shown(&found) {
                    *texts.entry(found.text()).or_default() += 1;
                }
            });
        }
        let best = texts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        best.map(|(text, _)| text)
    }

    /// Replaces words of Han characters that no passage has by others that sound alike.
    fn homophones(
        &self,
        text: &Normalized,
        run: Range<usize>,
        changes: &mut Vec<Change>,
    ) -> tantivy::Result<()> {
        let mut at = run.start;
        while at + 1 < run.end && changes.len() < MAX_CHANGES {
            let pair: String = text.folded[at..at + 2].iter().collect();
            if self.count(View::Grams, &pair)?.1 > 0 {
                at += 1;
                continue;
            }
            match self.homophone_around(&text.folded, &run, at)? {
                Some((chars, word)) => {
                    at = chars.end;
                    changes.push(Change { chars, words: vec![word], tier: MatchTier::Pinyin });
                }
                None => at += 1,
            }
        }
        Ok(())
    }

    /// Returns the longest word that sounds like the characters around the pair at
    /// `pair`, and which these are.
    fn homophone_around(
        &self,
        chars: &[char],
        run: &Range<usize>,
        pair: usize,
    ) -> tantivy::Result<Option<(Range<usize>, String)>> {
        for length in (2..=LONGEST_WORD).rev() {
            let first = (pair + 2).saturating_sub(length).max(run.start);
            for start in first..=pair {
                if start + length > run.end {
                    break;
                }
                let typed = &chars[start..start + length];
                let mut words: Vec<&str> = Vec::new();
                let spellings = pinyin::spellings(typed);
                for segment in &self.index.segments {
                    let homophones = segment.homophones()?;
                    words.extend(spellings.iter().flat_map(|spelling| homophones.spelled(spelling)));
                }
                let other = words.into_iter().filter(|word| word.chars().count() == length);
                if let Some(word) = self.most_frequent(other)? {
                    return Ok(Some((start..start + length, word)));
                }
            }
        }
        Ok(None)
    }

    /// Returns the word that was meant if `word` has a typing mistake: the nearest,
    /// then the most frequent.
    fn typo(&self, word: &str) -> tantivy::Result<Option<String>> {
        let word: String = self.analyzer.letters(word, self.locale).chars.into_iter().collect();
        let first = word.chars().next();
        let mut similar: Vec<(usize, bool, String)> = Vec::new();
        for other in self.index.similar_words(&word)? {
            let distance = strsim::osa_distance(&word, &other);
            let starts_alike = other.chars().next() == first;
            let is_word = other.chars().all(char::is_alphabetic)
                && !self.analyzer.is_function_word(&other, self.locale);
            if is_word && (distance == 1 || starts_alike) {
                similar.push((distance, !starts_alike, other));
            }
        }
        similar.sort_unstable();
        for nearest in similar.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            if let Some(word) =
                self.most_frequent_in(View::Chars, nearest.iter().map(|(.., word)| word.as_str()))?
            {
                return Ok(Some(word));
            }
        }
        Ok(None)
    }

    fn most_frequent<'w>(&self, words: impl Iterator<Item = &'w str>) -> tantivy::Result<Option<String>> {
        self.most_frequent_in(View::Words, words)
    }

    /// Returns the word that most passages have; nothing if none has any of them.
    fn most_frequent_in<'w>(
        &self,
        view: View,
        words: impl Iterator<Item = &'w str>,
    ) -> tantivy::Result<Option<String>> {
        let mut best: Option<((u32, u32), &str)> = None;
        for word in words.take(MAX_CANDIDATES) {
            let count = self.count(view, word)?;
            let is_better =
                |(than, other): ((u32, u32), &str)| count > than || (count == than && word < other);
            if count.1 > 0 && best.is_none_or(is_better) {
                best = Some((count, word));
            }
        }
        Ok(best.map(|(_, word)| word.to_owned()))
    }

    /// Counts the passages that are shown today and have a term: those in the visitor's
    /// language, and all.
    fn count(&self, view: View, term: &str) -> tantivy::Result<(u32, u32)> {
        passages_with(self.index, view, term, self.locale, &self.hidden)
    }
}

/// Writes the changes into the query.
fn corrected(query: &str, text: &Normalized, changes: Vec<Change>) -> Correction {
    let is_pinyin = changes.iter().any(|change| change.tier == MatchTier::Pinyin);
    let mut correction = Correction {
        text: String::new(),
        words: Vec::new(),
        tier: if is_pinyin { MatchTier::Pinyin } else { MatchTier::Typo },
    };
    let mut end = 0;
    for change in changes {
        let source = text.source(change.chars);
        correction.text.push_str(&query[end..source.start]);
        correction.text.push_str(&change.words.concat());
        correction.words.extend(change.words);
        end = source.end;
    }
    correction.text.push_str(&query[end..]);
    correction
}
