//! Text → terms, identical when indexing and when searching.
//!
//! A text is folded (`normalize`), cut into runs of one kind of script (`run`),
//! and each run is split by whoever knows that script: `chinese`, `unspaced`
//! (Japanese, Thai, Lao, Khmer, Burmese, by ICU), `latin` (everything with
//! spaces). Splitting by script first matters: a Chinese segmenter cuts Russian
//! letter by letter.
//!
//! One text gives three views, because no single one finds everything:
//! - **words**: what the text is about; stems and the parts of codes among them;
//! - **grams**: overlapping pairs of Han characters, kana and Hangul syllables,
//!   so that no word hidden inside a longer one is lost, and short character
//!   sequences of other scripts, which forgive endings and compounds;
//! - **chars**: every character, or word, in its place: exact substrings,
//!   phrases, one-character queries.
//!
//! Not here: articles, the index, and what a term is worth (`search`).

mod chinese;
mod latin;
mod normalize;
mod run;
mod unspaced;

use std::borrow::Cow;
use std::ops::Range;

use rust_stemmers::Stemmer;

use crate::locale::Locale;
pub(crate) use normalize::Normalized;
use normalize::Normalizer;
use run::Script;
pub(crate) use run::{Run, is_unspaced, runs};

/// Turns text into terms.
pub struct Analyzer {
    normalizer: Normalizer,
    chinese: chinese::Segmenter,
    unspaced: unspaced::Segmenter,
}

/// The terms of one text in its three views.
#[derive(Debug, Default)]
pub struct Analysis {
    /// Words, stems, codes and their parts.
    pub words: Terms,
    /// Overlapping character sequences.
    pub grams: Terms,
    /// Characters, or words of spaced scripts, in order: for phrases.
    pub chars: Terms,
}

/// Terms in the order of the text, each with the bytes it came from.
#[derive(Debug, Default)]
pub struct Terms {
    /// All terms, each followed by a space; a term never contains one.
    text: String,
    spans: Vec<Span>,
}

#[derive(Debug, Clone)]
struct Span {
    term_end: u32,
    source: Range<u32>,
}

impl Terms {
    /// Returns the terms separated by spaces, as they are indexed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the terms and where each stands in the original text, in bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let mut start = 0;
        self.spans.iter().map(move |span| {
            let term = &self.text[start..span.term_end as usize];
            start = span.term_end as usize + 1;
            (term, span.source.start as usize..span.source.end as usize)
        })
    }

    fn push(&mut self, term: impl IntoIterator<Item = char>, source: Range<usize>) {
        let before = self.text.len();
        self.text.extend(term);
        if self.text.len() == before {
            return;
        }
        let term_end = self.text.len() as u32;
        self.spans.push(Span { term_end, source: source.start as u32..source.end as u32 });
        self.text.push(' ');
    }
}

impl Analyzer {
    /// Makes an analyzer that knows the words of a project dictionary.
    pub fn new(dictionary: &[String]) -> Self {
        let normalizer = Normalizer::new();
        let words: Vec<String> =
            dictionary.iter().map(|word| normalizer.normalize(word).folded.into_iter().collect()).collect();
        let chinese = chinese::Segmenter::new(words.iter().map(String::as_str));
        Self { normalizer, chinese, unspaced: unspaced::Segmenter::new() }
    }

    /// Returns the terms of `text`, read as written in `locale`.
    pub fn analyze(&self, text: &str, locale: &Locale) -> Analysis {
        let normalized = self.normalizer.normalize(text);
        let mut analysis = Analysis::default();
        analysis.words.text.reserve(text.len());
        analysis.chars.text.reserve(text.len() + text.len() / 3);
        analysis.grams.text.reserve(text.len() * 2);
        let splitter =
            Splitter { analyzer: self, text: &normalized, locale, stemmer: latin::stemmer(locale) };
        for run in runs(&normalized.plain, locale) {
            splitter.split(run, &mut analysis);
        }
        analysis
    }

    /// Returns `text` with its characters folded and its place in the original.
    pub(crate) fn normalize(&self, text: &str) -> Normalized {
        self.normalizer.normalize(text)
    }

    /// Returns the words of those runs of `text` that are `wanted`: for
    /// highlighting, which does not need the words of all.
    pub(crate) fn words_of(
        &self,
        text: &Normalized,
        wanted: impl Fn(&Run) -> bool,
        locale: &Locale,
    ) -> Terms {
        let mut analysis = Analysis::default();
        let splitter = Splitter { analyzer: self, text, locale, stemmer: latin::stemmer(locale) };
        for run in runs(&text.plain, locale).into_iter().filter(wanted) {
            splitter.split(run, &mut analysis);
        }
        analysis.words
    }

