//! What a company puts in the place of what is compiled in.
//!
//! A theme is a folder with `templates`, `texts` and `assets`. A file there takes the place of
//! the one with the same name; other files are added. Of texts, each message takes the place of
//! the one with the same name, so that a file may hold a single one. It is read once, when the
//! server starts: what cannot be read is an error then. A template that asks for what a page does
//! not give is one when that page is shown.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Site, Texts};
use crate::http::texts::{base, ids};
use crate::locale::{Distance, Locale};

/// The files of a theme, by kind and name.
#[derive(Default)]
pub(super) struct Theme {
    pub(super) templates: BTreeMap<String, String>,
    /// By locale.
    pub(super) texts: BTreeMap<String, String>,
    pub(super) assets: BTreeMap<String, Vec<u8>>,
}

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// The folder that is configured is not there.
    #[error("no folder {0}; `site.theme` names the folder of a theme, or nothing")]
    Missing(PathBuf),
    /// A file cannot be read.
    #[error("cannot read {path} of the theme")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A template is wrong.
    #[error("a template of the theme is wrong")]
    Template(#[from] minijinja::Error),
    /// A file of texts is wrong.
    #[error("texts/{file} of the theme is wrong: {reason}")]
    Texts {
        /// Its name.
        file: String,
        /// What to do.
        reason: String,
    },
    /// A file that the configuration names is not there.
    #[error("no picture assets/{0} in the theme; `site.logo` names one, of a kind that browsers show")]
    Logo(String),
}

impl Theme {
    /// Reads a theme; an empty path stands for none.
    pub(super) fn read(dir: &Path) -> Result<Self, ThemeError> {
        if dir.as_os_str().is_empty() {
            return Ok(Self::default());
        }
        if !dir.is_dir() {
            return Err(ThemeError::Missing(dir.to_owned()));
        }
        Ok(Self {
            templates: text_files(&dir.join("templates"), "")?,
            texts: text_files(&dir.join("texts"), ".ftl")?,
            assets: files(&dir.join("assets"))?,
        })
    }
}

/// Something that visitors read in English, or not at all, because the texts of a language
/// are not complete.
#[derive(Debug, PartialEq, Eq)]
pub struct TextsAdvice {
    /// The file of texts, in the folder of the theme.
    pub file: String,
    /// What is missing, and what to write.
    pub message: String,
}

/// Returns what the texts of pages in these locales miss, with what the theme adds.
///
/// # Errors
/// Where the theme cannot be read.
pub fn missing_texts(site: &Site, locales: &[Locale]) -> Result<Vec<TextsAdvice>, ThemeError> {
    let theme = Theme::read(&site.theme)?;
    let built_in = |tag: &str| Some(Texts::get(&format!("{tag}.ftl"))?.data);
    let english = built_in("en").expect("there is English");
    let known = ids(std::str::from_utf8(&english).expect("texts are UTF-8"));
    let compiled_in: Vec<String> =
        Texts::iter().map(|name| name.trim_end_matches(".ftl").to_owned()).collect();
    let file = |tag: &str| format!("texts/{tag}.ftl");
    let mut advice = Vec::new();
    for (tag, source) in &theme.texts {
        let own = ids(source);
        let unknown: Vec<&str> = own.difference(&known).copied().collect();
        if !unknown.is_empty() {
            let message = format!("no page says {}; take out what is misspelled or old", unknown.join(", "));
            advice.push(TextsAdvice { file: file(tag), message });
        }
        let missing: Vec<&str> = known.difference(&own).copied().collect();
        if base(tag, &compiled_in) == "en" && tag != "en" && !missing.is_empty() {
            let message = format!("these are said in English; add {}", missing.join(", "));
            advice.push(TextsAdvice { file: file(tag), message });
        }
    }
    let written = compiled_in.iter().chain(theme.texts.keys());
    let written: Vec<Locale> = written.filter_map(|tag| tag.parse().ok()).collect();
    let is_written = |locale: &Locale| {
        locale.nearest(&written).is_some_and(|near| locale.distance_to(near) <= Distance::Script)
    };
    for locale in locales.iter().filter(|locale| !is_written(locale)) {
        let message = format!(
            "around the articles in {locale} all is said in English; write the texts of the pages in it, as \
             the built-in en.ftl has them, to this file of a theme (docs/theme.md)"
        );
        advice.push(TextsAdvice { file: file(&locale.to_string()), message });
    }
    Ok(advice)
}

/// Reads the texts of a folder whose names have this end, which is taken off.
fn text_files(dir: &Path, end: &str) -> Result<BTreeMap<String, String>, ThemeError> {
    let text = |(name, bytes): (String, Vec<u8>)| {
        let name = name.strip_suffix(end)?.to_owned();
        let text = String::from_utf8(bytes).map_err(|error| ThemeError::Read {
            path: dir.join(name.clone() + end),
            source: std::io::Error::new(ErrorKind::InvalidData, error),
        });
        Some(text.map(|text| (name, text)))
    };
    files(dir)?.into_iter().filter_map(text).collect()
}

/// Reads the files of a folder; none if it is not there.
fn files(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>, ThemeError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ThemeError::Read { path, source }
    };
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
        entries => entries.map_err(failed(dir))?,
    };
    let mut files = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(failed(dir))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_file() && !name.is_empty() && !name.starts_with('.') {
            files.insert(name.to_owned(), fs::read(&path).map_err(failed(&path))?);
        }
    }
    Ok(files)
}
