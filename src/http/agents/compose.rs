//! `/agent/draft`: an article that is missing, to be written: a file to download, or kept in
//! the folder of drafts.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;
use serde::Deserialize;

use super::Agents;
use super::access::is_from_here;
use super::look::Reader;
use crate::content::{ArticleId, Audience, Draft};
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
    Form(sent): Form<Sent>,
) -> Response {
    let answered = match is_from_here(reader.headers()) {
        true => answer(&agents, &reader, sent).await,
        false => Err(Problem::from_elsewhere()),
    };
    answered.unwrap_or_else(|problem| agents.problem_page(&reader, &problem))
}

async fn answer(agents: &Agents, reader: &Reader, mut sent: Sent) -> Result<Response, Problem> {
    let draft = match sent.action {
        Action::Start => {
            start(agents, reader, &mut sent).await?;
            return Ok(form(agents, reader, &sent, None));
        }
        _ if sent.title.trim().is_empty() => {
            return Ok(form(agents, reader, &sent, Some("draft-needs-title")));
        }
        _ => draft(agents, &sent),
    };
    if sent.action == Action::Download {
        return Ok(download(&draft));
    }
    let dir = agents.settings.drafts.clone();
    if dir.as_os_str().is_empty() {
        return Ok(form(agents, reader, &sent, Some("draft-no-folder")));
    }
    let path = blocking(move || draft.save(&dir).map_err(|error| Problem::internal(&error))).await?;
    let values = context! { path => path.display().to_string() };
    Ok(agents.render(reader, StatusCode::OK, "draft_saved.html", values))
}

/// Keeps that the article is missing, and takes the customer's words as a question.
async fn start(agents: &Agents, reader: &Reader, sent: &mut Sent) -> Result<(), Problem> {
    if sent.problem.trim().is_empty() {
        return Ok(());
    }
    let locale = sent.locale.parse().unwrap_or_else(|_| reader.locale().clone());
    let problem = std::mem::take(&mut sent.problem);
    sent.questions = personal::scrubbed(&problem).replace('\n', " ");
    agents.miss(&problem, locale).await
}

fn draft(agents: &Agents, sent: &Sent) -> Draft {
    Draft {
        title: sent.title.trim().to_owned(),
        locale: sent.locale.parse().unwrap_or_else(|_| agents.app.default_locale.clone()),
        category: ArticleId::new(&sent.category),
        audience: if sent.internal.is_empty() { Audience::Public } else { Audience::Internal },
        questions: sent
            .questions
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        body: sent.body.replace("\r\n", "\n"),
    }
}

fn form(agents: &Agents, reader: &Reader, sent: &Sent, wrong: Option<&str>) -> Response {
    let status = if wrong.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let Sent { title, locale, category, internal, questions, body, .. } = sent;
    let values = context! {
        sent => context! { title, locale, category, internal, questions, body },
        wrong,
        can_save => !agents.settings.drafts.as_os_str().is_empty(),
    };
    agents.render(reader, status, "draft.html", values)
}

fn download(draft: &Draft) -> Response {
    let name: String = draft
        .file_name()
        .bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/markdown; charset=utf-8")),
        (header::CONTENT_DISPOSITION, disposition.parse().expect("it is plain text")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, draft.to_markdown()).into_response()
}
