//! Splits an article into passages.
//!
//! A passage is what is indexed, ranked and quoted, so it has to make sense on
//! its own. We cut at headings first, because readers recognize the heading they
//! land on, and inside a section only when it is long: at paragraphs, list items
//! and table rows, and at sentences only where one paragraph is too long by itself.
//!
//! Not here: parsing Markdown (`markdown`), or choosing an answer (`answer`).

use std::mem;
use std::ops::Range;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::markdown::{Kind, Node, RawHtml, Step, Tree};
use super::question::{is_faq, is_question};
use super::raw_html::{self, decode_entities};
use super::sentence::sentences;

/// The widest passage: some 1,200 Han characters or 2,400 Latin letters. A longer
/// quotation is no longer an answer, and much shorter ones lose their context.
const MAX_WIDTH: usize = 2400;

/// Wider header rows are not repeated, so that they leave room for the rows.
const MAX_HEADER_WIDTH: usize = MAX_WIDTH / 4;

/// A part of an article that is indexed, ranked and quoted as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The `id` of its heading in the HTML; none before the first heading.
    pub anchor: Option<String>,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Whether the last heading is a question and the passage its answer.
    pub is_question: bool,
    /// Plain text, a block a line: paragraphs, list items, table rows (`a | b`).
    pub text: String,
    /// Where the text stands in [`Article::source`](super::Article::source).
    pub source: Range<usize>,
    /// What it is made of, in order; whitespace and marks between them left out.
    pub pieces: Vec<Piece>,
}

/// The smallest part of a passage that is quoted: it is never cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Shared by the sentences of a paragraph, the items of a list with all lists in it,
    /// the rows of a table.
    pub group: u32,
    /// Where it stands in the text of the passage.
    pub text: Range<usize>,
    /// Where it stands in [`Article::source`](super::Article::source), with the marks
    /// that belong to it; empty for a header that is repeated.
    pub source: Range<usize>,
}

/// What a [`Piece`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PieceKind {
    /// A sentence of a paragraph.
    Sentence,
    /// An item of a list without numbers.
    Item,
    /// An item of a numbered list, which makes sense as a whole only.
    Step,
    /// The header of a table.
    Header,
    /// A row of a table.
    Row,
    /// A block of code.
    Code,
}

/// Splits the tree of an article, whose body starts at `body_start` in `source`.
pub(crate) fn split(tree: &Tree, title: &str, source: &str, body_start: usize) -> Vec<Passage> {
    let mut reader = Reader::new(title, body_start);
    for step in tree.walk() {
        match step {
            Step::Enter(node) => reader.enter(node),
            Step::Leave(node) => reader.leave(node),
        }
    }
    let mut passages = reader.finish();
    for piece in passages.iter_mut().flat_map(|passage| &mut passage.pieces) {
        let Some(whole) = source.get(piece.source.clone()) else { continue };
        let start = piece.source.start + (whole.len() - whole.trim_start().len());
        piece.source = start..start + whole.trim().len();
    }
    passages
}

/// The text of a paragraph, list item, table row, code block or the like.
#[derive(Debug)]
struct Block {
    text: String,
    range: Range<usize>,
    spans: Vec<Span>,
    /// Where emphasis, links and the like stand in the source.
    inline: Vec<Range<usize>>,
    kind: PieceKind,
    group: u32,
    /// The header row of the table that it is a row of.
    header: Option<Rc<str>>,
    /// It is the first line of a list item that goes on.
    leads: bool,
}

/// Where a stretch of a block's text comes from.
#[derive(Debug)]
struct Span {
    at: usize,
    source: Range<usize>,
    /// The text is the source, byte for byte.
    exact: bool,
}

impl Block {
    fn push(&mut self, text: &str, source: Range<usize>) {
        self.range.end = self.range.end.max(source.end);
        let exact = text.len() == source.len();
        self.spans.push(Span { at: self.text.len(), source, exact });
        self.text.push_str(text);
    }

    fn extend(&mut self, range: &Range<usize>) {
        self.range.end = self.range.end.max(range.end);
    }

