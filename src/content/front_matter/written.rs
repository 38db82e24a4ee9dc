//! Front matter as it is written: where the block is, and its keys and values.
//!
//! YAML between `---`, TOML between `+++` and JSON objects are read into one
//! shape. Every scalar stays the text that the author wrote, so a title `1.10`
//! is not a number, and every key knows its line.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Location, Spanned};

/// A value of the front matter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Nothing,
    Text(String),
    List(Vec<Value>),
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Value,
    /// Its line in the file, from 1.
    pub(super) line: u32,
}

/// The front matter of a file.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) entries: Result<Vec<Entry>, SyntaxError>,
    /// Where the body starts.
    pub(super) body_start: usize,
}

/// Why a block cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SyntaxError {
    pub(super) line: u32,
    pub(super) reason: String,
    /// The title, if its line at least can be made out.
    pub(super) title: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Format {
    Yaml,
    Toml,
}

/// Finds and reads the front matter; nothing if the file has none.
pub(super) fn read(source: &str) -> Option<Block> {
    let start = source.len() - source.trim_start().len();
    if source[start..].starts_with('{') {
        return read_json(source, start);
    }
    let mut lines = Lines { text: source, at: start };
    let format = match lines.next()?.1 {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        _ => return None,
    };
    let inside = lines.at;
    let Some(close) = lines.find(|(_, line)| closes(format, line)) else {
        return unclosed(source, inside);
    };
    let text = &source[inside..close.0.start];
    let first_line = line_of(source, inside);
    let entries = match format {
        Format::Yaml => read_yaml(text, first_line),
        Format::Toml => read_toml(text, first_line),
    };
    let is_prose = entries.is_err() || entries.as_ref().is_ok_and(Vec::is_empty);
    if is_prose && format == Format::Yaml && !text.trim().is_empty() && !has_keys(text) {
        return None;
    }
    Some(Block { entries, body_start: lines.at })
}

/// Returns the line of a place in a file, from 1.
pub(crate) fn line_of(source: &str, at: usize) -> u32 {
    let newlines = source.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(newlines + 1).unwrap_or(u32::MAX)
}

fn closes(format: Format, line: &str) -> bool {
    match format {
        Format::Yaml => matches!(line, "---" | "..."),
        Format::Toml => line == "+++",
    }
}

/// A rule `---` above prose is no front matter, one above `key: value` was meant to be.
fn unclosed(source: &str, inside: usize) -> Option<Block> {
    let first = source[inside..].lines().find(|line| !line.trim().is_empty())?;
    let error = SyntaxError {
        line: line_of(source, inside).saturating_sub(1),
        reason: "it has no closing line".to_owned(),
        title: written_title(&source[inside..]),
    };
    has_keys(first).then_some(Block { entries: Err(error), body_start: inside })
}

/// Returns whether some line looks like `key: value` or `key = value`.
fn has_keys(text: &str) -> bool {
    text.lines().any(|line| {
        let key = line.split([':', '=']).next().unwrap_or_default();
        let is_word =
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
        is_word && key.len() < line.len() && key.trim_end().split(' ').count() <= 2
    })
}

/// Reads the title out of a block that is broken elsewhere.
fn written_title(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix("title"))?;
    let value = line.trim_start().strip_prefix([':', '='])?.trim().trim_matches(['"', '\'']).trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Lines with their ranges, without line ends and trailing spaces.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (Range<usize>, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = match rest.find(['\n', '\r']) {
            Some(end) if rest[end..].starts_with("\r\n") => end + 2,
            Some(end) => end + 1,
            None => rest.len(),
        };
        let range = self.at..self.at + length;
        self.at = range.end;
        Some((range, rest[..length].trim_end()))
    }
}

fn read_yaml(text: &str, first_line: u32) -> Result<Vec<Entry>, SyntaxError> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    };
    let document: Result<Option<Spanned<Yaml>>, _> = serde_saphyr::from_str_with_options(text, options);
    let error = |line: u64, reason: String| SyntaxError {
        line: first_line + u32::try_from(line.saturating_sub(1)).unwrap_or_default(),
        reason,
        title: written_title(text),
    };
    match document {
        Ok(None) => Ok(Vec::new()),
        Ok(Some(document)) => match document.value.into_value(text, first_line, &document.defined) {
            Value::Map(entries) => Ok(entries),
            Value::Nothing => Ok(Vec::new()),
            _ => Err(error(1, "it is not a list of `key: value` lines".to_owned())),
        },
        Err(problem) => {
            let line = problem.location().map_or(1, |location| location.line());
            Err(error(line, problem.to_string()))
        }
    }
}

/// A YAML node. Numbers and the like are looked up in the text again.
enum Yaml {
    Nothing,
    Plain,
    Text(String),
    List(Vec<Spanned<Yaml>>),
    Map(Vec<(Spanned<Yaml>, Spanned<Yaml>)>),
}

impl Yaml {
    fn into_value(self, text: &str, first_line: u32, place: &Location) -> Value {
        match self {
            Self::Nothing => Value::Nothing,
            Self::Plain => Value::Text(written(text, place)),
            Self::Text(text) => Value::Text(text),
            Self::List(items) => {
                let values =
                    items.into_iter().map(|item| item.value.into_value(text, first_line, &item.defined));
                Value::List(values.collect())
            }
            Self::Map(pairs) => {
                let entries = pairs.into_iter().map(|(key, value)| Entry {
                    line: first_line
                        + u32::try_from(key.referenced.line().saturating_sub(1)).unwrap_or_default(),
                    key: match key.value.into_value(text, first_line, &key.defined) {
                        Value::Text(key) => key,
                        _ => String::new(),
                    },
                    value: value.value.into_value(text, first_line, &value.defined),
                });
                Value::Map(entries.collect())
            }
        }
    }
}

