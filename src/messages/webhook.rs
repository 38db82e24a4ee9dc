//! Messages as signed HTTP requests, for ticket tools and chat.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use ureq::tls::{RootCerts, TlsConfig};

use super::Message;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where messages are posted.
pub(super) struct Webhook {
    agent: ureq::Agent,
    url: String,
    secret: String,
}

impl Webhook {
    pub(super) fn new(url: &str, secret: &str) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = ureq::Agent::config_builder().tls_config(tls).http_status_as_error(false);
        let agent = config.timeout_global(Some(PATIENCE)).max_redirects(0).build().into();
        Self { agent, url: url.to_owned(), secret: secret.to_owned() }
    }

    /// Posts a message; returns why it was not taken.
    pub(super) fn send(&self, id: &str, message: &Message, now: Timestamp) -> Result<(), String> {
        let body = body(id, message);
        let timestamp = now.as_second().to_string();
        let mut request = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", id)
            .header("Zhida-Timestamp", &timestamp);
        if !self.secret.is_empty() {
            request = request.header("Zhida-Signature", signature(&self.secret, &timestamp, &body));
        }
        match request.send(&body) {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("the webhook answered {}", answer.status())),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn body(id: &str, message: &Message) -> String {
    let mut body = message.to_json(id);
    body["type"] = "message".into();
    body.to_string()
}

/// Returns what proves that a body is ours and when it was sent: the HMAC with SHA-256 of both.
fn signature(secret: &str, timestamp: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length is one");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_others() {
        // printf '%s' '1700000000.{}' | openssl dgst -sha256 -hmac key
        let expected = "sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae";
        assert_eq!(signature("key", "1700000000", "{}"), expected);
    }
}