    /// Returns the source between two sentences, of which one ends at `end` of the text
    /// and the next starts at `start`: where the marks of the first end, and where those
    /// of the next start; nothing if that is not known to the byte.
    fn between(&self, end: usize, start: usize) -> Option<Range<usize>> {
        let before = &self.spans[self.spans.partition_point(|span| span.at < end).checked_sub(1)?];
        let after = &self.spans[self.spans.partition_point(|span| span.at <= start).checked_sub(1)?];
        if !(after.exact || after.at == start) {
            return None;
        }
        let text_end = if before.exact { before.source.start + end - before.at } else { before.source.end };
        let text_start = after.source.start + start - after.at;
        let closed =
            self.inline.iter().map(|mark| mark.end).filter(|end| (text_end..=text_start).contains(end));
        let end = closed.max().unwrap_or(text_end);
        let opened =
            self.inline.iter().map(|mark| mark.start).filter(|start| (end..text_start).contains(start));
        let start = opened.min().unwrap_or(text_start);
        (end <= start && self.range.start <= end && start <= self.range.end).then_some(end..start)
    }

    /// Returns where a byte of the text stands in the source.
    fn source_at(&self, at: usize) -> usize {
        let index = self.spans.partition_point(|span| span.at <= at);
        let Some(span) = index.checked_sub(1).and_then(|index| self.spans.get(index)) else {
            return self.range.start;
        };
        if span.exact { (span.source.start + at - span.at).min(span.source.end) } else { span.source.start }
    }
}

/// A heading with the blocks below it, up to the next heading.
#[derive(Debug, Default)]
struct Section {
    anchor: Option<String>,
    headings: Vec<String>,
    level: u8,
    is_question: bool,
    start: usize,
    blocks: Vec<Block>,
}

/// Reads blocks and sections from a walk over the tree.
struct Reader {
    sections: Vec<Section>,
    section: Section,
    /// The headings above, with their level and whether they head a list of questions.
    path: Vec<(u8, String, bool)>,
    title_is_faq: bool,
    block: Option<Block>,
    in_heading: bool,
    in_row: bool,
    header: Option<Rc<str>>,
    /// For each open list item, how many blocks stood before it.
    items: Vec<usize>,
    /// For each open list, whether it is numbered.
    lists: Vec<bool>,
    /// Where a block starts that is about to: at the mark of its list item, or its fence.
    start: Option<usize>,
    kind: PieceKind,
    groups: u32,
}

impl Reader {
    fn new(title: &str, body_start: usize) -> Self {
        Self {
            sections: Vec::new(),
            section: Section { start: body_start, ..Section::default() },
            path: Vec::new(),
            title_is_faq: is_faq(title),
            block: None,
            in_heading: false,
            in_row: false,
            header: None,
            items: Vec::new(),
            lists: Vec::new(),
            start: None,
            kind: PieceKind::Sentence,
            groups: 0,
        }
    }

    /// Returns the open block, or a new one that starts at `start`.
    fn block(&mut self, start: usize) -> &mut Block {
        let kind = match self.lists.first() {
            Some(true) => PieceKind::Step,
            Some(false) => PieceKind::Item,
            None => self.kind,
        };
        if self.block.is_none() && self.lists.is_empty() && !self.in_row {
            self.groups += 1;
        }
        let (group, outer) = (self.groups, &mut self.start);
        self.block.get_or_insert_with(|| {
            let start = outer.take().unwrap_or(start).min(start);
            Block {
                text: String::new(),
                range: start..start,
                spans: Vec::new(),
                inline: Vec::new(),
                kind,
                group,
                header: None,
                leads: false,
            }
        })
    }

    fn enter(&mut self, node: &Node) {
        match &node.kind {
            Kind::Heading(heading) => {
                self.end_block();
                self.start_section(heading.level, &heading.title, &heading.anchor, node.range.end);
                self.in_heading = true;
            }
            _ if self.in_heading => {}
            Kind::Text(text) => self.text(text, &node.range),
            Kind::InlineCode(code) => self.code(code, &node.range),
            Kind::SoftBreak => self.text(" ", &node.range),
            Kind::HardBreak => self.text("\n", &node.range),
            Kind::Html(html) => self.html_block(html, &node.range),
            Kind::InlineHtml(html) if html.starts_with("<br") => self.text("\n", &node.range),
            Kind::Head | Kind::Row => self.start_row(&node.range),
            Kind::Cell => self.start_cell(),
            kind if is_inline(kind) => self.extend(&node.range),
            kind => {
                self.end_block();
                self.enter_container(kind, node.range.start);
            }
        }
    }

