//! `zhida calibrate`: learns from the questions of the articles how sure answers are.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::evaluation::{Evaluation, Vectors};
use super::{Outcome, progress, reliability};
use crate::answer::{Calibration, Fitted, Graded, Sample, out_of_scope};
use crate::config::Config;
use crate::content::{Corpus, Loader};
use crate::eval::{Fold, Question, bins, calibration_error, folds, is_for_calibration, read_judgments};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Learn from these judged questions instead: a folder with one file per locale, with
    /// lines such as {"q": "…", "relevant": {"shipping/track-parcel": 3}}; `{}` for those
    /// that no article answers
    #[arg(long, value_name = "DIR")]
    queries: Option<PathBuf>,
    /// Draw how often answers of each confidence are right
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Only print what would be written
    #[arg(long)]
    dry_run: bool,
}

/// Fewer questions teach little.
const LEAST_QUESTIONS: usize = 60;

/// Questions that are asked at most, of each kind: enough for six weights.
const MOST_QUESTIONS: usize = 4_000;

/// The part of all questions that is taken to be out of scope.
const OUT_OF_SCOPE: f64 = 0.1;

/// The part of those that look alike, where articles have `not_questions`; the others are
/// about something else.
const LOOK_ALIKE: f64 = 0.4;

/// The probability that an article which is found for the question of another one answers
/// it too: articles overlap, and nobody says which. When they are held out, 36 % of the
/// sample's own questions find another article; of judged ones, 9 % find a wrong one.
const AS_GOOD: f64 = 0.91;

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let corpus = Loader::new(config.content_settings()).load()?.corpus;
    let vectors = Vectors::of(config.meaning());
    let by_words = Config { semantic: crate::semantic::Source::Off, ..config.clone() };
    let without = Vectors::of(by_words.meaning());
    let exams = exams(&corpus, args)?;
    let mut learned = vec![learn("by words", &exams, &without, config)?];
    if !config.meaning().is_off() {
        learned.push(learn("with meaning", &exams, &vectors, config)?);
    }
    for learned in &learned {
        learned.print(config.answers.precision);
    }
    if let Some(path) = &args.svg {
        let curves: Vec<_> =
            learned.iter().map(|learned| (learned.name, learned.unseen.as_slice())).collect();
        std::fs::write(path, reliability::svg(&curves))
            .with_context(|| format!("cannot write {}", path.display()))?;
        println!("\nthe picture is in {}", path.display());
    }
    write(learned, args.dry_run, &config.content.dir)?;
    Ok(ExitCode::SUCCESS)
}

fn write(learned: Vec<Learned>, is_dry: bool, content: &Path) -> anyhow::Result<()> {
    let mut fitted = learned.into_iter().map(|learned| learned.fitted);
    let words = fitted.next().expect("words come first");
    let calibration = Calibration::new(words, fitted.next());
    if is_dry {
        println!("\nnothing was written");
    } else {
        println!("\nwritten to {}; a running server uses it at once", calibration.write(content)?.display());
    }
    Ok(())
}

/// A corpus, and the questions that are asked it.
struct Exam {
    corpus: Corpus,
    questions: Vec<Asked>,
}

/// A question and what it counts for.
struct Asked {
    question: Question,
    kind: Kind,
    /// The probability that an article answers it of which that is not known.
    unjudged: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An article answers it.
    Answerable,
    /// An article says that it does not answer it.
    Denied,
    /// It is about something else.
    Foreign,
}

/// Returns the questions to learn from, and what to ask.
fn exams(corpus: &Corpus, args: &Args) -> anyhow::Result<Vec<Exam>> {
    let exams = match &args.queries {
        Some(dir) => vec![judged_exam(corpus, dir)?],
        None => own_exams(corpus),
    };
    let asked = exams.iter().flat_map(|exam| &exam.questions);
    let count = asked.filter(|asked| asked.kind == Kind::Answerable).count();
    anyhow::ensure!(
        count >= LEAST_QUESTIONS,
        "{count} questions have an answer, and {LEAST_QUESTIONS} are needed to learn from; give the articles more `questions`, or judged ones with --queries"
    );
    Ok(exams)
}

/// Returns judged questions, to be asked of the whole corpus.
fn judged_exam(corpus: &Corpus, dir: &Path) -> anyhow::Result<Exam> {
    let questions = read_judgments(dir)?.into_iter().flat_map(|set| set.questions);
    let asked = |question: Question| Asked {
        kind: if question.is_answerable() { Kind::Answerable } else { Kind::Foreign },
        question,
        unjudged: 0.0,
    };
    Ok(Exam { corpus: corpus.clone(), questions: questions.map(asked).collect() })
}

/// Returns the corpus' own questions, held out of it, and some that nothing answers.
fn own_exams(corpus: &Corpus) -> Vec<Exam> {
    let mut exams: Vec<Exam> = folds(corpus).into_iter().map(exam).collect();
    if let Some(first) = exams.first_mut() {
        first.questions.extend(foreign(corpus));
    }
    thin_out(&mut exams);
    exams
}

fn exam(fold: Fold) -> Exam {
    let asked = |kind| move |question| Asked { question, kind, unjudged: AS_GOOD };
    let answerable = fold.answerable.into_iter().map(asked(Kind::Answerable));
    let denied = fold.denied.into_iter().map(asked(Kind::Denied));
    Exam { corpus: fold.corpus, questions: answerable.chain(denied).collect() }
}

