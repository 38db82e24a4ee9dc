//! Search by meaning, beside the index: the model, the vectors that it made, and the
//! work of making those that are missing.
//!
//! A model takes a tenth of a second for a passage. So an index is searched by its
//! words from the first moment; vectors are made in the background and join it when all
//! are there. After an edit the other articles keep theirs.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use thread_priority::{ThreadPriority, set_current_thread_priority};

use crate::index::{
    self, AgentIndex, Builder, CustomerIndex, EmbedProgress, Index, OpenError, PassageVectors, VectorError,
};
use crate::semantic::{self, Embedder, EndpointSettings, Source, Store, StoreError, Text, Vector};

/// The model and its vectors; shared by all who search.
pub struct Meaning {
    source: Source,
    endpoint: EndpointSettings,
    dir: PathBuf,
    model: OnceLock<Model>,
    state: Mutex<MeaningState>,
}

/// A model that is ready, and the vectors that it made.
struct Model {
    embedder: Arc<Embedder>,
    store: Mutex<Store>,
}

/// How far search by meaning is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeaningState {
    /// Not wanted.
    Off,
    /// Vectors are being made.
    Building(EmbedProgress),
    /// Every passage has its vectors.
    Ready,
    /// The model cannot be used, and why; search goes on by words.
    Unavailable(String),
}

impl MeaningState {
    /// Returns the stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Building(_) => "building",
            Self::Ready => "ready",
            Self::Unavailable(_) => "unavailable",
        }
    }
}

/// What is known of the meaning of a query.
#[derive(Clone, Debug)]
pub struct QueryMeaning {
    /// Its vector, if there is one and something to compare it with.
    pub vector: Option<Vector>,
    /// How far search by meaning is for this query.
    pub state: MeaningState,
    /// Whether the query was too long, and only its start was taken.
    pub is_cut: bool,
}

