//! `/agent/insights/changes`: a change of the content folder, shown before it is made, made, and
//! undone.
//!
//! A form says what is to become of a gap. The answer shows the difference and what it would have
//! done to the searches of the last days; sent again with `accept`, it is made.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::context;
use minijinja::value::Value;
use serde::Deserialize;

use crate::content::{ArticleId, Audience, Draft};
use crate::curate::{Change, ChangeError, Entry, Kind, Outcome};
use crate::http::agents::look::Reader;
use crate::http::agents::{Agents, PATH};
use crate::http::origin::is_from_here;
use crate::http::policy::Role;
use crate::http::{Problem, blocking, given};
use crate::insights::{Moved, Place, Replay, Verdict, replay};
use crate::live::Snapshot;
use crate::vocabulary::wordings;

/// Searches that are made again.
const REPLAYED: usize = 2_000;

/// Moved searches on a page.
const SHOWN: usize = 30;

/// What the form sends.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// `article`, `question`, `synonym` or `ignore`.
    outcome: String,
    title: String,
    category: String,
    locale: String,
    questions: String,
    /// The article that gets a question: `locale id`.
    article: String,
    question: String,
    /// Words that mean the same, one a line or separated by commas.
    words: String,
    /// The language in which they do; all if empty.
    language: String,
    step: Step,
    /// The difference that was shown, as a hash: only that one is made.
    shown: String,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// Shows the difference.
    #[default]
    Show,
    /// Returns it as a patch.
    Patch,
}

impl Sent {
    fn outcome(&self) -> Result<(Kind, Outcome), Problem> {
        let lines = |text: &str| -> Vec<String> {
            text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        };
        let locale = |text: &str| {
            text.trim()
                .parse()
                .map_err(|_| Problem::invalid_parameter("write a language such as en or zh-Hans"))
        };
        match self.outcome.as_str() {
            "article" => {
                let title = self.title.trim().to_owned();
                if title.is_empty() {
                    return Err(Problem::invalid_parameter("the article needs a title"));
                }
                let category = given(self.category.trim());
                let category = category.map(|category| {
                    let wrong = || Problem::invalid_parameter("a category is a path such as shipping");
                    ArticleId::new(&category).ok_or_else(wrong)
                });
                let draft = Draft {
                    title,
                    locale: locale(&self.locale)?,
                    category: category.transpose()?,
                    audience: Audience::Public,
                    questions: lines(&self.questions),
                    body: String::new(),
                };
                Ok((Kind::Article, Outcome::NewArticle(draft)))
            }
            "question" => {
                let wrong = || Problem::invalid_parameter("choose the article that answers it");
                let (tag, id) = self.article.split_once(' ').ok_or_else(wrong)?;
                let id = ArticleId::new(id).ok_or_else(wrong)?;
                Ok((
                    Kind::Question,
                    Outcome::Question { id, locale: locale(tag)?, text: self.question.clone() },
                ))
            }
            "synonym" => {
                let words = self.words.lines().flat_map(wordings).collect();
                let language = match self.language.trim() {
                    "" => None,
                    tag => Some(locale(tag)?),
                };
                Ok((Kind::Synonym, Outcome::Synonym { locale: language, words }))
            }
            "ignore" => Ok((Kind::Ignore, Outcome::Ignore { questions: lines(&self.questions) })),
            _ => Err(Problem::invalid_parameter("choose what is to become of it")),
        }
    }

    /// Returns what the form sends again when the change is accepted.
    fn values(&self) -> Value {
        let Self { outcome, title, category, locale, questions, article, question, words, language, .. } =
            self;
        context! { fields => [
            ("outcome", outcome), ("title", title), ("category", category), ("locale", locale),
            ("questions", questions), ("article", article), ("question", question), ("words", words),
            ("language", language),
        ].map(|(name, value)| context! { name, value }).to_vec() }
    }
}

/// Shows a change, or returns it as a patch.
pub(super) async fn post(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let answer = async {
        let (sent, kind, change) = agents.asked(&reader, sent).await?;
        match sent.step {
            Step::Patch => Ok(patch(&change)),
            Step::Show => shown(&agents, &reader, &sent, kind, change, false).await,
        }
    };
    answer.await.unwrap_or_else(|problem| agents.problem_page(&reader, &problem))
}

/// Makes a change that was shown; one that was not is shown first.
pub(super) async fn accept(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let answer = async {
        let (sent, kind, change) = agents.asked(&reader, sent).await?;
        if sent.shown != hash(&change) {
            return shown(&agents, &reader, &sent, kind, change, true).await;
        }
        let agents = Arc::clone(&agents);
        blocking(move || agents.curator.apply(kind, change).map_err(refused)).await?;
        Ok(Redirect::to(&format!("{PATH}/insights/changes")).into_response())
    };
    answer.await.unwrap_or_else(|problem| agents.problem_page(&reader, &problem))
}

impl Agents {
    /// Returns whether a reader may change the content.
    fn may_edit(&self, reader: &Reader) -> bool {
        self.role_of(reader.headers(), false) >= Some(Role::Editor)
    }

    /// Works out which change a form asks for.
    async fn asked(
        self: &Arc<Self>,
        reader: &Reader,
        sent: Result<Form<Sent>, FormRejection>,
    ) -> Result<(Sent, Kind, Change), Problem> {
        let Form(sent) = sent?;
        if !is_from_here(reader.headers()) {
            return Err(Problem::from_elsewhere());
        }
        let (kind, outcome) = sent.outcome()?;
        let agents = Arc::clone(self);
        let change = blocking(move || agents.curator.change(&outcome).map_err(refused)).await?;
        Ok((sent, kind, change))
    }
}

