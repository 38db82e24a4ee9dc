//! A model that runs in this process: a tokenizer and a network in ONNX form.
//!
//! The form in which most embedding models are published: `config.json`,
//! `tokenizer.json`, `model.onnx`. Networks that return a vector a token are pooled as
//! the configuration says.
//!
//! A text that is longer than the model takes is embedded in windows that overlap, each
//! with a vector of its own, so that nothing of it is lost.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use serde::Deserialize;
use tokenizers::Tokenizer;

use super::{EmbedError, Fit, Kind, OpenError};

/// What `config.json` says of a model. Other keys are for other programs.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Description {
    /// Numbers in a vector.
    #[serde(rename = "hidden_size")]
    pub(super) dimensions: usize,
    /// Tokens that it takes at once.
    #[serde(rename = "max_position_embeddings", default = "usual_tokens")]
    max_tokens: usize,
    /// Written before a query, as the model was trained.
    #[serde(default)]
    query_prefix: String,
    /// Written before a passage.
    #[serde(default)]
    passage_prefix: String,
    #[serde(default)]
    pooling: Pooling,
    #[serde(flatten)]
    pub(super) fit: Fit,
}

/// How the vectors of the tokens become one.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Pooling {
    /// Their mean.
    #[default]
    Mean,
    /// That of the first token.
    Cls,
}

/// Networks may keep their weights in a file beside them.
const WEIGHTS: &str = "model.onnx.data";

/// Longer windows take much longer and find less.
const MOST_TOKENS: usize = 512;

/// A query is compared by its first tokens: who writes more says first what it is about.
pub(super) const QUERY_TOKENS: usize = 96;

/// Tokens that neighbouring windows share.
const OVERLAP: usize = 32;

/// Tokens of a window that are kept free: a part of a text may become more tokens than
/// it was in the whole.
const SPARE: usize = 8;

fn usual_tokens() -> usize {
    MOST_TOKENS
}

/// The files of a model.
pub(super) enum Files<'a> {
    Folder(&'a Path),
    #[cfg(feature = "bundled-model")]
    Bundled {
        config: &'static [u8],
        tokenizer: &'static [u8],
        network: &'static [u8],
        weights: &'static [u8],
    },
}

/// A model that is ready to run.
pub(super) struct LocalModel {
    pub(super) description: Description,
    /// Hash of all that its vectors depend on.
    pub(super) id: String,
    tokenizer: Tokenizer,
    network: rten::Model,
    inputs: Inputs,
    output: Output,
    /// One thread each: a short query is done sooner by one alone, and several queries
    /// run beside each other.
    lanes: Vec<Lane>,
    next_lane: AtomicUsize,
}

/// A thread to run a model on.
#[derive(Clone)]
pub struct Lane(Arc<ThreadPool>);

impl Lane {
    /// Starts a thread; it has the priority of the current one.
    pub fn new() -> Self {
        Self(Arc::new(ThreadPool::with_num_threads(1)))
    }
}

impl Default for Lane {
    fn default() -> Self {
        Self::new()
    }
}

/// What a network wants to be given.
struct Inputs {
    ids: NodeId,
    /// Which tokens count: all.
    mask: Option<NodeId>,
    /// Which of several texts a token belongs to: the first.
    types: Option<NodeId>,
    /// Whether texts are given in batches; ours have one.
    batched: bool,
}

/// What a network returns.
struct Output {
    id: NodeId,
    /// Whether it is a vector for each token rather than one for the text.
    is_by_token: bool,
}