    fn enter_container(&mut self, kind: &Kind, start: usize) {
        match kind {
            Kind::List(first) => {
                self.groups += u32::from(self.lists.is_empty());
                self.lists.push(first.is_some());
            }
            Kind::Item => {
                self.items.push(self.section.blocks.len());
                self.start = Some(start);
            }
            Kind::Code(_) => {
                self.start = self.start.or(Some(start));
                self.kind = PieceKind::Code;
            }
            Kind::Table(_) => self.groups += 1,
            _ => {}
        }
    }

    fn leave(&mut self, node: &Node) {
        match &node.kind {
            Kind::Heading(_) => self.in_heading = false,
            Kind::Head => self.end_header_row(&node.range),
            Kind::Row => self.end_row(&node.range),
            Kind::Code(_) => {
                self.extend_open(&node.range);
                self.end_block();
                self.kind = PieceKind::Sentence;
            }
            Kind::Table(_) => self.header = None,
            kind if is_inline(kind) || matches!(kind, Kind::Cell) => {}
            kind => {
                self.end_block();
                match kind {
                    Kind::Item => {
                        self.items.pop();
                        self.start = None;
                    }
                    Kind::List(_) => {
                        self.lists.pop();
                    }
                    _ => {}
                }
            }
        }
    }

    fn start_section(&mut self, level: u8, title: &str, anchor: &str, start: usize) {
        self.path.retain(|(above, ..)| *above < level);
        let in_faq = self.path.last().map_or(self.title_is_faq, |(_, _, faq)| *faq);
        self.path.push((level, title.to_owned(), is_faq(title)));
        let next = Section {
            anchor: Some(anchor.to_owned()),
            headings: self.path.iter().map(|(_, title, _)| title.clone()).collect(),
            level,
            is_question: is_question(title) || (in_faq && !is_faq(title)),
            start,
            blocks: Vec::new(),
        };
        self.sections.push(mem::replace(&mut self.section, next));
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let in_row = self.in_row;
        let block = self.block(range.start);
        // Cells are joined on one line.
        if in_row && text == "\n" { block.push(" ", range.clone()) } else { block.push(text, range.clone()) }
    }

    /// Inline code stands in the source between its back quotes.
    fn code(&mut self, code: &str, range: &Range<usize>) {
        self.extend(range);
        let fence = range.len().saturating_sub(code.len());
        let inner = range.start + fence / 2..range.end - fence / 2;
        let exact = fence.is_multiple_of(2) && inner.len() == code.len();
        self.text(code, if exact { &inner } else { range });
        self.extend(range);
    }

    fn extend(&mut self, range: &Range<usize>) {
        let block = self.block(range.start);
        block.extend(range);
        block.inline.push(range.clone());
    }

    fn extend_open(&mut self, range: &Range<usize>) {
        if let Some(block) = &mut self.block {
            block.extend(range);
        }
    }

    fn html_block(&mut self, html: &RawHtml, range: &Range<usize>) {
        for piece in raw_html::pieces(&html.text) {
            match piece {
                raw_html::Piece::Text(text) => self.html_text(html, text),
                raw_html::Piece::Tag(tag) if tag.name == "img" => {
                    let place = range.start..range.start;
                    self.html_words(&tag.attribute("alt").unwrap_or_default(), place);
                }
                raw_html::Piece::Tag(tag) if matches!(tag.name.as_str(), "td" | "th") && !tag.closes => {
                    self.start_cell()
                }
                raw_html::Piece::Tag(tag) if tag.breaks_line() => self.end_block(),
                raw_html::Piece::Tag(_) => {}
            }
        }
    }

