//! `POST /api/v1/agent/suggestions`: what solves a ticket.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Agents, Asked, PATH, SUGGESTIONS, page_path};
use crate::answer::four_digits;
use crate::events::Revision;
use crate::http::api::{Body, took_ms};
use crate::http::{Problem, blocking};
use crate::index::Card;
use crate::locale::Locale;
use crate::suggest::{self, Experience};
use crate::ticket::{Entity, Ticket};

/// Suggestions for one problem at most.
const MOST_SUGGESTIONS: usize = 10;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketRequest)]
pub(super) struct Request {
    /// The subject line.
    #[serde(default)]
    subject: String,
    /// The message as text.
    #[serde(default)]
    body: String,
    /// The message as HTML; taken instead of `body` where both are given.
    html: Option<String>,
    /// The agent's locale: of a ticket that does not tell its language it is the customer's.
    #[schema(value_type = Option<String>, example = "zh-Hans")]
    locale: Option<Locale>,
    /// The customer's locale; the language of the ticket if not given.
    #[schema(value_type = Option<String>, example = "en")]
    customer_locale: Option<Locale>,
    /// Only articles that hold in this market.
    market: Option<String>,
    /// Only articles about this product.
    product: Option<String>,
    /// The ticket's number in the tool that asks; given back.
    ticket_id: Option<String>,
    /// Suggestions for each problem, 1 to 10; 3 if not given.
    limit: Option<usize>,
}

/// What solves a ticket.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketResponse)]
pub(super) struct Response {
    /// Always `agent`: what is here may be internal.
    index: &'static str,
    ticket_id: Option<String>,
    /// The customer's locale, as used.
    #[schema(value_type = String)]
    locale: Locale,
    /// Whether meaning was looked at too: as in a search.
    semantic: &'static str,
    /// Order numbers and the like that the ticket has.
    entities: Vec<Named>,
    /// What the customer asks for, in the order of the text.
    problems: Vec<CustomerProblem>,
    /// Why there is no problem: `nothing_said` (no text is left without greetings,
    /// signatures and quoted mail).
    reason: Option<&'static str>,
    /// How many more problems it seems to have, which were not looked into.
    left_out: usize,
    /// A reply in the customer's locale; nothing if no public passage is sure enough.
    reply: Option<Insert>,
    took_ms: f64,
}

/// Something in a ticket that names one thing.
#[derive(Serialize, ToSchema)]
struct Named {
    /// `order`, `tracking`, `email`, `phone` or `url`.
    kind: &'static str,
    /// As written, without `#`.
    text: String,
}

fn named(entity: Entity) -> Named {
    Named { kind: entity.kind.as_str(), text: entity.text }
}

/// One thing that the customer asks for.
#[derive(Serialize, ToSchema)]
struct CustomerProblem {
    /// In the customer's words.
    text: String,
    /// Whether some article may solve it.
    solved: bool,
    /// What solves it, the likeliest first; empty if nothing does.
    suggestions: Vec<Suggestion>,
}

/// An article that may solve a problem.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketSuggestion)]
struct Suggestion {
    /// Names it in what is reported of it; the same for the same ticket and article.
    suggestion_id: String,
    article: Article,
    /// The locale of the article.
    #[schema(value_type = String)]
    locale: Locale,
    /// Whether that is another than the customer's.
    fallback: bool,
    /// Fragment of the URL; the top of the page if nothing.
    anchor: Option<String>,
    /// The headings above the passage, outermost first.
    headings: Vec<String>,
    /// The passage as plain text.
    passage: String,
    /// The part of it that solves the problem, as plain text.
    evidence: String,
    /// The same as safe HTML, with links for agents.
    evidence_html: String,
    /// Comparable within one problem only.
    score: f32,
    /// The probability that it helps, 0 to 1.
    confidence: f64,
    /// What agents made of it before.
    experience: Past,
    /// Whether customers must not see it: then there is nothing to insert.
    internal: bool,
    /// Whether the article should have been read again.
    stale: bool,
    /// What to send to the customer: the evidence and a link; as Markdown.
    insert_markdown: Option<String>,
    /// As plain text.
    insert_text: Option<String>,
    /// As safe HTML.
    insert_html: Option<String>,
}

/// What agents made of this version of an article, each ticket counted once.
#[derive(Serialize, ToSchema)]
struct Past {
    /// Put it into a reply, or said that it solved the problem.
    helped: u32,
    /// Said that it is wrong.
    rejected: u32,
    /// What its score was multiplied by for that, 0.9 to 1.1.
    factor: f32,
}

