//! Writing to a person: 1. what may answer a message is shown before it is sent; 2. what was
//! sent is kept, from the page and from programs; 3. whatever is wrong, the form comes back with
//! all that was typed; 4. programs that fill in everything, other sites, and who sends without
//! end are held up; 5. browsers on the sites that the owner names may send, and on no other.

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::support::{HelpCenter, Server, parcels};

/// A message to which no article says anything.
const NEWS: &str = "message=Would+you+sponsor+our+chess+club%3F&email=anna%40mail.example&name=Anna";

fn send(server: &Server, form: &str) -> (StatusCode, HeaderMap, String) {
    server.post_form("/en/contact", form, &[])
}

/// Returns the messages that are kept, the last first: text and address.
fn kept(server: &Server) -> Vec<(String, String)> {
    let messages = server.messages();
    messages.into_iter().map(|message| (message.text, message.email)).collect()
}

#[test]
fn a_message_is_kept() {
    let server = parcels().server();
    let (_, form) = server.get("/en/contact?q=chess&page=/en/articles/lost");
    assert!(form.contains(">\nchess</textarea>") && form.contains("value=\"/en/articles/lost\""), "{form}");
    let (_, nothing) = server.get("/en/search?q=chess+club");
    assert!(nothing.contains("/en/contact?page=%2Fen%2Fsearch&amp;q=chess+club"), "{nothing}");
    let (status, headers, _) = send(&server, NEWS);
    assert_eq!(
        (status, &headers["location"]),
        (StatusCode::SEE_OTHER, &"/en/contact?sent".parse().expect("a path"))
    );
    assert!(server.get("/en/contact?sent").1.contains("Your message has been sent"));
    let expected = ("Would you sponsor our chess club?".to_owned(), "anna@mail.example".to_owned());
    assert_eq!(kept(&server), [expected]);
    assert_eq!(server.counts().get("escalated"), Some(&1));
}

#[test]
fn what_may_answer_it_is_shown_first() {
    let server = parcels().server();
    let form = "message=Hello%2C+my+parcel+never+arrived%21&email=a%40b.example";
    let (status, _, html) = send(&server, form);
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Does one of these answer it?") && html.contains("/en/articles/lost"), "{html}");
    assert!(!html.contains("ompensation"), "nothing internal");
    assert!(html.contains("never arrived!</textarea>") && html.contains("Send anyway"), "{html}");
    assert_eq!(kept(&server), []);
    let (status, ..) = send(&server, &format!("{form}&answers_seen=yes"));
    assert_eq!((status, kept(&server).len()), (StatusCode::SEE_OTHER, 1));
    let part = |written: &str| server.post_form("/en/contact/answers", &format!("q={written}"), &[]).2;
    let answers = part("my+parcel+never+arrived");
    assert!(answers.contains("/en/articles/lost") && !answers.contains("<html"), "{answers}");
    assert_eq!(part("chess"), "");
}

#[test]
fn the_form_comes_back_with_all_that_was_typed() {
    let server = parcels().server();
    let wrong = |form: &str, says: &str| {
        let (status, _, html) = send(&server, form);
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(html.contains(says), "{html}");
        html
    };
    let html = wrong("message=Chess+%3Cb%3Eclub&email=anna", "looks incomplete");
    assert!(html.contains("Chess &lt;b&gt;club</textarea>") && html.contains("value=\"anna\""), "{html}");
    wrong("message=+&email=a%40b.example", "Please write what you need help with.");
    wrong(&format!("message={}&email=a%40b.example", "x".repeat(5_001)), "5,000 characters at most");
    wrong("message=Chess&email=a%40b.example&name=Anna%0D%0ABcc%3A+x", "too long or has several lines");
    assert_eq!(kept(&server), []);
}

