//! What the server keeps: what happened, what visitors wrote, and how it knows what it gave out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::civil::Date;

use super::limit::Peer;
use super::secret::Secret;
use super::{App, NO_PANIC, Problem};
use crate::events::{self, Channel, Event, Events, Report, Revision, Searched, Shown, Visitor, Vote, What};
use crate::index::{Card, Index};
use crate::messages::{self, Messages, News, Notice};
use crate::search::{Filters, Hit, Request, Results};

/// Why nothing can be kept.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// No thread can be started.
    #[error("the log of events cannot be started")]
    Events(#[from] std::io::Error),
    /// A setting is wrong.
    #[error(transparent)]
    Messages(#[from] messages::SettingsError),
}

/// The log of events, the secret that names what they follow, and the messages of visitors.
pub struct Ledger {
    pub(super) events: Events,
    pub(super) secret: Secret,
    pub(super) messages: Messages,
    visitors: Mutex<Option<(Date, [u8; 32])>>,
}

impl Ledger {
    /// Keeps all of it in `dir`, unless the settings name another place.
    ///
    /// # Errors
    /// Where a setting of messages is wrong, or no thread can be started.
    pub fn open(
        dir: &Path,
        events: &events::Settings,
        messages: &messages::Settings,
    ) -> Result<Self, LedgerError> {
        Ok(Self {
            events: Events::open(dir, events)?,
            secret: Secret::open(dir),
            messages: Messages::open(dir, messages)?,
            visitors: Mutex::default(),
        })
    }

    /// Keeps events that a visitor reports; returns when they are on disk.
    pub(super) async fn keep(&self, events: Vec<Event>) -> Result<(), Problem> {
        let news: Vec<Notice> = events.iter().filter_map(notice).collect();
        self.events.write(events).await.map_err(Problem::events_unavailable)?;
        news.into_iter().for_each(|notice| self.messages.tell(notice));
        Ok(())
    }

    /// Records what the server notices itself; does not wait.
    pub(super) fn record(&self, event: Event) {
        if let Some(notice) = notice(&event) {
            self.messages.tell(notice);
        }
        self.events.record(vec![event]);
    }

    /// Returns the messages.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Returns the log.
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// Records a search of `visitor` and what was shown for it, unless it only browses or turns a
    /// page; returns the name that it got.
    fn searched(&self, visitor: Visitor, what: &Looked) -> String {
        let Looked { request, results, shown, index, channel, answer } = *what;
        let at = Timestamp::now();
        let query_id = self.secret.new_query_id(at);
        if what.is_browsing() {
            return query_id;
        }
        let searched = Searched {
            query_id: query_id.clone(),
            query: request.query.clone(),
            locale: request.locale.clone(),
            channel,
            filters: filters(&request.filters),
            total: results.total,
            results: shown.iter().map(|hit| shown_as(hit, index.card(hit.article))).collect(),
            answer: answer.map(Cow::from),
        };
        let what = What::Searched(Box::new(searched));
        self.events.record(vec![Event { at, visitor: Some(visitor), what }]);
        query_id
    }

    /// Returns a name for a search that is not recorded.
    pub(super) fn unrecorded(&self) -> String {
        self.secret.new_query_id(Timestamp::now())
    }

    /// Records that a visitor read an article.
    pub(super) fn viewed(&self, visitor: Visitor, card: &Card) {
        self.reported(visitor, Report::Viewed { article: revision(card) });
    }

    /// Records what a visitor said of an answer: a vote on its article.
    pub(super) fn judged(&self, visitor: Visitor, card: &Card, helpful: bool) {
        let vote = Vote { helpful, reason: None, comment: None };
        self.reported(visitor, Report::Voted { article: revision(card), vote });
    }

    fn reported(&self, visitor: Visitor, report: Report) {
        let what = What::Reported { query_id: None, report };
        self.record(Event { at: Timestamp::now(), visitor: Some(visitor), what });
    }

    /// Names a visitor for a day: hashes of the network, and of the browser in it, under a key
    /// that is kept in memory alone, for that day.
    fn visitor(&self, peer: &Peer, headers: &HeaderMap, today: Date) -> Visitor {
        let key = {
            let mut visitors = self.visitors.lock().expect(NO_PANIC);
            match *visitors {
                Some((day, key)) if day == today => key,
                _ => {
                    let mut key = [0; 32];
                    getrandom::fill(&mut key).expect("the system has random numbers");
                    *visitors = Some((today, key));
                    key
                }
            }
        };
        let mut hasher = blake3::Hasher::new_keyed(&key);
        hasher.update(&peer.network());
        let network = hasher.finalize().to_hex();
        let browser = headers.get(header::USER_AGENT).map_or(&b""[..], |value| value.as_bytes());
        Visitor::new(&network[..16], &hasher.update(browser).finalize().to_hex()[..16])
    }
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let peer = Peer::from_request_parts(parts, app).await?;
        Ok(app.ledger.visitor(&peer, &parts.headers, app.today()))
    }
}

/// A search and what was shown for it.
pub(super) struct Looked<'a> {
    pub(super) request: &'a Request,
    pub(super) results: &'a Results,
    /// The hits that were shown, in their order.
    pub(super) shown: &'a [&'a Hit],
    pub(super) index: &'a Index,
    pub(super) channel: Channel,
    /// What became of the question, where an answer was asked for.
    pub(super) answer: Option<&'static str>,
}

impl Looked<'_> {
    /// Returns whether nothing was asked, or only a page turned.
    fn is_browsing(&self) -> bool {
        self.request.query.trim().is_empty() || self.request.offset > 0
    }
}

impl App {
    /// Records and counts a search; returns the name that it got.
    pub(super) fn searched(&self, visitor: Visitor, what: &Looked) -> String {
        if !what.is_browsing() {
            self.metrics.searched(what.channel.as_str(), what.answer, what.results.total);
        }
        self.ledger.searched(visitor, what)
    }
}

/// Returns what is told at once of an event.
fn notice(event: &Event) -> Option<Notice> {
    let What::Reported { query_id, report } = &event.what else { return None };
    let what = match report {
        Report::Escalated => News::Escalation { query_id: query_id.clone() },
        Report::Voted { article, vote: Vote { helpful: false, reason, comment: Some(comment) } } => {
            News::NegativeVote {
                article: article.id.to_string(),
                locale: article.locale.to_string(),
                revision: article.hash.clone(),
                reason: reason.clone(),
                comment: comment.clone(),
            }
        }
        _ => return None,
    };
    Some(Notice { at: event.at, what })
}

/// Returns which version of an article a card is of.
pub(super) fn revision(card: &Card) -> Revision {
    Revision { id: card.id.clone(), locale: card.locale.clone(), hash: card.hash.clone() }
}

fn shown_as(hit: &Hit, card: &Card) -> Shown {
    Shown {
        id: card.id.to_string(),
        locale: card.locale.to_string(),
        tier: hit.tier.map(|tier| tier.as_str().into()),
    }
}

fn filters(filters: &Filters) -> BTreeMap<Cow<'static, str>, String> {
    let Filters { category, tag, product, market, locale } = filters;
    let locale = locale.as_ref().map(ToString::to_string);
    let all =
        [("category", category), ("tag", tag), ("product", product), ("market", market), ("locale", &locale)];
    all.into_iter().filter_map(|(name, value)| Some((name.into(), value.clone()?))).collect()
}
