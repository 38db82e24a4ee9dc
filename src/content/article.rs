//! What the rest of the program sees of a help page: `Article` and what it is made of.
//!
//! An article is one page in one locale. It keeps its whole source, because
//! passages point into it byte by byte; HTML and passages are made on demand,
//! so that loading tens of thousands of files stays quick.
//!
//! Not here: how an article is read from a file (`load`), or checked (`front_matter`).

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::foreign::{self, Flavor};
use super::html::{self, Markup};
use super::image::ShownImage;
use super::link::{Links, url_path};
use super::markdown::Tree;
use super::passage::{self, Passage};
use crate::locale::Locale;

/// Names an article in all its locales: `shipping/track-parcel`.
///
/// Never empty; parts are separated by `/`, without one at either end.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleId(String);

impl ArticleId {
    /// Reads an id as people write it; nothing when no usable part is left.
    ///
    /// Empty, `.` and `..` parts are left out and characters are composed (NFC),
    /// so that an id typed in a browser equals one read from a file name.
    pub fn new(text: &str) -> Option<Self> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        // What is left out may have hidden a part such as `..`.
        let text: Cow<str> = match is_plain {
            true => text.into(),
            false => text.chars().filter(|c| !c.is_control()).nfc().collect::<String>().into(),
        };
        let parts: Vec<&str> = text.trim().split('/').filter(|part| is_id_part(part)).collect();
        let id = parts.join("/");
        (!id.is_empty()).then_some(Self(id))
    }

    /// The id of the page at the very top.
    pub(crate) fn index() -> Self {
        Self("index".to_owned())
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the address of the page of the article in `locale`.
    pub fn url(&self, locale: &Locale) -> String {
        format!("/{locale}/articles/{}", url_path(&self.0))
    }
}

fn is_id_part(part: &str) -> bool {
    let visible = part.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    !matches!(visible, "" | "." | "..")
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who may read an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Audience {
    /// Everyone.
    #[default]
    Public,
    /// Agents only.
    Internal,
}

/// Where an article stands in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Finished and valid.
    #[default]
    Published,
    /// No longer valid; agents may still need it.
    Archived,
    /// Not finished; nobody finds it.
    Draft,
}

/// A labelled link under an article: "track my parcel".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Action {
    /// What the button says.
    pub label: String,
    /// Where it leads: `https`, `mailto` or `tel`, or a path of the shop's own site.
    pub url: String,
}

/// Changes whenever anything that is indexed or shown of an article changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Takes a hash from where it was stored.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the hash to store it.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Collects what `derive(Hash)` visits, so no field can be forgotten.
#[derive(Default)]
struct FieldBytes(Vec<u8>);

impl Hasher for FieldBytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

/// A help page in one locale.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Article {
    /// Shared by all translations of the page.
    pub id: ArticleId,
    /// The locale it is written in.
    pub locale: Locale,
    /// Its title, never empty.
    pub title: String,
    /// Other wordings of the question that it answers.
    pub questions: Vec<String>,
    /// Questions that look alike and that it does not answer.
    pub not_questions: Vec<String>,
    /// The id of its category.
    pub category: Option<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Products it is about; none means all.
    pub products: Vec<String>,
    /// Markets it is valid in; none means all.
    pub markets: Vec<String>,
    /// Who may read it.
    pub audience: Audience,
    /// Where it stands in its life.
    pub status: Status,
    /// The first day it is valid.
    pub effective: Option<Date>,
    /// The first day it is no longer valid.
    pub expires: Option<Date>,
    /// The day by which someone should look at it again.
    pub review_by: Option<Date>,
    /// The day it was last changed.
    pub updated: Option<Date>,
    /// What it says, in a sentence.
    pub summary: Option<String>,
    /// Articles to read next.
    pub related: Vec<ArticleId>,
    /// Its place in lists, smallest first; [`Article::UNORDERED`] when none was given.
    pub order: i64,
    /// Labelled links for the reader.
    pub actions: Vec<Action>,
    /// Old addresses that still lead here.
    pub aliases: Vec<String>,
    /// The images that it shows.
    pub images: Vec<ShownImage>,
    /// Its file, relative to the content directory.
    pub path: PathBuf,
    /// The whole file as text, shared with the loader that keeps it.
    pub source: Arc<str>,
    /// Where the body starts in `source`.
    pub body_start: usize,
    /// Tells whether the article has changed.
    pub hash: ContentHash,
}

impl Article {
    /// The order of articles that give none: after all that do.
    pub const UNORDERED: i64 = i64::MAX;

