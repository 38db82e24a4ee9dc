//! The agents' console: 1. it opens to those with a key, in a browser that stays signed in for
//! a while; 2. a ticket and its solutions, internal ones marked; 3. other sites cannot act for an
//! agent; 4. a missing article becomes a draft; 5. whatever a ticket holds stays text.

use axum::http::StatusCode;

use crate::support::{AGENT_KEY, HelpCenter, Server, parcels};

const TICKET: &str = "subject=Re%3A+help&body=my+lost+parcel+%23SB-778812+never+arrived.%0A%0AAlso%2C+who+pays+the+import+duty%3F";

/// An agent's browser.
struct Browser {
    server: Server,
    cookie: String,
}

impl Browser {
    fn of(shop: &HelpCenter) -> Self {
        let server = shop.server();
        let cookie = server.signed_in();
        Self { server, cookie }
    }

    fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, body) = self.server.get_with(path, &[("cookie", &self.cookie)]);
        (status, body)
    }

    fn post(&self, path: &str, sent: &str) -> (StatusCode, String) {
        self.post_from("same-origin", path, sent)
    }

    fn post_from(&self, site: &str, path: &str, sent: &str) -> (StatusCode, String) {
        let headers = [("cookie", self.cookie.as_str()), ("sec-fetch-site", site)];
        let (status, _, body) = self.server.post_form(path, sent, &headers);
        (status, body)
    }
}

fn value_of(html: &str, start: &str) -> String {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start} in {html}")) + start.len();
    html[from..].split('"').next().expect("it ends").to_owned()
}

#[test]
fn a_key_opens_it() {
    let server = parcels().server();
    let (status, headers, page) = server.get_with("/agent", &[]);
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(page.contains("name=\"key\"") && !page.contains("name=\"body\""), "{page}");
    let policy = headers["content-security-policy"].to_str().expect("a text");
    assert!(policy.contains("frame-ancestors 'self' https://tickets.example.com"), "{policy}");
    assert_eq!(headers["cache-control"], "no-store");

    let (status, headers, page) = server.post_form("/agent", "key=wrong", &[]);
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(page.contains("unknown or has expired") && !headers.contains_key("set-cookie"));

    let cookie = |headers: &[(&str, &str)]| {
        let (status, headers, _) = server.post_form("/agent", &format!("key=+{AGENT_KEY}+"), headers);
        assert_eq!(
            (status, &headers["location"]),
            (StatusCode::SEE_OTHER, &"/agent".parse().expect("a path"))
        );
        headers["set-cookie"].to_str().expect("a text").to_owned()
    };
    let plain = cookie(&[]);
    assert!(plain.contains("; HttpOnly; SameSite=Strict; Path=/agent; Max-Age=3600"), "{plain}");
    let secure = cookie(&[("x-forwarded-proto", "https")]);
    assert!(
        secure.contains("; HttpOnly; SameSite=None; Partitioned; Secure; Path=/agent; Max-Age=3600"),
        "{secure}"
    );
}

#[test]
fn only_cookies_that_the_server_gave_out_let_in() {
    let server = parcels().server();
    let cookie = server.signed_in();
    let status = |cookie: &str| server.get_with("/agent", &[("cookie", cookie)]).0;
    assert_eq!(status(&cookie), StatusCode::OK);
    let (name, value) = cookie.split_once('=').expect("a cookie");
    let later = value.replacen(|c: char| c.is_ascii_digit(), "9", 60);
    for forged in
        [format!("{name}=9999999999.0000000000000000"), format!("{name}={later}"), format!("{name}={value}x")]
    {
        assert_eq!(status(&forged), StatusCode::UNAUTHORIZED, "{forged}");
    }
    assert_eq!(parcels().server().get_with("/agent", &[("cookie", &cookie)]).0, StatusCode::UNAUTHORIZED);
}

