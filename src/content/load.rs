//! Loads a content directory, and loads it again quickly after an edit.
//!
//! What depends only on the bytes of a file (its text, metadata, first heading,
//! links) is kept until the file changes. What depends on its neighbours (locale
//! and category by folder, duplicates, broken links) is worked out anew each
//! time, which is cheap.

use std::fmt;
use std::fs;
use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use super::assemble::{Assembled, Assembly};
use super::decode::decode;
use super::diagnostic::{Diagnostic, DiagnosticCode as Code, Problem};
use super::foreign::{self, Flavor};
use super::front_matter::{self, FrontMatter, line_of};
use super::image::{Images, WrittenImage};
use super::link::{is_markdown, scheme, split_fragment};
use super::markdown::Tree;
use super::place::Places;
use super::walk::{self, File, Found, Stamp};
use super::{Corpus, Settings};
use crate::locale::Locale;
use crate::vocabulary::{self, Vocabulary};

/// The dictionary in the content directory.
const DICTIONARY: &str = "dictionary.txt";

/// A file changed so recently may change again without a new time stamp.
const TRUSTED_AGE: Duration = Duration::from_secs(2);

/// Fewer files are not worth a thread of their own.
const MIN_SHARE: usize = 256;

/// Why a content directory could not be loaded at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It is not there.
    #[error("no content directory at {path}; create it or name another one", path = path.display())]
    Missing {
        /// The directory that was asked for.
        path: PathBuf,
    },
    /// It is a file.
    #[error("{path} is not a directory; name the folder that holds the Markdown files", path = path.display())]
    NotADirectory {
        /// The path that was asked for.
        path: PathBuf,
    },
    /// It cannot be listed.
    #[error("cannot read the content directory {path}; check its permissions", path = path.display())]
    Unreadable {
        /// The directory that was asked for.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

/// What was loaded. Every file is an article or skipped.
#[derive(Debug)]
pub struct Loaded {
    /// The articles and categories.
    pub corpus: Corpus,
    /// The problems found on the way, by file and line.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that are no articles, with the reason.
    pub skipped: Vec<Skipped>,
    /// How many Markdown files there are.
    pub files: usize,
}

/// A file that is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file, relative to the content directory.
    pub path: PathBuf,
    /// Why it is none.
    pub reason: SkipReason,
}

/// Why a file is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// It is an `_index` without a body and only names its folder.
    NamesFolder,
    /// Its name, or that of a folder above it, starts with a dot.
    Hidden,
    /// It cannot be read.
    Unreadable,
    /// It is in no known encoding.
    UnknownEncoding,
    /// It is a symbolic link that is not followed.
    LinkRefused,
    /// Another file has its id and locale.
    Duplicate {
        /// The file that counts.
        of: PathBuf,
    },
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NamesFolder => f.write_str("it has no text and only names its folder"),
            Self::Hidden => f.write_str("it is hidden: its name or a folder above it starts with a dot"),
            Self::Unreadable => f.write_str("it cannot be read"),
            Self::UnknownEncoding => f.write_str("its encoding is unknown"),
            Self::LinkRefused => f.write_str("it is a symbolic link that is not followed"),
            Self::Duplicate { of } => write!(f, "{} has the same id and locale", of.display()),
        }
    }
}

/// Loads a content directory and keeps what it has read.
#[derive(Debug)]
pub struct Loader {
    settings: Settings,
    /// In the order of their paths.
    kept: Vec<Kept>,
    images: Images,
}

#[derive(Debug)]
struct Kept {
    file: File,
    /// Whether the file was old enough for its stamp to tell of the next change.
    is_trusted: bool,
    parsed: Parsed,
}

/// What the bytes of a file say.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) source: Arc<str>,
    pub(crate) body_start: usize,
    pub(crate) front_matter: FrontMatter,
    /// The first heading of the highest level.
    pub(crate) heading: Option<String>,
    pub(crate) has_text: bool,
    /// Links to Markdown files, with their line.
    pub(crate) links: Vec<(String, u32)>,
    pub(crate) images: Vec<WrittenImage>,
    pub(crate) problems: Vec<Problem>,
}

/// Why a file gives no article.
struct Failure {
    reason: SkipReason,
    problem: Problem,
}