#[test]
fn programs_and_other_sites_are_held_up() {
    let server = parcels().server();
    let (status, ..) = send(&server, &format!("{NEWS}&website=https%3A%2F%2Fspam.example"));
    assert_eq!((status, kept(&server)), (StatusCode::SEE_OTHER, vec![]), "a trap says nothing");
    let elsewhere = [("sec-fetch-site", "cross-site")];
    assert_eq!(server.post_form("/en/contact", NEWS, &elsewhere).0, StatusCode::FORBIDDEN);
    let from = [("x-forwarded-for", "203.0.113.9")];
    let all: Vec<_> = (0..7).map(|_| server.post_form("/en/contact", NEWS, &from)).collect();
    let (status, headers, html) = all.last().expect("an answer");
    assert_eq!(*status, StatusCode::TOO_MANY_REQUESTS);
    assert!(headers.contains_key("retry-after") && html.contains("chess club?</textarea>"), "{html}");
    assert_eq!(kept(&server).len(), 5);
}

#[test]
fn programs_send_messages() {
    let server = parcels().server();
    let (_, search) = server.post("/api/v1/search", "{\"q\": \"chess\"}");
    let post = |body: Value| server.post("/api/v1/messages", &body.to_string());
    let good = json!({ "message": "Chess?\r\n\u{1b}[2J", "email": "a@b.example", "locale": "zh-Hans",
        "page": "https://shop.example.com/x", "query_id": search["query_id"] });
    assert_eq!(post(good).0, StatusCode::ACCEPTED);
    let code = |body: Value| post(body).1["code"].as_str().unwrap_or_default().to_owned();
    assert_eq!(code(json!({ "message": "", "email": "a@b.example" })), "invalid_parameter");
    assert_eq!(code(json!({ "message": "Chess?", "email": "a" })), "invalid_parameter");
    assert_eq!(code(json!({ "message": "Chess?", "mail": "a@b.example" })), "unknown_parameter");
    let (kept, forged) =
        (server.messages(), json!({ "message": "Chess?", "email": "a@b.example", "query_id": "00" }));
    assert_eq!(kept.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["Chess?\n[2J"]);
    assert_eq!(kept[0].query_id.as_deref(), search["query_id"].as_str());
    // A message is worth more than what it follows.
    assert_eq!(post(forged).0, StatusCode::ACCEPTED);
    assert_eq!(server.messages()[0].query_id, None);
}

#[test]
fn who_takes_no_messages_has_no_form() {
    let server = parcels().server_that_takes(&json!({ "form": false }));
    assert_eq!(server.get("/en/contact").0, StatusCode::NOT_FOUND);
    assert_eq!(server.post_form("/en/contact", NEWS, &[]).0, StatusCode::NOT_FOUND);
    let (status, _) = server.post("/api/v1/messages", "{\"message\": \"x\", \"email\": \"a@b.example\"}");
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(!server.get("/en").1.contains("/en/contact"));
    assert_eq!(server.json("/api/v1/widget?locale=en")["form"], false);
}

/// Asks as a browser does before it lets a site send.
fn allowed(shop: &HelpCenter, path: &str, origin: &str) -> Option<String> {
    let (_, headers, _) = shop.get_with(path, &[("origin", origin)]);
    Some(headers.get("access-control-allow-origin")?.to_str().expect("an origin").to_owned())
}

#[test]
fn only_the_sites_of_the_owner_may_ask() {
    let shop = parcels();
    let ours = "https://shop.example.com";
    for path in ["/api/v1/search?q=lost", "/api/v1/answers?q=lost", "/api/v1/widget", "/api/v1/articles/lost"]
    {
        assert_eq!(allowed(&shop, path, ours).as_deref(), Some(ours), "{path}");
        assert_eq!(allowed(&shop, path, "https://shop.example.com.evil.example"), None, "{path}");
    }
    for path in ["/en", "/agent", "/api/v1/agent/suggestions"] {
        assert_eq!(allowed(&shop, path, ours), None, "{path}");
    }
    // Browsers ask before they send anything but a plain request, and learn what they may send.
    let asked = [("origin", ours), ("access-control-request-method", "PUT")];
    let (_, headers, _) = shop.server().send_as("OPTIONS", "/api/v1/articles/lost", &asked);
    assert_eq!(headers["access-control-allow-origin"], ours);
    assert!(!headers["access-control-allow-methods"].to_str().expect("a list").contains("PUT"));
}

#[test]
fn other_sites_send_nothing_without_being_asked_first() {
    let server = parcels().server();
    let body = "{\"message\": \"x\", \"email\": \"a@b.example\"}";
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let (status, ..) = server.post_as("/api/v1/messages", body, kind);
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    assert_eq!(kept(&server), []);
}
