//! A model behind an HTTP endpoint of the form that OpenAI made common
//! (`/v1/embeddings`) and Ollama, TEI, vLLM and others have too.
//!
//! Texts are sent in batches and tried again when the endpoint is busy or away. A query
//! does not wait: where it gets no vector in time, search goes on by words, and the
//! endpoint is left alone for a moment.

use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ureq::tls::{RootCerts, TlsConfig};

use super::{EmbedError, Fit, Kind, OpenError, Text};

/// Where the endpoint is and how to ask it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointSettings {
    /// Address of the embeddings resource.
    pub url: String,
    /// Name of the model there.
    pub model: String,
    /// Sent as a bearer token; none if empty.
    pub api_key: String,
    /// Texts in one request.
    pub batch: usize,
    /// A longer text is embedded in windows of so many columns.
    pub window: usize,
    /// How long a search waits.
    pub query_timeout_ms: u64,
    /// How long a batch of texts may take.
    pub timeout_seconds: u64,
    /// Written before a query.
    pub query_prefix: String,
    /// Written before a passage.
    pub passage_prefix: String,
    /// What the cosine counts for.
    pub cosine_weight: f32,
    /// Below this cosine a text is not about what was asked.
    pub least_cosine: f32,
    /// How much lower the cosine to a text in another language is, though it says the same.
    pub language_gap: f32,
}

/// An endpoint that answered.
pub(super) struct Endpoint {
    settings: EndpointSettings,
    id: String,
    dimensions: usize,
    agent: ureq::Agent,
    /// Queries do not ask before.
    away_until: Mutex<Option<Instant>>,
}

/// How often a batch is sent before it is given up.
const ATTEMPTS: u32 = 4;

/// Time before the second attempt; doubled for each further one.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// How long queries leave an endpoint alone that failed one.
const REST: Duration = Duration::from_secs(5);

/// The largest answer that is read.
const MAX_ANSWER: u64 = 64 << 20;

#[derive(Serialize)]
struct Question<'a> {
    model: &'a str,
    input: &'a [String],
    encoding_format: &'static str,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    index: Option<usize>,
    embedding: Vec<f32>,
}

/// Why a request failed, and whether to send it again.
struct Failure {
    problem: String,
    may_pass: bool,
}

impl Endpoint {
    /// Asks for one vector, to see that it works and how many numbers a vector has.
    pub(super) fn open(settings: &EndpointSettings) -> Result<Self, OpenError> {
        if settings.url.is_empty() || settings.model.is_empty() {
            return Err(OpenError::NoEndpoint);
        }
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let agent = ureq::Agent::config_builder().tls_config(tls).http_status_as_error(false).build().into();
        let mut hasher = blake3::Hasher::new();
        for part in [&settings.url, &settings.model, &settings.query_prefix, &settings.passage_prefix] {
            hasher.update(part.as_bytes());
            hasher.update(b"\n");
        }
        hasher.update(&settings.window.to_le_bytes());
        let id = hasher.finalize().to_hex()[..16].to_owned();
        let settings = settings.clone();
        let mut endpoint = Self { settings, id, dimensions: 0, agent, away_until: Mutex::new(None) };
        let trial = endpoint.ask(&["a".to_owned()], endpoint.patience());
        let trial = trial.map_err(|failure| OpenError::Endpoint(endpoint.error(failure)))?;
        endpoint.dimensions = trial[0].len();
        Ok(endpoint)
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }

    pub(super) fn fit(&self) -> Fit {
        let EndpointSettings { cosine_weight, least_cosine, language_gap, .. } = self.settings;
        Fit { cosine_weight, least_cosine, language_gap }
    }

    /// Embeds a query, unless the endpoint failed a moment ago.
    pub(super) fn query(&self, text: &str) -> Result<Vec<f32>, EmbedError> {
        let away_until = || self.away_until.lock().expect("nothing panics while it holds the lock");
        if away_until().is_some_and(|until| Instant::now() < until) {
            return Err(self.error(Failure { problem: "it failed a moment ago".into(), may_pass: true }));
        }
        let query = format!("{}{text}", self.settings.query_prefix);
        let answer = self.ask(&[query], Duration::from_millis(self.settings.query_timeout_ms));
        *away_until() = answer.is_err().then(|| Instant::now() + REST);
        let mut vectors = answer.map_err(|failure| self.error(failure))?;
        Ok(vectors.remove(0))
    }

