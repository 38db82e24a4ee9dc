//! Markdown → one small tree, from which both HTML and passages are read.
//!
//! Because both readers see the same headings with the same anchors, a search
//! result always lands on an anchor that exists. The tree is a flat list in
//! reading order in which each node knows where its subtree ends: nesting of any
//! depth costs no stack, and reading is a walk from front to back.
//!
//! Not here: what a node looks like (`html`) or where passages are cut (`passage`).

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use unicode_normalization::char::is_combining_mark;

use super::article::ContentsEntry;
use super::foreign::Text;
use super::image::ImageReference;
use super::question::is_marked_question;
use super::raw_html::{self, RawTag, read_tag, tag_name};

/// A longer heading is a paragraph above a line `---` that was meant as a rule.
const MAX_HEADING: usize = 600;

/// A parsed article body.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

/// A part of the tree, with its place in [`Article::source`](super::Article::source).
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) range: Range<usize>,
    /// The index after the last node of its subtree.
    end: usize,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind<'a> {
    Heading(ContentsEntry),
    Paragraph,
    Quote,
    List(Option<u64>),
    Item,
    Code(Option<CowStr<'a>>),
    Table(Vec<Alignment>),
    Head,
    Row,
    Cell,
    Footnote(CowStr<'a>),
    Rule,
    Html(RawHtml),
    Emphasis,
    Strong,
    Strikethrough,
    Link(CowStr<'a>),
    WikiLink(CowStr<'a>),
    Image(Embedded<'a>),
    Text(CowStr<'a>),
    InlineCode(CowStr<'a>),
    InlineHtml(CowStr<'a>),
    FootnoteReference(CowStr<'a>),
    SoftBreak,
    HardBreak,
    Checkbox(bool),
}

/// An image, or what else is embedded like one.
#[derive(Debug)]
pub(crate) struct Embedded<'a> {
    pub(crate) destination: CowStr<'a>,
    pub(crate) title: CowStr<'a>,
    /// It is embedded as notes are.
    pub(crate) is_note: bool,
    /// What is written in its place says more than its name and size.
    pub(crate) has_alt: bool,
    /// In pixels, if the author says how wide it is to be.
    pub(crate) width: Option<u32>,
}

impl<'a> Embedded<'a> {
    pub(crate) fn reference(&self) -> ImageReference {
        ImageReference { destination: self.destination.to_string(), is_note: self.is_note }
    }

    fn new(link_type: LinkType, destination: CowStr<'a>, title: CowStr<'a>) -> Self {
        // Without a text, a note is called by its name.
        let is_note = matches!(link_type, LinkType::WikiLink { .. });
        let has_alt = link_type != LinkType::WikiLink { has_pothole: false };
        Self { destination, title, is_note, has_alt, width: None }
    }

    /// Takes what is written in its place. `![[label.png|300]]` says how wide it is to be.
    fn described(&mut self, text: &str) {
        if self.is_note {
            let width = text.split('x').next().unwrap_or_default();
            self.width = width.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit() || b == b'x'));
        }
        self.has_alt &= self.width.is_none() && !text.is_empty();
    }
}

/// A block of HTML, which is written in lines that need not be adjacent in the source.
#[derive(Debug, Default)]
pub(crate) struct RawHtml {
    pub(crate) text: String,
    lines: Vec<RawLine>,
}

/// A line of a block of HTML, or a part of one.
#[derive(Debug)]
struct RawLine {
    at: usize,
    source: Range<usize>,
    /// It stands in the source byte for byte.
    is_exact: bool,
}

impl RawHtml {
    fn push(&mut self, text: &str, source: Range<usize>) {
        let is_exact = text.len() == source.len();
        self.lines.push(RawLine { at: self.text.len(), source, is_exact });
        self.text.push_str(text);
    }

    /// Returns where a part of the text stands in the source.
    pub(crate) fn source(&self, part: Range<usize>) -> Range<usize> {
        let start = self.source_of_byte(part.start).start;
        let end = self.source_of_byte(part.end.saturating_sub(1).max(part.start)).end;
        start..end.max(start)
    }

    fn source_of_byte(&self, at: usize) -> Range<usize> {
        let index = self.lines.partition_point(|line| line.at <= at);
        match index.checked_sub(1).and_then(|index| self.lines.get(index)) {
            Some(line) if line.is_exact => {
                let byte = (line.source.start + at - line.at).min(line.source.end);
                byte..(byte + 1).min(line.source.end)
            }
            Some(line) => line.source.clone(),
            None => 0..0,
        }
    }
}

/// A step of a walk over the tree. Leaves are entered and left like other nodes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'t, 'a> {
    Enter(&'t Node<'a>),
    Leave(&'t Node<'a>),
}

impl<'a> Tree<'a> {
    /// Parses a body that starts at `offset` in its file.
    ///
    /// A first heading of the highest level that repeats `title` is left out.
    pub(crate) fn parse(text: &'a Text<'a>, offset: usize, title: Option<&str>) -> Self {
        let mut builder = Builder::new(text, offset, title);
        for (event, range) in Parser::new_ext(&text.text, options(&text.text)).into_offset_iter() {
            builder.add(event, range);
        }
        Self { nodes: builder.nodes }
    }

    /// Walks over all nodes in reading order.
    pub(crate) fn walk(&self) -> impl Iterator<Item = Step<'_, 'a>> {
        Walk { nodes: &self.nodes, next: 0, open: Vec::new() }
    }

    /// Returns the headings in order.
    pub(crate) fn contents(&self) -> Vec<ContentsEntry> {
        self.headings().cloned().collect()
    }

    /// Returns the text of the first heading of the highest level.
    pub(crate) fn title(&self) -> Option<&str> {
        let titles =
            self.headings().filter(|heading| heading.level == 1).map(|heading| heading.title.as_str());
        titles.into_iter().find(|title| !title.is_empty())
    }

    /// Returns whether there is anything to read.
    pub(crate) fn has_text(&self) -> bool {
        self.nodes.iter().any(|node| match &node.kind {
            Kind::Text(text) | Kind::InlineCode(text) => !text.trim().is_empty(),
            Kind::Html(html) => raw_html::has_text(&html.text),
            Kind::Image(_) => true,
            _ => false,
        })
    }

    /// Returns the destinations of links with where they stand in the source.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&str, usize)> {
        self.nodes.iter().filter_map(|node| match &node.kind {
            Kind::Link(destination) => Some((destination.as_ref(), node.range.start)),
            _ => None,
        })
    }

    /// Returns how images are referred to, each with whether something says in words what it
    /// shows and with where it stands in the source.
    pub(crate) fn images(&self) -> Vec<(ImageReference, bool, usize)> {
        let mut images = Vec::new();
        for node in &self.nodes {
            let start = node.range.start;
            match &node.kind {
                Kind::Image(image) => images.push((image.reference(), image.has_alt, start)),
                Kind::Html(html) => {
                    let raw = raw_html::images(&html.text);
                    images.extend(raw.map(|(tag, at)| raw_image(&tag, html.source(at..at).start)));
                }
                Kind::InlineHtml(html) => {
                    images.extend(raw_html::images(html).map(|(tag, _)| raw_image(&tag, start)))
                }
                _ => {}
            }
        }
        images
    }

    fn headings(&self) -> impl Iterator<Item = &ContentsEntry> {
        self.nodes.iter().filter_map(|node| match &node.kind {
            Kind::Heading(heading) => Some(heading),
            _ => None,
        })
    }
}

fn raw_image(tag: &RawTag, at: usize) -> (ImageReference, bool, usize) {
    let destination = tag.attribute("src").unwrap_or_default().into_owned();
    // One that is empty says that there is nothing to say.
    let has_alt = tag.attribute("alt").is_some();
    (ImageReference { destination, is_note: false }, has_alt, at)
}

/// Wiki links are read only where no `[[1]](url)` shows that brackets mean something else.
fn options(text: &str) -> Options {
    let common = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    if text.contains("[[") && !text.contains("]](") { common | Options::ENABLE_WIKILINKS } else { common }
}

struct Walk<'t, 'a> {
    nodes: &'t [Node<'a>],
    next: usize,
    open: Vec<usize>,
}

impl<'t, 'a> Iterator for Walk<'t, 'a> {
    type Item = Step<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(node) = self.open.last().and_then(|index| self.nodes.get(*index))
            && node.end <= self.next
        {
            self.open.pop();
            return Some(Step::Leave(node));
        }
        let node = self.nodes.get(self.next)?;
        self.open.push(self.next);
        self.next += 1;
        Some(Step::Enter(node))
    }
}

/// Turns parser events into nodes.
struct Builder<'a, 'p> {
    text: &'a Text<'a>,
    offset: usize,
    title: Option<&'p str>,
    nodes: Vec<Node<'a>>,
    open: Vec<usize>,
    anchors: Anchors,
    seen_heading: bool,
    /// The level of the last heading that was written as one.
    level: u8,
    /// Names of elements with a closing tag, once someone asks.
    closed: Option<HashSet<String>>,
}

impl<'a, 'p> Builder<'a, 'p> {
    fn new(text: &'a Text<'a>, offset: usize, title: Option<&'p str>) -> Self {
        let anchors = Anchors::default();
        Self {
            text,
            offset,
            title,
            nodes: Vec::new(),
            open: Vec::new(),
            anchors,
            seen_heading: false,
            level: 0,
            closed: None,
        }
    }

    fn add(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, range),
            Event::Html(html) => self.html(&html, range),
            Event::InlineHtml(html) if self.is_placeholder(&html) => self.text(html, range),
            Event::InlineHtml(html) => self.push(Kind::InlineHtml(html), range),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.push(Kind::InlineCode(code), range);
            }
            Event::FootnoteReference(name) => self.push(Kind::FootnoteReference(name), range),
            Event::SoftBreak => self.push(Kind::SoftBreak, range),
            Event::HardBreak => self.push(Kind::HardBreak, range),
            Event::Rule => self.push(Kind::Rule, range),
            Event::TaskListMarker(done) => self.push(Kind::Checkbox(done), range),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let kind = kind_of(tag);
        self.open.push(self.nodes.len());
        self.push(kind, range);
    }

    fn end(&mut self, tag: TagEnd) {
        let Some(start) = self.open.pop() else { return };
        self.nodes[start].end = self.nodes.len();
        match tag {
            TagEnd::Heading(level) => {
                self.level = level as u8;
                self.end_heading(start);
            }
            TagEnd::Paragraph => self.end_paragraph(start),
            TagEnd::Image => self.end_image(start),
            _ => {}
        }
    }

    fn end_image(&mut self, start: usize) {
        let text = plain_text(&self.nodes[start + 1..]);
        if let Kind::Image(image) = &mut self.nodes[start].kind {
            image.described(&text);
        }
    }

    /// A bold line that asks something is a heading, as FAQ pages without headings have it.
    fn end_paragraph(&mut self, start: usize) {
        let inside = &self.nodes[start + 1..];
        let is_bold = inside
            .first()
            .is_some_and(|node| matches!(node.kind, Kind::Strong) && node.end == self.nodes.len());
        if self.open.is_empty() && is_bold && is_marked_question(&plain_text(inside)) {
            let level = (self.level + 1).clamp(2, 6);
            self.nodes[start].kind = Kind::Heading(ContentsEntry { level, ..ContentsEntry::default() });
            self.end_heading(start);
        }
    }

    fn end_heading(&mut self, start: usize) {
        let title = plain_text(&self.nodes[start + 1..]);
        if title.len() > MAX_HEADING {
            self.nodes[start].kind = Kind::Paragraph;
            return;
        }
        let first = !std::mem::replace(&mut self.seen_heading, true);
        let Kind::Heading(heading) = &mut self.nodes[start].kind else { return };
        if first && heading.level == 1 && self.title.is_some_and(|known| same_words(known, &title)) {
            self.nodes.truncate(start);
            return;
        }
        heading.anchor = self.anchors.unique(&heading.anchor, &title);
        heading.title = title;
    }

    /// Text is cut where foreign tags stood, so that every node is in the source as it is.
    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        if text.len() != range.len() {
            return self.push(Kind::Text(text), range);
        }
        let whole = self.text;
        for (piece, source) in whole.pieces(range) {
            self.push_at(Kind::Text(CowStr::Borrowed(&whole.text[piece])), source);
        }
    }

    /// `<server-name>` in a text is to be read: HTML knows no such element, and nothing closes it.
    fn is_placeholder(&mut self, html: &str) -> bool {
        let Some((tag, _)) = read_tag(html) else { return false };
        let is_plain = !tag.closes && !tag.is_empty && tag.attributes.is_empty() && !tag.is_html();
        is_plain && !self.closed_elements().contains(&tag.name)
    }

    fn closed_elements(&mut self) -> &HashSet<String> {
        let text = &self.text.text;
        self.closed.get_or_insert_with(|| {
            let names = text.match_indices("</").map(|(at, _)| tag_name(&text[at + 2..]));
            names.map(str::to_ascii_lowercase).collect()
        })
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        let (text, offset) = (self.text, self.offset);
        let Some(Node { kind: Kind::Html(block), .. }) = self.nodes.last_mut() else { return };
        if html.len() != range.len() {
            return block.push(html, shifted(text.source(&range), offset));
        }
        for (piece, source) in text.pieces(range) {
            block.push(&text.text[piece], shifted(source, offset));
        }
    }

    fn push(&mut self, kind: Kind<'a>, range: Range<usize>) {
        let source = self.text.source(&range);
        self.push_at(kind, source);
    }

    fn push_at(&mut self, kind: Kind<'a>, source: Range<usize>) {
        let range = shifted(source, self.offset);
        self.nodes.push(Node { kind, range, end: self.nodes.len() + 1 });
    }
}

