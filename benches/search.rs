//! Searches over 100,000 passages, in process: ours, with snippets and facets, and with
//! the answer chosen from it, beside the bare query of the engine over the same fields
//! and terms, which returns addresses only.
//!
//! ```sh
//! python3 ../shared/tools/scale_corpus.py target/scale
//! cargo bench --bench search
//! ```
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::Criterion;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, Searcher as EngineSearcher, Term};
use zhida::analysis::Analyzer;
use zhida::answer::{Answerer, Calibration, Settings, Stale};
use zhida::content::Corpus;
use zhida::eval::{Beir, Question};
use zhida::index::Builder;
use zhida::locale::Locale;
use zhida::search::{Filters, Match, Request, Searcher, Weights};
use zhida::vocabulary::Vocabulary;

const SCALE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/scale");

fn main() {
    if !Path::new(SCALE).exists() {
        println!("skipped: {SCALE} is absent; python3 ../shared/tools/scale_corpus.py target/scale makes it");
        return;
    }
    let mut beir = Beir::read(Path::new(SCALE), &Locale::english()).expect("the set can be read");
    let corpus = Corpus { articles: std::mem::take(&mut beir.articles), ..Corpus::default() };
    let analyzer = Analyzer::new(&Vocabulary::default());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let builder = Builder::new(folder.path());
    builder.sync(&corpus, &analyzer, &|_, _| ()).expect("the index builds");
    let index = builder.open_customer(None).expect("the index opens");
    let engine = engine(folder.path());

    let weights = Weights::default();
    let questions = &beir.set.questions;
    let today = jiff::civil::date(2026, 11, 24);
    let ours = |question: &Question| {
        let searcher = Searcher::new(&index, &analyzer, &weights, today);
        black_box(searcher.search(&request(question)).expect("the search runs"));
    };
    let (settings, calibration) = (Settings { precision: 0.95, stale: Stale::Warn }, Calibration::default());
    let answered = |question: &Question| {
        let request = request(question);
        let searcher = Searcher::new(&index, &analyzer, &weights, today);
        let results = searcher.search(&request).expect("the search runs");
        let answerer = Answerer::new(&index, &analyzer, &settings, &calibration, None, today);
        black_box(answerer.answer(&request, &results).expect("the answer is chosen"));
    };
    let bare = |question: &Question| {
        let query = bare_query(&engine, &analyzer, question);
        black_box(engine.search(&query, &TopDocs::with_limit(10).order_by_score()).expect("the query runs"));
    };
    print_quantiles("zhida", questions, ours);
    print_quantiles("with answer", questions, answered);
    print_quantiles("bare tantivy", questions, bare);

    let mut criterion = Criterion::default().configure_from_args().sample_size(50);
    let mut group = criterion.benchmark_group("100,000 passages");
    let mut next = questions.iter().cycle();
    group.bench_function("zhida", |bencher| bencher.iter(|| ours(next.next().expect("a cycle never ends"))));
    let mut next = questions.iter().cycle();
    group.bench_function("with answer", |bencher| {
        bencher.iter(|| answered(next.next().expect("a cycle never ends")));
    });
    let mut next = questions.iter().cycle();
    group.bench_function("bare tantivy", |bencher| {
        bencher.iter(|| bare(next.next().expect("a cycle never ends")));
    });
    group.finish();
    criterion.final_summary();
}

fn request(question: &Question) -> Request {
    Request {
        query: question.text.clone(),
        vector: None,
        locale: question.locale.clone(),
        filters: Filters::default(),
        matching: Match::Auto,
        offset: 0,
        limit: 10,
        passages: zhida::search::PASSAGES,
    }
}

fn engine(folder: &Path) -> EngineSearcher {
    let generation = std::fs::read_to_string(folder.join("current")).expect("a generation");
    let index = Index::open_in_dir(folder.join(generation).join("customer")).expect("the engine's index");
    index.reader().expect("a reader").searcher()
}

/// Any of the terms that we look up too, in the fields where we do.
fn bare_query(engine: &EngineSearcher, analyzer: &Analyzer, question: &Question) -> BooleanQuery {
    let analysis = analyzer.analyze(&question.text, &question.locale);
    let views = [
        ("words", &analysis.words),
        ("grams", &analysis.grams),
        ("chars", &analysis.chars),
        ("title", &analysis.words),
    ];
    let terms = views.into_iter().flat_map(|(name, terms)| {
        let field = engine.schema().get_field(name).expect("a field of the index");
        terms.iter().map(move |(term, _)| Term::from_field_text(field, term))
    });
    let queries =
        terms.map(|term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>);
    BooleanQuery::union(queries.collect())
}

fn print_quantiles(name: &str, questions: &[Question], search: impl Fn(&Question)) {
    let mut times: Vec<Duration> = Vec::with_capacity(questions.len());
    for question in questions {
        let start = Instant::now();
        search(question);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{name:<14} p50 {:>6.2} ms   p99 {:>6.2} ms", at(0.5), at(0.99));
}
