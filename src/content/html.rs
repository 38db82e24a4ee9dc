//! The Markdown tree → safe HTML.
//!
//! A page can be taken apart at places of the source ([`Markup`]), so that what is quoted
//! looks as it does on the page.
//!
//! What we write ourselves is safe as it is written: text is escaped, only known
//! schemes are linked. Only a page with raw HTML by its author goes through
//! the sanitizer as well. Nothing external is ever loaded: images of the content
//! directory are shown, all others become their alternative text.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::Alignment;
use serde::{Deserialize, Serialize};

use super::image::{Image, URL_PREFIX};
use super::link::{SAFE_SCHEMES, Target, View};
use super::markdown::{Embedded, Kind, Node, Step, Tree};
use super::raw_html::{Piece, RawTag, SAFE, pieces};

/// Deeper nesting is written without its tags: browsers stop there too, and
/// sanitizing takes time proportional to the depth.
const MAX_DEPTH: usize = 100;

/// Writes a tree as HTML that can be taken apart at the places `cuts` of the source,
/// which rise.
pub(crate) fn write(tree: &Tree, links: &View, cuts: &[usize]) -> Markup {
    let mut writer = Writer {
        links,
        html: String::new(),
        open: Vec::new(),
        raw_depth: 0,
        has_raw: false,
        table: None,
        image: None,
        cuts,
        cut: Vec::new(),
    };
    for step in tree.walk() {
        match step {
            Step::Enter(node) => writer.enter(node),
            Step::Leave(node) => writer.leave(node),
        }
    }
    writer.cut_until(usize::MAX);
    // Where an image starts, and again where it ends, are the places inside.
    writer.cut.sort_by_key(|cut| cut.source);
    Markup { html: writer.html, is_raw: writer.has_raw, cuts: writer.cut }
}

/// The HTML of a page, and where it can be taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Markup {
    /// Not safe yet if it `is_raw`.
    html: String,
    is_raw: bool,
    cuts: Vec<Cut>,
}

/// A place where HTML can be taken apart. A place inside an image is there twice: a part that
/// starts there has all of the image, as one has that ends there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cut {
    source: usize,
    html: usize,
    /// The elements that are open here.
    elements: Vec<Element>,
}

/// An element that something is taken out of: its tags, and the header of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Element {
    open: String,
    close: &'static str,
}

/// A part of a page as HTML that lacks the elements around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Where it is in [`Markup::html`].
    pub(crate) html: Range<usize>,
    /// What opens the elements that it starts in.
    pub(crate) open: String,
    /// What closes those that it ends in.
    pub(crate) close: String,
}

impl Markup {
    /// Returns the whole page as safe HTML.
    pub(crate) fn page(&self) -> String {
        safe(self.html.clone(), self.is_raw)
    }

    /// Returns whether its parts have to be made safe.
    pub(crate) fn is_raw(&self) -> bool {
        self.is_raw
    }

    /// Returns the HTML as it was written, which may be raw.
    pub(crate) fn html(&self) -> &str {
        &self.html
    }

    /// Returns the part between two places at which it can be taken apart.
    pub(crate) fn part(&self, source: &Range<usize>) -> Part {
        let start = &self.cuts[self.cuts.partition_point(|cut| cut.source < source.start)];
        let end = &self.cuts[self.cuts.partition_point(|cut| cut.source <= source.end) - 1];
        Part {
            html: start.html..end.html.max(start.html),
            open: start.elements.iter().map(|element| element.open.as_str()).collect(),
            close: end.elements.iter().rev().map(|element| element.close).collect(),
        }
    }
}

/// Makes HTML safe that may be raw.
pub(crate) fn safe(html: String, is_raw: bool) -> String {
    if is_raw { sanitize(&html) } else { html }
}

