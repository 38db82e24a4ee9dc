//! The judged queries over the sample content: 1. typed in the other Chinese script they
//! find the same.

use std::path::Path;

use opencc_fmmseg::OpenCC;
use zhida::analysis::Analyzer;
use zhida::content::{Loader, Settings};
use zhida::eval::{Question, Set, evaluate, read_judgments};
use zhida::index::Builder;
use zhida::search::{Searcher, Weights};

use crate::support::{TODAY, locale};

/// What swapping scripts may cost of nDCG@10.
const MOST_LOST: f64 = 0.01;

/// Returns the questions with their text changed.
fn with(questions: &[Question], change: impl Fn(&str) -> String) -> Vec<Question> {
    let change = |question: &Question| Question {
        id: question.id.clone(),
        text: change(&question.text),
        locale: question.locale.clone(),
        relevant: question.relevant.clone(),
    };
    questions.iter().map(change).collect()
}

#[test]
fn the_other_chinese_script_finds_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = Settings { dir: root.join("content"), default_locale: locale("en") };
    let corpus = Loader::new(settings).load().expect("the content loads").corpus;
    let analyzer = Analyzer::new(&corpus.vocabulary);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let builder = Builder::new(folder.path());
    builder.sync(&corpus, &analyzer, &|_, _| ()).expect("the index builds");
    let index = builder.open_customer(None).expect("the index opens");
    let weights = Weights::default();
    let searcher = Searcher::new(&index, &analyzer, &weights, TODAY);
    let quality = |questions: Vec<Question>| {
        let set = Set { name: "swapped".to_owned(), questions };
        evaluate(&set, &index, &searcher, &|_| None).expect("the searches run").0.ndcg
    };
    let sets = read_judgments(&root.join("tests/judgments")).expect("the judgments are readable");
    let script = OpenCC::new();
    for (name, config) in [("zh-Hans", "s2tw"), ("zh-Hant", "t2s")] {
        let questions = &sets.iter().find(|set| set.name == name).expect("judged queries").questions;
        let typed = quality(with(questions, str::to_owned));
        let swapped = quality(with(questions, |text| script.convert(text, config, false)));
        assert!(typed - swapped < MOST_LOST, "{name}: {typed} as typed, {swapped} in the other script");
    }
}
