//! `zhida eval --tickets`: whether the problems of judged tickets are solved.

use std::path::Path;
use std::time::{Duration, Instant};

use super::desk::Opened;
use super::progress;
use crate::config::Config;
use crate::content::Loader;
use crate::eval::{JudgedTicket, TicketFigures, judged_files};
use crate::suggest::Wanted;

/// Suggestions for each problem, as agents see them.
const LIMIT: usize = 3;

/// How often each ticket is asked, to measure how long that takes.
const RUNS: usize = 3;

/// Measures the files of judged tickets over the index.
pub(super) fn run(dir: &Path, config: &Config, json: bool) -> anyhow::Result<()> {
    let corpus = Loader::new(config.content_settings()).load()?.corpus;
    let opened = Opened::new(config)?;
    let files = judged_files(dir)?;
    if !json {
        println!(
            "{:<10}{:>8}{:>10}{:>8}{:>13}{:>13}{:>10}{:>8}{:>12}",
            "set", "tickets", "problems", "first", "first three", "all covered", "evidence", "groups", "p99"
        );
    }
    for path in files {
        let tickets = JudgedTicket::read(&path)?;
        let bar = progress::bar("Suggesting", "tickets");
        let (mut verdicts, mut groups, mut times) = (Vec::new(), 0, Vec::new());
        for ticket in &tickets {
            let wanted = Wanted {
                locale: ticket.locale.clone(),
                market: None,
                product: None,
                limit: LIMIT,
                origin: String::new(),
            };
            let mut timed = || {
                let start = Instant::now();
                let suggestions =
                    opened.with_desk(config, |desk| desk.suggest(&ticket.ticket().read(), &wanted))?;
                times.push(start.elapsed());
                anyhow::Ok(suggestions)
            };
            let suggestions = timed()?;
            for _ in 1..RUNS {
                timed()?;
            }
            groups += suggestions.problems.len();
            verdicts.push(ticket.judge(&suggestions, &opened.index, &corpus));
            progress::advance(&bar, verdicts.len(), tickets.len());
        }
        bar.finish_and_clear();
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let figures = TicketFigures::new(&name, &verdicts, groups);
        if json {
            println!("{}", serde_json::to_string(&figures)?);
        } else {
            println!(
                "{:<10}{:>8}{:>10}{:>8.3}{:>13.3}{:>13.3}{:>10.3}{:>8.2}{:>9.0} ms",
                figures.set,
                figures.tickets,
                figures.problems,
                figures.first,
                figures.first_three,
                figures.all_covered,
                figures.evidence,
                figures.groups,
                percentile_99(&mut times).as_secs_f64() * 1e3
            );
        }
    }
    Ok(())
}

/// Returns the time that one in a hundred takes longer than.
fn percentile_99(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}
