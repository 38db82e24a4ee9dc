//! Words that are in every text and say nothing of its subject: `what`, `the`, `怎么`.
//!
//! They are never dropped: in a short question they may be all there is. But in a
//! small help center chance makes some of them rare, so `search` needs to know
//! which they are. The lists are those of NLTK.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::locale::Locale;

/// Function words and their stems, by language.
#[derive(Default)]
pub(super) struct FunctionWords {
    by_language: FxHashMap<&'static str, FxHashSet<String>>,
}

impl FunctionWords {
    /// Takes the lists of all languages in; `terms` returns how a word is indexed, with
    /// and without its accents, and nothing if it is cut in pieces.
    pub(super) fn new(terms: impl Fn(&str, &Locale) -> Option<Vec<String>>) -> Self {
        let list = |code: &&'static str| {
            let locale: Locale = code.parse().ok()?;
            let mut all = FxHashSet::default();
            for word in stop_words::lookup(code)? {
                if let Some(terms) = terms(word, &locale) {
                    all.extend(terms.into_iter().chain([(*word).to_owned()]));
                }
            }
            Some((*code, all))
        };
        Self { by_language: stop_words::available_languages().iter().filter_map(list).collect() }
    }

    pub(super) fn contains(&self, term: &str, locale: &Locale) -> bool {
        self.has(term, locale.language())
    }

    pub(super) fn has(&self, term: &str, language: &str) -> bool {
        self.by_language.get(language).is_some_and(|words| words.contains(term))
    }
}
