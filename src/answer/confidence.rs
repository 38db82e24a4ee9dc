//! How sure an answer is: the probability that it is right.
//!
//! A handful of [`Signs`] is weighed by logistic regression, which gives a probability
//! and can be read: each sign has one weight. The weights come from calibration
//! (`calibration`), since what a cosine of 0.87 is worth depends on the help center.

use serde::{Deserialize, Serialize};

use crate::search::{MatchTier, Results, WeightedTerm};

/// What tells a right answer from a wrong one, each about 0 to 1.
///
/// Others were tried and dropped, since they taught nothing that these do not: what the
/// quotation has of the question, how much nearer or richer in words the article is than
/// the next one, how near all articles are on the whole. The length of the question
/// misleads: visitors ask at greater length than authors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// What the article has of the words of the question.
    pub words: f64,
    /// How much higher its score is than that of the next article.
    pub lead: f64,
    /// The part of what is asked about that no article has a word for: a country, another
    /// company. It tells near misses, which are like an article in all else.
    pub unheard: f64,
    /// What the meaning says; nothing where search went by words.
    pub meaning: Option<MeaningSigns>,
}

/// What the meaning of an article says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeaningSigns {
    /// The cosine of its nearest passage.
    pub passage: f64,
    /// The cosine of what is nearest of it, passage or question.
    pub nearest: f64,
    /// By how much a question is nearer that some article says it does not answer; not less
    /// than [`NOT_DENIED`].
    pub denied: f64,
}

/// A question so much further away than what answers says nothing.
const NOT_DENIED: f64 = -0.05;

impl Signs {
    /// Collects what speaks for the hit at `place`.
    pub(super) fn new(results: &Results, place: usize) -> Self {
        let hit = &results.hits[place];
        let others = results.hits.iter().enumerate().filter(|(at, _)| *at != place);
        let next = others.map(|(_, hit)| f64::from(hit.score)).reduce(f64::max);
        let score = f64::from(hit.score);
        let meaning = hit.evidence.meaning.map(|cosines| {
            let nearest = f64::from(cosines.passage.max(cosines.question));
            let denied = results.not_question.map_or(NOT_DENIED, |cosine| f64::from(cosine) - nearest);
            MeaningSigns { passage: f64::from(cosines.passage), nearest, denied: denied.max(NOT_DENIED) }
        });
        // By meaning the only article is as near to anything: that it is first says nothing.
        let alone = if meaning.is_some() { score } else { 0.0 };
        // By words alone a score has no scale of its own.
        let scale = if meaning.is_some() { 1.0 } else { score.max(f64::MIN_POSITIVE) };
        Self {
            words: f64::from(hit.evidence.words),
            lead: (score - next.unwrap_or(alone)) / scale,
            unheard: unheard(&results.terms),
            meaning,
        }
    }

    /// Returns the signs that are weighed, in the order of [`Weights::signs`].
    fn weighed(&self) -> Vec<f64> {
        let mut signs = vec![self.words, self.lead, self.unheard];
        if let Some(MeaningSigns { passage, nearest, denied }) = self.meaning {
            signs.extend([passage, nearest, denied]);
        }
        signs
    }
}

/// Returns the part of the subject of a query that occurs in no passage, by weight.
fn unheard(terms: &[WeightedTerm]) -> f64 {
    let weight = |terms: &mut dyn Iterator<Item = &WeightedTerm>| -> f64 {
        terms.map(|term| f64::from(term.weight)).sum()
    };
    let subject = || terms.iter().filter(|term| term.is_subject);
    let all = weight(&mut subject());
    if all > 0.0 { weight(&mut subject().filter(|term| term.having == 0)) / all } else { 0.0 }
}

/// What each sign counts for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    bias: f64,
    words: f64,
    lead: f64,
    unheard: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passage: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nearest: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    denied: Option<f64>,
}

/// What a question that is one of the article's own, or its title, is given: it may be
/// the title of two articles.
const EXACT: f64 = 0.99;

impl Weights {
    /// Returns the probability that an answer with these signs is right.
    pub fn probability(&self, signs: &Signs) -> f64 {
        let sum: f64 = self.signs().iter().zip(signs.weighed()).map(|(weight, sign)| weight * sign).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }

    /// Returns the probability that the answer of a hit is right.
    pub(super) fn confidence(&self, signs: &Signs, tier: Option<MatchTier>) -> f64 {
        let probability = self.probability(signs);
        if tier == Some(MatchTier::Exact) { probability.max(EXACT) } else { probability }
    }

    fn signs(&self) -> Vec<f64> {
        let words = [self.words, self.lead, self.unheard];
        words.into_iter().chain([self.passage, self.nearest, self.denied].into_iter().flatten()).collect()
    }

    /// Returns the weights rounded to a part of one.
    pub(super) fn rounded(&self, parts: f64) -> Self {
        let round = |value: f64| (value * parts).round() / parts;
        let signs: Vec<f64> = self.signs().into_iter().map(round).collect();
        Self::from_signs(round(self.bias), &signs)
    }

