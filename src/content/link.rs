//! Links between articles: from the path of a file to the address of its page.
//!
//! Authors link files (`../returns/policy.md`) or note names (`[[Policy]]`);
//! readers need addresses. A target that the reader may not see, or that is not
//! there, turns into plain text, so no link of a page leads nowhere.

use std::collections::HashMap;
use std::path::{Component, Path};
use std::sync::LazyLock;

use regex::Regex;

use super::article::{Article, Category};
use super::image::{Image, ShownImage, URL_PREFIX};
use super::markdown::slug;
use crate::locale::Locale;

/// Returns safe HTML of the page at `url` so that it works elsewhere: links within the page
/// lead to it, and the paths of articles and images start with `prefix`, which is empty on
/// pages of the same site. Other paths stay.
pub(crate) fn elsewhere(html: &str, url: &str, prefix: &str) -> String {
    let html = html.replace("href=\"#", &format!("href=\"{url}#"));
    match prefix {
        "" => html,
        _ => ARTICLE_PATH
            .replace_all(&html, format!("href=\"{prefix}${{path}}"))
            .replace(&format!("<img src=\"{URL_PREFIX}"), &format!("<img src=\"{prefix}{URL_PREFIX}")),
    }
}

/// The path of an article in an attribute.
static ARTICLE_PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"href="(?P<path>/[A-Za-z0-9-]+/articles/)"#).expect("the pattern is one"));

/// Returns safe HTML so that it works in a mail: every path starts with `origin`.
pub(crate) fn absolute(html: &str, origin: &str) -> String {
    SITE_PATH.replace_all(html, format!("${{before}}{origin}/${{after}}")).into_owned()
}

/// A path in an attribute; what follows two slashes is another host.
static SITE_PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?P<before>(?:href|src)=")/(?P<after>[^/"])"#).expect("the pattern is one")
});

/// Knows which file became which article, for one group of readers.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Path without extension → address.
    by_path: HashMap<String, String>,
    /// Path without locale and extension → the addresses of its translations.
    by_id: HashMap<String, Vec<(Locale, String)>>,
    /// Note name in lower case → the addresses of articles of this name.
    by_name: HashMap<String, Vec<(Locale, String)>>,
}

impl Links {
    /// Collects the articles that the readers may see.
    pub(crate) fn new<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Self {
        let mut links = Self::default();
        for article in articles {
            links.add(article);
        }
        links
    }

    /// Returns how an article sees the others.
    pub(crate) fn seen_from<'a>(&'a self, article: &'a Article) -> View<'a> {
        View { links: self, article }
    }

    fn add(&mut self, article: &Article) {
        let url = article.url();
        let target = (article.locale.clone(), url.clone());
        let name = article.path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        self.by_name.entry(name).or_default().push(target.clone());
        self.by_id.entry(article.id.as_str().to_lowercase()).or_default().push(target);
        self.by_path.insert(page_key(&article.path), url);
    }

    /// Makes links to a folder that has no page of its own lead to its category.
    pub(crate) fn add_category(&mut self, category: &Category) {
        let targets = self.by_id.entry(category.id.to_lowercase()).or_default();
        if targets.iter().all(|(locale, _)| *locale != category.locale) {
            targets.push((category.locale.clone(), category.url()));
        }
    }
}

/// The links as seen from one article: relative paths start at its folder, and
/// of several translations the nearest is meant.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    links: &'a Links,
    article: &'a Article,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Another site.
    External(String),
    /// This site.
    Internal(String),
    /// Nowhere that the reader can go.
    Nowhere,
}

