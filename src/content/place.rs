//! What the path of a file says: its locale, its id and its category.
//!
//! Tools put the locale into a folder (`zh-Hans/shipping/track.md`), into the
//! suffix of a folder (`pages.zh_TW/tar.md`) or of the file (`track.zh-cn.md`).
//! Short names also mean other things (`br` may be Backup & Restore), so a name
//! is believed only for what stands beside it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::article::ArticleId;
use super::link::path_key;
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

/// A page that stands for its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Index {
    pub(crate) kind: IndexKind,
    /// The folder is a category, not one below or above it.
    pub(crate) names_category: bool,
}

/// How much a page says about its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IndexKind {
    /// `_index`: it speaks for all that is in the folder.
    Section,
    /// `index`: it is a page like others, but lends its title to the folder.
    Page,
}

/// The folders and files of a content directory.
#[derive(Debug, Default)]
pub(crate) struct Places<'p> {
    folders: FxHashMap<&'p Path, Folder<'p>>,
}

/// A folder that holds files.
#[derive(Debug, Default)]
struct Folder<'p> {
    locale: Option<Locale>,
    /// The folders of its path without the part that says the locale.
    id_parts: Vec<String>,
    category: Option<String>,
    is_category: bool,
    /// Names without locale suffix.
    plain: FxHashSet<Cow<'p, str>>,
    /// Names that have a suffix which can be nothing but a locale.
    translated: FxHashSet<String>,
    /// How many names have each of the other suffixes.
    unclear: FxHashMap<Locale, usize>,
}

impl<'p> Places<'p> {
    /// Looks at all paths, since the meaning of a name depends on those beside it.
    pub(crate) fn new(paths: impl IntoIterator<Item = &'p Path> + Clone) -> Self {
        let mut places = Self::default();
        for path in paths.clone() {
            places.folders.entry(folder_of(path)).or_default().add(stem(path));
        }
        let names = FolderNames::new(&places.folders, paths);
        for (path, folder) in &mut places.folders {
            folder.place(&parts(path), &names);
        }
        places
    }

    /// Reads the path of one of the files.
    pub(crate) fn of(&self, path: &Path) -> Place {
        let unknown = Folder::default();
        let folder = self.folders.get(folder_of(path)).unwrap_or(&unknown);
        let stem = stem(path);
        let (base, suffix) = folder.split_suffix(&stem);
        let kind = match base {
            "_index" => Some(IndexKind::Section),
            "index" => Some(IndexKind::Page),
            _ => None,
        };
        let folder_name = folder.id_parts.last().map_or("index", String::as_str);
        Place {
            locale: suffix.or_else(|| folder.locale.clone()),
            id: folder.id(if kind.is_some() { "" } else { base }),
            category: folder.category.clone(),
            index: kind.map(|kind| Index { kind, names_category: folder.is_category }),
            name: if kind.is_some() { folder_name } else { base }.to_owned(),
        }
    }
}

impl<'p> Folder<'p> {
    fn add(&mut self, stem: Cow<'p, str>) {
        match split_suffix(&stem) {
            Some((base, locale)) if is_clear(&locale) => {
                self.translated.insert(base.to_owned());
            }
            Some((_, locale)) => *self.unclear.entry(locale).or_default() += 1,
            None => {
                self.plain.insert(stem);
            }
        }
    }

    /// A suffix that may be something else is believed beside a translation with a
    /// clear one, or when most files have a twin with it.
    fn split_suffix<'s>(&self, stem: &'s str) -> (&'s str, Option<Locale>) {
        let Some((base, locale)) = split_suffix(stem) else { return (stem, None) };
        let is_usual = || self.unclear.get(&locale).is_some_and(|count| count * 2 > self.plain.len());
        let is_believed =
            is_clear(&locale) || self.translated.contains(base) || (self.plain.contains(base) && is_usual());
        if is_believed { (base, Some(locale)) } else { (stem, None) }
    }

    fn place(&mut self, path: &[String], names: &FolderNames) {
        let (outer, found, inner) = names.split_at_locale(path);
        self.locale = found.and_then(|(_, meaning)| meaning.locale());
        if let Some(original) = original_in_docusaurus(outer, inner) {
            self.category = original.first().cloned();
            self.is_category = original.len() == 1;
            self.id_parts = original;
            return;
        }
        let rest_of_name = found.and_then(|(name, meaning)| meaning.rest_of(name));
        let parts =
            outer.iter().map(String::as_str).chain(rest_of_name).chain(inner.iter().map(String::as_str));
        self.id_parts = parts.map(str::to_owned).collect();
        self.category = inner.first().or(outer.first()).cloned();
        self.is_category = inner.len() == 1;
    }

    fn id(&self, base: &str) -> ArticleId {
        let mut id = self.id_parts.join("/");
        if !id.is_empty() {
            id.push('/');
        }
        // A part `.` means nothing in an address; `..md` does.
        id.push_str(if base == "." { "..md" } else { base });
        ArticleId::new(&id).unwrap_or_else(ArticleId::index)
    }
}

