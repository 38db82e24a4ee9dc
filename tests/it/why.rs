//! Why: 1. an article that is found, with what each term gave it; 2. one that is not,
//! with the reason and what would help; 3. nothing of articles that a customer cannot
//! see.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::HelpCenter;

fn shop() -> HelpCenter {
    HelpCenter::new(&[
        ("zh-Hans/return.md", "---\ntitle: 退货流程\n---\n在订单里点击退货。"),
        ("en/refund.md", "---\ntitle: Refunds\n---\nYou get the refund within five days."),
        ("en/secret.md", "---\ntitle: Refund limits\naudience: internal\n---\nRefund up to 500."),
        ("en/future.md", "---\ntitle: Refund festival\neffective: 2100-01-01\n---\nRefund twice."),
        ("synonyms.txt", "money back => refund\n"),
    ])
}

fn why(shop: &HelpCenter, query: &str, id: &str, visitor: &str) -> Value {
    let parameters = [("q", query), ("id", id), ("locale", visitor)];
    shop.json(&format!("/api/v1/why?{}", serde_urlencoded::to_string(parameters).expect("texts")))
}

/// Outcome, rank and tier, then the terms that gave something, then the fixes.
fn told(shop: &HelpCenter, query: &str, id: &str, visitor: &str) -> String {
    let why = why(shop, query, id, visitor);
    let place = &why["place"];
    let mut lines =
        vec![format!("{} {} {} {}", why["outcome"], place["rank"], place["match_tier"], place["corrected"])];
    let terms = why["terms"].as_array().expect("terms");
    let gave = terms.iter().filter(|term| term["score"].as_f64() > Some(0.0));
    lines.extend(gave.map(|term| format!("{} {} {}", term["field"], term["origin"], term["term"])));
    let fixes = why["fixes"].as_array().expect("fixes");
    lines.extend(fixes.iter().map(|fix| format!("fix: {} {}", fix["kind"], fix["text"])));
    lines.join("\n").replace('"', "")
}

#[test]
fn a_found_article_says_what_found_it() {
    let shop = shop();
    assert_snapshot!(told(&shop, "退貨流程", "return", "zh-TW"), @r#"
    found 1 exact null
    words typed 退货
    words typed 流程
    grams typed 退货
    grams typed 货流
    grams typed 流程
    chars typed 退
    chars typed 货
    chars typed 流
    chars typed 程
    title typed 退货
    title typed 流程
    "#);
    assert_snapshot!(told(&shop, "money back", "refund", "en"), @r#"
    found 1 some_words null
    words synonym refund
    grams synonym refu
    grams synonym efun
    grams synonym fund
    title synonym refund
    "#);
    assert_snapshot!(told(&shop, "tuihuo", "return", "zh-Hans"), @r#"
    found 1 pinyin 退货
    fix: add_synonym tuihuo => 退货
    fix: add_question tuihuo
    "#);
    let answer = why(&shop, "请问ＲＥＦＵＮＤ", "refund", "en");
    assert_eq!(answer["normalized"], "refund");
}

#[test]
fn scores_of_terms_add_up() {
    let shop = shop();
    let answer = why(&shop, "refund within days", "refund", "en");
    let terms = answer["terms"].as_array().expect("terms");
    let sum: f64 = terms.iter().map(|term| term["score"].as_f64().expect("a score")).sum();
    let score = answer["place"]["score"].as_f64().expect("a score");
    assert!((sum - score).abs() < 1e-3, "{sum} {score}");
}

#[test]
fn an_absent_article_says_why() {
    let shop = shop();
    assert_snapshot!(told(&shop, "发票", "return", "zh-Hans"), @r#"
    nothing_in_common null null null
    fix: add_question 发票
    fix: add_synonym 发票 => 退货流程
    "#);
    assert_snapshot!(told(&shop, "refund \"six days\"", "refund", "en"), @r#"
    found 1 relaxed null
    words typed refund
    words typed day
    grams typed refu
    grams typed efun
    grams typed fund
    grams typed days
    title typed refund
    "#);
    assert_snapshot!(told(&shop, "refund -days", "refund", "en"), @r#"
    has_excluded null null null
    words typed refund
    grams typed refu
    grams typed efun
    grams typed fund
    title typed refund
    fix: ask_for_less null
    "#);
}

#[test]
fn nothing_is_told_of_what_customers_cannot_see() {
    let shop = shop();
    let unknown = why(&shop, "refund", "no-such-article", "en");
    assert_eq!(unknown["code"], "article_not_found");
    for id in ["secret", "future"] {
        assert_eq!(why(&shop, "refund", id, "en"), unknown);
    }
}