/// Which article it is.
#[derive(Serialize, ToSchema)]
#[schema(as = TicketArticle)]
struct Article {
    id: String,
    title: String,
    /// Address of its page in the agents' console.
    url: String,
    category: Option<String>,
    /// `public` or `internal`.
    audience: &'static str,
    /// Day of the last change, as the author says.
    #[schema(value_type = Option<String>, example = "2026-08-14")]
    updated_at: Option<jiff::civil::Date>,
}

/// The same text in three forms.
#[derive(Serialize, ToSchema)]
struct Insert {
    markdown: String,
    text: String,
    html: String,
}

/// Finds what solves a ticket: its problems, and for each the articles, the part that proves
/// it, and what to send to the customer.
#[utoipa::path(post, path = "/api/v1/agent/suggestions", request_body = Request,
    security(("agent_key" = [])),
    responses(
        (status = OK, body = Response),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
        (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn suggestions(
    State(agents): State<Arc<Agents>>,
    headers: HeaderMap,
    Body(request): Body<Request>,
) -> Result<Json<Response>, Problem> {
    let limit = request.limit.unwrap_or(SUGGESTIONS);
    if !(1..=MOST_SUGGESTIONS).contains(&limit) {
        return Err(Problem::invalid_parameter(format!("`limit` is 1 to {MOST_SUGGESTIONS}")));
    }
    let origin = agents.app.origin(&headers);
    let known = agents.experience().await;
    blocking(move || respond(&agents, request, limit, origin, &known)).await.map(Json)
}

fn respond(
    agents: &Agents,
    request: Request,
    limit: usize,
    origin: String,
    known: &HashMap<Revision, Experience>,
) -> Result<Response, Problem> {
    let start = Instant::now();
    let Request { subject, body, html, locale, customer_locale, market, product, ticket_id, .. } = request;
    let ticket = match html {
        Some(html) => Ticket::from_html(subject, &html),
        None => Ticket { subject, body },
    };
    let asked =
        Asked { locale, customer_locale, market, product, ticket_id: ticket_id.clone(), limit, origin };
    let mut solved = agents.solve(&ticket, asked, known)?;
    let suggestions = std::mem::take(&mut solved.suggestions);
    let suggested = |one: suggest::Suggestion| {
        let card = solved.snapshot.index.card(one.quotation.article);
        suggestion(one, card, solved.suggestion_id(card), &solved.locale)
    };
    let problem = |problem: suggest::Problem| CustomerProblem {
        text: problem.text,
        solved: !problem.suggestions.is_empty(),
        suggestions: problem.suggestions.into_iter().map(suggested).collect(),
    };
    Ok(Response {
        index: "agent",
        ticket_id,
        semantic: solved.meaning.as_str(),
        left_out: suggestions.left_out,
        problems: suggestions.problems.into_iter().map(problem).collect(),
        reason: solved.reading.statements.is_empty().then_some("nothing_said"),
        entities: solved.reading.entities.into_iter().map(named).collect(),
        reply: suggestions.reply.map(|reply| {
            let suggest::Insert { markdown, text, html } = reply.insert;
            Insert { markdown, text, html }
        }),
        locale: solved.locale,
        took_ms: took_ms(start),
    })
}

fn suggestion(one: suggest::Suggestion, card: &Card, suggestion_id: String, customer: &Locale) -> Suggestion {
    let suggest::Suggestion { quotation, score, confidence, experience, is_internal, insert } = one;
    let (insert_markdown, insert_text, insert_html) = match insert {
        Some(suggest::Insert { markdown, text, html }) => (Some(markdown), Some(text), Some(html)),
        None => (None, None, None),
    };
    Suggestion {
        suggestion_id,
        article: Article {
            id: card.id.to_string(),
            title: card.title.clone(),
            url: page_path(card, quotation.anchor.as_deref()),
            category: card.category.clone(),
            audience: if is_internal { "internal" } else { "public" },
            updated_at: card.updated,
        },
        fallback: card.locale != *customer,
        locale: card.locale.clone(),
        evidence_html: quotation.quote.html_elsewhere(&card.url(), PATH),
        evidence: quotation.quote.text,
        anchor: quotation.anchor,
        headings: quotation.headings,
        passage: quotation.passage,
        score,
        confidence: four_digits(confidence),
        experience: Past {
            helped: experience.helped,
            rejected: experience.rejected,
            factor: experience.factor(),
        },
        internal: is_internal,
        stale: quotation.is_stale,
        insert_markdown,
        insert_text,
        insert_html,
    }
}
