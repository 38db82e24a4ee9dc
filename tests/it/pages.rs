//! The help center's pages: 1. each looks as it should; 2. visitors get their
//! language, or a note that they do not; 3. former addresses lead to the
//! article; 4. what is wrong is said on a page of its own; 5. nothing internal
//! is on any page; 6. browsers are told what a page may do.

use axum::http::{HeaderMap, StatusCode};
use tower::ServiceExt;

use crate::support::{HelpCenter, agents_of, app, router};

const RETURNS: &str = "---
title: How to return an item
summary: Ask for a label, pack the item, send it within 14 days.
updated: 2026-10-15
order: 2
related: [returns/policy, internal/fraud, returns/gone, returns/how]
aliases: [/help/old-returns/, \"hilfe/rücksendung\"]
actions: [{ label: Start a return, url: /returns/new }]
---
You have **30 days**. See the [policy](policy.md).

## Which address?

The label has it.

## What happens then?

| Step | Days |
|---|---|
| Inspection | 3 |

## Free < 5 kg?

Yes & always.
";

fn shop() -> HelpCenter {
    HelpCenter::new(&[
        ("en/returns/_index.md", "---\ntitle: Returns\nsummary: Sending things back.\norder: 2\n---\n"),
        ("en/returns/how.md", RETURNS),
        (
            "en/returns/policy.md",
            "---\ntitle: Return policy\norder: 1\n---\n# Return policy\n\nThirty days.\n\n# Who pays?\n\nWe do.",
        ),
        (
            "en/returns/exchange.md",
            "---\ntitle: Exchange\nsummary: Another size, once.\norder: 3\n---\nAsk for another size.",
        ),
        ("en/account/_index.md", "---\ntitle: Account\norder: 1\n---\n"),
        (
            "en/account/password.md",
            "---\ntitle: Reset your password\naliases: [/password-reset.html]\n---\nChoose Forgot password.",
        ),
        ("en/hours.md", "---\ntitle: Opening hours\n---\nNine to six."),
        ("zh-Hans/returns/_index.md", "---\ntitle: 退货换货\nsummary: 退换规则\n---\n"),
        (
            "zh-Hans/returns/how.md",
            "---\ntitle: 怎么申请退货\nupdated: 2026-11-08\n---\n签收后 30 天内可以退货。",
        ),
        ("ar/returns/_index.md", "---\ntitle: الإرجاع\n---\n"),
        ("ar/returns/how.md", "---\ntitle: كيف أُرجع منتجًا؟\nupdated: 2026-11-05\n---\nلديك 30 يومًا."),
        ("en/internal/_index.md", "---\ntitle: Secret desk\naudience: internal\n---\n"),
        (
            "en/internal/fraud.md",
            "---\ntitle: Secret signs of fraud\naliases: [/old-fraud]\n---\nSecret return patterns.",
        ),
        ("de/returns/how.md", "---\ntitle: Secret draft\nstatus: draft\n---\nSecret."),
    ])
}

/// Asks for a page as `help.example.com`.
fn ask(shop: &HelpCenter, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let mut all = vec![("host", "help.example.com")];
    all.extend(headers);
    shop.get_with(path, &all)
}

/// Returns the HTML of a page that exists, without what changes with the files that it loads.
fn page(shop: &HelpCenter, path: &str) -> String {
    let (status, headers, html) = ask(shop, path, &[]);
    assert_eq!(
        (status, &headers["content-type"]),
        (StatusCode::OK, &"text/html; charset=utf-8".parse().expect("a type"))
    );
    let mut parts = html.split("?v=");
    let first = parts.next().expect("there is a first part").to_owned();
    parts.fold(first, |page, part| page + "?v=…" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

/// Returns where a redirect leads, with its status.
fn leads(shop: &HelpCenter, path: &str, language: &str) -> String {
    let (status, headers, _) = ask(shop, path, &[("accept-language", language)]);
    let location = headers.get("location").map_or("nowhere", |location| location.to_str().expect("ASCII"));
    format!("{} {location}", status.as_u16())
}

/// Returns the part of a page from `start` to the next `end`.
fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    let upto = html[from..].find(end).unwrap_or_else(|| panic!("no {end} after {start} in {html}"));
    &html[from..from + upto]
}

fn assert_page(name: &str, html: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, html));
}

