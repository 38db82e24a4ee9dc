//! Corpus → the two indexes on disk.
//!
//! `index/current` names the generation in use, a folder with one index for
//! customers and one for agents. [`Builder::sync`] brings it up to date in the
//! cheapest way that is right: only changed articles are analyzed and committed
//! in one step, or, when there is nothing usable, a complete new generation is
//! written beside the old one and `current` replaced by a rename. Killed at any
//! moment, the folder holds the old state or the new one.
//!
//! A generation is usable only with the same fingerprint: a hash of the source
//! code that decides what an index holds and of the versions of the libraries
//! it uses.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError};

use super::documents::{self, Documents};
use super::schema::{Fields, SCHEMA_VERSION};
use super::{AgentIndex, Card, CustomerIndex, Index, OpenError, key};
use crate::analysis::Analyzer;
use crate::content::{Article, Audience, Corpus, Links, Status};
use crate::vocabulary::Vocabulary;

/// Whom an index is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Customer,
    Agent,
}

impl Reader {
    const ALL: [Self; 2] = [Self::Customer, Self::Agent];

    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
        }
    }

    fn may_see(self, article: &Article) -> bool {
        match self {
            Self::Customer => article.is_for_customers(),
            Self::Agent => article.status != Status::Draft,
        }
    }
}

/// Why the indexes could not be brought up to date. The old ones are untouched.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The index folder cannot be written.
    #[error(
        "cannot write to the index folder {path}; check that it is a folder, its permissions and the space on the disk"
    )]
    Write {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The search engine failed.
    #[error("cannot build the index in {path}; check the space on the disk and try again")]
    Engine {
        /// The index folder.
        path: PathBuf,
        /// What tantivy said.
        source: TantivyError,
    },
}

/// Called with the number of articles done and to do, from several threads.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What [`Builder::sync`] did, over both indexes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether a new generation was built.
    pub rebuilt: bool,
    /// Articles analyzed and written.
    pub indexed: usize,
    /// Articles removed.
    pub removed: usize,
}

impl Report {
    /// Returns whether anything was written.
    pub fn changed(&self) -> bool {
        self.rebuilt || self.indexed + self.removed > 0
    }
}

/// Keeps the indexes of one folder.
pub struct Builder {
    dir: PathBuf,
    threads: usize,
}

/// What is kept with each commit beside the documents.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Payload {
    /// The words it was analyzed with.
    vocabulary: Vocabulary,
    /// Hash of which file is at which address, on which links depend.
    addresses: String,
}

/// Memory that the engine may fill before it writes a segment, for each index.
/// Fewer and larger segments cost less to write and to search; some 25,000
/// passages fit.
const WRITER_MEMORY: usize = 128 << 20;

/// Bytes of stored passages that are packed and unpacked together. A search shows
/// passages from all over the index, so that most of a large block would be for nothing.
const STORED_BLOCK: usize = 4 << 10;

/// Memory of a writer that only merges: the least that the engine takes.
const MERGE_MEMORY: usize = 15_000_000;

/// Share of deleted documents from which a segment is written anew.
const DELETED_BEFORE_MERGE: f32 = 0.2;

