//! What a page is about, for search engines: JSON-LD in the terms of schema.org.

use minijinja::value::Value;
use serde_json::json;

use super::visit::Visit;
use crate::content::{ContentsEntry, elsewhere, is_question};
use crate::index::{Card, StoredPage};

/// Letters of a headline that search engines take.
const HEADLINE_CHARS: usize = 110;

/// Bytes of an answer that are repeated for search engines.
const MOST_ANSWER_BYTES: usize = 8 << 10;

/// One statement of a page.
pub(super) struct Statement(serde_json::Value);

impl Statement {
    /// Returns it as text that can stand in a `script` element.
    pub(super) fn html(&self) -> Value {
        Value::from_safe_string(self.0.to_string().replace('<', "\\u003c"))
    }
}

/// Says that a page is the start of a site that can be searched.
pub(super) fn site(visit: &Visit) -> Statement {
    let (origin, locale) = (visit.origin(), &visit.locale);
    Statement(json!({
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": visit.site_title(),
        "url": format!("{origin}/{locale}"),
        "inLanguage": locale.to_string(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": format!("{origin}/{locale}/search?q={{search_term_string}}"),
            },
            "query-input": "required name=search_term_string",
        },
    }))
}

/// Says where a page stands; each step has a name and a path.
pub(super) fn breadcrumbs(visit: &Visit, steps: &[(&str, String)]) -> Statement {
    let origin = visit.origin();
    let start = (visit.text("help-center"), format!("/{}", visit.locale));
    let steps =
        std::iter::once((start.0.as_str(), &start.1)).chain(steps.iter().map(|(name, path)| (*name, path)));
    let item = |(place, (name, path)): (usize, (&str, &String))| json!({ "@type": "ListItem", "position": place + 1, "name": name, "item": format!("{origin}{path}") });
    let items: Vec<_> = steps.enumerate().map(item).collect();
    Statement(json!({ "@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items }))
}

/// Says what an article is, who wrote it and when.
pub(super) fn article(visit: &Visit, card: &Card) -> Statement {
    let site = visit.app.pages.site();
    let mut company = json!({ "@type": "Organization", "name": site.name });
    if !site.url.is_empty() {
        company["url"] = site.url.clone().into();
    }
    let mut article = json!({
        "@context": CONTEXT,
        "@type": "Article",
        "headline": card.title.chars().take(HEADLINE_CHARS).collect::<String>(),
        "inLanguage": card.locale.to_string(),
        "mainEntityOfPage": format!("{}{}", visit.origin(), card.url()),
        "author": company,
        "publisher": company,
    });
    if let Some(summary) = &card.summary {
        article["description"] = summary.clone().into();
    }
    if let Some(date) = card.updated {
        article["dateModified"] = date.to_string().into();
    }
    Statement(article)
}

/// Says which questions an article answers: those of its headings, or that of its title.
pub(super) fn questions(visit: &Visit, card: &Card, page: &StoredPage) -> Option<Statement> {
    let url = format!("{}{}", visit.origin(), card.url());
    let mut answers: Vec<(&str, &str)> = page
        .contents
        .iter()
        .filter(|heading| is_question(&heading.title))
        .filter_map(|heading| Some((heading.title.as_str(), section(&page.html, heading)?)))
        .collect();
    if answers.is_empty() && is_question(&card.title) {
        answers.push((&card.title, page.html.as_str()));
    }
    let is_short =
        |(_, answer): &(&str, &str)| !answer.trim().is_empty() && answer.len() <= MOST_ANSWER_BYTES;
    let question = |(name, answer): (&str, &str)| {
        let text = elsewhere(answer, &url, &visit.origin());
        json!({ "@type": "Question", "name": name, "acceptedAnswer": { "@type": "Answer", "text": text } })
    };
    let questions: Vec<_> = answers.into_iter().filter(is_short).map(question).collect();
    (!questions.is_empty())
        .then(|| Statement(json!({ "@context": CONTEXT, "@type": "FAQPage", "mainEntity": questions })))
}

const CONTEXT: &str = "https://schema.org";

/// Returns what stands below a heading, up to the next one of any level.
fn section<'a>(html: &'a str, heading: &ContentsEntry) -> Option<&'a str> {
    let start = html.find(&format!("<h{} id=\"{}\"", heading.level, heading.anchor))?;
    let end_tag = format!("</h{}>", heading.level);
    let below = start + html[start..].find(&end_tag)? + end_tag.len();
    let is_heading = |at: &usize| html[at + 2..].starts_with(|c: char| ('1'..='6').contains(&c));
    let next = html[below..].match_indices("<h").map(|(at, _)| below + at).find(is_heading);
    Some(html[below..next.unwrap_or(html.len())].trim())
}
