//! `zhida replay`: what a change would have done to the searches of the last days.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::ensure;
use serde_json::json;

use super::Outcome;
use super::search::learned;
use crate::analysis::Analyzer;
use crate::config::{Config, Flags};
use crate::content::ArticleId;
use crate::curate::{Curator, Outcome as Wanted};
use crate::events::Stored;
use crate::index::Builder;
use crate::insights::{self, Insights, Moved, Place, Replay, Verdict};
use crate::locale::Locale;
use crate::search::Searcher;
use crate::vocabulary::wordings;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("change").required(true))]
pub(super) struct Args {
    /// The `[ranking]` of this configuration file instead
    #[arg(long, value_name = "FILE", group = "change")]
    compare: Option<PathBuf>,
    /// Words that mean the same, separated by commas
    #[arg(long, value_name = "WORDS", group = "change")]
    synonym: Option<String>,
    /// A word that Chinese segmentation must know
    #[arg(long, group = "change")]
    word: Option<String>,
    /// A question that the article --id answers
    #[arg(long, value_name = "TEXT", group = "change", requires = "id")]
    question: Option<String>,
    /// The article of --question
    #[arg(long)]
    id: Option<String>,
    /// The language of the synonym, or of the article
    #[arg(long)]
    locale: Option<Locale>,
    /// How many of the last searches are made again
    #[arg(long, default_value_t = 2_000)]
    searches: usize,
    /// Print one JSON object a search whose results differ
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let insights = read(config)?;
    let index = Builder::new(&config.index.dir).open_customer(None)?;
    let analyzer = Analyzer::new(index.vocabulary());
    let (today, learned) = (config.today(), learned(config)?);
    let before = Searcher::new(&index, &analyzer, &config.ranking, today).with_learned(learned.clone());
    let replay = match &args.compare {
        Some(file) => {
            let other = Config::load(Some(file), Flags::default())?;
            let after = Searcher::new(&index, &analyzer, &other.ranking, today).with_learned(learned);
            insights::replay(&insights.logged(args.searches), &before, &after)?
        }
        None => {
            let curator = Curator::new(config.content_settings(), &config.index.dir, &config.data.dir);
            let trial = curator.try_out(&curator.change(&args.wanted(config)?)?)?;
            let (index, analyzer) = (&trial.snapshot.index, &trial.snapshot.analyzer);
            let after = Searcher::new(index, analyzer, &config.ranking, today).with_learned(learned);
            insights::replay(&insights.logged(args.searches), &before, &after)?
        }
    };
    print(&replay, args.json);
    Ok(ExitCode::SUCCESS)
}

/// Reads the whole log.
fn read(config: &Config) -> anyhow::Result<Insights> {
    let mut insights = Insights::new(&config.insights, config.events.keep(), config.time_zone.clone());
    Stored::open(&config.data.dir, &config.events)?.for_each(|events, last| insights.take(events, last))?;
    Ok(insights)
}

impl Args {
    fn wanted(&self, config: &Config) -> anyhow::Result<Wanted> {
        let locale = || self.locale.clone().unwrap_or_else(|| config.content.default_locale.clone());
        if let Some(words) = &self.synonym {
            return Ok(Wanted::Synonym { locale: self.locale.clone(), words: wordings(words) });
        }
        if let Some(word) = &self.word {
            return Ok(Wanted::Word(word.clone()));
        }
        let id = self.id.as_deref().and_then(ArticleId::new);
        ensure!(id.is_some(), "name the article with --id");
        let (id, text) = (id.expect("it was checked"), self.question.clone().unwrap_or_default());
        Ok(Wanted::Question { id, locale: locale(), text })
    }
}

fn print(replay: &Replay, as_json: bool) {
    if as_json {
        replay.moved.iter().for_each(|moved| println!("{}", json_of(moved)));
        return;
    }
    for moved in &replay.moved {
        let query = moved.query.as_deref().unwrap_or("(typed by few)");
        println!("{}\t{query} ({}, {} times)", moved.verdict.as_str(), moved.locale, moved.times);
        println!("\tbefore  {}", places(&moved.before).join(", "));
        println!("\tafter   {}", places(&moved.after).join(", "));
    }
    let count = |verdict| replay.count(verdict);
    println!(
        "{} searches: {} better, {} worse, {} with other results of which nothing tells",
        replay.searches,
        count(Verdict::Better),
        count(Verdict::Worse),
        count(Verdict::Moved),
    );
}

fn json_of(moved: &Moved) -> serde_json::Value {
    json!({
        "verdict": moved.verdict.as_str(),
        "query": moved.query,
        "locale": moved.locale.to_string(),
        "times": moved.times,
        "before": places(&moved.before),
        "after": places(&moved.after),
    })
}

fn places(places: &[Place]) -> Vec<String> {
    places.iter().map(|(id, locale)| format!("{id} ({locale})")).collect()
}
