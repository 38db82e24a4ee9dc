//! The metadata block of an article: as written by authors, then as checked.
//!
//! Help centers come from many tools, so each field has the spellings of all of
//! them, lists may be written as a single value, and unknown keys are ignored.
//! One rule is strict: what cannot be read never makes an article public. A
//! broken block or an unknown audience means internal, an unknown status means draft.

mod edit;
mod written;

use std::collections::HashSet;

use jiff::civil::Date;

use self::written::{Entry, SyntaxError, Value};
use super::article::{Action, ArticleId, Audience, Status};
use super::diagnostic::{DiagnosticCode as Code, Problem};
use super::link::{is_safe_scheme, scheme};
use crate::locale::Locale;

pub(crate) use self::edit::with_question;
pub(crate) use self::written::line_of;

/// The checked metadata of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FrontMatter {
    pub(crate) id: Option<ArticleId>,
    pub(crate) title: Option<String>,
    pub(crate) locale: Option<Locale>,
    pub(crate) questions: Vec<String>,
    pub(crate) not_questions: Vec<String>,
    pub(crate) category: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) products: Vec<String>,
    pub(crate) markets: Vec<String>,
    pub(crate) audience: Audience,
    pub(crate) status: Status,
    pub(crate) effective: Option<Date>,
    pub(crate) expires: Option<Date>,
    pub(crate) review_by: Option<Date>,
    pub(crate) updated: Option<Date>,
    pub(crate) summary: Option<String>,
    /// Ids or relative paths, with the line of the field.
    pub(crate) related: Vec<(String, u32)>,
    pub(crate) order: Option<i64>,
    pub(crate) actions: Vec<Action>,
    pub(crate) aliases: Vec<String>,
}

/// Reads the metadata of a file; returns it with the start of the body and what
/// was found wrong.
pub(crate) fn read(source: &str) -> (FrontMatter, usize, Vec<Problem>) {
    match written::read(source) {
        None => (FrontMatter::default(), 0, Vec::new()),
        Some(written::Block { entries: Ok(entries), body_start }) => {
            let (front_matter, problems) = check(entries);
            (front_matter, body_start, problems)
        }
        Some(written::Block { entries: Err(error), body_start }) => {
            let (front_matter, problem) = broken(error);
            (front_matter, body_start, vec![problem])
        }
    }
}

fn broken(error: SyntaxError) -> (FrontMatter, Problem) {
    let message = format!(
        "the front matter cannot be read: {}; correct it, until then the article is internal",
        error.reason
    );
    let front_matter =
        FrontMatter { title: error.title, audience: Audience::Internal, ..FrontMatter::default() };
    (front_matter, Problem::error(Code::BrokenFrontMatter, message).at(error.line))
}

/// The spellings of each field, ours first.
mod spelling {
    pub(super) const ID: &[&str] = &["id"];
    pub(super) const TITLE: &[&str] = &["title", "sidebarTitle", "sidebar_label", "linkTitle"];
    pub(super) const LOCALE: &[&str] = &["locale", "lang", "language"];
    pub(super) const QUESTIONS: &[&str] = &["questions", "question", "similar_questions", "相似问"];
    pub(super) const NOT_QUESTIONS: &[&str] = &["not_questions", "not_question"];
    pub(super) const CATEGORY: &[&str] = &["category", "categories"];
    pub(super) const TAGS: &[&str] = &["tags", "tag", "keywords", "labels"];
    pub(super) const PRODUCTS: &[&str] = &["product", "products"];
    pub(super) const MARKETS: &[&str] = &["market", "markets"];
    pub(super) const AUDIENCE: &[&str] = &["audience", "visibility"];
    pub(super) const STATUS: &[&str] = &["status"];
    pub(super) const EFFECTIVE: &[&str] =
        &["effective", "publishDate", "publish_date", "pubdate", "published"];
    pub(super) const EXPIRES: &[&str] = &["expires", "expiryDate", "expiry_date", "unpublishdate"];
    pub(super) const REVIEW_BY: &[&str] = &["review_by", "reviewBy"];
    pub(super) const UPDATED: &[&str] = &[
        "updated",
        "lastmod",
        "last_update",
        "modified",
        "last_updated",
        "lastUpdated",
        "updated_at",
        "date",
    ];
    pub(super) const SUMMARY: &[&str] = &["summary", "description", "excerpt", "abstract"];
    pub(super) const RELATED: &[&str] = &["related", "see_also"];
    pub(super) const ORDER: &[&str] = &["order", "weight", "sidebar_position", "nav_order", "position"];
    pub(super) const ACTIONS: &[&str] = &["actions", "action"];
    pub(super) const ALIASES: &[&str] = &["aliases", "alias", "slug", "url", "permalink", "redirect_from"];
    /// Tables in which other tools keep keys of one's own.
    pub(super) const TABLES: &[&str] = &["extra", "params", "taxonomies", "metadata"];
}