/// How the name of a folder is read.
#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    /// `zh-Hans`
    Locale(Locale),
    /// `pages.zh_TW`, with `pages`
    Suffixed(String, Locale),
    /// `pages` beside `pages.zh_TW`
    Unsuffixed,
}

impl Meaning {
    fn locale(&self) -> Option<Locale> {
        match self {
            Self::Locale(locale) | Self::Suffixed(_, locale) => Some(locale.clone()),
            Self::Unsuffixed => None,
        }
    }

    /// Returns what of the name belongs into the id.
    fn rest_of<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        match self {
            Self::Locale(_) => None,
            Self::Suffixed(base, _) => Some(base),
            Self::Unsuffixed => Some(name),
        }
    }
}

/// The folders whose name says a locale, by path.
#[derive(Debug, Default)]
struct FolderNames {
    meanings: FxHashMap<String, Meaning>,
}

type Split<'a> = (&'a [String], Option<(&'a str, &'a Meaning)>, &'a [String]);

impl FolderNames {
    fn new<'p>(folders: &FxHashMap<&'p Path, Folder>, paths: impl IntoIterator<Item = &'p Path>) -> Self {
        let mut names = Self::default();
        let mut unsure = Vec::new();
        for (parent, children) in children(folders.keys().copied()) {
            let named = children.iter().filter(|name| locale_named(name).is_some()).count();
            let mostly_locales = match children.len() {
                // A single folder is among its likes only where nothing else stands.
                1 => parent.is_empty() || !folders.contains_key(Path::new(&parent)),
                // Most of the others: `br` and `id` beside `api` prove nothing for each other.
                all => named.saturating_sub(1) * 2 > all - 1,
            };
            for name in &children {
                match meaning(name, &children, mostly_locales) {
                    Some(meaning) => drop(names.meanings.insert(join(&parent, name), meaning)),
                    None if named > 0 => unsure.push((parent.clone(), name.clone())),
                    None => {}
                }
            }
        }
        names.believe_mirrors(unsure, paths);
        names
    }

    /// A folder named like a locale is one after all if it repeats the files of
    /// its parent or of another such folder: they are translations.
    fn believe_mirrors<'p>(
        &mut self,
        unsure: Vec<(String, String)>,
        paths: impl IntoIterator<Item = &'p Path>,
    ) {
        if unsure.is_empty() {
            return;
        }
        let files: BTreeSet<String> = paths.into_iter().map(path_key).collect();
        for (parent, name) in &unsure {
            let Some(locale) = locale_named(name) else { continue };
            let beside = unsure.iter().filter(|(p, n)| p == parent && n != name && locale_named(n).is_some());
            let mut originals = beside.map(|(p, n)| join(p, n)).chain([parent.clone()]);
            let folder = join(parent, name);
            if originals.any(|original| mirrors(&files, &folder, &original)) {
                self.meanings.insert(folder, Meaning::Locale(locale));
            }
        }
    }

    /// Splits folders into those before the outermost that says a locale, that one, and those after it.
    fn split_at_locale<'a>(&'a self, folders: &'a [String]) -> Split<'a> {
        for depth in 0..folders.len() {
            if let Some(meaning) = self.meanings.get(&folders[..=depth].join("/")) {
                return (&folders[..depth], Some((&folders[depth], meaning)), &folders[depth + 1..]);
            }
        }
        (&[], None, folders)
    }
}

