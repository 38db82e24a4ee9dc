//! Takes the tags of other tools out of Markdown, and remembers where the rest stood.
//!
//! Hugo shortcodes, JSX components and the like are instructions to programs
//! that we are not. Their tags are dropped before Markdown is parsed, the text
//! inside them is kept. Because passages point into the file byte by byte, the
//! result knows for each of its bytes where that byte stands in the source.
//!
//! Code is never touched. What is no tag for certain stays as it is: a page with
//! a strange character too many is better than one with a sentence too few.

mod tag;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::path::Path;

use self::tag::Patience;

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
pub(crate) fn strip(body: &str, flavor: Flavor) -> Text<'_> {
    if flavor == Flavor::Markdown
        && !MARKERS.iter().any(|marker| body.contains(marker))
        && !has_component(body)
    {
        return Text { text: Cow::Borrowed(body), segments: Vec::new() };
    }
    let mut scanner = Scanner::new(body, flavor);
    scanner.run();
    scanner.writer.finish()
}

/// Text without any of these is Markdown already.
const MARKERS: [&str; 9] = ["{{<", "{{%", "{%", "{:", ":::", "%%", "[!", "import ", "<>"];

fn has_component(body: &str) -> bool {
    let mut tags = body.match_indices('<').map(|(at, _)| body[at + 1..].trim_start_matches('/'));
    tags.any(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Reads Markdown line by line, as far as is needed to tell code from tags.
struct Scanner<'a> {
    source: &'a str,
    flavor: Flavor,
    writer: Writer<'a>,
    /// The marks that opened the code block that we are in.
    fence: Option<&'a str>,
    /// Components whose tags stand on lines of their own.
    components: Vec<Component<'a>>,
    /// Components that are closed somewhere.
    closed: HashSet<&'a str>,
    /// An `export` whose braces never close has been seen.
    has_endless_export: bool,
    patience: Patience,
}

/// An open component. JSX indents what is inside, which in Markdown would be code.
struct Component<'a> {
    name: &'a str,
    indent: Option<usize>,
}

