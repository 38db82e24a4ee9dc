//! Text → vectors, and how near they are: search by meaning.
//!
//! An [`Embedder`] makes vectors, with a model that runs in this process (`local`; one
//! is built in) or one behind an HTTP endpoint (`endpoint`). A [`Store`] keeps them on
//! disk by the content of their text, a [`Matrix`] in memory to be compared (`vector`).
//!
//! Nothing here knows articles: what is embedded, and what nearness counts for, decide
//! `index` and `search`.

mod endpoint;
mod local;
mod store;
mod vector;

use std::fmt::Display;
use std::path::PathBuf;

use serde::Deserialize;

use endpoint::Endpoint;
pub use endpoint::EndpointSettings;
pub use local::Lane;
use local::{Files, LocalModel};
pub use store::{Store, StoreError};
pub use vector::{Matrix, Vector};

/// Which model makes the vectors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Source {
    /// The one that is built in.
    #[default]
    Bundled,
    /// None: search goes by words alone.
    Off,
    /// One behind an HTTP endpoint.
    Endpoint,
    /// One in a folder.
    Folder(PathBuf),
}

impl From<String> for Source {
    fn from(name: String) -> Self {
        match name.as_str() {
            "bundled" => Self::Bundled,
            "off" => Self::Off,
            "endpoint" => Self::Endpoint,
            folder => Self::Folder(folder.into()),
        }
    }
}

/// What the nearness of a model's vectors is worth: models differ in how far apart they
/// put unrelated texts.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct Fit {
    /// What the cosine counts for, beside a match of all words, which counts for one.
    pub cosine_weight: f32,
    /// Below this cosine a text is not about what was asked.
    pub least_cosine: f32,
    /// How much lower the cosine to a text in another language is, though it says the same.
    pub language_gap: f32,
}

impl Default for Fit {
    /// That of the models of the E5 family.
    fn default() -> Self {
        Self { cosine_weight: 3.2, least_cosine: 0.75, language_gap: 0.04 }
    }
}

/// What a text is; models are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that answers.
    Passage,
    /// Something that is asked.
    Question,
}

/// A text that gets a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is.
    pub kind: Kind,
    /// Plain text.
    pub text: String,
}

impl Text {
    /// Returns a question.
    pub fn question(text: impl Into<String>) -> Self {
        Self { kind: Kind::Question, text: text.into() }
    }

    /// Returns the name of its content: equal for equal texts.
    pub fn id(&self) -> TextId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[self.kind as u8]);
        hasher.update(self.text.as_bytes());
        let bytes = hasher.finalize().as_bytes()[..8].try_into().expect("the hash is longer");
        TextId(u64::from_le_bytes(bytes))
    }
}

/// Names a text by its content. Of a million texts, two have the same name once in
/// thirty million times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub u64);

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// This program was built without one.
    #[error("this build has no bundled model; name a folder with --model DIR, or set semantic = \"off\"")]
    NotBundled,
    /// A file is missing or unreadable.
    #[error("cannot read {path}; the folder of a model has config.json, tokenizer.json and model.onnx")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{path} cannot be used: {problem}; get the files of the model again, or set semantic = \"off\"")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The endpoint is not set up.
    #[error("semantic = \"endpoint\" needs `url` and `model` in the section [endpoint] of the configuration")]
    NoEndpoint,
    /// The endpoint does not answer as it should.
    #[error(transparent)]
    Endpoint(EmbedError),
}

/// Why a text has no vector.
#[derive(Debug, thiserror::Error)]
pub enum EmbedError {
    /// The tokenizer of the model failed.
    #[error("the tokenizer of the embedding model failed: {0}")]
    Tokenizer(String),
    /// The network of the model failed.
    #[error("the network of the embedding model failed: {0}")]
    Network(String),
    /// The vector is no direction.
    #[error("the embedding model returned numbers that are no direction; try another model")]
    NoDirection,
    /// The endpoint cannot be reached, or refuses.
    #[error("the embedding endpoint {url} cannot be used: {problem}")]
    Endpoint {
        /// Where it is.
        url: String,
        /// What went wrong.
        problem: String,
    },
}

