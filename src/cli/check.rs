//! `zhida check`: what is wrong with the content.
//!
//! Prints one line a problem and a summary that accounts for every file. The
//! questions of every article are asked, in an index made for it, and must find it;
//! articles that answer the same question are told.
//! Where there is an index of an earlier state, it also finds articles that have
//! moved since, and says which alias keeps their old address working.

use std::collections::{BTreeSet, HashMap};
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;

use super::{Outcome, progress};
use crate::analysis::Analyzer;
use crate::answer::{CALIBRATION_FILE, Calibration};
use crate::config::Config;
use crate::content::{Article, Corpus, Diagnostic, Loaded, Loader, Severity};
use crate::eval::{Failure, ask_own_questions};
use crate::http::missing_texts;
use crate::index::{ArticleOrd, Builder, Card, Index, PassageVectors};
use crate::live::Meaning;
use crate::locale::Locale;
use crate::search::Searcher;
use crate::vocabulary::Synonyms;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Print one JSON object a problem, then one with the summary
    #[arg(long)]
    json: bool,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
}

/// How many files there are and what became of them.
#[derive(Serialize)]
struct Summary {
    files: usize,
    articles: usize,
    skipped: usize,
    errors: usize,
    warnings: usize,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let loaded = Loader::new(config.content_settings()).load()?;
    let analyzer = Analyzer::new(&loaded.corpus.vocabulary);
    let moved = moved_articles(&loaded, config);
    let idle = idle_synonyms(&loaded.corpus, &analyzer);
    let (questions, twins) = ask(&loaded.corpus, &analyzer, config)?;
    let mut lines: Vec<Line> = loaded.diagnostics.iter().map(line).collect();
    lines.extend(questions.iter().map(|question| Line {
        file: question.article.path.display().to_string(),
        line: line_of(question.article, question.text),
        code: question.code,
        severity: Severity::Error.as_str(),
        message: &question.advice,
    }));
    lines.extend(warnings("moved", &moved));
    lines.extend(warnings("same-question", &twins));
    lines.extend(idle.iter().map(|(synonyms, advice)| Line {
        file: synonyms.file.clone(),
        line: Some(synonyms.line),
        code: "idle-synonyms",
        severity: "warning",
        message: advice,
    }));
    let wrong = Calibration::read(&config.content.dir).err().map(|error| error.to_string());
    lines.extend(wrong.iter().map(|problem| Line {
        file: CALIBRATION_FILE.to_owned(),
        line: None,
        code: "wrong-calibration",
        severity: Severity::Error.as_str(),
        message: problem,
    }));
    let missing = missing_texts(&config.site, &locales(&loaded.corpus))?;
    lines.extend(missing.iter().map(|advice| Line {
        file: config.site.theme.join(&advice.file).display().to_string(),
        line: None,
        code: "missing-texts",
        severity: Severity::Warning.as_str(),
        message: &advice.message,
    }));
    let errors = lines.iter().filter(|line| line.severity == Severity::Error.as_str()).count();
    let summary = Summary {
        files: loaded.files,
        articles: loaded.corpus.articles.len(),
        skipped: loaded.skipped.len(),
        errors,
        warnings: lines.len() - errors,
    };
    if args.json {
        print_json(&lines, &summary)?
    } else {
        print(&lines, &loaded, &summary)
    }
    let fails = summary.errors > 0 || (args.strict && summary.warnings > 0);
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Returns the locales of the articles that customers see.
fn locales(corpus: &Corpus) -> Vec<Locale> {
    let shown = corpus.articles.iter().filter(|article| article.is_for_customers());
    let locales: BTreeSet<Locale> = shown.map(|article| article.locale.clone()).collect();
    locales.into_iter().collect()
}

fn line(diagnostic: &Diagnostic) -> Line<'_> {
    Line {
        file: diagnostic.file.display().to_string(),
        line: diagnostic.line,
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
    }
}

/// Returns a line for each article that there is advice on.
fn warnings<'a>(code: &'a str, advice: &'a Advice) -> impl Iterator<Item = Line<'a>> {
    advice.iter().map(move |(article, advice)| Line {
        file: article.path.display().to_string(),
        line: None,
        code,
        severity: Severity::Warning.as_str(),
        message: advice,
    })
}