    /// Embeds texts, each in as many windows as it needs.
    pub(super) fn texts(&self, texts: &[Text]) -> Result<Vec<Vec<Vec<f32>>>, EmbedError> {
        let windows: Vec<Vec<String>> = texts.iter().map(|text| self.windows(text)).collect();
        let all: Vec<String> = windows.iter().flatten().cloned().collect();
        let mut vectors = Vec::with_capacity(all.len());
        for batch in all.chunks(self.settings.batch.max(1)) {
            vectors.extend(self.ask_patiently(batch)?);
        }
        let mut vectors = vectors.into_iter();
        Ok(windows.iter().map(|windows| vectors.by_ref().take(windows.len()).collect()).collect())
    }

    fn windows(&self, text: &Text) -> Vec<String> {
        let prefix = match text.kind {
            Kind::Passage => &self.settings.passage_prefix,
            Kind::Question => &self.settings.query_prefix,
        };
        windows(&text.text, self.settings.window)
            .into_iter()
            .map(|window| format!("{prefix}{window}"))
            .collect()
    }

    fn ask_patiently(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let mut wait = FIRST_WAIT;
        for _ in 1..ATTEMPTS {
            match self.ask(texts, self.patience()) {
                Err(failure) if failure.may_pass => {
                    sleep(wait);
                    wait *= 2;
                }
                done => return done.map_err(|failure| self.error(failure)),
            }
        }
        self.ask(texts, self.patience()).map_err(|failure| self.error(failure))
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.settings.timeout_seconds)
    }

    /// Sends one request; returns a vector for each text.
    fn ask(&self, texts: &[String], timeout: Duration) -> Result<Vec<Vec<f32>>, Failure> {
        let question = Question { model: &self.settings.model, input: texts, encoding_format: "float" };
        let mut request = self.agent.post(&self.settings.url);
        if !self.settings.api_key.is_empty() {
            request = request.header("Authorization", format!("Bearer {}", self.settings.api_key));
        }
        let request = request.config().timeout_global(Some(timeout)).build();
        let failed = |error: ureq::Error| Failure { problem: error.to_string(), may_pass: true };
        let mut response = request.send_json(&question).map_err(failed)?;
        let status = response.status();
        if !status.is_success() {
            let may_pass = status.is_server_error() || status.as_u16() == 429;
            return Err(Failure { problem: format!("it answered {status}"), may_pass });
        }
        let answer = response.body_mut().with_config().limit(MAX_ANSWER).read_json::<Answer>();
        let nonsense = |problem: String| Failure { problem, may_pass: false };
        let answer =
            answer.map_err(|error| nonsense(format!("its answer is not a list of vectors: {error}")))?;
        self.checked(answer, texts.len()).map_err(nonsense)
    }

    /// Returns the vectors in the order of their texts.
    fn checked(&self, answer: Answer, texts: usize) -> Result<Vec<Vec<f32>>, String> {
        let mut items = answer.data;
        if items.len() != texts {
            return Err(format!("it returned {} vectors for {texts} texts", items.len()));
        }
        items.sort_by_key(|item| item.index);
        let expected = if self.dimensions > 0 { self.dimensions } else { items[0].embedding.len() };
        match items.iter().find(|item| item.embedding.len() != expected || expected == 0) {
            Some(item) => {
                let found = item.embedding.len();
                Err(format!(
                    "it returned a vector of {found} numbers, not {expected}; has its model changed?"
                ))
            }
            None => Ok(items.into_iter().map(|item| item.embedding).collect()),
        }
    }

    fn error(&self, failure: Failure) -> EmbedError {
        EmbedError::Endpoint { url: self.settings.url.clone(), problem: failure.problem }
    }
}

/// Cuts a text into pieces of at most `columns`, between words where there are any. A
/// character beyond Latin, Greek and Cyrillic counts for two, since models make more
/// tokens of it.
fn windows(text: &str, columns: usize) -> Vec<&str> {
    const NARROW: u32 = 0x530;
    let mut windows = Vec::new();
    let (mut start, mut width, mut space) = (0, 0, None);
    for (at, c) in text.char_indices() {
        if width >= columns.max(1) {
            let end = space.unwrap_or(at);
            windows.push(&text[start..end]);
            (start, width, space) = (end, text[end..at].chars().count(), None);
        }
        if c.is_whitespace() && at > start {
            space = Some(at);
        }
        width += if u32::from(c) < NARROW { 1 } else { 2 };
    }
    windows.push(&text[start..]);
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_hold_everything() {
        let text = "Where is my parcel? 我的包裹在哪里？";
        for columns in [1, 7, 10, 100] {
            let windows = windows(text, columns);
            assert_eq!(windows.concat(), text);
            assert!(windows.iter().all(|window| window.chars().count() <= columns + 1));
        }
        assert_eq!(windows("", 10), [""]);
        assert_eq!(windows("one two three", 9), ["one two", " three"]);
    }
}
