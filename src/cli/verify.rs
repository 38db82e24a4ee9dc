//! `zhida verify`: checks that what an answer quoted still stands where its receipt says.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::Value;

use super::{Outcome, read_input};
use crate::answer::{Receipt, Verdict};
use crate::config::Config;
use crate::content::Loader;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Files with answers of the API or of `zhida answer --json`, or with their receipts,
    /// one JSON object after the other; `-` or nothing reads from standard input
    files: Vec<PathBuf>,
    /// Print one JSON object a receipt
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Line<'a> {
    id: &'a str,
    locale: String,
    verdict: &'static str,
    stale: bool,
    expired: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> Outcome {
    let receipts = receipts(args)?;
    anyhow::ensure!(!receipts.is_empty(), "nothing to verify: no answer in the input has a receipt");
    let corpus = Loader::new(config.content_settings()).load()?.corpus;
    let mut all_stand = true;
    for receipt in &receipts {
        let verdict = receipt.verify(&corpus);
        let article = receipt.article(&corpus);
        let today = config.today();
        let is_past = |day: Option<jiff::civil::Date>| day.is_some_and(|day| day < today);
        let line = Line {
            id: &receipt.id,
            locale: receipt.locale.to_string(),
            verdict: verdict.as_str(),
            stale: is_past(article.and_then(|article| article.review_by)),
            expired: article.and_then(|article| article.expires).is_some_and(|day| day <= today),
        };
        all_stand &= matches!(verdict, Verdict::Verified | Verdict::Changed);
        if args.json {
            println!("{}", serde_json::to_string(&line)?);
        } else {
            println!("{} ({}): {}", line.id, line.locale, explained(verdict));
            if line.stale {
                println!("  its day of review is past");
            }
            if line.expired {
                println!("  the article has expired");
            }
        }
    }
    Ok(if all_stand { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn explained(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "verified: the quotation stands there, in this version of the article",
        Verdict::Changed => "changed: the quotation still stands there, the article has changed since",
        Verdict::Gone => "gone: the quotation no longer stands there",
        Verdict::NoArticle => "no article: it was removed, renamed or is in another content folder",
    }
}

/// Reads the receipts of all files.
fn receipts(args: &Args) -> anyhow::Result<Vec<Receipt>> {
    let from_input = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &from_input[..] } else { &args.files };
    let mut receipts = Vec::new();
    for file in files {
        let text = String::from_utf8(read_input(file)?)
            .with_context(|| format!("cannot read {}", file.display()))?;
        for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
            let value = value.with_context(|| format!("{} is not JSON", file.display()))?;
            if let Some(receipt) = receipt_in(value) {
                let receipt = serde_json::from_value(receipt)
                    .with_context(|| format!("{} has a receipt that is not one", file.display()))?;
                receipts.push(receipt);
            }
        }
    }
    Ok(receipts)
}

/// Returns the receipt of an answer, or the value itself if it is one; nothing if the
/// question was not answered.
fn receipt_in(mut value: Value) -> Option<Value> {
    if let Some(answer) = value.get_mut("answer") {
        return (!answer.is_null()).then(|| answer["receipt"].take());
    }
    match value.get_mut("receipt") {
        Some(receipt) => Some(receipt.take()),
        None => Some(value),
    }
}
