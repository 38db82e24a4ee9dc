//! Which statements of a ticket belong to one problem.
//!
//! Every statement is looked up alone. Articles are taken as topics: the statements are
//! given those under which they are found best on the whole, where changing the topic costs
//! something, less at a new paragraph and less still where the customer says that something
//! else begins. That is the segmentation by hidden Markov models of Yamron et al. (1998), with
//! search scores for likelihoods. What follows each other under one article is a problem;
//! small talk is found equally badly under all and goes with what is around it.

use crate::ticket::{Break, Reading, Statement};

/// What a statement alone finds: articles by number of their id, each with by how much it is
/// better than the last one that was looked at.
pub(super) type Gains = Vec<(usize, f32)>;

/// Articles that are looked at for a statement.
pub(super) const TOPICS: usize = 40;

/// Statements that are looked up: each takes some ten milliseconds.
const MOST_PROBES: usize = 12;

/// What it costs to change the topic between two sentences, at a new paragraph, and where
/// something else begins: in scores, of which words and meaning give about one each.
const CHANGE: f32 = 0.5;
const CHANGE_AT_PARAGRAPH: f32 = 0.3;
const CHANGE_AT_TURN: f32 = 0.1;

/// Returns the places of the statements of each problem, in the order of the text; `gains`
/// has what each statement finds, nothing where it was not looked up. A subject line goes
/// with what follows it.
pub(super) fn grouped(ticket: &Reading, gains: &[Gains]) -> Vec<Vec<usize>> {
    let mut costs: Vec<f32> = ticket.statements.iter().map(|statement| cost(statement.begins)).collect();
    if let Some(after) = costs.get_mut(ticket.subject_statements).filter(|_| ticket.subject_statements > 0) {
        *after = f32::INFINITY;
    }
    let mut groups: Vec<(Option<usize>, Vec<usize>)> = Vec::new();
    for (place, topic) in topics(gains, &costs).into_iter().enumerate() {
        match groups.iter_mut().find(|(other, _)| *other == topic) {
            Some((_, places)) => places.push(place),
            None => groups.push((topic, vec![place])),
        }
    }
    groups.into_iter().map(|(_, places)| places).collect()
}

fn cost(begins: Break) -> f32 {
    match begins {
        Break::Sentence => CHANGE,
        Break::Paragraph => CHANGE_AT_PARAGRAPH,
        Break::Turn => CHANGE_AT_TURN,
    }
}

/// Returns which statements are looked up: those with most to say, if they are many.
pub(super) fn probed(statements: &[Statement]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    let asks = |place: &usize| {
        let Statement { text, begins } = &statements[*place];
        let is_question = text.contains(['?', '？', '吗', '嗎', '呢']);
        (*begins == Break::Turn || is_question, text.chars().count().min(60))
    };
    order.sort_by_key(|place| std::cmp::Reverse(asks(place)));
    let mut probed = vec![false; statements.len()];
    order.iter().take(MOST_PROBES).for_each(|place| probed[*place] = true);
    probed
}

/// Returns the topic of each statement: the sequence with the most gains less the costs of
/// changes (Viterbi); nothing where nothing was found at all.
fn topics(gains: &[Gains], costs: &[f32]) -> Vec<Option<usize>> {
    let mut articles: Vec<usize> = gains.iter().flatten().map(|(article, _)| *article).collect();
    articles.sort_unstable();
    articles.dedup();
    if articles.is_empty() {
        return vec![None; gains.len()];
    }
    let gain = |statement: usize, article: usize| {
        let found = gains[statement].iter().find(|(other, _)| *other == article);
        found.map_or(0.0, |(_, gain)| *gain)
    };
    let mut best: Vec<f32> = articles.iter().map(|article| gain(0, *article)).collect();
    let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(gains.len());
    for (statement, cost) in costs.iter().enumerate().skip(1) {
        let from = highest(&best);
        let changed = best[from] - cost;
        let origin = |place: usize| if best[place] >= changed { place } else { from };
        came_from.push((0..articles.len()).map(origin).collect());
        best = articles
            .iter()
            .zip(best)
            .map(|(article, stayed)| stayed.max(changed) + gain(statement, *article))
            .collect();
    }
    let mut at = highest(&best);
    let mut topics = vec![Some(articles[at])];
    for origins in came_from.iter().rev() {
        at = origins[at];
        topics.push(Some(articles[at]));
    }
    topics.reverse();
    topics
}

fn highest(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds the articles that are named by digits in the text, the first best.
    fn gains(text: &str) -> Gains {
        let articles = text.chars().filter_map(|c| c.to_digit(10));
        articles.zip([1.0, 0.8, 0.6, 0.4]).map(|(article, gain)| (article as usize, gain)).collect()
    }

    fn groups(said: &[(&str, Break)]) -> Vec<Vec<usize>> {
        let statement =
            |(text, begins): &(&str, Break)| Statement { text: (*text).to_owned(), begins: *begins };
        let statements: Vec<Statement> = said.iter().map(statement).collect();
        let gains: Vec<Gains> = said.iter().map(|(text, _)| gains(text)).collect();
        grouped(&Reading { statements, ..Reading::default() }, &gains)
    }

    #[test]
    fn statements_that_find_the_same_are_one_problem() {
        use Break::Sentence;
        let said = [
            ("I bought a lamp", Sentence),
            ("it broke 12", Sentence),
            ("I am angry", Sentence),
            ("can I return it 21", Sentence),
            ("and the duty 7", Sentence),
        ];
        assert_eq!(groups(&said), [vec![0, 1, 2, 3], vec![4]]);
    }

    #[test]
    fn who_turns_to_something_else_has_another_problem() {
        let said = |begins| [("it broke 12", Break::Sentence), ("the lamp too 21", begins)];
        assert_eq!(groups(&said(Break::Turn)).len(), 2);
        assert_eq!(groups(&said(Break::Sentence)).len(), 1);
        assert_eq!(groups(&[("what is love", Break::Sentence)]), [vec![0]]);
        assert!(groups(&[]).is_empty());
    }
}