    /// Makes a public, published article of a text without front matter.
    pub fn new(id: ArticleId, locale: Locale, title: impl Into<String>, body: impl Into<Arc<str>>) -> Self {
        let path = PathBuf::from(format!("{locale}/{id}.md"));
        let article = Self {
            id,
            locale,
            title: title.into(),
            questions: Vec::new(),
            not_questions: Vec::new(),
            category: None,
            tags: Vec::new(),
            products: Vec::new(),
            markets: Vec::new(),
            audience: Audience::Public,
            status: Status::Published,
            effective: None,
            expires: None,
            review_by: None,
            updated: None,
            summary: None,
            related: Vec::new(),
            order: Self::UNORDERED,
            actions: Vec::new(),
            aliases: Vec::new(),
            images: Vec::new(),
            path,
            source: body.into(),
            body_start: 0,
            hash: ContentHash::default(),
        };
        article.hashed()
    }

    /// Returns whether customers may read it; dates are looked at when searching.
    pub fn is_for_customers(&self) -> bool {
        self.audience == Audience::Public && self.status == Status::Published
    }

    /// Returns the Markdown after the front matter.
    pub fn body(&self) -> &str {
        &self.source[self.body_start..]
    }

    /// Returns the address of its page.
    pub fn url(&self) -> String {
        self.id.url(&self.locale)
    }

    /// Returns its page: HTML, contents list and passages of one Markdown tree.
    ///
    /// A first heading that repeats the title is left out of all three, since
    /// the title is shown and indexed on its own.
    pub fn render(&self, links: &Links) -> Page {
        self.with_tree(|tree| {
            let passages = passage::split(tree, &self.title, &self.source, self.body_start);
            let pieces = passages.iter().flat_map(|passage| &passage.pieces);
            let mut cuts: Vec<usize> =
                pieces.flat_map(|piece| [piece.source.start, piece.source.end]).collect();
            cuts.sort_unstable();
            cuts.dedup();
            let markup = html::write(tree, &links.seen_from(self), &cuts);
            Page { html: markup.page(), contents: tree.contents(), passages, markup }
        })
    }

    /// Returns the passages of [`Article::render`] without the work of making HTML.
    pub fn passages(&self) -> Vec<Passage> {
        self.with_tree(|tree| passage::split(tree, &self.title, &self.source, self.body_start))
    }

    /// Returns the article with the hash of what it now holds.
    pub(crate) fn hashed(mut self) -> Self {
        self.hash = ContentHash::default();
        let mut bytes = FieldBytes::default();
        Hash::hash(&self, &mut bytes);
        self.hash = ContentHash(*blake3::hash(&bytes.0).as_bytes());
        self
    }

    fn with_tree<T>(&self, read: impl FnOnce(&Tree) -> T) -> T {
        let text = foreign::strip(self.body(), Flavor::of(&self.path));
        read(&Tree::parse(&text, self.body_start, Some(&self.title)))
    }
}

/// A group of articles in one locale, usually a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Shared by all locales: the name of the folder.
    pub id: String,
    /// The locale of its title and articles.
    pub locale: Locale,
    /// What readers see.
    pub title: String,
    /// A sentence about it; may be empty.
    pub summary: String,
    /// Its place in lists, smallest first; [`Article::UNORDERED`] when none was given.
    pub order: i64,
    /// Who may see it. All articles of an internal category are internal.
    pub audience: Audience,
}

impl Category {
    /// Returns the address of its page.
    pub fn url(&self) -> String {
        format!("/{}/categories/{}", self.locale, url_path(&self.id))
    }
}

/// An article as it is shown and indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Safe HTML.
    pub html: String,
    /// Its headings in order.
    pub contents: Vec<ContentsEntry>,
    /// Its passages in order, at least one.
    pub passages: Vec<Passage>,
    /// The HTML in parts.
    pub(super) markup: Markup,
}

/// A heading in the contents list of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentsEntry {
    /// 1 for the outermost headings, to 6.
    pub level: u8,
    /// The `id` of the heading in the HTML.
    pub anchor: String,
    /// Its text.
    pub title: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(body: &str) -> Article {
        let id = ArticleId::new("shipping/track").expect("an id");
        Article::new(id, Locale::english(), "Track", body)
    }

    #[test]
    fn ids_have_no_empty_parts() {
        assert_eq!(ArticleId::new(" /a//b/ ").map(|id| id.to_string()), Some("a/b".to_owned()));
        assert_eq!(ArticleId::new("../x").map(|id| id.to_string()), Some("x".to_owned()));
        assert_eq!(ArticleId::new("退货").map(|id| id.to_string()), Some("退货".to_owned()));
        assert_eq!(ArticleId::new("cafe\u{301}"), ArticleId::new("café"));
        assert_eq!(ArticleId::new(" / . "), None);
    }

    #[test]
    fn hash_follows_body_and_metadata() {
        let before = article("text");
        assert_eq!(before.hash, article("text").hash);
        assert_ne!(before.hash, article("other").hash);
        let internal = Article { audience: Audience::Internal, ..before.clone() };
        assert_ne!(before.hash, internal.hashed().hash);
        assert_eq!(before.clone().hashed().hash, before.hash);
    }
}
