//! Finds the wordings in a query that have synonyms.
//!
//! Wordings are compared unit by unit: a character of scripts without spaces, a
//! stem of the others. So `parcels` meets `parcel`, `包裹` is found inside a
//! sentence, and traditional and simplified characters are one.

use rustc_hash::FxHashMap;

use crate::locale::Locale;
use crate::vocabulary;

/// Synonyms, by the first unit of what people type.
#[derive(Default)]
pub(super) struct Synonyms {
    by_first: FxHashMap<String, Vec<Rule>>,
}

struct Rule {
    locale: Option<Locale>,
    units: Vec<String>,
    alternatives: Vec<String>,
}

/// A query is widened by so many wordings at most.
const MAX_ALTERNATIVES: usize = 16;

impl Synonyms {
    /// Takes the synonyms in; `units` takes a wording apart.
    pub(super) fn new(
        synonyms: &[vocabulary::Synonyms],
        units: impl Fn(&str, &Locale) -> Vec<String>,
    ) -> Self {
        let mut by_first: FxHashMap<String, Vec<Rule>> = FxHashMap::default();
        for group in synonyms {
            let locale = group.locale.clone().unwrap_or_else(Locale::english);
            for from in &group.from {
                let units = units(from, &locale);
                let Some(first) = units.first() else { continue };
                let alternatives = group.to.iter().filter(|to| *to != from).cloned().collect();
                let rule = Rule { locale: group.locale.clone(), alternatives, units: units.clone() };
                by_first.entry(first.clone()).or_default().push(rule);
            }
        }
        Self { by_first }
    }

    /// Returns whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Returns the synonyms of all wordings in a query, each once, in the order of
    /// the query.
    pub(super) fn of(&self, query: &[String], locale: &Locale) -> Vec<&str> {
        let mut alternatives: Vec<&str> = Vec::new();
        for start in 0..query.len() {
            let rules = self.by_first.get(&query[start]).into_iter().flatten();
            let apply = rules.filter(|rule| {
                let speaks = rule.locale.as_ref().is_none_or(|rule| rule.language() == locale.language());
                speaks && query[start..].starts_with(&rule.units)
            });
            for alternative in apply.flat_map(|rule| &rule.alternatives) {
                if !alternatives.contains(&alternative.as_str()) && alternatives.len() < MAX_ALTERNATIVES {
                    alternatives.push(alternative);
                }
            }
        }
        alternatives
    }
}