impl Builder {
    /// Keeps the indexes in `dir`, which is made when first written.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { dir: dir.into(), threads }
    }

    /// Brings both indexes up to date with `corpus`.
    pub fn sync(
        &self,
        corpus: &Corpus,
        analyzer: &Analyzer,
        progress: Progress,
    ) -> Result<Report, BuildError> {
        fs::create_dir_all(&self.dir).map_err(|source| self.write_error(source))?;
        let _lock = self.lock()?;
        let source = Source::new(corpus, analyzer);
        match self.current() {
            Some(generation) => match self.update(&generation, &Reader::ALL, &source, progress) {
                Err(BuildError::Engine { source: error, .. }) => {
                    tracing::warn!(%error, "the index is damaged and is built anew");
                    self.rebuild(&source, progress)
                }
                done => done,
            },
            None => self.rebuild(&source, progress),
        }
    }

    /// Opens the index for customers. `previous` saves reading again what did
    /// not change.
    pub fn open_customer(&self, previous: Option<&CustomerIndex>) -> Result<CustomerIndex, OpenError> {
        let index = self.open(Reader::Customer, previous.map(|index| &**index))?;
        assert!(
            index.cards().all(|card| card.audience == Audience::Public && card.status == Status::Published),
            "the customer index holds public, published articles only"
        );
        Ok(CustomerIndex(index.into()))
    }

    /// Opens the index for agents.
    pub fn open_agent(&self, previous: Option<&AgentIndex>) -> Result<AgentIndex, OpenError> {
        Ok(AgentIndex(self.open(Reader::Agent, previous.map(|index| &**index))?.into()))
    }

    fn open(&self, reader: Reader, previous: Option<&Index>) -> Result<Index, OpenError> {
        let missing = || OpenError::Missing { path: self.dir.clone() };
        let name = fs::read_to_string(self.dir.join(CURRENT)).map_err(|_| missing())?;
        let Some(generation) = self.current() else {
            let exists = self.dir.join(name.trim()).exists();
            return Err(if exists { OpenError::Outdated { path: self.dir.clone() } } else { missing() });
        };
        let (index, fields) = engine(&super::folder(&generation, reader))
            .map_err(|source| OpenError::Read { path: self.dir.clone(), source })?;
        read(&index, fields, previous).map_err(|source| OpenError::Read { path: self.dir.clone(), source })
    }

    /// Returns the generation in use, if it was built by this program.
    fn current(&self) -> Option<PathBuf> {
        let name = fs::read_to_string(self.dir.join(CURRENT)).ok()?;
        let generation = self.dir.join(name.trim());
        let fingerprint = fs::read_to_string(generation.join(FINGERPRINT_FILE)).ok()?;
        (fingerprint == *FINGERPRINT).then_some(generation)
    }

    /// Waits until no other process writes here.
    fn lock(&self) -> Result<File, BuildError> {
        let lock = File::create(self.dir.join("lock")).and_then(|file| file.lock().map(|()| file));
        lock.map_err(|source| self.write_error(source))
    }

    /// Brings the indexes of `readers` up to date; what several need is analyzed once.
    fn update(
        &self,
        generation: &Path,
        readers: &[Reader],
        source: &Source,
        progress: Progress,
    ) -> Result<Report, BuildError> {
        let updated = || -> tantivy::Result<Report> {
            let mut updates = Vec::new();
            for reader in readers {
                updates.extend(Update::plan(&super::folder(generation, *reader), *reader, source)?);
            }
            self.write(&updates, source, progress)?;
            updates.into_iter().try_fold(Report::default(), |report, update| update.commit(report))
        };
        updated().map_err(|source| BuildError::Engine { path: self.dir.clone(), source })
    }

    /// Builds the index for customers; that for agents starts as a copy of it,
    /// since most articles are in both.
    fn rebuild(&self, source: &Source, progress: Progress) -> Result<Report, BuildError> {
        let failed = |source| self.write_error(source);
        let generation = self.new_generation().map_err(failed)?;
        let customers = self.update(&generation, &[Reader::Customer], source, progress)?;
        merge(&super::folder(&generation, Reader::Customer))
            .map_err(|source| BuildError::Engine { path: self.dir.clone(), source })?;
        copy_index(&super::folder(&generation, Reader::Customer), &super::folder(&generation, Reader::Agent))
            .map_err(failed)?;
        let agents = self.update(&generation, &[Reader::Agent], source, progress)?;
        self.switch_to(&generation).map_err(failed)?;
        let (indexed, removed) = (customers.indexed + agents.indexed, customers.removed + agents.removed);
        Ok(Report { rebuilt: true, indexed, removed })
    }

    /// Makes an empty generation; what killed builds left behind is removed.
    fn new_generation(&self) -> io::Result<PathBuf> {
        let current = fs::read_to_string(self.dir.join(CURRENT)).unwrap_or_default();
        let mut last = 0;
        for entry in fs::read_dir(&self.dir)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let Some(number) = name.strip_prefix("generation-").and_then(|number| number.parse().ok()) else {
                continue;
            };
            last = u32::max(last, number);
            if name != current.trim() {
                fs::remove_dir_all(self.dir.join(name))?;
            }
        }
        let generation = self.dir.join(format!("generation-{}", last + 1));
        for reader in Reader::ALL {
            fs::create_dir_all(super::folder(&generation, reader))?;
        }
        fs::write(generation.join(FINGERPRINT_FILE), &*FINGERPRINT)?;
        Ok(generation)
    }

    /// Makes `generation` the one in use, durably, and removes the one before.
    fn switch_to(&self, generation: &Path) -> io::Result<()> {
        let before = fs::read_to_string(self.dir.join(CURRENT)).ok();
        let name = generation.file_name().expect("a generation has a name").to_string_lossy().into_owned();
        let next = self.dir.join("current.next");
        let mut file = File::create(&next)?;
        file.write_all(name.as_bytes())?;
        file.sync_all()?;
        File::open(generation)?.sync_all()?;
        fs::rename(&next, self.dir.join(CURRENT))?;
        File::open(&self.dir)?.sync_all()?;
        if let Some(before) = before.filter(|before| before.trim() != name) {
            fs::remove_dir_all(self.dir.join(before.trim())).or_else(ignore_missing)?;
        }
        Ok(())
    }

    /// Analyzes articles on all threads, once for all indexes that need them. The
    /// documents of an article go in as one group, which the engine keeps together.
    fn write(&self, updates: &[Update], source: &Source, progress: Progress) -> tantivy::Result<()> {
        let wanted: BTreeSet<usize> =
            updates.iter().flat_map(|update| &update.changes.articles).copied().collect();
        let wanted: Vec<usize> = wanted.into_iter().collect();
        let documents = Documents { analyzer: source.analyzer, fields: Fields::schema().1 };
        let done = AtomicUsize::new(0);
        for_each(self.threads, &wanted, |at| {
            let article = &source.corpus.articles[*at];
            let mut passages = None;
            for update in updates.iter().filter(|update| update.changes.articles.contains(at)) {
                let page = article.render(&update.links);
                let mut passages =
                    passages.get_or_insert_with(|| documents.passages(article, &page.passages)).clone();
                documents.add_quotes(&mut passages, article, &page);
                let group = passages.into_iter().chain([documents.article(article, page)]);
                let group = group.map(UserOperation::Add);
                update.writer.run(group.collect::<Vec<UserOperation<TantivyDocument>>>())?;
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, wanted.len());
            Ok(())
        })
    }

    /// Returns how long analysis alone takes, on as many threads: the measure
    /// that indexing is held against. Rendering is not counted.
    pub fn time_analysis(&self, corpus: &Corpus, analyzer: &Analyzer) -> Duration {
        let articles: Vec<&Article> = corpus.articles.iter().collect();
        let nanos = AtomicUsize::new(0);
        let timed = for_each(self.threads, &articles, |article| {
            let passages = article.passages();
            let start = Instant::now();
            for (ordinal, passage) in passages.iter().enumerate() {
                for text in documents::texts(article, passage, ordinal == 0) {
                    std::hint::black_box(analyzer.analyze(text, &article.locale));
                }
            }
            nanos.fetch_add(start.elapsed().as_nanos() as usize, Ordering::Relaxed);
            Ok(())
        });
        timed.expect("analysis does not fail");
        Duration::from_nanos((nanos.into_inner() / self.threads) as u64)
    }

    fn write_error(&self, source: io::Error) -> BuildError {
        BuildError::Write { path: self.dir.clone(), source }
    }
}

