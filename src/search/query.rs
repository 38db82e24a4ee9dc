//! What the visitor typed: free words, quoted phrases, `-exclusions`, and the
//! terms that they become.
//!
//! Terms come from analysis and never from a query parser: a parser takes a run
//! of Chinese for one long phrase and finds nothing.

use std::collections::HashSet;

use super::ranking::Weights;
use crate::analysis::{Analysis, Analyzer, Guess, is_unspaced, runs};
use crate::index::View;
use crate::locale::Locale;

/// How many of the words an article must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Match {
    /// Any, the more the better.
    #[default]
    Auto,
    /// Every one.
    All,
    /// Any, as `Auto`; never narrowed.
    Any,
}

/// Different terms of each view at most: a longer query is a pasted text, which says
/// at its start what it is about.
const MAX_TERMS: usize = 128;

/// Phrases and exclusions at most, of each kind.
const MAX_REQUIREMENTS: usize = 32;

/// So many words beside a phrase make a sentence.
const QUESTION_WORDS: usize = 4;

/// A query taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    /// Terms that find passages, heaviest view first, then terms that only score.
    pub(crate) terms: Vec<Term>,
    /// The words as typed, each with the terms that show it is there.
    pub(crate) units: Vec<Unit>,
    /// What an article must contain.
    pub(crate) required: Vec<Requirement>,
    /// What an article must not contain.
    pub(crate) excluded: Vec<Requirement>,
    /// Runs of Han characters, kana and Hangul as typed, folded: for highlighting.
    pub(crate) runs: Vec<Vec<char>>,
    /// The whole query folded, and without politeness around it, to compare with
    /// stored questions; none if it has phrases or exclusions.
    pub(crate) keys: Vec<String>,
    /// What language it seems to be in.
    pub(crate) language: Guess,
    /// The locale that it was read in.
    pub(crate) locale: Locale,
    /// Whether greetings and thanks around it are not looked for.
    pub(crate) leaves_out_politeness: bool,
    /// Different terms that a passage must have to be a hit.
    pub(crate) least_terms: usize,
}

/// One term and the view of the text in which it is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) view: View,
    pub(crate) text: String,
    /// What it counts for: how often the query has it, less for a synonym.
    pub(crate) weight: f32,
    /// Whether a passage that has it is a hit.
    pub(crate) finds: bool,
    /// Whether it says nothing of the subject.
    pub(crate) is_function_word: bool,
    /// Whether a synonym brought it in.
    pub(crate) is_synonym: bool,
}

impl Term {
    /// Returns whether it is a word, typed or meant, that says something of the subject.
    pub(crate) fn is_subject(&self) -> bool {
        self.view == View::Words && !self.is_function_word
    }
}

/// A word as typed. It is there if the word is, or all its pairs are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unit {
    /// The word, folded; a stem in spaced scripts.
    pub(crate) word: String,
    /// Positions in `Query::terms`.
    pub(crate) term: Option<usize>,
    /// Positions in `Query::terms` of all pairs of its characters.
    pub(crate) pairs: Vec<usize>,
}

/// Something that must or must not occur in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Requirement {
    /// These characters or words in a row.
    Phrase(Vec<String>),
    /// This term among the words.
    Word(String),
}

/// What a visitor typed, and how to read it.
pub(crate) struct Typed<'a> {
    pub(crate) text: &'a str,
    /// The part of it to look for.
    pub(crate) question: &'a str,
    pub(crate) matching: Match,
    pub(crate) language: Guess,
    pub(crate) locale: &'a Locale,
}

