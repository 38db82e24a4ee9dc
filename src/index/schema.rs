//! The fields of an index and what is stored of an article.
//!
//! An index holds two kinds of documents. A *passage* document has the terms of
//! one passage. An *article* document has no terms but its key; it carries what
//! lists and filters need (`Card`) and the rendered page (`Page`). The passages
//! of an article come directly before it, always in the same segment, so the
//! article of a passage is the next article document.
//!
//! Terms are made by `analysis` and given to tantivy separated by spaces; its
//! whitespace tokenizer only takes them apart again.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::content::{Action, ArticleId, Audience, ContentsEntry, Image, Status, link};
use crate::locale::Locale;

/// Counts up when the fields or the stored forms change their meaning in a way
/// that the fingerprint of the source files would not show.
pub(super) const SCHEMA_VERSION: u32 = 5;

/// The fields by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Identity of the article, on both kinds of documents: what an update deletes.
    pub(crate) key: Field,
    /// On article documents: a [`Card`] as JSON.
    pub(crate) card: Field,
    /// On article documents: a [`StoredPage`] as JSON.
    pub(crate) page: Field,
    /// On passages: a [`StoredPassage`] as JSON.
    pub(crate) passage: Field,
    /// On passages: a [`Quotable`](crate::content::Quotable) as JSON.
    pub(crate) quotable: Field,
    /// On passages: names of the texts that stand for its meaning.
    pub(crate) texts: Field,
    /// On passages: whole questions and titles, folded.
    pub(crate) exact: Field,
    /// On passages: whole questions that the article does not answer, folded.
    pub(crate) denied: Field,
    /// On passages: words of the title, questions, headings and text.
    pub(crate) words: Field,
    /// On passages: grams of the same.
    pub(crate) grams: Field,
    /// On passages: characters of the same, with positions.
    pub(crate) chars: Field,
    /// On passages: words of title, questions and headings alone.
    pub(crate) title: Field,
}

/// A view of the text that is indexed by itself; see `analysis`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// Words of title, questions, headings and text.
    Words,
    /// Short sequences of characters of the same.
    Grams,
    /// Single characters of the same.
    Chars,
    /// Words of title, questions and headings alone.
    Title,
}

impl View {
    pub(crate) const ALL: [Self; 4] = [Self::Words, Self::Grams, Self::Chars, Self::Title];
}

impl Fields {
    /// Returns the field of a view.
    pub(crate) fn of(&self, view: View) -> Field {
        match view {
            View::Words => self.words,
            View::Grams => self.grams,
            View::Chars => self.chars,
            View::Title => self.title,
        }
    }

    pub(super) fn schema() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let fields = Fields {
            key: schema.add_text_field("key", STRING),
            card: schema.add_bytes_field("card", BytesOptions::default().set_fast()),
            page: schema.add_bytes_field("page", STORED),
            passage: schema.add_bytes_field("passage", STORED),
            quotable: schema.add_bytes_field("quotable", STORED),
            texts: schema.add_u64_field("texts", FAST),
            exact: schema.add_text_field("exact", STRING),
            denied: schema.add_text_field("denied", STRING),
            words: schema.add_text_field("words", terms(IndexRecordOption::WithFreqs)),
            grams: schema.add_text_field("grams", terms(IndexRecordOption::WithFreqs)),
            chars: schema.add_text_field("chars", terms(IndexRecordOption::WithFreqsAndPositions)),
            title: schema.add_text_field("title", terms(IndexRecordOption::WithFreqs)),
        };
        (schema.build(), fields)
    }
}

fn terms(record: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}

/// What lists, filters and facets know of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Shared by the translations of one article.
    pub id: ArticleId,
    /// The locale it is written in.
    pub locale: Locale,
    /// As shown.
    pub title: String,
    /// Who may see it.
    pub audience: Audience,
    /// Whether it is current.
    pub status: Status,
    /// Id of its category.
    pub category: Option<String>,
    /// Labels, the same in every locale.
    pub tags: Vec<String>,
    /// Products that it is about.
    pub products: Vec<String>,
    /// Markets that it applies to; all if empty.
    pub markets: Vec<String>,
    /// First day on which it is shown.
    pub effective: Option<Date>,
    /// First day on which it is no longer shown.
    pub expires: Option<Date>,
    /// Day by which somebody should read it again.
    pub review_by: Option<Date>,
    /// When it was last changed, as the author says.
    pub updated: Option<Date>,
    /// One sentence on what it says.
    pub summary: Option<String>,
    /// What it answers beside its title: other wordings of its question, then the
    /// questions among its headings.
    pub questions: Vec<CardQuestion>,
    /// Questions that look alike and that it does not answer.
    pub not_questions: Vec<String>,
    /// Ids of related articles.
    pub related: Vec<ArticleId>,
    /// Its place in its category.
    pub order: i64,
    /// Former addresses.
    pub aliases: Vec<String>,
    /// The images on its page, each once.
    pub images: Vec<Image>,
    /// Hash of the article as its author wrote it.
    pub hash: String,
    /// Hash of its page, where links may lead elsewhere though it did not change.
    pub page_hash: String,
}

impl Card {
    /// Returns whether customers must not see the article.
    pub fn is_internal(&self) -> bool {
        self.audience == Audience::Internal
    }

    /// Returns whether the article is shown on `today`.
    pub fn is_visible(&self, today: Date) -> bool {
        self.effective.is_none_or(|first| first <= today) && self.expires.is_none_or(|end| today < end)
    }

    /// Returns the other wordings of the question that all of it answers.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        let whole = self.questions.iter().filter(|question| question.anchor.is_none());
        whole.map(|question| question.text.as_str())
    }

    /// Returns whether somebody should have read it again before `today`.
    pub fn is_stale(&self, today: Date) -> bool {
        self.review_by.is_some_and(|day| day < today)
    }

    /// Returns the path of the article's page.
    pub fn url(&self) -> String {
        self.id.url(&self.locale)
    }

    /// Returns the path of a place on the article's page; the top if nothing.
    pub fn url_at(&self, anchor: Option<&str>) -> String {
        let fragment = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        self.url() + &fragment
    }
}

/// A question that an article answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardQuestion {
    /// As its author wrote it.
    pub text: String,
    /// Where its answer starts on the page; nothing if all of the page answers it.
    pub anchor: Option<String>,
}

/// What the page of an article shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredPage {
    /// Safe HTML of the body.
    pub html: String,
    /// The headings, for a contents list.
    pub contents: Vec<ContentsEntry>,
    /// Labelled links: "track my parcel".
    pub actions: Vec<Action>,
    /// File in the content directory.
    pub file: String,
}

impl StoredPage {
    /// Returns the HTML so that it works elsewhere than on the page at `url`: links to
    /// articles, and images, start with `prefix`.
    pub fn html_elsewhere(&self, url: &str, prefix: &str) -> String {
        link::elsewhere(&self.html, url, prefix)
    }
}

/// What a hit shows of a passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredPassage {
    /// Where it starts on the page; the top if nothing.
    pub anchor: Option<String>,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Its plain text.
    pub text: String,
    /// Its bytes in the source file.
    pub source: (usize, usize),
}
