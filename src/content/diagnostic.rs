//! Problems found while loading, as authors see them.
//!
//! A problem never stops a load; `zhida check` prints them and decides what fails.
//! Every message says what is wrong and what to do about it.

use std::path::PathBuf;

/// Something an author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, relative to the content directory.
    pub file: PathBuf,
    /// The line it is about, from 1.
    pub line: Option<u32>,
    /// What kind of problem it is.
    pub code: DiagnosticCode,
    /// Whether it must be fixed.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub message: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Content is missing or hidden until it is fixed.
    Error,
    /// Content is served, perhaps not as it was meant.
    Warning,
}

impl Severity {
    /// Returns `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What kind of problem a diagnostic is about; its text form never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiagnosticCode {
    /// A file or folder cannot be read.
    Unreadable,
    /// A file is in no encoding that we know.
    UnknownEncoding,
    /// A file is not UTF-8 but could be decoded.
    LegacyEncoding,
    /// A symbolic link leads out of the content directory, or nowhere.
    LinkRefused,
    /// A symbolic link leads to a folder that is read already.
    LinkLoop,
    /// The front matter cannot be read.
    BrokenFrontMatter,
    /// A front matter key is written twice.
    DuplicateKey,
    /// `audience` is neither public nor internal.
    UnknownAudience,
    /// `status` is none of published, draft and archived.
    UnknownStatus,
    /// `locale` is not a language tag.
    UnknownLocale,
    /// A date is not a day of the calendar.
    InvalidDate,
    /// Another front matter value cannot be used.
    InvalidValue,
    /// The title is there but empty.
    EmptyTitle,
    /// Two files have the same id and locale.
    DuplicateIdentity,
    /// A link leads to a Markdown file that is not there.
    BrokenLink,
    /// An article refers to an image that is not there.
    MissingImage,
    /// An article refers to a file that browsers show no image of.
    NotAnImage,
    /// An image is too large to be shown.
    LargeImage,
    /// Nothing says in words what an image shows.
    ImageWithoutAlt,
    /// `related` names an article that is not there.
    UnknownRelated,
    /// A line of synonyms says nothing.
    InvalidSynonyms,
}

impl DiagnosticCode {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::UnknownEncoding => "unknown-encoding",
            Self::LegacyEncoding => "legacy-encoding",
            Self::LinkRefused => "link-refused",
            Self::LinkLoop => "link-loop",
            Self::BrokenFrontMatter => "broken-front-matter",
            Self::DuplicateKey => "duplicate-key",
            Self::UnknownAudience => "unknown-audience",
            Self::UnknownStatus => "unknown-status",
            Self::UnknownLocale => "unknown-locale",
            Self::InvalidDate => "invalid-date",
            Self::InvalidValue => "invalid-value",
            Self::EmptyTitle => "empty-title",
            Self::DuplicateIdentity => "duplicate-identity",
            Self::BrokenLink => "broken-link",
            Self::MissingImage => "missing-image",
            Self::NotAnImage => "not-an-image",
            Self::LargeImage => "large-image",
            Self::ImageWithoutAlt => "image-without-alt",
            Self::UnknownRelated => "unknown-related",
            Self::InvalidSynonyms => "invalid-synonyms",
        }
    }
}

/// A problem inside one file, before the file is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) line: Option<u32>,
    pub(crate) code: DiagnosticCode,
    pub(crate) severity: Severity,
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn error(code: DiagnosticCode, message: impl Into<String>) -> Self {
        Self { line: None, code, severity: Severity::Error, message: message.into() }
    }

    pub(crate) fn warning(code: DiagnosticCode, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    pub(crate) fn at(self, line: u32) -> Self {
        Self { line: Some(line), ..self }
    }

    pub(crate) fn in_file(self, file: impl Into<PathBuf>) -> Diagnostic {
        let Self { line, code, severity, message } = self;
        Diagnostic { file: file.into(), line, code, severity, message }
    }
}
