//! `zhida search`: searches from the command line, for trying things out.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use super::Outcome;
use crate::analysis::Analyzer;
use crate::config::Config;
use crate::content::Audience as ArticleAudience;
use crate::index::{Builder, Card, Index, PassageVectors};
use crate::live::{Meaning, read_learned};
use crate::locale::Locale;
use crate::search::{Filters, Highlighted, Hit, Learned, Match, MatchTier, Request, Searcher};
use crate::semantic::Vector;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Words to look for: "phrases" in quotation marks, -word to leave out
    query: Vec<String>,
    /// Locale to prefer [default: the default locale of the content]
    #[arg(long)]
    locale: Option<Locale>,
    /// Which index to ask
    #[arg(long, value_enum, default_value_t = Audience::Customer)]
    audience: Audience,
    /// Only articles in this category
    #[arg(long)]
    category: Option<String>,
    /// Only articles with this tag
    #[arg(long)]
    tag: Option<String>,
    /// Only articles about this product
    #[arg(long)]
    product: Option<String>,
    /// Only articles that hold in this market
    #[arg(long)]
    market: Option<String>,
    /// Only articles that have every word
    #[arg(long)]
    all: bool,
    /// Number of results
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Print one JSON object a result
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Audience {
    Customer,
    Agent,
}

#[derive(serde::Serialize)]
struct Line<'a> {
    id: String,
    locale: &'a Locale,
    title: &'a str,
    url: String,
    score: f32,
    match_tier: Option<&'static str>,
    internal: bool,
    anchor: Option<&'a str>,
    snippet: &'a str,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let builder = Builder::new(&config.index.dir);
    let request = request(args, config);
    match args.audience {
        Audience::Customer => search(&*builder.open_customer(None)?, &request, args, config),
        Audience::Agent => search(&*builder.open_agent(None)?, &request, args, config),
    }
}

fn request(args: &Args, config: &Config) -> Request {
    Request {
        query: args.query.join(" "),
        vector: None,
        locale: args.locale.clone().unwrap_or_else(|| config.content.default_locale.clone()),
        filters: Filters {
            category: args.category.clone(),
            tag: args.tag.clone(),
            product: args.product.clone(),
            market: args.market.clone(),
            locale: None,
        },
        matching: if args.all { Match::All } else { Match::Auto },
        offset: 0,
        limit: args.limit,
        passages: 1,
    }
}

fn search(index: &Index, request: &Request, args: &Args, config: &Config) -> Outcome {
    let analyzer = Analyzer::new(index.vocabulary());
    let (vectors, vector) = meaning(index, &request.query, config)?;
    let searcher = Searcher::new(index, &analyzer, &config.ranking, config.today());
    let request = Request { vector, ..request.clone() };
    let results = searcher.with_vectors(vectors.as_ref()).with_learned(learned(config)?).search(&request)?;
    if !args.json {
        println!("{} articles", results.total);
        if let Some(meant) = &results.did_you_mean {
            println!("did you mean: {meant}");
        }
    }
    for (hit, number) in results.hits.iter().zip(1..) {
        let card = index.card(hit.article);
        if args.json {
            println!("{}", serde_json::to_string(&line(hit, card))?);
        } else {
            print(number, hit, card);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads what the server learned from readers.
pub(super) fn learned(config: &Config) -> anyhow::Result<Arc<Learned>> {
    let read = read_learned(&config.index.dir);
    Ok(Arc::new(
        read.context("cannot read what was learned; delete learned.json in the folder of the index")?,
    ))
}

/// Finds out what the articles of an index and a query mean, as far as that is known.
pub(super) fn meaning(
    index: &Index,
    query: &str,
    config: &Config,
) -> anyhow::Result<(Option<PassageVectors>, Option<Vector>)> {
    let (meaning, vectors) = vectors(index, config)?;
    let vector = meaning.of_query(query, vectors.as_ref()).vector;
    Ok((vectors, vector))
}

/// Reads what the articles of an index mean; says so where that is not known.
pub(super) fn vectors(index: &Index, config: &Config) -> anyhow::Result<(Meaning, Option<PassageVectors>)> {
    let meaning = config.meaning();
    let vectors = meaning.vectors(index)?;
    if vectors.is_none() && !meaning.is_off() {
        eprintln!("searching by words alone; `zhida index` finds out what the articles mean");
    }
    Ok((meaning, vectors))
}

fn line<'a>(hit: &'a Hit, card: &'a Card) -> Line<'a> {
    let best = hit.passages.first();
    Line {
        id: card.id.to_string(),
        locale: &card.locale,
        title: &card.title,
        url: card.url(),
        score: hit.score,
        match_tier: hit.tier.map(MatchTier::as_str),
        internal: card.audience == ArticleAudience::Internal,
        anchor: best.and_then(|passage| passage.anchor.as_deref()),
        snippet: best.map_or("", |passage| &passage.snippet.text),
    }
}

fn print(number: usize, hit: &Hit, card: &Card) {
    let mark = if card.audience == ArticleAudience::Internal { " [internal]" } else { "" };
    let tier = hit.tier.filter(|tier| tier.is_rescue()).map(|tier| format!("  ({})", tier.as_str()));
    let tier = tier.unwrap_or_default();
    println!("\n{number}. {}{mark}\n   {}  {:.2}{tier}", marked(&hit.title), card.url(), hit.score);
    if let Some(passage) = hit.passages.first().filter(|passage| !passage.snippet.text.is_empty()) {
        println!("   {}", marked(&passage.snippet).replace('\n', "\n   "));
    }
}

/// Shows highlights in bold on a terminal.
fn marked(highlighted: &Highlighted) -> String {
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        return highlighted.text.clone();
    }
    let mut text = highlighted.text.clone();
    for range in highlighted.ranges.iter().rev() {
        text.insert_str(range.end, "\x1b[0m");
        text.insert_str(range.start, "\x1b[1m");
    }
    text
}