    /// Returns the form under which two wordings count as the same: folded,
    /// letters and digits only.
    pub fn key(&self, text: &str) -> String {
        self.normalizer.key(text)
    }
}

/// Splits the runs of one text.
struct Splitter<'a> {
    analyzer: &'a Analyzer,
    text: &'a Normalized,
    locale: &'a Locale,
    stemmer: Option<Stemmer>,
}

impl Splitter<'_> {
    fn split(&self, run: Run, out: &mut Analysis) {
        match run.script {
            Script::Han => self.chinese(run.chars, out),
            Script::Japanese => self.unspaced(run.chars, 2, out),
            Script::SoutheastAsian => self.unspaced(run.chars, 3, out),
            Script::Hangul => self.hangul(run.chars, out),
            Script::Code => self.code(run.chars, out),
            Script::Spaced => self.spaced(run.chars, out),
        }
    }

    fn chinese(&self, chars: Range<usize>, out: &mut Analysis) {
        let run: String = self.text.folded[chars.clone()].iter().collect();
        self.analyzer.chinese.split(&run, |word| {
            self.push(&mut out.words, chars.start + word.start..chars.start + word.end);
        });
        self.grams(chars.clone(), 2, out);
        self.characters(chars, out);
    }

    fn unspaced(&self, chars: Range<usize>, gram: usize, out: &mut Analysis) {
        let run: String = self.text.plain[chars.clone()].iter().collect();
        self.analyzer.unspaced.split(&run, |word| {
            self.push(&mut out.words, chars.start + word.start..chars.start + word.end);
        });
        self.grams(chars.clone(), gram, out);
        self.characters(chars, out);
    }

    fn hangul(&self, chars: Range<usize>, out: &mut Analysis) {
        self.push(&mut out.words, chars.clone());
        self.grams(chars.clone(), 2, out);
        self.characters(chars, out);
    }

    /// A code: its parts, and the whole without separators.
    fn code(&self, chars: Range<usize>, out: &mut Analysis) {
        let code = &self.text.folded[chars.clone()];
        let parts = latin::code_parts(code);
        if parts.len() > 1 {
            let whole = code.iter().copied().filter(|c| c.is_ascii_alphanumeric());
            out.words.push(whole, self.text.source(chars.clone()));
        }
        for part in parts {
            let part = chars.start + part.start..chars.start + part.end;
            self.push(&mut out.words, part.clone());
            self.push(&mut out.chars, part);
        }
    }

    fn spaced(&self, chars: Range<usize>, out: &mut Analysis) {
        let word: String = self.text.folded[chars.clone()].iter().collect();
        let source = self.text.source(chars);
        let stem = self.stem(&word);
        let stem = latin::without_accents(&stem, self.locale);
        out.words.push(stem.chars(), source.clone());
        let letters = latin::without_accents(&word, self.locale);
        // Stemmers go by accents, and many people do not type them.
        if let Cow::Owned(plain) = &letters
            && self.stem(plain) != stem
        {
            out.words.push(self.stem(plain).chars(), source.clone());
        }
        self.spaced_grams(&letters, &source, out);
        out.chars.push(letters.chars(), source);
    }

    fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        }
    }

    /// Sequences of four letters; a shorter word is one itself.
    fn spaced_grams(&self, word: &str, source: &Range<usize>, out: &mut Analysis) {
        const LENGTH: usize = 4;
        let letters: Vec<char> = word.chars().collect();
        if letters.len() <= LENGTH {
            out.grams.push(letters, source.clone());
            return;
        }
        for gram in letters.windows(LENGTH) {
            out.grams.push(gram.iter().copied(), source.clone());
        }
    }

    fn grams(&self, chars: Range<usize>, length: usize, out: &mut Analysis) {
        for start in chars.start..(chars.end + 1).saturating_sub(length) {
            self.push(&mut out.grams, start..start + length);
        }
    }

    fn characters(&self, chars: Range<usize>, out: &mut Analysis) {
        for at in chars {
            self.push(&mut out.chars, at..at + 1);
        }
    }

    fn push(&self, terms: &mut Terms, chars: Range<usize>) {
        terms.push(self.text.folded[chars.clone()].iter().copied(), self.text.source(chars));
    }
}