#[test]
fn every_page_of_it_asks_for_a_key() {
    let server = parcels().server();
    for path in ["/agent", "/agent/search?q=lost", "/agent/en/articles/internal/compensation"] {
        let (status, headers, page) =
            server.get_with(path, &[("authorization", &format!("Bearer {AGENT_KEY}x"))]);
        assert_eq!(
            (status, &headers["zhida-index"]),
            (StatusCode::UNAUTHORIZED, &"agent".parse().expect("a name")),
            "{path}"
        );
        assert!(!page.contains("10 dollars"), "{page}");
    }
    for (path, sent) in
        [("/agent", TICKET), ("/agent/draft", "title=x&action=save"), ("/agent/marks", "mark=solved+1")]
    {
        assert_eq!(server.post_form(path, sent, &[]).0, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[test]
fn who_signs_in_with_a_ticket_sees_it_solved() {
    let server = parcels().server();
    let (_, _, page) = server.post_form("/agent", TICKET, &[]);
    assert!(page.contains("<input type=\"hidden\" name=\"subject\" value=\"Re: help\">"), "{page}");
    let (status, headers, page) = server.post_form("/agent", &format!("{TICKET}&key={AGENT_KEY}"), &[]);
    assert_eq!(status, StatusCode::OK);
    assert!(headers.contains_key("set-cookie") && page.contains("My parcel is lost"), "{page}");
    assert!(!page.contains(AGENT_KEY));
}

#[test]
fn a_ticket_and_its_solutions_stand_side_by_side() {
    let browser = Browser::of(&parcels());
    let (status, page) = browser.post("/agent", TICKET);
    assert_eq!(status, StatusCode::OK);
    let body = page.split("<main").nth(1).expect("a main part").split("</main>").next().expect("it ends");
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("console.html", body);
    });
}

#[test]
fn marks_are_kept_and_shown() {
    let browser = Browser::of(&parcels());
    let (_, page) = browser.post("/agent", TICKET);
    let id = value_of(&page, "name=\"mark\" value=\"solved ");
    let (status, page) = browser.post("/agent", &format!("{TICKET}&mark=solved+{id}"));
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("value=\"solved {id}\" aria-pressed=\"true\"")), "{page}");
    let (_, page) = browser.get("/agent");
    assert!(page.contains("Solved a ticket lately") && page.contains("solved 1 ticket"), "{page}");
    assert_eq!(browser.post("/agent/marks", &format!("mark=rejected+{id}")).0, StatusCode::NO_CONTENT);
    for wrong in ["solved", "liked+1", "solved+1"] {
        assert_eq!(
            browser.post("/agent/marks", &format!("mark={wrong}")).0,
            StatusCode::NOT_FOUND,
            "{wrong}"
        );
    }
}