impl Query {
    /// Takes apart what was typed.
    pub(crate) fn new(typed: Typed, analyzer: &Analyzer, weights: &Weights) -> Self {
        let Typed { text, question, matching, language, locale } = typed;
        let parts = Parts::new(question);
        let free = parts.free();
        let analysis = analyzer.analyze(&free, locale);
        let mut terms = terms(&analysis);
        mark_function_words(&mut terms, analyzer, locale);
        let units = units(&analysis, &terms);
        let mut runs = east_asian_runs(&free, analyzer, locale);
        for synonym in analyzer.synonyms(&free, locale) {
            add_synonym(&mut terms, &analyzer.analyze(synonym, locale), weights.synonym);
            runs.extend(east_asian_runs(synonym, analyzer, locale));
        }
        let phrases = |list: &[&str]| -> Vec<Requirement> {
            let mut distinct: Vec<&str> = Vec::new();
            for text in list {
                if distinct.len() < MAX_REQUIREMENTS && !distinct.contains(text) {
                    distinct.push(text);
                }
            }
            distinct.into_iter().filter_map(|text| phrase(&analyzer.analyze(text, locale))).collect()
        };
        let mut required = phrases(&parts.phrases);
        if parts.is_question(analyzer, locale) {
            required.clear();
        }
        if matching == Match::All {
            required.extend(units.iter().map(|unit| unit.requirement()));
        }
        let plain = parts.phrases.is_empty() && parts.excluded.is_empty();
        let mut keys: Vec<String> =
            [text, question].into_iter().filter(|_| plain).map(|text| analyzer.key(text)).collect();
        keys.dedup();
        keys.retain(|key| !key.is_empty());
        Self {
            terms,
            units,
            required,
            excluded: phrases(&parts.excluded),
            runs,
            keys,
            language,
            locale: locale.clone(),
            leaves_out_politeness: question.len() < text.trim().len(),
            least_terms: 1,
        }
    }

    /// Returns the query with function words that find as well, for when little else
    /// does; nothing if there are none.
    pub(crate) fn widened(&self) -> Option<Self> {
        let finds_too = |term: &Term| {
            term.is_function_word
                && !term.finds
                && match term.view {
                    View::Words => is_word(&term.text),
                    View::Grams => is_telling_pair(&term.text),
                    View::Chars | View::Title => false,
                }
        };
        self.terms.iter().any(finds_too).then(|| {
            let mut widened = self.clone();
            for term in &mut widened.terms {
                term.finds |= finds_too(term);
            }
            widened
        })
    }

    /// Returns the query without what it demands; nothing if it demands nothing.
    pub(crate) fn without_demands(&self) -> Option<Self> {
        (!self.required.is_empty()).then(|| Self { required: Vec::new(), ..self.clone() })
    }

    /// Returns the query with single characters and sequences of letters that find as
    /// well: at least half of them, since one alone is in unrelated words.
    pub(crate) fn in_pieces(&self) -> Self {
        let mut pieces = Self { required: Vec::new(), ..self.clone() };
        let is_piece = |term: &Term| matches!(term.view, View::Grams | View::Chars) && !term.is_function_word;
        for term in &mut pieces.terms {
            term.finds = is_piece(term);
        }
        let count = pieces.terms.iter().filter(|term| term.finds).count();
        pieces.least_terms = count.div_ceil(2);
        pieces
    }

    /// Returns whether it has words that hold others together, as sentences do.
    pub(crate) fn is_sentence(&self) -> bool {
        let mut words = self.terms.iter().filter(|term| term.view == View::Words && !term.is_synonym);
        let is_content = |term: &Term| !term.is_function_word && is_word(&term.text);
        words.clone().any(|term| term.is_function_word) && words.any(is_content)
    }

    /// Returns whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.excluded.is_empty()
    }
}

impl Unit {
    fn requirement(&self) -> Requirement {
        if self.word.starts_with(is_unspaced) {
            Requirement::Phrase(self.word.chars().map(String::from).collect())
        } else {
            Requirement::Word(self.word.clone())
        }
    }
}

