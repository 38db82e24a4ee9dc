//! Judged tickets: whether each of their problems is recognized and solved.
//!
//! A file has lines such as `{"id": "t1", "locale": "en", "subject": "…", "body": "…",
//! "problems": [{"articles": ["shipping/track-parcel"], "evidence": ["…"]}]}`: for each
//! problem the articles that solve it, and what they say to it, as it stands in their files.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ReadError;
use super::beir::lines;
use crate::content::{Article, Corpus};
use crate::index::AgentIndex;
use crate::locale::Locale;
use crate::suggest::{Suggestion, Suggestions};
use crate::ticket::Ticket;

/// A ticket and what solves it.
#[derive(Clone, Debug, Deserialize)]
pub struct JudgedTicket {
    /// Its name in the file.
    pub id: String,
    /// The customer's locale.
    pub locale: Locale,
    /// The subject line.
    pub subject: String,
    /// The message.
    pub body: String,
    /// Its problems, in the order of the text.
    pub problems: Vec<JudgedProblem>,
}

/// One problem of a ticket.
#[derive(Clone, Debug, Deserialize)]
pub struct JudgedProblem {
    /// Ids of the articles that solve it.
    pub articles: Vec<String>,
    /// What they say to it.
    pub evidence: Vec<String>,
}

/// Groups in which a problem is looked for: agents read no further.
const FIRST_GROUPS: usize = 3;

/// Suggestions of a group in which an article is looked for.
const FIRST: usize = 3;

/// What became of one problem.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ProblemVerdict {
    /// At which rank of a group the first right article is, counted from one.
    pub rank: Option<usize>,
    /// Whether that one's evidence is from a passage that solves it.
    pub has_evidence: bool,
}

/// What the suggestions for tickets are like.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TicketFigures {
    /// Name of the set.
    pub set: String,
    /// Number of tickets.
    pub tickets: usize,
    /// Number of their problems.
    pub problems: usize,
    /// The part of the problems whose first suggestion is right.
    pub first: f64,
    /// The part with a right one among the first three.
    pub first_three: f64,
    /// The part of the tickets with several problems of which all are in the first three
    /// groups.
    pub all_covered: f64,
    /// The part of the problems with a right article whose evidence is from the right passage.
    pub evidence: f64,
    /// Groups for each ticket, on the mean.
    pub groups: f64,
}

impl JudgedTicket {
    /// Reads a file of judged tickets.
    pub fn read(path: &Path) -> Result<Vec<Self>, ReadError> {
        lines(path, "judged ticket")
    }

    /// Returns the ticket as it came.
    pub fn ticket(&self) -> Ticket {
        Ticket { subject: self.subject.clone(), body: self.body.clone() }
    }

    /// Looks for each problem among the suggestions.
    pub fn judge(
        &self,
        suggestions: &Suggestions,
        index: &AgentIndex,
        corpus: &Corpus,
    ) -> Vec<ProblemVerdict> {
        self.problems.iter().map(|problem| problem.judge(suggestions, index, corpus)).collect()
    }
}

impl JudgedProblem {
    fn judge(&self, suggestions: &Suggestions, index: &AgentIndex, corpus: &Corpus) -> ProblemVerdict {
        let groups = suggestions.problems.iter().take(FIRST_GROUPS);
        let right = |suggestion: &Suggestion| {
            let id = index.card(suggestion.quotation.article).id.as_str();
            self.articles.iter().any(|article| article == id)
        };
        let found = groups.filter_map(|group| {
            let place = group.suggestions.iter().take(FIRST).position(right)?;
            Some((place, &group.suggestions[place]))
        });
        match found.min_by_key(|(place, _)| *place) {
            Some((place, suggestion)) => {
                ProblemVerdict { rank: Some(place + 1), has_evidence: self.proves(suggestion, index, corpus) }
            }
            None => ProblemVerdict::default(),
        }
    }

    /// Returns whether a suggestion quotes from a passage that has the evidence.
    fn proves(&self, suggestion: &Suggestion, index: &AgentIndex, corpus: &Corpus) -> bool {
        let card = index.card(suggestion.quotation.article);
        let is_it = |article: &&Article| article.id == card.id && article.locale == card.locale;
        let Some(article) = corpus.articles.iter().find(is_it) else { return false };
        let quoted = suggestion.quotation.quote.bytes.start;
        let passages = article.passages();
        let Some(passage) = passages.iter().find(|passage| passage.source.contains(&quoted)) else {
            return false;
        };
        let in_passage = |evidence: &String| {
            article.source.match_indices(evidence.as_str()).any(|(at, _)| passage.source.contains(&at))
        };
        self.evidence.iter().any(in_passage)
    }
}

impl TicketFigures {
    /// Sums up the verdicts on the problems of each ticket; `groups` is how many each has.
    pub fn new(set: &str, tickets: &[Vec<ProblemVerdict>], groups: usize) -> Self {
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        let problems = || tickets.iter().flatten();
        let count = |is_counted: fn(&ProblemVerdict) -> bool| {
            problems().filter(|verdict| is_counted(verdict)).count()
        };
        let several = || tickets.iter().filter(|problems| problems.len() > 1);
        let covered =
            several().filter(|problems| problems.iter().all(|verdict| verdict.rank.is_some())).count();
        let found = count(|verdict| verdict.rank.is_some());
        Self {
            set: set.to_owned(),
            tickets: tickets.len(),
            problems: problems().count(),
            first: share(count(|verdict| verdict.rank == Some(1)), problems().count()),
            first_three: share(found, problems().count()),
            all_covered: share(covered, several().count()),
            evidence: share(count(|verdict| verdict.has_evidence), found),
            groups: share(groups, tickets.len()),
        }
    }
}