impl View<'_> {
    /// Finds where the destination of a Markdown link leads.
    pub(crate) fn resolve(&self, destination: &str) -> Target {
        let destination = destination.trim();
        if let Some(scheme) = scheme(destination) {
            return if is_safe_scheme(scheme) { outside(destination, scheme) } else { Target::Nowhere };
        }
        if destination.starts_with("//") {
            return Target::External(destination.to_owned());
        }
        if destination.starts_with('#') && destination.len() > 1 {
            return Target::Internal(destination.to_owned());
        }
        let (path, fragment) = split_fragment(destination);
        match self.find(path) {
            Some(url) => Target::Internal(format!("{url}{fragment}")),
            // A path of the owner's own site; only Markdown files are ours to know.
            None if path.starts_with('/') && !is_markdown(path) => Target::Internal(destination.to_owned()),
            None => Target::Nowhere,
        }
    }

    /// Returns the image that the article refers to, if it can be shown.
    pub(crate) fn image(&self, destination: &str, is_note: bool) -> Option<&Image> {
        let is_meant = |shown: &&ShownImage| {
            shown.reference.is_note == is_note && shown.reference.destination == destination
        };
        self.article.images.iter().find(is_meant).map(|shown| &shown.image)
    }

    /// Finds the note that a wiki link names: `Note`, `folder/Note#Heading` or `#Heading`.
    pub(crate) fn resolve_note(&self, name: &str) -> Target {
        let (path, heading) = split_fragment(name);
        let fragment =
            heading.strip_prefix('#').map(|heading| format!("#{}", slug(heading))).unwrap_or_default();
        if path.is_empty() {
            return Target::Internal(fragment);
        }
        let by_name = || self.nearest(self.links.by_name.get(&path.trim().to_lowercase())?);
        match self.find(path).or_else(by_name) {
            Some(url) => Target::Internal(format!("{url}{fragment}")),
            None => Target::Nowhere,
        }
    }

    fn find(&self, path: &str) -> Option<&str> {
        candidates(self.article, path).into_iter().find_map(|key| {
            let exact = self.links.by_path.get(&key).map(String::as_str);
            exact.or_else(|| self.nearest(self.links.by_id.get(&key)?))
        })
    }

    fn nearest<'b>(&self, targets: &'b [(Locale, String)]) -> Option<&'b str> {
        let best = targets.iter().min_by_key(|(locale, url)| (self.article.locale.distance_to(locale), url));
        best.map(|(_, url)| url.as_str())
    }
}

/// Returns the keys of what a path in an article may mean: the file that it names,
/// then the article that has this place in another locale.
pub(crate) fn candidates(from: &Article, path: &str) -> Vec<String> {
    paths(from, path).iter().map(|path| page_key(Path::new(path))).collect()
}

/// Returns what a path in an article may mean, from the content directory on; nothing if
/// it leads out of it.
pub(super) fn paths(from: &Article, path: &str) -> Vec<String> {
    let path = percent_decode(path.split('?').next().unwrap_or_default());
    if path.is_empty() {
        return Vec::new();
    }
    let folders = match path.strip_prefix("@/").or(path.strip_prefix('/')) {
        Some(rooted) => vec![normalize(Path::new(rooted))],
        None => vec![normalize(&folder_of(&from.path).join(&path)), normalize(&id_folder(from).join(&path))],
    };
    folders.into_iter().flatten().collect()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Returns the folder of an article without its locale.
fn id_folder(article: &Article) -> &Path {
    let id = Path::new(article.id.as_str());
    let stem = article.path.file_stem().unwrap_or_default().to_string_lossy();
    let is_index = stem.split('.').next().is_some_and(|name| matches!(name, "_index" | "index"));
    if is_index { id } else { folder_of(id) }
}

/// Returns the key of a page: a folder and its index page are the same.
pub(crate) fn page_key(path: &Path) -> String {
    let key = path_key(path);
    match key.rsplit_once('/').unwrap_or(("", &key)) {
        (folder, "_index" | "index") => folder.to_owned(),
        _ => key,
    }
}

/// Returns the lower-case path of a file without its Markdown extension.
pub(crate) fn path_key(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/").to_lowercase();
    let stem = [".md", ".mdx", ".markdown"].iter().find_map(|extension| text.strip_suffix(extension));
    stem.unwrap_or(&text).trim_end_matches('/').to_owned()
}

/// Returns whether a path names a Markdown file.
pub(crate) fn is_markdown(path: &str) -> bool {
    let extension = Path::new(path).extension();
    extension.is_some_and(|e| ["md", "mdx", "markdown"].iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// Splits `page.md#part` into path and fragment; the fragment keeps its `#`.
pub(crate) fn split_fragment(destination: &str) -> (&str, &str) {
    destination.split_at(destination.find('#').unwrap_or(destination.len()))
}

/// Resolves `.` and `..`; nothing if the path leaves the content directory.
fn normalize(path: &Path) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::ParentDir => drop(parts.pop()?),
            _ => {}
        }
    }
    Some(parts.join("/"))
}

/// Returns the scheme of an absolute address.
pub(crate) fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then_some(scheme)
}

/// Schemes that a browser opens without running anything.
pub(crate) const SAFE_SCHEMES: [&str; 6] = ["http", "https", "mailto", "tel", "sms", "ftp"];

/// Returns whether a scheme may be linked.
pub(crate) fn is_safe_scheme(scheme: &str) -> bool {
    SAFE_SCHEMES.iter().any(|safe| scheme.eq_ignore_ascii_case(safe))
}

fn outside(destination: &str, scheme: &str) -> Target {
    let is_page = ["http", "https", "ftp"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    if is_page { Target::External(destination.to_owned()) } else { Target::Internal(destination.to_owned()) }
}

/// Percent-encodes a path segment by segment.
pub(crate) fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                url.push(byte as char)
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// Undoes percent-encoding; what is no valid encoding stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = hex.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, decoded) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