#[test]
fn pages_look_as_they_should() {
    let shop = shop();
    assert_page("home.html", &page(&shop, "/en"));
    assert_page("category.html", &page(&shop, "/en/categories/returns"));
    assert_page("article.html", &page(&shop, "/en/articles/returns/how"));
    assert_page("article-ar.html", &page(&shop, "/ar/articles/returns/how"));
    assert_page("search.html", &page(&shop, "/en/search?q=return"));
    assert_page("search-nothing.html", &page(&shop, "/zh-Hans/search?q=qqqq"));
    assert_page("search-answer.html", &page(&shop, "/en/search?q=How+to+return+an+item"));
}

#[test]
fn the_answer_stands_above_the_results() {
    let shop = HelpCenter::new(&[
        (
            "en/refund.md",
            "---\ntitle: When do I get my refund?\nupdated: 2026-10-15\nreview_by: 2020-02-01\n---\nWithin **3 days**, see [steps](#steps).\n\n## Steps\n\nWait.\n",
        ),
        ("en/duty-us.md", "---\ntitle: Do I pay duty?\nmarkets: [US]\n---\nFrom 800 dollars.\n"),
        ("en/duty-de.md", "---\ntitle: Do I pay duty?\nmarkets: [DE]\n---\nFrom 150 euros.\n"),
        ("en/pay.md", "---\ntitle: How can I pay?\nnot_questions: [can i pay with bitcoin]\n---\nBy card.\n"),
    ]);
    let answered = page(&shop, "/en/search?q=When+do+I+get+my+refund%3F");
    let answer = part(&answered, "<section class=\"answer\"", "</section>");
    assert!(answer.contains("<p>Within <strong>3 days</strong>"), "{answer}");
    assert!(answer.contains("<a href=\"/en/articles/refund#steps\">steps</a>"), "{answer}");
    assert!(answer.contains("it was due for a check on February 1, 2020."), "{answer}");
    assert!(answer.contains("Was this it?"), "{answer}");
    assert!(answered.find("<section class=\"answer\"") < answered.find("<ol class=\"results\""));

    let section = |path: &str| part(&page(&shop, path), "<section class=\"answer\"", "</section>").to_owned();
    let rejected = section("/en/search?q=When+do+I+get+my+refund%3F&answer=no");
    assert!(rejected.contains("Sorry that this wasn’t it") && !rejected.contains("3 days"), "{rejected}");
    let accepted = section("/en/search?q=When+do+I+get+my+refund%3F&answer=yes");
    assert!(accepted.contains("Thank you, good to know."), "{accepted}");
    let market = section("/en/search?q=Do+I+pay+duty%3F");
    assert!(market.contains("<a href=\"/en/search?q=Do+I+pay+duty%3F&amp;market=DE\">DE</a>"), "{market}");
    let chosen = section("/en/search?q=Do+I+pay+duty%3F&market=DE");
    assert!(chosen.contains("From 150 euros."), "{chosen}");
    let denied = section("/en/search?q=can+i+pay+with+bitcoin");
    assert!(denied.contains("We have no answer to this yet"), "{denied}");
    for none in ["/en/search", "/en/search?q=When+do+I+get+my+refund%3F&page=2"] {
        assert!(!page(&shop, none).contains("class=\"answer\""), "{none}");
    }
    let (status, _, html) = ask(&shop, "/en/search?q=x&answer=maybe", &[]);
    assert_eq!(status, StatusCode::BAD_REQUEST, "{html}");
}

