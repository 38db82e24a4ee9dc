//! Who may do what: every route, with the role that it takes.
//!
//! A request is let through here and nowhere else ([`enforce`]). A route that is not in the
//! table lets nobody in, so that a new one cannot be forgotten; a test holds the table against
//! the routes of the source.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{Agents, Problem};

/// What somebody with a key may do; each may do what those before it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read all articles and reports, and answer tickets.
    #[default]
    Agent,
    /// Change the content, too.
    Editor,
}

impl Role {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Editor => "editor",
        }
    }

    /// Returns the role of a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Agent, Self::Editor].into_iter().find(|role| role.as_str() == name)
    }
}

/// Who a route lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Policy {
    /// Everybody, from the customers' index.
    Anyone,
    /// Who asks to be let in, or for what the page that asks is made of.
    SigningIn,
    /// Who has a key of this role.
    With(Role),
}

use Policy::{Anyone, SigningIn, With};

/// What is read.
const READ: &[Method] = &[Method::GET, Method::HEAD];

/// What is sent.
const SEND: &[Method] = &[Method::POST];

/// Every route.
const ROUTES: &[(&[Method], &str, Policy)] = &[
    (READ, "/", Anyone),
    (READ, "/{locale}", Anyone),
    (READ, "/{locale}/articles/{*id}", Anyone),
    (SEND, "/{locale}/articles/{*id}", Anyone),
    (READ, "/{locale}/categories/{*id}", Anyone),
    (READ, "/{locale}/contact", Anyone),
    (SEND, "/{locale}/contact", Anyone),
    (SEND, "/{locale}/contact/answers", Anyone),
    (READ, "/{locale}/feed.xml", Anyone),
    (READ, "/{locale}/instant", Anyone),
    (READ, "/{locale}/opensearch.xml", Anyone),
    (READ, "/{locale}/search", Anyone),
    (READ, "/{locale}/sitemap.xml", Anyone),
    (READ, "/assets/{name}", Anyone),
    (READ, "/favicon.svg", Anyone),
    (READ, "/media/{hash}/{name}", Anyone),
    (READ, "/robots.txt", Anyone),
    (READ, "/sitemap.xml", Anyone),
    (READ, "/widget.js", Anyone),
    (READ, "/widget-demo", Anyone),
    (READ, "/openapi.json", Anyone),
    (READ, "/healthz", Anyone),
    (READ, "/readyz", Anyone),
    (READ, "/api/v1/answers", Anyone),
    (SEND, "/api/v1/answers", Anyone),
    (READ, "/api/v1/articles/{*id}", Anyone),
    (READ, "/api/v1/categories", Anyone),
    (READ, "/api/v1/completions", Anyone),
    (SEND, "/api/v1/events", Anyone),
    (SEND, "/api/v1/messages", Anyone),
    (READ, "/api/v1/search", Anyone),
    (SEND, "/api/v1/search", Anyone),
    (READ, "/api/v1/why", Anyone),
    (READ, "/api/v1/widget", Anyone),
    (READ, "/metrics", With(Role::Agent)),
    (SEND, "/agent", SigningIn),
    (READ, "/agent/console.css", SigningIn),
    (READ, "/agent/console.js", SigningIn),
    (SEND, "/agent/sign-out", SigningIn),
    (READ, "/agent", With(Role::Agent)),
    (SEND, "/agent/draft", With(Role::Agent)),
    (SEND, "/agent/marks", With(Role::Agent)),
    (READ, "/agent/media/{hash}/{name}", With(Role::Agent)),
    (READ, "/agent/search", With(Role::Agent)),
    (READ, "/agent/{locale}/articles/{*id}", With(Role::Agent)),
    (READ, "/agent/insights", With(Role::Agent)),
    (READ, "/agent/insights/{report}", With(Role::Agent)),
    (READ, "/agent/insights/gaps", With(Role::Agent)),
    (READ, "/agent/insights/changes", With(Role::Agent)),
    (SEND, "/agent/insights/changes", With(Role::Agent)),
    (SEND, "/agent/insights/changes/accept", With(Role::Editor)),
    (SEND, "/agent/insights/changes/undo", With(Role::Editor)),
    (SEND, "/api/v1/agent/events", With(Role::Agent)),
    (SEND, "/api/v1/agent/suggestions", With(Role::Agent)),
    (READ, "/api/v1/insights", With(Role::Agent)),
    (READ, "/api/v1/insights/gaps", With(Role::Agent)),
    (READ, "/api/v1/insights/{report}", With(Role::Agent)),
    (&[Method::PUT, Method::DELETE], "/api/v1/articles/{*id}", With(Role::Editor)),
];