struct Writer<'t> {
    links: &'t View<'t>,
    html: String,
    open: Vec<Open>,
    raw_depth: usize,
    has_raw: bool,
    table: Option<Columns<'t>>,
    image: Option<OpenImage>,
    /// Places of the source that are still to come.
    cuts: &'t [usize],
    cut: Vec<Cut>,
}

/// An open node.
struct Open {
    /// What opens it, in the HTML.
    start: Range<usize>,
    close: &'static str,
    /// The number of the next item, of a numbered list.
    next: Option<u64>,
}

/// An image whose text is being written.
struct OpenImage {
    /// How many nodes are open around it.
    depth: usize,
    /// What says in words what it shows is still to come.
    has_alt: bool,
    /// The rest of its tag.
    rest: String,
}

/// Where we are in a table row.
struct Columns<'t> {
    alignments: &'t [Alignment],
    next: usize,
    cell: &'static str,
}

impl<'t> Writer<'t> {
    fn enter(&mut self, node: &'t Node<'_>) {
        if self.image.is_some() {
            self.alternative(&node.kind);
            return self.open.push(Open { start: 0..0, close: "", next: None });
        }
        self.cut_until(node.range.start);
        if let (Kind::Item, Some(Open { next: Some(number), .. })) = (&node.kind, self.open.last_mut()) {
            *number += 1;
        }
        let start = self.html.len();
        let close = self.start(node);
        let next = match node.kind {
            Kind::List(first) => first,
            _ => None,
        };
        self.open.push(Open { start: start..self.html.len(), close, next });
    }

    fn leave(&mut self, node: &Node) {
        let close = self.open.pop().map_or("", |open| open.close);
        if let Some(image) = self.image.take_if(|image| image.depth == self.open.len()) {
            self.html.push_str(&image.rest);
            self.cut_until(node.range.end.saturating_sub(1));
        }
        if close == "</p>" && self.html.ends_with("<p>") {
            return self.html.truncate(self.html.len() - "<p>".len());
        }
        self.html.push_str(close);
        match node.kind {
            Kind::Paragraph | Kind::Heading(_) | Kind::Item | Kind::Quote | Kind::List(_) => {
                self.html.push('\n')
            }
            Kind::Head => self.end_header(),
            Kind::Table(_) => self.table = None,
            _ => {}
        }
    }

    /// Rows that are taken out of a table keep its header.
    fn end_header(&mut self) {
        self.html.push_str("<tbody>\n");
        if let Some(table) = self.open.last_mut() {
            table.start.end = self.html.len();
        }
    }

    /// Notes the places of the source up to `source`, which the HTML has come to.
    fn cut_until(&mut self, source: usize) {
        while let Some((cut, rest)) = self.cuts.split_first()
            && *cut <= source
        {
            self.cuts = rest;
            self.cut.push(self.cut_here(*cut));
        }
    }

    fn cut_here(&self, source: usize) -> Cut {
        let elements = self.open.iter().filter(|open| !open.close.is_empty());
        let elements = elements.map(|open| Element {
            open: match open.next {
                Some(number) => ordered_list(number),
                None => self.html.get(open.start.clone()).unwrap_or_default().to_owned(),
            },
            close: open.close,
        });
        Cut { source, html: self.html.len(), elements: elements.collect() }
    }