/// The three kinds of things in a query.
#[derive(Debug, Default, PartialEq)]
struct Parts<'a> {
    words: Vec<&'a str>,
    phrases: Vec<&'a str>,
    excluded: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    fn new(text: &'a str) -> Self {
        let mut parts = Self::default();
        let mut rest = text;
        while let Some((open, close)) = next_quote(rest) {
            let (before, from_quote) = rest.split_at(open);
            let quoted = &from_quote[first_char_len(from_quote)..];
            let Some(length) = quoted.find(close).filter(|length| *length > 0) else {
                break;
            };
            let excluded = before.ends_with('-') && starts_word(before, before.len() - 1);
            parts.add_words(before.strip_suffix('-').filter(|_| excluded).unwrap_or(before));
            if excluded { &mut parts.excluded } else { &mut parts.phrases }.push(&quoted[..length]);
            rest = &quoted[length + close.len_utf8()..];
        }
        parts.add_words(rest);
        parts
    }

    fn add_words(&mut self, text: &'a str) {
        for word in text.split_whitespace() {
            match word.strip_prefix(['-', '－']).filter(|word| word.starts_with(char::is_alphanumeric)) {
                Some(excluded) => self.excluded.push(excluded),
                None => self.words.push(word),
            }
        }
    }

    /// Returns whether the phrases stand in a sentence: there quotation marks are
    /// punctuation, as in `who sang "Yesterday" first?`, and nothing is demanded.
    fn is_question(&self, analyzer: &Analyzer, locale: &Locale) -> bool {
        if self.phrases.is_empty() {
            return false;
        }
        let outside = analyzer.analyze(&self.words.join(" "), locale);
        outside.words.iter().count() >= QUESTION_WORDS
    }

    /// Everything that is looked for, phrases included.
    fn free(&self) -> String {
        [self.words.as_slice(), &self.phrases].concat().join(" ")
    }
}

/// Finds the next opening quotation mark and the mark that closes it.
fn next_quote(text: &str) -> Option<(usize, char)> {
    text.char_indices().find_map(|(at, c)| {
        let close = match c {
            '"' => '"',
            '“' => '”',
            '「' => '」',
            '『' => '』',
            '＂' => '＂',
            _ => return None,
        };
        Some((at, close))
    })
}

fn first_char_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn starts_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(char::is_whitespace)
}

/// Returns every distinct term of the query. A single character finds nothing
/// as long as there is something longer to look for.
fn terms(analysis: &Analysis) -> Vec<Term> {
    let mut terms = Vec::new();
    // Of a version the numbers alone are in many others.
    let is_in_version = |number: &str, source: &std::ops::Range<usize>| {
        let holds = |(word, of): (&str, std::ops::Range<usize>)| {
            word.contains('.') && of.contains(&source.start) && of.len() > source.len()
        };
        number.bytes().all(|byte| byte.is_ascii_digit()) && analysis.words.iter().any(holds)
    };
    let words =
        analysis.words.iter().map(|(word, source)| (word, is_word(word) && !is_in_version(word, &source)));
    add(&mut terms, View::Words, words);
    add(&mut terms, View::Grams, analysis.grams.iter().map(|(gram, _)| (gram, is_telling_pair(gram))));
    let only_single = !terms.iter().any(|term| term.finds);
    let characters = analysis
        .chars
        .iter()
        .map(|(term, _)| term)
        .filter(|term| term.starts_with(is_unspaced) || only_single);
    add(&mut terms, View::Chars, characters.map(|term| (term, only_single)));
    add(&mut terms, View::Title, analysis.words.iter().map(|(term, _)| (term, false)));
    terms
}

/// Adds terms, each with whether it finds.
fn add<'a>(terms: &mut Vec<Term>, view: View, texts: impl Iterator<Item = (&'a str, bool)>) {
    let first = terms.len();
    for (text, finds) in texts {
        let known = terms[first..].iter().position(|term| term.text == text);
        match known {
            Some(at) => terms[first + at].weight += 1.0,
            None if terms.len() - first >= MAX_TERMS => {}
            None => terms.push(Term {
                view,
                text: text.to_owned(),
                weight: 1.0,
                finds,
                is_function_word: false,
                is_synonym: false,
            }),
        }
    }
}

