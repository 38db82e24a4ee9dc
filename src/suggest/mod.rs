//! A ticket in, what solves it out: for each of its problems the articles, the passage that
//! proves it, and a reply built of quotations.
//!
//! [`Desk::suggest`] asks for every statement of a ticket what it would find, and puts those
//! together that find the same (`problems`). Each problem is then searched for as a whole,
//! in the agents' index; `reply` drafts an answer for the customer from what is public.
//!
//! What is sent to customers is quoted anew from the customers' index (`insert`), so that
//! neither an internal passage nor a link to one can get into it.
//!
//! Not here: what a ticket says (`ticket`), how articles are found (`search`) and quoted
//! (`answer`), and how it looks (`http`, `cli`).

mod insert;
mod prior;
mod problems;
mod reply;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::answer::{Answerer, Quotation, RESULTS};
use crate::index::{AgentIndex, Card, CustomerIndex};
use crate::locale::Locale;
use crate::search::{Filters, Hit, MatchTier, Request, Results, Searcher};
use crate::semantic::Vector;
use crate::ticket::{Reading, Statement};
pub use insert::Insert;
use insert::Sender;
pub use prior::Experience;
use problems::{Gains, TOPICS, grouped, probed};
pub use reply::Reply;

/// Where agents ask.
pub struct Desk<'a> {
    /// What they can find: internal articles, too.
    pub index: &'a AgentIndex,
    /// What may be sent to customers.
    pub customers: &'a CustomerIndex,
    /// Searches it.
    pub searcher: Searcher<'a>,
    /// Quotes from it.
    pub answerer: Answerer<'a>,
    /// Knows what short texts mean; nothing where search goes by words.
    pub vector_of: &'a (dyn Fn(&str) -> Option<Vector> + Sync),
    /// What agents made of the suggestion of an article before.
    pub experience_of: &'a (dyn Fn(&Card) -> Experience + Sync),
    /// Articles are sent that customers see on this day.
    pub today: Date,
}

/// What is asked beside the ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The customer's locale: articles in it are preferred, and the reply is in it.
    pub locale: Locale,
    /// Only articles that hold in this market.
    pub market: Option<String>,
    /// Only articles about this product.
    pub product: Option<String>,
    /// Suggestions for each problem at most.
    pub limit: usize,
    /// Where customers reach the help center: `https://help.example.com`. Links in what is
    /// sent to them start with it.
    pub origin: String,
}

/// What solves a ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    /// Its problems, in the order of the text; none where it asks for nothing.
    pub problems: Vec<Problem>,
    /// How many more it has, which were not looked into.
    pub left_out: usize,
    /// A reply of public passages alone; nothing if none is sure enough.
    pub reply: Option<Reply>,
}

/// One thing that a customer asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// In the customer's words.
    pub text: String,
    /// What solves it, the likeliest first; nothing if nothing does.
    pub suggestions: Vec<Suggestion>,
}

/// An article that may solve a problem, and the passage that proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The article, and what it says to that.
    pub quotation: Quotation,
    /// Comparable within one problem only.
    pub score: f32,
    /// The probability that it helps, 0 to 1.
    pub confidence: f64,
    /// What agents made of it before; part of the score.
    pub experience: Experience,
    /// Whether customers must not see it.
    pub is_internal: bool,
    /// What to send to the customer; nothing of what customers cannot see.
    pub insert: Option<Insert>,
}

/// Longer texts say the same again, and take longer to understand.
const MOST_CHARS: usize = 500;

/// Letters of a statement that are looked up; more take longer and find hardly more.
const MOST_PROBE_CHARS: usize = 90;

/// Problems at most: who writes of more is helped one by one.
const MOST_PROBLEMS: usize = 6;

/// What finds nothing with such confidence is no problem, if something else is.
const ASKS: f64 = 0.5;

/// An article is suggested if it is so likely to help, or at least half as likely as the first.
const WORTH_SUGGESTING: f64 = 0.3;

