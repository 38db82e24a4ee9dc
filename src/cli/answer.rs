//! `zhida answer`: answers a question from the command line, as the server does.

use std::process::ExitCode;

use super::Outcome;
use super::search::{learned, meaning};
use crate::analysis::Analyzer;
use crate::answer::{Answer, Answerer, Calibration, Quotation, RESULTS, Receipt, State, four_digits};
use crate::config::Config;
use crate::index::{Builder, Index, PassageVectors};
use crate::locale::Locale;
use crate::search::{Filters, Request, Searcher};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The question
    #[arg(required = true)]
    question: Vec<String>,
    /// Locale of the visitor [default: the default locale of the content]
    #[arg(long)]
    locale: Option<Locale>,
    /// Only from articles that hold in this market
    #[arg(long)]
    market: Option<String>,
    /// Print one JSON object, with the receipt that `zhida verify` checks
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Line<'a> {
    query: &'a str,
    locale: &'a Locale,
    state: &'static str,
    reason: &'static str,
    confidence: f64,
    calibrated: bool,
    answer: Option<QuotedLine<'a>>,
    suggestions: Vec<SuggestedLine<'a>>,
}

#[derive(serde::Serialize)]
struct QuotedLine<'a> {
    text: &'a str,
    html: &'a str,
    headings: &'a [String],
    fallback: bool,
    receipt: Receipt,
}

#[derive(serde::Serialize)]
struct SuggestedLine<'a> {
    id: String,
    locale: &'a Locale,
    question: &'a str,
    url: String,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let index = Builder::new(&config.index.dir).open_customer(None)?;
    let analyzer = Analyzer::new(index.vocabulary());
    let query = args.question.join(" ");
    let (vectors, vector) = meaning(&index, &query, config)?;
    let locale = args.locale.clone().unwrap_or_else(|| config.content.default_locale.clone());
    let request = Request {
        filters: Filters { market: args.market.clone(), ..Filters::default() },
        ..Request::first(RESULTS, query, vector, locale)
    };
    let searcher = Searcher::new(&index, &analyzer, &config.ranking, config.today());
    let results = searcher.with_vectors(vectors.as_ref()).with_learned(learned(config)?).search(&request)?;
    let calibration = Calibration::read(&config.content.dir)?;
    let model = vectors.as_ref().map(PassageVectors::model);
    let answerer = Answerer::new(&index, &analyzer, &config.answers, &calibration, model, config.today());
    let answer = answerer.answer(&request, &results)?;
    if args.json {
        println!("{}", serde_json::to_string(&line(&answer, &request, &index))?);
    } else {
        print(&answer, &index, config, &request.locale);
    }
    Ok(ExitCode::SUCCESS)
}

fn line<'a>(answer: &'a Answer, request: &'a Request, index: &'a Index) -> Line<'a> {
    let quoted = |quotation: &'a Quotation| {
        let card = index.card(quotation.article);
        QuotedLine {
            text: &quotation.quote.text,
            html: &quotation.quote.html,
            headings: &quotation.headings,
            fallback: card.locale != request.locale,
            receipt: Receipt::new(quotation, card),
        }
    };
    let suggestions = answer.suggestions.iter().map(|suggestion| {
        let card = index.card(suggestion.article);
        SuggestedLine {
            id: card.id.to_string(),
            locale: &card.locale,
            question: &suggestion.question,
            url: card.url(),
        }
    });
    Line {
        query: &request.query,
        locale: &request.locale,
        state: answer.state.as_str(),
        reason: answer.reason.as_str(),
        confidence: four_digits(answer.confidence),
        calibrated: !answer.is_uncalibrated,
        answer: answer.quotation.as_ref().map(quoted),
        suggestions: suggestions.collect(),
    }
}

fn print(answer: &Answer, index: &Index, config: &Config, locale: &Locale) {
    if let Some(quotation) = &answer.quotation {
        let receipt = Receipt::new(quotation, index.card(quotation.article));
        println!("{}\n", quotation.quote.text);
        println!("from “{}” ({}), {}", receipt.title, receipt.locale, receipt.url);
        if let Some(day) = receipt.review_by.filter(|_| receipt.stale) {
            println!("this article should have been read again by {day}; it may be out of date");
        }
    }
    match answer.state {
        State::Answered => {}
        State::Suggested => println!("no sure answer; it may be one of these:"),
        State::Unknown => println!("no answer"),
    }
    for suggestion in &answer.suggestions {
        println!("- {}  {}", suggestion.question, index.card(suggestion.article).url());
    }
    if answer.state == State::Unknown {
        for contact in &config.site.contact {
            println!("- {}  {}", contact.label.nearest(locale), contact.url);
        }
    }
    let learned = if answer.is_uncalibrated {
        "; built-in calibration, `zhida calibrate` learns from your articles"
    } else {
        ""
    };
    println!(
        "\n{}, confidence {:.2} ({}){learned}",
        answer.state.as_str(),
        answer.confidence,
        answer.reason.as_str()
    );
}
