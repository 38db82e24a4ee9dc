//! Takes the tags of other tools out of Markdown, and remembers where the rest stood.
//!
//! Hugo shortcodes, JSX components and the like are instructions to programs
//! that we are not. Their tags are dropped before Markdown is parsed, the text
//! inside them is kept. Because passages point into the file byte by byte, the
//! result knows for each of its bytes where that byte stands in the source.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

/// Which rules a file follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavor {
    /// CommonMark, with the tags of static site generators.
    Markdown,
    /// Markdown with JSX.
    Mdx,
}

impl Flavor {
    /// Tells the flavor from the extension of a file.
    pub(crate) fn of(path: &Path) -> Self {
        let mdx = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mdx"));
        if mdx { Self::Mdx } else { Self::Markdown }
    }
}

/// Markdown without foreign tags.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) text: Cow<'a, str>,
    /// In ascending order of `at`; empty when nothing was taken out.
    segments: Vec<Segment>,
}

/// From `at` on, the text is the source from `source` on, or was added there.
#[derive(Clone, Copy, Debug)]
struct Segment {
    at: usize,
    source: usize,
    added: bool,
}

impl Segment {
    fn source_of(&self, at: usize) -> usize {
        if self.added { self.source } else { self.source + (at - self.at) }
    }
}

impl Text<'_> {
    /// Returns where a range of the text stands in the source.
    pub(crate) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source_at(self.segments.partition_point(|s| s.at <= range.start), range.start);
        let end = self.source_at(self.segments.partition_point(|s| s.at < range.end), range.end);
        start..end.max(start)
    }

    /// Cuts a range of the text where something was taken out or added, so that
    /// each piece stands in the source as it is.
    pub(crate) fn pieces(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
        let first = self.segments.partition_point(|s| s.at <= range.start);
        let cuts = self.segments[first..].iter().map(|s| s.at).take_while(move |at| *at < range.end);
        let mut start = range.start;
        cuts.chain([range.end]).map(move |end| {
            let piece = start..end;
            start = end;
            (piece.clone(), self.source(&piece))
        })
    }

    fn source_at(&self, segments_before: usize, at: usize) -> usize {
        match segments_before.checked_sub(1).and_then(|index| self.segments.get(index)) {
            Some(segment) => segment.source_of(at),
            None => at,
        }
    }
}

/// Takes the tags of other tools out of Markdown.
pub(crate) fn strip(body: &str, _flavor: Flavor) -> Text<'_> {
    let mut writer = Writer::new(body);
    while let Some(found) = body[writer.read..].find("{{") {
        let start = writer.read + found;
        match shortcode_end(&body[start..]) {
            Some(length) => writer.drop(start..start + length),
            None => writer.keep_to(start + 2),
        }
    }
    writer.finish()
}

/// Returns the length of the shortcode tag that the text starts with.
fn shortcode_end(text: &str) -> Option<usize> {
    let close = match text.as_bytes().get(2)? {
        b'<' => ">}}",
        b'%' => "%}}",
        _ => return None,
    };
    text.find(close).map(|at| at + close.len())
}

/// Copies what is kept of a source.
struct Writer<'a> {
    source: &'a str,
    /// How far the source has been read.
    read: usize,
    text: String,
    segments: Vec<Segment>,
}

impl<'a> Writer<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, read: 0, text: String::new(), segments: Vec::new() }
    }

    fn keep_to(&mut self, end: usize) {
        if end > self.read {
            self.segments.push(Segment { at: self.text.len(), source: self.read, added: false });
            self.text.push_str(&self.source[self.read..end]);
            self.read = end;
        }
    }

    fn drop(&mut self, range: Range<usize>) {
        self.keep_to(range.start);
        self.read = range.end;
    }

    fn finish(mut self) -> Text<'a> {
        if self.read == 0 {
            return Text { text: Cow::Borrowed(self.source), segments: Vec::new() };
        }
        self.keep_to(self.source.len());
        Text { text: Cow::Owned(self.text), segments: self.segments }
    }
}
