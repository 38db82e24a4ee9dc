//! Reads HTML that authors wrote inside Markdown, piece by piece.
//!
//! Both readers of the tree use it: passages take the text, HTML takes the text
//! and the harmless tags. Tags are taken apart and written anew, so that an
//! unfinished `<title>` or `<textarea>` can never swallow the rest of a page.
//!
//! Not here: the final sanitizing (`html`).

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

/// A part of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text as written, with entities, and where it stands.
    Text(Range<usize>),
    /// A tag.
    Tag(RawTag<'a>),
}

/// A tag as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawTag<'a> {
    /// In lower case.
    pub(crate) name: String,
    pub(crate) closes: bool,
    /// Written `<name/>`.
    pub(crate) is_empty: bool,
    pub(crate) attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> RawTag<'a> {
    /// Returns the value of an attribute, decoded.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| decode_entities(value))
    }

    /// Returns whether the tag starts or ends a line of text.
    pub(crate) fn breaks_line(&self) -> bool {
        LINE_BREAKING.contains(&self.name.as_str())
    }

    /// Returns whether HTML knows an element of this name.
    pub(crate) fn is_html(&self) -> bool {
        SAFE.contains(&self.name.as_str()) || UNSAFE.contains(&self.name.as_str())
    }

    /// Returns whether the tag may stand in a page.
    pub(crate) fn is_safe(&self) -> bool {
        SAFE.contains(&self.name.as_str())
    }

    /// Returns whether the element has no content and no closing tag.
    pub(crate) fn is_void(&self) -> bool {
        matches!(self.name.as_str(), "br" | "hr" | "img" | "col" | "wbr")
    }
}

/// Elements that may stand in a page; `a` and `img` are treated on their own.
#[rustfmt::skip]
pub(crate) const SAFE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u",
    "ul", "var", "wbr",
];

/// Other elements of HTML: their tags are dropped, their text is kept.
#[rustfmt::skip]
const UNSAFE: &[&str] = &[
    "address", "area", "article", "aside", "audio", "base", "big", "body", "button", "canvas", "center", "data",
    "datalist", "dialog", "embed", "fieldset", "font", "footer", "form", "frame", "frameset", "head", "header",
    "hgroup", "html", "iframe", "input", "label", "legend", "link", "main", "map", "marquee", "math", "menu", "meta",
    "meter", "nav", "noscript", "object", "optgroup", "option", "output", "param", "path", "picture", "plaintext",
    "progress", "script", "search", "select", "slot", "source", "strike", "style", "svg", "template", "textarea",
    "title", "track", "tt", "video", "xmp",
];

/// Elements that start on a line of their own.
#[rustfmt::skip]
const LINE_BREAKING: &[&str] = &[
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
];

/// Returns whether there is text between the tags.
pub(crate) fn has_text(html: &str) -> bool {
    pieces(html).any(|piece| match piece {
        Piece::Text(range) => !html[range].trim().is_empty(),
        Piece::Tag(tag) => tag.name == "img",
    })
}

/// Takes raw HTML apart. Comments, declarations, scripts and styles are left out.
pub(crate) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { html, at: 0 }
}

/// Returns the tags of images, each with a place in it.
pub(crate) fn images(html: &str) -> impl Iterator<Item = (RawTag<'_>, usize)> {
    let mut pieces = pieces(html);
    iter::from_fn(move || {
        let piece = pieces.next()?;
        Some((piece, pieces.at - 1))
    })
    .filter_map(|(piece, at)| match piece {
        Piece::Tag(tag) if tag.name == "img" => Some((tag, at)),
        _ => None,
    })
}

/// See [`pieces`].
pub(crate) struct Pieces<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
            if let Some(length) = markup_without_text(rest) {
                self.at += length;
            } else if let Some((tag, length)) = read_tag(rest) {
                self.at += length + hidden_length(&tag, &rest[length..]);
                return Some(Piece::Tag(tag));
            } else {
                return Some(Piece::Text(self.text(rest)));
            }
        }
    }
}

impl Pieces<'_> {
    fn text(&mut self, rest: &str) -> Range<usize> {
        let start = self.at;
        // The first character is text even if it is a `<` that starts no tag.
        let mut tags = rest.match_indices('<').map(|(at, _)| at);
        let length = tags.find(|at| *at > 0).unwrap_or(rest.len());
        // After a tag that never ends, all is text; looking again would take quadratic time.
        let unfinished = rest.starts_with('<') && starts_tag(rest);
        self.at = if unfinished { self.html.len() } else { start + length };
        start..self.at
    }
}

/// Returns the length of a comment, declaration or processing instruction.
fn markup_without_text(rest: &str) -> Option<usize> {
    let close = if rest.starts_with("<!--") {
        "-->"
    } else if rest.starts_with("<![CDATA[") {
        "]]>"
    } else if rest.starts_with("<!") || rest.starts_with("<?") {
        ">"
    } else {
        return None;
    };
    Some(rest.find(close).map_or(rest.len(), |found| found + close.len()))
}

