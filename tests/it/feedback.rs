//! "Was this helpful?": 1. a vote is kept and the reader is led back to the article, which says
//! so; 2. who says no is asked why, and shown whom to ask; 3. other sites cannot vote for a
//! visitor; 4. what cannot be taken is said, and too much is refused.

use axum::http::StatusCode;

use crate::support::{Server, kept_text, parcels};

const LOST: &str = "/en/articles/lost";

/// Sends the form; returns where it leads.
fn vote(server: &Server, sent: &str) -> String {
    let (status, headers, body) = server.post_form(LOST, sent, &[]);
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    headers["location"].to_str().expect("an address").to_owned()
}

/// Returns the part of the page that asks.
fn asked(server: &Server, address: &str) -> String {
    let (status, html) = server.get(address.split('#').next().expect("an address"));
    assert_eq!(status, StatusCode::OK);
    let start = html.find("<section class=\"feedback\"").expect("the page asks");
    let end = html[start..].find("</section>").expect("it ends");
    html[start..start + end].to_owned()
}

fn votes(server: &Server) -> u64 {
    server.counts().get("voted").copied().unwrap_or_default()
}

#[test]
fn a_vote_leads_back_to_the_article() {
    let server = parcels().server();
    assert!(asked(&server, LOST).contains("Was this helpful?"));
    let address = vote(&server, "helpful=yes");
    assert_eq!(address, "/en/articles/lost?helpful=yes#_feedback");
    assert!(asked(&server, &address).contains("Thank you"));
    assert_eq!(votes(&server), 1);
}

#[test]
fn who_says_no_is_asked_why() {
    let shop = parcels();
    let server = shop.server();
    let address = vote(&server, "helpful=no");
    let section = asked(&server, &address);
    assert!(section.contains("It is out of date") && section.contains("/en/contact"), "{section}");
    let sent = "helpful=no&why=yes&reason=outdated&comment=Order+SB-778812+took+9+days";
    let address = vote(&server, sent);
    assert_eq!(address, "/en/articles/lost?helpful=no&why=yes#_feedback");
    assert!(asked(&server, &address).contains("look at this article again"));
    assert_eq!(votes(&server), 2);
    let kept = kept_text(&shop.data());
    assert!(kept.contains("took 9 days") && !kept.contains("778812"));
}

#[test]
fn other_sites_cannot_vote() {
    let server = parcels().server();
    for headers in [[("sec-fetch-site", "cross-site")], [("origin", "https://evil.example")]] {
        let (status, _, body) = server.post_form(LOST, "helpful=yes", &headers);
        assert_eq!(status, StatusCode::FORBIDDEN, "{body}");
    }
    assert_eq!(votes(&server), 0);
}

#[test]
fn what_cannot_be_taken_is_said() {
    let server = parcels().server();
    let status = |path: &str, sent: &str| server.post_form(path, sent, &[]).0;
    assert_eq!(status("/en/articles/nothing", "helpful=yes"), StatusCode::NOT_FOUND);
    assert_eq!(status("/en/articles/internal/compensation", "helpful=yes"), StatusCode::NOT_FOUND);
    for sent in ["", "helpful=maybe", "helpful=no&reason=ugly", "helpful=yes&stars=5"] {
        assert!(status(LOST, sent).is_client_error(), "{sent}");
    }
    let long = format!("helpful=no&comment={}", "x".repeat(2_001));
    assert_eq!(status(LOST, &long), StatusCode::BAD_REQUEST);
    assert_eq!(votes(&server), 0);
}

#[test]
fn nobody_votes_without_end() {
    let server = parcels().server();
    let vote = |from: &str| server.post_form(LOST, "helpful=yes", &[("x-forwarded-for", from)]);
    let refused = (0..40).map(|_| vote("203.0.113.9")).find(|(status, ..)| *status != StatusCode::SEE_OTHER);
    let (status, headers, html) = refused.expect("a limit");
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(headers["retry-after"].to_str().is_ok_and(|wait| wait.parse::<u32>().is_ok()));
    assert!(html.contains("Please wait a moment"), "{html}");
    assert_eq!(vote("1.2.3.4, 198.51.100.7").0, StatusCode::SEE_OTHER, "others are not held up");
    assert_eq!(vote("203.0.113.200").0, StatusCode::TOO_MANY_REQUESTS, "a network counts as one");
}
