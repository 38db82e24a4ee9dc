//! Who is an agent: whoever shows a key of the configuration.
//!
//! A key is a long random text, shown once when it is made (`zhida keys`). The configuration
//! has its hash; being random, it needs no slow one. Programs send the key with every
//! request. A browser sends it once and gets a cookie: it is signed, names the key and ends
//! after some hours, so that a key that is taken out of the configuration signs out all who
//! came in with it.

use axum::http::{HeaderMap, header};
use axum_extra::extract::SignedCookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::{Agents, PATH, Settings};
use crate::http::policy::Role;

/// A key as the configuration has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentKey {
    /// Whose it is: a person, a team, a ticket tool.
    pub name: String,
    /// The BLAKE3 hash of the key.
    #[serde(deserialize_with = "hash")]
    pub hash: blake3::Hash,
    /// What who has it may do.
    #[serde(default)]
    pub role: Role,
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
    /// Returns the key that was shown, if it is one that lets in on `today`.
    fn known(&self, key: &str, today: Date) -> Option<&AgentKey> {
        let hash = blake3::hash(key.trim().as_bytes());
        // Hashes compare in constant time.
        self.keys.iter().find(|known| known.hash == hash).filter(|known| known.lets_in(today))
    }
}

impl AgentKey {
    fn lets_in(&self, today: Date) -> bool {
        self.expires.is_none_or(|last| today <= last)
    }

    /// Returns what a session says of it.
    fn mark(&self) -> String {
        self.hash.to_hex()[..16].to_owned()
    }
}

/// The cookie of a session.
const COOKIE: &str = "zhida_agent";

impl Agents {
    /// Returns the role of who sends a request: a program by the key that it sends, a browser by
    /// its session; nothing if neither lets in.
    pub(in crate::http) fn role_of(&self, headers: &HeaderMap, is_api: bool) -> Option<Role> {
        if !is_api {
            return self.session_of(headers).map(|key| key.role);
        }
        let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = sent.and_then(|value| value.strip_prefix("Bearer "))?;
        self.settings.known(key, self.app.today()).map(|key| key.role)
    }

    /// Returns whether the browser is signed in.
    pub(super) fn is_signed_in(&self, headers: &HeaderMap) -> bool {
        self.session_of(headers).is_some()
    }

    /// Returns the key that the browser came in with, while its session lasts.
    fn session_of(&self, headers: &HeaderMap) -> Option<&AgentKey> {
        let jar = SignedCookieJar::from_headers(headers, self.cookies.clone());
        let cookie = jar.get(COOKIE)?;
        let (until, mark) = cookie.value().split_once('.')?;
        let goes_on = until.parse::<i64>().ok()? > Timestamp::now().as_second();
        let today = self.app.today();
        self.settings.keys.iter().find(|key| goes_on && key.mark() == mark && key.lets_in(today))
    }

    /// Signs the browser in; nothing if the key does not let in.
    pub(super) fn sign_in(&self, key: &str, headers: &HeaderMap) -> Option<SignedCookieJar> {
        let known = self.settings.known(key, self.app.today())?;
        tracing::info!(key = known.name, "an agent signed in");
        let seconds = i64::from(self.settings.session_hours) * 3600;
        let value = format!("{}.{}", Timestamp::now().as_second() + seconds, known.mark());
        let jar = SignedCookieJar::from_headers(headers, self.cookies.clone());
        let cookie = self.session(value, headers);
        Some(jar.add(cookie))
    }

    /// Signs the browser out.
    pub(super) fn sign_out(&self, headers: &HeaderMap) -> SignedCookieJar {
        let jar = SignedCookieJar::from_headers(headers, self.cookies.clone());
        jar.remove(self.session(String::new(), headers))
    }

    /// Makes a cookie for the console alone that scripts cannot read. Over an encrypted
    /// connection it works in the frame of a ticket tool, too, for that tool alone.
    fn session(&self, value: String, headers: &HeaderMap) -> Cookie<'static> {
        let hours = i64::from(self.settings.session_hours);
        let cookie = Cookie::build((COOKIE, value)).path(PATH).http_only(true);
        let cookie = cookie.max_age(cookie::time::Duration::hours(hours));
        match self.app.is_secure(headers) {
            true => cookie.secure(true).same_site(SameSite::None).partitioned(true).build(),
            false => cookie.same_site(SameSite::Strict).build(),
        }
    }
}
