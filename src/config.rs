//! One typed tree of settings: defaults, then a file, then the environment,
//! then flags; checked once.
//!
//! The defaults are the commented file `zhida.toml` beside this one, which
//! `zhida config` prints. Each area declares its own settings; only `cli` sees
//! the whole.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::{answer, content, events, http, insights, live, messages, search, semantic};

/// The commented defaults.
pub const DEFAULTS: &str = include_str!("zhida.toml");

/// The file that is read when none is named.
const FILE: &str = "zhida.toml";

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Zone of the day on which articles appear and disappear.
    #[serde(deserialize_with = "time_zone")]
    pub time_zone: jiff::tz::TimeZone,
    /// The Markdown files.
    pub content: Content,
    /// What is built from them.
    pub index: Index,
    /// Which model makes search by meaning possible.
    pub semantic: semantic::Source,
    /// The model behind an endpoint.
    pub endpoint: semantic::EndpointSettings,
    /// When a question is answered.
    pub answers: answer::Settings,
    /// What decides the order of results.
    pub ranking: search::Weights,
    /// The server.
    pub server: http::Settings,
    /// What the pages show.
    pub site: http::Site,
    /// Which other sites may show the help center.
    pub widget: http::WidgetSettings,
    /// What becomes of the messages of visitors.
    pub messages: messages::Settings,
    /// Where it is kept what visitors and agents do.
    pub events: events::Settings,
    /// What reports on that may show.
    pub insights: insights::Settings,
    /// Who the agents are.
    pub agents: http::AgentSettings,
    /// What must not be forgotten.
    pub data: Data,
    /// What is logged.
    pub log: Log,
}

/// Where the Markdown files are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Their folder.
    pub dir: PathBuf,
    /// Locale of files that do not say theirs.
    pub default_locale: Locale,
}

/// Where the indexes are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Their folder.
    pub dir: PathBuf,
}

/// Where it is kept what the server must not forget.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Its folder.
    pub dir: PathBuf,
}

/// What is logged and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A filter of `tracing`, such as `info,zhida::index=debug`.
    pub filter: String,
    /// For people or for machines.
    pub format: LogFormat,
}

/// Form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Settings given on the command line; nothing where a flag was not given.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Flags {
    /// Settings of the content.
    pub content: FlagDir,
    /// Settings of the index.
    pub index: FlagDir,
    /// A folder with a model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub semantic: Option<PathBuf>,
    /// Settings of the server.
    pub server: FlagListen,
}

/// A folder given on the command line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FlagDir {
    /// The folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<PathBuf>,
}

/// An address given on the command line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FlagListen {
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that was named is not there.
    #[error("no configuration file {path}; `zhida config` prints one to start from")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A value or a name is wrong.
    #[error("the configuration is wrong: {0}; `zhida config` prints every setting with its meaning")]
    Wrong(Box<figment::Error>),
}

impl Config {
    /// Reads the settings; `file` must exist if it is named.
    pub fn load(file: Option<&Path>, flags: Flags) -> Result<Self, ConfigError> {
        if let Some(path) = file.filter(|path| !path.is_file()) {
            return Err(ConfigError::Missing { path: path.to_owned() });
        }
        let mut settings = Figment::from(Toml::string(DEFAULTS));
        let file = file.unwrap_or(Path::new(FILE));
        if file.is_file() {
            settings = settings.merge(Toml::file_exact(file));
        }
        settings
            .merge(Env::prefixed("ZHIDA_").split("__").ignore(&["require"]))
            .merge(Serialized::defaults(flags))
            .extract()
            .map_err(|error| ConfigError::Wrong(Box::new(error)))
    }

    /// Returns the settings of the content area.
    pub fn content_settings(&self) -> content::Settings {
        content::Settings {
            dir: self.content.dir.clone(),
            default_locale: self.content.default_locale.clone(),
        }
    }

    /// Returns search by meaning as it is wanted.
    pub fn meaning(&self) -> live::Meaning {
        self.meaning_in(&self.index.dir.join("vectors"))
    }

    /// Returns search by meaning with its vectors in `dir`.
    pub fn meaning_in(&self, dir: &Path) -> live::Meaning {
        live::Meaning::new(self.semantic.clone(), self.endpoint.clone(), dir)
    }

    /// Returns the day it is now where the company is.
    pub fn today(&self) -> jiff::civil::Date {
        jiff::Timestamp::now().to_zoned(self.time_zone.clone()).date()
    }
}

fn time_zone<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<jiff::tz::TimeZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    jiff::tz::TimeZone::get(&name).map_err(|_| {
        serde::de::Error::custom(format!("unknown time zone `{name}`; write one as Asia/Shanghai or UTC"))
    })
}