fn print_json(lines: &[Line], summary: &Summary) -> anyhow::Result<()> {
    for line in lines {
        println!("{}", serde_json::to_string(line)?);
    }
    println!("{}", serde_json::to_string(summary)?);
    Ok(())
}

fn print(lines: &[Line], loaded: &Loaded, summary: &Summary) {
    for line in lines {
        let place = line.line.map(|number| format!(":{number}")).unwrap_or_default();
        println!("{}{place}: {} [{}] {}", line.file, line.severity, line.code, line.message);
    }
    println!(
        "{} files: {} articles, {} skipped; {} errors, {} warnings",
        summary.files, summary.articles, summary.skipped, summary.errors, summary.warnings
    );
    for skipped in &loaded.skipped {
        println!("  skipped {}: {}", skipped.path.display(), skipped.reason);
    }
}

/// Returns articles whose address is new while an article with the same text
/// lost its own, each with what to write so that the old address keeps working.
fn moved_articles<'a>(loaded: &'a Loaded, config: &Config) -> Advice<'a> {
    let Ok(index) = Builder::new(&config.index.dir).open_agent(None) else {
        return Vec::new();
    };
    let articles = &loaded.corpus.articles;
    let known: HashMap<_, &Card> = index.cards().map(|card| ((&card.id, &card.locale), card)).collect();
    let present: HashMap<_, &Article> =
        articles.iter().map(|article| ((&article.id, &article.locale), article)).collect();
    let lost = index.cards().filter(|card| !present.contains_key(&(&card.id, &card.locale)));
    let lost: HashMap<_, &Card> = lost.map(|card| ((&card.title, &card.locale), card)).collect();
    let new = articles.iter().filter(|article| !known.contains_key(&(&article.id, &article.locale)));
    new.filter_map(|article| {
        let old = lost.get(&(&article.title, &article.locale))?.url();
        let advice = format!("this article was at {old}; write `aliases: [{old}]` in its front matter to keep that address working");
        (!article.aliases.contains(&old)).then_some((article, advice))
    })
    .collect()
}

/// Returns synonyms that change nothing, because no article has what they look for.
fn idle_synonyms<'a>(corpus: &'a Corpus, analyzer: &Analyzer) -> Vec<(&'a Synonyms, String)> {
    let synonyms = &corpus.vocabulary.synonyms;
    if synonyms.is_empty() {
        return Vec::new();
    }
    let wanted: Vec<Vec<String>> =
        synonyms.iter().map(|synonyms| synonyms.to.iter().map(|to| analyzer.key(to)).collect()).collect();
    let mut idle = vec![true; synonyms.len()];
    for article in &corpus.articles {
        let text = analyzer.key(&article.source);
        for (idle, wanted) in idle.iter_mut().zip(&wanted).filter(|(idle, _)| **idle) {
            *idle = !wanted.iter().any(|to| text.contains(to.as_str()));
        }
    }
    let advice = |synonyms: &Synonyms| {
        format!(
            "no article has `{}`; name words that articles have, or take the line out",
            synonyms.to.join("`, `")
        )
    };
    let idle = synonyms.iter().zip(idle).filter(|(_, idle)| *idle);
    idle.map(|(synonyms, _)| (synonyms, advice(synonyms))).collect()
}

/// A question that does not do what its article says.
struct FailingQuestion<'a> {
    article: &'a Article,
    text: &'a str,
    code: &'static str,
    advice: String,
}

/// Two articles whose questions are this near answer the same one: below, they differ
/// in what is asked (measured on the sample content).
const SAME_QUESTION: f32 = 0.97;

/// Articles with what is to be said of them.
type Advice<'a> = Vec<(&'a Article, String)>;

/// Builds indexes of the corpus, asks the questions of its articles, and looks for
/// articles that answer the same one.
fn ask<'a>(
    corpus: &'a Corpus,
    analyzer: &Analyzer,
    config: &Config,
) -> anyhow::Result<(Vec<FailingQuestion<'a>>, Advice<'a>)> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for an index")?;
    let builder = Builder::new(folder.path());
    let bar = progress::bar("Indexing", "articles");
    builder.sync(corpus, analyzer, &|done, all| progress::advance(&bar, done, all))?;
    bar.finish_and_clear();
    let (customers, agents) = (builder.open_customer(None)?, builder.open_agent(None)?);
    let meaning = config.meaning();
    progress::embed(&meaning, &[&customers, &agents])?;
    let of_customers = Asked { index: &customers, vectors: meaning.vectors(&customers)?, meaning: &meaning };
    let of_agents = Asked { index: &agents, vectors: meaning.vectors(&agents)?, meaning: &meaning };
    let failing = failing_questions(corpus, analyzer, config, &of_customers, &of_agents)?;
    let twins = of_agents.vectors.as_ref().map(|vectors| twins(corpus, &agents, vectors));
    Ok((failing, twins.unwrap_or_default()))
}