fn shifted(range: Range<usize>, offset: usize) -> Range<usize> {
    range.start + offset..range.end + offset
}

fn kind_of(tag: Tag<'_>) -> Kind<'_> {
    match tag {
        Tag::Heading { level, id, .. } => Kind::Heading(ContentsEntry {
            level: level as u8,
            anchor: id.map(|id| id.to_string()).unwrap_or_default(),
            title: String::new(),
        }),
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Kind::Code(Some(info)),
        Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(None),
        Tag::HtmlBlock => Kind::Html(RawHtml::default()),
        Tag::List(start) => Kind::List(start),
        Tag::Item => Kind::Item,
        Tag::FootnoteDefinition(name) => Kind::Footnote(name),
        Tag::Table(alignments) => Kind::Table(alignments),
        Tag::TableHead => Kind::Head,
        Tag::TableRow => Kind::Row,
        Tag::TableCell => Kind::Cell,
        Tag::Emphasis => Kind::Emphasis,
        Tag::Strong => Kind::Strong,
        Tag::Strikethrough => Kind::Strikethrough,
        Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => Kind::WikiLink(dest_url),
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
            Kind::Link(format!("mailto:{dest_url}").into())
        }
        Tag::Link { dest_url, .. } => Kind::Link(dest_url),
        Tag::Image { link_type, dest_url, title, .. } => {
            Kind::Image(Embedded::new(link_type, dest_url, title))
        }
        // The remaining tags belong to extensions that are not turned on.
        _ => Kind::Paragraph,
    }
}

