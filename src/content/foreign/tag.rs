//! The tags of other tools: how long they are, and what they say.

use std::ops::Range;

/// Longer tags are text with a stray mark.
const MAX_LENGTH: usize = 4000;

/// How many more bytes of a text may be looked at in vain, so that reading it
/// takes linear time however many marks begin a tag that never ends.
#[derive(Debug)]
pub(super) struct Patience(usize);

impl Patience {
    pub(super) fn with(text: &str) -> Self {
        Self(64 * 1024 + 8 * text.len())
    }

    /// Returns the part of a text that may be looked at.
    fn head<'a>(&self, text: &'a str) -> &'a str {
        let limit = MAX_LENGTH.min(self.0);
        if text.len() <= limit {
            return text;
        }
        let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at));
        &text[..end.unwrap_or_default()]
    }

    /// Returns where the text after `from` contains `end`.
    fn find(&mut self, text: &str, from: usize, end: &str) -> Option<usize> {
        let head = self.head(text);
        let found = head.get(from..).and_then(|rest| rest.find(end));
        if found.is_none() {
            self.0 -= head.len();
        }
        found.map(|at| from + at)
    }
}

/// Returns the length of the Hugo shortcode that the text starts with.
pub(super) fn shortcode(text: &str, patience: &mut Patience) -> Option<usize> {
    // `{{</* … */>}}` shows a shortcode instead of calling it.
    if text[3..].starts_with("/*") {
        return None;
    }
    let close = if text.starts_with("{{<") { ">}}" } else { "%}}" };
    patience.find(text, 3, close).map(|end| end + close.len())
}

/// Returns the length of the tag `{% … %}` that the text starts with.
pub(super) fn liquid(line: &str, patience: &mut Patience) -> Option<usize> {
    patience.find(line, 2, "%}").map(|end| end + 2)
}

/// Returns the length of the Obsidian comment `%%…%%` that the text starts with.
///
/// Two percent signs stand for other things too, so both marks must stand free.
pub(super) fn comment(line: &str, before: &str) -> Option<usize> {
    let starts_free = before.chars().next_back().is_none_or(char::is_whitespace);
    let length = line.get(2..)?.find("%%")? + 4;
    let ends_free = line[length..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '%');
    (starts_free && ends_free).then_some(length)
}

/// Returns the length of the JSX comment or of the space `{" "}` that the text
/// starts with, and where in it the space stands.
pub(super) fn expression(text: &str, patience: &mut Patience) -> Option<(usize, Range<usize>)> {
    if text.starts_with("{/*") {
        return patience.find(text, 3, "*/}").map(|end| (end + 3, end..end));
    }
    let is_space = ["{' '}", "{\" \"}"].iter().any(|space| text.starts_with(space));
    is_space.then_some((5, 2..3))
}

/// The tag of a component.
#[derive(Debug, PartialEq)]
pub(super) struct Component<'a> {
    pub(super) name: &'a str,
    pub(super) length: usize,
    pub(super) closes: bool,
    /// Written `<Name />`.
    pub(super) is_empty: bool,
    pub(super) has_attributes: bool,
    pub(super) has_braces: bool,
    /// The texts of its attributes that readers see.
    titles: Vec<Range<usize>>,
}

impl Component<'_> {
    /// Returns where its visible attributes stand, if the tag stands at `at`.
    pub(super) fn titles(&self, at: usize) -> Vec<Range<usize>> {
        self.titles.iter().map(|title| at + title.start..at + title.end).collect()
    }
}

/// Attributes whose text readers see.
const VISIBLE: [&str; 9] =
    ["title", "label", "heading", "header", "question", "summary", "description", "subTitle", "alt"];

/// Reads the tag that the text starts with. What is read in vain is taken off `patience`.
pub(super) fn component<'a>(text: &'a str, patience: &mut Patience) -> Option<Component<'a>> {
    let closes = text.starts_with("</");
    let name_start = 1 + usize::from(closes);
    let rest = text.strip_prefix('<')?.trim_start_matches('/');
    let name = super::tag_name(rest);
    if !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let inside = name_start + name.len();
    let attributes = patience.head(&text[inside..]);
    let length = attributes_length(attributes, patience)?;
    let attributes = &attributes[..length];
    // `<HTTPS://…>` is an address.
    let is_spaced = !attributes.starts_with("//")
        && (attributes.is_empty() || attributes.starts_with(|c: char| c.is_whitespace() || c == '/'));
    let titles = VISIBLE.iter().filter_map(|name| attribute(attributes, name));
    let mut titles: Vec<_> = titles.map(|range| inside + range.start..inside + range.end).collect();
    titles.sort_by_key(|title| title.start);
    is_spaced.then(|| Component {
        name,
        length: inside + length + 1,
        closes,
        is_empty: attributes.trim_end().ends_with('/'),
        has_attributes: attributes.contains('='),
        has_braces: attributes.contains('{'),
        titles,
    })
}

/// Returns where the attributes end with `>`; quotes and braces may contain one.
fn attributes_length(text: &str, patience: &mut Patience) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.checked_sub(1)?,
            (None, '>') if depth == 0 => return Some(at),
            (None, '<') if depth == 0 => return None,
            _ => {}
        }
    }
    patience.0 -= text.len();
    None
}

/// Returns where the text of an attribute stands: `title="text"`.
pub(super) fn attribute(tag: &str, name: &str) -> Option<Range<usize>> {
    let mut places = tag.match_indices(name).map(|(at, _)| at);
    let at = places
        .find(|at| tag[..*at].ends_with(char::is_whitespace) && tag[at + name.len()..].starts_with('='))?;
    let value = &tag[at + name.len() + 1..];
    let quoted = value.strip_prefix('{').unwrap_or(value);
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let start = tag.len() - quoted.len() + 1;
    let length = tag[start..].find(quote)?;
    (length > 0 && !tag[start..start + length].contains('\n')).then_some(start..start + length)
}
