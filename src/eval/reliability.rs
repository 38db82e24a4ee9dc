//! How often answers of each confidence are right.

use crate::answer::Graded;

/// Answers of about the same confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The lowest confidence in it; it is a tenth wide.
    pub from: f64,
    /// The mean confidence.
    pub confidence: f64,
    /// The part that was right.
    pub right: f64,
    /// The number of answers.
    pub count: usize,
    weight: f64,
}

/// Sums up answers by tenths of confidence; tenths without any are left out.
pub fn bins(answers: &[Graded]) -> Vec<Bin> {
    let bin = |place: usize| {
        let inside: Vec<&Graded> =
            answers.iter().filter(|graded| ((graded.confidence * 10.0) as usize).min(9) == place).collect();
        let weight: f64 = inside.iter().map(|graded| graded.counts).sum();
        let right: f64 = inside.iter().map(|graded| graded.right * graded.counts).sum();
        let confidence: f64 = inside.iter().map(|graded| graded.confidence * graded.counts).sum();
        let (from, count) = (place as f64 / 10.0, inside.len());
        let (confidence, right) = (confidence / weight, right / weight);
        (count > 0).then_some(Bin { from, confidence, right, count, weight })
    };
    (0..10).filter_map(bin).collect()
}

/// Returns the expected calibration error: the difference between confidence and how
/// often it is right, as a mean over ten intervals of equal width (Guo et al., *On
/// Calibration of Modern Neural Networks*, 2017).
pub fn calibration_error(answers: &[Graded]) -> f64 {
    let bins = bins(answers);
    let all: f64 = bins.iter().map(|bin| bin.weight).sum();
    bins.iter().map(|bin| bin.weight * (bin.confidence - bin.right).abs()).sum::<f64>() / all.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_weigh_what_they_hold() {
        let graded = |(confidence, right, counts)| Graded { confidence, right, is_answerable: true, counts };
        let answers = [(0.95, 1.0, 1.0), (0.91, 0.0, 3.0), (0.2, 0.0, 1.0)].map(graded);
        let bins = bins(&answers);
        assert_eq!(bins.len(), 2);
        assert_eq!((bins[1].from, bins[1].count), (0.9, 2));
        assert!((bins[1].right - 0.25).abs() < 1e-9);
        assert!((calibration_error(&answers) - (4.0 * 0.67 + 0.2) / 5.0).abs() < 1e-9);
    }
}