/// Returns the names of the folders in each folder.
fn children<'p>(folders: impl Iterator<Item = &'p Path>) -> BTreeMap<String, BTreeSet<String>> {
    let mut children: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in folders {
        let parts = parts(path);
        for depth in 0..parts.len() {
            children.entry(parts[..depth].join("/")).or_default().insert(parts[depth].clone());
        }
    }
    children
}

fn meaning(name: &str, beside: &BTreeSet<String>, mostly_locales: bool) -> Option<Meaning> {
    if let Some(locale) = locale_named(name).filter(|_| mostly_locales) {
        return Some(Meaning::Locale(locale));
    }
    let has_suffixed = |base: &str| {
        let is_twin = |other: &String| *other != name && split_suffix(other).is_some_and(|(b, _)| b == base);
        beside.iter().any(is_twin)
    };
    match split_suffix(name) {
        Some((base, locale)) if is_clear(&locale) || beside.contains(base) || has_suffixed(base) => {
            Some(Meaning::Suffixed(base.to_owned(), locale))
        }
        _ => has_suffixed(name).then_some(Meaning::Unsuffixed),
    }
}

/// Returns whether most files of a folder are also in another one.
fn mirrors(files: &BTreeSet<String>, folder: &str, original: &str) -> bool {
    let inside = format!("{}/", folder.to_lowercase());
    let own = files.range(inside.clone()..).take_while(|path| path.starts_with(&inside));
    let pages = own.filter(|path| !path.ends_with("index") && !path.ends_with("readme"));
    let (mut total, mut common) = (0, 0);
    for page in pages {
        total += 1;
        common += usize::from(files.contains(&join(&original.to_lowercase(), &page[inside.len()..])));
    }
    common * 2 > total
}

/// Docusaurus keeps translations of `docs/…` in `i18n/zh-CN/docusaurus-plugin-content-docs/current/…`.
/// Returns the folders of the original.
fn original_in_docusaurus(outer: &[String], inner: &[String]) -> Option<Vec<String>> {
    let plugin = inner.first()?.strip_prefix("docusaurus-plugin-content-").filter(|_| outer == ["i18n"])?;
    let (original, skipped): (&[&str], usize) = match (plugin, inner.get(1).map(String::as_str)) {
        ("docs", Some("current")) => (&["docs"], 2),
        ("docs", _) => (&["versioned_docs"], 1),
        ("pages", _) => (&["src", "pages"], 1),
        _ => (&["blog"], 1),
    };
    let rest = inner.iter().skip(skipped).cloned();
    Some(original.iter().map(|part| (*part).to_owned()).chain(rest).collect())
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

fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}/{name}") }
}

fn parts(folder: &Path) -> Vec<String> {
    folder.iter().map(|part| part.to_string_lossy().into_owned()).collect()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn stem(path: &Path) -> Cow<'_, str> {
    path.file_stem().unwrap_or_default().to_string_lossy()
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
        assert_eq!(
            places(&["br/dump.md", "id/a.md", "api/x.md"]),
            ["br/dump - br", "id/a - id", "api/x - api"]
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
        assert_eq!(places(&["a.md", "b.md", "c.md", "a.io.md"])[3], "a.io - -");
        assert_eq!(places(&["a.md", "b.md", "a.ja.md", "a.id.md"])[3], "a id -");
        assert_eq!(places(&["a/v1.0.md", "a/ .md", "a/..md"]), ["a/v1.0 - a", "a - a", "a/..md - a"]);
    }

    #[test]
    fn translations_are_recognized_by_what_they_repeat() {
        assert_eq!(
            places(&["guide/a.md", "api/b.md", "zh/guide/a.md", "zh/api/b.md"])[2..],
            ["guide/a zh-Hans guide", "api/b zh-Hans api"]
        );
        assert_eq!(
            places(&["en/x.mdx", "ja/x.md", "snippets/s.mdx", "api/a.mdx", "tools/t.md"])[..2],
            ["x en -", "x ja -"]
        );
        assert_eq!(places(&["sql/a.md", "br/index.md", "br/b.md", "index.md"])[1], "br - br");
        assert_eq!(
            places(&["docs/guide/a.md", "i18n/zh-CN/docusaurus-plugin-content-docs/current/guide/a.md"]),
            ["docs/guide/a - docs", "docs/guide/a zh-Hans docs"]
        );
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
