//! What visitors see where what they sent cannot be taken.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;

use super::layout::Head;
use super::visit::{Asked, Visit};
use super::{Answer, App, Problem, show};

/// Says what is wrong, and offers to search.
pub(super) fn page(visit: &Visit, status: StatusCode, heading: &str, values: Value) -> Answer {
    let head = Head { title: visit.text(heading), path: &|locale| format!("/{locale}"), ..Head::default() };
    visit.render(status, "refused.html", &head, values)
}

/// Says why a form was not taken.
pub(super) async fn after_form(app: Arc<App>, asked: Asked, problem: Problem) -> Response {
    let retry_after = problem.retry_after();
    let mut response = show(app, asked, move |visit| {
        let status = problem.status();
        let message = match status {
            StatusCode::NOT_FOUND => return Err(problem.clone()),
            StatusCode::TOO_MANY_REQUESTS => "too-many",
            status if status.is_server_error() => "failed",
            _ => "unsent",
        };
        let values = context! { message => visit.text(message), detail => problem.detail() };
        page(visit, status, "unsent-heading", values)
    })
    .await;
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