/// Why vectors are not there.
#[derive(Debug, thiserror::Error)]
pub enum MeaningError {
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] semantic::OpenError),
    /// The stored vectors cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Some vectors could not be made.
    #[error(transparent)]
    Vectors(#[from] VectorError),
    /// The index cannot be opened.
    #[error(transparent)]
    Index(#[from] OpenError),
}

/// An index is searched by meaning as long as at most this part of its texts has no
/// vector yet: edits, but not a new help center.
const MOST_MISSING: usize = 10;

impl Meaning {
    /// Makes vectors with the model of `source`, and keeps them in `dir`; nothing happens
    /// yet.
    pub fn new(source: Source, endpoint: EndpointSettings, dir: &Path) -> Self {
        let state = match source {
            Source::Off => MeaningState::Off,
            _ => MeaningState::Building(EmbedProgress::default()),
        };
        Self { source, endpoint, dir: dir.to_owned(), model: OnceLock::new(), state: Mutex::new(state) }
    }

    /// Makes vectors with a model that is ready already.
    pub fn with(embedder: Arc<Embedder>, dir: &Path) -> Result<Self, MeaningError> {
        let meaning = Self::new(Source::Bundled, EndpointSettings::default(), dir);
        let model = meaning.opened(embedder)?;
        meaning.model.get_or_init(|| model);
        Ok(meaning)
    }

    /// Returns whether search is to go by words alone.
    pub fn is_off(&self) -> bool {
        self.source == Source::Off
    }

    /// Returns whether each query is sent to an endpoint.
    pub fn asks_an_endpoint(&self) -> bool {
        self.source == Source::Endpoint
    }

    /// Returns how far it is.
    pub fn state(&self) -> MeaningState {
        self.state.lock().expect(NO_PANIC).clone()
    }

    /// Makes the vectors that the passages of `indexes` lack; returns how many passages
    /// got theirs. Does nothing where search by meaning is off.
    pub fn embed(
        &self,
        indexes: &[&Index],
        progress: &(dyn Fn(EmbedProgress) + Sync),
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<usize, MeaningError> {
        let Some(Model { embedder, store }) = self.model()? else { return Ok(0) };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let embedding = index::Embedding { embedder, store, threads };
        Ok(index::embed(indexes, &embedding, progress, go_on)?)
    }

    /// Drops what was made for passages that `indexes` no longer have.
    pub fn tidy(&self, indexes: &[&Index]) -> Result<(), MeaningError> {
        match self.model()? {
            Some(model) => Ok(index::tidy(indexes, &model.store)?),
            None => Ok(()),
        }
    }

    /// Returns the vectors of an index, if most of them are made; gets the model ready.
    pub fn vectors(&self, index: &Index) -> Result<Option<PassageVectors>, MeaningError> {
        let Some(model) = self.model()? else { return Ok(None) };
        let vectors = PassageVectors::read(index, &mut model.store.lock().expect(NO_PANIC), &model.embedder)?;
        let (texts, missing) = vectors.texts_and_missing();
        Ok((missing * MOST_MISSING <= texts).then_some(vectors))
    }

    /// Returns the vectors of an index, if the model is ready and most of them are made.
    pub(super) fn vectors_if_ready(&self, index: &Index) -> Option<PassageVectors> {
        self.model.get()?;
        self.vectors(index).unwrap_or_else(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "the vectors cannot be read");
            None
        })
    }

    /// Returns the vector of a question, which is made once and kept; nothing where search
    /// by meaning is off. Not for visitors: how long it takes would tell what internal
    /// articles are asked.
    pub fn of_question(&self, question: &str) -> Result<Option<Vector>, MeaningError> {
        let Some(Model { embedder, store }) = self.model()? else { return Ok(None) };
        let id = Text::question(question).id();
        let kept = store.lock().expect(NO_PANIC).read(id)?;
        if let Some(vector) = kept.into_iter().next() {
            return Ok(Some(vector));
        }
        let vector = embedder.query(question).map_err(VectorError::from)?.vector;
        store.lock().expect(NO_PANIC).add(id, std::slice::from_ref(&vector))?;
        Ok(Some(vector))
    }

    /// Finds out what a query means, to compare it with `vectors`.
    pub fn of_query(&self, query: &str, vectors: Option<&PassageVectors>) -> QueryMeaning {
        let without = |state| QueryMeaning { vector: None, state, is_cut: false };
        let (Some(vectors), Some(model)) = (vectors, self.model.get()) else { return without(self.state()) };
        if query.trim().is_empty() {
            return without(self.state());
        }
        match model.embedder.query(query) {
            Ok(embedded) => {
                let (_, missing) = vectors.texts_and_missing();
                let state = if missing == 0 { MeaningState::Ready } else { self.state() };
                QueryMeaning { vector: Some(embedded.vector), state, is_cut: embedded.is_cut }
            }
            Err(error) => {
                tracing::debug!(error = &error as &dyn std::error::Error, "a query has no vector");
                without(MeaningState::Unavailable(error.to_string()))
            }
        }
    }

    /// Gets the model ready; nothing if there is to be none.
    fn model(&self) -> Result<Option<&Model>, MeaningError> {
        if let Some(model) = self.model.get() {
            return Ok(Some(model));
        }
        let Some(embedder) = Embedder::open(&self.source, &self.endpoint)? else { return Ok(None) };
        let model = self.opened(Arc::new(embedder))?;
        Ok(Some(self.model.get_or_init(|| model)))
    }

    fn opened(&self, embedder: Arc<Embedder>) -> Result<Model, StoreError> {
        let store = Mutex::new(Store::open(&self.dir, embedder.id(), embedder.dimensions())?);
        Ok(Model { embedder, store })
    }

    fn set_state(&self, state: MeaningState) {
        *self.state.lock().expect(NO_PANIC) = state;
    }
}

const NO_PANIC: &str = "nothing panics while it holds the lock";

/// How long to wait before something that failed is tried again.
const RETRY: Duration = Duration::from_secs(30);

/// Makes vectors in the background, for the latest index that it was given.
pub struct Embedding {
    changes: Sender<Indexes>,
    latest: Arc<Mutex<Option<CustomerIndex>>>,
}

/// The indexes of one moment.
struct Indexes {
    customers: CustomerIndex,
    /// Nothing where no agents are served: their vectors are made all the same.
    agents: Option<AgentIndex>,
}