    /// Writes the start of a node and returns what ends it.
    fn start(&mut self, node: &'t Node<'_>) -> &'static str {
        match &node.kind {
            Kind::Text(text) => self.text(text, &node.range),
            Kind::InlineCode(code) => self.element_with_text("code", code),
            Kind::SoftBreak => self.literal("\n"),
            Kind::HardBreak => self.literal("<br>\n"),
            Kind::Rule => self.literal("<hr>\n"),
            Kind::Checkbox(true) => self.literal("<input type=\"checkbox\" disabled checked> "),
            Kind::Checkbox(false) => self.literal("<input type=\"checkbox\" disabled> "),
            Kind::Html(html) => self.raw(&html.text),
            Kind::InlineHtml(html) => self.raw(html),
            Kind::FootnoteReference(name) => self.footnote_reference(name),
            Kind::Heading(heading) => self.heading(heading.level, &heading.anchor),
            Kind::Footnote(name) => self.footnote(name),
            Kind::Link(destination) => self.link(self.links.resolve(destination)),
            Kind::WikiLink(name) => self.link(self.links.resolve_note(name)),
            Kind::Code(info) => self.code(info.as_deref()),
            Kind::Table(alignments) => self.table(alignments),
            Kind::Cell => self.cell(),
            Kind::Head | Kind::Row => self.row(matches!(node.kind, Kind::Head)),
            Kind::Image(image) => self.embedded(image, &node.range),
            _ if self.open.len() > MAX_DEPTH => "",
            Kind::Paragraph => self.pair("<p>", "</p>"),
            Kind::Quote => self.pair("<blockquote>\n", "</blockquote>"),
            Kind::List(None) => self.pair("<ul>\n", "</ul>"),
            Kind::List(Some(first)) => self.pair(&ordered_list(*first), "</ol>"),
            Kind::Item => self.pair("<li>", "</li>"),
            Kind::Emphasis => self.pair("<em>", "</em>"),
            Kind::Strong => self.pair("<strong>", "</strong>"),
            Kind::Strikethrough => self.pair("<del>", "</del>"),
        }
    }

    fn pair(&mut self, start: &str, end: &'static str) -> &'static str {
        self.html.push_str(start);
        end
    }

    fn literal(&mut self, html: &str) -> &'static str {
        self.pair(html, "")
    }

    fn text(&mut self, text: &str, source: &Range<usize>) -> &'static str {
        let mut written = 0;
        while let Some(cut) = self.cuts.first().copied().filter(|cut| *cut < source.end)
            && text.len() == source.len()
            && text.is_char_boundary(cut - source.start)
        {
            escape_into(&mut self.html, &text[written..cut - source.start]);
            written = cut - source.start;
            self.cut_until(cut);
        }
        escape_into(&mut self.html, &text[written..]);
        ""
    }

    fn element_with_text(&mut self, name: &str, text: &str) -> &'static str {
        self.html.push_str(&format!("<{name}>"));
        escape_into(&mut self.html, text);
        self.html.push_str(&format!("</{name}>"));
        ""
    }

    fn heading(&mut self, level: u8, anchor: &str) -> &'static str {
        const ENDS: [&str; 6] = ["</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>"];
        self.html.push_str(&format!("<h{level} id=\"{}\">", escaped(anchor)));
        ENDS.get(usize::from(level) - 1).copied().unwrap_or_default()
    }

    fn code(&mut self, info: Option<&str>) -> &'static str {
        let language =
            info.and_then(|info| info.split([' ', ',', '{']).next()).filter(|name| !name.is_empty());
        match language {
            Some(name) => self
                .html
                .push_str(&format!("<pre tabindex=\"0\"><code class=\"language-{}\">", escaped(name))),
            None => self.html.push_str("<pre tabindex=\"0\"><code>"),
        }
        "</code></pre>\n"
    }

    fn link(&mut self, target: Target) -> &'static str {
        match target {
            Target::External(url) => {
                self.html.push_str(&format!("<a href=\"{}\" rel=\"noopener noreferrer\">", escaped(&url)));
            }
            Target::Internal(url) => self.html.push_str(&format!("<a href=\"{}\">", escaped(&url))),
            Target::Nowhere => return "",
        }
        "</a>"
    }

    /// Starts the tag of an image; what is written in its place follows, and then the rest.
    fn embedded(&mut self, embedded: &Embedded, source: &Range<usize>) -> &'static str {
        let Some(image) = self.links.image(&embedded.destination, embedded.is_note) else { return "" };
        let inside = self.cuts.iter().take_while(|cut| **cut < source.end);
        let inside: Vec<Cut> = inside.map(|cut| self.cut_here(*cut)).collect();
        self.cut.extend(inside);
        let (start, rest) = image_tag(image, &embedded.title, embedded.width);
        self.image = Some(OpenImage { depth: self.open.len(), has_alt: embedded.has_alt, rest });
        self.literal(&start)
    }

    /// Writes what stands in an image as what it shows in words.
    fn alternative(&mut self, kind: &Kind) {
        if self.image.as_ref().is_none_or(|image| !image.has_alt) {
            return;
        }
        match kind {
            Kind::Text(text) | Kind::InlineCode(text) => self.html.push_str(&escaped(text)),
            Kind::SoftBreak | Kind::HardBreak => self.html.push(' '),
            _ => {}
        }
    }

    fn footnote_reference(&mut self, name: &str) -> &'static str {
        let name = escaped(name);
        let link = format!("<sup class=\"footnote\"><a href=\"#fn-{name}\">{name}</a></sup>");
        self.literal(&link)
    }

    fn footnote(&mut self, name: &str) -> &'static str {
        let name = escaped(name);
        let start = format!("<div class=\"footnote\" id=\"fn-{name}\"><sup>{name}</sup>\n");
        self.pair(&start, "</div>\n")
    }

    fn table(&mut self, alignments: &'t [Alignment]) -> &'static str {
        self.table = Some(Columns { alignments, next: 0, cell: "th" });
        // Who cannot swipe a wide table moves it by keys.
        self.pair("<div class=\"table\" tabindex=\"0\"><table>\n", "</tbody>\n</table></div>\n")
    }

    fn row(&mut self, is_head: bool) -> &'static str {
        if let Some(columns) = &mut self.table {
            columns.next = 0;
            columns.cell = if is_head { "th" } else { "td" };
        }
        if is_head { self.pair("<thead><tr>", "</tr></thead>\n") } else { self.pair("<tr>", "</tr>\n") }
    }

    fn cell(&mut self) -> &'static str {
        let Some(columns) = &mut self.table else { return "" };
        let alignment = columns.alignments.get(columns.next).map_or("", align);
        columns.next += 1;
        let (start, end) = if columns.cell == "th" { ("<th", "</th>") } else { ("<td", "</td>") };
        self.html.push_str(start);
        self.html.push_str(alignment);
        self.pair(">", end)
    }

    fn raw(&mut self, html: &str) -> &'static str {
        self.has_raw = true;
        for piece in pieces(html) {
            match piece {
                Piece::Text(range) => self.raw_text(&html[range]),
                Piece::Tag(tag) => self.raw_tag(&tag),
            }
        }
        ""
    }

    /// Entities stay as they are; a lone `<` is text.
    fn raw_text(&mut self, text: &str) {
        self.html.push_str(&text.replace('<', "&lt;").replace('>', "&gt;"));
    }

    fn raw_tag(&mut self, tag: &RawTag) {
        match tag.name.as_str() {
            "img" => self.raw_image(tag),
            _ if !tag.is_safe() => {}
            _ if tag.closes => self.close_raw(tag),
            "a" => self.open_raw_link(tag),
            _ => self.open_raw(tag),
        }
    }

    fn raw_image(&mut self, tag: &RawTag) {
        let attribute = |name: &str| tag.attribute(name).unwrap_or_default();
        let Some(image) = self.links.image(&attribute("src"), false) else {
            return escape_into(&mut self.html, &attribute("alt"));
        };
        let (start, rest) = image_tag(image, &attribute("title"), attribute("width").trim().parse().ok());
        self.html.push_str(&format!("{start}{}{rest}", escaped(&attribute("alt"))));
    }

    fn close_raw(&mut self, tag: &RawTag) {
        self.raw_depth = self.raw_depth.saturating_sub(1);
        self.html.push_str(&format!("</{}>", tag.name));
    }

    fn open_raw(&mut self, tag: &RawTag) {
        if !tag.is_void() {
            self.raw_depth += 1;
        }
        if self.raw_depth > MAX_DEPTH {
            return;
        }
        self.html.push_str(&format!("<{}", tag.name));
        self.raw_attributes(tag, &KEPT_ATTRIBUTES);
        self.html.push('>');
    }

    fn open_raw_link(&mut self, tag: &RawTag) {
        let target = tag.attribute("href").map_or(Target::Nowhere, |href| self.links.resolve(&href));
        if self.link(target).is_empty() {
            self.html.push_str("<a>");
        }
        self.html.pop();
        self.raw_attributes(tag, &["id", "name", "title"]);
        self.html.push('>');
    }

    fn raw_attributes(&mut self, tag: &RawTag, kept: &[&str]) {
        for (name, value) in &tag.attributes {
            if let Some(name) = kept.iter().find(|known| known.eq_ignore_ascii_case(name)) {
                let name = if *name == "name" { "id" } else { name };
                self.html
                    .push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;").replace('<', "&lt;")));
            }
        }
    }
}

