//! What the path of a file says: its locale, its id and its category.
//!
//! Tools put the locale into a folder (`zh-Hans/shipping/track.md`), into the
//! suffix of a folder (`pages.zh_TW/tar.md`) or of the file (`track.zh-cn.md`).
//! Short names also mean other things (`br` may be Backup & Restore), so a name
//! is believed only for what stands beside it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::article::ArticleId;
use crate::locale::Locale;

/// What the path of a file says about its article.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// Nothing means the default locale.
    pub(crate) locale: Option<Locale>,
    pub(crate) id: ArticleId,
    pub(crate) category: Option<String>,
    /// `_index` and `index` stand for their folder.
    pub(crate) index: Option<Index>,
    /// The name that stands in for a missing title.
    pub(crate) name: String,
}

/// Which kind of page a folder's own page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Index {
    /// `_index`: it speaks for the folder.
    Section { names_category: bool },
    /// `index`: it is a page like others, and may speak for the folder.
    Page { names_category: bool },
}

impl Index {
    pub(crate) fn names_category(self) -> bool {
        match self {
            Self::Section { names_category } | Self::Page { names_category } => names_category,
        }
    }
}

/// How the name of a folder is read.
#[derive(Clone, Debug, PartialEq)]
enum Folder {
    /// `zh-Hans`
    Locale(Locale),
    /// `pages.zh_TW`
    Suffixed(String, Locale),
    /// `pages` beside `pages.zh_TW`
    Unsuffixed,
}

/// The folders and files of a content directory.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Folders that say a locale, by path.
    folders: HashMap<String, Folder>,
    /// How many files of a folder have a name, without suffix: `track` for `track.zh-cn`.
    same_name: HashMap<(String, String), usize>,
}

impl Places {
    /// Looks at all paths, since the meaning of a name depends on those beside it.
    pub(crate) fn new<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut places = Self::default();
        let mut children: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut with_files = BTreeSet::new();
        for path in paths {
            let (folders, name) = parts(path);
            for depth in 0..folders.len() {
                children.entry(folders[..depth].join("/")).or_default().insert(folders[depth].clone());
            }
            let folder = folders.join("/");
            places.count_name(&folder, stem(&name));
            with_files.insert(folder);
        }
        for (parent, names) in &children {
            places.read_folders(parent, names, with_files.contains(parent));
        }
        places
    }

    fn count_name(&mut self, folder: &str, stem: &str) {
        let suffixed = split_suffix(stem).map(|(base, _)| base);
        for name in [Some(stem), suffixed].into_iter().flatten() {
            *self.same_name.entry((folder.to_owned(), name.to_owned())).or_default() += 1;
        }
    }

    fn read_folders(&mut self, parent: &str, names: &BTreeSet<String>, parent_has_files: bool) {
        let named = names.iter().filter(|name| locale_named(name).is_some()).count();
        // A single folder is among its likes only where nothing else stands.
        let alone = names.len() == 1 && parent_has_files && !parent.is_empty();
        let mostly_locales = named * 2 > names.len() && !alone;
        for name in names {
            let path = if parent.is_empty() { name.clone() } else { format!("{parent}/{name}") };
            if let Some(folder) = read_folder(name, names, mostly_locales) {
                self.folders.insert(path, folder);
            }
        }
    }

    /// Reads the path of a file.
    pub(crate) fn of(&self, path: &Path) -> Place {
        let (folders, file) = parts(path);
        let (outer, found, inner) = self.split_at_locale(&folders);
        let stem = stem(&file);
        let (base, suffix) = self.split_file_suffix(&folders.join("/"), stem);
        let mut id_parts: Vec<&str> = outer.iter().map(String::as_str).collect();
        match found {
            Some((name, Folder::Unsuffixed)) => id_parts.push(name),
            Some((_, Folder::Suffixed(name, _))) => id_parts.push(name),
            Some((_, Folder::Locale(_))) | None => {}
        }
        id_parts.extend(inner.iter().map(String::as_str));
        let names_category = if found.is_some() { inner.len() == 1 } else { folders.len() == 1 };
        let index = match base {
            "_index" => Some(Index::Section { names_category }),
            "index" => Some(Index::Page { names_category }),
            _ => None,
        };
        let name = if index.is_some() { id_parts.last().copied().unwrap_or(base) } else { base };
        let name = name.to_owned();
        if index.is_none() {
            id_parts.push(base);
        }
        let folder_locale = found.and_then(|(_, folder)| match folder {
            Folder::Locale(locale) | Folder::Suffixed(_, locale) => Some(locale.clone()),
            Folder::Unsuffixed => None,
        });
        Place {
            locale: suffix.or(folder_locale),
            id: ArticleId::new(&id_parts.join("/")).unwrap_or_else(ArticleId::index),
            category: inner.first().or(outer.first()).cloned(),
            index,
            name,
        }
    }

    /// Splits folders into those before the outermost that says a locale, that one, and those after it.
    fn split_at_locale<'a>(&'a self, folders: &'a [String]) -> Split<'a> {
        for depth in 0..folders.len() {
            if let Some(folder) = self.folders.get(&folders[..=depth].join("/")) {
                return (&folders[..depth], Some((&folders[depth], folder)), &folders[depth + 1..]);
            }
        }
        (&[], None, folders)
    }

    fn split_file_suffix<'a>(&self, folder: &str, stem: &'a str) -> (&'a str, Option<Locale>) {
        let Some((base, locale)) = split_suffix(stem) else { return (stem, None) };
        let twins = self.same_name.get(&(folder.to_owned(), base.to_owned())).copied().unwrap_or_default();
        if twins > 1 || is_clear(&locale) { (base, Some(locale)) } else { (stem, None) }
    }
}

