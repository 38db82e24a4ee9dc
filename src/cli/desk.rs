//! The agents' index, opened to ask it from the command line.

use super::search::vectors;
use crate::analysis::Analyzer;
use crate::answer::{Answerer, Calibration};
use crate::config::Config;
use crate::index::{AgentIndex, Builder, CustomerIndex, PassageVectors};
use crate::live::Meaning;
use crate::search::Searcher;
use crate::suggest::{Desk, Experience};

/// What a desk works with.
pub(super) struct Opened {
    pub(super) index: AgentIndex,
    customers: CustomerIndex,
    analyzer: Analyzer,
    meaning: Meaning,
    vectors: Option<PassageVectors>,
    calibration: Calibration,
}

impl Opened {
    pub(super) fn new(config: &Config) -> anyhow::Result<Self> {
        let builder = Builder::new(&config.index.dir);
        let (index, customers) = (builder.open_agent(None)?, builder.open_customer(None)?);
        let (meaning, vectors) = vectors(&index, config)?;
        let analyzer = Analyzer::new(index.vocabulary());
        let calibration = Calibration::read(&config.content.dir)?;
        Ok(Self { index, customers, analyzer, meaning, vectors, calibration })
    }

    /// Lets `ask` ask.
    pub(super) fn with_desk<T>(&self, config: &Config, ask: impl FnOnce(&Desk) -> T) -> T {
        let vectors = self.vectors.as_ref();
        let (today, model) = (config.today(), vectors.map(PassageVectors::model));
        let searcher = Searcher::new(&self.index, &self.analyzer, &config.ranking, today);
        let answerer =
            Answerer::new(&self.index, &self.analyzer, &config.answers, &self.calibration, model, today);
        ask(&Desk {
            index: &self.index,
            customers: &self.customers,
            searcher: searcher.with_vectors(vectors),
            answerer,
            vector_of: &|text| self.meaning.of_query(text, vectors).vector,
            // The log of events belongs to the server.
            experience_of: &|_| Experience::default(),
            today,
        })
    }
}
