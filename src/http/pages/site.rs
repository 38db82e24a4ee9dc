//! The `[site]` section of the configuration: what the company says of itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::content::Action;
use crate::locale::Locale;

/// What all pages show of the company.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Its name, the same in every locale.
    pub name: String,
    /// Address of its own site, to which paths in articles' actions lead.
    #[serde(default)]
    pub url: String,
    /// Address of the help center itself; as it is asked for if empty.
    #[serde(default)]
    pub address: String,
    /// Where visitors turn when no article helps.
    pub contact: Vec<Contact>,
}

impl Site {
    /// Returns where an action leads: a path leads to the company's own site, and
    /// nowhere while that is not set.
    pub(in crate::http) fn action_url(&self, action: &Action) -> Option<String> {
        match action.url.starts_with('/') {
            false => Some(action.url.clone()),
            true if self.url.is_empty() => None,
            true => Some(format!("{}{}", self.url.trim_end_matches('/'), action.url)),
        }
    }
}

/// A way to reach a person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// What the link says.
    pub label: Label,
    /// Where it leads.
    pub url: String,
}

/// A text in one or several locales.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a label is a text, or a table of texts by locale")]
pub enum Label {
    /// The same everywhere.
    Everywhere(String),
    /// By locale.
    ByLocale(BTreeMap<Locale, String>),
}

impl Label {
    /// Returns the text for readers of `locale`; empty only if there is none.
    pub(crate) fn nearest(&self, locale: &Locale) -> &str {
        match self {
            Self::Everywhere(text) => text,
            Self::ByLocale(texts) => locale.nearest(texts.keys()).map_or("", |nearest| &texts[nearest]),
        }
    }
}