fn hash(change: &Change) -> String {
    blake3::hash(change.patch().as_bytes()).to_hex().to_string()
}

/// Shows a change and what it would have done; `is_other` if it is another one than was shown.
async fn shown(
    agents: &Arc<Agents>,
    reader: &Reader,
    sent: &Sent,
    kind: Kind,
    change: Change,
    is_other: bool,
) -> Result<Response, Problem> {
    let replay = agents.replay_of(kind, change.clone()).await?;
    let values = context! {
        file => change.file.display().to_string(),
        lines => diff_lines(&change),
        shown => hash(&change),
        is_other,
        may_edit => agents.may_edit(reader),
        replay => replay.map(|replay| replayed(reader, &replay)),
        ..sent.values()
    };
    Ok(agents.render(reader, StatusCode::OK, "change.html", values))
}

#[derive(Deserialize)]
pub(super) struct Undo {
    number: u64,
}

/// Undoes a change.
pub(super) async fn undo(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    sent: Result<Form<Undo>, FormRejection>,
) -> Response {
    let answer = async {
        let Form(Undo { number }) = sent?;
        if !is_from_here(reader.headers()) {
            return Err(Problem::from_elsewhere());
        }
        let agents = Arc::clone(&agents);
        blocking(move || agents.curator.undo(number).map_err(refused)).await?;
        Ok(Redirect::to(&format!("{PATH}/insights/changes")).into_response())
    };
    answer.await.unwrap_or_else(|problem: Problem| agents.problem_page(&reader, &problem))
}

/// Shows all changes.
pub(super) async fn page(State(agents): State<Arc<Agents>>, reader: Reader) -> Response {
    let answer = async {
        let curator = Arc::clone(&agents);
        let changes = blocking(move || curator.curator.changes().map_err(refused)).await?;
        let entry = |entry: &Entry| {
            context! {
                number => entry.number,
                day => reader.texts.date(entry.at.to_zoned(agents.app.time_zone.clone()).date()),
                kind => entry.kind.as_str(),
                file => entry.change.file.display().to_string(),
                lines => diff_lines(&entry.change),
                undoes => entry.undoes,
                undone => entry.undone_by.is_some(),
                can_be_undone => entry.can_be_undone(),
            }
        };
        let values = context! { may_edit => agents.may_edit(&reader), changes => changes.iter().map(entry).collect::<Vec<_>>() };
        Ok(agents.render(&reader, StatusCode::OK, "changes.html", values))
    };
    answer.await.unwrap_or_else(|problem: Problem| agents.problem_page(&reader, &problem))
}

pub(in crate::http::agents) fn refused(error: ChangeError) -> Problem {
    match error {
        ChangeError::File { .. } | ChangeError::Journal(_) | ChangeError::Content(_) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the content cannot be changed");
            Problem::not_changed(StatusCode::SERVICE_UNAVAILABLE, error.to_string())
        }
        ChangeError::Conflict { .. } | ChangeError::NoChange => {
            Problem::not_changed(StatusCode::CONFLICT, error.to_string())
        }
        _ => Problem::not_changed(StatusCode::BAD_REQUEST, error.to_string()),
    }
}

fn patch(change: &Change) -> Response {
    let name = HeaderValue::from_static("attachment; filename=\"change.patch\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/x-diff; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, change.patch()).into_response()
}

/// Returns the lines of the difference, each with whether it is added, taken away or neither.
fn diff_lines(change: &Change) -> Vec<Value> {
    let patch = change.patch();
    let lines = patch.lines().skip(2).filter(|line| !line.starts_with('\\'));
    let kind = |line: &str| match line.as_bytes().first() {
        Some(b'+') => "added",
        Some(b'-') => "removed",
        Some(b'@') => "place",
        _ => "same",
    };
    lines.map(|line| context! { kind => kind(line), text => line }).collect()
}

impl Agents {
    /// Finds out what a change would have done to the searches of the last days; nothing where it
    /// does nothing to searches.
    async fn replay_of(self: &Arc<Self>, kind: Kind, change: Change) -> Result<Option<Replay>, Problem> {
        if !matches!(kind, Kind::Question | Kind::Synonym) {
            return Ok(None);
        }
        self.catch_up().await?;
        let agents = Arc::clone(self);
        let work = move || {
            let before = agents.app.snapshot()?;
            let trial = agents.curator.try_out(&change).map_err(|error| Problem::internal(&error))?;
            let by_words = |snapshot: &Snapshot| Snapshot { vectors: None, ..snapshot.clone() };
            let (before, after) = (by_words(&before), by_words(&trial.snapshot));
            let (before, after) = (agents.app.searcher(&before), agents.app.searcher(&after));
            let logged = agents.insights.read().logged(REPLAYED);
            Ok(Some(replay(&logged, &before, &after)?))
        };
        blocking(work).await
    }
}

fn replayed(reader: &Reader, replay: &Replay) -> Value {
    let places = |places: &[Place]| -> Vec<String> {
        places.iter().map(|(id, locale)| format!("{id} ({locale})")).collect()
    };
    let moved = |moved: &Moved| {
        context! {
            query => moved.query.as_deref(),
            language => reader.texts.language(&moved.locale),
            times => moved.times,
            before => places(&moved.before),
            after => places(&moved.after),
            verdict => moved.verdict.as_str(),
        }
    };
    context! {
        searches => replay.searches,
        better => replay.count(Verdict::Better),
        worse => replay.count(Verdict::Worse),
        other => replay.count(Verdict::Moved),
        moved => replay.moved.iter().take(SHOWN).map(moved).collect::<Vec<_>>(),
    }
}