impl<'a> Scanner<'a> {
    fn new(source: &'a str, flavor: Flavor) -> Self {
        Self {
            source,
            flavor,
            writer: Writer::new(source),
            fence: None,
            components: Vec::new(),
            closed: source.match_indices("</").map(|(at, _)| tag_name(&source[at + 2..])).collect(),
            has_endless_export: false,
            patience: Patience::with(source),
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.source.len() {
            let end = line_end(self.source, at);
            at = self.line(at, end).max(end);
        }
    }

    /// Reads a line and returns how far it has read.
    fn line(&mut self, start: usize, end: usize) -> usize {
        let start = self.dedent(start, end);
        let line = &self.source[start..end];
        if self.is_code(line) {
            return end;
        }
        if let Some(length) = self.module_length(start) {
            self.writer.drop(start..start + length);
            return start + length;
        }
        let text = line.trim();
        if text.starts_with(":::") {
            self.directive(start, line);
        } else if text.starts_with("{:") && text.ends_with('}') {
            self.writer.drop(start..start + line.trim_end().len());
        } else if text == "%%" {
            return self.comment_block(start, end);
        } else {
            self.callout(start, line);
            return self.inline(start, end);
        }
        end
    }

    /// Drops the indentation that the components around a line account for.
    fn dedent(&mut self, start: usize, end: usize) -> usize {
        let line = &self.source[start..end];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let outer =
            self.components.iter().rev().skip(1).find_map(|component| component.indent).unwrap_or_default();
        let Some(component) = self.components.last_mut() else { return start };
        if component.indent.is_none() && !line.trim().is_empty() && !line.trim_start().starts_with("</") {
            component.indent = Some(indent.max(outer));
        }
        let dropped = indent.min(component.indent.unwrap_or(outer));
        self.writer.drop(start..start + dropped);
        start + dropped
    }

    /// Returns whether a line is in or around a code block.
    fn is_code(&mut self, line: &'a str) -> bool {
        let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let marks = |text: &'a str, mark| &text[..text.len() - text.trim_start_matches(mark).len()];
        if let Some(open) = self.fence {
            let close = marks(text, if open.starts_with('`') { '`' } else { '~' });
            if close.len() >= open.len() && close == text {
                self.fence = None;
            }
            return true;
        }
        let text = after_list_marker(text);
        let open = if text.starts_with('~') { marks(text, '~') } else { marks(text, '`') };
        let opens = open.len() >= 3 && !(open.starts_with('`') && text[open.len()..].contains('`'));
        self.fence = opens.then_some(open);
        opens
    }

    /// Returns the length of the `import` and `export` lines at the start of the text.
    fn module_length(&mut self, start: usize) -> Option<usize> {
        let text = &self.source[start..];
        let is_import = text.starts_with("import ");
        if self.flavor == Flavor::Markdown {
            let line = text.lines().next().unwrap_or_default().trim_end();
            return (is_import && is_import_line(line)).then_some(line.len());
        }
        (is_import || text.starts_with("export ")).then(|| self.statement_length(text))
    }

    /// A statement ends at an empty line, but not inside its braces.
    fn statement_length(&mut self, text: &str) -> usize {
        let mut at = 0;
        let mut depth = 0_isize;
        let mut first_blank = None;
        while at < text.len() {
            let line = &text[at..line_end(text, at)];
            if line.trim().is_empty() {
                if depth <= 0 || self.has_endless_export {
                    return at;
                }
                first_blank = first_blank.or(Some(at));
            }
            depth += line.chars().map(brace_depth).sum::<isize>();
            at += line.len();
        }
        self.has_endless_export |= depth > 0;
        if depth > 0 { first_blank.unwrap_or(at) } else { at }
    }

    /// `:::tip Title` and its end; the title is kept.
    fn directive(&mut self, start: usize, line: &'a str) {
        let text = line.trim_end();
        let marks = text.len() - text.trim_start_matches([' ', '\t', ':']).len();
        let after = &text[marks..];
        let word = after.len() - after.trim_start_matches(|c: char| c.is_alphanumeric() || c == '-').len();
        let rest = after[word..].trim_start_matches(['[', ' ']);
        let title = rest.split(['{', ']']).next().unwrap_or_default().trim();
        let title_start = start + text.len() - rest.len();
        self.writer.drop(start..title_start);
        self.keep_title(title_start..title_start + title.len());
        self.writer.drop(title_start + title.len()..start + text.len());
    }

    /// Obsidian's `%%` on a line of its own, up to the next one.
    fn comment_block(&mut self, start: usize, end: usize) -> usize {
        let mut lines = self.source[end..].split_inclusive('\n').scan(end, |at, line| {
            *at += line.len();
            Some((*at, line))
        });
        match lines.find(|(_, line)| line.trim() == "%%") {
            Some((close, _)) => {
                self.writer.drop(start..close);
                close
            }
            None => end,
        }
    }

    /// `> [!tip]+ Title`: the mark is dropped.
    fn callout(&mut self, start: usize, line: &str) {
        let text = line.trim_start_matches([' ', '\t', '>']);
        let Some(kind) = text.strip_prefix("[!").filter(|_| line.trim_start().starts_with('>')) else {
            return;
        };
        let Some(close) =
            kind.find(']').filter(|close| kind[..*close].chars().all(|c| c.is_alphanumeric() || c == '-'))
        else {
            return;
        };
        let length = 2 + close + 1 + usize::from(kind[close + 1..].starts_with(['+', '-']));
        if !text[length..].starts_with(['(', '[']) {
            let start = start + line.len() - text.len();
            self.writer.drop(start..start + length);
        }
    }

    /// Reads the tags of a line and returns how far it has read.
    fn inline(&mut self, start: usize, end: usize) -> usize {
        let text = &self.source[start..end];
        let line = start + text.len() - text.trim_start().len()..end;
        let code = code_spans(text);
        let mut code = code.iter().map(|span| start + span.start..start + span.end).peekable();
        let mut at = start;
        while let Some(found) = self.source.get(at..end).and_then(|rest| rest.find(['{', '<', '%'])) {
            at += found;
            while code.next_if(|span| span.end <= at).is_some() {}
            at = match code.peek().filter(|span| span.contains(&at)) {
                Some(span) => span.end,
                None => at + self.tag(at, &line).unwrap_or(1),
            };
        }
        at
    }

    /// Takes out the tag at a place; returns its length, or nothing if there is none.
    fn tag(&mut self, at: usize, line: &Range<usize>) -> Option<usize> {
        let text = &self.source[at..];
        let starts_line = at == line.start;
        let (before, line) = (&self.source[line.start..at], &self.source[at..line.end]);
        if text.starts_with("{{<") || text.starts_with("{{%") {
            let length = tag::shortcode(text, &mut self.patience)?;
            return self.shortcode(at, length);
        }
        if text.starts_with("{%") {
            return self.liquid(at, line, starts_line);
        }
        if text.starts_with("%%") {
            let length = tag::comment(line, before)?;
            self.writer.drop(at..at + length);
            return Some(length);
        }
        if self.flavor == Flavor::Mdx && text.starts_with('{') {
            let (length, space) = tag::expression(text, &mut self.patience)?;
            self.writer.drop(at..at + space.start);
            self.writer.drop(at + space.end..at + length);
            return Some(length);
        }
        self.component(at, starts_line)
    }

    /// `{{< ref "page.md" >}}` stands for the page, other shortcodes for nothing that we know.
    fn shortcode(&mut self, at: usize, length: usize) -> Option<usize> {
        let inside = &self.source[at + 3..at + length - 3];
        let is_reference =
            inside.trim_start().starts_with("ref ") || inside.trim_start().starts_with("relref ");
        match inside.find('"').zip(inside.rfind('"')).filter(|(open, close)| is_reference && open < close) {
            Some((open, close)) => {
                self.writer.drop(at..at + 3 + open + 1);
                self.writer.drop(at + 3 + close..at + length);
            }
            None => self.writer.drop(at..at + length),
        }
        Some(length)
    }

    /// `{% hint style="info" %}`
    fn liquid(&mut self, at: usize, line: &str, starts_line: bool) -> Option<usize> {
        let length = tag::liquid(line, &mut self.patience)?;
        let title = tag::attribute(&line[..length], "title").map(|range| at + range.start..at + range.end);
        self.replace_by_titles(at..at + length, title.filter(|_| starts_line).into_iter().collect());
        Some(length)
    }

    /// `<Card title="Shipping">`
    fn component(&mut self, at: usize, starts_line: bool) -> Option<usize> {
        let tag = tag::component(&self.source[at..], &mut self.patience)?;
        if !self.is_component(&tag) {
            return None;
        }
        let titles = if starts_line { tag.titles(at) } else { Vec::new() };
        self.replace_by_titles(at..at + tag.length, titles);
        if starts_line {
            self.track(&tag, at);
        }
        Some(tag.length)
    }

    fn is_component(&self, tag: &tag::Component) -> bool {
        if tag.name.starts_with(|c: char| c.is_ascii_uppercase()) {
            // `<HOST>` that is never closed is a placeholder in a text.
            return self.closed.contains(tag.name) || tag.has_attributes || tag.is_empty;
        }
        self.flavor == Flavor::Mdx && (tag.has_braces || LAYOUT.contains(&tag.name))
    }

    fn track(&mut self, tag: &tag::Component<'a>, at: usize) {
        let open = self.components.iter().rposition(|component| component.name == tag.name);
        let ends_line =
            self.source[at + tag.length..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        match open {
            Some(open) if tag.closes => self.components.truncate(open),
            _ if tag.closes || tag.is_empty || !ends_line || !self.closed.contains(tag.name) => {}
            // Deeper nesting than this is no page.
            _ if self.components.len() < 64 => {
                self.components.push(Component { name: tag.name, indent: None })
            }
            _ => {}
        }
    }

    fn replace_by_titles(&mut self, tag: Range<usize>, titles: Vec<Range<usize>>) {
        for title in titles {
            self.writer.drop(self.writer.read.max(tag.start)..title.start);
            self.keep_title(title);
        }
        self.writer.drop(self.writer.read.max(tag.start)..tag.end);
    }

    /// A title stands above what follows; a question is made a heading, since that is its answer.
    fn keep_title(&mut self, title: Range<usize>) {
        let text = self.source[title.clone()].trim();
        if text.is_empty() {
            return;
        }
        let (before, after) =
            if text.ends_with(['?', '？']) { ("###### ", "\n\n") } else { ("**", "**\n\n") };
        self.writer.add(title.start, before);
        self.writer.keep_to(title.end);
        self.writer.add(title.end, after);
    }
}

/// HTML elements that only lay out the Markdown inside them.
const LAYOUT: [&str; 8] = ["", "div", "section", "span", "center", "figure", "article", "main"];

fn line_end(text: &str, start: usize) -> usize {
    text[start..].find('\n').map_or(text.len(), |found| start + found + 1)
}

fn tag_name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':')));
    &text[..end.unwrap_or(text.len())]
}

