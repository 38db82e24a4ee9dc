//! The texts of an interface, one Fluent file for each language.
//!
//! A file is complete, so a page is never half in one language and half in
//! another. For a locale without a file the nearest one is used.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use jiff::civil::Date;
use minijinja::value::{Kwargs, Value};
use minijinja::{Error, ErrorKind};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use super::language;
use crate::locale::{Distance, Locale};

/// The texts in every language that they are written in.
pub(super) struct Library(Vec<Arc<Texts>>);

/// The texts in one language.
pub(super) struct Texts {
    /// The language.
    pub(super) locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl Library {
    /// Reads the files of a folder that is compiled in, each `<locale>.ftl`, and the messages
    /// that take the place of theirs, by locale. What those of a further locale do not say is said
    /// as in the nearest locale of the same language, else in English.
    pub(super) fn new<Files: RustEmbed>(theme: &BTreeMap<String, String>) -> Result<Self, TextsError> {
        let read = |name: &str| Some(String::from_utf8(Files::get(name)?.data.into_owned()).expect("UTF-8"));
        let compiled_in: Vec<String> =
            Files::iter().map(|name| name.trim_end_matches(".ftl").to_owned()).collect();
        let locales: BTreeSet<&String> = compiled_in.iter().chain(theme.keys()).collect();
        let texts = |tag: &String| {
            let own = read(&format!("{}.ftl", base(tag, &compiled_in))).expect("the file was listed");
            Texts::read(tag, own, theme.get(tag)).map(Arc::new)
        };
        locales.into_iter().map(texts).collect::<Result<_, _>>().map(Self)
    }

    /// Returns the texts for a reader of `locale`.
    pub(super) fn nearest(&self, locale: &Locale) -> &Arc<Texts> {
        let nearest = locale.nearest(self.0.iter().map(|texts| &texts.locale));
        let found = self.0.iter().find(|texts| Some(&texts.locale) == nearest);
        found.expect("the program has texts in English at least")
    }

    /// Returns the languages of the texts.
    pub(super) fn locales(&self) -> Vec<Locale> {
        self.0.iter().map(|texts| texts.locale.clone()).collect()
    }
}

/// Returns the locale whose texts those of another start from.
pub(super) fn base<'a>(tag: &str, compiled_in: &'a [String]) -> &'a str {
    let near = tag.parse::<Locale>().ok().and_then(|locale| {
        let all: Vec<Locale> = compiled_in.iter().filter_map(|tag| tag.parse().ok()).collect();
        let nearest = locale.nearest(&all).filter(|near| locale.distance_to(near) <= Distance::Script)?;
        compiled_in.iter().find(|tag| **tag == nearest.to_string())
    });
    near.map_or("en", String::as_str)
}

/// Returns the names of the messages of a file.
pub(super) fn ids(source: &str) -> BTreeSet<&str> {
    let messages = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    messages.filter_map(|line| Some(line.split_once('=')?.0.trim())).collect()
}

/// How readers of a language group the digits of a number, as in CLDR.
struct Grouping {
    separator: &'static str,
    /// Smaller numbers are not grouped.
    from: u64,
}

impl Memoizable for Grouping {
    type Args = ();
    type Error = std::convert::Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        let separator = match language.language.as_str() {
            "da" | "de" | "el" | "es" | "id" | "it" | "nl" | "pt" | "ro" | "tr" | "vi" => ".",
            "fr" => "\u{202f}",
            "bg" | "cs" | "fi" | "hu" | "nb" | "no" | "pl" | "ru" | "sk" | "sv" | "uk" => "\u{a0}",
            _ => ",",
        };
        let is_later = matches!(language.language.as_str(), "bg" | "es" | "it" | "pl" | "pt");
        Ok(Self { separator, from: if is_later { 10_000 } else { 1_000 } })
    }
}

impl Grouping {
    fn written(&self, number: u64) -> String {
        let digits = number.to_string();
        if number < self.from {
            return digits;
        }
        let groups = digits.as_bytes().rchunks(3).rev();
        let groups: Vec<&str> = groups.map(|group| std::str::from_utf8(group).expect("digits")).collect();
        groups.join(self.separator)
    }
}

