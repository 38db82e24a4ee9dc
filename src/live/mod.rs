//! Keeps the open indexes in step with the content folder.
//!
//! [`Live::refresh`] reads what changed, brings the index on disk up to date,
//! and gives out a new [`Snapshot`]; searches that are under way keep the one
//! they have. [`watch`](watch()) calls it when a file changes. What new passages mean
//! takes longer to find out, and follows ([`Meaning`]).

mod meaning;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::Analyzer;
use crate::answer::Calibration;
use crate::content::{Audience, Category, Diagnostic, LoadError, Loader, Settings};
use crate::index::{BuildError, Builder, CustomerIndex, OpenError, PassageVectors, Progress, Report};
use crate::vocabulary::Vocabulary;
pub use meaning::{Embedding, Meaning, MeaningError, MeaningState, QueryMeaning};
pub use watch::watch;

/// The help center as customers see it at one moment.
#[derive(Clone)]
pub struct Snapshot {
    /// What they can find.
    pub index: CustomerIndex,
    /// Made the terms of the index; must make those of queries.
    pub analyzer: Arc<Analyzer>,
    /// The categories that they may see, by locale.
    pub categories: Arc<Vec<Category>>,
    /// How sure its answers are.
    pub calibration: Arc<Calibration>,
    /// What its passages mean, once that is known.
    pub vectors: Option<Arc<PassageVectors>>,
}

/// Why the help center could not be brought up to date. The old state stays.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The content folder cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The index cannot be written.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The index was written and cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Reads content and keeps its indexes.
pub struct Live {
    loader: Loader,
    builder: Builder,
    vocabulary: Vocabulary,
    analyzer: Option<Arc<Analyzer>>,
    index: Option<CustomerIndex>,
    content: PathBuf,
    calibration: Arc<Calibration>,
    meaning: Arc<Meaning>,
}

/// What [`Live::refresh`] gives back.
pub struct Refreshed {
    /// The new state.
    pub snapshot: Snapshot,
    /// What was written.
    pub report: Report,
    /// What is wrong with the content.
    pub diagnostics: Vec<Diagnostic>,
}

impl Live {
    /// Reads from `content` and keeps indexes in `index_dir`; nothing happens yet.
    pub fn new(content: Settings, index_dir: &Path, meaning: Arc<Meaning>) -> Self {
        Self {
            content: content.dir.clone(),
            loader: Loader::new(content),
            builder: Builder::new(index_dir),
            vocabulary: Vocabulary::default(),
            analyzer: None,
            index: None,
            calibration: Arc::default(),
            meaning,
        }
    }

    /// Brings everything up to date with the content folder.
    pub fn refresh(&mut self, progress: Progress) -> Result<Refreshed, RefreshError> {
        let loaded = self.loader.load()?;
        let corpus = &loaded.corpus;
        let analyzer = self.analyzer_for(&corpus.vocabulary);
        let report = self.builder.sync(corpus, &analyzer, progress)?;
        let index = self.builder.open_customer(self.index.as_ref())?;
        self.index = Some(index.clone());
        let categories =
            corpus.categories.iter().filter(|category| category.audience == Audience::Public).cloned();
        let categories = Arc::new(categories.collect());
        let vectors = self.meaning.vectors_if_ready(&index).map(Arc::new);
        let calibration = self.calibration();
        let snapshot = Snapshot { index, analyzer, categories, calibration, vectors };
        Ok(Refreshed { snapshot, report, diagnostics: loaded.diagnostics })
    }

    /// Reads the calibration of the content folder; what is wrong with it is told, and
    /// answers go on as they were.
    fn calibration(&mut self) -> Arc<Calibration> {
        match Calibration::read(&self.content) {
            Ok(calibration) => self.calibration = Arc::new(calibration),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the calibration of answers cannot be used; it stays as it was");
            }
        }
        Arc::clone(&self.calibration)
    }

    fn analyzer_for(&mut self, vocabulary: &Vocabulary) -> Arc<Analyzer> {
        match &self.analyzer {
            Some(analyzer) if self.vocabulary == *vocabulary => Arc::clone(analyzer),
            _ => {
                let analyzer = Arc::new(Analyzer::new(vocabulary));
                self.vocabulary = vocabulary.clone();
                self.analyzer = Some(Arc::clone(&analyzer));
                analyzer
            }
        }
    }
}
