//! What to quote of a passage, so that it answers a question.
//!
//! A passage is taken as *units*: sentences, whole numbered lists, table rows. The unit
//! with the most of the question is where the answer most likely stands, counting only
//! what tells units apart: a term that every unit has says nothing, and what title and
//! headings say already says little. Its neighbours are added while they bring more of
//! the question, or while much of it is still open, since an answer often follows the
//! sentence that takes the question up. `docs/benchmarks.md` has what that finds.
//!
//! Where next to nothing of the question is in the passage (it is in another language, or
//! asks in other words), the passage is quoted from its start.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analyzer, is_unspaced};
use crate::content::{Piece, PieceKind, Quotable};
use crate::index::{StoredPassage, View};
use crate::locale::Locale;
use crate::search::WeightedTerm;

/// The longest quotation that is no list: lengths are in Han characters.
const LONGEST: f32 = 300.0;

/// A word of a script with spaces is as long as so many Han characters: 120 words are as
/// much to read as 300 of these.
const WORD: f32 = 2.5;

/// A typical sentence.
const SENTENCE: f32 = 60.0;

/// A list so short is one unit, numbered or not.
const SHORT_LIST: f32 = 150.0;

/// What is quoted where no words tell what answers.
const LEAD: f32 = 120.0;

/// A unit with less of the question does not tell what answers it: the start of the passage
/// has the answer more often.
const LEAST_TELLING: f32 = 0.05;

/// What a term counts for if the title or the headings have it: it names the subject.
const SUBJECT: f32 = 0.1;

/// A neighbour is added if it is worth this part of the best unit.
const LEAST_GAIN: f32 = 0.27;

/// What a neighbour is worth for what it has of the question, and for what of that is new.
const OWN: f32 = 0.5;
const NEW: f32 = 2.0;

/// What the next sentence is worth whatever it says, and how much of that goes as what the
/// passage has of the question is quoted.
const NEXT: f32 = 0.6;
const COVERED: f32 = 0.75;

/// How much less a long neighbour is worth, and what counts as short.
const LENGTH: f32 = 0.4;
const SHORT: f32 = 0.95;

/// A passage to quote from, and where it stands.
pub(super) struct Ground<'a> {
    pub(super) title: &'a str,
    pub(super) locale: &'a Locale,
    pub(super) passage: &'a StoredPassage,
    pub(super) quotable: &'a Quotable,
    /// Whether all of it answers the question: then it is quoted whole if it is short.
    pub(super) is_answer: bool,
}

/// Chooses what to quote for a question with these terms: positions of pieces in a row;
/// nothing if there is no text.
pub(super) fn choose(ground: &Ground, terms: &[WeightedTerm], analyzer: &Analyzer) -> Option<Range<usize>> {
    let units = units(&ground.quotable.pieces, &ground.passage.text);
    if units.is_empty() {
        return None;
    }
    let weights = Weighing::new(ground, &units, terms, analyzer);
    let chosen = match weights.best() {
        _ if ground.is_answer && total(&units) <= LONGEST => 0..units.len(),
        Some(best) => grown(best, &units, &weights),
        None => lead(&units),
    };
    Some(units[chosen.start].pieces.start..units[chosen.end - 1].pieces.end)
}

/// What is quoted whole or not at all.
#[derive(Debug, PartialEq)]
struct Unit {
    pieces: Range<usize>,
    length: f32,
    /// Whether it goes on from the one before as the next sentence does.
    follows: bool,
}

/// Returns the units of a passage, in order.
fn units(pieces: &[Piece], text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let piece = &pieces[at];
        let same = pieces[at..].iter().take_while(|other| other.group == piece.group).count();
        let length = |range: Range<usize>| -> f32 {
            pieces[range].iter().map(|piece| length(&text[piece.text.clone()])).sum()
        };
        let is_list = matches!(piece.kind, PieceKind::Step | PieceKind::Item);
        let is_whole = piece.kind == PieceKind::Step || (is_list && length(at..at + same) <= SHORT_LIST);
        let end = if is_whole { at + same } else { at + 1 };
        if piece.kind == PieceKind::Header {
            at += 1;
            continue;
        }
        let leads_here = |unit: &Unit| {
            let last = &pieces[unit.pieces.end - 1];
            last.kind == PieceKind::Sentence && text[last.text.clone()].ends_with([':', '：'])
        };
        let follows = piece.kind == PieceKind::Sentence;
        match units.last_mut().filter(|unit| is_whole && unit.pieces.end == at && leads_here(unit)) {
            Some(lead) => {
                lead.length += length(at..end);
                lead.pieces.end = end;
            }
            None => units.push(Unit { pieces: at..end, length: length(at..end), follows }),
        }
        at = end;
    }
    units
}