/// Returns how much after a tag is not meant to be read.
fn hidden_length(tag: &RawTag, rest: &str) -> usize {
    let hides = matches!(tag.name.as_str(), "script" | "style") && !tag.closes && !tag.is_empty;
    if !hides {
        return 0;
    }
    let close = format!("</{}", tag.name);
    let mut places = rest.match_indices("</").map(|(at, _)| at);
    places.find(|at| starts_with_ignoring_case(&rest[*at..], &close)).unwrap_or(rest.len())
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn starts_tag(rest: &str) -> bool {
    let name = rest.strip_prefix("</").or(rest.strip_prefix('<'));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Reads the tag that the text starts with; returns it with its length.
pub(crate) fn read_tag(rest: &str) -> Option<(RawTag<'_>, usize)> {
    if !starts_tag(rest) {
        return None;
    }
    let closes = rest.starts_with("</");
    let mut reader = TagReader { text: rest, at: 1 + usize::from(closes) };
    let name = tag_name(&rest[reader.at..]);
    reader.at += name.len();
    let mut tag = RawTag { name: name.to_ascii_lowercase(), closes, is_empty: false, attributes: Vec::new() };
    loop {
        reader.take_while(|c| c.is_whitespace());
        match reader.peek()? {
            '>' => return Some((tag, reader.at + 1)),
            '/' => {
                reader.at += 1;
                tag.is_empty = reader.peek()? == '>';
            }
            _ => tag.attributes.push(reader.attribute()?),
        }
    }
}

/// Returns the name that the text after `<` or `</` starts with.
pub(crate) fn tag_name(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<'));
    &text[..end.unwrap_or(text.len())]
}

struct TagReader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> TagReader<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let taken = rest.find(|c| !keep(c)).map_or(rest, |end| &rest[..end]);
        self.at += taken.len();
        taken
    }

    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let name_start = self.at;
        self.at += self.peek()?.len_utf8();
        self.take_while(|c| !c.is_whitespace() && !matches!(c, '=' | '/' | '>'));
        let name = &self.text[name_start..self.at];
        self.take_while(|c| c.is_whitespace());
        if self.peek()? != '=' {
            return Some((name, ""));
        }
        self.at += 1;
        self.take_while(|c| c.is_whitespace());
        Some((name, self.value()?))
    }

    fn value(&mut self) -> Option<&'a str> {
        let quote = self.peek()?;
        if !matches!(quote, '"' | '\'') {
            return Some(self.take_while(|c| !c.is_whitespace() && c != '>'));
        }
        self.at += 1;
        let value = self.take_while(|c| c != quote);
        self.peek()?;
        self.at += 1;
        Some(value)
    }
}

/// Decodes the entities that people write by hand.
pub(crate) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        let (character, length) = read_entity(&rest[start..]).unwrap_or(('&', 1));
        decoded.push(character);
        rest = &rest[start + length..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Reads the entity that the text starts with; returns its character and length.
fn read_entity(text: &str) -> Option<(char, usize)> {
    // No entity that we know is longer.
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let character = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => number(&hex[1..], 16)?,
        Some(decimal) => number(decimal, 10)?,
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((character, end + 1))
}

#[rustfmt::skip]
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}'), ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'), ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("middot", '·'), ("bull", '•'),
    ("lsquo", '‘'), ("rsquo", '’'), ("ldquo", '“'), ("rdquo", '”'), ("laquo", '«'), ("raquo", '»'), ("copy", '©'),
    ("reg", '®'), ("trade", '™'), ("deg", '°'), ("times", '×'), ("euro", '€'), ("pound", '£'), ("yen", '¥'),
    ("larr", '←'), ("rarr", '→'), ("uarr", '↑'), ("darr", '↓'), ("le", '≤'), ("ge", '≥'), ("ne", '≠'),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        let parts = pieces(html).filter_map(|piece| match piece {
            Piece::Text(range) => Some(decode_entities(&html[range]).into_owned()),
            Piece::Tag(_) => None,
        });
        parts.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn text_is_what_people_read() {
        assert_eq!(text("<p class='a>b'>one<!-- hidden --> two</p>"), "one| two");
        assert_eq!(text("<style>p { }</style>shown<script>1 < 2</SCRIPT>"), "shown");
        assert_eq!(text("a &lt; b &#38; c &unknown; &"), "a < b & c &unknown; &");
        assert_eq!(text("1 < 2 <b>bold"), "1 |< 2 |bold");
        assert_eq!(text("x <a href=\"unfinished"), "x |<a href=\"unfinished");
        assert_eq!(text(""), "");
    }

    #[test]
    fn attributes_are_read_as_browsers_do() {
        let (tag, length) = read_tag(r#"<IMG alt='A &amp; B' src=x.png hidden/>rest"#).expect("a tag");
        assert_eq!((tag.name.as_str(), tag.is_empty, length), ("img", true, 39));
        assert_eq!(tag.attribute("ALT").as_deref(), Some("A & B"));
        assert_eq!(tag.attribute("hidden").as_deref(), Some(""));
        assert_eq!(tag.attribute("src").as_deref(), Some("x.png"));
    }
}