/// An index and its vectors.
pub enum Embedded {
    /// Of what customers see.
    Customers(CustomerIndex, PassageVectors),
    /// Of what agents see.
    Agents(AgentIndex, PassageVectors),
}

impl Embedding {
    /// Starts the work on a thread of low priority. `show` is called with the vectors of
    /// an index once they are there; `progress` while they are made.
    pub fn start(
        meaning: Arc<Meaning>,
        index_dir: &Path,
        progress: impl Fn(EmbedProgress) + Sync + Send + 'static,
        show: impl Fn(Embedded) + Sync + Send + 'static,
    ) -> Self {
        let (changes, received) = channel();
        let latest = Arc::new(Mutex::new(None));
        let worker = Worker {
            meaning,
            builder: Builder::new(index_dir),
            latest: Arc::clone(&latest),
            progress: Box::new(progress),
            show: Box::new(show),
        };
        std::thread::spawn(move || worker.run(&received));
        Self { changes, latest }
    }

    /// Goes on with these indexes instead of any before.
    pub fn follow(&self, customers: CustomerIndex, agents: Option<AgentIndex>) {
        *self.latest.lock().expect(NO_PANIC) = Some(customers.clone());
        self.changes.send(Indexes { customers, agents }).ok();
    }
}

struct Worker {
    meaning: Arc<Meaning>,
    builder: Builder,
    latest: Arc<Mutex<Option<CustomerIndex>>>,
    progress: Box<dyn Fn(EmbedProgress) + Sync + Send>,
    show: Box<Show>,
}

/// Called with an index and its vectors once they are there.
type Show = dyn Fn(Embedded) + Sync + Send;

impl Worker {
    fn run(self, changes: &Receiver<Indexes>) {
        // The threads on which queries are embedded start with the model, and keep the
        // priority of this one. Where the system does not let us lower it afterwards, the
        // work only disturbs others more. What fails here fails again below, and is told.
        self.meaning.model().ok();
        set_current_thread_priority(ThreadPriority::Min).ok();
        let Ok(mut indexes) = changes.recv() else { return };
        loop {
            let done = self.bring_up_to_date(&indexes);
            if let Err(error) = &done {
                let error: &dyn std::error::Error = error;
                tracing::warn!(error, "search goes on by words alone");
                self.meaning.set_state(MeaningState::Unavailable(error.to_string()));
            }
            let next = match done {
                Ok(()) => changes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Err(_) => changes.recv_timeout(RETRY),
            };
            match next {
                Ok(next) => indexes = changes.try_iter().last().unwrap_or(next),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Makes what is missing: first what customers search, then the rest.
    fn bring_up_to_date(&self, indexes: &Indexes) -> Result<(), MeaningError> {
        let index = &indexes.customers;
        let is_latest =
            || self.latest.lock().expect(NO_PANIC).as_ref().is_some_and(|latest| latest.is(index));
        let progress = |at: EmbedProgress| {
            if at.done < at.all {
                self.meaning.set_state(MeaningState::Building(at));
            }
            (self.progress)(at);
        };
        let made = self.meaning.embed(&[index], &progress, &is_latest)?;
        if !is_latest() {
            return Ok(());
        }
        if let Some(vectors) = self.meaning.vectors(index)? {
            (self.show)(Embedded::Customers(index.clone(), vectors));
        }
        self.meaning.set_state(MeaningState::Ready);
        if made > 0 {
            tracing::info!(passages = made, "search by meaning is ready");
        }
        self.bring_agents_up_to_date(indexes, &is_latest)
    }

    fn bring_agents_up_to_date(
        &self,
        indexes: &Indexes,
        is_latest: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), MeaningError> {
        let agents = match &indexes.agents {
            Some(agents) => agents.clone(),
            None => self.builder.open_agent(None)?,
        };
        self.meaning.embed(&[&agents], &|_| (), is_latest)?;
        if !is_latest() {
            return Ok(());
        }
        self.meaning.tidy(&[&indexes.customers, &agents])?;
        if let (Some(agents), Some(vectors)) = (&indexes.agents, self.meaning.vectors(&agents)?) {
            (self.show)(Embedded::Agents(agents.clone(), vectors));
        }
        Ok(())
    }
}
