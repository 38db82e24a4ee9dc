//! What holds for every article of the sample content and of a real documentation in
//! Chinese: 1. it is found by every part of its title; 2. by any fragment of its text,
//! asked in quotation marks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;
use zhida::analysis::Analyzer;
use zhida::content::{Article, Corpus, Loader, Settings};
use zhida::index::{AgentIndex, Builder};
use zhida::search::{Request, Searcher, Weights};

use crate::support::{TODAY, locale, request, shared};

/// Fragments that are tried of each corpus.
const FRAGMENTS: usize = 10_000;

/// Results on a page; all pages are read.
const PAGE: usize = 100;

struct Library {
    corpus: Corpus,
    analyzer: Analyzer,
    index: AgentIndex,
    _folder: TempDir,
}

impl Library {
    fn new(dir: PathBuf, default_locale: &str) -> Self {
        let settings = Settings { dir, default_locale: locale(default_locale) };
        let corpus = Loader::new(settings).load().expect("the content loads").corpus;
        let analyzer = Analyzer::new(&corpus.vocabulary);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let builder = Builder::new(folder.path());
        builder.sync(&corpus, &analyzer, &|_, _| ()).expect("the index builds");
        let index = builder.open_agent(None).expect("the index opens");
        Self { corpus, analyzer, index, _folder: folder }
    }

    fn articles(&self) -> impl Iterator<Item = &Article> {
        self.corpus.articles.iter().filter(|article| article.status != zhida::content::Status::Draft)
    }

    /// Returns those of the queries that do not find all their articles, as text.
    fn failures(&self, queries: BTreeMap<(String, String), BTreeSet<String>>) -> Vec<String> {
        let queries: Vec<_> = queries.into_iter().collect();
        let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(((query, visitor), wanted)) = queries.get(next.fetch_add(1, Ordering::Relaxed)) {
                let missing = self.missing(query, visitor, wanted);
                if !missing.is_empty() {
                    let failure = format!("{query} ({visitor}) does not find {missing:?}");
                    failures.lock().expect("no thread panics").push(failure);
                }
            }
        };
        std::thread::scope(|scope| {
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            (0..threads).for_each(|_| drop(scope.spawn(work)));
        });
        failures.into_inner().expect("no thread panicked")
    }

    /// Returns the ids that are on no page of the results.
    fn missing(&self, query: &str, visitor: &str, wanted: &BTreeSet<String>) -> BTreeSet<String> {
        let weights = Weights::default();
        let searcher = Searcher::new(&self.index, &self.analyzer, &weights, TODAY);
        let mut missing = wanted.clone();
        for page in 0.. {
            let request = Request { offset: page * PAGE, limit: PAGE, ..request(query, visitor) };
            let results = searcher.search(&request).expect("the search runs");
            let typed = results.hits.iter().filter(|hit| hit.tier.is_some_and(|tier| !tier.is_rescue()));
            for hit in typed {
                missing.remove(self.index.card(hit.article).id.as_str());
            }
            if missing.is_empty() || results.total <= (page + 1) * PAGE {
                break;
            }
        }
        missing
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Returns the runs of Han characters in a text.
fn han_runs(text: &str) -> impl Iterator<Item = Vec<char>> {
    text.split(|c| !is_han(c)).filter(|run| !run.is_empty()).map(|run| run.chars().collect())
}

/// Returns everything in a title by which its article must be found.
fn parts_of(title: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for run in han_runs(title) {
        for start in 0..run.len() {
            parts.extend((start + 2..=run.len()).map(|end| run[start..end].iter().collect::<String>()));
        }
    }
    let is_latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}' | '\'' | '’');
    let words = title.split(|c: char| !is_latin(c)).map(|word| word.trim_matches(['\'', '’']));
    parts.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    parts
}

/// The sample content, and the documentation where it is there.
fn libraries() -> Vec<Library> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut libraries = vec![Library::new(sample, "en")];
    libraries.extend(shared("corpora/tidb-docs-cn").map(|dir| Library::new(dir, "zh-Hans")));
    libraries
}

#[test]
fn every_part_of_a_title_and_every_fragment_of_a_text_finds_its_article() {
    for library in libraries() {
        let mut queries: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for article in library.articles() {
            for part in parts_of(&article.title) {
                let wanted = queries.entry((part, article.locale.to_string())).or_default();
                wanted.insert(article.id.to_string());
            }
        }
        assert!(queries.len() > 1_000, "titles have parts");
        let failures = library.failures(queries);
        assert!(failures.is_empty(), "{} parts of titles:\n{}", failures.len(), failures.join("\n"));
        let failures = library.failures(fragments(&library));
        assert!(failures.is_empty(), "{} fragments:\n{}", failures.len(), failures.join("\n"));
    }
}

/// Returns random fragments of Han characters in quotation marks, the same on every run.
fn fragments(library: &Library) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut runs: Vec<(&Article, Vec<char>)> = Vec::new();
    for article in library.articles() {
        for passage in article.passages() {
            runs.extend(han_runs(&passage.text).filter(|run| run.len() >= 3).map(|run| (article, run)));
        }
    }
    let mut random = fastrand::Rng::with_seed(3);
    let mut queries: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for _ in 0..FRAGMENTS {
        let (article, run) = &runs[random.usize(..runs.len())];
        let length = random.usize(3..=run.len().min(12));
        let start = random.usize(..=run.len() - length);
        let fragment: String = run[start..start + length].iter().collect();
        let query = (format!("\"{fragment}\""), article.locale.to_string());
        queries.entry(query).or_default().insert(article.id.to_string());
    }
    queries
}
