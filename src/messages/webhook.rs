//! Messages and notices as signed HTTP requests, for ticket tools and chat.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use ureq::tls::{RootCerts, TlsConfig};

use super::SettingsError;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where messages are posted.
pub(super) struct Webhook {
    agent: ureq::Agent,
    url: String,
    secret: String,
}

impl Webhook {
    /// Reads the address and the secret of a section; nothing without an address.
    pub(super) fn read(section: &str, url: &str, secret: &str) -> Result<Option<Self>, SettingsError> {
        if url.is_empty() && !secret.is_empty() {
            let advice = "signs what a webhook gets; set the webhook, too";
            return Err(SettingsError(format!("`{section}.secret` {advice}")));
        }
        if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
            let advice = "write it as https://tickets.example.com/hook";
            return Err(SettingsError(format!("`{section}.webhook` is no address; {advice}")));
        }
        Ok((!url.is_empty()).then(|| Self::new(url, secret)))
    }

    fn new(url: &str, secret: &str) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = ureq::Agent::config_builder().tls_config(tls).http_status_as_error(false);
        let agent = config.timeout_global(Some(PATIENCE)).max_redirects(0).build().into();
        Self { agent, url: url.to_owned(), secret: secret.to_owned() }
    }

    /// Posts a body; returns why it was not taken.
    pub(super) fn send(&self, id: &str, body: &str, now: Timestamp) -> Result<(), String> {
        let timestamp = now.as_second().to_string();
        let mut request = self
            .agent
            .post(&self.url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", id)
            .header("Zhida-Timestamp", &timestamp);
        if !self.secret.is_empty() {
            request = request.header("Zhida-Signature", signature(&self.secret, &timestamp, body));
        }
        match request.send(body) {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("the webhook answered {}", answer.status())),
            Err(error) => Err(error.to_string()),
        }
    }
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
