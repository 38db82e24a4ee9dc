//! Which statements of a ticket belong to one problem.
//!
//! A statement that finds something surely is *telling*; others are its circumstances and go
//! with the telling one before them (after them, at the start). Two telling statements in a
//! row are one problem if what one finds first is among the first of the other. Where the
//! customer says that something else begins, it does, unless it finds the same article.

use crate::ticket::Statement;

/// What a statement alone finds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    /// Articles by number of their id, best first.
    pub(super) articles: Vec<usize>,
    /// The probability that the first one helps.
    pub(super) confidence: f64,
}

/// Statements that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Group {
    statements: Vec<String>,
    /// Which of them are telling.
    telling: Vec<usize>,
    /// What the surest of them finds.
    finding: Option<Finding>,
}

/// Articles in which two statements are alike.
pub(super) const ALIKE: usize = 3;

/// Statements that are looked up: each takes some ten milliseconds.
const MOST_PROBES: usize = 12;

/// A statement that finds something with such confidence is telling.
const TELLING: f64 = 0.75;

/// Problems at most: people who write of more are helped one by one.
const MOST_PROBLEMS: usize = 4;

/// Puts statements together; `probe` returns what one finds.
pub(super) fn grouped(
    statements: &[Statement],
    probe: impl Fn(&str) -> tantivy::Result<Option<Finding>>,
) -> tantivy::Result<Vec<Group>> {
    let probed = probed(statements);
    let mut groups: Vec<Group> = Vec::new();
    let mut before = Vec::new();
    for (place, statement) in statements.iter().enumerate() {
        let finding = if probed[place] { probe(&statement.text)? } else { None };
        let telling = finding.filter(|finding| finding.confidence >= TELLING);
        match (telling, groups.last_mut()) {
            (None, Some(group)) if !statement.turns => group.statements.push(statement.text.clone()),
            (None, _) => before.push(statement.text.clone()),
            (Some(finding), Some(group)) if group.goes_on(&finding, statement.turns) && before.is_empty() => {
                group.add(statement, finding);
            }
            (Some(finding), _) => {
                let mut group = Group { statements: std::mem::take(&mut before), ..Group::default() };
                group.add(statement, finding);
                groups.push(group);
            }
        }
    }
    if !before.is_empty() {
        groups.push(Group { statements: before, ..Group::default() });
    }
    Ok(surest(merged(groups)))
}

/// Returns which statements are looked up: those with most to say, if they are many.
fn probed(statements: &[Statement]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    let asks = |place: &usize| {
        let Statement { text, turns } = &statements[*place];
        let is_question = text.contains(['?', '？', '吗', '嗎', '呢']);
        (*turns || is_question, text.chars().count().min(60))
    };
    order.sort_by_key(|place| std::cmp::Reverse(asks(place)));
    let mut probed = vec![false; statements.len()];
    order.iter().take(MOST_PROBES).for_each(|place| probed[*place] = true);
    probed
}

/// Puts groups together that find the same article.
fn merged(groups: Vec<Group>) -> Vec<Group> {
    let mut merged: Vec<Group> = Vec::new();
    for group in groups {
        match merged.iter_mut().find(|other| other.first().is_some() && other.first() == group.first()) {
            Some(other) => other.append(group),
            None => merged.push(group),
        }
    }
    merged
}

/// Leaves out the least sure groups if there are many; one without any finding stays only
/// if there is no other, or it begins something of its own.
fn surest(mut groups: Vec<Group>) -> Vec<Group> {
    while groups.len() > MOST_PROBLEMS {
        let confidence = |group: &Group| group.finding.as_ref().map_or(0.0, |finding| finding.confidence);
        let least =
            (0..groups.len()).min_by(|a, b| confidence(&groups[*a]).total_cmp(&confidence(&groups[*b])));
        groups.remove(least.expect("there are groups"));
    }
    groups
}

impl Group {
    fn first(&self) -> Option<usize> {
        self.finding.as_ref()?.articles.first().copied()
    }

    /// Returns whether a statement with this finding is about the same.
    fn goes_on(&self, next: &Finding, turns: bool) -> bool {
        let Some(finding) = &self.finding else { return !turns };
        let same = self.first() == next.articles.first().copied();
        let alike = next.articles.first().is_some_and(|first| finding.articles.contains(first))
            || self.first().is_some_and(|first| next.articles.contains(&first));
        same || (alike && !turns)
    }

    fn add(&mut self, statement: &Statement, finding: Finding) {
        self.telling.push(self.statements.len());
        self.statements.push(statement.text.clone());
        let known = self.finding.as_ref().map_or(0.0, |finding| finding.confidence);
        if finding.confidence > known {
            self.finding = Some(finding);
        }
    }

    fn append(&mut self, other: Group) {
        let shift = self.statements.len();
        self.telling.extend(other.telling.iter().map(|place| place + shift));
        self.statements.extend(other.statements);
    }

    /// Returns all that the customer says of it.
    pub(super) fn whole(&self) -> String {
        self.statements.join("\n")
    }

    /// Returns what to look for: the telling statements, then the others while there is room.
    pub(super) fn text(&self, most_chars: usize) -> String {
        let others = (0..self.statements.len()).filter(|place| !self.telling.contains(place));
        let mut chosen = Vec::new();
        let mut room = most_chars;
        for place in self.telling.iter().copied().chain(others) {
            let length = self.statements[place].chars().count();
            if length > room && !chosen.is_empty() {
                continue;
            }
            room = room.saturating_sub(length);
            chosen.push(place);
        }
        chosen.sort_unstable();
        let texts: Vec<&str> = chosen.into_iter().map(|place| self.statements[place].as_str()).collect();
        texts.join(" ").chars().take(most_chars.max(1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(text: &str, turns: bool) -> Statement {
        Statement { text: text.to_owned(), turns }
    }

    /// Finds the articles that are named by digits in the text.
    fn probe(text: &str) -> tantivy::Result<Option<Finding>> {
        let articles: Vec<usize> =
            text.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as usize).collect();
        Ok((!articles.is_empty()).then_some(Finding { articles, confidence: 0.9 }))
    }

    fn texts(statements: &[Statement]) -> Vec<String> {
        grouped(statements, probe).expect("no index is asked").iter().map(Group::whole).collect()
    }

    #[test]
    fn statements_that_find_the_same_are_one_problem() {
        let statements =
            ["I bought a lamp", "it broke 12", "I am angry", "can I return it 21", "and the duty 7"];
        let statements = statements.map(|text| statement(text, false));
        assert_eq!(
            texts(&statements),
            ["I bought a lamp\nit broke 12\nI am angry\ncan I return it 21", "and the duty 7"]
        );
    }

    #[test]
    fn who_turns_to_something_else_has_another_problem() {
        let statements = [statement("it broke 12", false), statement("also the lamp 21", true)];
        assert_eq!(texts(&statements).len(), 2);
        let statements = [statement("it broke 12", false), statement("also it smells 13", true)];
        assert_eq!(texts(&statements).len(), 1);
        let statements = [statement("it broke 12", false), statement("also, what is love", true)];
        assert_eq!(texts(&statements), ["it broke 12", "also, what is love"]);
    }
}
