//! `zhida index`: builds the index, or brings it up to date.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::{Outcome, progress};
use crate::analysis::Analyzer;
use crate::config::Config;
use crate::content::{Corpus, Loader};
use crate::index::{Builder, Index};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Also measure: speed of indexing and of text analysis alone, peak memory
    #[arg(long)]
    stats: bool,
    /// Print the result as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Output {
    articles: usize,
    indexed: usize,
    removed: usize,
    rebuilt: bool,
    seconds: f64,
    /// Passages whose meaning was found out.
    embedded: usize,
    embedding_seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    stats: Option<Stats>,
}

#[derive(serde::Serialize)]
struct Stats {
    megabytes: f64,
    indexing_mb_per_second: f64,
    analysis_mb_per_second: f64,
    indexing_to_analysis: f64,
    peak_memory_mb: Option<f64>,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let start = Instant::now();
    let loaded = Loader::new(config.content_settings()).load()?;
    let analyzer = Analyzer::new(&loaded.corpus.vocabulary);
    let builder = Builder::new(&config.index.dir);
    let bar = progress::bar("Indexing", "articles");
    let report = builder.sync(&loaded.corpus, &analyzer, &|done, all| progress::advance(&bar, done, all))?;
    bar.finish_and_clear();
    let elapsed = start.elapsed();
    let stats = args.stats.then(|| {
        let peak_memory_mb = peak_memory_mb();
        let analysis = builder.time_analysis(&loaded.corpus, &analyzer);
        Stats::new(&loaded.corpus, elapsed, analysis, peak_memory_mb)
    });
    let start = Instant::now();
    let embedded = embed(&builder, config)?;
    let output = Output {
        articles: loaded.corpus.articles.len(),
        indexed: report.indexed,
        removed: report.removed,
        rebuilt: report.rebuilt,
        seconds: elapsed.as_secs_f64(),
        embedded,
        embedding_seconds: start.elapsed().as_secs_f64(),
        stats,
    };
    if args.json {
        println!("{}", serde_json::to_string(&output)?);
    } else {
        print(&output, config);
    }
    Ok(ExitCode::SUCCESS)
}

/// Finds out what the passages of both indexes mean.
fn embed(builder: &Builder, config: &Config) -> anyhow::Result<usize> {
    let meaning = config.meaning();
    if meaning.is_off() {
        return Ok(0);
    }
    let (customers, agents) = (builder.open_customer(None)?, builder.open_agent(None)?);
    let indexes: [&Index; 2] = [&customers, &agents];
    let embedded = progress::embed(&meaning, &indexes)?;
    meaning.tidy(&indexes)?;
    Ok(embedded)
}

impl Stats {
    /// Indexing counts from reading the files to the switched index, which holds
    /// each text once for both kinds of readers.
    fn new(corpus: &Corpus, indexing: Duration, analysis: Duration, peak_memory_mb: Option<f64>) -> Self {
        let bytes: usize = corpus.articles.iter().map(|article| article.source.len()).sum();
        let megabytes = bytes as f64 / 1e6;
        let (indexing, analysis) = (megabytes / indexing.as_secs_f64(), megabytes / analysis.as_secs_f64());
        Self {
            megabytes,
            indexing_mb_per_second: indexing,
            analysis_mb_per_second: analysis,
            indexing_to_analysis: indexing / analysis,
            peak_memory_mb,
        }
    }
}

fn print(output: &Output, config: &Config) {
    let done = if output.rebuilt { "Built" } else { "Updated" };
    println!(
        "{done} {} in {:.1} s: {} articles, {} written, {} removed",
        config.index.dir.display(),
        output.seconds,
        output.articles,
        output.indexed,
        output.removed
    );
    if output.embedded > 0 {
        println!(
            "Embedded {} passages in {:.1} s: {:.1} passages/s",
            output.embedded,
            output.embedding_seconds,
            output.embedded as f64 / output.embedding_seconds
        );
    }
    if let Some(stats) = &output.stats {
        println!("Text           {:>8.1} MB", stats.megabytes);
        println!("Indexing       {:>8.1} MB/s", stats.indexing_mb_per_second);
        println!("Analysis alone {:>8.1} MB/s", stats.analysis_mb_per_second);
        println!("Ratio          {:>8.2}", stats.indexing_to_analysis);
        if let Some(peak) = stats.peak_memory_mb {
            println!("Peak memory    {peak:>8.0} MB");
        }
    }
}

/// Returns the most memory that the process ever held, where the system tells.
fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