impl LocalModel {
    pub(super) fn open(files: &Files) -> Result<Self, OpenError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        match files {
            Files::Folder(dir) => {
                let read = |name: &str| {
                    let failed = |source: io::Error| OpenError::File { path: dir.join(name), source };
                    fs::read(dir.join(name)).map_err(failed)
                };
                let (config, tokenizer) = (read("config.json")?, read("tokenizer.json")?);
                let path = dir.join("model.onnx");
                let mut hasher = blake3::Hasher::new();
                hasher.update(&tokenizer);
                hasher.update(&read("model.onnx")?);
                if dir.join(WEIGHTS).is_file() {
                    hasher.update(&read(WEIGHTS)?);
                }
                let network = options.load_file(&path).map_err(|error| damaged(&path, &error))?;
                Self::new(dir, &config, &tokenizer, network, hasher)
            }
            #[cfg(feature = "bundled-model")]
            Files::Bundled { config, tokenizer, network, weights } => {
                let mut hasher = blake3::Hasher::new();
                for bytes in [tokenizer, network, weights] {
                    hasher.update(bytes);
                }
                options.external_data_static(WEIGHTS, weights);
                let path = Path::new("the bundled model");
                let network = options.load_static_slice(network).map_err(|error| damaged(path, &error))?;
                Self::new(path, config, tokenizer, network, hasher)
            }
        }
    }

    fn new(
        dir: &Path,
        config: &[u8],
        tokenizer: &[u8],
        network: rten::Model,
        mut hasher: blake3::Hasher,
    ) -> Result<Self, OpenError> {
        let description: Description =
            serde_json::from_slice(config).map_err(|error| damaged(&dir.join("config.json"), &error))?;
        // What its vectors are worth does not change them.
        let Description { dimensions, max_tokens, query_prefix, passage_prefix, pooling, fit: _ } =
            &description;
        hasher.update(
            format!("{dimensions} {max_tokens} {query_prefix:?} {passage_prefix:?} {pooling:?}").as_bytes(),
        );
        let mut tokenizer = Tokenizer::from_bytes(tokenizer)
            .map_err(|error| damaged(&dir.join("tokenizer.json"), &error.to_string()))?;
        // Windows are cut here, and nothing is filled up.
        tokenizer.with_truncation(None).expect("no truncation is always possible");
        tokenizer.with_padding(None);
        let path = dir.join("model.onnx");
        let inputs = Inputs::of(&network).ok_or_else(|| damaged(&path, &"it has no input `input_ids`"))?;
        let output = Output::of(&network).ok_or_else(|| damaged(&path, &"it has no output"))?;
        let lanes = std::thread::available_parallelism().map_or(1, usize::from);
        let model = Self {
            description,
            id: hasher.finalize().to_hex()[..16].to_owned(),
            tokenizer,
            network,
            inputs,
            output,
            lanes: (0..lanes).map(|_| Lane::new()).collect(),
            next_lane: AtomicUsize::new(0),
        };
        let trial = model.query("a").map_err(|error| damaged(&path, &error))?;
        let (found, expected) = (trial.0.len(), model.description.dimensions);
        if found != expected {
            let problem =
                format!("its vectors have {found} numbers, and config.json says hidden_size = {expected}");
            return Err(damaged(&path, &problem));
        }
        Ok(model)
    }

    /// Embeds a query; also returns whether only its start was.
    pub(super) fn query(&self, text: &str) -> Result<(Vec<f32>, bool), EmbedError> {
        let mut ids = self.ids(&format!("{}{text}", self.description.query_prefix))?;
        let is_cut = ids.len() > QUERY_TOKENS;
        if is_cut {
            let last = ids[ids.len() - 1];
            ids.truncate(QUERY_TOKENS - 1);
            ids.push(last);
        }
        let lane = self.next_lane.fetch_add(1, Ordering::Relaxed) % self.lanes.len();
        Ok((self.run(&ids, &self.lanes[lane])?, is_cut))
    }

    /// Embeds a text, in as many windows as it needs.
    pub(super) fn text(&self, kind: Kind, text: &str, lane: &Lane) -> Result<Vec<Vec<f32>>, EmbedError> {
        let prefix = match kind {
            Kind::Passage => &self.description.passage_prefix,
            Kind::Question => &self.description.query_prefix,
        };
        let ids = self.ids(&format!("{prefix}{text}"))?;
        let most = self.description.max_tokens.min(MOST_TOKENS);
        if ids.len() <= most {
            return Ok(vec![self.run(&ids, lane)?]);
        }
        let around = self.ids(prefix)?.len() + SPARE;
        let windows = self.windows(text, most.saturating_sub(around).max(2 * OVERLAP))?;
        let windows = windows.into_iter().map(|window| {
            let mut ids = self.ids(&format!("{prefix}{window}"))?;
            ids.truncate(most);
            self.run(&ids, lane)
        });
        windows.collect()
    }

    /// Cuts a text into windows of nearly the same number of tokens, `most` at most.
    fn windows<'t>(&self, text: &'t str, most: usize) -> Result<Vec<&'t str>, EmbedError> {
        let encoding = self.tokenizer.encode(text, false).map_err(EmbedError::tokenizer)?;
        let offsets = encoding.get_offsets();
        let count = (offsets.len() - OVERLAP).div_ceil(most - OVERLAP);
        let step = (offsets.len() - OVERLAP).div_ceil(count);
        let windows = (0..count).map(|window| {
            let last = ((window + 1) * step + OVERLAP).min(offsets.len()) - 1;
            text.get(offsets[window * step].0..offsets[last].1)
        });
        windows
            .collect::<Option<_>>()
            .ok_or(EmbedError::Tokenizer("a token is cut inside a character".into()))
    }

    fn ids(&self, text: &str) -> Result<Vec<u32>, EmbedError> {
        let encoding = self.tokenizer.encode_fast(text, true).map_err(EmbedError::tokenizer)?;
        Ok(encoding.get_ids().to_vec())
    }

    fn run(&self, ids: &[u32], lane: &Lane) -> Result<Vec<f32>, EmbedError> {
        let tokens = ids.len();
        let shape: &[usize] = if self.inputs.batched { &[1, tokens] } else { &[tokens] };
        let input = |values: Vec<i32>| {
            let value = Value::from_shape(shape, values).expect("there is a number for each token");
            ValueOrView::Value(value)
        };
        let mut inputs = vec![(self.inputs.ids, input(ids.iter().map(|id| id.cast_signed()).collect()))];
        inputs.extend(self.inputs.mask.map(|mask| (mask, input(vec![1; tokens]))));
        inputs.extend(self.inputs.types.map(|types| (types, input(vec![0; tokens]))));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&lane.0)));
        let [output] =
            self.network.run_n(inputs, [self.output.id], Some(options)).map_err(EmbedError::network)?;
        let vector = if self.output.is_by_token {
            output.into_shape_vec::<f32, 3>().map(|([_, tokens, _], values)| self.pooled(tokens, &values))
        } else {
            output.into_shape_vec::<f32, 2>().map(|(_, values)| values)
        };
        vector.map_err(EmbedError::network)
    }

    /// Makes one vector of those of the tokens, which lie one after the other.
    fn pooled(&self, tokens: usize, values: &[f32]) -> Vec<f32> {
        let mut vectors = values.chunks_exact((values.len() / tokens.max(1)).max(1));
        let mut pooled = vectors.next().unwrap_or_default().to_vec();
        if matches!(self.description.pooling, Pooling::Mean) {
            // The length of a vector does not matter, so the sum is as good as the mean.
            for vector in vectors {
                pooled.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
            }
        }
        pooled
    }
}