/// A corpus and what is needed to index it.
struct Source<'a> {
    corpus: &'a Corpus,
    analyzer: &'a Analyzer,
}

impl<'a> Source<'a> {
    fn new(corpus: &'a Corpus, analyzer: &'a Analyzer) -> Self {
        Self { corpus, analyzer }
    }

    /// Returns the words, folded, that the dictionary gained or lost since `before`.
    fn changed_words(&self, before: &Vocabulary) -> Vec<String> {
        let words = |vocabulary: &Vocabulary| -> BTreeSet<String> {
            vocabulary.dictionary.iter().map(|word| self.analyzer.key(word)).collect()
        };
        words(before).symmetric_difference(&words(&self.corpus.vocabulary)).cloned().collect()
    }

    fn visible_to(&self, reader: Reader) -> impl Iterator<Item = &'a Article> {
        self.corpus.articles.iter().filter(move |article| reader.may_see(article))
    }

    fn addresses(&self, reader: Reader) -> String {
        let mut hasher = blake3::Hasher::new();
        for article in self.visible_to(reader) {
            hasher.update(article.path.as_os_str().as_encoded_bytes());
            hasher.update(b"\n");
            hasher.update(article.url().as_bytes());
            hasher.update(b"\n");
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// An index that is to be brought up to date, open for writing.
struct Update {
    writer: IndexWriter,
    links: Links,
    changes: Changes,
    payload: Payload,
}

impl Update {
    /// Finds out what `folder` needs, and removes what is outdated; nothing if it
    /// is up to date.
    fn plan(folder: &Path, reader: Reader, source: &Source) -> tantivy::Result<Option<Self>> {
        let (index, fields) = engine(folder)?;
        let before = payload(&index)?;
        let links = source.corpus.links(|article| reader.may_see(article));
        let payload =
            Payload { vocabulary: source.corpus.vocabulary.clone(), addresses: source.addresses(reader) };
        let changes =
            Changes::new(source, reader, &links, &present(&index, fields)?, before.as_ref(), &payload);
        if changes.is_empty() && before.as_ref() == Some(&payload) {
            return Ok(None);
        }
        let writer = writer(&index)?;
        for card in &changes.outdated {
            writer.delete_term(key(&fields, &card.id, &card.locale));
        }
        Ok(Some(Self { writer, links, changes, payload }))
    }

    /// Makes the update visible and durable in one step.
    fn commit(mut self, report: Report) -> tantivy::Result<Report> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&serde_json::to_string(&self.payload).expect("a payload has string keys only"));
        commit.commit()?;
        self.writer.wait_merging_threads()?;
        Ok(Report {
            rebuilt: report.rebuilt,
            indexed: report.indexed + self.changes.articles.len(),
            removed: report.removed + self.changes.removed,
        })
    }
}