#[test]
fn an_answer_in_another_language_is_labelled() {
    let shop = HelpCenter::new(&[
        ("en/hours.md", "---\ntitle: When are you open?\n---\nNine to six.\n"),
        ("de/size.md", "---\ntitle: Welche Größe?\n---\nMessen Sie den Fuß.\n"),
    ]);
    let html = page(&shop, "/de/search?q=When+are+you+open%3F");
    let answer = part(&html, "<section class=\"answer\"", "</section>");
    assert!(answer.contains("<span class=\"label\">Bisher nur auf Englisch</span>"), "{answer}");
    assert!(answer.contains("cite=\"/de/articles/hours\" lang=\"en\""), "{answer}");
}

#[test]
fn a_page_has_one_heading_of_the_first_level() {
    let shop = shop();
    for path in
        ["/en", "/en/categories/returns", "/en/articles/returns/policy", "/en/search", "/en/search?q=zzz"]
    {
        assert_eq!(page(&shop, path).matches("<h1").count(), 1, "{path}");
    }
    let policy = page(&shop, "/en/articles/returns/policy");
    assert!(policy.contains("<h2 id=\"who-pays\">Who pays?</h2>"), "{policy}");
}

#[test]
fn visitors_start_in_their_language() {
    let shop = shop();
    assert_eq!(leads(&shop, "/", "zh-TW,zh;q=0.8"), "302 /zh-Hans");
    assert_eq!(leads(&shop, "/", "tr"), "302 /en");
    let (_, headers, _) = ask(&shop, "/", &[]);
    assert_eq!(headers["vary"], "accept-language");
}

#[test]
fn a_locale_without_articles_leads_to_the_nearest() {
    let shop = shop();
    assert_eq!(leads(&shop, "/zh-CN", ""), "302 /zh-Hans");
    assert_eq!(leads(&shop, "/zh-TW/articles/returns/how", ""), "302 /zh-Hans/articles/returns/how");
    assert_eq!(leads(&shop, "/de/search?q=a%26b&page=2", ""), "302 /en/search?q=a%26b&page=2");
    assert_eq!(leads(&shop, "/xx", ""), "404 nowhere");
    assert_eq!(leads(&shop, "/en/", ""), "301 /en");
    assert_eq!(leads(&shop, "/en/articles/returns/how/", ""), "200 nowhere");
}

#[test]
fn a_missing_translation_is_shown_in_another_language_with_a_note() {
    let html = page(&shop(), "/zh-Hans/articles/returns/policy");
    assert!(html.contains("<html lang=\"zh-Hans\" dir=\"ltr\">"));
    assert!(html.contains("本页暂时没有您所选语言的版本，以下为英文版。"));
    assert!(html.contains("<article lang=\"en\" dir=\"ltr\">"));
    assert!(
        html.contains("<link rel=\"canonical\" href=\"http://help.example.com/en/articles/returns/policy\">")
    );
    assert!(html.contains(
        "<a href=\"/ar/articles/returns/policy\" lang=\"ar\" dir=\"rtl\" hreflang=\"ar\">العربية</a>"
    ));
    let arabic = page(&shop(), "/ar/categories/account");
    assert!(arabic.contains("وهي معروضة هنا باللغة \u{2068}الإنجليزية\u{2069}"), "{arabic}");
}

#[test]
fn former_addresses_lead_to_the_article() {
    let shop = shop();
    assert_eq!(leads(&shop, "/help/old-returns", "en"), "301 /en/articles/returns/how");
    assert_eq!(leads(&shop, "/help/old-returns/", "zh-CN"), "301 /zh-Hans/articles/returns/how");
    assert_eq!(leads(&shop, "/ar/help/old-returns", "en"), "301 /ar/articles/returns/how");
    assert_eq!(leads(&shop, "/hilfe/r%C3%BCcksendung", "en"), "301 /en/articles/returns/how");
    assert_eq!(leads(&shop, "/password-reset.html", "zh-CN"), "301 /en/articles/account/password");
    assert_eq!(leads(&shop, "/old-fraud", "en"), "404 nowhere");
}

