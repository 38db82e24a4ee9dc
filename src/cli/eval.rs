//! `zhida eval`: search quality on sets of questions with known answers.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::evaluation::{Evaluation, Vectors};
use super::{Outcome, eval_answers, eval_tickets};
use crate::config::{Config, Flags};
use crate::content::{Article, ArticleId, Corpus, Loader};
use crate::eval::{Beir, Comparison, Figures, Run, Set, evaluate, read_judgments};
use crate::search::Weights;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Folders in BEIR form: corpus.jsonl, queries.jsonl, qrels/test.tsv
    #[arg(required_unless_present_any = ["judgments", "tickets"])]
    sets: Vec<PathBuf>,
    /// Judged queries over the content folder instead: a folder with one file per locale
    #[arg(long, value_name = "DIR", conflicts_with_all = ["sets", "together"])]
    judgments: Option<PathBuf>,
    /// Judged tickets over the index: a folder with files of them
    #[arg(long, value_name = "DIR", conflicts_with_all = ["sets", "together", "judgments", "answers", "compare", "run"])]
    tickets: Option<PathBuf>,
    /// Put the documents of all sets into one index
    #[arg(long)]
    together: bool,
    /// Also measure with the `[ranking]` of this configuration file, and say whether it
    /// is better or chance makes it look so
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    compare: Option<PathBuf>,
    /// Measure answers instead: confidence is learned from one half of the questions of each
    /// set, the figures are those of the other half
    #[arg(long, conflicts_with_all = ["together", "compare", "run"])]
    answers: bool,
    /// With --answers: ask the questions of this set as well, which the others do not answer
    #[arg(long, value_name = "DIR", requires = "answers", conflicts_with = "judgments")]
    oos: Vec<PathBuf>,
    /// Keep the vectors of passages and questions in this folder, so that they are made
    /// once for several runs
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Print one JSON object a set
    #[arg(long)]
    json: bool,
    /// Write the rankings to a file in TREC form
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    if let Some(dir) = &args.tickets {
        eval_tickets::run(dir, config, args.json)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.answers {
        let vectors = vectors(args, config)?;
        match &args.judgments {
            Some(dir) => eval_answers::judged(dir, &vectors, config, args.json)?,
            None => eval_answers::sets(&args.sets, &args.oos, &vectors, config, args.json)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut output = Output::new(args)?;
    let other = args.compare.as_deref().map(|file| Config::load(Some(file), Flags::default())).transpose()?;
    let weights = Candidates { current: &config.ranking, other: other.as_ref().map(|other| &other.ranking) };
    match &args.judgments {
        Some(dir) => judged(dir, args, config, &weights, &mut output)?,
        None => beir(args, config, &weights, &mut output)?,
    }
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// The weights in force, and those that are held against them.
struct Candidates<'a> {
    current: &'a Weights,
    other: Option<&'a Weights>,
}

/// Asks the judged queries, then sums them up over all locales.
fn judged(
    dir: &Path,
    args: &Args,
    config: &Config,
    weights: &Candidates,
    output: &mut Output,
) -> anyhow::Result<()> {
    let vectors = vectors(args, config)?;
    let sets = read_judgments(dir)?;
    let corpus = Loader::new(config.content_settings()).load()?.corpus;
    let evaluation = Evaluation::new(&corpus, config, &vectors)?;
    for set in &sets {
        measure(&evaluation, set, weights, output)?;
    }
    let all = Set { name: "all".into(), questions: sets.into_iter().flat_map(|set| set.questions).collect() };
    let runs = measure(&evaluation, &all, weights, output)?;
    output.add_runs(&runs, &HashMap::new())
}

fn beir(args: &Args, config: &Config, weights: &Candidates, output: &mut Output) -> anyhow::Result<()> {
    let read = |dir: &PathBuf| Ok(Beir::read(dir, &config.content.default_locale)?);
    let measured = |evaluation: &Evaluation, beir: &Beir, output: &mut Output| {
        let runs = measure(evaluation, &beir.set, weights, output)?;
        output.add_runs(&runs, &beir.document_ids)
    };
    let vectors = vectors(args, config)?;
    if args.together {
        let mut sets = args.sets.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
        let articles = sets.iter_mut().flat_map(|beir| std::mem::take(&mut beir.articles)).collect();
        let evaluation = Evaluation::new(&corpus(articles), config, &vectors)?;
        return sets.iter().try_for_each(|beir| measured(&evaluation, beir, output));
    }
    for dir in &args.sets {
        let mut beir = read(dir)?;
        let articles = std::mem::take(&mut beir.articles);
        let evaluation = Evaluation::new(&corpus(articles), config, &vectors)?;
        measured(&evaluation, &beir, output)?;
    }
    Ok(())
}

fn corpus(articles: Vec<Article>) -> Corpus {
    Corpus { articles, ..Corpus::default() }
}

/// Keeps vectors in the folder that was named, or as long as this runs.
fn vectors(args: &Args, config: &Config) -> anyhow::Result<Vectors> {
    match &args.cache {
        Some(dir) => Ok(Vectors::of(config.meaning_in(dir))),
        None => Vectors::temporary(config),
    }
}

/// Prints the figures of a set, and those of the other weights beside them; returns what
/// was found with the weights in force.
fn measure(
    evaluation: &Evaluation,
    set: &Set,
    weights: &Candidates,
    output: &mut Output,
) -> anyhow::Result<Vec<Run>> {
    let (figures, runs) = ask(evaluation, set, weights.current)?;
    output.add(&figures);
    if let Some(other) = weights.other {
        let (figures, other_runs) = ask(evaluation, set, other)?;
        output.add_other(&figures, &Comparison::new(set, &runs, &other_runs));
    }
    Ok(runs)
}

fn ask(evaluation: &Evaluation, set: &Set, weights: &Weights) -> anyhow::Result<(Figures, Vec<Run>)> {
    evaluation.vectors.prepare(set.questions.iter().map(|question| question.text.as_str()))?;
    let vector_of = |text: &str| evaluation.vectors.of_question(text);
    evaluate(set, &evaluation.index, &evaluation.searcher(weights), &vector_of)
        .with_context(|| format!("cannot search for {}", set.name))
}

/// A difference that chance makes less often than this is believed.
const SIGNIFICANT: f64 = 0.05;

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

    /// Prints the figures of other weights, and what the difference is worth.
    fn add_other(&mut self, figures: &Figures, comparison: &Comparison) {
        self.add(&Figures { set: "  compared".into(), ..figures.clone() });
        if self.json {
            println!("{}", serde_json::to_string(comparison).expect("a comparison is numbers"));
            return;
        }
        let Comparison { difference, better, worse, p_value } = comparison;
        let verdict = if *p_value < SIGNIFICANT { "significant" } else { "may be chance" };
        println!("  {difference:+.4}: {better} better, {worse} worse, p = {p_value:.4} ({verdict})");
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