impl Loader {
    /// Prepares to load a directory; nothing is read yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, kept: Vec::new(), images: Images::default() }
    }

    /// Loads the directory. Files whose size and time have not changed since the
    /// last load are not read again.
    pub fn load(&mut self) -> Result<Loaded, LoadError> {
        let Found { files, images, mut skipped, mut diagnostics } = self.find()?;
        self.images.found(images);
        for (path, Failure { reason, problem }) in self.read_changed(files) {
            diagnostics.push(problem.in_file(&path));
            skipped.push(Skipped { path, reason });
        }
        let vocabulary = self.read_vocabulary(&mut diagnostics);
        let assembled = self.assemble();
        skipped.extend(assembled.skipped);
        diagnostics.extend(assembled.diagnostics);
        skipped.sort_by(|a, b| a.path.cmp(&b.path));
        diagnostics.sort_by(|a, b| (&a.file, a.line, a.code).cmp(&(&b.file, b.line, b.code)));
        let files = assembled.articles.len() + skipped.len();
        let corpus = Corpus { articles: assembled.articles, categories: assembled.categories, vocabulary };
        Ok(Loaded { corpus, diagnostics, skipped, files })
    }

    fn find(&self) -> Result<Found, LoadError> {
        let path = self.settings.dir.clone();
        if !path.exists() {
            return Err(LoadError::Missing { path });
        }
        if !path.is_dir() {
            return Err(LoadError::NotADirectory { path });
        }
        walk::walk(&path).map_err(|source| LoadError::Unreadable { path, source })
    }

    /// Makes `kept` hold all readable files, reading those that are new or changed.
    fn read_changed(&mut self, files: Vec<File>) -> Vec<(PathBuf, Failure)> {
        let mut old = std::mem::take(&mut self.kept).into_iter().peekable();
        let mut changed = Vec::new();
        for file in files {
            while old.next_if(|kept| kept.file.path < file.path).is_some() {}
            match old.next_if(|kept| kept.is_trusted && kept.file == file) {
                Some(kept) => self.kept.push(kept),
                None => changed.push(file),
            }
        }
        if changed.is_empty() {
            return Vec::new();
        }
        let (read, failed) = read_files(&self.settings.dir, changed);
        self.kept.extend(read);
        self.kept.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        failed
    }

    fn assemble(&mut self) -> Assembled {
        let mut assembly = Assembly::new(self.settings.default_locale.clone());
        let places = Places::new(self.kept.iter().map(|kept| kept.file.path.as_path()));
        for Kept { file, parsed, .. } in &self.kept {
            assembly.add(&file.path, places.of(&file.path), parsed);
        }
        assembly.finish(&mut self.images, &self.settings.dir)
    }

    /// Reads the dictionary and all files of synonyms.
    fn read_vocabulary(&self, diagnostics: &mut Vec<Diagnostic>) -> Vocabulary {
        let dictionary = self.read_words(DICTIONARY, diagnostics);
        let mut vocabulary =
            Vocabulary { dictionary: vocabulary::dictionary_words(&dictionary), synonyms: Vec::new() };
        for (name, locale) in self.synonym_files(diagnostics) {
            let text = self.read_words(&name, diagnostics);
            let (synonyms, wrong) = vocabulary::synonyms(&text, &name, locale.as_ref());
            vocabulary.synonyms.extend(synonyms);
            diagnostics.extend(wrong.into_iter().map(|line| wrong_synonyms().at(line).in_file(&name)));
        }
        vocabulary
    }

    /// Returns the names of the files of synonyms, sorted, each with its locale.
    fn synonym_files(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Option<Locale>)> {
        let entries = fs::read_dir(&self.settings.dir).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort_unstable();
        let mut files = Vec::new();
        for name in names {
            let Some(tag) = name.strip_prefix("synonyms").and_then(|rest| rest.strip_suffix(".txt")) else {
                continue;
            };
            match tag.strip_prefix('.').map(str::parse).transpose() {
                Ok(locale) => files.push((name, locale)),
                Err(error) => {
                    diagnostics.push(Problem::warning(Code::UnknownLocale, format!("{error}")).in_file(&name))
                }
            }
        }
        files
    }

    /// Reads a file of words in the content directory; empty where there is none.
    fn read_words(&self, name: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
        let problem = match fs::read(self.settings.dir.join(name)) {
            Ok(bytes) => match decode(bytes) {
                Some(decoded) => return decoded.text,
                None => unknown_encoding(),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => return String::new(),
            Err(error) => walk::unreadable(&error),
        };
        diagnostics.push(problem.in_file(name));
        String::new()
    }
}

