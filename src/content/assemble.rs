//! Parsed files → articles and categories.
//!
//! Here files meet their neighbours: a folder's `_index` names a category and
//! may make it internal, two files may claim one identity, and a link may lead
//! to a file that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::article::{Article, ArticleId, Audience, Category, ContentHash};
use super::diagnostic::{Diagnostic, DiagnosticCode as Code, Problem};
use super::image::{Images, ShownImage, WrittenImage, without_alt};
use super::link::{Links, Target, candidates, is_markdown, page_key, split_fragment};
use super::load::{Parsed, SkipReason, Skipped};
use super::place::{Index, IndexKind, Place, title_of_folder};
use crate::locale::Locale;

/// What became of all files.
pub(crate) struct Assembled {
    pub(crate) articles: Vec<Article>,
    pub(crate) categories: Vec<Category>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Takes parsed files one by one, in the order of their paths.
pub(crate) struct Assembly<'p> {
    default_locale: Locale,
    candidates: Vec<Candidate<'p>>,
    /// Which file has an identity.
    owners: FxHashMap<(ArticleId, Locale), PathBuf>,
    /// Categories as their folders' own pages name them.
    named: BTreeMap<(String, Locale), (Index, Category)>,
    /// Folders whose `_index` is internal, in whatever locale.
    internal_folders: FxHashSet<PathBuf>,
    skipped: Vec<Skipped>,
    diagnostics: Vec<Diagnostic>,
}

/// An article with what is still to be checked.
struct Candidate<'p> {
    article: Article,
    parsed: &'p Parsed,
}