#[test]
fn no_address_leads_to_another_site() {
    let shop = shop();
    for path in ["//evil.example/", "/en//evil.example/", "/%2Fevil.example/", "/en/%5Cevil.example/"] {
        let place = leads(&shop, path, "en");
        assert!(place == "404 nowhere" || place.starts_with("301 /en/"), "{path} leads to {place}");
    }
}

#[test]
fn a_missing_page_offers_to_search_for_its_words() {
    let shop = shop();
    let (status, _, html) = ask(&shop, "/zh-Hans/articles/%E9%80%80%E8%B4%A7-label.html", &[]);
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(
        html.contains("value=\"退货 label\"")
            && html.contains("<title>页面不存在 · Seabridge帮助中心</title>"),
        "{html}"
    );
    assert!(html.contains("noindex") && html.contains("href=\"/zh-Hans/categories/returns\""));
}

#[test]
fn programs_get_problems_and_people_get_pages() {
    let shop = shop();
    for path in ["/api/v1/nothing", "/api/articles/x", "/api", "/swagger.json"] {
        let (status, headers, body) = ask(&shop, path, &[]);
        assert_eq!(
            (status, &headers["content-type"]),
            (StatusCode::NOT_FOUND, &"application/problem+json".parse().expect("a type"))
        );
        assert!(body.contains("\"code\":\"not_found\""));
    }
}

#[test]
fn results_are_marked_and_lead_to_the_passage() {
    let shop = shop();
    let html = page(&shop, "/en/search?q=address");
    let result = part(&html, "<ol class=\"results\">", "</ol>");
    assert!(result.contains("href=\"/en/articles/returns/how#which-address\""), "{result}");
    assert!(result.contains("<b>Which address?</b>"), "{result}");
    let html = page(&shop, "/ar/search?q=password");
    let result = part(&html, "<ol class=\"results\">", "</ol>");
    assert!(result.contains("<span class=\"label\">الإنجليزية</span>"), "{result}");
    assert!(result.contains("<div lang=\"en\" dir=\"ltr\">"), "{result}");
    assert!(
        result
            .contains("<h2><a href=\"/ar/articles/account/password\">Reset your <em>password</em></a></h2>"),
        "{result}"
    );
}

#[test]
fn what_may_have_been_meant_is_offered() {
    let shop = shop();
    let html = page(&shop, "/en/search?q=pasword");
    assert!(html.contains("<a href=\"/en/search?q=password\">Did you mean “password”?</a>"), "{html}");
    let similar = part(&html, "id=\"_similar\"", "</section>");
    assert!(similar.contains("/en/articles/account/password"), "{html}");
    let html = page(&shop, "/zh-Hans/search?q=tuihuo");
    assert!(html.contains("您要找的是不是“退货”？"), "{html}");
    assert!(part(&html, "id=\"_similar\"", "</section>").contains("申请<em>退货</em>"), "{html}");
}

#[test]
fn where_nothing_is_found_there_is_something_to_read() {
    let shop = shop();
    let popular = |path: &str| part(&page(&shop, path), "id=\"_popular\"", "</section>").to_owned();
    let articles = popular("/en/search?q=qqqq&category=returns");
    assert!(articles.contains("/en/articles/returns/policy") && !articles.contains("password"), "{articles}");
    let answer = shop.json("/api/v1/search?q=qqqq&locale=en&category=returns");
    assert_eq!((&answer["total"], answer["results"].as_array().map(Vec::len)), (&0.into(), Some(0)));
    assert_eq!(answer["popular"][0]["id"], "returns/policy");
}

