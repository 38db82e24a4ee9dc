//! Whether one way of ranking is better than another, or chance says so.

use serde::Serialize;

use super::metrics::ndcg_by_question;
use super::{Run, Set};

/// The difference between two rankings of the same questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Mean nDCG@10 of the second less that of the first.
    pub difference: f64,
    /// Questions that the second answers better.
    pub better: usize,
    /// Questions that the second answers worse.
    pub worse: usize,
    /// How often chance alone gives at least this difference, of 0 to 1.
    pub p_value: f64,
}

/// Differences below this are rounding.
const EQUAL: f64 = 1e-9;

/// Times that chance is tried.
const TRIALS: u32 = 10_000;

impl Comparison {
    /// Compares nDCG@10 question by question.
    ///
    /// Paired randomization test: if both rankings were equally good, each
    /// question's difference could as well have the other sign (Smucker, Allan and
    /// Carterette 2007). The coins that are tossed are the same on every run.
    pub fn new(set: &Set, first: &[Run], second: &[Run]) -> Self {
        let pairs = ndcg_by_question(set, first).into_iter().zip(ndcg_by_question(set, second));
        let differences: Vec<f64> = pairs.map(|(first, second)| second - first).collect();
        let sum: f64 = differences.iter().sum();
        Self {
            difference: sum / (differences.len() as f64).max(1.0),
            better: differences.iter().filter(|difference| **difference > EQUAL).count(),
            worse: differences.iter().filter(|difference| **difference < -EQUAL).count(),
            p_value: p_value(&differences, sum),
        }
    }
}

fn p_value(differences: &[f64], sum: f64) -> f64 {
    let changed: Vec<f64> =
        differences.iter().copied().filter(|difference| difference.abs() > EQUAL).collect();
    let mut coin = fastrand::Rng::with_seed(20_070_601);
    let mut toss =
        || changed.iter().map(|difference| if coin.bool() { *difference } else { -difference }).sum::<f64>();
    let as_far = (0..TRIALS).filter(|_| toss().abs() >= sum.abs() - EQUAL).count();
    (as_far as f64 + 1.0) / f64::from(TRIALS + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_gain_is_no_chance_and_a_wavering_one_is() {
        let steady: Vec<f64> = vec![0.1; 30];
        assert!(p_value(&steady, 3.0) < 0.001);
        let wavering: Vec<f64> = (0..30).map(|at| if at % 2 == 0 { 0.5 } else { -0.49 }).collect();
        assert!(p_value(&wavering, wavering.iter().sum()) > 0.5);
        assert_eq!(p_value(&[0.0; 5], 0.0), 1.0);
    }
}