fn check(entries: Vec<Entry>) -> (FrontMatter, Vec<Problem>) {
    let problems = report_duplicates(&entries);
    let mut fields = Fields { entries: flatten(entries), problems };
    let categories = fields.list(spelling::CATEGORY, Split::Whole);
    let aliases = fields.all_lists(spelling::ALIASES);
    let mut questions = fields.list(spelling::QUESTIONS, Split::Lines);
    questions.extend(aliases.iter().filter(|alias| reads_like_a_title(alias)).cloned());
    let front_matter = FrontMatter {
        id: fields.id(),
        title: fields.title(),
        locale: fields.locale(),
        questions,
        not_questions: fields.list(spelling::NOT_QUESTIONS, Split::Lines),
        category: categories.into_iter().next(),
        tags: fields.list(spelling::TAGS, Split::Commas),
        products: fields.list(spelling::PRODUCTS, Split::Commas),
        markets: fields.list(spelling::MARKETS, Split::Commas),
        audience: fields.audience(),
        status: fields.status(),
        effective: fields.date(spelling::EFFECTIVE),
        expires: fields.date(spelling::EXPIRES),
        review_by: fields.date(spelling::REVIEW_BY),
        updated: fields.date(spelling::UPDATED),
        summary: fields.text(spelling::SUMMARY),
        related: fields.related(),
        order: fields.order(),
        actions: fields.actions(),
        aliases,
    };
    fields.hide_what_is_unclear(front_matter)
}

/// Puts the entries of tables such as Zola's `[extra]` after the others.
fn flatten(entries: Vec<Entry>) -> Vec<Entry> {
    let is_table = |entry: &Entry| spelling::TABLES.contains(&entry.key.as_str());
    let (tables, mut flat): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_table);
    for table in tables {
        if let Value::Map(inner) = table.value {
            flat.extend(inner);
        }
    }
    flat
}

fn report_duplicates(entries: &[Entry]) -> Vec<Problem> {
    let mut seen = HashSet::new();
    let repeated = entries.iter().filter(|entry| !seen.insert(entry.key.as_str()));
    let problem = |entry: &Entry| {
        let message = format!("`{}` is written twice; the first one counts, remove the other", entry.key);
        Problem::warning(Code::DuplicateKey, message).at(entry.line)
    };
    repeated.map(problem).collect()
}

/// Obsidian's aliases are other titles, Hugo's are old addresses.
fn reads_like_a_title(alias: &str) -> bool {
    let is_path = alias.contains('/') || alias.ends_with(".html");
    !is_path && alias.contains(|c: char| c.is_whitespace() || c.is_uppercase() || !c.is_ascii())
}

/// How a single text stands for a list.
#[derive(Clone, Copy, PartialEq)]
enum Split {
    Whole,
    Lines,
    Commas,
}

struct Fields {
    entries: Vec<Entry>,
    problems: Vec<Problem>,
}

impl Fields {
    /// Returns the first of the spellings that has a value.
    fn find<'a>(&'a self, names: &[&'a str]) -> Option<&'a Entry> {
        names.iter().find_map(|name| self.given(name).next())
    }

    fn given<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Entry> {
        let has_value =
            |entry: &&Entry| entry.value != Value::Nothing && entry.key.eq_ignore_ascii_case(name);
        self.entries.iter().filter(has_value)
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        let text = self.find(names)?.value.text()?;
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!one_line.is_empty()).then_some(one_line)
    }

    fn list(&self, names: &[&str], split: Split) -> Vec<String> {
        self.find(names).map(|entry| entry.value.texts(split)).unwrap_or_default()
    }

    fn all_lists(&self, names: &[&str]) -> Vec<String> {
        names
            .iter()
            .filter_map(|name| self.given(name).next())
            .flat_map(|e| e.value.texts(Split::Whole))
            .collect()
    }

    fn title(&mut self) -> Option<String> {
        let title = self.text(spelling::TITLE);
        if title.is_none()
            && let Some(entry) = self.find(&["title"])
        {
            let message = "the title is empty; write one, or remove the line to use the first heading";
            self.problems.push(Problem::warning(Code::EmptyTitle, message).at(entry.line));
        }
        title
    }