impl Output {
    fn of(network: &rten::Model) -> Option<Self> {
        let named = network.find_node("sentence_embedding");
        let id = named.or_else(|| network.output_ids().first().copied())?;
        let shape = network.node_info(id).and_then(|info| info.shape());
        Some(Self { id, is_by_token: shape.is_some_and(|shape| shape.len() == 3) })
    }
}

impl Inputs {
    fn of(network: &rten::Model) -> Option<Self> {
        let ids = network.find_node("input_ids")?;
        let rank = network.node_info(ids).and_then(|info| info.shape()).map_or(2, |shape| shape.len());
        Some(Self {
            ids,
            mask: network.find_node("attention_mask"),
            types: network.find_node("token_type_ids"),
            batched: rank == 2,
        })
    }
}

fn damaged(path: &Path, problem: &dyn ToString) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), problem: problem.to_string() }
}

#[cfg(all(test, feature = "bundled-model"))]
mod tests {
    use super::super::{Vector, bundled};
    use super::*;

    #[derive(Deserialize)]
    struct Reference {
        text: String,
        ids: Vec<u32>,
        vector: Vec<f32>,
    }

    fn model() -> LocalModel {
        LocalModel::open(&bundled().expect("a model is bundled")).expect("it opens")
    }

    /// Rounding weights and activations to 8 bits costs no more.
    const NEAR: f32 = 0.998;

    #[test]
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    fn the_bundled_model_agrees_with_the_original() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/model/reference.json");
        let Ok(reference) = fs::read(&path) else {
            eprintln!("skipped: {} is absent", path.display());
            return;
        };
        let reference: Vec<Reference> = serde_json::from_slice(&reference).expect("a list of texts");
        let model = model();
        for Reference { text, ids, vector } in reference {
            assert_eq!(model.ids(&text).expect("it has tokens"), ids, "{text}");
            let query = text.strip_prefix("query: ").expect("the texts are queries");
            let (values, _) = model.query(query).expect("it has a vector");
            let rounded = |values: &[f32]| Vector::new(values).expect("a direction");
            let (own, original) = (rounded(&values), rounded(&vector));
            assert!(own.cosine(&original) >= NEAR, "{text}: {}", own.cosine(&original));
        }
    }

    #[test]
    fn windows_hold_every_token_and_overlap() {
        let model = model();
        let text = "包裹在海关停留超过十天时，请先查看物流信息。Please wait for ten days. ".repeat(40);
        let windows = model.windows(&text, 200).expect("it has tokens");
        assert!(windows.len() > 3);
        assert!(windows[0].len() < text.len() && text.starts_with(windows[0]));
        assert!(text.trim_end().ends_with(windows[windows.len() - 1].trim_end()));
        let mut end = 0;
        for window in windows {
            let start = window.as_ptr() as usize - text.as_ptr() as usize;
            assert!(start < end || start == 0, "windows overlap");
            end = start + window.len();
            assert!(model.ids(window).expect("it has tokens").len() <= 200 + SPARE);
        }
        let vectors = model.text(Kind::Passage, &text, &Lane::new()).expect("it has vectors");
        assert!(vectors.len() > 1);
    }
}
