//! Words that are in every text and say nothing of its subject: `what`, `the`, `怎么`.
//!
//! They are never dropped: in a short question they may be all there is. But in a
//! small help center chance makes some of them rare, so `search` needs to know
//! which they are. The lists are those of NLTK.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::locale::Locale;

/// The terms of function words, by language.
#[derive(Default)]
pub(super) struct FunctionWords {
    by_language: FxHashMap<&'static str, FxHashSet<String>>,
}

impl FunctionWords {
    /// Takes the lists of all languages in; `terms` takes a word apart.
    pub(super) fn new(terms: impl Fn(&str, &Locale) -> Vec<String>) -> Self {
        let list = |code: &&'static str| {
            let locale: Locale = code.parse().ok()?;
            let words = stop_words::lookup(code)?.iter().filter_map(|word| {
                // A word that is cut in pieces is none.
                let [term] = <[String; 1]>::try_from(terms(word, &locale)).ok()?;
                Some(term)
            });
            Some((*code, words.collect()))
        };
        Self { by_language: stop_words::available_languages().iter().filter_map(list).collect() }
    }

    pub(super) fn contains(&self, term: &str, locale: &Locale) -> bool {
        self.by_language.get(locale.language()).is_some_and(|words| words.contains(term))
    }
}
