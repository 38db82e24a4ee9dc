//! A corpus in an index of its own, to ask questions in: for `eval` and `calibrate`.

use anyhow::Context;

use super::progress;
use crate::analysis::Analyzer;
use crate::answer::{Answerer, Calibration};
use crate::config::Config;
use crate::content::Corpus;
use crate::eval::Asker;
use crate::index::{Builder, CustomerIndex, Index, PassageVectors};
use crate::live::Meaning;
use crate::search::{Searcher, Weights};
use crate::semantic::Vector;

/// Search by meaning, with its vectors in a folder that may be temporary.
pub(super) struct Vectors {
    meaning: Meaning,
    _folder: Option<tempfile::TempDir>,
}

impl Vectors {
    /// Keeps vectors where `meaning` does.
    pub(super) fn of(meaning: Meaning) -> Self {
        Self { meaning, _folder: None }
    }

    /// Keeps vectors as long as this exists.
    pub(super) fn temporary(config: &Config) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder for the vectors")?;
        Ok(Self { meaning: config.meaning_in(folder.path()), _folder: Some(folder) })
    }

    /// Makes the vectors of an index; nothing where search by meaning is off.
    fn of_index(&self, index: &Index) -> anyhow::Result<Option<PassageVectors>> {
        progress::embed(&self.meaning, &[index])?;
        Ok(self.meaning.vectors(index)?)
    }

    /// Makes the vectors of questions.
    pub(super) fn prepare<'q>(
        &self,
        questions: impl ExactSizeIterator<Item = &'q str>,
    ) -> anyhow::Result<()> {
        let (bar, all) = (progress::bar("Embedding", "questions"), questions.len());
        for (question, done) in questions.zip(1..) {
            self.meaning.of_question(question)?;
            progress::advance(&bar, done, all);
        }
        bar.finish_and_clear();
        Ok(())
    }

    pub(super) fn of_question(&self, question: &str) -> Option<Vector> {
        self.meaning.of_question(question).unwrap_or_default()
    }
}

/// A corpus in an index of its own, which is gone when this is dropped.
pub(super) struct Evaluation<'a> {
    pub(super) index: CustomerIndex,
    pub(super) vectors: &'a Vectors,
    of_passages: Option<PassageVectors>,
    analyzer: Analyzer,
    config: &'a Config,
    _folder: tempfile::TempDir,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(corpus: &Corpus, config: &'a Config, vectors: &'a Vectors) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder for the index")?;
        let analyzer = Analyzer::new(&corpus.vocabulary);
        let builder = Builder::new(folder.path());
        let bar = progress::bar("Indexing", "articles");
        builder.sync(corpus, &analyzer, &|done, all| progress::advance(&bar, done, all))?;
        bar.finish_and_clear();
        let index = builder.open_customer(None)?;
        let of_passages = vectors.of_index(&index)?;
        Ok(Self { index, vectors, of_passages, analyzer, config, _folder: folder })
    }

    /// Returns the name of the model, where search goes by meaning too.
    pub(super) fn model(&self) -> Option<&str> {
        self.of_passages.as_ref().map(PassageVectors::model)
    }

    pub(super) fn searcher<'s>(&'s self, weights: &'s Weights) -> Searcher<'s> {
        let searcher = Searcher::new(&self.index, &self.analyzer, weights, self.config.today());
        searcher.with_vectors(self.of_passages.as_ref())
    }

    /// Returns what asks questions by meaning if that is known, or by words alone.
    pub(super) fn asker<'s>(&'s self, vector_of: &'s dyn Fn(&str) -> Option<Vector>) -> Asker<'s> {
        Asker { index: &self.index, searcher: self.searcher(&self.config.ranking), vector_of }
    }

    pub(super) fn answerer<'s>(&'s self, calibration: &'s Calibration) -> Answerer<'s> {
        let settings = &self.config.answers;
        let (model, today) = (self.model(), self.config.today());
        Answerer::new(&self.index, &self.analyzer, settings, calibration, model, today)
    }
}