/// Attributes of raw HTML that say something and load nothing.
const KEPT_ATTRIBUTES: [&str; 12] = [
    "id", "title", "lang", "dir", "colspan", "rowspan", "align", "start", "open", "cite", "datetime", "scope",
];

/// Returns the tag of an image, before and after what it shows in words. Because its size is in
/// it, nothing moves when it has been loaded.
fn image_tag(image: &Image, title: &str, width: Option<u32>) -> (String, String) {
    let start = format!("<img src=\"{}\" alt=\"", escaped(&image.url()));
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
    let (width, height) = image.size(width);
    let size = format!("width=\"{width}\" height=\"{height}\"");
    (start, format!("\"{title} {size} loading=\"lazy\" decoding=\"async\">"))
}

fn ordered_list(first: u64) -> String {
    if first == 1 { "<ol>\n".to_owned() } else { format!("<ol start=\"{first}\">\n") }
}

fn align(alignment: &Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => " align=\"left\"",
        Alignment::Center => " align=\"center\"",
        Alignment::Right => " align=\"right\"",
    }
}

/// Returns a text as HTML, for elements and for attributes in double quotation marks.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(&mut html, text);
    html.replace('"', "&quot;")
}

fn escape_into(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            _ => html.push(c),
        }
    }
}

/// Lets through only what cannot do harm.
fn sanitize(html: &str) -> String {
    SANITIZER.clean(html).to_string()
}

