//! A progress bar on a terminal; nothing anywhere else.

use indicatif::{ProgressBar, ProgressStyle};

use crate::index::Index;
use crate::live::{Meaning, MeaningError};

/// Returns a bar that counts `things` while `what` goes on.
pub(super) fn bar(what: &'static str, things: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {prefix}, {eta} left")
        .expect("the template is sound");
    ProgressBar::new(0).with_style(style).with_message(what).with_prefix(things)
}

/// Shows that `done` of `all` articles are done.
pub(super) fn advance(bar: &ProgressBar, done: usize, all: usize) {
    bar.set_length(all as u64);
    bar.set_position(done as u64);
}

/// Finds out what the passages of `indexes` mean; returns for how many that was not known.
pub(super) fn embed(meaning: &Meaning, indexes: &[&Index]) -> Result<usize, MeaningError> {
    let bar = bar("Search by meaning", "passages");
    let embedded = meaning.embed(indexes, &|at| advance(&bar, at.done, at.all), &|| true)?;
    bar.finish_and_clear();
    Ok(embedded)
}
