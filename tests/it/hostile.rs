//! Queries that nobody means well by: every one gets an answer or a clear refusal.

use crate::support::HelpCenter;

fn shop() -> HelpCenter {
    HelpCenter::new(&[
        ("zh-Hans/return.md", "---\ntitle: 退货流程\n---\n在订单里点击退货。"),
        ("en/refund.md", "---\ntitle: Refunds\n---\nYou get the refund within five days."),
    ])
}

/// Returns the status of every route that takes a query, and the code of a refusal.
fn answers(shop: &HelpCenter, query: &str) -> Vec<(u16, String)> {
    let parameter = serde_urlencoded::to_string([("q", query)]).expect("a text");
    [
        "/api/v1/search?",
        "/api/v1/search?match=all&",
        "/api/v1/completions?",
        "/api/v1/why?id=refund&",
        "/zh-Hans/search?",
    ]
    .iter()
    .map(|route| {
        let (status, body) = shop.get(&format!("{route}{parameter}"));
        let problem: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
        (status.as_u16(), problem["code"].as_str().unwrap_or_default().to_owned())
    })
    .collect()
}

#[test]
fn strange_queries_are_answered() {
    let shop = shop();
    let strange = [
        "-".repeat(2000),
        "- ".repeat(1000),
        "-退货 ".repeat(500),
        "\"".repeat(2000),
        "\"退货\" ".repeat(400),
        "\"退货".to_owned(),
        "「退货".to_owned(),
        "退货\"\"”“".to_owned(),
        "！？。，、；：……".to_owned(),
        "\u{0}\u{1}\u{7}\u{1b}\u{7f}\u{85}\u{200e}\u{202e}\u{feff}".to_owned(),
        "退\u{0}货".to_owned(),
        "\u{fffd}\u{fffe}\u{10ffff}".to_owned(),
        "e\u{301}".repeat(1000),
        "\u{301}".repeat(2000),
        "😀".repeat(2000),
        "a".repeat(2000),
        "1.".repeat(1000),
        "a-1".repeat(600),
        "tuihuo".repeat(300),
        "退活".repeat(1000),
        "recieve ".repeat(250),
        "' OR 1=1; -- <script>alert(1)</script> ../../etc/passwd {{7*7}} %s%n".to_owned(),
    ];
    for query in strange {
        let start: String = query.chars().take(20).collect();
        for (status, _) in answers(&shop, &query) {
            assert_eq!(status, 200, "{start:?}");
        }
    }
}

#[test]
fn too_long_queries_are_refused_by_name() {
    let shop = shop();
    for query in ["退".repeat(5_000), "a".repeat(10_000), "ﷺ".repeat(200)] {
        let answers = answers(&shop, &query);
        for (status, code) in &answers[..4] {
            assert_eq!((*status, code.as_str()), (400, "query_too_long"));
        }
        assert_eq!(answers[4].0, 400, "the page says so as well");
    }
}

#[test]
fn bodies_are_checked_like_addresses() {
    let server = shop().server();
    let post = |body: &str| {
        let (status, answer) = server.post("/api/v1/search", body);
        (status.as_u16(), answer["code"].as_str().unwrap_or_default().to_owned())
    };
    let ok = (200, String::new());
    assert_eq!(post(r#"{"q": "退货", "locale": "zh-Hans", "match": "all"}"#), ok);
    assert_eq!(post("{}"), ok);
    let refused = |status, code: &str| (status, code.to_owned());
    assert_eq!(post(r#"{"q": "\ud800退货"}"#), refused(400, "invalid_body"));
    assert_eq!(post(r#"{"q": "\udc00"}"#), refused(400, "invalid_body"));
    assert_eq!(post("{"), refused(400, "invalid_body"));
    assert_eq!(post(r#"{"q": 7}"#), refused(400, "invalid_body"));
    assert_eq!(post(r#"{"query": "退货"}"#), refused(400, "unknown_parameter"));
    assert_eq!(post(&format!(r#"{{"q": "{}"}}"#, "退".repeat(10_000))), refused(400, "query_too_long"));
    assert_eq!(post(&format!(r#"{{"q": "{}"}}"#, "退".repeat(100_000))), refused(413, "unreadable_body"));
}

#[test]
fn bytes_that_are_no_text_are_answered() {
    let shop = shop();
    for query in ["%ED%A0%80", "%FF%FE", "%C0%AF", "%00", "%", "%zz", "%ED%B0%80tui"] {
        for route in ["/api/v1/search?q=", "/api/v1/completions?q=", "/en/search?q="] {
            let (status, _) = shop.get(&format!("{route}{query}"));
            assert!(status.is_success() || status.is_client_error(), "{route}{query}: {status}");
        }
    }
}

#[test]
fn a_long_question_is_found_by_how_it_starts() {
    let question = "退货流程 ".to_owned() + &"无关的话".repeat(450);
    assert_eq!(shop().ids(&question, "zh-Hans"), ["return"]);
}
