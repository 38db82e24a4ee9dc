//! How often somebody may send what is kept, or what a person will read.
//!
//! Counted by network, because an address alone is changed easily; in memory alone.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::HeaderName;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::Problem;

/// The first bytes of an address: what one household or company has.
pub(super) type Network = [u8; 6];

/// Where a request comes from, as far as that is known.
#[derive(Clone)]
pub(super) struct Peer(pub(super) Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())))
    }
}

impl Peer {
    /// Returns the network of the address; one for all whose address is not known.
    pub(super) fn network(&self) -> Network {
        let mut network = Network::default();
        // A socket for both kinds of addresses has the older ones inside the newer.
        match self.0.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => network[..3].copy_from_slice(&address.octets()[..3]),
            Some(IpAddr::V6(address)) => network.copy_from_slice(&address.octets()[..6]),
            None => {}
        }
        network
    }
}

/// Takes the address of who asks from a header that the proxy in front of the server sets: the
/// last one there, as all before it may be made up.
pub(super) async fn behind_proxy(
    State(header): State<Arc<HeaderName>>,
    mut request: Request,
    next: Next,
) -> Response {
    let said = request.headers().get_all(&*header).iter().next_back();
    let last = said.and_then(|said| address_in(said.to_str().ok()?.rsplit(',').next()?.trim()));
    match last {
        Some(address) => drop(request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)))),
        None => tracing::warn!(%header, "a request has no address in the header that `address_header` names"),
    }
    next.run(request).await
}

/// Reads an address, with or without a port.
fn address_in(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

/// Lets each network do something so often.
pub(super) struct Limit(DefaultKeyedRateLimiter<Network>);

/// Networks in memory before those that are long gone are forgotten.
const MOST_NETWORKS: usize = 10_000;

impl Limit {
    /// Lets each network do something `at_once` times, and once more after each `period`.
    pub(super) fn new(at_once: u32, period: Duration) -> Self {
        let at_once = NonZeroU32::new(at_once).expect("something may be done once");
        let quota = Quota::with_period(period).expect("a period takes time").allow_burst(at_once);
        Self(RateLimiter::keyed(quota))
    }

    /// Counts one more time, unless that is too often.
    pub(super) fn check(&self, peer: &Peer) -> Result<(), Problem> {
        if self.0.len() > MOST_NETWORKS {
            self.0.retain_recent();
        }
        self.0.check_key(&peer.network()).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Problem::too_many_requests(wait.as_secs() + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_with_their_ports() {
        let read = |text| address_in(text).map(|address| address.to_string());
        assert_eq!(read("192.0.2.1:443").as_deref(), Some("192.0.2.1"));
        assert_eq!(read("[2001:db8::1]:443").as_deref(), Some("2001:db8::1"));
        assert_eq!(read("2001:db8::1").as_deref(), Some("2001:db8::1"));
        assert_eq!(read("unknown"), None);
    }

    #[test]
    fn each_network_has_its_own_limit() {
        let limit = Limit::new(2, Duration::from_secs(3600));
        let peer = |address: &str| Peer(Some(address.parse().expect("an address")));
        assert!(limit.check(&peer("192.0.2.1")).is_ok());
        assert!(limit.check(&peer("192.0.2.77")).is_ok());
        let refused = limit.check(&peer("192.0.2.1")).expect_err("it is too often");
        assert_eq!(refused.status(), axum::http::StatusCode::TOO_MANY_REQUESTS);
        assert!(limit.check(&peer("198.51.100.1")).is_ok());
        assert!(limit.check(&peer("2001:db8:1::1")).is_ok());
        assert!(limit.check(&peer("::ffff:192.0.2.9")).is_err(), "the same in another form");
        assert!(limit.check(&peer("::ffff:203.0.113.9")).is_ok());
    }
}