/// Tells function words apart. They do not find, unless the query has nothing else.
fn mark_function_words(terms: &mut [Term], analyzer: &Analyzer, locale: &Locale) {
    for term in terms.iter_mut() {
        term.is_function_word = analyzer.is_function_word(&term.text, locale);
    }
    if terms.iter().any(|term| term.finds && !term.is_function_word) {
        for term in terms.iter_mut().filter(|term| term.is_function_word) {
            term.finds = false;
        }
    }
}

/// Returns whether a word is more than a single character or letter.
fn is_word(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

/// Adds the terms of a synonym, but for those that were typed.
fn add_synonym(query: &mut Vec<Term>, analysis: &Analysis, weight: f32) {
    for mut term in terms(analysis) {
        if query.iter().all(|typed| typed.view != term.view || typed.text != term.text) {
            term.weight *= weight;
            term.is_synonym = true;
            query.push(term);
        }
    }
}

/// Returns whether a gram is a pair that means something by itself: Han,
/// katakana or Hangul. Pairs of hiragana are endings, and sequences of letters
/// occur in unrelated words.
fn is_telling_pair(gram: &str) -> bool {
    let is_hiragana = |c: char| matches!(c, '\u{3041}'..='\u{309f}');
    let is_southeast_asian =
        |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    gram.chars().count() == 2
        && gram.chars().all(|c| is_unspaced(c) && !is_hiragana(c) && !is_southeast_asian(c))
}

/// Returns the longest words of the query, each with its terms.
fn units(analysis: &Analysis, terms: &[Term]) -> Vec<Unit> {
    let mut words: Vec<(&str, std::ops::Range<usize>)> = analysis.words.iter().collect();
    words.sort_by_key(|(_, source)| (source.start, std::cmp::Reverse(source.end)));
    let mut covered = 0;
    let mut seen = HashSet::new();
    let mut units = Vec::new();
    for (word, source) in words {
        let is_part = source.end <= covered;
        covered = covered.max(source.end);
        let position = terms.iter().position(|term| term.view == View::Words && term.text == word);
        let counts =
            position.is_some_and(|position| terms[position].finds) || !terms.iter().any(|term| term.finds);
        if !is_part && counts && seen.insert(word) {
            units.push(Unit { word: word.to_owned(), term: position, pairs: pairs(word, terms) });
        }
    }
    units
}

/// Returns the positions of all pairs in `word`; none unless all are terms.
fn pairs(word: &str, terms: &[Term]) -> Vec<usize> {
    let chars: Vec<char> = word.chars().collect();
    let pairs = chars.windows(2).map(|pair| {
        let is_pair = |term: &Term| {
            term.view == View::Grams && term.finds && term.text.chars().eq(pair.iter().copied())
        };
        terms.iter().position(is_pair)
    });
    pairs.collect::<Option<Vec<usize>>>().unwrap_or_default()
}

fn east_asian_runs(text: &str, analyzer: &Analyzer, locale: &Locale) -> Vec<Vec<char>> {
    let text = analyzer.normalize(text);
    let runs = runs(&text.plain, locale).into_iter().filter(|run| run.script.is_east_asian());
    runs.map(|run| text.folded[run.chars].to_vec()).collect()
}

fn phrase(analysis: &Analysis) -> Option<Requirement> {
    let chars: Vec<String> = analysis.chars.iter().map(|(term, _)| term.to_owned()).collect();
    (!chars.is_empty()).then_some(Requirement::Phrase(chars))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_exclusions_are_taken_out() {
        let parts = Parts::new("怎么 \"小化妆\" 退货 -运费 e-1001 「發票 抬頭」 -\"gift card\"");
        assert_eq!(parts.words, ["怎么", "退货", "e-1001"]);
        assert_eq!(parts.phrases, ["小化妆", "發票 抬頭"]);
        assert_eq!(parts.excluded, ["运费", "gift card"]);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_just_text() {
        assert_eq!(Parts::new("5\" screen").words, ["5\"", "screen"]);
        assert_eq!(Parts::new("\"\"").phrases, [""; 0]);
    }
}
