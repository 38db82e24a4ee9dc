//! The answer to a question, the same on every channel.

use std::ops::Deref;

use super::App;
use crate::answer::{Answer, Answerer};
use crate::index::Index;
use crate::live::Snapshot;
use crate::search::{Request, Results};

impl App {
    /// Answers a request from its first results, of which there should be
    /// [`RESULTS`](crate::answer::RESULTS).
    pub(super) fn answer(
        &self,
        snapshot: &Snapshot,
        request: &Request,
        results: &Results,
    ) -> tantivy::Result<Answer> {
        self.answerer(snapshot).answer(request, results)
    }

    /// Returns what answers from `snapshot`, as of today.
    pub(super) fn answerer<'a, I: Deref<Target = Index>>(
        &'a self,
        snapshot: &'a Snapshot<I>,
    ) -> Answerer<'a> {
        let Snapshot { index, analyzer, calibration, vectors, .. } = snapshot;
        let model = vectors.as_ref().map(|vectors| vectors.model());
        Answerer::new(index, analyzer, &self.answers, calibration, model, self.today())
    }
}
