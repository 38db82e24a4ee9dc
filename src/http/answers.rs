//! The answer to a question, the same on every channel.

use super::App;
use crate::answer::{Answer, Answerer};
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
        let Snapshot { index, analyzer, calibration, vectors, .. } = snapshot;
        let model = vectors.as_ref().map(|vectors| vectors.model());
        let answerer = Answerer::new(index, analyzer, &self.answers, calibration, model, self.today());
        answerer.answer(request, results)
    }
}

/// Returns the HTML of a quotation so that it works on other pages than that of its
/// article: links within the article lead to its page.
pub(super) fn quoted_html(html: &str, article_url: &str) -> String {
    html.replace("href=\"#", &format!("href=\"{article_url}#"))
}