type Split<'a> = (&'a [String], Option<(&'a str, &'a Folder)>, &'a [String]);

fn read_folder(name: &str, beside: &BTreeSet<String>, mostly_locales: bool) -> Option<Folder> {
    if let Some(locale) = locale_named(name).filter(|_| mostly_locales) {
        return Some(Folder::Locale(locale));
    }
    let suffixed_beside = |base: &str| {
        let is_twin = |other: &&String| *other != name && split_suffix(other).is_some_and(|(b, _)| b == base);
        beside.iter().any(|other| is_twin(&other))
    };
    match split_suffix(name) {
        Some((base, locale)) if is_clear(&locale) || beside.contains(base) || suffixed_beside(base) => {
            Some(Folder::Suffixed(base.to_owned(), locale))
        }
        _ => suffixed_beside(name).then_some(Folder::Unsuffixed),
    }
}

/// Splits `track.zh-cn` into name and locale.
fn split_suffix(name: &str) -> Option<(&str, Locale)> {
    let (base, tag) = name.rsplit_once('.')?;
    Some((base, locale_named(tag)?)).filter(|(base, _)| !base.is_empty())
}

/// Suffixes that are also endings of file names, hosts or words; they count only beside
/// another file or folder of the same name.
const UNCLEAR: &[&str] = &["as", "cs", "id", "io", "is", "my", "no", "or", "so", "to", "ts"];

fn is_clear(locale: &Locale) -> bool {
    !UNCLEAR.contains(&locale.to_string().as_str())
}

/// Scripts that language tags are written with.
const SCRIPTS: &[&str] = &["hans", "hant", "latn", "cyrl", "arab", "deva", "guru", "beng", "mong", "tfng"];

/// Reads a name that is a language tag and nothing else: `zh_TW`, `pt-br`, `sr-Latn`.
fn locale_named(name: &str) -> Option<Locale> {
    let mut parts = name.split(['-', '_']);
    let language = parts.next()?;
    let is_code = matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_region = |part: &str| {
        let letters = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        letters || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_known = |part: &str| is_region(part) || SCRIPTS.contains(&part.to_ascii_lowercase().as_str());
    (is_code && parts.all(is_known)).then(|| name.parse().ok())?
}

/// Returns the folders and the name of a file.
fn parts(path: &Path) -> (Vec<String>, String) {
    let mut parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let name = parts.pop().unwrap_or_default();
    (parts, name)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Turns the name of a folder into a title: `getting-started` → `Getting started`.
///
/// Names that are written for people (with spaces, capitals or other scripts) stay as they are.
pub(crate) fn title_of_folder(name: &str) -> String {
    let is_slug =
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    if !is_slug {
        return name.to_owned();
    }
    let spaced = name.replace(['-', '_'], " ");
    let mut chars = spaced.trim().chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows `id locale category` of each path.
    fn places(paths: &[&str]) -> Vec<String> {
        let places = Places::new(paths.iter().map(Path::new));
        let show = |path: &&str| {
            let place = places.of(Path::new(path));
            let locale = place.locale.map_or("-".to_owned(), |locale| locale.to_string());
            format!("{} {locale} {}", place.id, place.category.as_deref().unwrap_or("-"))
        };
        paths.iter().map(show).collect()
    }

    #[test]
    fn locale_folders_need_likes_beside_them() {
        assert_eq!(
            places(&["zh-Hans/shipping/track.md", "en/shipping/_index.md", "en/br/dump.md", "en/index.md"]),
            ["shipping/track zh-Hans shipping", "shipping en shipping", "br/dump en br", "index en -"]
        );
        assert_eq!(
            places(&["br/dump.md", "sql/id.md", "api/x.md"]),
            ["br/dump - br", "sql/id - sql", "api/x - api"]
        );
        assert_eq!(places(&["en/a.md", "README.md"]), ["a en -", "README - -"]);
        assert_eq!(places(&["docs/a.md", "docs/br/b.md"]), ["docs/a - docs", "docs/br/b - docs"]);
        assert_eq!(
            places(&["src/post/de/a.md", "src/post/zh-tw/a.md"]),
            ["src/post/a de src", "src/post/a zh-TW src"]
        );
    }

    #[test]
    fn suffixes_of_folders_and_files() {
        assert_eq!(
            places(&["pages/common/tar.md", "pages.zh_TW/common/tar.md", "pages.no/linux/apt.md"]),
            ["pages/common/tar - common", "pages/common/tar zh-TW common", "pages/linux/apt no linux"]
        );
        assert_eq!(
            places(&["_index.md", "a/_index.zh-cn.md", "a/socket.io.md", "a/x.id.md", "a/x.md"]),
            ["index - -", "a zh-Hans a", "a/socket.io - a", "a/x id a", "a/x - a"]
        );
        assert_eq!(places(&["a/v1.0.md", "a/.md"]), ["a/v1.0 - a", "a - a"]);
    }

    #[test]
    fn only_language_tags_name_locales() {
        for name in ["en", "zh_TW", "zh-Hans-CN", "pt-br", "es-419", "sr-Latn"] {
            assert!(locale_named(name).is_some(), "{name}");
        }
        for name in ["api", "is-null", "my-site", "en-docs", "english", "", "e", "no-code-x", "版本"] {
            assert!(locale_named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn slugs_become_titles() {
        assert_eq!(title_of_folder("getting-started"), "Getting started");
        assert_eq!(title_of_folder("iOS"), "iOS");
        assert_eq!(title_of_folder("退货"), "退货");
        assert_eq!(title_of_folder("-"), "");
    }
}