/// Returns questions that no help center answers, in the languages of this one.
fn foreign(corpus: &Corpus) -> impl Iterator<Item = Asked> {
    let has_language =
        |language: &str| corpus.articles.iter().any(|article| article.locale.language() == language);
    let questions = out_of_scope().filter(move |(locale, _)| has_language(locale.language()));
    questions.map(|(locale, text)| {
        let (id, text) = (format!("{locale} {text}"), text.to_owned());
        let question = Question { id, text, locale, relevant: Default::default() };
        Asked { question, kind: Kind::Foreign, unjudged: 0.0 }
    })
}

/// Leaves out questions evenly where there are more than are needed.
fn thin_out(exams: &mut [Exam]) {
    for kind in [Kind::Answerable, Kind::Denied] {
        let step = count(exams, kind).div_ceil(MOST_QUESTIONS).max(1);
        let mut seen = 0;
        for exam in exams.iter_mut() {
            exam.questions.retain(|asked| {
                seen += usize::from(asked.kind == kind);
                asked.kind != kind || seen % step == 0
            });
        }
    }
}

/// Asks everything, judges the answers and learns from them.
fn learn(name: &'static str, exams: &[Exam], vectors: &Vectors, config: &Config) -> anyhow::Result<Learned> {
    let default = Calibration::default();
    let [answerable, denied, foreign] =
        [Kind::Answerable, Kind::Denied, Kind::Foreign].map(|kind| counts(exams, kind));
    let counts_of = |kind: Kind| match kind {
        Kind::Answerable => answerable,
        Kind::Denied => denied,
        Kind::Foreign => foreign,
    };
    let (mut model, mut samples) = (None, Vec::new());
    for exam in exams {
        let evaluation = Evaluation::new(&exam.corpus, config, vectors)?;
        model = evaluation.model().map(str::to_owned);
        vectors.prepare(exam.questions.iter().map(|asked| asked.question.text.as_str()))?;
        let vector_of = |text: &str| vectors.of_question(text);
        let (asker, answerer) = (evaluation.asker(&vector_of), evaluation.answerer(&default));
        let bar = progress::bar("Asking", "questions");
        for (asked, done) in exam.questions.iter().zip(1..) {
            let sample = asker.sample(&asked.question, &answerer, asked.unjudged)?;
            let is_first = is_for_calibration(&asked.question);
            samples.push((is_first, Sample { counts: counts_of(asked.kind), ..sample }));
            progress::advance(&bar, done, exam.questions.len());
        }
        bar.finish_and_clear();
    }
    Ok(Learned::new(name, samples, model))
}

fn count(exams: &[Exam], kind: Kind) -> usize {
    exams.iter().flat_map(|exam| &exam.questions).filter(|asked| asked.kind == kind).count()
}

/// Returns what a question of a kind counts for, so that all out of scope are the part of
/// all that they are taken to be.
fn counts(exams: &[Exam], kind: Kind) -> f64 {
    let look_alike = if count(exams, Kind::Denied) > 0 { LOOK_ALIKE } else { 0.0 };
    let share = match kind {
        Kind::Answerable => return 1.0,
        Kind::Denied => look_alike,
        Kind::Foreign => 1.0 - look_alike,
    };
    let all = count(exams, Kind::Answerable) as f64 * OUT_OF_SCOPE / (1.0 - OUT_OF_SCOPE);
    all * share / count(exams, kind) as f64
}

/// What one way of searching taught.
struct Learned {
    name: &'static str,
    fitted: Fitted,
    /// Each with the confidence learned from the half of the questions that it is not in.
    unseen: Vec<Graded>,
}

impl Learned {
    fn new(name: &'static str, samples: Vec<(bool, Sample)>, model: Option<String>) -> Self {
        let half = |first: bool| -> Vec<Sample> {
            samples.iter().filter(|(is_first, _)| *is_first == first).map(|(_, sample)| *sample).collect()
        };
        let (first, second) = (half(true), half(false));
        let mut unseen = Vec::with_capacity(samples.len());
        for (seen, asked) in [(&first, &second), (&second, &first)] {
            unseen.extend(Fitted::new(seen, None).grade(asked));
        }
        let all: Vec<Sample> = samples.into_iter().map(|(_, sample)| sample).collect();
        Self { name, fitted: Fitted::new(&all, model), unseen }
    }

    fn print(&self, precision: f64) {
        let Fitted { answerable, out_of_scope, thresholds, .. } = &self.fitted;
        println!(
            "\n{}: {answerable} questions that an article answers, {out_of_scope} that none does",
            self.name
        );
        println!("\n  right    from confidence    answered");
        for threshold in thresholds {
            let mark =
                if (threshold.precision - precision).abs() < 1e-9 { "  <- [answers] precision" } else { "" };
            println!(
                "  {:>4.0} %{:>15.2}{:>12.0} %{mark}",
                threshold.precision * 100.0,
                threshold.confidence,
                threshold.coverage * 100.0
            );
        }
        println!("\n  confidence      right    answers    (on questions that were not learned from)");
        for bin in bins(&self.unseen) {
            println!(
                "  {:.1} to {:.1}{:>10.0} %{:>11}  {}",
                bin.from,
                bin.from + 0.1,
                bin.right * 100.0,
                bin.count,
                "#".repeat((bin.right * 30.0).round() as usize)
            );
        }
        println!("  calibration error {:.3}", calibration_error(&self.unseen));
    }
}