    fn id(&mut self) -> Option<ArticleId> {
        let entry = self.find(spelling::ID)?;
        let (line, id) = (entry.line, entry.value.text().and_then(ArticleId::new));
        if id.is_none() {
            self.invalid("the id is empty; write words separated by `/`, or remove the line", line);
        }
        id
    }

    fn invalid(&mut self, message: &str, line: u32) {
        self.problems.push(Problem::warning(Code::InvalidValue, message).at(line));
    }

    fn locale(&mut self) -> Option<Locale> {
        let entry = self.find(spelling::LOCALE)?;
        match entry.value.text().unwrap_or_default().parse() {
            Ok(locale) => Some(locale),
            Err(error) => {
                let message = format!("{error}; until then the locale is taken from the path");
                self.problems.push(Problem::error(Code::UnknownLocale, message).at(entry.line));
                None
            }
        }
    }

    /// The strictest of all that is said, also by `private: true` and the like.
    fn audience(&mut self) -> Audience {
        let mut strictest = Audience::Public;
        let mut problems = Vec::new();
        for entry in spelling::AUDIENCE.iter().flat_map(|name| self.given(name)) {
            let words = entry.value.words();
            let audience: Option<Vec<Audience>> = words.iter().map(|word| audience_of(word)).collect();
            let audience = audience.and_then(|all| all.into_iter().max());
            if audience.is_none() {
                let message = format!(
                    "`{}` is neither public nor internal; write one of them, until then the article is internal",
                    entry.key
                );
                problems.push(Problem::error(Code::UnknownAudience, message).at(entry.line));
            }
            strictest = strictest.max(audience.unwrap_or(Audience::Internal));
        }
        self.problems.append(&mut problems);
        if self.is_true(&["private", "internal"]) { Audience::Internal } else { strictest }
    }

    fn status(&mut self) -> Status {
        let mut strictest = Status::Published;
        let mut problems = Vec::new();
        for entry in spelling::STATUS.iter().flat_map(|name| self.given(name)) {
            for word in entry.value.words() {
                let status = status_of(&word);
                if status.is_none() {
                    let message = format!(
                        "status `{word}` is unknown; write published, draft or archived, until then the article is a draft"
                    );
                    problems.push(Problem::error(Code::UnknownStatus, message).at(entry.line));
                }
                strictest = strictest.max(status.unwrap_or(Status::Draft));
            }
        }
        self.problems.append(&mut problems);
        let is_draft = self.is_true(&["draft"]) || self.is_false(&["published", "publish"]);
        if is_draft { Status::Draft } else { strictest }
    }

    /// What is no clear "no" counts as "yes".
    fn is_true(&self, names: &[&str]) -> bool {
        let is_no = |entry: &Entry| entry.value.text().is_some_and(is_no_word);
        names.iter().flat_map(|name| self.given(name)).any(|entry| !is_no(entry))
    }

    fn is_false(&self, names: &[&str]) -> bool {
        let is_no = |entry: &Entry| entry.value.text().is_some_and(is_no_word);
        names.iter().flat_map(|name| self.given(name)).any(is_no)
    }

    fn date(&mut self, names: &[&str]) -> Option<Date> {
        let entry = self.find(names)?;
        let text = match &entry.value {
            // Docusaurus: `last_update: { date: 2024-05-01, author: … }`
            Value::Map(inner) => inner.iter().find(|entry| entry.key == "date")?.value.text()?.to_owned(),
            value => value.text().unwrap_or_default().to_owned(),
        };
        // Jekyll's `published: true` is no date.
        if matches!(text.to_lowercase().as_str(), "" | "true" | "false" | "yes" | "no") {
            return None;
        }
        let (key, line) = (entry.key.clone(), entry.line);
        let date = parse_date(&text);
        if date.is_none() {
            let hides = names == spelling::EFFECTIVE || names == spelling::EXPIRES;
            let problem = if hides { Problem::error } else { Problem::warning };
            let until = if hides { ", until then the article is internal" } else { "" };
            let message = format!("`{key}: {text}` is not a date; write it as 2026-01-31{until}");
            self.problems.push(problem(Code::InvalidDate, message).at(line));
        }
        date
    }

    fn order(&mut self) -> Option<i64> {
        let entry = self.find(spelling::ORDER)?;
        let line = entry.line;
        let order = entry.value.text().and_then(parse_order);
        if order.is_none() {
            self.invalid("the order is not a number; write one such as 10", line);
        }
        order
    }

    fn related(&self) -> Vec<(String, u32)> {
        let Some(entry) = self.find(spelling::RELATED) else { return Vec::new() };
        entry.value.texts(Split::Commas).into_iter().map(|target| (target, entry.line)).collect()
    }

