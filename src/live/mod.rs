//! Keeps the open indexes in step with the content folder.
//!
//! [`Live::refresh`] reads what changed, brings the indexes on disk up to date,
//! and gives out new [`Snapshot`]s, one of the customers' index and one of the agents';
//! searches that are under way keep the one they have. A [`Watch`] tells when a file
//! changes. What new passages mean takes longer to find out, and follows ([`Meaning`]).

mod learned;
mod meaning;
mod watch;

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use crate::analysis::Analyzer;
use crate::answer::Calibration;
use crate::content::{Audience, Category, Diagnostic, LoadError, Loader, Settings};
use crate::index::{
    AgentIndex, BuildError, Builder, CustomerIndex, Index, OpenError, PassageVectors, Progress, Report,
};
use crate::vocabulary::Vocabulary;
pub use learned::{read_learned, write_learned};
pub use meaning::{Embedded, Embedding, Meaning, MeaningError, MeaningState, QueryMeaning};
pub use watch::Watch;

/// The help center at one moment, as those see it for whom `I` is: customers, unless it
/// says otherwise. What serves customers takes no other.
#[derive(Clone)]
pub struct Snapshot<I = CustomerIndex> {
    /// What they can find.
    pub index: I,
    /// Made the terms of the index; must make those of queries.
    pub analyzer: Arc<Analyzer>,
    /// The categories that they may see, by locale.
    pub categories: Arc<Vec<Category>>,
    /// How sure its answers are.
    pub calibration: Arc<Calibration>,
    /// The content folder, where the images of articles are.
    pub content: Arc<Path>,
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
    has_agents: bool,
    agents: Option<AgentIndex>,
    content: Arc<Path>,
    calibration: Arc<Calibration>,
    meaning: Arc<Meaning>,
}

/// What [`Live::refresh`] gives back.
pub struct Refreshed {
    /// The new state for customers.
    pub snapshot: Snapshot,
    /// The new state for agents, where there are any.
    pub agents: Option<Snapshot<AgentIndex>>,
    /// What was written.
    pub report: Report,
    /// What is wrong with the content.
    pub diagnostics: Vec<Diagnostic>,
}

impl Live {
    /// Reads from `content` and keeps indexes in `index_dir`; nothing happens yet.
    pub fn new(content: Settings, index_dir: &Path, meaning: Arc<Meaning>) -> Self {
        Self {
            content: content.dir.as_path().into(),
            loader: Loader::new(content),
            builder: Builder::new(index_dir),
            vocabulary: Vocabulary::default(),
            analyzer: None,
            index: None,
            has_agents: false,
            agents: None,
            calibration: Arc::default(),
            meaning,
        }
    }

    /// Keeps a snapshot for agents, too.
    pub fn with_agents(self) -> Self {
        Self { has_agents: true, ..self }
    }

    /// Brings everything up to date with the content folder.
    pub fn refresh(&mut self, progress: Progress) -> Result<Refreshed, RefreshError> {
        let loaded = self.loader.load()?;
        let corpus = &loaded.corpus;
        let analyzer = self.analyzer_for(&corpus.vocabulary);
        let report = self.builder.sync(corpus, &analyzer, progress)?;
        let index = self.builder.open_customer(self.index.as_ref())?;
        self.index = Some(index.clone());
        let agents = self.open_agents()?;
        let calibration = self.calibration();
        let public = corpus.categories.iter().filter(|category| category.audience == Audience::Public);
        let public = public.cloned().collect();
        let snapshot = self.snapshot(index, &analyzer, public, &calibration);
        let agents =
            agents.map(|index| self.snapshot(index, &analyzer, corpus.categories.clone(), &calibration));
        Ok(Refreshed { snapshot, agents, report, diagnostics: loaded.diagnostics })
    }

    fn open_agents(&mut self) -> Result<Option<AgentIndex>, OpenError> {
        if self.has_agents {
            self.agents = Some(self.builder.open_agent(self.agents.as_ref())?);
        }
        Ok(self.agents.clone())
    }

    fn snapshot<I: Deref<Target = Index>>(
        &self,
        index: I,
        analyzer: &Arc<Analyzer>,
        categories: Vec<Category>,
        calibration: &Arc<Calibration>,
    ) -> Snapshot<I> {
        let vectors = self.meaning.vectors_if_ready(&index).map(Arc::new);
        let (analyzer, calibration) = (Arc::clone(analyzer), Arc::clone(calibration));
        let (categories, content) = (Arc::new(categories), Arc::clone(&self.content));
        Snapshot { index, analyzer, categories, calibration, content, vectors }
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