static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut sanitizer = ammonia::Builder::new();
    sanitizer
        .tags(SAFE.iter().copied().chain(["input"]).collect())
        .generic_attributes(KEPT_ATTRIBUTES.into_iter().chain(["class"]).collect::<HashSet<_>>())
        .tag_attributes(
            [
                ("a", ["href", "rel"].into()),
                ("div", ["tabindex"].into()),
                ("pre", ["tabindex"].into()),
                ("input", ["type", "disabled", "checked"].into()),
                ("img", ["src", "alt", "width", "height", "loading", "decoding"].into()),
            ]
            .into(),
        )
        .attribute_filter(|_, name, value| match name {
            "src" => value.starts_with(URL_PREFIX).then(|| value.into()),
            _ => Some(value.into()),
        })
        .url_schemes(SAFE_SCHEMES.into())
        .link_rel(None);
    sanitizer
});

#[cfg(test)]
mod tests {
    use super::super::article::{Article, ArticleId};
    use super::super::link::Links;
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn what_we_write_needs_no_sanitizing() {
        let body = "# A & \"b\" {#x}\n\n> *a* **b** ~~c~~ `<d>`\n\n3. [e](https://e.f?g&h)\n\n| i | j |\n|--:|---|\n| 1 | 2 |\n\n```k\n<l>\n```\n\n[^m]\n\n[^m]: n\\\no\n";
        let id = ArticleId::new("a").expect("an id");
        let html = Article::new(id, Locale::english(), "T", body).render(&Links::default()).html;
        assert_eq!(sanitize(&html), html);
    }
}
