//! A whole article, as an editor or a program writes it.

use std::path::{Path, PathBuf};

use super::trial::link_all;
use super::{Change, ChangeError, Curator, change};
use crate::content::{self, Article, ArticleId, Diagnostic, Loader, Severity, Status};
use crate::locale::Locale;

/// An article as it is to be written.
#[derive(Clone, Debug)]
pub struct Written {
    /// What is written; nothing if the file says so already.
    pub change: Option<Change>,
    /// The hash of the article before; nothing if it is new.
    pub before: Option<String>,
    /// The hash of the article after.
    pub hash: String,
    /// Whether customers will see it.
    pub is_for_customers: bool,
    /// Whether nobody will see it.
    pub is_draft: bool,
}

impl Curator {
    /// Returns what writing an article changes, after the whole content was checked with it.
    pub fn written(&self, id: &ArticleId, locale: &Locale, text: String) -> Result<Written, ChangeError> {
        let articles = self.load(&self.content.dir)?.0;
        let known = articles.iter().find(|article| article.id == *id && article.locale == *locale).cloned();
        let before = known.as_ref().map(|article| article.hash.to_string());
        let file = match known {
            Some(article) => article.path,
            None => PathBuf::from(locale.to_string()).join(format!("{}.md", id.as_str())),
        };
        let change = Change { before: change::read(&self.content.dir, &file)?, file, after: Some(text) };
        // A file that is no article yet may become one.
        if before.is_none() && articles.iter().any(|article| article.path == change.file) {
            return Err(ChangeError::OtherIdentity { file: change.file });
        }
        let (article, diagnostics) = self.checked(&change, id, locale)?;
        let errors: Vec<Diagnostic> = diagnostics
            .into_iter()
            .filter(|one| one.severity == Severity::Error && one.file == change.file)
            .collect();
        if !errors.is_empty() {
            return Err(ChangeError::Wrong(errors));
        }
        let article = article.ok_or(ChangeError::OtherIdentity { file: change.file.clone() })?;
        Ok(Written {
            before,
            hash: article.hash.to_string(),
            is_for_customers: article.is_for_customers(),
            is_draft: article.status == Status::Draft,
            change: Some(change).filter(|change| change.before != change.after),
        })
    }

    /// Returns what deleting an article changes, and its hash.
    pub fn deleted(&self, id: &ArticleId, locale: &Locale) -> Result<(Change, String), ChangeError> {
        let article = self.find(&self.content.dir, id, locale)?.0.ok_or(ChangeError::NoArticle)?;
        let before = change::read(&self.content.dir, &article.path)?;
        Ok((Change { file: article.path, before, after: None }, article.hash.to_string()))
    }

    /// Makes a change in a copy of the content; returns the article there and what is wrong.
    fn checked(
        &self,
        change: &Change,
        id: &ArticleId,
        locale: &Locale,
    ) -> Result<(Option<Article>, Vec<Diagnostic>), ChangeError> {
        let failed = |source| ChangeError::File { file: change.file.clone(), source };
        let folder = tempfile::Builder::new().prefix(".check").tempdir_in(&self.index_dir).map_err(failed)?;
        link_all(&self.content.dir, folder.path(), &|_| false).map_err(failed)?;
        change.apply(folder.path())?;
        self.find(folder.path(), id, locale)
    }

    /// Returns an article of a content folder, if it is there, and what is wrong with all of it.
    pub(super) fn find(
        &self,
        dir: &Path,
        id: &ArticleId,
        locale: &Locale,
    ) -> Result<(Option<Article>, Vec<Diagnostic>), ChangeError> {
        let (articles, diagnostics) = self.load(dir)?;
        let article = articles.into_iter().find(|article| article.id == *id && article.locale == *locale);
        Ok((article, diagnostics))
    }

    fn load(&self, dir: &Path) -> Result<(Vec<Article>, Vec<Diagnostic>), ChangeError> {
        let settings = content::Settings { dir: dir.to_owned(), ..self.content.clone() };
        let loaded = Loader::new(settings).load().map_err(ChangeError::Content)?;
        Ok((loaded.corpus.articles, loaded.diagnostics))
    }
}
