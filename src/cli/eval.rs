//! `zhida eval`: search quality on sets of questions with known answers.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::{Outcome, progress};
use crate::analysis::Analyzer;
use crate::config::{Config, Flags};
use crate::content::{Article, ArticleId, Corpus, Loader};
use crate::eval::{Beir, Comparison, Figures, Run, Set, evaluate, read_judgments};
use crate::index::{Builder, CustomerIndex, Index, PassageVectors};
use crate::live::Meaning;
use crate::search::{Searcher, Weights};

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
    /// Also measure with the `[ranking]` of this configuration file, and say whether it
    /// is better or chance makes it look so
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    compare: Option<PathBuf>,
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
    let vectors = Vectors::new(args, config)?;
    let sets = read_judgments(dir)?;
    let corpus = Loader::new(config.content_settings()).load()?.corpus;
    let evaluation = Evaluation::new(corpus, config, &vectors)?;
    for set in &sets {
        evaluation.measure(set, weights, output)?;
    }
    let all = Set { name: "all".into(), questions: sets.into_iter().flat_map(|set| set.questions).collect() };
    let runs = evaluation.measure(&all, weights, output)?;
    output.add_runs(&runs, &HashMap::new())
}

fn beir(args: &Args, config: &Config, weights: &Candidates, output: &mut Output) -> anyhow::Result<()> {
    let read = |dir: &PathBuf| Ok(Beir::read(dir, &config.content.default_locale)?);
    let measure = |evaluation: &Evaluation, beir: &Beir, output: &mut Output| {
        let runs = evaluation.measure(&beir.set, weights, output)?;
        output.add_runs(&runs, &beir.document_ids)
    };
    let vectors = Vectors::new(args, config)?;
    if args.together {
        let mut sets = args.sets.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
        let articles = sets.iter_mut().flat_map(|beir| std::mem::take(&mut beir.articles)).collect();
        let evaluation = Evaluation::new(corpus(articles), config, &vectors)?;
        return sets.iter().try_for_each(|beir| measure(&evaluation, beir, output));
    }
    for dir in &args.sets {
        let mut beir = read(dir)?;
        let articles = std::mem::take(&mut beir.articles);
        let evaluation = Evaluation::new(corpus(articles), config, &vectors)?;
        measure(&evaluation, &beir, output)?;
    }
    Ok(())
}

fn corpus(articles: Vec<Article>) -> Corpus {
    Corpus { articles, ..Corpus::default() }
}

/// Search by meaning, with the vectors in a folder of their own.
struct Vectors {
    meaning: Meaning,
    _folder: Option<tempfile::TempDir>,
}

impl Vectors {
    fn new(args: &Args, config: &Config) -> anyhow::Result<Self> {
        if let Some(dir) = &args.cache {
            return Ok(Self { meaning: config.meaning_in(dir), _folder: None });
        }
        let folder = tempfile::tempdir().context("cannot make a temporary folder for the vectors")?;
        Ok(Self { meaning: config.meaning_in(folder.path()), _folder: Some(folder) })
    }

    /// Makes the vectors of an index; nothing where search by meaning is off.
    fn of_index(&self, index: &Index) -> anyhow::Result<Option<PassageVectors>> {
        progress::embed(&self.meaning, &[index])?;
        Ok(self.meaning.vectors(index)?)
    }

    /// Makes the vectors of the questions of a set.
    fn prepare(&self, set: &Set) -> anyhow::Result<()> {
        let bar = progress::bar("Embedding", "questions");
        for (question, done) in set.questions.iter().zip(1..) {
            self.meaning.of_question(&question.text)?;
            progress::advance(&bar, done, set.questions.len());
        }
        bar.finish_and_clear();
        Ok(())
    }
}

/// A corpus in an index of its own, which is gone when this is dropped.
struct Evaluation<'a> {
    index: CustomerIndex,
    vectors: &'a Vectors,
    of_passages: Option<PassageVectors>,
    analyzer: Analyzer,
    today: jiff::civil::Date,
    _folder: tempfile::TempDir,
}

impl<'a> Evaluation<'a> {
    fn new(corpus: Corpus, config: &Config, vectors: &'a Vectors) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder for the index")?;
        let analyzer = Analyzer::new(&corpus.vocabulary);
        let builder = Builder::new(folder.path());
        let bar = progress::bar("Indexing", "articles");
        builder.sync(&corpus, &analyzer, &|done, all| progress::advance(&bar, done, all))?;
        bar.finish_and_clear();
        let index = builder.open_customer(None)?;
        let of_passages = vectors.of_index(&index)?;
        Ok(Self { index, vectors, of_passages, analyzer, today: config.today(), _folder: folder })
    }

    /// Prints the figures of a set, and those of the other weights beside them;
    /// returns what was found with the weights in force.
    fn measure(&self, set: &Set, weights: &Candidates, output: &mut Output) -> anyhow::Result<Vec<Run>> {
        let (figures, runs) = self.ask(set, weights.current)?;
        output.add(&figures);
        if let Some(other) = weights.other {
            let (figures, other_runs) = self.ask(set, other)?;
            output.add_other(&figures, &Comparison::new(set, &runs, &other_runs));
        }
        Ok(runs)
    }

    fn ask(&self, set: &Set, weights: &Weights) -> anyhow::Result<(Figures, Vec<Run>)> {
        let searcher = Searcher::new(&self.index, &self.analyzer, weights, self.today)
            .with_vectors(self.of_passages.as_ref());
        self.vectors.prepare(set)?;
        let vector_of = |text: &str| self.vectors.meaning.of_question(text).unwrap_or_default();
        evaluate(set, &self.index, &searcher, &vector_of)
            .with_context(|| format!("cannot search for {}", set.name))
    }
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
