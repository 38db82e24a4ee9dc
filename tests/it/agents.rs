//! The agents' side over HTTP: 1. a ticket in, what solves it out, with what to send; 2. without
//! a key that lets in, nothing; 3. customers get nothing internal on any route; 4. bad input
//! is told; 5. what agents do with suggestions counts, a little.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{AGENT_KEY, HelpCenter, parcels};

const SUGGESTIONS: &str = "/api/v1/agent/suggestions";

const TICKET: &str = "Hello,\n\nmy lost parcel #SB-778812 never arrived. Also, who pays the import duty?\n\nBest regards\nAnna\n";

fn solved(shop: &HelpCenter, request: &Value) -> Value {
    let (status, answer) = shop.server().post_as_agent(SUGGESTIONS, &request.to_string());
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer
}

#[test]
fn a_ticket_is_solved() {
    let mut answer = solved(&parcels(), &json!({ "body": TICKET, "ticket_id": "T-1" }));
    answer["took_ms"] = "…".into();
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("ticket.json", serde_json::to_string_pretty(&answer).expect("JSON"));
    });
}

#[test]
fn the_same_ticket_has_the_same_suggestions() {
    let shop = parcels();
    let ids = |body: &str| {
        let answer = solved(&shop, &json!({ "body": body }));
        answer["problems"][0]["suggestions"][0]["suggestion_id"].as_str().map(str::to_owned)
    };
    assert_eq!(ids(TICKET), ids(TICKET));
    assert_ne!(ids(TICKET), ids("my parcel is lost"));
}

#[test]
fn html_is_read() {
    let shop = parcels();
    for html in
        ["<b>my parcel is lost</b>", "<div><p>my parcel<br> is lost", "<table><tr><td>my parcel is lost"]
    {
        let answer = solved(&shop, &json!({ "html": html }));
        assert_eq!(answer["problems"][0]["suggestions"][0]["article"]["id"], "lost", "{html}: {answer}");
    }
}

#[test]
fn internal_passages_and_links_to_them_are_not_sent() {
    let mut shop = parcels();
    shop.save(
        "en/lost.md",
        "---\ntitle: My parcel is lost\n---\nWe search for lost parcels, see [compensation](internal/compensation.md) and [duty](duty.md).\n",
    );
    let answer = solved(&shop, &json!({ "body": "my parcel is lost" }));
    let suggestions = answer["problems"][0]["suggestions"].as_array().expect("a list");
    for one in suggestions {
        assert_eq!(one["internal"] == true, one["insert_markdown"].is_null(), "{one}");
        assert_eq!(one["internal"] == true, one["article"]["audience"] == "internal", "{one}");
    }
    let public = suggestions.iter().find(|one| one["article"]["id"] == "lost").expect("it is found");
    assert!(
        public["evidence_html"].as_str().expect("HTML").contains("/agent/en/articles/internal/compensation")
    );
    for form in ["insert_markdown", "insert_html", "insert_text"] {
        let text = public[form].as_str().expect("a text");
        assert!(text.contains("see compensation and") || text.contains("see compensation"), "{text}");
        assert!(!text.contains("internal"), "{text}");
    }
    assert!(
        public["insert_markdown"]
            .as_str()
            .expect("a text")
            .contains("[duty](http://localhost/en/articles/duty)"),
        "{public}"
    );
}

#[test]
fn without_a_key_there_is_nothing() {
    let server = parcels().server();
    let body = json!({ "body": "my parcel is lost" }).to_string();
    let wrong = format!("Bearer {AGENT_KEY}x");
    for headers in [
        &[][..],
        &[("authorization", "Bearer ")],
        &[("authorization", AGENT_KEY)],
        &[("authorization", &wrong)],
        &[("cookie", "zhida_agent=1")],
    ] {
        let (status, answer) = server.post_with(SUGGESTIONS, &body, headers);
        assert_eq!((status, &answer["code"]), (StatusCode::UNAUTHORIZED, &json!("agent_key_needed")));
    }
}

