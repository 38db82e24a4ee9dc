//! The Markdown tree → safe HTML.
//!
//! What we write ourselves is safe as it is written: text is escaped, only known
//! schemes are linked. Only a page with raw HTML by its author goes through
//! the sanitizer as well. Nothing external is ever loaded, so images
//! become their alternative text.

use std::collections::HashSet;
use std::sync::LazyLock;

use pulldown_cmark::Alignment;

use super::link::{SAFE_SCHEMES, Target, View};
use super::markdown::{Kind, Node, Step, Tree};
use super::raw_html::{Piece, RawTag, SAFE, pieces};

/// Deeper nesting is written without its tags: browsers stop there too, and
/// sanitizing takes time proportional to the depth.
const MAX_DEPTH: usize = 100;

/// Writes a tree as HTML.
pub(crate) fn write(tree: &Tree, links: &View) -> String {
    let mut writer =
        Writer { links, html: String::new(), open: Vec::new(), raw_depth: 0, has_raw: false, table: None };
    for step in tree.walk() {
        match step {
            Step::Enter(node) => writer.enter(node),
            Step::Leave(node) => writer.leave(node),
        }
    }
    if writer.has_raw { sanitize(&writer.html) } else { writer.html }
}

struct Writer<'t> {
    links: &'t View<'t>,
    html: String,
    /// What closes each open node.
    open: Vec<&'static str>,
    raw_depth: usize,
    has_raw: bool,
    table: Option<Columns<'t>>,
}

/// Where we are in a table row.
struct Columns<'t> {
    alignments: &'t [Alignment],
    next: usize,
    cell: &'static str,
}

impl<'t> Writer<'t> {
    fn enter(&mut self, node: &'t Node<'_>) {
        let close = self.start(node);
        self.open.push(close);
    }

    fn leave(&mut self, node: &Node) {
        let close = self.open.pop().unwrap_or_default();
        if close == "</p>" && self.html.ends_with("<p>") {
            return self.html.truncate(self.html.len() - "<p>".len());
        }
        self.html.push_str(close);
        match node.kind {
            Kind::Paragraph | Kind::Heading(_) | Kind::Item | Kind::Quote | Kind::List(_) => {
                self.html.push('\n')
            }
            Kind::Head => self.html.push_str("<tbody>\n"),
            Kind::Table(_) => self.table = None,
            _ => {}
        }
    }

    /// Writes the start of a node and returns what ends it.
    fn start(&mut self, node: &'t Node<'_>) -> &'static str {
        match &node.kind {
            Kind::Text(text) => self.text(text),
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
            Kind::Image => "",
            _ if self.open.len() > MAX_DEPTH => "",
            Kind::Paragraph => self.pair("<p>", "</p>"),
            Kind::Quote => self.pair("<blockquote>\n", "</blockquote>"),
            Kind::List(None) => self.pair("<ul>\n", "</ul>"),
            Kind::List(Some(first)) => self.ordered_list(*first),
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

    fn text(&mut self, text: &str) -> &'static str {
        escape_into(&mut self.html, text);
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

    fn ordered_list(&mut self, first: u64) -> &'static str {
        let start = if first == 1 { "<ol>\n".to_owned() } else { format!("<ol start=\"{first}\">\n") };
        self.pair(&start, "</ol>")
    }

    fn code(&mut self, info: Option<&str>) -> &'static str {
        let language =
            info.and_then(|info| info.split([' ', ',', '{']).next()).filter(|name| !name.is_empty());
        match language {
            Some(name) => self.html.push_str(&format!("<pre><code class=\"language-{}\">", escaped(name))),
            None => self.html.push_str("<pre><code>"),
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
        self.pair("<div class=\"table\"><table>\n", "</tbody>\n</table></div>\n")
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
            "img" => escape_into(&mut self.html, &tag.attribute("alt").unwrap_or_default()),
            _ if !tag.is_safe() => {}
            _ if tag.closes => self.close_raw(tag),
            "a" => self.open_raw_link(tag),
            _ => self.open_raw(tag),
        }
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

fn align(alignment: &Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => " align=\"left\"",
        Alignment::Center => " align=\"center\"",
        Alignment::Right => " align=\"right\"",
    }
}

fn escaped(text: &str) -> String {
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
        .tags(SAFE.iter().copied().filter(|name| *name != "img").chain(["input"]).collect())
        .generic_attributes(KEPT_ATTRIBUTES.into_iter().chain(["class"]).collect::<HashSet<_>>())
        .tag_attributes(
            [("a", ["href", "rel"].into()), ("input", ["type", "disabled", "checked"].into())].into(),
        )
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