/// An index that questions are asked in.
struct Asked<'a> {
    index: &'a Index,
    vectors: Option<PassageVectors>,
    meaning: &'a Meaning,
}

/// Asks the questions of all articles that have any: public ones as customers do, the
/// others as agents.
fn failing_questions<'a>(
    corpus: &'a Corpus,
    analyzer: &Analyzer,
    config: &Config,
    customers: &Asked,
    agents: &Asked,
) -> anyhow::Result<Vec<FailingQuestion<'a>>> {
    let asks = |article: &&Article| !article.questions.is_empty() || !article.not_questions.is_empty();
    let asking: Vec<&Article> = corpus.articles.iter().filter(asks).collect();
    let bar = progress::bar("Asking their questions", "articles");
    let mut failing = Vec::new();
    for (article, done) in asking.iter().zip(1..) {
        progress::advance(&bar, done, asking.len());
        let Asked { index, vectors, meaning } = if article.is_for_customers() { customers } else { agents };
        let mut own = index.cards().filter(|card| card.id == article.id && card.locale == article.locale);
        if !own.any(|card| card.is_visible(config.today())) {
            continue;
        }
        let searcher = Searcher::new(index, analyzer, &config.ranking, config.today());
        let vector_of = |question: &str| meaning.of_question(question).unwrap_or_default();
        let failures =
            ask_own_questions(article, index, &searcher.with_vectors(vectors.as_ref()), &vector_of)?;
        failing.extend(failures.into_iter().map(|failure| failing_question(article, failure)));
    }
    bar.finish_and_clear();
    Ok(failing)
}

/// Returns the articles that answer the same question as another one in their locale and
/// for the same readers, with what to do about it.
fn twins<'a>(corpus: &'a Corpus, index: &Index, vectors: &PassageVectors) -> Advice<'a> {
    let bar = progress::bar("Comparing them", "questions");
    let may_pair = |a: ArticleOrd, b: ArticleOrd| {
        let (a, b) = (index.card(a), index.card(b));
        a.locale == b.locale && a.audience == b.audience && a.status == b.status
    };
    let twins = vectors.asked_alike(may_pair, SAME_QUESTION, |done, all| progress::advance(&bar, done, all));
    bar.finish_and_clear();
    let article = |ord: ArticleOrd| {
        let card = index.card(ord);
        corpus.articles.iter().find(|article| article.id == card.id && article.locale == card.locale)
    };
    let advice = |(a, b, _): (ArticleOrd, ArticleOrd, f32)| {
        let (a, b) = (article(a)?, article(b)?);
        let advice = format!(
            "this article and {} (`{}`) answer nearly the same question; merge them, or give each questions that tell them apart",
            b.path.display(),
            b.title
        );
        Some((a, advice))
    };
    twins.into_iter().filter_map(advice).collect()
}

fn failing_question<'a>(article: &'a Article, failure: Failure<'a>) -> FailingQuestion<'a> {
    let (text, code, advice) = match failure {
        Failure::NotFound { question, instead } => {
            let instead =
                if instead.is_empty() { "nothing".to_owned() } else { format!("`{}`", instead.join("`, `")) };
            let advice = format!(
                "`{question}` finds {instead} first, not this article; word it more closely to the article, or take it out"
            );
            (question, "question-not-found", advice)
        }
        Failure::Found { question, rank } => {
            let advice = format!(
                "`{question}` is among its `not_questions` and finds it at rank {rank}; give the article that answers it this question"
            );
            (question, "question-found", advice)
        }
    };
    FailingQuestion { article, text, code, advice }
}

/// Returns the line of the front matter that has a question.
fn line_of(article: &Article, question: &str) -> Option<u32> {
    let at = article.source.lines().position(|line| line.contains(question))?;
    u32::try_from(at + 1).ok()
}
