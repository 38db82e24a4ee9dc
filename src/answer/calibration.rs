//! What a help center's own questions teach about its answers: how sure each is, and
//! how sure is sure enough.
//!
//! A calibration is a small file, `answers.toml` in the content folder, that people can
//! read and review. It holds what was found with meaning and by words alone, because the
//! same server answers by words while vectors are made. Without the file the one that is
//! built in decides; it is that of the sample help center.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::confidence::{Signs, Weights};
use super::four_digits;

/// The file in the content folder.
pub const FILE: &str = "answers.toml";

/// How sure answers are, and how sure is sure enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// By words alone.
    pub words: Fitted,
    /// With meaning.
    pub meaning: Option<Fitted>,
    /// Whether it is the one that is built in.
    #[serde(skip)]
    is_default: bool,
}

/// What was found for one way of searching.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fitted {
    /// The model of the vectors; nothing by words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Questions that an article answers, and questions that none does.
    pub answerable: usize,
    /// See above.
    pub out_of_scope: usize,
    /// What each sign counts for.
    pub weights: Weights,
    /// For a precision, the confidence from which on answers were so often right.
    pub thresholds: Vec<Threshold>,
}

/// How sure is sure enough.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The part of the answers that is right.
    pub precision: f64,
    /// Answers with at least this confidence are given.
    pub confidence: f64,
    /// The part of the answerable questions that is answered then.
    pub coverage: f64,
}

/// An answer that was judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// What spoke for it; nothing where there was no candidate.
    pub signs: Option<Signs>,
    /// The probability that it was right: 0 or 1 where that is known.
    pub right: f64,
    /// Whether any article answers the question.
    pub is_answerable: bool,
    /// What it counts for beside others.
    pub counts: f64,
}

/// A judged answer with its confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Graded {
    /// The probability that it is right.
    pub confidence: f64,
    /// The probability that it is: 0 or 1 where that is known.
    pub right: f64,
    /// Whether any article answers the question.
    pub is_answerable: bool,
    /// What it counts for beside others.
    pub counts: f64,
}

/// Why a calibration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// The file cannot be read or written.
    #[error("cannot read or write {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not what `zhida calibrate` writes.
    #[error("{path} is not a calibration: {problem}; run `zhida calibrate` to write it again, or delete it")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

/// The precisions for which thresholds are kept.
const PRECISIONS: [f64; 7] = [0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99];

static DEFAULT: LazyLock<Calibration> = LazyLock::new(|| {
    let text = include_str!("default.toml");
    let read: Calibration = toml::from_str(text).expect("the built-in calibration is one");
    Calibration { is_default: true, ..read }
});

