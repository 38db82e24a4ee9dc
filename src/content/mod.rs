//! Markdown files → articles and passages.
//!
//! A help center written for another tool loads as it is: [`Loader`] reads a
//! directory into a [`Corpus`] and tells what it found wrong as [`Diagnostic`]s.
//! Loading never fails as a whole, and never makes public what might not be.
//!
//! In reading order: `walk` finds the files, `decode` makes text of them,
//! `front_matter` reads their metadata, `place` reads their paths, `assemble`
//! makes [`Article`]s. When an article is indexed or shown, `foreign` takes out
//! the tags of other tools, `markdown` (with `raw_html`) parses the rest into one
//! tree, and `passage` (with `question`) and `html` (with `link`) read that tree. The images
//! that it shows are found and measured in `image`.
//!
//! Not here: anything about searching. This area knows no index.

mod article;
mod assemble;
mod decode;
mod diagnostic;
mod draft;
mod foreign;
mod front_matter;
mod html;
mod image;
pub(crate) mod link;
mod load;
mod markdown;
mod passage;
mod place;
mod question;
mod quotable;
mod raw_html;
mod sentence;
mod walk;

use std::path::PathBuf;

use rustc_hash::FxHashSet;

use crate::locale::Locale;
use crate::vocabulary::Vocabulary;

pub use self::article::{
    Action, Article, ArticleId, Audience, Category, ContentHash, ContentsEntry, Page, Status,
};
pub use self::diagnostic::{Diagnostic, DiagnosticCode, Severity};
pub use self::draft::{Draft, DraftError};
pub(crate) use self::front_matter::with_question;
pub(crate) use self::html::escaped;
pub(crate) use self::image::measure;
pub use self::image::{Image, ImageFormat, ImageReference, ShownImage};
pub use self::link::Links;
pub(crate) use self::link::{elsewhere, percent_decode, url_path};
pub use self::load::{LoadError, Loaded, Loader, SkipReason, Skipped};
pub use self::passage::{Passage, Piece, PieceKind};
pub(crate) use self::question::is_question;
pub use self::quotable::{Quotable, Quote};
pub(crate) use self::sentence::sentences;

/// What is loaded, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The content directory.
    pub dir: PathBuf,
    /// The locale of files that name none.
    pub default_locale: Locale,
}

/// All articles and categories of a help center.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    /// Sorted by id, then locale; no two have both in common.
    pub articles: Vec<Article>,
    /// Sorted by locale, then order and title.
    pub categories: Vec<Category>,
    /// The company's own words.
    pub vocabulary: Vocabulary,
}

impl Corpus {
    /// Returns an article.
    pub fn article(&self, id: &ArticleId, locale: &Locale) -> Option<&Article> {
        let index =
            self.articles.binary_search_by(|article| (&article.id, &article.locale).cmp(&(id, locale)));
        index.ok().map(|index| &self.articles[index])
    }

    /// Collects the addresses of the articles that the readers of a page may see, and
    /// of the categories that hold some of them. A link to anything else of the
    /// corpus becomes plain text.
    pub fn links(&self, keep: impl Fn(&Article) -> bool) -> Links {
        let kept = || self.articles.iter().filter(|article| keep(article));
        let mut links = Links::new(kept());
        let filled: FxHashSet<_> =
            kept().map(|article| (article.category.as_deref(), &article.locale)).collect();
        for category in &self.categories {
            if filled.contains(&(Some(category.id.as_str()), &category.locale)) {
                links.add_category(category);
            }
        }
        links
    }
}
