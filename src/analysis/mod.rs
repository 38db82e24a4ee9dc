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
mod function_words;
mod language;
mod latin;
mod normalize;
pub(crate) mod pinyin;
mod politeness;
mod run;
mod synonyms;
mod unspaced;

use std::borrow::Cow;
use std::ops::Range;

use rust_stemmers::Stemmer;

use crate::locale::Locale;
use crate::vocabulary::Vocabulary;
pub use language::Guess;
pub(crate) use language::UNSURE;
pub(crate) use latin::bare_letter;
pub(crate) use normalize::Normalized;
use normalize::Normalizer;
pub(crate) use run::{Run, Script, is_unspaced, runs};

/// Turns text into terms.
pub struct Analyzer {
    normalizer: Normalizer,
    chinese: chinese::Segmenter,
    unspaced: unspaced::Segmenter,
    function_words: function_words::FunctionWords,
    synonyms: synonyms::Synonyms,
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
    /// Makes an analyzer that knows a company's own words.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let normalizer = Normalizer::new();
        let words = vocabulary.dictionary.iter();
        let words: Vec<String> =
            words.map(|word| normalizer.normalize(word).folded.into_iter().collect()).collect();
        let chinese = chinese::Segmenter::new(words.iter().map(String::as_str));
        let mut analyzer = Self {
            normalizer,
            chinese,
            unspaced: unspaced::Segmenter::new(),
            function_words: function_words::FunctionWords::default(),
            synonyms: synonyms::Synonyms::default(),
        };
        analyzer.function_words = function_words::FunctionWords::new(|text, locale| {
            let words = analyzer.analyze(text, locale).words;
            let is_whole = words.iter().all(|(_, source)| source == (0..text.len()));
            is_whole.then(|| words.iter().map(|(term, _)| term.to_owned()).collect())
        });
        analyzer.synonyms =
            synonyms::Synonyms::new(&vocabulary.synonyms, |text, locale| analyzer.units(text, locale));
        analyzer
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

    /// Returns the words of some runs of `text`: for highlighting, which does not
    /// need the words of all.
    pub(crate) fn words_of(
        &self,
        text: &Normalized,
        runs: impl Iterator<Item = Run>,
        locale: &Locale,
    ) -> Terms {
        let mut words = Terms::default();
        let splitter = Splitter { analyzer: self, text, locale, stemmer: latin::stemmer(locale) };
        for run in runs {
            splitter.words(&run, &mut words);
        }
        words
    }

    /// Guesses the language of a query by a visitor of `visitor`, of those `among`
    /// which there are articles.
    pub fn guess_language(&self, query: &str, visitor: &Locale, among: &[&str]) -> Guess {
        language::guess(&self.normalizer.normalize(query), visitor, among, &self.function_words)
    }

    /// Returns `query` without the greetings and thanks around it; all of it if there
    /// is nothing else.
    pub(crate) fn without_politeness<'t>(&self, query: &'t str) -> &'t str {
        let text = self.normalizer.normalize(query);
        let rest = politeness::stripped(&text);
        if rest.is_empty() { query } else { &query[text.source(rest)] }
    }

    /// Returns whether a term, as [`Analyzer::analyze`] makes it, is a word that says
    /// nothing of a text's subject.
    pub fn is_function_word(&self, term: &str, locale: &Locale) -> bool {
        self.function_words.contains(term, locale)
    }

    /// Returns what else to look for when `query` is typed: the synonyms of the
    /// wordings in it.
    pub fn synonyms(&self, query: &str, locale: &Locale) -> Vec<&str> {
        if self.synonyms.is_empty() {
            return Vec::new();
        }
        self.synonyms.of(&self.units(query, locale), locale)
    }

    /// Returns the characters of scripts without spaces and the stems of others.
    fn units(&self, text: &str, locale: &Locale) -> Vec<String> {
        let text = self.normalizer.normalize(text);
        let splitter = Splitter { analyzer: self, text: &text, locale, stemmer: latin::stemmer(locale) };
        let mut units = Terms::default();
        for run in runs(&text.plain, locale) {
            match run.script {
                Script::Spaced => splitter.stems(run.chars, &mut units),
                Script::Code => splitter.code_parts(run.chars, &mut units),
                _ => splitter.grams(run.chars, 1, &mut units),
            }
        }
        units.iter().map(|(unit, _)| unit.to_owned()).collect()
    }

    /// Returns the letters and digits of `text`, folded and without accents.
    pub(crate) fn letters(&self, text: &str, locale: &Locale) -> Letters {
        let text = self.normalizer.normalize(text);
        let is_letter = |c: &char| c.is_alphanumeric() || normalize::is_mark(*c);
        let places: Vec<usize> = (0..text.folded.len()).filter(|at| is_letter(&text.folded[*at])).collect();
        let chars = places.iter().map(|at| latin::bare(text.folded[*at])).collect();
        let starts = runs(&text.plain, locale).into_iter().flat_map(|run| match run.script {
            Script::Spaced | Script::Code => run.chars.start..run.chars.start + 1,
            _ => run.chars,
        });
        let starts = starts.filter_map(|at| places.binary_search(&at).ok()).collect();
        let sources = places.iter().map(|at| text.source(*at..at + 1)).collect();
        Letters { chars, starts, sources }
    }

    /// Returns the form under which two wordings count as the same: folded,
    /// letters and digits only.
    pub fn key(&self, text: &str) -> String {
        self.normalizer.key(text)
    }
}