impl Default for Calibration {
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl Calibration {
    /// Puts together what was found by words and with meaning.
    pub fn new(words: Fitted, meaning: Option<Fitted>) -> Self {
        Self { words, meaning, is_default: false }
    }

    /// Reads the calibration of a content folder; the one that is built in where there is
    /// none.
    pub fn read(content: &Path) -> Result<Self, CalibrationError> {
        let path = content.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text)
                .map_err(|error| CalibrationError::Wrong { path, problem: error.message().to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(CalibrationError::File { path, source }),
        }
    }

    /// Writes the calibration into a content folder, in one step.
    pub fn write(&self, content: &Path) -> Result<PathBuf, CalibrationError> {
        let path = content.join(FILE);
        let text = toml::to_string(self).expect("a calibration has plain values");
        let write = || {
            let mut file = tempfile::NamedTempFile::new_in(content)?;
            io::Write::write_all(&mut file, format!("{HEAD}\n{text}").as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        write().map_err(|source: io::Error| CalibrationError::File { path: path.clone(), source })?;
        Ok(path)
    }

    /// Returns what holds for a search by meaning with `model`, or by words; falls back
    /// to what is built in where it was not calibrated for that.
    pub fn of(&self, model: Option<&str>) -> (&Fitted, bool) {
        let own = match model {
            None => Some(&self.words),
            Some(model) => self.meaning.as_ref().filter(|fitted| {
                self.is_default || fitted.model.as_deref().is_none_or(|known| known == model)
            }),
        };
        let built_in = || DEFAULT.meaning.as_ref().filter(|_| model.is_some()).unwrap_or(&DEFAULT.words);
        match own {
            Some(own) => (own, self.is_default),
            None => (built_in(), true),
        }
    }
}

/// What the file says of itself.
const HEAD: &str = "\
# How sure Zhida is of its answers. Written by `zhida calibrate`; commit it with the articles.
#
# `weights` say what counts for an answer; `thresholds` from which confidence on answers
# were right so often (`precision`), and how many of the answerable questions are answered
# then (`coverage`). Which precision is wanted is a setting: `[answers] precision`.
";

impl Fitted {
    /// Learns from judged answers.
    pub fn new(samples: &[Sample], model: Option<String>) -> Self {
        let rows: Vec<(Signs, f64, f64)> =
            samples.iter().filter_map(|sample| Some((sample.signs?, sample.right, sample.counts))).collect();
        // Four digits: people read the file.
        let weights = Weights::fit(&rows).rounded(1e4);
        let graded = grade(&weights, samples);
        let threshold = |precision: &f64| Threshold::find(*precision, &graded).rounded();
        Self {
            model,
            answerable: samples.iter().filter(|sample| sample.is_answerable).count(),
            out_of_scope: samples.iter().filter(|sample| !sample.is_answerable).count(),
            thresholds: PRECISIONS.iter().map(threshold).collect(),
            weights,
        }
    }

    /// Returns the confidence from which on at least this part of the answers is right.
    pub fn threshold(&self, precision: f64) -> f64 {
        let enough = self.thresholds.iter().find(|threshold| threshold.precision >= precision - 1e-9);
        enough.or(self.thresholds.last()).map_or(1.0, |threshold| threshold.confidence)
    }

    /// Returns the confidence in each answer; zero where there was no candidate.
    pub fn grade(&self, samples: &[Sample]) -> Vec<Graded> {
        grade(&self.weights, samples)
    }
}

fn grade(weights: &Weights, samples: &[Sample]) -> Vec<Graded> {
    let graded = samples.iter().map(|sample| Graded {
        confidence: sample.signs.map_or(0.0, |signs| weights.probability(&signs)),
        right: sample.right,
        is_answerable: sample.is_answerable,
        counts: sample.counts,
    });
    graded.collect()
}

impl Threshold {
    /// Finds the lowest confidence from which on at least this part of the answers is
    /// right; one that nothing reaches if there is none.
    pub fn find(precision: f64, graded: &[Graded]) -> Self {
        let mut sorted: Vec<&Graded> = graded.iter().filter(|graded| graded.confidence > 0.0).collect();
        sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        let sum = |answers: &[&Graded], part: fn(&Graded) -> f64| -> f64 {
            answers.iter().map(|graded| part(graded) * graded.counts).sum()
        };
        let one_if_answerable = |graded: &Graded| f64::from(u8::from(graded.is_answerable));
        let answerable = sum(&graded.iter().collect::<Vec<_>>(), one_if_answerable);
        let mut found = Self { precision, confidence: 1.0, coverage: 0.0 };
        let (mut right, mut given, mut covered) = (0.0, 0.0, 0.0);
        for equal in sorted.chunk_by(|a, b| a.confidence == b.confidence) {
            given += sum(equal, |_| 1.0);
            right += sum(equal, |graded| graded.right);
            covered += sum(equal, one_if_answerable);
            if right >= precision * given {
                found = Self {
                    confidence: equal[0].confidence,
                    coverage: covered / answerable.max(1.0),
                    ..found
                };
            }
        }
        found
    }

    /// Returns it with four digits, since people read it; confidence is rounded down, so
    /// that the answers that were counted are all given.
    fn rounded(self) -> Self {
        let confidence = (self.confidence * 1e4).floor() / 1e4;
        Self { confidence, coverage: four_digits(self.coverage), ..self }
    }
}
