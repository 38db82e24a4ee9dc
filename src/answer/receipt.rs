//! The receipt of an answer: where every word of it stands, so that anyone can check it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Quotation;
use crate::content::{Article, ArticleId, Corpus};
use crate::index::Card;
use crate::locale::Locale;

/// Where a quotation stands. `zhida verify` checks it against the articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The article.
    pub id: String,
    /// The locale that it is written in.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// Its title.
    pub title: String,
    /// Path of its page, with the place of the quotation.
    pub url: String,
    /// The fragment of that; the top of the page if nothing.
    pub anchor: Option<String>,
    /// What is quoted, byte for byte as it stands in the article's Markdown.
    pub quote: String,
    /// Where it stands, in bytes of the article as UTF-8 without byte order mark.
    pub bytes: Place,
    /// The same in characters (Unicode code points).
    pub chars: Place,
    /// Changes with the article.
    pub hash: String,
    /// Day of its last change, as the author says.
    #[schema(value_type = Option<String>, example = "2026-08-14")]
    pub updated_at: Option<Date>,
    /// Day by which somebody should read it again.
    #[schema(value_type = Option<String>, example = "2027-02-14")]
    pub review_by: Option<Date>,
    /// Whether that day is past.
    pub stale: bool,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// The first.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
}

impl From<std::ops::Range<usize>> for Place {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// What became of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands where the receipt says, in the same version of the article.
    Verified,
    /// It stands there still, and something else in the article has changed.
    Changed,
    /// It no longer stands there.
    Gone,
    /// The article no longer exists.
    NoArticle,
}

impl Verdict {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::NoArticle => "no_article",
        }
    }
}

impl Receipt {
    /// Makes out a receipt for a quotation of the article `card`.
    pub fn new(quotation: &Quotation, card: &Card) -> Self {
        Self {
            id: card.id.to_string(),
            locale: card.locale.clone(),
            title: card.title.clone(),
            url: card.url_at(quotation.anchor.as_deref()),
            anchor: quotation.anchor.clone(),
            quote: quotation.quote.markdown.clone(),
            bytes: quotation.quote.bytes.clone().into(),
            chars: quotation.quote.chars.clone().into(),
            hash: card.hash.clone(),
            updated_at: card.updated,
            review_by: card.review_by,
            stale: quotation.is_stale,
        }
    }

    /// Returns the article as it is now, if it still exists.
    pub fn article<'c>(&self, corpus: &'c Corpus) -> Option<&'c Article> {
        corpus.article(&ArticleId::new(&self.id)?, &self.locale)
    }

    /// Checks it against the articles as they are now.
    pub fn verify(&self, corpus: &Corpus) -> Verdict {
        let Some(article) = self.article(corpus) else { return Verdict::NoArticle };
        let Place { start, end } = self.bytes;
        let stands = article.source.get(start..end) == Some(self.quote.as_str());
        let before = article.source.get(..start).map(|before| before.chars().count());
        let counts = before == Some(self.chars.start)
            && self.chars.end.checked_sub(self.chars.start) == Some(self.quote.chars().count());
        match (stands && counts, article.hash.to_string() == self.hash) {
            (true, true) => Verdict::Verified,
            (true, false) => Verdict::Changed,
            (false, _) => Verdict::Gone,
        }
    }
}
