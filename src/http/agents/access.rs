//! Who is an agent: whoever shows a key of the configuration.
//!
//! A key is a long random text, shown once when it is made (`zhida keys`). The configuration
//! has its hash; being random, it needs no slow one. Programs send the key with every
//! request.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::{Agents, Settings};
use crate::http::Problem;

/// A key as the configuration has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentKey {
    /// Whose it is: a person, a team, a ticket tool.
    pub name: String,
    /// The BLAKE3 hash of the key.
    #[serde(deserialize_with = "hash")]
    pub hash: blake3::Hash,
    /// The last day on which it lets in; always if nothing.
    #[serde(default)]
    pub expires: Option<Date>,
}

fn hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<blake3::Hash, D::Error> {
    let written = String::deserialize(deserializer)?;
    let wrong = |_| serde::de::Error::custom("a key's hash is 64 hexadecimal digits; `zhida keys` prints it");
    blake3::Hash::from_hex(written).map_err(wrong)
}

/// Makes a key and its hash: 256 random bits.
pub fn new_key() -> Result<(String, blake3::Hash), getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    let key = format!("zhida_{}", blake3::Hash::from_bytes(bytes).to_hex());
    let hash = blake3::hash(key.as_bytes());
    Ok((key, hash))
}

impl Settings {
    /// Returns whose key this is, if it is one that lets in on `today`.
    fn holder(&self, key: &str, today: Date) -> Option<&AgentKey> {
        let hash = blake3::hash(key.as_bytes());
        // Hashes compare in constant time, and all are compared.
        let known = self.keys.iter().filter(|known| known.hash == hash).last()?;
        known.lets_in(today).then_some(known)
    }
}

impl AgentKey {
    fn lets_in(&self, today: Date) -> bool {
        self.expires.is_none_or(|last| today <= last)
    }
}

/// A program that showed an agent's key.
pub(super) struct KeyHolder;

impl FromRequestParts<Arc<Agents>> for KeyHolder {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, agents: &Arc<Agents>) -> Result<Self, Problem> {
        let sent = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = sent.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
        let holder = key.and_then(|key| agents.settings.holder(key, agents.app.today()));
        holder.map(|_| Self).ok_or_else(Problem::agent_key_needed)
    }
}
