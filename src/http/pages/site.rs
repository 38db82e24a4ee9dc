//! The `[site]` section of the configuration: what the company says of itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

use super::color::Color;
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
    pub contact: Vec<Link>,
    /// Links at the top of every page.
    #[serde(default)]
    pub header: Vec<Link>,
    /// Links at the bottom of every page.
    #[serde(default)]
    pub footer: Vec<Link>,
    /// The colour of links, buttons and the top of the home page.
    #[serde(default, deserialize_with = "color")]
    pub color: Option<Color>,
    /// Font families, before those of the system.
    #[serde(default)]
    pub font: Font,
    /// A picture of the theme to stand for the name.
    #[serde(default)]
    pub logo: String,
    /// The folder of the theme; none if empty.
    #[serde(default)]
    pub theme: PathBuf,
}

/// Reads a colour; nothing if it is empty.
fn color<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Color>, D::Error> {
    let written = String::deserialize(deserializer)?;
    let color = (!written.is_empty()).then(|| Color::try_from(written)).transpose();
    color.map_err(serde::de::Error::custom)
}

/// Names of font families as a style sheet lists them, none if empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Font(String);

impl TryFrom<String> for Font {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_harmless = |c: char| c.is_alphanumeric() || " -_,'".contains(c);
        match text.chars().all(is_harmless) {
            true => Ok(Self(text)),
            false => Err(format!("`{text}` is no list of fonts; write them as Inter, 'Noto Sans'")),
        }
    }
}

impl Site {
    /// Returns the rules of a style sheet that follow from the settings.
    pub(super) fn rules(&self) -> String {
        let color = self.color.map(Color::rules).unwrap_or_default();
        match self.font.0.as_str() {
            "" => color,
            font => format!("{color}:root {{ --latin: {font}, {SYSTEM_FONTS}; }}\n"),
        }
    }

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

/// Fonts that a system may have, for what the company's own do not have.
const SYSTEM_FONTS: &str = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", Arial";

/// A link that the configuration names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
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