#[test]
fn filters_keep_the_query_and_can_be_taken_away() {
    let shop = shop();
    let html = page(&shop, "/en/search?q=return+%26+password");
    assert!(
        html.contains("<a href=\"/en/search?q=return+%26+password&amp;category=account\">Account</a>"),
        "{html}"
    );
    let html = page(&shop, "/en/search?q=return&category=returns&tag=x");
    assert!(
        html.contains(
            "<a href=\"/en/search?q=return&amp;category=returns&amp;tag=x\" aria-current=\"true\">Returns</a>"
        ),
        "{html}"
    );
    assert!(
        html.contains("<a class=\"remove\" href=\"/en/search?q=return&amp;category=returns\">"),
        "{html}"
    );
    assert!(html.contains("href=\"/en/search?q=return\">Search in all topics and languages</a>"), "{html}");
}

#[test]
fn long_lists_have_pages() {
    let articles: Vec<(String, String)> =
        (10..35).map(|n| (format!("en/a{n}.md"), format!("---\ntitle: Parcel {n}\n---\nText."))).collect();
    let files: Vec<(&str, &str)> =
        articles.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let shop = HelpCenter::new(&files);
    let first = page(&shop, "/en/search?q=parcel");
    assert_eq!(first.matches("<h2><a href=").count(), 10);
    assert!(first.contains("25 results for “parcel”") && first.contains("Page 1 of 3"));
    let second = page(&shop, "/en/search?q=parcel&page=2");
    assert!(second.contains("rel=\"prev\" href=\"/en/search?q=parcel\""), "{second}");
    assert!(second.contains("rel=\"next\" href=\"/en/search?q=parcel&amp;page=3\""), "{second}");
    assert!(!page(&shop, "/en/search?page=3").contains("rel=\"next\""));
    assert!(page(&shop, "/en/search?page=900").contains("rel=\"prev\" href=\"/en/search?page=3\""));
}

#[test]
fn what_cannot_be_searched_is_said_on_a_page() {
    let shop = shop();
    let long = "a".repeat(2_001);
    for (path, said) in [
        (format!("/en/search?q={long}"), "That’s too long for a search"),
        ("/zh-Hans/search?colour=red".to_owned(), "无法这样搜索"),
        ("/en/search?page=0".to_owned(), "`page` goes from 1"),
        ("/en/search?page=x".to_owned(), "We can’t search this way"),
        ("/en/search?only_locale=xx".to_owned(), "unknown locale `xx`"),
    ] {
        let (status, headers, html) = ask(&shop, &path, &[]);
        assert_eq!(
            (status, &headers["content-type"]),
            (StatusCode::BAD_REQUEST, &"text/html; charset=utf-8".parse().expect("a type"))
        );
        assert!(html.contains(said), "{path}: {html}");
    }
}

#[test]
fn what_visitors_type_stays_text() {
    let shop = shop();
    for path in [
        "/en/search?q=%3Cscript%3E%22%27%26",
        "/en/search?category=%22%3E%3Cscript%3E",
        "/en/%3Cscript%3E%22",
    ] {
        let (_, _, html) = ask(&shop, path, &[("host", "a\"<script>")]);
        assert!(!html.contains("<script>"), "{path}: {html}");
    }
    assert!(page(&shop, "/en/search?q=%3Cb%3E%22").contains("value=\"&lt;b&gt;&quot;\""));
    assert!(page(&shop, "/en/articles/returns/how").contains("Free &lt; 5 kg?"));
}

#[test]
fn nothing_internal_is_on_any_page() {
    let shop = shop();
    for path in [
        "/en",
        "/de",
        "/en/categories/internal",
        "/en/categories/returns",
        "/en/articles/internal/fraud",
        "/en/articles/returns/how",
        "/de/articles/returns/how",
        "/en/search",
        "/en/search?q=secret",
        "/en/search?q=fraud",
        "/en/search?category=internal",
        "/sitemap.xml",
    ] {
        let (_, _, html) = ask(&shop, path, &[]);
        assert!(!html.contains("Secret"), "{path}: {html}");
        assert!(!html.contains("/internal"), "{path}: {html}");
    }
}

