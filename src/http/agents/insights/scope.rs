//! Which days and which part of the visitors a report is about, as its address says.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::events::Channel;
use crate::http::{Problem, given};
use crate::insights::Scope;

/// Days of a report that is asked for without any.
const DAYS: i64 = 28;

/// Most days of a report.
const MOST_DAYS: i32 = 731;

/// The parameters of the address; those that are empty are not set.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The first day, as `2026-11-01`; four weeks before the last if not given.
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    /// The last day; today if not given.
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    /// Only what was asked in this locale.
    #[serde(skip_serializing_if = "String::is_empty")]
    locale: String,
    /// Only what was asked for this market.
    #[serde(skip_serializing_if = "String::is_empty")]
    market: String,
    /// Only what was asked there: `page`, `widget`, `api` or `chat`.
    #[serde(skip_serializing_if = "String::is_empty")]
    channel: String,
}

impl Wanted {
    /// Returns what is wanted on `today`, or what is wrong with it.
    pub(super) fn scope(&self, today: Date) -> Result<Scope, Problem> {
        let to = day("to", &self.to)?.unwrap_or(today);
        let from = day("from", &self.from)?.unwrap_or_else(|| to.saturating_sub((DAYS - 1).days()));
        if from > to {
            return Err(Problem::invalid_parameter("`from` is after `to`".to_owned()));
        }
        if (to - from).get_days() >= MOST_DAYS {
            return Err(Problem::invalid_parameter(format!("a report is about {MOST_DAYS} days at most")));
        }
        let locale = given(&self.locale).map(|locale| {
            let wrong = |_| Problem::invalid_parameter(format!("`locale`: {locale} is no locale"));
            locale.parse().map_err(wrong)
        });
        let channel = given(&self.channel).map(|channel| {
            let advice = || Problem::invalid_parameter("`channel` is page, widget, api or chat".to_owned());
            Channel::named(&channel).ok_or_else(advice)
        });
        Ok(Scope {
            from,
            to,
            locale: locale.transpose()?,
            market: given(&self.market),
            channel: channel.transpose()?,
        })
    }

    /// Returns the query string that asks for the same.
    pub(super) fn query(&self) -> String {
        let query = serde_urlencoded::to_string(self).expect("every parameter is one value");
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

fn day(name: &str, text: &str) -> Result<Option<Date>, Problem> {
    let wrong = |_| Problem::invalid_parameter(format!("`{name}` is a day, as 2026-11-01"));
    given(text).map(|text| text.parse().map_err(wrong)).transpose()
}
