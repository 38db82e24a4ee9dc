//! `zhida why`: why an article ranks where it does for a query, or is not found.
//!
//! Says more than the API: whoever runs it has the articles anyway.

use std::process::ExitCode;

use super::Outcome as CommandOutcome;
use super::search::{Audience, learned, meaning};
use crate::analysis::Analyzer;
use crate::config::Config;
use crate::content::{ArticleId, Audience as ArticleAudience};
use crate::index::{Builder, Index};
use crate::locale::Locale;
use crate::search::{Fix, Outcome, Place, Request, Searcher, TermShare, Why};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Id of the article, as `zhida search` shows it
    #[arg(long)]
    id: String,
    /// The query to explain
    #[arg(required = true)]
    query: Vec<String>,
    /// Locale of the visitor [default: the default locale of the content]
    #[arg(long)]
    locale: Option<Locale>,
    /// Which index to ask
    #[arg(long, value_enum, default_value_t = Audience::Customer)]
    audience: Audience,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Line<'a> {
    normalized: &'a str,
    locale: &'a Locale,
    total: usize,
    outcome: &'a str,
    rank: Option<usize>,
    match_tier: Option<&'a str>,
    score: Option<f32>,
    cosine: Option<f32>,
    meaning_score: Option<f32>,
    corrected: Option<&'a str>,
    terms: Vec<TermLine<'a>>,
    fixes: Vec<(&'static str, Option<&'a str>)>,
}

#[derive(serde::Serialize)]
struct TermLine<'a> {
    term: &'a str,
    field: &'a str,
    origin: &'a str,
    finds: bool,
    passages: u32,
    weight: f32,
    score: f32,
}

pub(super) fn run(args: &Args, config: &Config) -> CommandOutcome {
    let id = ArticleId::new(&args.id).ok_or_else(|| anyhow::anyhow!("`{}` is not an article id", args.id))?;
    let builder = Builder::new(&config.index.dir);
    let agents = builder.open_agent(None)?;
    let why = match args.audience {
        Audience::Customer => explain(&*builder.open_customer(None)?, args, &id, config)?,
        Audience::Agent => explain(&agents, args, &id, config)?,
    };
    let Some(why) = why else { anyhow::bail!("{}", absent(&agents, &id)) };
    if args.json {
        println!("{}", serde_json::to_string(&line(&why))?);
    } else {
        print(&why, &id);
    }
    Ok(ExitCode::SUCCESS)
}

fn explain(index: &Index, args: &Args, id: &ArticleId, config: &Config) -> anyhow::Result<Option<Why>> {
    let analyzer = Analyzer::new(index.vocabulary());
    let query = args.query.join(" ");
    let (vectors, vector) = meaning(index, &query, config)?;
    let locale = args.locale.clone().unwrap_or_else(|| config.content.default_locale.clone());
    let request = Request::first(10, query, vector, locale);
    let searcher = Searcher::new(index, &analyzer, &config.ranking, config.today());
    Ok(searcher.with_vectors(vectors.as_ref()).with_learned(learned(config)?).why(&request, id)?)
}

/// Says why an index does not have an article.
fn absent(agents: &Index, id: &ArticleId) -> String {
    match agents.cards().find(|card| card.id == *id) {
        Some(card) if card.audience == ArticleAudience::Internal => {
            format!(
                "{id} is internal, so customers never find it; ask with --audience agent, or write `audience: public`"
            )
        }
        Some(_) => format!("{id} is archived, so customers never find it; write `status: published`"),
        None => format!(
            "no index has an article {id}; is it a draft? `zhida check` lists what is wrong with the content"
        ),
    }
}

fn line(why: &Why) -> Line<'_> {
    let place = match &why.outcome {
        Outcome::Found(place) => Some(place),
        _ => None,
    };
    let meaning = place.and_then(|place| place.meaning);
    fn term(share: &TermShare) -> TermLine<'_> {
        TermLine {
            term: &share.term,
            field: share.field,
            origin: share.origin,
            finds: share.finds,
            passages: share.passages,
            weight: share.weight,
            score: share.score,
        }
    }
    Line {
        normalized: &why.normalized,
        locale: &why.locale,
        total: why.total,
        outcome: why.outcome.as_str(),
        rank: place.map(|place| place.rank),
        match_tier: place.map(|place| place.tier.as_str()),
        score: place.map(|place| place.score),
        cosine: meaning.map(|meaning| meaning.cosine),
        meaning_score: meaning.map(|meaning| meaning.score),
        corrected: place.and_then(|place| place.corrected.as_deref()),
        terms: why.terms.iter().map(term).collect(),
        fixes: why.fixes.iter().map(Fix::parts).collect(),
    }
}

fn print(why: &Why, id: &ArticleId) {
    println!("query     {}", why.normalized);
    println!("article   {id} ({})", why.locale);
    println!("result    {}", result(why));
    if let Outcome::Found(Place { score, meaning: Some(meaning), .. }) = &why.outcome {
        // What is left of rounding is nothing.
        let words = (score - meaning.score).max(0.0);
        println!("shares    words {words:.2}, meaning {:.2} (cosine {:.3})", meaning.score, meaning.cosine);
    }
    if let Outcome::Found(Place { learned_factor, .. }) = &why.outcome
        && *learned_factor != 1.0
    {
        println!("readers   made its score {learned_factor:.3} of what it was, by votes and clicks");
    }
    println!("\n{:<10}{:<15}{:>9}{:>9}{:>9}  term", "field", "origin", "passages", "weight", "score");
    for share in &why.terms {
        let mark = if share.finds { "" } else { "  (only scores)" };
        println!(
            "{:<10}{:<15}{:>9}{:>9.2}{:>9.2}  {}{mark}",
            share.field, share.origin, share.passages, share.weight, share.score, share.term
        );
    }
    for fix in &why.fixes {
        println!("\n{}", advice(fix));
    }
}

fn result(why: &Why) -> String {
    let found = |total: usize| format!("{total} articles are found as typed");
    match &why.outcome {
        Outcome::Found(place) => {
            let corrected =
                place.corrected.as_ref().map(|query| format!(", put right to “{query}”")).unwrap_or_default();
            format!(
                "number {} with score {:.2}, tier {}{corrected}; {}",
                place.rank,
                place.score,
                place.tier.as_str(),
                found(why.total)
            )
        }
        Outcome::NotInEffect => {
            "not shown today: see `effective` and `expires` in its front matter".to_owned()
        }
        Outcome::Filtered => {
            format!("left out by a filter, or its translation is shown; {}", found(why.total))
        }
        Outcome::LacksDemand => format!("lacks what the query demands; {}", found(why.total)),
        Outcome::HasExcluded => format!("has what the query excludes; {}", found(why.total)),
        Outcome::NothingInCommon => format!("shares no word with the query; {}", found(why.total)),
    }
}

fn advice(fix: &Fix) -> String {
    match fix {
        Fix::AddQuestion(text) => format!("To bring it up: add to its `questions`:\n  - {text}"),
        Fix::AddSynonym(line) => {
            format!("Or add a line to synonyms.txt, kept to the words that matter:\n  {line}")
        }
        Fix::AddWord(word) => format!("Or add a line to dictionary.txt, so that it is one word:\n  {word}"),
        Fix::ChangeDates => "To show it today: change `effective` or `expires`.".to_owned(),
        Fix::AskForLess => "To find it: ask without quotation marks, -exclusions or filters.".to_owned(),
    }
}