impl Desk<'_> {
    /// Finds what solves a ticket.
    pub fn suggest(&self, ticket: &Reading, wanted: &Wanted) -> tantivy::Result<Suggestions> {
        let (gains, vectors): (Vec<Gains>, Vec<Option<Vector>>) =
            self.look_up(&ticket.statements, wanted)?.into_iter().unzip();
        let sender = Sender { desk: self, entities: &ticket.entities, origin: &wanted.origin };
        let problem = |places| {
            let group = Group { statements: &ticket.statements, places, gains: &gains, vectors: &vectors };
            self.problem(&group, wanted, &sender)
        };
        let groups = grouped(ticket, &gains);
        let problems = groups.into_par_iter().map(problem).collect::<tantivy::Result<_>>()?;
        let (problems, left_out) = asked_for(problems);
        let reply = reply::draft(&problems, self.index, &wanted.locale);
        Ok(Suggestions { problems, left_out, reply })
    }

    /// Returns the locale of the articles whose language a ticket is in; `default` where
    /// that is not told by it.
    pub fn language_of(&self, ticket: &Reading, default: &Locale) -> Locale {
        let texts: Vec<&str> = ticket.statements.iter().map(|statement| statement.text.as_str()).collect();
        self.searcher.locale_of(&texts.join(" "), default)
    }

    /// Looks the statements up that have most to say; returns what each finds, and what it means.
    fn look_up(
        &self,
        statements: &[Statement],
        wanted: &Wanted,
    ) -> tantivy::Result<Vec<(Gains, Option<Vector>)>> {
        let probed = probed(statements).into_par_iter().zip(statements);
        let look_up = |(is_probed, statement): (bool, &Statement)| match is_probed {
            true => {
                let text = start_of(&statement.text);
                let search = self.search(text, (self.vector_of)(text), wanted, TOPICS)?;
                Ok((self.gains(&search), search.request.vector))
            }
            false => Ok((Gains::new(), None)),
        };
        probed.map(look_up).collect()
    }

    /// Returns by how much each article that a search finds is better than the last one.
    fn gains(&self, search: &Search) -> Gains {
        let Search { request, results } = search;
        let (Some(first), Some(last)) = (results.hits.first(), results.hits.last()) else {
            return Gains::new();
        };
        // Scores by words have no scale of their own.
        let scale = match request.vector {
            Some(_) => 1.0,
            None => first.score / (2.0 * first.evidence.words).max(0.1),
        };
        let gain = |hit: &Hit| (self.index.articles.id_number(hit.article), (hit.score - last.score) / scale);
        results.hits.iter().map(gain).collect()
    }

    fn problem(&self, group: &Group, wanted: &Wanted, sender: &Sender) -> tantivy::Result<Problem> {
        let text = group.text(MOST_CHARS);
        let vector = group.vector_of(&text).or_else(|| (self.vector_of)(&text));
        let search = self.search(&text, vector, wanted, RESULTS)?;
        let mut suggestions = Vec::new();
        for (place, experience) in self.by_experience(&search.results) {
            if suggestions.len() == wanted.limit {
                break;
            }
            suggestions.extend(self.suggestion(&search, place, experience, sender)?);
        }
        let best = surest(&suggestions);
        suggestions
            .retain(|one| one.confidence >= WORTH_SUGGESTING.min(best / 2.0) && best >= WORTH_SUGGESTING);
        Ok(Problem { text: group.whole(), suggestions })
    }

    fn suggestion(
        &self,
        search: &Search,
        place: usize,
        experience: Experience,
        sender: &Sender,
    ) -> tantivy::Result<Option<Suggestion>> {
        let Search { request, results } = search;
        let hit = &results.hits[place];
        let is_internal = self.index.card(hit.article).is_internal();
        let Some((quotation, confidence)) = self.answerer.quotation(place, request, results)? else {
            return Ok(None);
        };
        let insert = sender.insert(&quotation)?;
        let score = hit.score * experience.factor();
        Ok(Some(Suggestion { quotation, score, confidence, experience, is_internal, insert }))
    }

    /// Returns the places of the hits in the order in which they are suggested, each with what
    /// agents made of it: as found, but that this counts; what is asked word for word stays first.
    fn by_experience(&self, results: &Results) -> Vec<(usize, Experience)> {
        let experience = |hit: &Hit| (self.experience_of)(self.index.card(hit.article));
        let mut places: Vec<(usize, Experience)> = results.hits.iter().map(experience).enumerate().collect();
        let is_other = |place: usize| results.hits[place].tier != Some(MatchTier::Exact);
        let score =
            |(place, experience): &(usize, Experience)| results.hits[*place].score * experience.factor();
        places.sort_by(|a, b| is_other(a.0).cmp(&is_other(b.0)).then(score(b).total_cmp(&score(a))));
        places
    }

    fn search(
        &self,
        text: &str,
        vector: Option<Vector>,
        wanted: &Wanted,
        limit: usize,
    ) -> tantivy::Result<Search> {
        let filters =
            Filters { market: wanted.market.clone(), product: wanted.product.clone(), ..Filters::default() };
        let request =
            Request { filters, ..Request::first(limit, text.to_owned(), vector, wanted.locale.clone()) };
        let results = self.searcher.search(&request)?;
        Ok(Search { request, results })
    }
}

