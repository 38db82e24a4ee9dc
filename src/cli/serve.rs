//! `zhida serve`: the help center over HTTP, live with its content.
//!
//! The port is bound first, then the index is built while the server already
//! answers that it is not ready; a content folder that cannot be read ends it.

use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::oneshot;

use super::search::learned;
use super::{Outcome, progress};
use crate::config::Config;
use crate::content::Severity;
use crate::curate::Curator;
use crate::http::{Agents, App, Ledger, Listening};
use crate::index::{EmbedProgress, Index};
use crate::insights::Insights;
use crate::live::{Embedded, Embedding, Live, Meaning, RefreshError, Refreshed, Watch};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Address and port; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub(super) listen: Option<String>,
}

pub(super) fn run(config: &Config) -> Outcome {
    let listening = Listening::new(&config.server)?;
    let meaning = Arc::new(config.meaning());
    let app = Arc::new(App::new(
        config.site.clone(),
        config.ranking.clone(),
        config.answers.clone(),
        Arc::clone(&meaning),
        config.content.default_locale.clone(),
        config.time_zone.clone(),
        Ledger::open(&config.data.dir, &config.events, &config.messages)?,
    )?);
    app.learn(learned(config)?);
    let curator = Curator::new(config.content_settings(), &config.index.dir, &config.data.dir);
    let insights = Insights::new(&config.insights, config.events.keep(), config.time_zone.clone());
    let agents = Arc::new(Agents::new(Arc::clone(&app), config.agents.clone(), insights, curator));
    println!("http://{}", listening.address());
    let (stop, stopped) = oneshot::channel();
    thread::scope(|scope| {
        let starting = scope.spawn(|| {
            let started = start(config, &app, &agents, &meaning);
            // Keeps the server running, unless there is nothing to serve.
            if started.is_ok() {
                std::mem::forget(stop)
            } else {
                drop(stop)
            }
            started
        });
        listening.serve(Arc::clone(&app), Arc::clone(&agents), &config.server, &config.widget, stopped)?;
        starting.join().expect("starting does not panic")
    })?;
    if !app.ledger().events().finish(Duration::from_secs(config.server.shutdown_seconds)) {
        tracing::error!("some events could not be written before the end");
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the index if need be, then follows the content folder.
fn start(
    config: &Config,
    app: &Arc<App>,
    agents: &Arc<Agents>,
    meaning: &Arc<Meaning>,
) -> anyhow::Result<()> {
    let mut live = Live::new(config.content_settings(), &config.index.dir, Arc::clone(meaning));
    if !config.agents.keys.is_empty() {
        live = live.with_agents();
    }
    // From before the files are read, so that no change is missed.
    let watch = Watch::new(&config.content.dir);
    let bar = progress::bar("Indexing", "articles");
    let refreshed = live.refresh(&|done, all| progress::advance(&bar, done, all))?;
    bar.finish_and_clear();
    let embedding = (!meaning.is_off()).then(|| embedding(config, app, agents, meaning));
    let show = {
        let (app, agents) = (Arc::clone(app), Arc::clone(agents));
        move |refreshed| show(&app, &agents, embedding.as_ref(), refreshed)
    };
    show(Ok(refreshed));
    let watch =
        watch.with_context(|| format!("cannot watch {} for changes", config.content.dir.display()))?;
    watch.follow(move || show(live.refresh(&|_, _| ())));
    Ok(())
}

/// Finds out in the background what passages mean.
fn embedding(config: &Config, app: &Arc<App>, agents: &Arc<Agents>, meaning: &Arc<Meaning>) -> Embedding {
    let bar = progress::bar("Search by meaning", "passages");
    let advance = move |at: EmbedProgress| match at.done < at.all {
        true => progress::advance(&bar, at.done, at.all),
        false => bar.finish_and_clear(),
    };
    let (app, agents) = (Arc::clone(app), Arc::clone(agents));
    let show = move |embedded| match embedded {
        Embedded::Customers(index, vectors) => app.show_vectors(&index, vectors),
        Embedded::Agents(index, vectors) => agents.show_vectors(&index, vectors),
    };
    Embedding::start(Arc::clone(meaning), &config.index.dir, advance, show)
}

/// Serves what was refreshed, and finds out what is new in meaning; or goes on with what
/// there was.
fn show(
    app: &App,
    agents: &Agents,
    embedding: Option<&Embedding>,
    refreshed: Result<Refreshed, RefreshError>,
) {
    match refreshed {
        Ok(Refreshed { snapshot, agents: for_agents, report, diagnostics }) => {
            let (index, analyzer) = (snapshot.index.clone(), Arc::clone(&snapshot.analyzer));
            let agent_index = for_agents.as_ref().map(|snapshot| snapshot.index.clone());
            app.show(snapshot);
            if let Some(snapshot) = for_agents {
                agents.show(snapshot);
            }
            let indexes: [Option<&Index>; 2] = [Some(&index), agent_index.as_deref()];
            let prepared = indexes.into_iter().flatten().try_for_each(|index| index.prepare(&analyzer));
            if let Err(error) = prepared {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "cannot read the words of the index"
                );
            }
            tracing::info!(
                indexed = report.indexed,
                removed = report.removed,
                rebuilt = report.rebuilt,
                "content refreshed"
            );
            let errors =
                diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
            if errors > 0 {
                tracing::warn!(errors, "the content has errors; `zhida check` lists them");
            }
            if let Some(embedding) = embedding {
                embedding.follow(index, agent_index);
            }
        }
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "the content could not be refreshed; the help center stays as it was");
        }
    }
}
