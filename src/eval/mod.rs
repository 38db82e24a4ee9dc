//! Offline search quality: questions with known answers, asked through the
//! ordinary search path.
//!
//! `beir` reads public sets, `judgments` reads our own judged queries over the
//! sample content; both give a [`Set`], and [`evaluate`] measures it. Ties take
//! the worst rank, so that a lucky order of equal scores earns nothing. Two ways
//! of ranking are held against each other by [`Comparison`]. The questions that
//! articles carry themselves are asked by [`ask_own_questions`]. Whether the questions are
//! answered, and rightly, is measured by [`AnswerFigures`].
//!
//! Not here: what is searched (`index`) and how (`search`).

mod answers;
mod beir;
mod comparison;
mod held_out;
mod judgments;
mod metrics;
mod own_questions;
mod reliability;
mod tickets;

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Instant;

use crate::content::ArticleId;
use crate::index::Index;
use crate::locale::Locale;
use crate::search::{Request, Searcher};
use crate::semantic::Vector;
pub use answers::{AnswerFigures, Asker, Judged, is_for_calibration};
pub use beir::Beir;
pub use comparison::Comparison;
pub use held_out::{Fold, folds};
pub use judgments::{judged_files, read_judgments};
pub use metrics::{Figures, RankedArticle};
pub use own_questions::{Failure, ask_own_questions};
pub use reliability::{Bin, bins, calibration_error};
pub use tickets::{JudgedProblem, JudgedTicket, ProblemVerdict, TicketFigures};

/// Why a set could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file is missing or unreadable.
    #[error("cannot read {path}; a BEIR folder has corpus.jsonl, queries.jsonl and qrels/test.tsv")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}, line {line}: {problem}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from one.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
}

/// Questions with known answers.
#[derive(Debug, Default)]
pub struct Set {
    /// As reported.
    pub name: String,
    /// In the order of their file.
    pub questions: Vec<Question>,
}

/// One question and the articles that answer it.
#[derive(Clone, Debug)]
pub struct Question {
    /// As in its file.
    pub id: String,
    /// As asked.
    pub text: String,
    /// The asker's locale.
    pub locale: Locale,
    /// Graded relevance: above zero for those that answer it, zero for those that are known
    /// not to; others are not judged, or not relevant where everything was.
    pub relevant: HashMap<ArticleId, u32>,
}

impl Question {
    /// Returns whether any article answers it.
    pub fn is_answerable(&self) -> bool {
        self.relevant.values().any(|grade| *grade > 0)
    }

    /// Returns whether an article answers it; nothing if that is not judged.
    pub fn is_answered_by(&self, article: &ArticleId) -> Option<bool> {
        self.relevant.get(article).map(|grade| *grade > 0)
    }
}

/// The articles found for one question, best first.
#[derive(Debug)]
pub struct Run {
    /// Id of the question.
    pub question: String,
    /// At most [`DEPTH`].
    pub ranking: Vec<RankedArticle>,
}

/// Results asked for: enough to see ties at rank ten.
const DEPTH: usize = 20;

/// Asks every question of `set` and measures the answers; the time to make their vectors
/// is not counted.
pub fn evaluate(
    set: &Set,
    index: &Index,
    searcher: &Searcher,
    vector_of: &dyn Fn(&str) -> Option<Vector>,
) -> tantivy::Result<(Figures, Vec<Run>)> {
    let mut runs = Vec::with_capacity(set.questions.len());
    let mut milliseconds = Vec::with_capacity(set.questions.len());
    for question in &set.questions {
        let vector = vector_of(&question.text);
        let start = Instant::now();
        let ranking = ask(searcher, index, question, vector)?;
        milliseconds.push(start.elapsed().as_secs_f64() * 1e3);
        runs.push(Run { question: question.id.clone(), ranking });
    }
    Ok((Figures::new(set, &runs, milliseconds), runs))
}

fn request(question: &Question, vector: Option<Vector>, limit: usize) -> Request {
    Request::first(limit, question.text.clone(), vector, question.locale.clone())
}

fn ask(
    searcher: &Searcher,
    index: &Index,
    question: &Question,
    vector: Option<Vector>,
) -> tantivy::Result<Vec<RankedArticle>> {
    let hits = searcher.search(&request(question, vector, DEPTH))?.hits;
    let ranked = hits.into_iter().map(|hit| RankedArticle {
        id: index.card(hit.article).id.clone(),
        tier: hit.tier,
        score: hit.score,
    });
    Ok(ranked.collect())
}