/// Returns a whole number as it is written; other values stay as they are.
fn written(value: &FluentValue, memory: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let is_whole = number.value >= 0.0 && number.value.fract() == 0.0;
    is_whole.then_some(())?;
    memory.with_try_get((), |grouping: &Grouping| grouping.written(number.value as u64)).ok()
}

/// Why texts cannot be used.
#[derive(Debug)]
pub(super) struct TextsError {
    /// The locale that their file is named by.
    pub(super) tag: String,
    /// What to do.
    pub(super) reason: String,
}

impl Texts {
    /// Reads the texts in one language; messages of `theme` take the place of those of `own`.
    fn read(tag: &str, own: String, theme: Option<&String>) -> Result<Self, TextsError> {
        let wrong = |reason: String| TextsError { tag: tag.to_owned(), reason };
        let named = || wrong("name it by a locale, such as it.ftl".to_owned());
        let locale: Locale = tag.parse().map_err(|_| named())?;
        let language: LanguageIdentifier = tag.parse().map_err(|_| named())?;
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(written));
        for source in std::iter::once(&own).chain(theme) {
            let resource = FluentResource::try_new(source.clone()).map_err(|(_, errors)| {
                wrong(errors.first().map_or("it is no Fluent".to_owned(), ToString::to_string))
            })?;
            bundle.add_resource_overriding(resource);
        }
        Ok(Self { locale, bundle })
    }

    /// Returns a message with its placeholders filled in; nothing if there is
    /// no such message or a placeholder has no value.
    pub(super) fn get(&self, id: &str, values: &[(&str, FluentValue)]) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let values: FluentArgs = values.iter().cloned().collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// Returns a day as it is written in this language.
    pub(super) fn date(&self, date: Date) -> String {
        let year = i64::from(date.year());
        let values = [
            // Years are not grouped.
            ("year", year.to_string().into()),
            ("buddhist-year", (year + BUDDHIST_YEARS).to_string().into()),
            ("month", date.month().into()),
            ("day", date.day().into()),
        ];
        self.get("date", &values).unwrap_or_else(|| date.to_string())
    }

    /// Returns the name of a language in this language.
    pub(super) fn language(&self, locale: &Locale) -> String {
        let name = language::own_name(locale);
        let values = [("tag", locale.to_string().into()), ("name", name.as_str().into())];
        self.get("language", &values).unwrap_or(name)
    }

    /// Returns the function `text("id", name=value)` for templates.
    pub(super) fn function(self: &Arc<Self>) -> Value {
        let texts = Arc::clone(self);
        Value::from_function(move |id: &str, values: Kwargs| texts.call(id, &values))
    }

    fn call(&self, id: &str, values: &Kwargs) -> Result<String, Error> {
        let values: Vec<(&str, FluentValue)> = values
            .args()
            .map(|name| Ok((name, self.placeable(&values.get(name)?))))
            .collect::<Result<_, Error>>()?;
        let missing =
            || Error::new(ErrorKind::InvalidOperation, format!("no text `{id}` in {}", self.locale));
        self.get(id, &values).ok_or_else(missing)
    }

    /// Makes a value to put into a message. A name or query in Latin letters is
    /// marked, so that it does not tear a right-to-left sentence apart.
    fn placeable(&self, value: &Value) -> FluentValue<'static> {
        match i64::try_from(value.clone()) {
            Ok(number) if value.is_number() => number.into(),
            _ if self.locale.is_right_to_left() => format!("\u{2068}{value}\u{2069}").into(),
            _ => value.to_string().into(),
        }
    }
}

/// Thailand counts years from 543 years before ours.
const BUDDHIST_YEARS: i64 = 543;

#[cfg(test)]
mod tests {
    use super::super::{agents, pages};
    use super::*;

    fn locale(tag: &str) -> Locale {
        tag.parse().expect("a locale")
    }