/// The letters and digits of a text.
pub(crate) struct Letters {
    pub(crate) chars: Vec<char>,
    /// Which of them start a word; all in scripts without spaces.
    pub(crate) starts: Vec<usize>,
    /// Where each stands in the text, in bytes.
    pub(crate) sources: Vec<Range<usize>>,
}

/// Returns what stands between points in a word or code: `next` and `js` in `next.js`.
fn between_points(text: &[char], chars: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = chars.start;
    let parts = text[chars].split(|c| *c == '.').map(move |part| {
        let range = start..start + part.len();
        start = range.end + 1;
        range
    });
    parts.filter(|part| !part.is_empty())
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
        self.words(&run, &mut out.words);
        let chars = run.chars;
        match run.script {
            Script::Han | Script::Japanese | Script::Hangul => self.grams(chars.clone(), 2, &mut out.grams),
            Script::SoutheastAsian => self.grams(chars.clone(), 3, &mut out.grams),
            Script::Code => return self.code_parts(chars, &mut out.chars),
            Script::Spaced => {
                return between_points(&self.text.folded, chars).for_each(|part| self.letters(part, out));
            }
        }
        for at in chars {
            self.push(&mut out.chars, at..at + 1);
        }
    }

    fn words(&self, run: &Run, words: &mut Terms) {
        match run.script {
            Script::Han => self.chinese(run.chars.clone(), words),
            Script::Japanese | Script::SoutheastAsian => self.unspaced(run.chars.clone(), words),
            Script::Hangul => self.push(words, run.chars.clone()),
            Script::Code => self.code(run.chars.clone(), words),
            Script::Spaced => {
                self.stems(run.chars.clone(), words);
                if self.text.folded[run.chars.clone()].contains(&'.') {
                    let parts = between_points(&self.text.folded, run.chars.clone());
                    parts.for_each(|part| self.stems(part, words));
                }
            }
        }
    }

    fn chinese(&self, chars: Range<usize>, words: &mut Terms) {
        let run: String = self.text.folded[chars.clone()].iter().collect();
        self.analyzer.chinese.split(&run, |word| {
            self.push(words, chars.start + word.start..chars.start + word.end);
        });
    }

    fn unspaced(&self, chars: Range<usize>, words: &mut Terms) {
        let run: String = self.text.plain[chars.clone()].iter().collect();
        self.analyzer.unspaced.split(&run, |word| {
            self.push(words, chars.start + word.start..chars.start + word.end);
        });
    }

    /// A code: its parts, what stands between separators, and the whole without them.
    fn code(&self, chars: Range<usize>, words: &mut Terms) {
        let code = &self.text.folded[chars.clone()];
        if latin::code_parts(code).len() > 1 {
            let whole = code.iter().copied().filter(|c| c.is_ascii_alphanumeric());
            words.push(whole, self.text.source(chars.clone()));
        }
        for chunk in latin::code_chunks(code) {
            self.push(words, chars.start + chunk.start..chars.start + chunk.end);
        }
        for part in latin::code_parts(code) {
            let part = chars.start + part.start..chars.start + part.end;
            self.push(words, part.clone());
            if self.text.folded[part.clone()].contains(&'.') {
                self.pieces(part, words);
            }
        }
    }

    /// The smallest parts of a code, in order.
    fn code_parts(&self, chars: Range<usize>, terms: &mut Terms) {
        for part in latin::code_parts(&self.text.folded[chars.clone()]) {
            self.pieces(chars.start + part.start..chars.start + part.end, terms);
        }
    }

    /// What stands between points: the numbers of `2.3.1`.
    fn pieces(&self, chars: Range<usize>, terms: &mut Terms) {
        for piece in between_points(&self.text.folded, chars) {
            self.push(terms, piece);
        }
    }

    /// The stem of a word, and the stem that it has without its accents.
    fn stems(&self, chars: Range<usize>, words: &mut Terms) {
        let word: String = self.text.folded[chars.clone()].iter().collect();
        let source = self.text.source(chars);
        let stem = self.stem(&word);
        let stem = latin::without_accents(&stem, self.locale);
        words.push(stem.chars(), source.clone());
        // Stemmers go by accents, and many people do not type them.
        if let Cow::Owned(plain) = latin::without_accents(&word, self.locale)
            && self.locale.language() != "ar"
            && self.stem(&plain) != stem
        {
            words.push(self.stem(&plain).chars(), source);
        }
    }

    /// A word as it is, and its sequences of four letters; a shorter word is one itself.
    fn letters(&self, chars: Range<usize>, out: &mut Analysis) {
        const LENGTH: usize = 4;
        let word: String = self.text.folded[chars.clone()].iter().collect();
        let word = latin::without_accents(&word, self.locale);
        let source = self.text.source(chars);
        let letters: Vec<char> = word.chars().collect();
        if letters.len() <= LENGTH {
            out.grams.push(word.chars(), source.clone());
        }
        for gram in letters.windows(LENGTH).filter(|_| letters.len() > LENGTH) {
            out.grams.push(gram.iter().copied(), source.clone());
        }
        out.chars.push(letters, source);
    }

    fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        }
    }

    fn grams(&self, chars: Range<usize>, length: usize, grams: &mut Terms) {
        for start in chars.start..(chars.end + 1).saturating_sub(length) {
            self.push(grams, start..start + length);
        }
    }

    fn push(&self, terms: &mut Terms, chars: Range<usize>) {
        terms.push(self.text.folded[chars.clone()].iter().copied(), self.text.source(chars));
    }
}
