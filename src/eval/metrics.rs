//! nDCG, MRR, recall and the rest, from rankings and graded relevance.

use std::collections::HashMap;

use serde::Serialize;

use super::{Run, Set};
use crate::content::ArticleId;
use crate::search::MatchTier;

/// One line of a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedArticle {
    /// The article.
    pub id: ArticleId,
    /// How it matches.
    pub tier: Option<MatchTier>,
    /// Its score.
    pub score: f32,
}

/// The quality and speed of one set, as means over its questions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Name of the set.
    pub set: String,
    /// Number of questions.
    pub queries: usize,
    /// Graded ranking quality among the first ten (linear gain, as trec_eval).
    #[serde(rename = "ndcg@10")]
    pub ndcg: f64,
    /// 1 ÷ rank of the first relevant article, zero beyond ten.
    #[serde(rename = "mrr@10")]
    pub mrr: f64,
    /// Share of the relevant articles among the first ten.
    #[serde(rename = "recall@10")]
    pub recall: f64,
    /// Share of questions with a relevant article first.
    #[serde(rename = "hit@1")]
    pub hit_at_1: f64,
    /// Number of questions that find nothing.
    pub zero_hits: usize,
    /// Median time of one search.
    pub p50_ms: f64,
    /// Time that 99 % of the searches stay under.
    pub p99_ms: f64,
}

/// Ranks that count.
const CUT: usize = 10;

impl Figures {
    pub(super) fn new(set: &Set, runs: &[Run], mut milliseconds: Vec<f64>) -> Self {
        let count = set.questions.len();
        let mean = |of: fn(&[u32], &HashMap<ArticleId, u32>) -> f64| {
            of_questions(set, runs, of).sum::<f64>() / (count as f64).max(1.0)
        };
        milliseconds.sort_by(f64::total_cmp);
        Self {
            set: set.name.clone(),
            queries: count,
            ndcg: mean(ndcg),
            mrr: mean(reciprocal_rank),
            recall: mean(recall),
            hit_at_1: mean(|grades, _| f64::from(grades.first().is_some_and(|grade| *grade > 0))),
            zero_hits: runs.iter().filter(|run| run.ranking.is_empty()).count(),
            p50_ms: quantile(&milliseconds, 0.5),
            p99_ms: quantile(&milliseconds, 0.99),
        }
    }
}

/// Returns nDCG@10 of every question.
pub(super) fn ndcg_by_question(set: &Set, runs: &[Run]) -> Vec<f64> {
    of_questions(set, runs, ndcg).collect()
}

fn of_questions<'a>(
    set: &'a Set,
    runs: &'a [Run],
    of: fn(&[u32], &HashMap<ArticleId, u32>) -> f64,
) -> impl Iterator<Item = f64> + 'a {
    let questions = set.questions.iter().zip(runs);
    questions.map(move |(question, run)| of(&grades(&run.ranking, &question.relevant), &question.relevant))
}

/// Returns the grades of the first ten; among equal ranks the worst come first.
fn grades(ranking: &[RankedArticle], relevant: &HashMap<ArticleId, u32>) -> Vec<u32> {
    let tied = |a: &RankedArticle, b: &RankedArticle| {
        let exact = |article: &RankedArticle| article.tier == Some(MatchTier::Exact);
        exact(a) == exact(b) && a.score == b.score
    };
    let mut grades = Vec::with_capacity(ranking.len());
    for group in ranking.chunk_by(tied) {
        let start = grades.len();
        grades.extend(group.iter().map(|article| relevant.get(&article.id).copied().unwrap_or(0)));
        grades[start..].sort_unstable();
    }
    grades.truncate(CUT);
    grades
}

fn ndcg(grades: &[u32], relevant: &HashMap<ArticleId, u32>) -> f64 {
    let mut ideal: Vec<u32> = relevant.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    ideal.truncate(CUT);
    let best = discounted(&ideal);
    if best == 0.0 { 0.0 } else { discounted(grades) / best }
}

fn discounted(grades: &[u32]) -> f64 {
    grades.iter().zip(2..).map(|(grade, rank)| f64::from(*grade) / f64::from(rank).log2()).sum()
}

fn reciprocal_rank(grades: &[u32], _: &HashMap<ArticleId, u32>) -> f64 {
    grades.iter().position(|grade| *grade > 0).map_or(0.0, |at| 1.0 / (at + 1) as f64)
}

fn recall(grades: &[u32], relevant: &HashMap<ArticleId, u32>) -> f64 {
    let found = grades.iter().filter(|grade| **grade > 0).count();
    found as f64 / (relevant.len() as f64).max(1.0)
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).ceil() as usize).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str) -> ArticleId {
        ArticleId::new(id).expect("an id")
    }

    fn ranking(lines: &[(&str, f32)]) -> Vec<RankedArticle> {
        let line = |(id, score): &(&str, f32)| RankedArticle { id: article(id), tier: None, score: *score };
        lines.iter().map(line).collect()
    }

    #[test]
    fn ties_take_the_worst_rank() {
        let relevant = HashMap::from([(article("right"), 1)]);
        let tied = grades(&ranking(&[("right", 1.0), ("a", 1.0), ("b", 1.0)]), &relevant);
        assert_eq!(tied, [0, 0, 1]);
        assert_eq!(reciprocal_rank(&tied, &relevant), 1.0 / 3.0);
    }

    #[test]
    fn graded_relevance_rewards_the_best_order() {
        let relevant = HashMap::from([(article("best"), 3), (article("good"), 1)]);
        let quality = |lines: &[(&str, f32)]| ndcg(&grades(&ranking(lines), &relevant), &relevant);
        assert_eq!(quality(&[("best", 2.0), ("good", 1.0)]), 1.0);
        assert!(quality(&[("good", 2.0), ("best", 1.0)]) < 0.9);
        assert_eq!(quality(&[]), 0.0);
    }
}