/// Reads files on all processors.
fn read_files(dir: &Path, mut files: Vec<File>) -> (Vec<Kept>, Vec<(PathBuf, Failure)>) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = files.len().div_ceil(threads).max(MIN_SHARE);
    let mut shares = Vec::new();
    while !files.is_empty() {
        shares.push(files.split_off(files.len().saturating_sub(share)));
    }
    let results: Vec<_> = thread::scope(|scope| {
        let read_all = |files: Vec<File>| files.into_iter().map(|file| read(dir, file)).collect::<Vec<_>>();
        let handles: Vec<_> = shares.into_iter().map(|files| scope.spawn(move || read_all(files))).collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    let (mut kept, mut failed) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(read) => kept.push(read),
            Err(failure) => failed.push(failure),
        }
    }
    (kept, failed)
}

fn read(dir: &Path, file: File) -> Result<Kept, (PathBuf, Failure)> {
    let unreadable = |error| Failure { reason: SkipReason::Unreadable, problem: walk::unreadable(&error) };
    let bytes = fs::read(dir.join(&file.path)).map_err(unreadable);
    match bytes.and_then(|bytes| parse(bytes, Flavor::of(&file.path))) {
        Ok(parsed) => Ok(Kept { is_trusted: is_trusted(&file.stamp), file, parsed }),
        Err(failure) => Err((file.path, failure)),
    }
}

/// Returns whether a file was old enough for its stamp to tell of the next change.
pub(super) fn is_trusted(stamp: &Stamp) -> bool {
    let age = stamp.modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
    age.is_some_and(|age| age > TRUSTED_AGE)
}

fn wrong_synonyms() -> Problem {
    Problem::warning(
        Code::InvalidSynonyms,
        "this line says nothing; write `parcel, package` or, for one direction, `DHL => carrier`",
    )
}

fn unknown_encoding() -> Problem {
    Problem::error(
        Code::UnknownEncoding,
        "its encoding is unknown; save it as UTF-8, until then it is not loaded",
    )
}

/// Reads everything from the bytes of a file that does not depend on others.
fn parse(bytes: Vec<u8>, flavor: Flavor) -> Result<Parsed, Failure> {
    let unknown = || Failure { reason: SkipReason::UnknownEncoding, problem: unknown_encoding() };
    let decoded = decode(bytes).ok_or_else(unknown)?;
    let (front_matter, body_start, mut problems) = front_matter::read(&decoded.text);
    if let Some(encoding) = decoded.legacy {
        let message = format!("the file is in {encoding}; it was decoded, save it as UTF-8");
        problems.push(Problem::warning(Code::LegacyEncoding, message));
    }
    let source: Arc<str> = decoded.text.into();
    let text = foreign::strip(&source[body_start..], flavor);
    let tree = Tree::parse(&text, body_start, None);
    let heading = tree.title().map(str::to_owned);
    let has_text = tree.has_text();
    let links = links_to_files(&tree, &source);
    let images = images(&tree, &source);
    Ok(Parsed {
        source: source.clone(),
        body_start,
        front_matter,
        heading,
        has_text,
        links,
        images,
        problems,
    })
}

fn links_to_files(tree: &Tree, source: &str) -> Vec<(String, u32)> {
    let mut lines = Lines::of(source);
    let links = tree.links().filter(|(destination, _)| leads_to_file(destination));
    links.map(|(destination, at)| (destination.to_owned(), lines.of_place(at))).collect()
}

fn images(tree: &Tree, source: &str) -> Vec<WrittenImage> {
    let mut lines = Lines::of(source);
    let images = tree.images().into_iter();
    images
        .map(|(reference, has_alt, at)| WrittenImage { reference, has_alt, line: lines.of_place(at) })
        .collect()
}

/// Tells on which line places are, which rise as a rule.
struct Lines<'a> {
    source: &'a str,
    line: u32,
    counted: usize,
}

impl<'a> Lines<'a> {
    fn of(source: &'a str) -> Self {
        Self { source, line: 1, counted: 0 }
    }

    fn of_place(&mut self, at: usize) -> u32 {
        if at < self.counted {
            *self = Self::of(self.source);
        }
        self.line += line_of(&self.source[self.counted..], at - self.counted) - 1;
        self.counted = at;
        self.line
    }
}

fn leads_to_file(destination: &str) -> bool {
    scheme(destination).is_none()
        && !destination.starts_with("//")
        && is_markdown(split_fragment(destination).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_know_their_line() {
        let bytes = b"---\ntitle: x\n---\n[a](a.md)\n\n[b](https://b.md) [c](c.md#x)".to_vec();
        let parsed = parse(bytes, Flavor::Markdown).unwrap_or_else(|_| panic!("it can be read"));
        assert_eq!(parsed.links, [("a.md".to_owned(), 4), ("c.md#x".to_owned(), 6)]);
    }
}