fn plain_text(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match &node.kind {
            Kind::Text(part) | Kind::InlineCode(part) => text.push_str(part),
            Kind::SoftBreak | Kind::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Gives each heading of a page an anchor of its own.
#[derive(Debug, Default)]
struct Anchors {
    /// Anchors in use, and the last number that was added to each.
    used: HashMap<String, usize>,
}

impl Anchors {
    fn unique(&mut self, explicit: &str, title: &str) -> String {
        let wanted = Some(explicit_anchor(explicit)).filter(|anchor| !anchor.is_empty());
        let base = wanted.unwrap_or_else(|| slug(title));
        let mut anchor = base.clone();
        while self.used.contains_key(&anchor) {
            let count = self.used.entry(base.clone()).or_default();
            *count += 1;
            anchor = format!("{base}-{count}");
        }
        self.used.insert(anchor.clone(), 0);
        anchor
    }
}

/// Keeps what is safe in an `id` attribute and in the fragment of an address.
fn explicit_anchor(id: &str) -> String {
    id.chars().filter(|c| is_anchor_char(*c) || matches!(c, '.' | ':')).collect()
}

/// Makes an anchor of a heading: "Return policy?" → `return-policy`.
pub(crate) fn slug(title: &str) -> String {
    let dashed =
        title.trim().chars().flat_map(char::to_lowercase).map(|c| if c.is_whitespace() { '-' } else { c });
    let slug: String = dashed.filter(|c| is_anchor_char(*c)).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn is_anchor_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || is_combining_mark(c)
}
