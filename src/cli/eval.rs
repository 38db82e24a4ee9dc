//! `zhida eval`: search quality on sets of questions with known answers.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::{Outcome, progress};
use crate::analysis::Analyzer;
use crate::config::Config;
use crate::content::{Article, ArticleId, Corpus, Loader};
use crate::eval::{Beir, Figures, Run, Set, evaluate, read_judgments};
use crate::index::{Builder, CustomerIndex};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Folders in BEIR form: corpus.jsonl, queries.jsonl, qrels/test.tsv
    #[arg(required_unless_present = "judgments")]
    sets: Vec<PathBuf>,
    /// Judged queries over the content folder instead: a folder with one file per locale
    #[arg(long, value_name = "DIR", conflicts_with_all = ["sets", "together"])]
    judgments: Option<PathBuf>,
    /// Put the documents of all sets into one index
    #[arg(long)]
    together: bool,
    /// Print one JSON object a set
    #[arg(long)]
    json: bool,
    /// Write the rankings to a file in TREC form
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let mut output = Output::new(args)?;
    match &args.judgments {
        Some(dir) => judged(dir, config, &mut output)?,
        None => beir(args, config, &mut output)?,
    }
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// Asks the judged queries, then sums them up over all locales.
fn judged(dir: &Path, config: &Config, output: &mut Output) -> anyhow::Result<()> {
    let sets = read_judgments(dir)?;
    let corpus = Loader::new(config.content_settings()).load()?.corpus;
    let evaluation = Evaluation::new(corpus, config)?;
    for set in &sets {
        output.add(&evaluation.ask(set)?.0);
    }
    let all = Set { name: "all".into(), questions: sets.into_iter().flat_map(|set| set.questions).collect() };
    let (figures, runs) = evaluation.ask(&all)?;
    output.add(&figures);
    output.add_runs(&runs, &HashMap::new())
}

fn beir(args: &Args, config: &Config, output: &mut Output) -> anyhow::Result<()> {
    let read = |dir: &PathBuf| Ok(Beir::read(dir, &config.content.default_locale)?);
    if args.together {
        let mut sets = args.sets.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
        let articles = sets.iter_mut().flat_map(|beir| std::mem::take(&mut beir.articles)).collect();
        let evaluation = Evaluation::new(corpus(articles), config)?;
        return sets.iter().try_for_each(|beir| evaluation.measure(beir, output));
    }
    for dir in &args.sets {
        let mut beir = read(dir)?;
        let evaluation = Evaluation::new(corpus(std::mem::take(&mut beir.articles)), config)?;
        evaluation.measure(&beir, output)?;
    }
    Ok(())
}

fn corpus(articles: Vec<Article>) -> Corpus {
    Corpus { articles, ..Corpus::default() }
}

/// A corpus in an index of its own, which is gone when this is dropped.
struct Evaluation {
    index: CustomerIndex,
    analyzer: Analyzer,
    today: jiff::civil::Date,
    _folder: tempfile::TempDir,
}

impl Evaluation {
    fn new(corpus: Corpus, config: &Config) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder for the index")?;
        let analyzer = Analyzer::new(&corpus.vocabulary);
        let builder = Builder::new(folder.path());
        let bar = progress::bar("Indexing");
        builder.sync(&corpus, &analyzer, &|done, all| progress::advance(&bar, done, all))?;
        bar.finish_and_clear();
        let index = builder.open_customer(None)?;
        Ok(Self { index, analyzer, today: config.today(), _folder: folder })
    }

    fn ask(&self, set: &Set) -> anyhow::Result<(Figures, Vec<Run>)> {
        evaluate(set, &self.index, &self.analyzer, self.today)
            .with_context(|| format!("cannot search for {}", set.name))
    }

    fn measure(&self, beir: &Beir, output: &mut Output) -> anyhow::Result<()> {
        let (figures, runs) = self.ask(&beir.set)?;
        output.add(&figures);
        output.add_runs(&runs, &beir.document_ids)
    }
}

/// Prints figures and writes rankings.
struct Output {
    json: bool,
    run: Option<(PathBuf, BufWriter<File>)>,
    printed: usize,
}

impl Output {
    fn new(args: &Args) -> anyhow::Result<Self> {
        let open = |path: &PathBuf| {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            anyhow::Ok((path.clone(), BufWriter::new(file)))
        };
        Ok(Self { json: args.json, run: args.run.as_ref().map(open).transpose()?, printed: 0 })
    }

    fn add(&mut self, figures: &Figures) {
        if self.json {
            println!("{}", serde_json::to_string(figures).expect("figures are numbers"));
            return;
        }
        if self.printed == 0 {
            println!(
                "{:<18}{:>8}{:>9}{:>9}{:>11}{:>8}{:>8}{:>9}{:>9}",
                "set", "queries", "nDCG@10", "MRR@10", "recall@10", "hit@1", "none", "p50 ms", "p99 ms"
            );
        }
        self.printed += 1;
        println!(
            "{:<18}{:>8}{:>9.4}{:>9.4}{:>11.4}{:>8.4}{:>8}{:>9.2}{:>9.2}",
            figures.set,
            figures.queries,
            figures.ndcg,
            figures.mrr,
            figures.recall,
            figures.hit_at_1,
            figures.zero_hits,
            figures.p50_ms,
            figures.p99_ms
        );
    }

    /// Writes one line a result: question, `Q0`, document, rank, score, name.
    fn add_runs(&mut self, runs: &[Run], documents: &HashMap<ArticleId, String>) -> anyhow::Result<()> {
        let Some((path, file)) = &mut self.run else { return Ok(()) };
        for run in runs {
            for (article, rank) in run.ranking.iter().zip(1..) {
                let document = documents.get(&article.id).map_or(article.id.as_str(), String::as_str);
                writeln!(file, "{} Q0 {document} {rank} {} zhida", run.question, article.score)
                    .with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        match self.run {
            Some((path, mut file)) => {
                file.flush().with_context(|| format!("cannot write {}", path.display()))
            }
            None => Ok(()),
        }
    }
}