#[test]
fn bad_input_is_told() {
    let server = parcels().server();
    for (request, code) in [
        ("", "invalid_body"),
        ("[]", "invalid_body"),
        ("{\"bdy\": \"x\"}", "unknown_parameter"),
        ("{\"limit\": 0}", "invalid_parameter"),
        ("{\"limit\": 11}", "invalid_parameter"),
        ("{\"customer_locale\": \"!\"}", "invalid_body"),
    ] {
        let (status, answer) = server.post_as_agent(SUGGESTIONS, request);
        assert_eq!((status, &answer["code"]), (StatusCode::BAD_REQUEST, &json!(code)), "{request}");
    }
    let (status, answer) =
        server.post_as_agent(SUGGESTIONS, &json!({ "body": "x".repeat(5 << 20) }).to_string());
    assert_eq!((status, &answer["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("unreadable_body")));
}

#[test]
fn what_says_nothing_is_explained() {
    let shop = parcels();
    for body in ["", "Hello!\n\nThanks", "> my parcel is lost", "--\nAnna"] {
        let answer = solved(&shop, &json!({ "body": body }));
        assert_eq!((&answer["problems"], &answer["reason"]), (&json!([]), &json!("nothing_said")), "{body}");
    }
    let answer = solved(&shop, &json!({ "body": "ვერ ვპოულობ ჩემს ამანათს" }));
    assert_eq!(answer["problems"][0]["solved"], false, "{answer}");
    assert_eq!(answer["reply"], Value::Null);
}

/// Tickets of a megabyte, some made to take long.
#[test]
fn large_tickets_are_read() {
    let shop = parcels();
    for part in ["my parcel is lost. ", "\n", "> a\n\n", "<p>", "#1234 ", "a@", "1-", "，", "\n\n\n-- \n"] {
        let answer = solved(&shop, &json!({ "body": part.repeat((1 << 20) / part.len()) }));
        assert!(answer["problems"].is_array());
    }
}

/// Asks every route that customers have for what only agents may know.
#[test]
fn customers_get_nothing_internal_on_any_route() {
    let server = parcels().server();
    let internal = ["compensation for a lost", "10 dollars", "internal/compensation"];
    let (_, document) = server.get("/openapi.json");
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let paths: Vec<&String> = document["paths"].as_object().expect("paths").keys().collect();
    assert!(paths.len() > 8, "{paths:?}");
    let pages = [
        "/",
        "/en",
        "/en/search",
        "/en/articles/{*id}",
        "/en/categories/{*id}",
        "/sitemap.xml",
        "/robots.txt",
    ];
    let mut asked = 0;
    for path in paths.into_iter().map(String::as_str).chain(pages) {
        for query in [
            "compensation for a lost parcel",
            "Offer 10 dollars of credit",
            "compensaton",
            "internal/compensation",
        ] {
            let encoded = query.replace(' ', "+");
            let path =
                path.replace("{*id}", "internal/compensation").replace("{id}", "internal/compensation");
            let address = format!(
                "{path}?q={encoded}&id=internal/compensation&article=internal/compensation&locale=en"
            );
            for address in [address, format!("{path}?q={encoded}"), path.clone()] {
                let (status, headers, body) =
                    server.get_with(&address, &[("authorization", "Bearer a customer's")]);
                asked += 1;
                let said = body.to_lowercase().replace("&#x27;", "'");
                let echoed = said.replace(&query.to_lowercase(), "").replace(&encoded.to_lowercase(), "");
                for secret in internal {
                    assert!(!echoed.contains(secret), "{address} says {secret}: {body}");
                }
                if headers["zhida-index"] == "agent" {
                    assert!(!status.is_success(), "{address} answers {status}");
                }
            }
        }
    }
    assert!(asked > 100);
}

#[test]
fn every_response_says_its_index() {
    let server = parcels().server();
    let index = |path: &str| server.get_with(path, &[]).1["zhida-index"].to_str().expect("a name").to_owned();
    assert_eq!(index("/api/v1/search?q=parcel"), "customer");
    assert_eq!(index("/nothing/here"), "customer");
    assert_eq!(index("/en"), "customer");
    assert_eq!(index(SUGGESTIONS), "agent");
    let (_, answer) = server.post_as_agent(SUGGESTIONS, "{}");
    assert_eq!(answer["index"], "agent");
}

fn first(answer: &Value) -> &Value {
    &answer["problems"][0]["suggestions"][0]
}

#[test]
fn what_agents_do_counts_a_little() {
    let server = parcels().server();
    let ask = || server.post_as_agent(SUGGESTIONS, &json!({ "body": "my parcel is lost" }).to_string()).1;
    let before = ask();
    let one = first(&before);
    assert_eq!(one["experience"], json!({ "helped": 0, "rejected": 0, "factor": 1.0 }));
    let report = |event: &str| {
        let body = json!({ "suggestion_id": one["suggestion_id"], "event": event });
        server.post_as_agent("/api/v1/agent/events", &body.to_string())
    };
    for event in ["opened", "inserted", "solved", "solved", "inserted"] {
        let (status, answer) = report(event);
        assert_eq!((status, &answer["index"]), (StatusCode::OK, &json!("agent")), "{answer}");
    }
    let after = ask();
    let experience = &first(&after)["experience"];
    assert_eq!(
        (&experience["helped"], &experience["rejected"]),
        (&json!(1), &json!(0)),
        "one ticket counts once"
    );
    let score = |answer: &Value| first(answer)["score"].as_f64().expect("a number");
    let gain = score(&after) / score(&before);
    assert!(gain > 1.0 && gain < 1.1, "{gain}");
    report("rejected");
    let factor = first(&ask())["experience"]["factor"].as_f64().expect("a number");
    assert!(factor < 1.0 && factor > 0.9, "the last word counts: {factor}");
}

#[test]
fn only_what_was_shown_can_be_reported() {
    let server = parcels().server();
    let report = |body: &str| server.post_as_agent("/api/v1/agent/events", body);
    let (status, answer) = report("{\"suggestion_id\": \"made up\", \"event\": \"solved\"}");
    assert_eq!((status, &answer["code"]), (StatusCode::NOT_FOUND, &json!("suggestion_not_found")));
    let (status, answer) = report("{\"suggestion_id\": \"made up\", \"event\": \"liked\"}");
    assert_eq!((status, &answer["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_body")));
    let (status, _) = server.post("/api/v1/agent/events", "{}");
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[test]
fn the_document_describes_each_body_by_its_own_fields() {
    let (_, document) = parcels().server().get("/openapi.json");
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let fields = |path: &str| {
        let schema = &document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"];
        let name = schema["$ref"].as_str().expect("a name").rsplit('/').next().expect("a name");
        document["components"]["schemas"][name]["properties"].clone()
    };
    for (path, field) in [
        (SUGGESTIONS, "customer_locale"),
        ("/api/v1/agent/events", "suggestion_id"),
        ("/api/v1/search", "per_page"),
        ("/api/v1/answers", "market"),
        ("/api/v1/events", "events"),
    ] {
        assert!(fields(path)[field].is_object(), "{path} has no {field}: {}", fields(path));
    }
    assert!(document["components"]["securitySchemes"]["agent_key"].is_object());
}

#[test]
fn a_ticket_is_known_by_its_number() {
    let shop = parcels();
    let id = |request: Value| first(&solved(&shop, &request))["suggestion_id"].clone();
    let one = id(json!({ "body": "my parcel is lost", "ticket_id": "T-1" }));
    assert_eq!(one, id(json!({ "body": "my parcel is lost!!", "ticket_id": "T-1" })));
    assert_ne!(one, id(json!({ "body": "my parcel is lost", "ticket_id": "T-2" })));
    assert_eq!(
        id(json!({ "body": "a\nmy parcel is lost" })),
        id(json!({ "body": "a\r\nmy parcel is lost" }))
    );
}

#[test]
fn problems_beyond_the_first_six_are_told() {
    let files: Vec<(String, String)> =
        ["parcel", "refund", "coupon", "invoice", "password", "warranty", "voltage", "address"]
            .map(|topic| {
                (format!("en/{topic}.md"), format!("---\ntitle: The {topic}\n---\nAll about the {topic}.\n"))
            })
            .into();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let shop = HelpCenter::new(&files);
    let topics = ["parcel", "refund", "coupon", "invoice", "password", "warranty", "voltage", "address"];
    let body: Vec<String> = topics.map(|topic| format!("What about the {topic}?")).into();
    let answer = solved(&shop, &json!({ "body": body.join("\n\n") }));
    assert_eq!(answer["problems"].as_array().expect("a list").len(), 6, "{answer}");
    assert_eq!(answer["left_out"], 2);
}

#[test]
fn what_a_route_does_not_take_is_refused() {
    let server = parcels().server();
    let key = format!("Bearer {AGENT_KEY}");
    for path in ["/agent/insights", "/api/v1/articles/lost", "/en", "/api/v1/agent/suggestions"] {
        let status = server.send_as("PATCH", path, &[("authorization", &key)]).0;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    let (_, _, figures) = server.get_with("/metrics", &[("authorization", &key)]);
    assert!(figures.contains("method=\"other\"") && !figures.contains("PATCH"), "{figures}");
}

#[test]
fn programs_that_watch_the_server_read_its_figures() {
    let server = parcels().server();
    server.get("/en/search?q=lost+parcel");
    server.get("/api/v1/answers?q=zzzz&channel=chat");
    server.get("/en/articles/lost");
    let key = format!("Bearer {AGENT_KEY}");
    assert_eq!(server.get("/metrics").0, StatusCode::UNAUTHORIZED);
    let (status, headers, figures) = server.get_with("/metrics", &[("authorization", &key)]);
    assert_eq!(status, StatusCode::OK);
    assert!(headers["content-type"].to_str().expect("a type").starts_with("application/openmetrics-text"));
    for line in [
        "zhida_searches_total{channel=\"chat\",outcome=\"unknown\"} 1",
        "zhida_searches_nothing_found_total 1",
        "zhida_articles 3",
        "zhida_events_failing 0",
        "zhida_http_request_duration_seconds_count{method=\"GET\",route=\"/{locale}/articles/{*id}\",status=\"200\"} 1",
    ] {
        assert!(figures.lines().any(|said| said == line), "{line} is not in\n{figures}");
    }
    assert!(!figures.contains("zzzz") && !figures.contains("/en/"), "nothing of visitors");
}