impl EmbedError {
    fn tokenizer(error: impl Display) -> Self {
        Self::Tokenizer(error.to_string())
    }

    fn network(error: impl Display) -> Self {
        Self::Network(error.to_string())
    }
}

/// The vector of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// Its meaning.
    pub vector: Vector,
    /// Whether it was too long, and this is the meaning of its start.
    pub is_cut: bool,
}

/// Makes vectors with one model.
pub struct Embedder {
    engine: Engine,
}

enum Engine {
    Local(Box<LocalModel>),
    Endpoint(Box<Endpoint>),
}

impl Embedder {
    /// Gets the model ready; nothing if there is to be none.
    pub fn open(source: &Source, endpoint: &EndpointSettings) -> Result<Option<Self>, OpenError> {
        let engine = match source {
            Source::Off => return Ok(None),
            Source::Bundled => Engine::Local(Box::new(LocalModel::open(&bundled()?)?)),
            Source::Folder(dir) => Engine::Local(Box::new(LocalModel::open(&Files::Folder(dir))?)),
            Source::Endpoint => Engine::Endpoint(Box::new(Endpoint::open(endpoint)?)),
        };
        Ok(Some(Self { engine }))
    }

    /// Returns the name of the model, which changes with any of its files: vectors of
    /// different models cannot be compared.
    pub fn id(&self) -> &str {
        match &self.engine {
            Engine::Local(model) => &model.id,
            Engine::Endpoint(endpoint) => endpoint.id(),
        }
    }

    /// Returns how many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        match &self.engine {
            Engine::Local(model) => model.description.dimensions,
            Engine::Endpoint(endpoint) => endpoint.dimensions(),
        }
    }

    /// Returns what nearness is worth.
    pub fn fit(&self) -> Fit {
        match &self.engine {
            Engine::Local(model) => model.description.fit,
            Engine::Endpoint(endpoint) => endpoint.fit(),
        }
    }

    /// Embeds what a visitor asks.
    pub fn query(&self, text: &str) -> Result<Embedded, EmbedError> {
        let (values, is_cut) = match &self.engine {
            Engine::Local(model) => model.query(text)?,
            Engine::Endpoint(endpoint) => (endpoint.query(text)?, false),
        };
        let vector = Vector::new(&values).ok_or(EmbedError::NoDirection)?;
        Ok(Embedded { vector, is_cut })
    }

    /// Embeds texts; each has one vector, or several if it is long.
    pub fn texts(&self, texts: &[Text], lane: &Lane) -> Result<Vec<Vec<Vector>>, EmbedError> {
        let values = match &self.engine {
            Engine::Local(model) => {
                let texts = texts.iter().map(|text| model.text(text.kind, &text.text, lane));
                texts.collect::<Result<Vec<_>, _>>()?
            }
            Engine::Endpoint(endpoint) => endpoint.texts(texts)?,
        };
        let rounded = values.iter().map(|windows| windows.iter().map(|values| Vector::new(values)).collect());
        rounded.collect::<Option<_>>().ok_or(EmbedError::NoDirection)
    }
}

#[cfg(feature = "bundled-model")]
fn bundled() -> Result<Files<'static>, OpenError> {
    /// The network uses the weights where they lie, so they must lie where numbers may.
    #[repr(C, align(64))]
    struct Aligned<T: ?Sized>(T);

    static WEIGHTS: &Aligned<[u8]> = &Aligned(*include_bytes!("multilingual-e5-small/model.onnx.data"));
    Ok(Files::Bundled {
        config: include_bytes!("multilingual-e5-small/config.json"),
        tokenizer: include_bytes!("multilingual-e5-small/tokenizer.json"),
        network: include_bytes!("multilingual-e5-small/model.onnx"),
        weights: &WEIGHTS.0,
    })
}

#[cfg(not(feature = "bundled-model"))]
fn bundled() -> Result<Files<'static>, OpenError> {
    Err(OpenError::NotBundled)
}
