//! Locale tags and how near two of them are.
//!
//! An article is published in a locale; a visitor reads one and can often read
//! another. Everything that falls back from one to the other (search results,
//! article pages, interface texts) asks [`Locale::distance_to`], so that all
//! places fall back alike.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A canonical language tag such as `en`, `zh-Hans` or `pt-BR`.
///
/// `zh`, `zh-CN` and `zh-SG` are one locale, `zh-Hans`; other regions are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(LanguageIdentifier);

/// A text is not a locale tag that we know.
#[derive(Debug, thiserror::Error)]
#[error("unknown locale `{0}`; write a language tag such as en, zh-Hans or pt-BR")]
pub struct UnknownLocale(pub String);

/// How far a reader of one locale is from an article in another, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distance {
    /// The locale itself.
    Same,
    /// Another region of the same written language (`zh-TW` and `zh-Hant`).
    Region,
    /// The same language in another script (`zh-Hant` and `zh-Hans`).
    Script,
    /// English, which most readers fall back to.
    English,
    /// A language that the reader may not know.
    Foreign,
}

impl Locale {
    /// English, the last step of every fallback chain.
    pub fn english() -> Self {
        Self(unic_langid::langid!("en"))
    }

    /// Returns the two- or three-letter language, `zh` for `zh-Hans`.
    pub fn language(&self) -> &str {
        self.0.language.as_str()
    }

    /// Returns how far an article in `article` is from a reader of this locale.
    pub fn distance_to(&self, article: &Locale) -> Distance {
        if self == article {
            Distance::Same
        } else if self.0.language == article.0.language {
            if self.script() == article.script() { Distance::Region } else { Distance::Script }
        } else if article.language() == "en" {
            Distance::English
        } else {
            Distance::Foreign
        }
    }

    /// Returns the locale of `available` nearest to this one; ties go to the
    /// alphabetically first.
    pub fn nearest<'a>(&self, available: impl IntoIterator<Item = &'a Locale>) -> Option<&'a Locale> {
        available.into_iter().min_by_key(|locale| (self.distance_to(locale), (*locale).clone()))
    }

    /// Returns whether the language is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.language(), "ar" | "fa" | "he" | "ur" | "ps" | "dv" | "yi")
    }

    /// Returns the script where one language is written in several, else nothing.
    fn script(&self) -> Option<&str> {
        let region = self.0.region.as_ref().map(|region| region.as_str());
        match (self.0.script.as_ref(), self.language(), region) {
            (Some(script), ..) => Some(script.as_str()),
            (None, "zh", Some("TW" | "HK" | "MO")) => Some("Hant"),
            (None, "zh", _) => Some("Hans"),
            _ => None,
        }
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        let unknown = || UnknownLocale(tag.to_owned());
        let id: LanguageIdentifier = tag.trim().parse().map_err(|_| unknown())?;
        if LANGUAGES.binary_search(&id.language.as_str()).is_err() {
            return Err(unknown());
        }
        let region = id.region.as_ref().map(|region| region.as_str());
        let simplified = id.language.as_str() == "zh"
            && match id.script.as_ref().map(|script| script.as_str()) {
                Some(script) => script == "Hans",
                None => matches!(region, None | Some("CN" | "SG" | "MY")),
            };
        if simplified {
            return Ok(Self(unic_langid::langid!("zh-Hans")));
        }
        Ok(Self(id))
    }
}

impl TryFrom<String> for Locale {
    type Error = UnknownLocale;

    fn try_from(tag: String) -> Result<Self, UnknownLocale> {
        tag.parse()
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> String {
        locale.to_string()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The two-letter languages of ISO 639-1 and the three-letter ones that help
/// centers are really written in, sorted. A folder `br` or `api` may still be
/// something else; that is decided where folders are read.
#[rustfmt::skip]
const LANGUAGES: &[&str] = &[
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bi", "bm", "bn", "bo",
    "br", "bs", "ca", "ce", "ceb", "ch", "ckb", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el",
    "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fil", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gsw", "gu",
    "gv", "ha", "haw", "he", "hi", "hmn", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io",
    "is", "it", "iu", "ja", "jv", "ka", "kab", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv",
    "kw", "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms",
    "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa",
    "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl", "sm",
    "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr",
    "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "yue", "za", "zh",
    "zu",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        tag.parse().expect("a locale tag")
    }

    #[test]
    fn tags_are_canonical() {
        for (written, canonical) in [
            ("zh_TW", "zh-TW"),
            ("zh-cn", "zh-Hans"),
            ("zh", "zh-Hans"),
            ("PT_br", "pt-BR"),
            ("zh-hant", "zh-Hant"),
        ] {
            assert_eq!(locale(written).to_string(), canonical);
        }
        assert!("client".parse::<Locale>().is_err());
        assert!("xx".parse::<Locale>().is_err());
        assert!("".parse::<Locale>().is_err());
    }

    #[test]
    fn languages_are_sorted_for_binary_search() {
        assert!(LANGUAGES.is_sorted());
    }

    #[test]
    fn readers_fall_back_to_the_nearest_writing() {
        let available = ["en", "ja", "zh-Hans", "zh-Hant"].map(locale);
        assert_eq!(locale("zh-TW").nearest(&available), Some(&locale("zh-Hant")));
        assert_eq!(locale("zh-HK").nearest(&available[..3]), Some(&locale("zh-Hans")));
        assert_eq!(locale("zh-Hans").nearest([&available[0], &available[3]]), Some(&locale("zh-Hant")));
        assert_eq!(locale("tr").nearest(&available), Some(&locale("en")));
        assert_eq!(locale("tr").nearest(&available[1..2]), Some(&locale("ja")));
    }
}