    fn from_signs(bias: f64, signs: &[f64]) -> Self {
        let at = |place: usize| signs[place];
        Self {
            bias,
            words: at(0),
            lead: at(1),
            unheard: at(2),
            passage: signs.get(3).copied(),
            nearest: signs.get(4).copied(),
            denied: signs.get(5).copied(),
        }
    }

    /// Finds the weights under which `samples` are most likely: signs, the probability that
    /// the answer was right, and how much that counts. All samples have the same kinds of signs.
    ///
    /// Newton's method on the regularized likelihood, which has one maximum (Bishop,
    /// *Pattern Recognition and Machine Learning*, 4.3.3). Signs are brought to the same
    /// scale first, so that the penalty treats them alike.
    pub fn fit(samples: &[(Signs, f64, f64)]) -> Self {
        let rows: Vec<Vec<f64>> = samples.iter().map(|(signs, ..)| signs.weighed()).collect();
        let Some(width) = rows.first().map(Vec::len) else { return Self::default() };
        let scales: Vec<(f64, f64)> =
            (0..width).map(|sign| scale(rows.iter().map(|row| row[sign]))).collect();
        let scaled = rows.iter().map(|row| {
            let signs = row.iter().zip(&scales).map(|(sign, (mean, deviation))| (sign - mean) / deviation);
            std::iter::once(1.0).chain(signs).collect::<Vec<f64>>()
        });
        let scaled: Vec<Vec<f64>> = scaled.collect();
        let mut weights = vec![0.0; width + 1];
        for _ in 0..NEWTON_STEPS {
            let step = newton_step(&scaled, samples, &weights);
            weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
            if step.iter().all(|step| step.abs() < 1e-9) {
                break;
            }
        }
        let signs: Vec<f64> =
            weights[1..].iter().zip(&scales).map(|(weight, (_, deviation))| weight / deviation).collect();
        let shift: f64 = signs.iter().zip(&scales).map(|(weight, (mean, _))| weight * mean).sum();
        Self::from_signs(weights[0] - shift, &signs)
    }
}

/// Newton's method needs some six steps.
const NEWTON_STEPS: usize = 40;

/// The penalty on weights, in samples: it keeps them finite where signs tell all.
const PENALTY: f64 = 3.0;

/// Returns mean and deviation of a sign.
fn scale(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let variance = values.map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt().max(1e-6))
}

fn newton_step(rows: &[Vec<f64>], samples: &[(Signs, f64, f64)], weights: &[f64]) -> Vec<f64> {
    let width = weights.len();
    let mut gradient = vec![0.0; width];
    let mut curvature = vec![vec![0.0; width]; width];
    for (row, (_, right, counts)) in rows.iter().zip(samples) {
        let sum: f64 = row.iter().zip(weights).map(|(sign, weight)| sign * weight).sum();
        let probability = 1.0 / (1.0 + (-sum).exp());
        let error = counts * (right - probability);
        let spread = counts * (probability * (1.0 - probability)).max(1e-9);
        for (i, sign) in row.iter().enumerate() {
            gradient[i] += error * sign;
            for (j, other) in row.iter().enumerate() {
                curvature[i][j] += spread * sign * other;
            }
        }
    }
    for i in 1..width {
        gradient[i] -= PENALTY * weights[i];
        curvature[i][i] += PENALTY;
    }
    solve(curvature, gradient)
}

/// Solves a positive definite system of a few equations by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let (above, below) = matrix.split_at_mut(row);
            below[0].iter_mut().zip(&above[pivot]).for_each(|(value, above)| *value -= factor * above);
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(words: f64) -> Signs {
        Signs { words, ..Signs::default() }
    }

    #[test]
    fn a_fit_gives_back_the_frequencies_it_was_made_of() {
        // Of answers with few words a quarter is right, of others three quarters.
        let samples: Vec<_> = (0..400)
            .map(|at| {
                (
                    signs(if at < 200 { 0.2 } else { 0.8 }),
                    f64::from(u8::from(if at < 200 { at % 4 == 0 } else { at % 4 > 0 })),
                    1.0,
                )
            })
            .collect();
        let weights = Weights::fit(&samples);
        assert!((weights.probability(&signs(0.2)) - 0.25).abs() < 0.02);
        assert!((weights.probability(&signs(0.8)) - 0.75).abs() < 0.02);
    }

    #[test]
    fn what_tells_all_stays_finite() {
        let samples: Vec<_> = (0..100).map(|at| (signs(f64::from(at % 2)), f64::from(at % 2), 1.0)).collect();
        let weights = Weights::fit(&samples);
        assert!(weights.probability(&signs(1.0)) < 1.0);
        assert!(weights.probability(&signs(1.0)) > 0.9);
    }
}