fn total(units: &[Unit]) -> f32 {
    units.iter().map(|unit| unit.length).sum()
}

/// Returns how long a text is, in Han characters.
fn length(text: &str) -> f32 {
    let mut in_word = false;
    let of = |c: char| {
        let (starts, is_letter) = (!in_word, c.is_alphanumeric() && !is_unspaced(c));
        in_word = is_letter;
        if is_unspaced(c) {
            1.0
        } else if is_letter && starts {
            WORD
        } else {
            0.0
        }
    };
    text.chars().map(of).sum()
}

/// How the units of a passage match a question.
struct Weighing {
    /// By term, what it is worth in the question; nothing if the passage lacks it.
    worth: Vec<f32>,
    /// By term, what it is worth in telling units apart.
    telling: Vec<f32>,
    /// What all terms could be worth in telling units apart.
    most_telling: f32,
    /// By unit, the terms that it has.
    has: Vec<Vec<usize>>,
}

impl Weighing {
    fn new(ground: &Ground, units: &[Unit], terms: &[WeightedTerm], analyzer: &Analyzer) -> Self {
        let wanted = Wanted::new(terms);
        let mut given = FxHashSet::default();
        for heading in std::iter::once(ground.title).chain(ground.passage.headings.iter().map(String::as_str))
        {
            wanted.for_each_in(heading, ground.locale, analyzer, |term, _| {
                given.insert(term);
            });
        }
        let pieces = &ground.quotable.pieces;
        let mut has = vec![Vec::new(); units.len()];
        wanted.for_each_in(&ground.passage.text, ground.locale, analyzer, |term, source| {
            let piece = pieces.partition_point(|piece| piece.text.end <= source.start);
            let unit = units.partition_point(|unit| unit.pieces.end <= piece);
            let is_inside = units.get(unit).is_some_and(|unit| unit.pieces.contains(&piece));
            if is_inside && !has[unit].contains(&term) {
                has[unit].push(term);
            }
        });
        let mut having = vec![0.0_f32; terms.len()];
        has.iter().flatten().for_each(|term| having[*term] += 1.0);
        let worth = terms.iter().zip(&having);
        let worth: Vec<f32> =
            worth.map(|(term, having)| if *having > 0.0 { term.weight } else { 0.0 }).collect();
        let all = units.len() as f32;
        let telling = worth.iter().zip(&having).enumerate().map(|(term, (worth, having))| {
            let worth = worth * of_view(terms[term].view);
            let subject = if given.contains(&term) { SUBJECT } else { 1.0 };
            worth * subject * (1.0 + all / having.max(1.0)).ln() / (1.0 + all).ln()
        });
        let most_telling = terms.iter().map(|term| term.weight * of_view(term.view)).sum();
        Self { telling: telling.collect(), most_telling, worth, has }
    }

    /// Returns what a unit has of the question.
    fn of(&self, unit: usize) -> f32 {
        self.has[unit].iter().map(|term| self.telling[*term]).sum()
    }

    /// Returns the unit with the most of the question, the first of equals; nothing if
    /// none has enough.
    fn best(&self) -> Option<usize> {
        let best = (0..self.has.len()).max_by(|a, b| self.of(*a).total_cmp(&self.of(*b)).then(b.cmp(a)))?;
        (self.of(best) > LEAST_TELLING * self.most_telling).then_some(best)
    }

    /// Returns the part that some terms are of what the passage has of the question.
    fn share<'t>(&self, terms: impl Iterator<Item = &'t usize>) -> f32 {
        let mut terms: Vec<usize> = terms.copied().collect();
        // Sums are the same to the bit in the same order only.
        terms.sort_unstable();
        let all: f32 = self.worth.iter().sum();
        let has: f32 = terms.iter().map(|term| self.worth[*term]).sum();
        if all > 0.0 { (has / all).min(1.0) } else { 0.0 }
    }
}

