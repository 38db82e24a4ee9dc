//! `/agent/insights/gaps`: what visitors looked for and did not find, and what can become of it.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use serde::Serialize;
use utoipa::ToSchema;

use super::page::around;
use super::scope::Wanted;
use crate::analysis::Analyzer;
use crate::http::agents::look::Reader;
use crate::http::agents::{Agents, page_path};
use crate::http::api::Params;
use crate::http::{Problem, blocking};
use crate::index::AgentIndex;
use crate::insights::{Gap, Scope};
use crate::live::Snapshot;
use crate::messages::{News, Notice};
use crate::search::Request;

/// Gaps on a page.
const SHOWN: usize = 50;

/// Articles that may answer a gap already.
const NEAREST: usize = 3;

/// Gaps of a report for programs.
const MOST: usize = 500;

/// What nobody should wait for.
const SLOW: Duration = Duration::from_millis(100);

/// How old gaps may be where it takes longer than that to work them out.
const MOST_AGE: Duration = Duration::from_secs(300);

/// The gaps that were worked out last.
pub(super) struct Known {
    scope: Scope,
    /// The number of the last event.
    last: i64,
    since: Instant,
    took: Duration,
    gaps: Arc<Vec<Gap>>,
}

impl Agents {
    /// Returns the gaps of `scope` that nobody has said to ignore.
    async fn gaps(self: &Arc<Self>, scope: Scope) -> Result<(Arc<Vec<Gap>>, HashSet<String>), Problem> {
        self.catch_up().await?;
        let agents = Arc::clone(self);
        blocking(move || {
            let analyzer = agents.snapshot()?.analyzer;
            let gaps = agents.known_gaps(&scope).unwrap_or_else(|| agents.find_gaps(&scope, &analyzer));
            Ok((gaps, agents.curator.ignored(&analyzer)))
        })
        .await
    }

    /// Returns the gaps of `scope` if they were worked out a moment ago.
    fn known_gaps(&self, scope: &Scope) -> Option<Arc<Vec<Gap>>> {
        self.gaps_if(scope, |known, last| {
            known.last == last || known.took > SLOW && known.since.elapsed() < MOST_AGE
        })
    }

    /// Returns the gaps of `scope` if nothing has happened since they were worked out.
    pub(super) fn current_gaps(&self, scope: &Scope) -> Option<Arc<Vec<Gap>>> {
        self.gaps_if(scope, |known, last| known.last == last)
    }

    fn gaps_if(&self, scope: &Scope, is_right: impl Fn(&Known, i64) -> bool) -> Option<Arc<Vec<Gap>>> {
        let last = self.insights.read().last();
        let known = self.insights.gaps.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref().filter(|known| known.scope == *scope && is_right(known, last))?;
        Some(Arc::clone(&known.gaps))
    }

    /// Works the gaps of `scope` out.
    pub(super) fn find_gaps(&self, scope: &Scope, analyzer: &Analyzer) -> Arc<Vec<Gap>> {
        let start = Instant::now();
        let (gaps, last) = {
            let insights = self.insights.read();
            (Arc::new(insights.gaps(scope, analyzer)), insights.last())
        };
        let (since, took) = (Instant::now(), start.elapsed());
        let known = Known { scope: scope.clone(), last, since, took, gaps: Arc::clone(&gaps) };
        *self.insights.gaps.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
        gaps
    }

    /// Tells of gaps that many visitors have, each once.
    pub(super) fn tell_of_gaps(&self, gaps: &[Gap], analyzer: &Analyzer) {
        let messages = self.app.ledger.messages();
        let Some(least) = messages.gap_visitors() else { return };
        let ignored = self.curator.ignored(analyzer);
        let mut told = self.insights.told.lock().unwrap_or_else(PoisonError::into_inner);
        for gap in open_gaps(gaps, &ignored, analyzer).filter(|gap| gap.visitors >= least) {
            if !told.insert(gap.id.clone()) {
                continue;
            }
            let what = News::Gap {
                name: gap.name(),
                locale: gap.locale.to_string(),
                visitors: gap.visitors,
                searches: gap.times,
                gap: gap.id,
            };
            messages.tell(Notice { at: jiff::Timestamp::now(), what });
        }
    }

    /// Returns the articles that may answer a gap, the nearest first.
    fn nearest_to(&self, gap: &Gap, snapshot: &Snapshot<AgentIndex>) -> Result<Vec<u32>, Problem> {
        let request = Request::first(NEAREST, gap.name(), None, gap.locale.clone());
        let results = self.app.searcher(snapshot).search(&request)?;
        Ok(results.hits.iter().map(|hit| hit.article).collect())
    }
}