/// A search and what it found.
struct Search {
    request: Request,
    results: Results,
}

/// The statements of one problem, and what each finds.
struct Group<'t> {
    statements: &'t [Statement],
    /// Which of them belong to it.
    places: Vec<usize>,
    gains: &'t [Gains],
    /// What each means, where that is known.
    vectors: &'t [Option<Vector>],
}

impl Group<'_> {
    /// Returns all that the customer says of it.
    fn whole(&self) -> String {
        let texts: Vec<&str> =
            self.places.iter().map(|place| self.statements[*place].text.as_str()).collect();
        texts.join("\n")
    }

    /// Returns what a text means if it is one statement that was looked up already.
    fn vector_of(&self, text: &str) -> Option<Vector> {
        match *self.places {
            [place] if start_of(&self.statements[place].text) == text => self.vectors[place].clone(),
            _ => None,
        }
    }

    /// Returns what to look for: the statements that find most, while there is room.
    fn text(&self, most_chars: usize) -> String {
        let mut order = self.places.clone();
        order.sort_by(|a, b| most(&self.gains[*b]).total_cmp(&most(&self.gains[*a])));
        let mut chosen = Vec::new();
        let mut room = most_chars;
        for place in order {
            let length = self.statements[place].text.chars().count();
            if length > room && !chosen.is_empty() {
                continue;
            }
            room = room.saturating_sub(length);
            chosen.push(place);
        }
        chosen.sort_unstable();
        let texts: Vec<&str> = chosen.into_iter().map(|place| self.statements[place].text.as_str()).collect();
        texts.join(" ").chars().take(most_chars).collect()
    }
}

/// Returns what of a statement is looked up: long ones say first what they are about, and take
/// as long to understand as they are.
fn start_of(statement: &str) -> &str {
    match statement.char_indices().nth(MOST_PROBE_CHARS) {
        Some((end, _)) => &statement[..end],
        None => statement,
    }
}

fn most(gains: &Gains) -> f32 {
    gains.iter().map(|(_, gain)| *gain).fold(0.0, f32::max)
}

fn surest(suggestions: &[Suggestion]) -> f64 {
    suggestions.iter().map(|one| one.confidence).fold(0.0, f64::max)
}

/// Leaves out what finds nothing beside problems that do: small talk. Of many the surest
/// stay, in the order of the text; returns how many go for that.
fn asked_for(mut problems: Vec<Problem>) -> (Vec<Problem>, usize) {
    let confidence = |problem: &Problem| surest(&problem.suggestions);
    let best = problems.iter().map(confidence).fold(0.0, f64::max);
    problems.retain(|problem| best < ASKS || confidence(problem) >= ASKS);
    let left_out = problems.len().saturating_sub(MOST_PROBLEMS);
    while problems.len() > MOST_PROBLEMS {
        let least = (0..problems.len())
            .min_by(|a, b| confidence(&problems[*a]).total_cmp(&confidence(&problems[*b])))
            .expect("there are problems");
        problems.remove(least);
    }
    (problems, left_out)
}