/// Opens an index for writing. One thread of the engine is enough: analysis
/// takes longer than what it does.
fn writer(index: &tantivy::Index) -> tantivy::Result<IndexWriter> {
    let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    let mut merging = LogMergePolicy::default();
    merging.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
    writer.set_merge_policy(Box::new(merging));
    Ok(writer)
}

/// Makes all segments of an index one: a search looks every term up in each of them, so
/// that four cost a quarter more than one.
fn merge(folder: &Path) -> tantivy::Result<()> {
    let (index, _) = engine(folder)?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MERGE_MEMORY)?;
        writer.merge(&segments).wait()?;
        writer.wait_merging_threads()?;
    }
    Ok(())
}

/// What an index lacks and what it has too much.
struct Changes {
    /// Articles to write, as positions in the corpus.
    articles: BTreeSet<usize>,
    /// Articles to delete, because they are gone or written anew.
    outdated: Vec<Card>,
    /// How many of these are gone.
    removed: usize,
}

impl Changes {
    fn new(
        source: &Source,
        reader: Reader,
        links: &Links,
        present: &[Card],
        before: Option<&Payload>,
        after: &Payload,
    ) -> Self {
        let mut present: HashMap<_, &Card> =
            present.iter().map(|card| ((&card.id, &card.locale), card)).collect();
        let words = before.map(|before| source.changed_words(&before.vocabulary)).unwrap_or_default();
        let moved = before.is_some_and(|before| before.addresses != after.addresses);
        let is_current = |article: &Article, card: &Card| {
            card.hash == article.hash.to_string()
                && !(moved && documents::page_hash(&article.render(links).html) != card.page_hash)
                && !contains_any(source, article, &words)
        };
        let (mut articles, mut outdated) = (BTreeSet::new(), Vec::new());
        for (at, article) in
            source.corpus.articles.iter().enumerate().filter(|(_, article)| reader.may_see(article))
        {
            match present.remove(&(&article.id, &article.locale)) {
                Some(card) if is_current(article, card) => continue,
                Some(card) => outdated.push(card.clone()),
                None => {}
            }
            articles.insert(at);
        }
        let removed = present.len();
        outdated.extend(present.into_values().cloned());
        Self { articles, outdated, removed }
    }

    fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.outdated.is_empty()
    }
}

/// Returns whether a word that the dictionary gained or lost occurs in `article`.
fn contains_any(source: &Source, article: &Article, words: &[String]) -> bool {
    if words.is_empty() {
        return false;
    }
    let text: String = source.analyzer.normalize(&article.source).folded.into_iter().collect();
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Calls `work` for every item, on `threads` threads; the first error stops all.
fn for_each<T: Sync>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> tantivy::Result<()> + Sync,
) -> tantivy::Result<()> {
    let next = AtomicUsize::new(0);
    let run = || -> tantivy::Result<()> {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item).inspect_err(|_| next.store(items.len(), Ordering::Relaxed))?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.min(items.len())).map(|_| scope.spawn(run)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a worker does not panic"))
    })
}

/// Copies a committed index. Segments never change once they are written, so both
/// folders can name the same files; the lists of segments are replaced later.
fn copy_index(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let extension = path.extension().unwrap_or_default();
        if extension == "lock" {
            continue;
        }
        if extension == "json" || fs::hard_link(&path, to.join(&name)).is_err() {
            fs::copy(&path, to.join(&name))?;
        }
    }
    Ok(())
}

/// Opens the engine's files in `folder`, or makes empty ones.
fn engine(folder: &Path) -> tantivy::Result<(tantivy::Index, Fields)> {
    let (schema, fields) = Fields::schema();
    let directory = tantivy::directory::MmapDirectory::open(folder)?;
    let settings = IndexSettings { docstore_blocksize: STORED_BLOCK, ..IndexSettings::default() };
    let index = tantivy::Index::builder().schema(schema).settings(settings).open_or_create(directory)?;
    Ok((index, fields))
}

fn read(index: &tantivy::Index, fields: Fields, previous: Option<&Index>) -> tantivy::Result<Index> {
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let vocabulary = payload(index)?.unwrap_or_default().vocabulary;
    Index::read(reader.searcher(), fields, vocabulary, previous)
}

/// Returns the cards of the articles that the index holds now.
fn present(index: &tantivy::Index, fields: Fields) -> tantivy::Result<Vec<Card>> {
    Ok(read(index, fields, None)?.cards().cloned().collect())
}

/// Returns what was kept with the last commit; nothing before the first.
fn payload(index: &tantivy::Index) -> tantivy::Result<Option<Payload>> {
    let text = index.load_metas()?.payload;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

const CURRENT: &str = "current";
const FINGERPRINT_FILE: &str = "fingerprint";

/// A hash of everything but the content that decides what an index holds.
static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&SCHEMA_VERSION.to_le_bytes());
    for source in [
        include_str!("../../Cargo.lock"),
        include_str!("../analysis/mod.rs"),
        include_str!("../analysis/chinese.rs"),
        include_str!("../analysis/latin.rs"),
        include_str!("../analysis/normalize.rs"),
        include_str!("../analysis/run.rs"),
        include_str!("../analysis/unspaced.rs"),
        include_str!("../content/foreign/mod.rs"),
        include_str!("../content/foreign/tag.rs"),
        include_str!("../content/html.rs"),
        include_str!("../content/image.rs"),
        include_str!("../content/markdown.rs"),
        include_str!("../content/passage.rs"),
        include_str!("../content/question.rs"),
        include_str!("../content/raw_html.rs"),
        include_str!("documents.rs"),
        include_str!("schema.rs"),
    ] {
        hasher.update(source.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
});