impl<'p> Assembly<'p> {
    pub(crate) fn new(default_locale: Locale) -> Self {
        Self {
            default_locale,
            candidates: Vec::new(),
            owners: FxHashMap::default(),
            named: BTreeMap::new(),
            internal_folders: FxHashSet::default(),
            skipped: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, path: &Path, place: Place, parsed: &'p Parsed) {
        let problems = parsed.problems.iter().cloned().map(|problem| problem.in_file(path));
        self.diagnostics.extend(problems);
        let written = parsed.front_matter.locale.clone().or(place.locale.clone());
        let locale = written.unwrap_or_else(|| self.default_locale.clone());
        if let Some(index) = place.index {
            self.speak_for_folder(path, index, &place, &locale, parsed);
            if index.kind == IndexKind::Section && !parsed.has_text {
                return self.skipped.push(Skipped { path: path.to_owned(), reason: SkipReason::NamesFolder });
            }
        }
        self.claim(article(path, place, locale, parsed), parsed);
    }

    fn speak_for_folder(
        &mut self,
        path: &Path,
        index: Index,
        place: &Place,
        locale: &Locale,
        parsed: &Parsed,
    ) {
        let is_section = index.kind == IndexKind::Section;
        if is_section && parsed.front_matter.audience == Audience::Internal {
            self.internal_folders.insert(path.parent().unwrap_or(Path::new("")).to_owned());
        }
        let Some(id) = place.category.clone().filter(|_| index.names_category) else { return };
        let key = (id.clone(), locale.clone());
        if self.named.get(&key).is_none_or(|(known, _)| index < *known) {
            self.named.insert(key, (index, category(id, locale.clone(), is_section, parsed)));
        }
    }

    /// Takes an article unless another file has its identity.
    fn claim(&mut self, article: Article, parsed: &'p Parsed) {
        let identity = (article.id.clone(), article.locale.clone());
        if let Some(owner) = self.owners.get(&identity) {
            let message = format!(
                "{} has the same id `{}` and locale {} and counts; give one of the two another `id`",
                owner.display(),
                article.id,
                article.locale
            );
            self.diagnostics.push(Problem::error(Code::DuplicateIdentity, message).in_file(&article.path));
            let reason = SkipReason::Duplicate { of: owner.clone() };
            return self.skipped.push(Skipped { path: article.path, reason });
        }
        self.owners.insert(identity, article.path.clone());
        self.candidates.push(Candidate { article, parsed });
    }

    /// Makes articles of all files. The images that they show are read from `content`.
    pub(crate) fn finish(mut self, images: &mut Images, content: &Path) -> Assembled {
        self.use_category_titles();
        let categories = self.categories();
        self.inherit_audience(&categories);
        self.resolve_related();
        self.check_links();
        self.show_images(images, content);
        let mut articles: Vec<Article> = self.candidates.into_iter().map(|c| c.article.hashed()).collect();
        articles.sort_by(|a, b| (&a.id, &a.locale).cmp(&(&b.id, &b.locale)));
        Assembled { articles, categories, skipped: self.skipped, diagnostics: self.diagnostics }
    }

    /// Front matter may name a category by its title.
    fn use_category_titles(&mut self) {
        let by_title: FxHashMap<(&str, &Locale), &str> = self
            .named
            .iter()
            .map(|((id, locale), (_, category))| ((category.title.as_str(), locale), id.as_str()))
            .collect();
        for Candidate { article, .. } in &mut self.candidates {
            let title = article.category.as_deref().unwrap_or_default();
            if let Some(id) = by_title.get(&(title, &article.locale)) {
                article.category = Some((*id).to_owned());
            }
        }
    }

    fn categories(&self) -> Vec<Category> {
        let mut all: BTreeMap<(String, Locale), Category> = BTreeMap::new();
        for (key, (_, category)) in &self.named {
            all.insert(key.clone(), category.clone());
        }
        for Candidate { article, .. } in &self.candidates {
            if let Some(id) = &article.category {
                let key = (id.clone(), article.locale.clone());
                all.entry(key).or_insert_with(|| self.unnamed_category(id, &article.locale));
            }
        }
        let mut categories: Vec<Category> = all.into_values().collect();
        categories.sort_by(|a, b| {
            (&a.locale, a.order, &a.title, &a.id).cmp(&(&b.locale, b.order, &b.title, &b.id))
        });
        categories
    }

    /// A category that no page of its locale names is internal if it is so in another locale.
    fn unnamed_category(&self, id: &str, locale: &Locale) -> Category {
        let elsewhere =
            self.named.values().map(|(_, category)| category).filter(|category| category.id == id);
        Category {
            id: id.to_owned(),
            locale: locale.clone(),
            title: title_of_folder(id),
            summary: String::new(),
            order: elsewhere.clone().map(|category| category.order).min().unwrap_or(Article::UNORDERED),
            audience: elsewhere.map(|category| category.audience).max().unwrap_or_default(),
        }
    }

    fn inherit_audience(&mut self, categories: &[Category]) {
        let internal: FxHashSet<(&str, &Locale)> = categories
            .iter()
            .filter(|category| category.audience == Audience::Internal)
            .map(|category| (category.id.as_str(), &category.locale))
            .collect();
        for Candidate { article, .. } in &mut self.candidates {
            let category = article.category.as_deref().unwrap_or_default();
            let by_category = internal.contains(&(category, &article.locale));
            let by_folder =
                || article.path.ancestors().skip(1).any(|folder| self.internal_folders.contains(folder));
            if by_category || by_folder() {
                article.audience = Audience::Internal;
            }
        }
    }

    /// Turns what `related` says into ids, and leaves out what is not there.
    fn resolve_related(&mut self) {
        if self.candidates.iter().all(|candidate| candidate.parsed.front_matter.related.is_empty()) {
            return;
        }
        let ids: FxHashSet<&ArticleId> = self.owners.keys().map(|(id, _)| id).collect();
        let by_path: FxHashMap<String, &ArticleId> =
            self.owners.iter().map(|((id, _), path)| (page_key(path), id)).collect();
        for Candidate { article, parsed } in &mut self.candidates {
            for (written, line) in &parsed.front_matter.related {
                match related_id(article, written, &by_path).filter(|id| ids.contains(id)) {
                    Some(id) => article.related.push(id),
                    None => self.diagnostics.push(unknown_related(written, *line).in_file(&article.path)),
                }
            }
        }
    }

    fn show_images(&mut self, images: &mut Images, content: &Path) {
        let written = self.candidates.iter().flat_map(|Candidate { article, parsed }| {
            parsed.images.iter().map(move |written| (article, &written.reference))
        });
        let found = written.filter_map(|(article, reference)| images.find(article, reference).ok().flatten());
        let found: BTreeSet<usize> = found.collect();
        images.read(content, &found);
        for Candidate { article, parsed } in &mut self.candidates {
            for WrittenImage { reference, line, has_alt } in &parsed.images {
                let destination = reference.destination.as_str();
                let problem = match images.image(article, reference) {
                    Ok(Some(image)) => {
                        article
                            .images
                            .push(ShownImage { reference: reference.clone(), image: image.clone() });
                        (!has_alt).then(|| without_alt(destination))
                    }
                    Ok(None) => None,
                    Err(problem) => Some(problem),
                };
                let problem = problem.map(|problem| problem.at(*line).in_file(&article.path));
                self.diagnostics.extend(problem);
            }
        }
    }

    fn check_links(&mut self) {
        if self.candidates.iter().all(|candidate| candidate.parsed.links.is_empty()) {
            return;
        }
        let links = Links::new(self.candidates.iter().map(|candidate| &candidate.article));
        let naming: FxHashSet<String> = self.skipped.iter().map(|skipped| page_key(&skipped.path)).collect();
        for Candidate { article, parsed } in &self.candidates {
            let view = links.seen_from(article);
            let names_folder = |destination: &str| {
                let keys = candidates(article, split_fragment(destination).0);
                keys.iter().any(|key| naming.contains(key))
            };
            for (destination, line) in &parsed.links {
                if view.resolve(destination) == Target::Nowhere && !names_folder(destination) {
                    self.diagnostics.push(broken_link(destination, *line).in_file(&article.path));
                }
            }
        }
    }
}

fn unknown_related(written: &str, line: u32) -> Problem {
    let message = format!("the related article `{written}` is not there; correct its id or remove it");
    Problem::warning(Code::UnknownRelated, message).at(line)
}

fn broken_link(destination: &str, line: u32) -> Problem {
    let message = format!("the link to `{destination}` leads nowhere; correct it or add that file");
    Problem::warning(Code::BrokenLink, message).at(line)
}

fn related_id(
    article: &Article,
    written: &str,
    by_path: &FxHashMap<String, &ArticleId>,
) -> Option<ArticleId> {
    if is_markdown(written) || written.starts_with('.') {
        return candidates(article, written).iter().find_map(|key| by_path.get(key)).map(|id| (*id).clone());
    }
    ArticleId::new(written)
}

fn article(path: &Path, place: Place, locale: Locale, parsed: &Parsed) -> Article {
    let front_matter = parsed.front_matter.clone();
    let id = front_matter.id.unwrap_or(place.id);
    let name = if place.name.trim().is_empty() { id.to_string() } else { place.name };
    Article {
        title: front_matter.title.or_else(|| parsed.heading.clone()).unwrap_or(name),
        id,
        locale,
        questions: front_matter.questions,
        not_questions: front_matter.not_questions,
        category: front_matter.category.or(place.category),
        tags: front_matter.tags,
        products: front_matter.products,
        markets: front_matter.markets,
        audience: front_matter.audience,
        status: front_matter.status,
        effective: front_matter.effective,
        expires: front_matter.expires,
        review_by: front_matter.review_by,
        updated: front_matter.updated,
        summary: front_matter.summary,
        related: Vec::new(),
        order: front_matter.order.unwrap_or(Article::UNORDERED),
        actions: front_matter.actions,
        aliases: front_matter.aliases,
        images: Vec::new(),
        path: path.to_owned(),
        source: parsed.source.clone(),
        body_start: parsed.body_start,
        hash: ContentHash::default(),
    }
}

/// Makes a category of its folder's own page. Only an `_index` speaks for all articles of the folder.
fn category(id: String, locale: Locale, is_section: bool, parsed: &Parsed) -> Category {
    let front_matter = &parsed.front_matter;
    let title = front_matter.title.clone().or_else(|| parsed.heading.clone());
    Category {
        title: title.unwrap_or_else(|| title_of_folder(&id)),
        id,
        locale,
        summary: front_matter.summary.clone().unwrap_or_default(),
        order: front_matter.order.unwrap_or(Article::UNORDERED),
        audience: if is_section { front_matter.audience } else { Audience::Public },
    }
}