    fn html_text(&mut self, html: &RawHtml, text: Range<usize>) {
        let mut at = text.start;
        for line in html.text[text].split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            if !line.trim().is_empty() {
                let source = html.source(start..start + line.trim().len());
                self.html_words(&decode_entities(line.trim()), source);
            }
        }
    }

    /// Lines and tags inside a block of HTML are separated by a space.
    fn html_words(&mut self, words: &str, source: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let block = self.block(source.start);
        if !block.text.is_empty() && !block.text.ends_with(' ') {
            block.push(" ", source.start..source.start);
        }
        block.push(words, source);
    }

    fn start_row(&mut self, range: &Range<usize>) {
        self.end_block();
        self.in_row = true;
        let header = self.header.clone();
        let block = self.block(range.start);
        block.kind = PieceKind::Row;
        block.header = header;
    }

    fn start_cell(&mut self) {
        if let Some(block) = self.block.as_mut().filter(|block| !block.text.is_empty()) {
            let end = block.range.end;
            block.push(" | ", end..end);
        }
    }

    fn end_header_row(&mut self, range: &Range<usize>) {
        if let Some(block) = &mut self.block {
            block.kind = PieceKind::Header;
        }
        let header = self.block.as_ref().map(|block| block.text.trim_end());
        self.header = header.filter(|text| width(text) <= MAX_HEADER_WIDTH).map(Rc::from);
        self.end_row(range);
    }

    fn end_row(&mut self, range: &Range<usize>) {
        self.in_row = false;
        self.extend_open(range);
        self.end_block();
    }

    fn end_block(&mut self) {
        let Some(block) = self.block.take().filter(|block| !block.text.trim().is_empty()) else { return };
        let blocks = &mut self.section.blocks;
        if let Some(before) = blocks.len().checked_sub(1).filter(|before| self.items.contains(before)) {
            blocks[before].leads = true;
        }
        blocks.push(block);
    }

    fn finish(mut self) -> Vec<Passage> {
        self.end_block();
        self.sections.push(self.section);
        let mut passages = Vec::new();
        for (index, section) in self.sections.iter().enumerate() {
            if !section.blocks.is_empty() {
                fill(section, &mut passages);
            } else if is_the_only_trace(section, self.sections.get(index + 1)) {
                passages.push(section.passage(String::new(), section.start..section.start));
            }
        }
        if passages.is_empty() {
            passages.extend(
                self.sections.first().map(|first| first.passage(String::new(), first.start..first.start)),
            );
        }
        passages
    }
}

/// A heading without text is kept where no section below it carries its title.
fn is_the_only_trace(section: &Section, next: Option<&Section>) -> bool {
    section.anchor.is_some() && next.is_none_or(|next| next.level <= section.level)
}

fn is_inline(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Text(_)
            | Kind::InlineCode(_)
            | Kind::InlineHtml(_)
            | Kind::SoftBreak
            | Kind::HardBreak
            | Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link(_)
            | Kind::WikiLink(_)
            | Kind::Image(_)
            | Kind::FootnoteReference(_)
            | Kind::Checkbox(_)
    )
}

impl Section {
    fn passage(&self, text: String, source: Range<usize>) -> Passage {
        Passage {
            anchor: self.anchor.clone(),
            headings: self.headings.clone(),
            is_question: self.is_question && !text.is_empty(),
            text,
            source,
            pieces: Vec::new(),
        }
    }
}

/// Fills passages with the blocks of a section, as many as fit into each.
fn fill(section: &Section, passages: &mut Vec<Passage>) {
    let parts: Vec<Part> = section.blocks.iter().flat_map(cut).collect();
    let mut draft = Draft::default();
    for (index, part) in parts.iter().enumerate() {
        if draft.width > 0 && draft.width + width_with_followers(&parts[index..]) > MAX_WIDTH {
            passages.push(mem::take(&mut draft).finish(section));
        }
        draft.add(part);
    }
    passages.push(draft.finish(section));
}

/// What goes into a passage as one piece: a block, or a part of a long one.
struct Part<'b> {
    block: &'b Block,
    /// Where it starts in the text of the block.
    at: usize,
    text: &'b str,
    source: Range<usize>,
    width: usize,
    /// It introduces the next part, and would be a strange end of a passage.
    leads: bool,
}

impl Part<'_> {
    /// Returns what it is made of, in a passage whose text it goes on at `at`.
    fn pieces(&self, at: usize) -> Vec<Piece> {
        let Block { kind, group, .. } = *self.block;
        let whole = Piece { kind, group, text: at..at + self.text.len(), source: self.source.clone() };
        if kind != PieceKind::Sentence {
            return vec![whole];
        }
        let mut pieces: Vec<Piece> = Vec::new();
        for sentence in sentences(self.text) {
            let Some(last) = pieces.last_mut() else {
                pieces.push(Piece { text: at + sentence.start..at + sentence.end, ..whole.clone() });
                continue;
            };
            let (end, start) = (self.at + last.text.end - at, self.at + sentence.start);
            match self.block.between(end, start) {
                Some(between) => {
                    last.source.end = between.start;
                    let text = at + sentence.start..at + sentence.end;
                    pieces.push(Piece { kind, group, text, source: between.end..self.source.end });
                }
                None => last.text.end = at + sentence.end,
            }
        }
        pieces
    }
}