    fn actions(&mut self) -> Vec<Action> {
        let Some(entry) = self.find(spelling::ACTIONS) else { return Vec::new() };
        let line = entry.line;
        let items = match &entry.value {
            Value::List(items) => items.clone(),
            single => vec![single.clone()],
        };
        let read: Vec<Option<Action>> = items.iter().map(read_action).collect();
        if read.contains(&None) {
            self.invalid(
                "an action needs a `label` and a `url` that starts with https:, mailto:, tel: or /",
                line,
            );
        }
        read.into_iter().flatten().collect()
    }

    /// An article whose first or last day is unclear is not shown to customers.
    fn hide_what_is_unclear(self, mut front_matter: FrontMatter) -> (FrontMatter, Vec<Problem>) {
        let unclear = |names: &[&str], date: Option<Date>| {
            date.is_none() && names.iter().any(|name| self.problems.iter().any(|p| is_about_date(p, name)))
        };
        if unclear(spelling::EFFECTIVE, front_matter.effective)
            || unclear(spelling::EXPIRES, front_matter.expires)
        {
            front_matter.audience = Audience::Internal;
        }
        (front_matter, self.problems)
    }
}

fn is_about_date(problem: &Problem, name: &str) -> bool {
    problem.code == Code::InvalidDate && problem.message.starts_with(&format!("`{name}:"))
}

impl Value {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// Returns the texts of a list, or the parts of a single text.
    fn texts(&self, split: Split) -> Vec<String> {
        let parts: Vec<&str> = match (self, split) {
            (Self::List(items), _) => items.iter().filter_map(Self::text).collect(),
            (Self::Text(text), Split::Whole) => vec![text],
            (Self::Text(text), Split::Lines) => text.lines().collect(),
            (Self::Text(text), Split::Commas) => text.split([',', '，', '、', '\n']).collect(),
            _ => Vec::new(),
        };
        let mut seen = HashSet::new();
        let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty() && seen.insert(*part));
        parts.map(str::to_owned).collect()
    }

    /// Returns the words of a choice in lower case; one empty word if it is no text.
    fn words(&self) -> Vec<String> {
        let words: Vec<String> = self.texts(Split::Commas).iter().map(|word| word.to_lowercase()).collect();
        if words.is_empty() { vec![String::new()] } else { words }
    }
}

fn audience_of(word: &str) -> Option<Audience> {
    match word {
        "public" | "everyone" | "all" | "customers" | "customer" | "external" => Some(Audience::Public),
        "internal" | "private" | "agents" | "agent" | "staff" | "employees" => Some(Audience::Internal),
        _ => None,
    }
}

/// Words such as `beta` are about the subject of a page, not about the page.
fn status_of(word: &str) -> Option<Status> {
    match word {
        "published" | "publish" | "public" | "live" | "active" | "final" | "done" => Some(Status::Published),
        "new" | "updated" | "beta" | "stable" | "experimental" | "non-standard" => Some(Status::Published),
        "archived" | "archive" | "deprecated" | "obsolete" | "outdated" | "retired" => Some(Status::Archived),
        "draft" | "wip" | "review" | "in review" | "pending" | "unpublished" | "private" => {
            Some(Status::Draft)
        }
        _ => None,
    }
}

fn is_no_word(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "false" | "no" | "off" | "0" | "")
}

/// Reads a day as authors and tools write it.
fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or_default().replace(['/', '.'], "-");
    let iso = || padded(&day)?.parse().ok();
    let han = || padded(&text.replace(['年', '月'], "-").replace(['日', '号'], ""))?.parse().ok();
    let formats = ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"];
    let words = || formats.iter().find_map(|format| Date::strptime(format, text).ok());
    iso().or_else(han).or_else(words).or_else(|| text.parse().ok())
}

/// `2024-1-5` → `2024-01-05`
fn padded(date: &str) -> Option<String> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && year.len() == 4).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

fn parse_order(text: &str) -> Option<i64> {
    let whole = text.split('.').next().unwrap_or_default();
    text.parse::<f64>().ok().and_then(|_| whole.parse().ok())
}

fn read_action(value: &Value) -> Option<Action> {
    let Value::Map(entries) = value else { return None };
    let get =
        |name: &str| entries.iter().find(|entry| entry.key == name).and_then(|entry| entry.value.text());
    let (label, url) = (get("label").or(get("title"))?, get("url").or(get("href")).or(get("link"))?);
    let is_safe = scheme(url).map_or(url.starts_with('/') || url.starts_with('#'), is_safe_scheme);
    (is_safe && !label.is_empty()).then(|| Action { label: label.to_owned(), url: url.to_owned() })
}
