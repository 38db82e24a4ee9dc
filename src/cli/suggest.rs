//! `zhida suggest`: what solves a ticket, from the command line, for agents.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::desk::Opened;
use super::{Outcome, read_input};
use crate::answer::four_digits;
use crate::config::Config;
use crate::index::AgentIndex;
use crate::locale::Locale;
use crate::suggest::{Suggestion, Suggestions, Wanted};
use crate::ticket::{Entity, Reading, Ticket};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The ticket: a text file, a mail file that ends with .eml, or - for standard input
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// The subject line, where the file has none
    #[arg(long)]
    subject: Option<String>,
    /// The customer's locale [default: the language of the ticket]
    #[arg(long)]
    locale: Option<Locale>,
    /// Only articles that hold in this market
    #[arg(long)]
    market: Option<String>,
    /// Only articles about this product
    #[arg(long)]
    product: Option<String>,
    /// Suggestions for each problem at most
    #[arg(long, default_value_t = 3)]
    limit: usize,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Line<'a> {
    locale: &'a Locale,
    problems: Vec<ProblemLine<'a>>,
    reply: Option<&'a str>,
    entities: &'a [Entity],
}

#[derive(serde::Serialize)]
struct ProblemLine<'a> {
    text: &'a str,
    suggestions: Vec<SuggestionLine<'a>>,
}

#[derive(serde::Serialize)]
struct SuggestionLine<'a> {
    id: &'a str,
    locale: &'a Locale,
    title: &'a str,
    url: String,
    evidence: &'a str,
    confidence: f64,
    score: f32,
    internal: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let ticket = read(args)?;
    let reading = ticket.read();
    let opened = Opened::new(config)?;
    let wanted = Wanted {
        locale: args.locale.clone().unwrap_or_else(|| config.content.default_locale.clone()),
        market: args.market.clone(),
        product: args.product.clone(),
        limit: args.limit,
        origin: config.site.address.trim_end_matches('/').to_owned(),
    };
    let suggestions = opened.with_desk(config, |desk| {
        let wanted = match &args.locale {
            Some(_) => wanted.clone(),
            None => Wanted { locale: desk.language_of(&reading, &wanted.locale), ..wanted.clone() },
        };
        Ok::<_, anyhow::Error>((desk.suggest(&reading, &wanted)?, wanted.locale))
    });
    let (suggestions, locale) = suggestions?;
    if args.json {
        println!("{}", serde_json::to_string(&line(&suggestions, &reading, &locale, &opened.index))?);
    } else {
        print(&suggestions, &reading, &opened.index);
    }
    Ok(ExitCode::SUCCESS)
}

fn read(args: &Args) -> anyhow::Result<Ticket> {
    let bytes = read_input(&args.file)?;
    let is_mail = args.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("eml"));
    let ticket = match is_mail {
        true => Ticket::from_mail(&bytes).with_context(|| args.file.display().to_string())?,
        false => Ticket { subject: String::new(), body: String::from_utf8_lossy(&bytes).into_owned() },
    };
    Ok(Ticket { subject: args.subject.clone().unwrap_or(ticket.subject), ..ticket })
}

fn line<'a>(
    suggestions: &'a Suggestions,
    reading: &'a Reading,
    locale: &'a Locale,
    index: &'a AgentIndex,
) -> Line<'a> {
    let suggestion = |one: &'a Suggestion| {
        let card = index.card(one.quotation.article);
        SuggestionLine {
            id: card.id.as_str(),
            locale: &card.locale,
            title: &card.title,
            url: page_of(one, index),
            evidence: &one.quotation.quote.text,
            confidence: four_digits(one.confidence),
            score: one.score,
            internal: one.is_internal,
        }
    };
    let problems = suggestions.problems.iter().map(|problem| ProblemLine {
        text: &problem.text,
        suggestions: problem.suggestions.iter().map(suggestion).collect(),
    });
    Line {
        locale,
        problems: problems.collect(),
        reply: suggestions.reply.as_ref().map(|reply| reply.insert.markdown.as_str()),
        entities: &reading.entities,
    }
}

fn print(suggestions: &Suggestions, reading: &Reading, index: &AgentIndex) {
    if suggestions.problems.is_empty() {
        println!("the ticket asks for nothing");
    }
    for (problem, number) in suggestions.problems.iter().zip(1..) {
        println!("{number}. {}", problem.text.replace('\n', "\n   "));
        if problem.suggestions.is_empty() {
            println!("   no article solves this");
        }
        for one in &problem.suggestions {
            let card = index.card(one.quotation.article);
            let mark = if one.is_internal { " [internal]" } else { "" };
            println!("   - {}{mark}  {}  {:.2}", card.title, page_of(one, index), one.confidence);
            println!("     {}", one.quotation.quote.text.replace('\n', "\n     "));
        }
        println!();
    }
    for entity in &reading.entities {
        println!("{:?}: {}", entity.kind, entity.text);
    }
    if let Some(reply) = &suggestions.reply {
        println!("\nreply:\n\n{}", reply.insert.markdown);
    }
}

/// Returns the path of the page where an agent reads a suggestion: customers' pages have no
/// internal articles.
fn page_of(one: &Suggestion, index: &AgentIndex) -> String {
    let path = index.card(one.quotation.article).url_at(one.quotation.anchor.as_deref());
    if one.is_internal { format!("/agent{path}") } else { path }
}