/// Returns the width of the first part and of those that it leads to, unless they
/// are too much for a passage anyway.
fn width_with_followers(parts: &[Part]) -> usize {
    let Some(first) = parts.first() else { return 0 };
    let mut total = first.width;
    for pair in parts.windows(2).take_while(|pair| pair[0].leads) {
        total += pair[1].width;
        if total > MAX_WIDTH {
            return first.width;
        }
    }
    total
}

/// A passage in the making.
#[derive(Default)]
struct Draft {
    text: String,
    width: usize,
    source: Option<Range<usize>>,
    pieces: Vec<Piece>,
}

impl Draft {
    fn add(&mut self, part: &Part) {
        if let Some(header) = part.block.header.as_deref().filter(|_| self.text.is_empty()) {
            self.text.push_str(header);
            self.width += width(header);
            let (text, start) = (0..header.len(), part.source.start);
            let group = part.block.group;
            self.pieces.push(Piece { kind: PieceKind::Header, group, text, source: start..start });
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.pieces.extend(part.pieces(self.text.len()));
        self.text.push_str(part.text);
        self.width += part.width;
        let start = self.source.as_ref().map_or(part.source.start, |source| source.start);
        self.source = Some(start..part.source.end.max(start));
    }

    fn finish(self, section: &Section) -> Passage {
        let source = self.source.unwrap_or(section.start..section.start);
        Passage { pieces: self.pieces, ..section.passage(self.text, source) }
    }
}

/// Cuts a block into parts that each fit into a passage.
fn cut(block: &Block) -> Vec<Part<'_>> {
    let whole = block.text.trim_end();
    let mut parts = Vec::new();
    let mut start = 0;
    while start < whole.len() {
        let end = start + part_length(&whole[start..]);
        let is_last = end >= whole.len();
        let source_start = if start == 0 { block.range.start } else { block.source_at(start) };
        let source_end = if is_last { block.range.end } else { block.source_at(end) };
        let part = &whole[start..end];
        let text = part.trim();
        parts.push(Part {
            block,
            at: start + (part.len() - part.trim_start().len()),
            text,
            source: source_start..source_end,
            width: width(text) + 1,
            leads: is_last && (block.leads || whole.ends_with([':', '：'])),
        });
        start = end;
    }
    parts
}

/// Returns how much of the text goes into one passage: all if it fits, else up to
/// the last end of a line, of a sentence or of a word that fits.
fn part_length(text: &str) -> usize {
    let Some(limit) = end_of_width(text, MAX_WIDTH) else { return text.len() };
    let fitting = &text[..limit];
    let line = fitting.rfind('\n').map(|at| at + 1);
    let place = line.or_else(|| last_sentence_end(fitting)).or_else(|| last_word_end(fitting));
    place.filter(|at| *at > 0).unwrap_or(limit)
}

/// Returns where a width is reached; nothing if the text is narrower.
fn end_of_width(text: &str, limit: usize) -> Option<usize> {
    let mut total = 0;
    for (at, c) in text.char_indices() {
        total += char_width(c);
        if total > limit {
            return Some(at);
        }
    }
    None
}

fn last_sentence_end(text: &str) -> Option<usize> {
    let ends = |at: usize, c: char| match c {
        '。' | '！' | '？' | '；' | '…' => Some(at + c.len_utf8()),
        '.' | '!' | '?' | '؟' | '।' | '។' => {
            let after = at + c.len_utf8();
            text[after..].starts_with(char::is_whitespace).then_some(after + 1)
        }
        _ => None,
    };
    let end = text.char_indices().rev().find_map(|(at, c)| ends(at, c))?;
    text.is_char_boundary(end).then_some(end)
}

fn last_word_end(text: &str) -> Option<usize> {
    text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8())
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// A Han character counts twice a Latin letter.
fn char_width(c: char) -> usize {
    if c.len_utf8() >= 3 { 2 } else { 1 }
}
