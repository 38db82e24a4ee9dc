//! Finds the Markdown files of a content directory, and the images.
//!
//! Symbolic links are followed only inside the directory, so nothing that was
//! not put there is ever published, and a folder is entered through links at
//! most once, so that a loop ends.

use std::collections::HashSet;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::diagnostic::{Diagnostic, DiagnosticCode as Code, Problem};
use super::image::is_image;
use super::link::is_markdown;
use super::load::{SkipReason, Skipped};

/// Folders of programs: what is in them was not written by the authors.
const NOT_CONTENT: [&str; 2] = [".git", "node_modules"];

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Sorted by path, as folders are read in order.
    pub(crate) files: Vec<File>,
    /// Sorted by path.
    pub(crate) images: Vec<File>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A Markdown file, or an image.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct File {
    /// Relative to the content directory.
    pub(crate) path: PathBuf,
    pub(crate) stamp: Stamp,
}

/// Tells whether a file has changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stamp {
    pub(crate) size: u64,
    pub(crate) modified: Option<SystemTime>,
}

impl Stamp {
    pub(crate) fn of(metadata: &fs::Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// Finds all Markdown files and images below a directory. Of hidden ones, and those in
/// hidden folders, Markdown files are named as skipped.
pub(crate) fn walk(root: &Path) -> io::Result<Found> {
    let canonical = root.canonicalize()?;
    let mut walker = Walker { root, canonical, entered: HashSet::new(), found: Found::default() };
    let entries = read_folder(root)?;
    walker.visit(Path::new(""), entries, false);
    Ok(walker.found)
}

struct Walker<'a> {
    root: &'a Path,
    canonical: PathBuf,
    /// Folders that were entered through a link.
    entered: HashSet<PathBuf>,
    found: Found,
}

impl Walker<'_> {
    fn visit(&mut self, folder: &Path, entries: Vec<DirEntry>, in_hidden: bool) {
        for entry in entries {
            let name = entry.file_name();
            let is_hidden = in_hidden || is_hidden(&name.to_string_lossy());
            self.visit_entry(&folder.join(&name), &entry, is_hidden);
        }
    }

    fn visit_entry(&mut self, path: &Path, entry: &DirEntry, is_hidden: bool) {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => self.enter(path, is_hidden),
            Ok(_) if is_hidden => self.skip(path, SkipReason::Hidden),
            Ok(kind) if kind.is_symlink() => self.follow(path),
            Ok(kind) if kind.is_file() => self.add(path, || entry.metadata()),
            Ok(_) => {}
            Err(error) => self.unreadable(path, &error),
        }
    }

    fn enter(&mut self, path: &Path, is_hidden: bool) {
        if path.file_name().is_some_and(|name| NOT_CONTENT.iter().any(|known| name == *known)) {
            return;
        }
        match read_folder(&self.root.join(path)) {
            Ok(entries) => self.visit(path, entries, is_hidden),
            Err(error) => self.unreadable(path, &error),
        }
    }

    fn follow(&mut self, path: &Path) {
        let full = self.root.join(path);
        let Ok(target) = full.canonicalize() else {
            return self.refuse(path, "it leads nowhere; remove it or correct its target");
        };
        if !target.starts_with(&self.canonical) {
            return self.refuse(path, "it leads out of the content directory; copy what it leads to instead");
        }
        if target.is_file() {
            self.add(path, || fs::metadata(&full));
        } else if self.is_loop(&full, &target) || !self.entered.insert(target) {
            let message = "the link leads to a folder that is read already; remove it";
            self.report(path, Problem::warning(Code::LinkLoop, message));
            self.skip(path, SkipReason::LinkRefused);
        } else {
            self.enter(path, false);
        }
    }

    fn is_loop(&self, link: &Path, target: &Path) -> bool {
        let folder = link.parent().and_then(|parent| parent.canonicalize().ok());
        folder.is_none_or(|folder| folder.starts_with(target))
    }

    fn add(&mut self, path: &Path, metadata: impl Fn() -> io::Result<fs::Metadata>) {
        let files = match path {
            _ if is_markdown(&path.to_string_lossy()) => &mut self.found.files,
            _ if is_image(path) => &mut self.found.images,
            _ => return,
        };
        match metadata() {
            Ok(metadata) => files.push(File { path: path.to_owned(), stamp: Stamp::of(&metadata) }),
            Err(error) => self.unreadable(path, &error),
        }
    }

    fn refuse(&mut self, path: &Path, reason: &str) {
        let message = format!("the symbolic link is not followed: {reason}");
        self.report(path, Problem::error(Code::LinkRefused, message));
        self.skip(path, SkipReason::LinkRefused);
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.report(path, unreadable(error));
        self.skip(path, SkipReason::Unreadable);
    }

    fn report(&mut self, path: &Path, problem: Problem) {
        self.found.diagnostics.push(problem.in_file(path));
    }

    /// Only Markdown files are counted, whatever else could not be followed or read.
    fn skip(&mut self, path: &Path, reason: SkipReason) {
        if is_markdown(&path.to_string_lossy()) {
            self.found.skipped.push(Skipped { path: path.to_owned(), reason });
        }
    }
}

/// A name that starts with a dot is hidden, but for a page that is about the dot: `..md`.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && Path::new(name).file_stem().is_none_or(|stem| stem != ".")
}

/// Says that a file or folder cannot be read.
pub(crate) fn unreadable(error: &io::Error) -> Problem {
    Problem::error(Code::Unreadable, format!("it cannot be read: {error}; check its permissions"))
}

fn read_folder(path: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}
