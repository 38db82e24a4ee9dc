//! What can be quoted of a passage, and quoting it.
//!
//! A quotation is some pieces in a row. It is given three times: byte for byte as it
//! stands in the file, so that everyone can check it; as HTML that looks as on the page;
//! and as plain text, in which lists are still lists and a table row has its header.
//!
//! Not here: which pieces answer a question (`answer`).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::article::{Article, Page};
use super::html::{self, Part};
use super::link;
use super::passage::{Passage, Piece, PieceKind};

/// The pieces of a passage with their Markdown and HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotable {
    /// What can be quoted, in order.
    pub pieces: Vec<Piece>,
    /// The source from the first piece to the last, byte for byte.
    markdown: String,
    /// Bytes of the source before that.
    bytes_before: usize,
    /// Characters of the source before that.
    chars_before: usize,
    /// From the first piece to the last.
    html: String,
    is_raw: bool,
    /// The HTML of each piece.
    parts: Vec<Part>,
}

/// Pieces of an article, quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// Byte for byte as in the source.
    pub markdown: String,
    /// Where it stands in [`Article::source`].
    pub bytes: Range<usize>,
    /// The same in characters (Unicode scalar values).
    pub chars: Range<usize>,
    /// Plain text.
    pub text: String,
    /// Safe HTML.
    pub html: String,
}

impl Quote {
    /// Returns the HTML so that it works elsewhere than on the page at `url`: links to articles,
    /// and images, start with `prefix`, which is empty for pages of the same site.
    pub fn html_elsewhere(&self, url: &str, prefix: &str) -> String {
        link::elsewhere(&self.html, url, prefix)
    }

    /// Returns the HTML so that it works in a mail: links of the page at `url` lead to the help
    /// center at `origin`, and images are loaded from there.
    pub fn html_for_mail(&self, url: &str, origin: &str) -> String {
        link::absolute(&link::elsewhere(&self.html, url, ""), origin)
    }
}

impl Quotable {
    /// Returns what can be quoted of each passage of an article.
    pub fn of(article: &Article, page: &Page) -> Vec<Self> {
        let mut place = (0, 0);
        let mut chars_before = |bytes: usize| {
            // Passages overlap nowhere, but a footnote may stand before what follows it.
            let (from, counted) = if bytes >= place.0 { place } else { (0, 0) };
            place = (bytes, counted + article.source[from..bytes].chars().count());
            place.1
        };
        page.passages
            .iter()
            .map(|passage| Self::of_passage(article, page, passage, &mut chars_before))
            .collect()
    }

    fn of_passage(
        article: &Article,
        page: &Page,
        passage: &Passage,
        chars_before: &mut impl FnMut(usize) -> usize,
    ) -> Self {
        let pieces = &passage.pieces;
        let starts = pieces.iter().map(|piece| piece.source.start);
        let ends = pieces.iter().map(|piece| piece.source.end);
        let (Some(start), Some(end)) = (starts.min(), ends.max()) else { return Self::default() };
        let Some(markdown) = article.source.get(start..end) else { return Self::default() };
        let parts: Vec<Part> = pieces.iter().map(|piece| page.markup.part(&piece.source)).collect();
        let html_start = parts.iter().map(|part| part.html.start).min().unwrap_or_default();
        let html_end = parts.iter().map(|part| part.html.end).max().unwrap_or_default();
        let moved =
            |part: Part| Part { html: part.html.start - html_start..part.html.end - html_start, ..part };
        Self {
            pieces: pieces.clone(),
            markdown: markdown.to_owned(),
            bytes_before: start,
            chars_before: chars_before(start),
            html: page.markup.html()[html_start..html_end].to_owned(),
            is_raw: page.markup.is_raw(),
            parts: parts.into_iter().map(moved).collect(),
        }
    }

    /// Returns the pieces that stand at exactly these bytes of the source, if some do.
    pub(crate) fn pieces_at(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let first = self.pieces.iter().position(|piece| piece.source.start == bytes.start)?;
        let last = self.pieces.iter().rposition(|piece| piece.source.end == bytes.end)?;
        (first <= last).then_some(first..last + 1)
    }

    /// Quotes some pieces, of a passage that has this `text`.
    pub fn quote(&self, pieces: Range<usize>, text: &str) -> Quote {
        let (first, last) = (&self.pieces[pieces.start], &self.pieces[pieces.end - 1]);
        let bytes = first.source.start..last.source.end;
        let inside = bytes.start - self.bytes_before..bytes.end - self.bytes_before;
        let markdown = &self.markdown[inside.clone()];
        let start = self.chars_before + self.markdown[..inside.start].chars().count();
        let (open, close) = (&self.parts[pieces.start], &self.parts[pieces.end - 1]);
        let html = format!("{}{}{}", open.open, &self.html[open.html.start..close.html.end], close.close);
        Quote {
            chars: start..start + markdown.chars().count(),
            markdown: markdown.to_owned(),
            bytes,
            text: self.plain(pieces, text),
            html: html::safe(html, self.is_raw).trim().to_owned(),
        }
    }

    fn plain(&self, pieces: Range<usize>, text: &str) -> String {
        let mut plain = String::new();
        let first = &self.pieces[pieces.start];
        if first.kind == PieceKind::Row
            && let Some(header) = self.header_of(first)
        {
            plain.push_str(&text[header.text.clone()]);
            plain.push('\n');
        }
        for at in pieces.clone() {
            let piece = &self.pieces[at];
            match at.checked_sub(1).filter(|_| at > pieces.start).map(|before| &self.pieces[before]) {
                Some(before) if before.kind == PieceKind::Sentence && before.group == piece.group => {
                    plain.push_str(&text[before.text.end..piece.text.start]);
                }
                Some(_) => plain.push('\n'),
                None => {}
            }
            plain.push_str(self.bullet(piece));
            plain.push_str(&text[piece.text.clone()]);
        }
        plain
    }

    /// Returns the header of the table that a row is in.
    pub fn header_of(&self, row: &Piece) -> Option<&Piece> {
        self.pieces.iter().find(|piece| piece.kind == PieceKind::Header && piece.group == row.group)
    }

    /// Returns the mark of a list item as its author wrote it: `1. `.
    fn bullet(&self, piece: &Piece) -> &str {
        if !matches!(piece.kind, PieceKind::Item | PieceKind::Step) {
            return "";
        }
        let start = piece.source.start - self.bytes_before;
        let item = &self.markdown[start..];
        let mark = item.find(' ').map_or("", |end| &item[..=end]);
        let is_number =
            mark.trim_end().ends_with(['.', ')']) && mark.starts_with(|c: char| c.is_ascii_digit());
        if is_number || matches!(mark, "- " | "* " | "+ ") { mark } else { "" }
    }
}