/// Returns the gaps that are not to be ignored, without the wordings that are.
fn open_gaps<'g>(
    gaps: &'g [Gap],
    ignored: &'g HashSet<String>,
    analyzer: &'g Analyzer,
) -> impl Iterator<Item = Gap> + 'g {
    let is_ignored = |text: &str| !ignored.is_empty() && ignored.contains(&analyzer.key(text));
    gaps.iter().filter_map(move |gap| {
        let mut open = gap.clone();
        open.questions.retain(|question| !is_ignored(&question.text));
        let is_open = match gap.questions.is_empty() {
            true => !is_ignored(&gap.name()),
            false => !open.questions.is_empty(),
        };
        is_open.then_some(open)
    })
}

/// Shows the gaps.
pub(super) async fn page(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    wanted: Result<Params<Wanted>, Problem>,
) -> Response {
    let answer = async {
        let Params(wanted) = wanted?;
        let scope = wanted.scope(agents.app.today())?;
        let (gaps, ignored) = agents.gaps(scope.clone()).await?;
        let around = around(&agents, &wanted, &scope, None).await?;
        let work = {
            let (agents, reader) = (Arc::clone(&agents), reader.clone());
            move || {
                let snapshot = agents.snapshot()?;
                let open = open_gaps(&gaps, &ignored, &snapshot.analyzer);
                let shown = open.take(SHOWN).map(|gap| shown(&agents, &reader, &snapshot, &gap));
                shown.collect::<Result<Vec<Value>, Problem>>()
            }
        };
        let values = context! { gaps => blocking(work).await?, ..around };
        Ok(agents.render(&reader, StatusCode::OK, "gaps.html", values))
    };
    answer.await.unwrap_or_else(|problem: Problem| agents.problem_page(&reader, &problem))
}

fn shown(
    agents: &Agents,
    reader: &Reader,
    snapshot: &Snapshot<AgentIndex>,
    gap: &Gap,
) -> Result<Value, Problem> {
    let nearest = agents.nearest_to(gap, snapshot)?.into_iter().map(|article| {
        let card = snapshot.index.card(article);
        context! {
            article => reader.article(card),
            id => card.id.as_str(),
            locale => card.locale.to_string(),
            url => page_path(card, None),
        }
    });
    let questions: Vec<&str> = gap.questions.iter().map(|question| question.text.as_str()).collect();
    Ok(context! {
        id => gap.id.as_str(),
        name => gap.name(),
        is_named => !gap.questions.is_empty(),
        questions => gap.questions.iter().map(|one| context! { text => one.text.as_str(), times => one.times }).collect::<Vec<_>>(),
        lines => if questions.is_empty() { gap.name() } else { questions.join("\n") },
        locale => gap.locale.to_string(),
        language => reader.texts.language(&gap.locale),
        wordings => gap.wordings,
        times => gap.times,
        visitors => gap.visitors,
        nearest => nearest.collect::<Vec<_>>(),
    })
}

/// What is missing.
#[derive(Serialize, ToSchema)]
#[schema(as = GapsResponse)]
pub(super) struct GapList {
    /// Always `agent`.
    index: &'static str,
    #[schema(value_type = String)]
    from: jiff::civil::Date,
    #[schema(value_type = String)]
    to: jiff::civil::Date,
    /// What was asked for most first, 500 at most.
    gaps: Vec<Listed>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Gap)]
struct Listed {
    /// The same while it is asked for in the same words most.
    id: String,
    /// Wordings that enough visitors typed.
    questions: Vec<String>,
    /// Words that enough visitors used, where no whole wording may be shown.
    words: Vec<String>,
    /// The locale of most who asked.
    locale: String,
    /// How many wordings there are in all.
    wordings: usize,
    /// How many searches failed, and tickets for which agents missed an article.
    searches: u64,
    visitors: u64,
}

/// Returns what visitors looked for and did not find.
#[utoipa::path(get, path = "/api/v1/insights/gaps", params(Wanted), security(("agent_key" = [])), responses(
    (status = OK, body = GapList),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn gaps(
    State(agents): State<Arc<Agents>>,
    Params(wanted): Params<Wanted>,
) -> Result<Json<GapList>, Problem> {
    let scope = wanted.scope(agents.app.today())?;
    let (from, to) = (scope.from, scope.to);
    let (gaps, ignored) = agents.gaps(scope).await?;
    let listed = |gap: Gap| Listed {
        id: gap.id,
        questions: gap.questions.into_iter().map(|question| question.text).collect(),
        words: gap.words,
        locale: gap.locale.to_string(),
        wordings: gap.wordings,
        searches: gap.times,
        visitors: gap.visitors,
    };
    let work = move || {
        let analyzer = agents.snapshot()?.analyzer;
        Ok(open_gaps(&gaps, &ignored, &analyzer).take(MOST).map(listed).collect())
    };
    let gaps = blocking(work).await?;
    Ok(Json(GapList { index: "agent", from, to, gaps }))
}
