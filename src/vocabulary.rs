//! A company's own words, from plain files in the content folder: a dictionary
//! of words that segmentation must know, and synonyms.
//!
//! `dictionary.txt` has a word a line. `synonyms.txt` holds for every language,
//! `synonyms.<locale>.txt` for one:
//!
//! ```text
//! parcel, package, shipment     # each also finds the others
//! DHL, UPS => carrier           # finds carrier, but not the other way round
//! ```
//!
//! `#` starts a comment in all of them.
//!
//! Not here: what the words do to a text (`analysis`) or a query (`search`).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// All words of one help center.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Words that segmentation must know, as written.
    pub dictionary: Vec<String>,
    /// In the order of their files.
    pub synonyms: Vec<Synonyms>,
}

/// Wordings of which each in `from` also finds those in `to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// Queries in this language only; all if nothing.
    pub locale: Option<Locale>,
    /// What people type.
    pub from: Vec<String>,
    /// What is looked for as well; a wording that is in both is not its own synonym.
    pub to: Vec<String>,
    /// The name of their file.
    pub file: String,
    /// Their line in it, from one.
    pub line: u32,
}

/// Reads the words of a dictionary file, each once.
pub fn dictionary_words(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    lines(text).map(|(_, word)| word).filter(|word| seen.insert(*word)).map(str::to_owned).collect()
}

/// Reads a file of synonyms. Lines that say nothing are returned by number.
pub fn synonyms(text: &str, file: &str, locale: Option<&Locale>) -> (Vec<Synonyms>, Vec<u32>) {
    let (mut synonyms, mut wrong) = (Vec::new(), Vec::new());
    for (number, line) in lines(text) {
        match wordings_of(line) {
            Some((from, to)) => {
                let (locale, file) = (locale.cloned(), file.to_owned());
                synonyms.push(Synonyms { locale, from, to, file, line: number })
            }
            None => wrong.push(number),
        }
    }
    (synonyms, wrong)
}

/// Reads what is typed and what is looked for; nothing if one adds nothing to the other.
fn wordings_of(line: &str) -> Option<(Vec<String>, Vec<String>)> {
    let (from, to) = match line.split_once("=>") {
        Some((from, to)) => (wordings(from), wordings(to)),
        None => (wordings(line), wordings(line)),
    };
    let says_something = !from.is_empty() && to.iter().any(|to| from.iter().any(|from| from != to));
    says_something.then_some((from, to))
}

/// Reads wordings that are separated by commas.
pub fn wordings(list: &str) -> Vec<String> {
    let words = list.split([',', '，', '、']).map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Returns the lines that are not empty, without comments, numbered from one.
fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    (1..).zip(lines).filter(|(_, line)| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionary_has_comments_and_no_duplicates() {
        assert_eq!(dictionary_words("云仓 # product\n\n# note\n云仓\r\n SB-A20 \n"), ["云仓", "SB-A20"]);
    }

    #[test]
    fn synonyms_go_both_ways_or_one_way() {
        let (groups, wrong) =
            synonyms("parcel, package\nDHL、UPS => carrier # who brings it\n", "synonyms.txt", None);
        assert_eq!(groups[0].from, groups[0].to);
        assert_eq!(groups[1].from, ["DHL", "UPS"]);
        assert_eq!(groups[1].to, ["carrier"]);
        assert_eq!(wrong, [0; 0]);
    }

    #[test]
    fn lines_that_say_nothing_are_numbered() {
        assert_eq!(synonyms("\nalone\n=> b\na =>\na => a\n,", "synonyms.txt", None).1, [2, 3, 4, 5, 6]);
    }
}