#[test]
fn browsers_are_told_what_a_page_may_do() {
    let shop = shop();
    let (_, headers, html) = ask(&shop, "/en", &[]);
    assert!(
        headers["content-security-policy"]
            .to_str()
            .expect("ASCII")
            .starts_with("default-src 'none'; style-src 'self';")
    );
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "strict-origin-when-cross-origin");
    assert!(!html.contains("style="));
    for script in html.split("<script").skip(1) {
        let is_file = script.starts_with(" type=\"module\" src=\"/assets/");
        assert!(is_file || script.starts_with(" type=\"application/ld+json\">"), "{script}");
    }

    let etag = headers["etag"].to_str().expect("ASCII");
    assert_eq!(ask(&shop, "/en", &[("if-none-match", etag)]).0, StatusCode::NOT_MODIFIED);

    let style = part(&html, "/assets/style.css?v=", "\"");
    let (status, headers, css) = ask(&shop, style, &[]);
    assert_eq!(
        (status, &headers["content-type"]),
        (StatusCode::OK, &"text/css; charset=utf-8".parse().expect("a type"))
    );
    assert!(
        headers["cache-control"].to_str().expect("ASCII").contains("immutable") && css.contains("--accent")
    );
    assert_eq!(ask(&shop, "/assets/style.css?v=old", &[]).1["cache-control"], "no-cache");
    assert_eq!(ask(&shop, "/favicon.svg", &[]).1["content-type"], "image/svg+xml");
}

#[test]
fn search_engines_are_told_what_there_is() {
    let shop = shop();
    let (_, headers, xml) = ask(&shop, "/sitemap.xml", &[("x-forwarded-proto", "https")]);
    assert_eq!(headers["content-type"], "application/xml; charset=utf-8");
    assert_page("sitemap.xml", &xml);
    assert_page("sitemap-en.xml", &ask(&shop, "/en/sitemap.xml", &[]).2);
    assert_page("feed.xml", &ask(&shop, "/en/feed.xml", &[]).2);
    assert_page("opensearch.xml", &ask(&shop, "/zh-Hans/opensearch.xml", &[]).2);
    assert_eq!(ask(&shop, "/en/sitemap.xml?part=2", &[]).0, StatusCode::NOT_FOUND);
    let (_, _, robots) = ask(&shop, "/robots.txt", &[]);
    assert!(robots.contains("Sitemap: http://help.example.com/sitemap.xml"), "{robots}");
}

#[test]
fn front_matter_stays_text() {
    let hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let article = format!(
        "---\ntitle: '{0}?'\nsummary: '{0}'\nquestions: ['{0}']\n---\n## {0}?\n\nText.\n",
        hostile.replace('\'', "''")
    );
    let shop = HelpCenter::new(&[
        ("en/returns/_index.md", &format!("---\ntitle: '{}'\n---\n", hostile.replace('\'', "''"))),
        ("en/returns/hostile.md", &article),
    ]);
    for path in [
        "/en",
        "/en/categories/returns",
        "/en/articles/returns/hostile",
        "/en/search?q=alert",
        "/en/instant?q=alert",
        "/en/feed.xml",
    ] {
        let (status, _, text) = ask(&shop, path, &[]);
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{path}: {text}");
    }
}

#[test]
fn a_help_center_that_is_starting_says_so() {
    let app = std::sync::Arc::new(app());
    let data = tempfile::tempdir().expect("a temporary folder");
    let agents = std::sync::Arc::new(agents_of(std::sync::Arc::clone(&app), data.path()));
    let router = router(app, agents);
    let request =
        axum::http::Request::get("/zh-CN/articles/x").body(axum::body::Body::empty()).expect("a request");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let response = runtime.block_on(router.oneshot(request)).expect("the router answers");
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "3");
    let body =
        runtime.block_on(axum::body::to_bytes(response.into_body(), 1 << 20)).expect("the body arrives");
    assert_page(
        "starting.html",
        String::from_utf8_lossy(&body).split("<link rel=\"icon\"").next().unwrap_or_default(),
    );
}