/// Returns the routes that everybody may read, with their placeholders.
pub fn public_paths() -> impl Iterator<Item = &'static str> {
    let is_public = |(methods, _, policy): &&(&[Method], &str, Policy)| *methods == READ && *policy == Anyone;
    ROUTES.iter().filter(is_public).map(|(_, path, _)| *path)
}

/// Returns who a route lets in; nothing if it has no policy.
fn policy(method: &Method, path: &str) -> Option<Policy> {
    let found = ROUTES.iter().find(|(methods, route, _)| *route == path && methods.contains(method));
    found.map(|(_, _, policy)| *policy)
}

/// Lets a request through if its route lets in who sends it.
pub(super) async fn enforce(
    State(agents): State<Arc<Agents>>,
    path: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    // Addresses that lead nowhere are answered as such.
    let Some(path) = path else { return next.run(request).await };
    let is_api = path.as_str().starts_with("/api/") || path.as_str() == "/metrics";
    match policy(request.method(), path.as_str()) {
        Some(Anyone | SigningIn) => next.run(request).await,
        Some(With(needed)) => match agents.role_of(request.headers(), is_api) {
            Some(role) if role >= needed => next.run(request).await,
            Some(_) => agents.refuse(request.headers(), is_api, Problem::role_needed(needed.as_str())),
            None => agents.ask_for_key(request.headers(), is_api),
        },
        // What browsers ask before they send something to another site.
        None if request.method() == Method::OPTIONS => next.run(request).await,
        None if ROUTES.iter().any(|(_, route, _)| *route == path.as_str()) => {
            StatusCode::METHOD_NOT_ALLOWED.into_response()
        }
        None => {
            tracing::error!(path = path.as_str(), "a route has no policy");
            Problem::no_route().into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Collects the paths between quotation marks after `before` in the source of a folder.
    fn routes_of(folder: &Path, before: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                routes_of(&path, before, found);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("policy.rs")
            {
                let source = std::fs::read_to_string(&path).expect("a source");
                let quoted =
                    |rest: &str| Some(rest.trim_start().strip_prefix('"')?.split('"').next()?.to_owned());
                let routes = source.split(before).skip(1).filter_map(quoted);
                found.extend(routes.filter(|route| route.starts_with('/')));
            }
        }
    }

    #[test]
    fn every_route_has_a_policy() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
        let mut routes = Vec::new();
        routes_of(&folder, "route(", &mut routes);
        routes_of(&folder, "path =", &mut routes);
        assert!(routes.len() > 40, "{routes:?}");
        for route in &routes {
            assert!(ROUTES.iter().any(|(_, known, _)| known == route), "{route} has no policy");
        }
        for (_, known, _) in ROUTES {
            assert!(routes.iter().any(|route| route == known), "{known} is no route");
        }
    }

    #[test]
    fn what_agents_see_takes_a_key() {
        for (_, path, policy) in ROUTES {
            let is_of_agents =
                path.starts_with("/agent") || path.contains("/insights") || path.contains("/agent/");
            assert!(!is_of_agents || *policy != Anyone, "{path}");
        }
    }
}
