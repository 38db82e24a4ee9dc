//! `GET /api/v1/completions`: how a query may go on while somebody types it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query::check_length;
use super::search::{Range, utf16_ranges};
use super::{Params, highlighted_html};
use crate::http::{App, Problem, Shown, in_turn};
use crate::locale::Locale;
use crate::search::Completion;

/// Suggestions at most; nobody reads more while typing.
const MAX_LIMIT: usize = 20;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Request {
    /// What is typed so far, in any script, or in pinyin. Empty: no suggestions.
    #[serde(default)]
    q: String,
    /// The visitor's locale; the default locale of the help center if not given.
    #[param(value_type = Option<String>, example = "zh-Hans")]
    locale: Option<Locale>,
    /// Suggestions, 20 at most.
    #[serde(default = "default_limit")]
    limit: usize,
}

fn default_limit() -> usize {
    8
}

/// Ways to go on.
#[derive(Serialize, ToSchema)]
#[schema(as = CompletionsResponse)]
pub(super) struct Response {
    query: String,
    /// The visitor's locale, as used.
    #[schema(value_type = String)]
    locale: Locale,
    /// The best first.
    completions: Vec<Suggestion>,
}

/// A title or stored question.
#[derive(Serialize, ToSchema)]
#[schema(as = CompletionsSuggestion)]
struct Suggestion {
    /// As its author wrote it.
    text: String,
    /// The same as HTML, what was typed in `<em>`.
    text_highlighted: String,
    /// What was typed, in `text`.
    highlights: Vec<Range>,
    /// `title` or `question`.
    kind: &'static str,
    /// `text`, or `pinyin` if the letters typed spell it.
    matched_by: &'static str,
    /// The article that it leads to.
    id: String,
    /// The locale that the article is written in.
    #[schema(value_type = String)]
    locale: Locale,
    /// Path of the answer.
    url: String,
}

/// Suggests titles and questions while somebody types.
///
/// Ordered by how often their articles were opened.
#[utoipa::path(get, path = "/api/v1/completions", params(Request), responses(
    (status = OK, body = Response),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn completions(
    State(app): State<Arc<App>>,
    Params(request): Params<Request>,
) -> Result<Json<Response>, Problem> {
    check_length(&request.q)?;
    if !(1..=MAX_LIMIT).contains(&request.limit) {
        return Err(Problem::invalid_parameter(format!("`limit` goes from 1 to {MAX_LIMIT}")));
    }
    in_turn(app, move |app| answer(app, request)).await.map(Json)
}

fn answer(app: &App, request: Request) -> Result<Response, Problem> {
    let Shown { snapshot, usage } = app.shown()?;
    let locale = request.locale.unwrap_or_else(|| app.default_locale.clone());
    let used = |article| usage.of(&snapshot.index, article);
    let completions = app.searcher(&snapshot).complete(&request.q, &locale, request.limit, &used);
    let suggestion = |completion: Completion| {
        let card = snapshot.index.card(completion.article);
        Suggestion {
            text_highlighted: highlighted_html(&completion.text),
            highlights: utf16_ranges(&completion.text),
            text: completion.text.text,
            kind: if completion.is_question { "question" } else { "title" },
            matched_by: if completion.is_pinyin { "pinyin" } else { "text" },
            id: card.id.to_string(),
            locale: card.locale.clone(),
            url: card.url_at(completion.anchor.as_deref()),
        }
    };
    let completions = completions.into_iter().map(suggestion).collect();
    Ok(Response { query: request.q, locale, completions })
}