/// Returns what the terms of a view count for in telling the units of a passage apart:
/// other than in telling passages apart, single characters do well.
fn of_view(view: View) -> f32 {
    match view {
        View::Words => 1.0,
        View::Grams => 0.8,
        View::Chars => 1.4,
        View::Title => 0.0,
    }
}

/// The terms of a question, to find them in texts.
struct Wanted<'t> {
    by_view: [(View, FxHashMap<&'t str, usize>); 3],
}

impl<'t> Wanted<'t> {
    fn new(terms: &'t [WeightedTerm]) -> Self {
        let by_view = [View::Words, View::Grams, View::Chars].map(|view| {
            let wanted = terms.iter().enumerate().filter(|(_, term)| term.view == view);
            (view, wanted.map(|(at, term)| (term.text.as_str(), at)).collect())
        });
        Self { by_view }
    }

    /// Calls `found` with every term in `text`, and where it is.
    fn for_each_in(
        &self,
        text: &str,
        locale: &Locale,
        analyzer: &Analyzer,
        mut found: impl FnMut(usize, Range<usize>),
    ) {
        let analysis = analyzer.analyze(text, locale);
        for (view, wanted) in &self.by_view {
            let occurring = match view {
                View::Words => &analysis.words,
                View::Grams => &analysis.grams,
                View::Chars | View::Title => &analysis.chars,
            };
            for (term, source) in occurring.iter() {
                if let Some(at) = wanted.get(term) {
                    found(*at, source);
                }
            }
        }
    }
}

/// Returns the units around the best one that belong to the answer.
fn grown(best: usize, units: &[Unit], weights: &Weighing) -> Range<usize> {
    let full = weights.of(best);
    let mut chosen = best..best + 1;
    let mut length = units[best].length;
    let mut has: FxHashSet<usize> = weights.has[best].iter().copied().collect();
    loop {
        let open = 1.0 - COVERED * weights.share(has.iter());
        let value = |unit: usize| {
            let new = weights.has[unit].iter().filter(|term| !has.contains(term));
            let new: f32 = new.map(|term| weights.telling[*term]).sum();
            let next = if unit == chosen.end && units[unit].follows { NEXT * open } else { 0.0 };
            let longer = (units[unit].length / SENTENCE).powf(LENGTH).max(SHORT);
            ((OWN * weights.of(unit) + NEW * new) / full + next) / longer
        };
        let neighbours = [chosen.start.checked_sub(1), Some(chosen.end).filter(|next| *next < units.len())];
        let fitting = neighbours.into_iter().flatten().filter(|unit| length + units[*unit].length <= LONGEST);
        let Some(unit) = fitting.max_by(|a, b| value(*a).total_cmp(&value(*b))) else { return chosen };
        if value(unit) < LEAST_GAIN {
            return chosen;
        }
        chosen = chosen.start.min(unit)..chosen.end.max(unit + 1);
        length += units[unit].length;
        has.extend(&weights.has[unit]);
    }
}

/// Returns the units at the start of a passage that fit into a quotation.
fn lead(units: &[Unit]) -> Range<usize> {
    let mut length = 0.0;
    let fitting = units.iter().take_while(|unit| {
        length += unit.length;
        length <= LEAD
    });
    0..fitting.count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(kind: PieceKind, group: u32, text: Range<usize>) -> Piece {
        Piece { kind, group, source: text.clone(), text }
    }

    #[test]
    fn numbered_lists_are_whole_with_the_line_that_leads_to_them() {
        let text = "Do this:\nopen\nclose\nDone.";
        let pieces = [
            piece(PieceKind::Sentence, 1, 0..8),
            piece(PieceKind::Step, 2, 9..13),
            piece(PieceKind::Step, 2, 14..19),
            piece(PieceKind::Sentence, 3, 20..25),
        ];
        let ranges: Vec<_> = units(&pieces, text).into_iter().map(|unit| unit.pieces).collect();
        assert_eq!(ranges, [0..3, 3..4]);
    }

    #[test]
    fn headers_are_no_units() {
        let pieces = [piece(PieceKind::Header, 1, 0..5), piece(PieceKind::Row, 1, 6..9)];
        let units = units(&pieces, "a | b\n1 2");
        assert_eq!((units.len(), units[0].pieces.clone()), (1, 1..2));
    }
}