fn after_list_marker(text: &str) -> &str {
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let marker = if number.len() < text.len() {
        number.strip_prefix(['.', ')'])
    } else {
        text.strip_prefix(['-', '*', '+'])
    };
    marker.and_then(|rest| rest.strip_prefix(' ')).map_or(text, str::trim_start)
}

fn is_import_line(line: &str) -> bool {
    let line = line.trim_end_matches(';');
    line.ends_with(['"', '\''])
        && (line.contains(" from ") || line.starts_with("import '") || line.starts_with("import \""))
}

fn brace_depth(c: char) -> isize {
    match c {
        '{' | '(' | '[' => 1,
        '}' | ')' | ']' => -1,
        _ => 0,
    }
}

/// Returns where the code between back quotes stands in a line.
fn code_spans(line: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.match_indices('`') {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None => runs.push(at..at + 1),
        }
    }
    let mut by_length: HashMap<usize, VecDeque<usize>> = HashMap::new();
    for (index, run) in runs.iter().enumerate() {
        by_length.entry(run.len()).or_default().push_back(index);
    }
    let mut spans = Vec::new();
    let mut next = 0;
    while let Some(open) = runs.get(next) {
        let later = by_length.entry(open.len()).or_default();
        while later.front().is_some_and(|index| *index <= next) {
            later.pop_front();
        }
        match later.front() {
            Some(close) => {
                spans.push(open.start..runs[*close].end);
                next = close + 1;
            }
            None => next += 1,
        }
    }
    spans
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
        if !range.is_empty() {
            self.keep_to(range.start);
            self.read = self.read.max(range.end);
        }
    }

    /// Adds text that stands nowhere in the source.
    fn add(&mut self, source: usize, text: &str) {
        self.keep_to(source);
        self.segments.push(Segment { at: self.text.len(), source, added: true });
        self.text.push_str(text);
    }

    fn finish(mut self) -> Text<'a> {
        if self.segments.is_empty() && self.read == 0 {
            return Text { text: Cow::Borrowed(self.source), segments: Vec::new() };
        }
        self.keep_to(self.source.len());
        Text { text: Cow::Owned(self.text), segments: self.segments }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(body: &str) -> String {
        strip(body, Flavor::Markdown).text.into_owned()
    }

    fn mdx(body: &str) -> String {
        strip(body, Flavor::Mdx).text.into_owned()
    }

    #[test]
    fn shortcodes_are_dropped_and_their_text_kept() {
        assert_eq!(markdown("a {{< tab \"x\" >}}inside{{< /tab >}} b"), "a inside b");
        assert_eq!(markdown("{{% notice note %}}\ntext\n{{% /notice %}}"), "\ntext\n");
        assert_eq!(markdown("{{{ .product }}} {{ var }} {{< open"), "{{{ .product }}} {{ var }} {{< open");
        assert_eq!(markdown("[x]({{< ref \"a.md#b\" >}})"), "[x](a.md#b)");
        assert_eq!(
            markdown("{% hint style=\"info\" %}\ntext\n{% endhint %}\n10{% off"),
            "\ntext\n\n10{% off"
        );
    }

    #[test]
    fn code_is_never_touched() {
        for code in [
            "`{{< x >}}`",
            "```\n{{< x >}}\n<Card />\n```\n",
            "> ~~~\n> {{< x >}}\n> ~~~\n",
            "`` ` {{< x >}} ``",
        ] {
            assert_eq!(markdown(code), code);
            assert_eq!(mdx(code), code);
        }
        assert_eq!(markdown("` {{< x >}} ``"), "`  ``");
    }

    #[test]
    fn components_are_dropped_and_their_titles_kept() {
        assert_eq!(
            mdx("import A from 'a'\n\n<Card title=\"Fees\" icon={a > b}>\n  text\n</Card>\n"),
            "\n**Fees**\n\n\ntext\n\n"
        );
        assert_eq!(
            mdx("<Accordion title=\"How long?\">One day.</Accordion>"),
            "###### How long?\n\nOne day."
        );
        assert_eq!(mdx("a <Tip>b</Tip>{/* hidden */} c{' '}<br/>"), "a b c <br/>");
        assert_eq!(mdx("<Steps>\n    <Step>\n        ## One\n    </Step>\n</Steps>"), "\n\n## One\n\n");
        assert_eq!(mdx("export const a = {\n\n  b: 1,\n}\n\nText"), "\nText");
        assert_eq!(markdown("<Tabs>\ntext\n</Tabs>"), "\ntext\n");
        assert_eq!(markdown("mysql -h <HOST> Vec<String> a <B c"), "mysql -h <HOST> Vec<String> a <B c");
    }

    #[test]
    fn marks_of_notes_are_dropped() {
        assert_eq!(markdown(":::tip Read this\ntext\n:::"), "**Read this**\n\n\ntext\n");
        assert_eq!(markdown("> [!warning]- Careful\n> text"), ">  Careful\n> text");
        assert_eq!(markdown("a %%hidden%% b\n%%\nhidden\n%%\nc 100%% %%i"), "a  b\nc 100%% %%i");
        assert_eq!(markdown("# A\n{: .no_toc }\ntext"), "# A\n\ntext");
    }

    #[test]
    fn every_byte_knows_its_place() {
        let body = "one {{< x >}}two <Card title=\"three\">\nfour";
        let text = strip(body, Flavor::Mdx);
        for word in ["one", "two", "four"] {
            let at = text.text.find(word).expect("it is kept");
            assert_eq!(&body[text.source(&(at..at + word.len()))], word);
        }
        let pieces: Vec<_> = text.pieces(0..7).map(|(_, source)| &body[source]).collect();
        assert_eq!(pieces, ["one ", "two"]);
    }
}
