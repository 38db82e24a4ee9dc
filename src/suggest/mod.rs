//! A ticket in, what solves it out: for each of its problems the articles, the passage that
//! proves it, and a reply built of quotations.
//!
//! [`Desk::suggest`] asks for every statement of a ticket what it would find, and puts those
//! together that find the same (`problems`). Each problem is then searched for as a whole,
//! in the agents' index; `reply` drafts an answer for the customer from what is public.
//!
//! Not here: what a ticket says (`ticket`), how articles are found (`search`) and quoted
//! (`answer`), and how it looks (`http`, `cli`).

mod problems;
mod reply;

use crate::answer::{Answerer, Quotation, RESULTS};
use crate::content::Audience;
use crate::index::{AgentIndex, ArticleOrd, Card};
use crate::locale::Locale;
use crate::search::{Filters, Hit, Match, Request, Results, Searcher};
use crate::semantic::Vector;
use crate::ticket::Reading;
use problems::{Group, grouped};

/// Where agents ask.
pub struct Desk<'a> {
    /// What they can find: internal articles, too.
    pub index: &'a AgentIndex,
    /// Searches it.
    pub searcher: Searcher<'a>,
    /// Quotes from it.
    pub answerer: Answerer<'a>,
    /// Knows what short texts mean; nothing where search goes by words.
    pub vector_of: &'a dyn Fn(&str) -> Option<Vector>,
}

/// What is asked beside the ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The customer's locale: articles in it are preferred, and the reply is in it.
    pub locale: Locale,
    /// Only articles that hold in this market.
    pub market: Option<String>,
    /// Only articles about this product.
    pub product: Option<String>,
    /// Suggestions for each problem at most.
    pub limit: usize,
}

/// What solves a ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestions {
    /// Its problems, in the order of the text; none where it asks for nothing.
    pub problems: Vec<Problem>,
    /// A reply, of public passages alone, in Markdown; nothing if none is sure enough.
    pub reply: Option<String>,
}

/// One thing that a customer asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// In the customer's words.
    pub text: String,
    /// What solves it, the likeliest first; nothing if nothing does.
    pub suggestions: Vec<Suggestion>,
}

/// An article that may solve a problem, and the passage that proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The article, and what it says to that.
    pub quotation: Quotation,
    /// Comparable within one problem only.
    pub score: f32,
    /// The probability that it helps, 0 to 1.
    pub confidence: f64,
    /// Whether customers must not see it.
    pub is_internal: bool,
}

/// Longer texts say the same again, and take longer to understand.
const MOST_CHARS: usize = 320;

/// An article is suggested if it is so likely to help, or at least half as likely as the first.
const WORTH_SUGGESTING: f64 = 0.3;

impl Desk<'_> {
    /// Finds what solves a ticket.
    pub fn suggest(&self, ticket: &Reading, wanted: &Wanted) -> tantivy::Result<Suggestions> {
        let groups = grouped(&ticket.statements, |text| self.probe(text, wanted))?;
        let mut problems = Vec::with_capacity(groups.len());
        for group in groups {
            problems.push(self.problem(&group, wanted)?);
        }
        let reply = reply::draft(&problems, &ticket.entities, self.index);
        Ok(Suggestions { problems, reply })
    }

    /// Returns the locale of the articles whose language a ticket is in; `default` where
    /// that is not told by it.
    pub fn language_of(&self, ticket: &Reading, default: &Locale) -> Locale {
        let texts: Vec<&str> = ticket.statements.iter().map(|statement| statement.text.as_str()).collect();
        self.searcher.locale_of(&texts.join(" "), default)
    }

    /// Returns what a statement alone would find.
    fn probe(&self, text: &str, wanted: &Wanted) -> tantivy::Result<Option<problems::Finding>> {
        let (request, results) = self.search(text, wanted, problems::ALIKE)?;
        let Some((_, confidence)) = self.first_quotation(&request, &results)? else { return Ok(None) };
        let articles = results.hits.iter().map(|hit| self.index.articles.id_number(hit.article));
        Ok(Some(problems::Finding { articles: articles.collect(), confidence }))
    }

    fn first_quotation(
        &self,
        request: &Request,
        results: &Results,
    ) -> tantivy::Result<Option<(Quotation, f64)>> {
        match results.hits.is_empty() {
            true => Ok(None),
            false => self.answerer.quotation(0, request, results),
        }
    }

    fn problem(&self, group: &Group, wanted: &Wanted) -> tantivy::Result<Problem> {
        let (request, results) = self.search(&group.text(MOST_CHARS), wanted, RESULTS)?;
        let mut suggestions = Vec::new();
        for (place, hit) in results.hits.iter().enumerate() {
            if suggestions.len() == wanted.limit {
                break;
            }
            if let Some((quotation, confidence)) = self.answerer.quotation(place, &request, &results)? {
                suggestions.push(self.suggestion(hit, quotation, confidence));
            }
        }
        let best = suggestions.iter().map(|one| one.confidence).fold(0.0, f64::max);
        suggestions
            .retain(|one| one.confidence >= WORTH_SUGGESTING.min(best / 2.0) && best >= WORTH_SUGGESTING);
        Ok(Problem { text: group.whole(), suggestions })
    }

    fn suggestion(&self, hit: &Hit, quotation: Quotation, confidence: f64) -> Suggestion {
        let is_internal = self.card(hit.article).audience == Audience::Internal;
        Suggestion { quotation, score: hit.score, confidence, is_internal }
    }

    fn card(&self, article: ArticleOrd) -> &Card {
        self.index.card(article)
    }

    fn search(&self, text: &str, wanted: &Wanted, limit: usize) -> tantivy::Result<(Request, Results)> {
        let request = Request {
            query: text.to_owned(),
            vector: (self.vector_of)(text),
            locale: wanted.locale.clone(),
            filters: Filters {
                market: wanted.market.clone(),
                product: wanted.product.clone(),
                ..Filters::default()
            },
            matching: Match::Auto,
            offset: 0,
            limit,
        };
        let results = self.searcher.search(&request)?;
        Ok((request, results))
    }
}
