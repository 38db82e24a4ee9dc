//! `/agent/draft`: an article that is missing, to be written: a file to download, or kept in
//! the folder of drafts.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;
use serde::Deserialize;

use super::Agents;
use super::look::Reader;
use crate::content::{ArticleId, Audience, Draft, url_path};
use crate::http::origin::is_from_here;
use crate::http::{Problem, blocking};
use crate::personal;

/// What the form sends.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The problem for which it is missing; nothing once that is kept.
    problem: String,
    title: String,
    locale: String,
    category: String,
    internal: String,
    questions: String,
    body: String,
    action: Action,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    /// Shows the form.
    #[default]
    Start,
    Download,
    Save,
}

pub(super) async fn page(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let answered = match sent {
        Err(rejection) => Err(rejection.into()),
        Ok(_) if !is_from_here(reader.headers()) => Err(Problem::from_elsewhere()),
        Ok(Form(sent)) => answer(&agents, &reader, sent).await,
    };
    answered.unwrap_or_else(|problem| agents.problem_page(&reader, &problem))
}

async fn answer(agents: &Agents, reader: &Reader, mut sent: Sent) -> Result<Response, Problem> {
    if sent.action == Action::Start {
        start(agents, reader, &mut sent).await;
        return Ok(form(agents, reader, &sent, None));
    }
    let Some(draft) = draft(&sent) else {
        let wrong = if sent.title.trim().is_empty() { "draft-needs-title" } else { "draft-needs-locale" };
        return Ok(form(agents, reader, &sent, Some(wrong)));
    };
    if sent.action == Action::Download {
        return Ok(download(&draft));
    }
    let dir = agents.settings.drafts.clone();
    if dir.as_os_str().is_empty() {
        return Ok(form(agents, reader, &sent, Some("draft-no-folder")));
    }
    match blocking(move || Ok(draft.save(&dir))).await? {
        Ok(path) => {
            let values = context! { path => path.display().to_string() };
            Ok(agents.render(reader, StatusCode::OK, "draft_saved.html", values))
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a draft cannot be saved");
            Ok(form(agents, reader, &sent, Some("draft-not-saved")))
        }
    }
}

/// Letters of a problem that become a question.
const MOST_CHARS: usize = 500;

/// Keeps that the article is missing, and takes the customer's words as a question. Where that
/// cannot be kept the article is written all the same.
async fn start(agents: &Agents, reader: &Reader, sent: &mut Sent) {
    let problem: String = std::mem::take(&mut sent.problem).chars().take(MOST_CHARS).collect();
    if problem.trim().is_empty() {
        return;
    }
    let words: Vec<&str> = problem.split_whitespace().collect();
    let problem = words.join(" ");
    sent.questions = personal::scrubbed(&problem).into_owned();
    let locale = sent.locale.parse().unwrap_or_else(|_| reader.locale().clone());
    agents.miss(problem, locale).await.ok();
}

/// Returns the draft that was sent; nothing without a title or a locale.
fn draft(sent: &Sent) -> Option<Draft> {
    let questions = sent.questions.lines().map(str::trim).filter(|line| !line.is_empty());
    Some(Draft {
        title: Some(sent.title.trim().to_owned()).filter(|title| !title.is_empty())?,
        locale: sent.locale.trim().parse().ok()?,
        category: ArticleId::new(&sent.category),
        audience: if sent.internal.is_empty() { Audience::Public } else { Audience::Internal },
        questions: questions.map(str::to_owned).collect(),
        body: sent.body.replace("\r\n", "\n"),
    })
}

fn form(agents: &Agents, reader: &Reader, sent: &Sent, wrong: Option<&str>) -> Response {
    let status = if wrong.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let Sent { title, locale, category, internal, questions, body, .. } = sent;
    let default_locale = agents.app.default_locale.to_string();
    let locale = if locale.is_empty() { &default_locale } else { locale };
    let values = context! {
        sent => context! { title, locale, category, internal, questions, body },
        wrong,
        can_save => !agents.settings.drafts.as_os_str().is_empty(),
    };
    agents.render(reader, status, "draft.html", values)
}

fn download(draft: &Draft) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", url_path(&draft.file_name()));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/markdown; charset=utf-8")),
        (header::CONTENT_DISPOSITION, disposition.parse().expect("it is plain text")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, draft.to_markdown()).into_response()
}
