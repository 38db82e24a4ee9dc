//! `zhida eval --answers`: whether questions are answered, and rightly.
//!
//! Each public set is cut in two by the ids of its questions: confidence is learned from
//! one half, and all figures are those of the other. Judged queries over the content
//! folder are all measured, with the calibration that the folder has.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::evaluation::{Evaluation, Vectors};
use super::progress;
use crate::answer::{Calibration, Fitted, Sample};
use crate::config::Config;
use crate::content::{Corpus, Loader};
use crate::eval::{AnswerFigures, Beir, Judged, Question, is_for_calibration, read_judgments};

/// Measures public sets; the questions of the sets `out_of_scope` are asked as well.
pub(super) fn sets(
    sets: &[PathBuf],
    out_of_scope: &[PathBuf],
    vectors: &Vectors,
    config: &Config,
    json: bool,
) -> anyhow::Result<()> {
    let locale = &config.content.default_locale;
    let mut foreign = Vec::new();
    for dir in out_of_scope {
        let questions = Beir::read(dir, locale)?.set.questions.into_iter();
        foreign.extend(questions.map(|question| Question { relevant: Default::default(), ..question }));
    }
    let mut output = Output { json, printed: false };
    for dir in sets {
        let Beir { articles, set, gold, out_of_scope, .. } = Beir::read(dir, locale)?;
        let evaluation = Evaluation::new(&Corpus { articles, ..Corpus::default() }, config, vectors)?;
        let questions = || set.questions.iter().chain(&out_of_scope).chain(&foreign);
        let texts: Vec<&str> = questions().map(|question| question.text.as_str()).collect();
        vectors.prepare(texts.into_iter())?;
        let (seen, unseen): (Vec<&Question>, Vec<&Question>) =
            questions().partition(|question| is_for_calibration(question));
        let calibration = learned(&evaluation, &seen).with_context(|| format!("cannot ask {}", set.name))?;
        let gold = |question: &Question| gold.get(&question.id).map(Vec::as_slice).unwrap_or_default();
        let judged = judge(&evaluation, &unseen, &calibration, gold)?;
        output.add(&AnswerFigures::new(&set.name, &judged));
    }
    Ok(())
}

/// Measures judged queries over the content folder.
pub(super) fn judged(dir: &Path, vectors: &Vectors, config: &Config, json: bool) -> anyhow::Result<()> {
    let sets = read_judgments(dir)?;
    let corpus = Loader::new(config.content_settings()).load()?.corpus;
    let evaluation = Evaluation::new(&corpus, config, vectors)?;
    let calibration = Calibration::read(&config.content.dir)?;
    let mut output = Output { json, printed: false };
    let mut all = Vec::new();
    for set in &sets {
        let questions: Vec<&Question> = set.questions.iter().collect();
        let judged = judge(&evaluation, &questions, &calibration, |_| &[])?;
        output.add(&AnswerFigures::new(&set.name, &judged));
        all.extend(judged);
    }
    output.add(&AnswerFigures::new("all", &all));
    Ok(())
}

/// Learns from the answers to `questions`.
fn learned(evaluation: &Evaluation, questions: &[&Question]) -> anyhow::Result<Calibration> {
    let default = Calibration::default();
    let vector_of = |text: &str| evaluation.vectors.of_question(text);
    let (asker, answerer) = (evaluation.asker(&vector_of), evaluation.answerer(&default));
    let samples = questions.iter().map(|question| asker.sample(question, &answerer, 0.0));
    let samples: Vec<Sample> = samples.collect::<tantivy::Result<_>>()?;
    let fitted = Fitted::new(&samples, evaluation.model().map(str::to_owned));
    Ok(match evaluation.model() {
        Some(_) => Calibration::new(default.words, Some(fitted)),
        None => Calibration::new(fitted, None),
    })
}

fn judge<'g>(
    evaluation: &Evaluation,
    questions: &[&Question],
    calibration: &Calibration,
    gold: impl Fn(&Question) -> &'g [String],
) -> anyhow::Result<Vec<Judged>> {
    let vector_of = |text: &str| evaluation.vectors.of_question(text);
    let (asker, answerer) = (evaluation.asker(&vector_of), evaluation.answerer(calibration));
    let bar = progress::bar("Answering", "questions");
    let mut judged = Vec::with_capacity(questions.len());
    for question in questions {
        judged.push(asker.judge(question, &answerer, gold(question))?);
        progress::advance(&bar, judged.len(), questions.len());
    }
    bar.finish_and_clear();
    Ok(judged)
}

/// Prints figures.
struct Output {
    json: bool,
    printed: bool,
}

impl Output {
    fn add(&mut self, figures: &AnswerFigures) {
        if self.json {
            println!("{}", serde_json::to_string(figures).expect("figures are numbers"));
            return;
        }
        if !self.printed {
            println!(
                "{:<18}{:>8}{:>6}{:>9}{:>10}{:>8}{:>6}{:>8}{:>8}{:>8}{:>8}{:>8}",
                "set",
                "queries",
                "oos",
                "answered",
                "precision",
                "open",
                "gold",
                "length",
                "AUROC",
                "at .90",
                "at .95",
                "ECE"
            );
        }
        self.printed = true;
        let optional = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
        println!(
            "{:<18}{:>8}{:>6}{:>9.3}{:>10.3}{:>8}{:>6}{:>8}{:>8}{:>8.3}{:>8.3}{:>8.3}",
            figures.set,
            figures.questions,
            figures.out_of_scope,
            figures.answered,
            figures.precision,
            optional(figures.left_open),
            optional(figures.quote_has_gold),
            figures.quote_len_p50,
            optional(figures.auroc),
            figures.coverage_at_90,
            figures.coverage_at_95,
            figures.ece
        );
    }
}
