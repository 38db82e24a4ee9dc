//! A progress bar on a terminal; nothing anywhere else.

use indicatif::{ProgressBar, ProgressStyle};

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