/// Returns the text of a scalar as the author wrote it.
fn written(text: &str, place: &Location) -> String {
    let span = place.span();
    let start = span.byte_offset().and_then(|start| usize::try_from(start).ok());
    let length = span.byte_len().and_then(|length| usize::try_from(length).ok());
    let scalar = start.zip(length).and_then(|(start, length)| text.get(start..start + length));
    scalar.unwrap_or_default().trim().to_owned()
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = Yaml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Nothing)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Yaml, E> {
        Ok(Yaml::Plain)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Yaml, E> {
        Ok(Yaml::Plain)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Yaml, E> {
        Ok(Yaml::Plain)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Yaml, E> {
        Ok(Yaml::Plain)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Yaml, E> {
        Ok(Yaml::Plain)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Yaml, E> {
        Ok(Yaml::Plain)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Yaml, E> {
        Ok(Yaml::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Yaml, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Yaml::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Yaml, A::Error> {
        let mut map = Vec::new();
        while let Some(pair) = pairs.next_entry()? {
            map.push(pair);
        }
        Ok(Yaml::Map(map))
    }
}

fn read_toml(text: &str, first_line: u32) -> Result<Vec<Entry>, SyntaxError> {
    let line_at = |at: usize| first_line + line_of(text, at.min(text.len())) - 1;
    let document: Result<toml::Table, _> = text.parse();
    match document {
        Ok(table) => Ok(from_toml(table, &|key| line_at(key_position(text, key)))),
        Err(error) => Err(SyntaxError {
            line: line_at(error.span().map_or(0, |span| span.start)),
            reason: error.message().to_owned(),
            title: written_title(text),
        }),
    }
}

/// Finds the line of a top-level key; the parser does not tell.
fn key_position(text: &str, key: &str) -> usize {
    let mut lines = Lines { text, at: 0 };
    let found = lines.find(|(_, line)| line.trim_start().trim_start_matches(['[', '"']).starts_with(key));
    found.map_or(0, |(range, _)| range.start)
}

fn from_toml(table: toml::Table, line: &dyn Fn(&str) -> u32) -> Vec<Entry> {
    let entry =
        |(key, value): (String, toml::Value)| Entry { line: line(&key), value: toml_value(value, line), key };
    table.into_iter().map(entry).collect()
}

fn toml_value(value: toml::Value, line: &dyn Fn(&str) -> u32) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(items) => {
            Value::List(items.into_iter().map(|item| toml_value(item, line)).collect())
        }
        toml::Value::Table(table) => Value::Map(from_toml(table, line)),
        scalar => Value::Text(scalar.to_string()),
    }
}

/// Hugo also reads a JSON object; anything else in braces is text.
fn read_json(source: &str, start: usize) -> Option<Block> {
    let mut values = serde_json::Deserializer::from_str(&source[start..]).into_iter::<serde_json::Value>();
    let Ok(serde_json::Value::Object(object)) = values.next()? else { return None };
    let line = line_of(source, start);
    let body_start = start + values.byte_offset();
    let body_start = source.len() - source[body_start..].trim_start().len();
    Some(Block { entries: Ok(from_json(object, line)), body_start })
}

fn from_json(object: serde_json::Map<String, serde_json::Value>, line: u32) -> Vec<Entry> {
    object.into_iter().map(|(key, value)| Entry { key, value: json_value(value, line), line }).collect()
}

fn json_value(value: serde_json::Value, line: u32) -> Value {
    match value {
        serde_json::Value::Null => Value::Nothing,
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => {
            Value::List(items.into_iter().map(|item| json_value(item, line)).collect())
        }
        serde_json::Value::Object(object) => Value::Map(from_json(object, line)),
        scalar => Value::Text(scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(source: &str) -> String {
        let block = read(source).expect("front matter");
        let body = &source[block.body_start..];
        match block.entries {
            Ok(entries) => {
                let lines =
                    entries.iter().map(|entry| format!("{}:{}={:?}", entry.line, entry.key, entry.value));
                format!("{} / {body}", lines.collect::<Vec<_>>().join(" ")).replace("Text", "")
            }
            Err(error) => format!("line {} title {:?} / {body}", error.line, error.title),
        }
    }

    #[test]
    fn scalars_stay_as_written() {
        assert_eq!(
            entries("---\ntitle: 1.10\norder: 007\ndraft: yes\nempty:\n---\nbody"),
            r#"2:title=("1.10") 3:order=("007") 4:draft=("yes") 5:empty=Nothing / body"#
        );
        assert_eq!(
            entries("\r\n---\r\ntags: [1.0, two]\r\n---\r\nbody"),
            r#"3:tags=List([("1.0"), ("two")]) / body"#
        );
        assert_eq!(entries("+++\ndate = 2024-01-02\n+++\n"), r#"2:date=("2024-01-02") / "#);
        assert_eq!(entries("{\"title\": \"x\"}\nbody"), r#"1:title=("x") / body"#);
    }

    #[test]
    fn rules_and_prose_are_not_front_matter() {
        for source in
            ["---\n\nProse.\n\n---\nMore", "---", "", "text", "{not json}", "---\nProse without end", "- a\n"]
        {
            assert!(read(source).is_none(), "{source}");
        }
        assert_eq!(entries("---\n---\nbody"), " / body");
    }

    #[test]
    fn broken_blocks_name_the_line() {
        assert_eq!(
            entries("---\ntitle: Fees\nsummary: a: b\n---\nbody"),
            "line 3 title Some(\"Fees\") / body"
        );
        assert_eq!(entries("---\ntitle: x\nbody"), "line 1 title Some(\"x\") / title: x\nbody");
        assert_eq!(entries("+++\ntitle = \n+++\nbody"), "line 2 title None / body");
    }
}
