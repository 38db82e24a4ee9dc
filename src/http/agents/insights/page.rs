//! The pages of reports.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::Value;

use super::chart::{self, Line, Unit};
use super::scope::Wanted;
use crate::content::ArticleId;
use crate::events::Channel;
use crate::http::agents::look::Reader;
use crate::http::agents::{Agents, PATH};
use crate::http::api::Params;
use crate::http::{Problem, blocking};
use crate::insights::{Cell, Figures, Report, Scope, Table};
use crate::locale::Locale;

/// Rows of a page; spreadsheets have all.
const MOST_ROWS: usize = 200;

/// Shows how the help center does.
pub(super) async fn page(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    wanted: Result<Params<Wanted>, Problem>,
) -> Response {
    let answer = async {
        let Params(wanted) = wanted?;
        let scope = wanted.scope(agents.app.today())?;
        agents.catch_up().await?;
        let figures = {
            let (agents, scope) = (Arc::clone(&agents), scope.clone());
            blocking(move || {
                let insights = agents.insights.read();
                Ok((insights.figures(&scope), insights.days(&scope)))
            })
        };
        let (all, days) = figures.await?;
        let values = context! {
            figures => shown(&reader, &all),
            charts => charts(&reader, &days),
            ..around(&agents, &wanted, &scope, None).await?
        };
        Ok(agents.render(&reader, StatusCode::OK, "insights.html", values))
    };
    answer.await.unwrap_or_else(|problem: Problem| agents.problem_page(&reader, &problem))
}

/// Shows a report, or returns it as a spreadsheet.
pub(super) async fn report_page(
    State(agents): State<Arc<Agents>>,
    reader: Reader,
    Path(name): Path<String>,
    wanted: Result<Params<Wanted>, Problem>,
) -> Response {
    let answer = async {
        let (name, is_csv) = match name.strip_suffix(".csv") {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
        let report = Report::named(name).ok_or_else(Problem::no_route)?;
        let Params(wanted) = wanted?;
        let scope = wanted.scope(agents.app.today())?;
        let table = Arc::clone(&agents).table(report, scope.clone()).await?;
        if is_csv {
            return Ok(spreadsheet(report, &scope, &table));
        }
        let values = context! {
            report => report.as_str(),
            columns => columns(&table),
            rows => table.rows.iter().take(MOST_ROWS).map(|row| cells(&reader, &table, row)).collect::<Vec<_>>(),
            left_out => table.rows.len().saturating_sub(MOST_ROWS),
            spreadsheet => format!("{PATH}/insights/{}.csv{}", report.as_str(), wanted.query()),
            ..around(&agents, &wanted, &scope, Some(report)).await?
        };
        Ok(agents.render(&reader, StatusCode::OK, "report.html", values))
    };
    answer.await.unwrap_or_else(|problem: Problem| agents.problem_page(&reader, &problem))
}

fn spreadsheet(report: Report, scope: &Scope, table: &Table) -> Response {
    let name = format!("attachment; filename=\"{}_{}_{}.csv\"", report.as_str(), scope.from, scope.to);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name.parse().expect("it is plain text")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    // Spreadsheet programs take a file without this mark for one of their own encoding.
    (headers, format!("\u{feff}{}", table.to_csv())).into_response()
}

/// Returns what every page of reports shows: which days and visitors it is about, and the other
/// reports.
pub(super) async fn around(
    agents: &Arc<Agents>,
    wanted: &Wanted,
    scope: &Scope,
    report: Option<Report>,
) -> Result<Value, Problem> {
    let choices = {
        let agents = Arc::clone(agents);
        blocking(move || Ok(agents.insights.read().choices()))
    };
    let (locales, markets) = choices.await?;
    let query = wanted.query();
    let url = |report: &Report| format!("{PATH}/insights/{}{query}", report.as_str());
    let reports = Report::ALL.iter().map(|one| {
        context! { name => one.as_str(), url => url(one), is_current => Some(*one) == report }
    });
    Ok(context! {
        from => scope.from.to_string(),
        to => scope.to.to_string(),
        locale => scope.locale.as_ref().map(ToString::to_string),
        market => scope.market.as_deref(),
        channel => scope.channel.map(|channel| channel.as_str()),
        locales,
        markets,
        channels => Channel::ALL.map(Channel::as_str),
        gaps_url => format!("{PATH}/insights/gaps{query}"),
        changes_url => format!("{PATH}/insights/changes"),
        overview => format!("{PATH}/insights{query}"),
        reports => reports.collect::<Vec<_>>(),
    })
}

/// What the overview shows of the figures.
const TILES: [&str; 9] = [
    "searches",
    "nothing_found",
    "answered",
    "opened",
    "visits",
    "self_service_score",
    "deflection",
    "satisfaction",
    "seconds_to_help",
];

fn shown(reader: &Reader, figures: &Figures) -> Vec<Value> {
    let tiles = figures.named().filter(|(name, _)| TILES.contains(name));
    tiles.map(|(name, cell)| context! { name, value => text(reader, &cell) }).collect()
}

fn charts(reader: &Reader, days: &[(Date, Figures)]) -> Vec<Value> {
    let dates: Vec<Date> = days.iter().map(|(day, _)| *day).collect();
    let line = |name: &str, value: &dyn Fn(&Figures) -> Option<f64>| -> Line {
        (reader.text(&format!("column-{name}")), days.iter().map(|(_, figures)| value(figures)).collect())
    };
    let count = |value: u64| Some(value as f64);
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    let use_of = [
        line("searches", &|figures| count(figures.searches)),
        line("visits", &|figures| count(figures.visits)),
        line("escalated", &|figures| count(figures.escalated)),
    ];
    let outcomes = [
        line("answered", &|figures| share(figures.answered, figures.asked())),
        line("suggested", &|figures| share(figures.suggested, figures.asked())),
        line("unknown", &|figures| share(figures.unknown, figures.asked())),
        line("nothing_found", &|figures| share(figures.nothing_found, figures.searches)),
    ];
    let chart = |name: &str, lines: &[Line], unit| {
        let svg = chart::svg(&dates, lines, unit);
        context! { name, svg => Value::from_safe_string(svg) }
    };
    vec![chart("use", &use_of, Unit::Count), chart("outcomes", &outcomes, Unit::Share)]
}

/// Returns the columns that a page shows: `id` becomes the link of the title.
fn columns(table: &Table) -> Vec<&'static str> {
    let is_shown = |name: &&&str| !(**name == "id" && table.columns.contains(&"title"));
    table.columns.iter().filter(is_shown).copied().collect()
}