#[test]
fn other_sites_may_send_tickets_and_nothing_else() {
    let browser = Browser::of(&parcels());
    let (status, page) = browser.post_from("cross-site", "/agent", TICKET);
    assert_eq!(status, StatusCode::OK);
    let id = value_of(&page, "name=\"mark\" value=\"solved ");
    for (path, sent) in [
        ("/agent", format!("{TICKET}&mark=solved+{id}")),
        ("/agent/marks", format!("mark=solved+{id}")),
        ("/agent/draft", "title=x&action=save".to_owned()),
        ("/agent/sign-out", String::new()),
    ] {
        assert_eq!(browser.post_from("cross-site", path, &sent).0, StatusCode::FORBIDDEN, "{path}");
        let headers = [
            ("cookie", browser.cookie.as_str()),
            ("origin", "https://evil.example"),
            ("host", "help.example"),
        ];
        assert_eq!(browser.server.post_form(path, &sent, &headers).0, StatusCode::FORBIDDEN, "{path}");
        let headers = [("cookie", browser.cookie.as_str()), ("origin", "null"), ("host", "help.example")];
        assert_eq!(browser.server.post_form(path, &sent, &headers).0, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(browser.get("/agent").1.contains("Paste a ticket"));
    // Browsers do not say more where the connection is not encrypted.
    let headers =
        [("cookie", browser.cookie.as_str()), ("origin", "http://help.example"), ("host", "help.example")];
    assert_eq!(
        browser.server.post_form("/agent/marks", &format!("mark=solved+{id}"), &headers).0,
        StatusCode::NO_CONTENT
    );
}

#[test]
fn internal_articles_are_read_and_marked() {
    let browser = Browser::of(&parcels());
    let (status, page) = browser.get("/agent/en/articles/internal/compensation");
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("10 dollars") && page.contains("not to send") && !page.contains("As customers see it")
    );
    let (_, page) = browser.get("/agent/en/articles/lost");
    assert!(page.contains("href=\"/en/articles/lost\"") && page.contains("parcel never arrived"), "{page}");
    for path in ["/agent/en/articles/nothing", "/agent/-/articles/lost"] {
        assert_eq!(browser.get(path).0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn everything_can_be_searched() {
    let browser = Browser::of(&parcels());
    let (status, page) = browser.get("/agent/search?q=compensation");
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Compensation for a lost parcel") && page.contains("Internal"), "{page}");
    let (_, page) = browser.get("/agent/search?q=parcel&category=internal&product=&market=&locale=");
    assert!(!page.contains("My parcel is lost") && page.contains("Compensation for a lost parcel"), "{page}");
    assert_eq!(browser.get("/agent/search?colour=red").0, StatusCode::BAD_REQUEST);
    let (_, page) = browser.get("/agent/search?q=qqqxyz");
    assert!(page.contains("Nothing found") && page.contains("An article is missing"), "{page}");
}

#[test]
fn a_missing_article_becomes_a_draft() {
    let shop = parcels();
    let browser = Browser::of(&shop);
    let (_, page) =
        browser.post("/agent/draft", "problem=My+number+is+13812345678%2C+%3Cb%3Ewhere&locale=en");
    assert!(page.contains("My number is [phone], &lt;b&gt;where"), "{page}");
    let draft = "title=Where+is+it%3F&locale=en&category=shipping&internal=yes&questions=a%0D%0A%0D%0Ab&body=x%0D%0Ay";
    let (status, file) = browser.post("/agent/draft", &format!("{draft}&action=download"));
    assert_eq!(status, StatusCode::OK);
    insta::assert_snapshot!(file, @r#"
    ---
    title: Where is it?
    locale: en
    category: shipping
    audience: internal
    status: draft
    questions:
    - a
    - b
    ---

    x
    y
    "#);
    let (status, page) = browser.post("/agent/draft", &format!("{draft}&action=save"));
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("drafts/en/shipping/where-is-it.md"), "{page}");
    let saved =
        std::fs::read_to_string(shop.data().join("drafts/en/shipping/where-is-it.md")).expect("it is there");
    assert_eq!(saved, file);
    let (status, page) = browser.post("/agent/draft", "title=x&locale=..%2F..&body=kept&action=save");
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("Write the language as a tag") && page.contains("kept"), "{page}");
    let (status, page) = browser.post("/agent/draft", "title=+&action=save");
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("Give the article a title"), "{page}");
}

#[test]
fn whatever_a_ticket_holds_stays_text() {
    let browser = Browser::of(&parcels());
    let script =
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%3E%3C%2Ftextarea%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E";
    let sent = format!(
        "subject=my+parcel+is+lost+{script}&body={script}+parcel&ticket_id={script}&customer_locale={script}&market={script}"
    );
    for page in [
        browser.post("/agent", &sent).1,
        browser
            .post("/agent/draft", &format!("problem={script}&title={script}&locale={script}&body={script}"))
            .1,
        browser.get(&format!("/agent/search?q={script}")).1,
        browser.server.post_form("/agent", &sent, &[]).2,
    ] {
        assert!(
            page.contains("&lt;") && !page.contains("<script>alert") && !page.contains("<img src=x"),
            "{page}"
        );
    }
}

#[test]
fn signing_out_ends_it() {
    let browser = Browser::of(&parcels());
    let headers = [("cookie", browser.cookie.as_str()), ("sec-fetch-site", "same-origin")];
    let (status, headers, _) = browser.server.post_form("/agent/sign-out", "", &headers);
    assert_eq!(status, StatusCode::SEE_OTHER);
    let cookie = headers["set-cookie"].to_str().expect("a text");
    assert!(cookie.starts_with("zhida_agent=;") && cookie.contains("Max-Age=0"), "{cookie}");
}

#[test]
fn bad_input_is_told() {
    let browser = Browser::of(&parcels());
    let (status, page) = browser.post("/agent", &format!("body={}", "x".repeat(5 << 20)));
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("too large"), "{page}");
    let (status, page) = browser.post("/agent", "body=+&subject=Hello");
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Nothing is left to search for"), "{page}");
}
