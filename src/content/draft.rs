//! An article that is still to be written, as a Markdown file to start from.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::article::{ArticleId, Audience};
use super::markdown::slug;
use crate::locale::Locale;

/// What is known of an article before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// The locale that it will be in.
    pub locale: Locale,
    /// Id of its category, if it has one.
    pub category: Option<ArticleId>,
    /// Who will see it.
    pub audience: Audience,
    /// What it is to answer, in the customers' words.
    pub questions: Vec<String>,
    /// What is written already, in Markdown.
    pub body: String,
}

#[derive(Serialize)]
struct FrontMatter<'d> {
    title: &'d str,
    locale: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'d str>,
    audience: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    questions: &'d [String],
}

/// A draft cannot be kept: its folder cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to {dir}")]
pub struct DraftError {
    dir: PathBuf,
    source: std::io::Error,
}

/// Drafts of one name; further ones are refused.
const MOST_OF_A_NAME: usize = 100;

impl Draft {
    /// Returns the file: front matter with status `draft`, so that nobody sees it before
    /// somebody has finished it, and the body.
    pub fn to_markdown(&self) -> String {
        let front_matter = FrontMatter {
            title: &self.title,
            locale: self.locale.to_string(),
            category: self.category.as_ref().map(ArticleId::as_str),
            audience: match self.audience {
                Audience::Public => "public",
                Audience::Internal => "internal",
            },
            status: "draft",
            questions: &self.questions,
        };
        let front_matter = serde_saphyr::to_string(&front_matter).expect("texts are YAML");
        format!("---\n{}\n---\n\n{}\n", front_matter.trim_end(), self.body.trim())
    }

    /// Returns the name of the file, made of the title.
    pub fn file_name(&self) -> String {
        format!("{}.md", self.stem())
    }

    /// Writes the file to `dir`, in folders for its locale and category, and returns where. A
    /// file that is there stays: the new one gets a number.
    pub fn save(&self, dir: &Path) -> Result<PathBuf, DraftError> {
        let folder = dir.join(self.folder());
        let failed = |source| DraftError { dir: folder.clone(), source };
        std::fs::create_dir_all(&folder).map_err(failed)?;
        // Editors are other people than the server is.
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let mut file = builder.tempfile_in(&folder).map_err(failed)?;
        file.write_all(self.to_markdown().as_bytes()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        for path in self.paths().map(|path| dir.join(path)) {
            match file.persist_noclobber(&path) {
                Ok(_) => return Ok(path),
                Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => file = error.file,
                Err(error) => return Err(failed(error.error)),
            }
        }
        Err(failed(std::io::ErrorKind::AlreadyExists.into()))
    }

    /// Returns the files that it may be, relative to the folder of all articles: the first of them
    /// that is not there.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> {
        (1..=MOST_OF_A_NAME).map(|number| match number {
            1 => self.folder().join(self.file_name()),
            _ => self.folder().join(format!("{}-{number}.md", self.stem())),
        })
    }

    /// Returns the folder for its locale and category.
    fn folder(&self) -> PathBuf {
        let category = self.category.as_ref().map_or("", ArticleId::as_str);
        Path::new(&self.locale.to_string()).join(category)
    }

    fn stem(&self) -> String {
        slug(&self.title).chars().take(60).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Loader, Settings};
    use super::*;

    fn draft(title: &str) -> Draft {
        Draft {
            title: title.to_owned(),
            locale: Locale::english(),
            category: ArticleId::new("shipping"),
            audience: Audience::Internal,
            questions: vec!["Where: is \"it\"? #1".to_owned(), "包裹在哪".to_owned()],
            body: "---\nWe do not know yet.\n".to_owned(),
        }
    }

    #[test]
    fn what_is_saved_is_what_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        for title in ["Where: is my `parcel`?", "- 包裹 / 去哪了 --- #", "../../etc/passwd", "???"] {
            let path = draft(title).save(dir.path()).expect("it is written");
            assert!(path.starts_with(dir.path().join("en")), "{path:?}");
            let settings = Settings { dir: dir.path().to_owned(), default_locale: Locale::english() };
            let loaded = Loader::new(settings).load().expect("it loads");
            let article = loaded.corpus.articles.iter().find(|article| article.title == title).expect(title);
            assert_eq!(article.questions, draft(title).questions);
            assert!(!article.is_for_customers());
        }
    }

    #[test]
    fn nothing_is_overwritten() {
        let dir = tempfile::tempdir().expect("a folder");
        let save = || draft("Lost parcel").save(dir.path()).expect("it is written");
        let name = |path: PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
        assert_eq!([name(save()), name(save())], ["lost-parcel.md", "lost-parcel-2.md"]);
    }
}