fn cells(reader: &Reader, table: &Table, row: &[Cell]) -> Vec<Value> {
    let of =
        |name: &str| table.columns.iter().zip(row).find(|(column, _)| **column == name).map(|(_, cell)| cell);
    let article = || match (of("id")?, of("locale")?) {
        (Cell::Text(id), Cell::Text(locale)) => {
            let locale: Locale = locale.parse().ok()?;
            Some(format!("{PATH}{}", ArticleId::new(id)?.url(&locale)))
        }
        _ => None,
    };
    let shown = columns(table);
    let cell = |(name, cell): (&&'static str, &Cell)| {
        let is_number = matches!(cell, Cell::Count(_) | Cell::Share(_) | Cell::Number(_) | Cell::Seconds(_));
        let url = if *name == "title" { article() } else { None };
        let value = match (*name, cell) {
            ("reason" | "channel" | "helpful", Cell::Text(code)) => {
                let id =
                    if *name == "helpful" { format!("helpful-{code}") } else { format!("{name}-{code}") };
                Some(reader.text(&id)).filter(|text| !text.is_empty()).unwrap_or_else(|| code.clone())
            }
            _ => text(reader, cell),
        };
        context! { value, is_number, url }
    };
    table.columns.iter().zip(row).filter(|(name, _)| shown.contains(name)).map(cell).collect()
}

fn text(reader: &Reader, cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "–".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => reader.text_with("number", *count),
        Cell::Share(share) => format!("{:.1} %", share * 100.0),
        Cell::Number(number) => format!("{number:.1}"),
        Cell::Day(day) => reader.texts.date(*day),
        Cell::Seconds(seconds) if *seconds >= 120 => reader.text_with("minutes", seconds / 60),
        Cell::Seconds(seconds) => reader.text_with("seconds", *seconds),
    }
}