    fn ids<Files: RustEmbed>(name: &str) -> BTreeSet<String> {
        let file = Files::get(name).expect("a file");
        let source = std::str::from_utf8(&file.data).expect("UTF-8");
        super::ids(source).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn every_language_has_every_message() {
        assert_complete::<pages::Texts>(12);
        assert_complete::<agents::Texts>(3);
    }

    fn assert_complete<Files: RustEmbed>(languages: usize) {
        let english = ids::<Files>("en.ftl");
        assert!(english.len() > 50);
        for name in Files::iter() {
            assert_eq!(ids::<Files>(&name), english, "{name}");
        }
        assert_eq!(Library::new::<Files>(&BTreeMap::new()).expect("sound texts").0.len(), languages);
    }

    #[test]
    fn every_message_can_be_filled_in() {
        let names = [
            "site", "count", "date", "topic", "language", "query", "value", "page", "pages", "limit", "tag",
            "name",
        ];
        let numbers = ["year", "month", "day", "buddhist-year"];
        let values: Vec<(&str, FluentValue)> =
            names.iter().chain(&numbers).map(|name| (*name, FluentValue::from(3))).collect();
        assert_filled_in::<pages::Texts>(&values);
        assert_filled_in::<agents::Texts>(&values);
    }

    fn assert_filled_in<Files: RustEmbed>(values: &[(&str, FluentValue)]) {
        for texts in &Library::new::<Files>(&BTreeMap::new()).expect("sound texts").0 {
            for id in ids::<Files>("en.ftl") {
                assert!(texts.get(&id, values).is_some(), "{id} in {}", texts.locale);
            }
        }
    }

    #[test]
    fn dates_are_written_as_readers_write_them() {
        let library = Library::new::<pages::Texts>(&BTreeMap::new()).expect("sound texts");
        let date = jiff::civil::date(2026, 3, 1);
        let written = |tag| library.nearest(&locale(tag)).date(date);
        assert_eq!(written("en"), "March 1, 2026");
        assert_eq!(written("zh-Hans"), "2026年3月1日");
        assert_eq!(written("zh-TW"), "2026 年 3 月 1 日");
        assert_eq!(written("fr"), "1er mars 2026");
        assert_eq!(written("ru"), "1 марта 2026 г.");
        assert_eq!(written("th"), "1 มีนาคม 2569");
    }

    #[test]
    fn numbers_choose_the_right_form() {
        let library = Library::new::<pages::Texts>(&BTreeMap::new()).expect("sound texts");
        let articles = |count: i64| {
            library.nearest(&locale("ru")).get("topic-articles", &[("count", count.into())]).expect("a text")
        };
        assert_eq!(articles(21), "Вся 21 статья");
        assert_eq!(articles(22), "Все 22 статьи");
        assert_eq!(articles(25), "Все 25 статей");
    }

    #[test]
    fn numbers_are_grouped_as_readers_do() {
        let library = Library::new::<pages::Texts>(&BTreeMap::new()).expect("sound texts");
        let articles = |tag| {
            let texts = library.nearest(&locale(tag));
            let text = texts.get("topic-articles", &[("count", 12_345.into())]).expect("a text");
            text.chars().filter(|c| c.is_ascii_digit() || ",.\u{a0}\u{202f}".contains(*c)).collect::<String>()
        };
        assert_eq!([articles("en"), articles("de"), articles("zh-Hans")], ["12,345", "12.345", "12,345"]);
        assert_eq!(articles("fr"), "12\u{202f}345");
        assert_eq!([articles("ar"), articles("es")], ["12,345", "12.345"]);
    }

    #[test]
    fn languages_without_texts_fall_back() {
        let library = Library::new::<pages::Texts>(&BTreeMap::new()).expect("sound texts");
        let texts = |tag| library.nearest(&locale(tag)).locale.to_string();
        assert_eq!([texts("pt-BR"), texts("zh-HK"), texts("tr")], ["pt", "zh-Hant", "en"]);
        assert_eq!(library.nearest(&locale("de")).language(&locale("zh-Hans")), "Chinesisch (vereinfacht)");
        assert_eq!(library.nearest(&locale("de")).language(&locale("tr")), "Türkçe");
    }
}
