//! Article → the documents that an index holds of it.
//!
//! The first passage speaks for the whole article: it also carries the other
//! wordings of the question, the summary and the labels. Every passage carries
//! the title and the headings above it, because a passage must be found by what
//! its page is about.

use tantivy::TantivyDocument;

use super::schema::{Card, CardQuestion, Fields, StoredPage, StoredPassage};
use crate::analysis::{Analysis, Analyzer};
use crate::content::{Article, Image, Page, Passage, Quotable};
use crate::semantic::{Kind, Text};

/// Makes the documents of articles.
pub(super) struct Documents<'a> {
    pub(super) analyzer: &'a Analyzer,
    pub(super) fields: Fields,
}

impl Documents<'_> {
    /// Returns the documents of the passages of `article`, the same in every index but for
    /// what is quoted of them.
    pub(super) fn passages(&self, article: &Article, passages: &[Passage]) -> Vec<TantivyDocument> {
        let key = key(article);
        let passages = passages.iter().enumerate();
        passages.map(|(ordinal, passage)| self.passage(article, passage, ordinal == 0, &key)).collect()
    }

    fn passage(&self, article: &Article, passage: &Passage, leads: bool, key: &str) -> TantivyDocument {
        let titles = titles(article, passage, leads);
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.key, key);
        for wording in exact_wordings(article, passage, leads) {
            document.add_text(self.fields.exact, self.analyzer.key(wording));
        }
        for question in article.not_questions.iter().filter(|_| leads) {
            document.add_text(self.fields.denied, self.analyzer.key(question));
        }
        for title in &titles {
            let analysis = self.analyzer.analyze(title, &article.locale);
            document.add_text(self.fields.title, analysis.words.as_str());
            self.add(&mut document, &analysis);
        }
        for text in labels(article, leads).chain([passage.text.as_str()]) {
            self.add(&mut document, &self.analyzer.analyze(text, &article.locale));
        }
        let stored = StoredPassage {
            anchor: passage.anchor.clone(),
            headings: passage.headings.clone(),
            text: passage.text.clone(),
            source: (passage.source.start, passage.source.end),
        };
        let questions = exact_wordings(article, passage, leads);
        let not_questions = article.not_questions.iter().filter(|_| leads).map(String::as_str);
        for text in meanings(&article.title, &stored, questions.chain(not_questions)) {
            document.add_u64(self.fields.texts, text.id().0);
        }
        document.add_bytes(self.fields.passage, &json(&stored));
        document
    }

    fn add(&self, document: &mut TantivyDocument, analysis: &Analysis) {
        document.add_text(self.fields.words, analysis.words.as_str());
        document.add_text(self.fields.grams, analysis.grams.as_str());
        document.add_text(self.fields.chars, analysis.chars.as_str());
    }

    /// Adds what the readers of one index are quoted of its passages.
    pub(super) fn add_quotes(&self, passages: &mut [TantivyDocument], article: &Article, page: &Page) {
        for (document, quotable) in passages.iter_mut().zip(Quotable::of(article, page)) {
            document.add_bytes(self.fields.quotable, &json(&quotable));
        }
    }

    /// Returns the article itself, with its page as the readers of one index see it.
    pub(super) fn article(&self, article: &Article, page: Page) -> TantivyDocument {
        let card = card(article, &page);
        let stored = StoredPage {
            html: page.html,
            contents: page.contents,
            actions: article.actions.clone(),
            file: article.path.display().to_string(),
        };
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.key, key(article));
        document.add_bytes(self.fields.card, &json(&card));
        document.add_bytes(self.fields.page, &json(&stored));
        document
    }
}

/// Returns what an index knows of an article without opening its page.
fn key(article: &Article) -> String {
    format!("{} {}", article.locale, article.id)
}

fn card(article: &Article, page: &Page) -> Card {
    Card {
        id: article.id.clone(),
        locale: article.locale.clone(),
        title: article.title.clone(),
        audience: article.audience,
        status: article.status,
        category: article.category.clone(),
        tags: article.tags.clone(),
        products: article.products.clone(),
        markets: article.markets.clone(),
        effective: article.effective,
        expires: article.expires,
        review_by: article.review_by,
        updated: article.updated,
        summary: article.summary.clone(),
        questions: questions(article, page),
        not_questions: article.not_questions.clone(),
        related: article.related.clone(),
        order: article.order,
        aliases: article.aliases.clone(),
        images: images(article),
        hash: article.hash.to_string(),
        page_hash: page_hash(&page.html),
    }
}

fn images(article: &Article) -> Vec<Image> {
    let mut images: Vec<Image> = article.images.iter().map(|shown| shown.image.clone()).collect();
    images.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    images.dedup();
    images
}

fn questions(article: &Article, page: &Page) -> Vec<CardQuestion> {
    let wordings = article.questions.iter().map(|text| CardQuestion { text: text.clone(), anchor: None });
    let asked = page.passages.iter().filter(|passage| passage.is_question);
    let headings = asked.filter_map(|passage| {
        Some(CardQuestion { text: passage.headings.last()?.clone(), anchor: passage.anchor.clone() })
    });
    wordings.chain(headings).collect()
}

/// Returns a hash of the page as readers of one index see it, which also
/// depends on where its links lead.
pub(super) fn page_hash(html: &str) -> String {
    blake3::hash(html.as_bytes()).to_hex()[..16].to_owned()
}

fn titles<'a>(article: &'a Article, passage: &'a Passage, leads: bool) -> Vec<&'a str> {
    let questions = article.questions.iter().filter(|_| leads);
    std::iter::once(&article.title).chain(questions).chain(&passage.headings).map(String::as_str).collect()
}

/// Returns every text of a passage that is analyzed.
pub(super) fn texts<'a>(
    article: &'a Article,
    passage: &'a Passage,
    leads: bool,
) -> impl Iterator<Item = &'a str> {
    titles(article, passage, leads).into_iter().chain(labels(article, leads)).chain([passage.text.as_str()])
}

/// Wordings that find this passage first when typed exactly.
fn exact_wordings<'a>(
    article: &'a Article,
    passage: &'a Passage,
    leads: bool,
) -> impl Iterator<Item = &'a str> {
    let lead = std::iter::once(&article.title).chain(&article.questions).filter(move |_| leads);
    let heading = passage.headings.last().filter(|_| passage.is_question);
    lead.chain(heading).map(String::as_str)
}

/// Returns the texts that stand for the meaning of a passage: what it says under its
/// headings, then the questions that it answers, of which the title is one, and those
/// that it does not.
pub(super) fn meanings<'a>(
    title: &str,
    passage: &StoredPassage,
    questions: impl Iterator<Item = &'a str>,
) -> Vec<Text> {
    let headings = passage.headings.iter().map(String::as_str).filter(|heading| *heading != title);
    let lines = std::iter::once(title).chain(headings).chain([passage.text.as_str()]);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let passage = Text { kind: Kind::Passage, text: lines.join("\n") };
    let questions = questions.filter(|question| !question.is_empty()).map(Text::question);
    std::iter::once(passage).chain(questions).collect()
}

fn labels(article: &Article, leads: bool) -> impl Iterator<Item = &str> {
    let summary = article.summary.iter();
    summary.chain(&article.tags).chain(&article.products).filter(move |_| leads).map(String::as_str)
}

fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("stored forms have string keys only")
}
