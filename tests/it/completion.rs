//! Completion: 1. titles and questions by the start of a word, in any script; 2. by
//! pinyin; 3. own language first, then by use; 4. nothing hidden, in any way of typing.

use insta::assert_snapshot;

use crate::support::HelpCenter;

fn shop() -> HelpCenter {
    HelpCenter::new(&[
        (
            "zh-Hans/returns/how.md",
            "---\ntitle: 怎么申请退货\nquestions: [退货流程, 寄回去要多久]\n---\n在订单里点击退货。\n\n## 退货运费谁出？\n\n我们出。",
        ),
        ("zh-Hans/payment/visa.md", "---\ntitle: Visa 信用卡刷不了\n---\n换一张卡。"),
        ("zh-Hant/returns/how.md", "---\ntitle: 怎麼申請退貨\n---\n在訂單裡點擊退貨。"),
        (
            "en/returns/how.md",
            "---\ntitle: How to return an item\nquestions: [send it back]\n---\nPrint the label.",
        ),
        ("en/returns/policy.md", "---\ntitle: Return policy\n---\n30 days."),
        ("es/returns/policy.md", "---\ntitle: Política de devolución\n---\n30 días."),
    ])
}

/// One line a suggestion: the text, what was typed in brackets, and the address.
fn typed(help_center: &HelpCenter, text: &str, visitor: &str) -> String {
    let query = serde_urlencoded::to_string([("q", text), ("locale", visitor)]).expect("two texts");
    let answer = help_center.json(&format!("/api/v1/completions?{query}"));
    let line = |completion: &serde_json::Value| {
        let text = completion["text_highlighted"].as_str().expect("a text");
        let url = completion["url"].as_str().expect("an address");
        format!("{} {url}", text.replace("<em>", "[").replace("</em>", "]"))
    };
    let completions = answer["completions"].as_array().expect("a list");
    completions.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn words_and_characters_complete_by_how_they_start() {
    let shop = shop();
    assert_snapshot!(typed(&shop, "退", "zh-Hans"), @"[退]货流程 /zh-Hans/articles/returns/how");
    assert_snapshot!(typed(&shop, "運費", "zh-TW"), @"退货[运费]谁出？ /zh-Hans/articles/returns/how#退货运费谁出");
    assert_snapshot!(typed(&shop, "how to ret", "en"), @"[How to ret]urn an item /en/articles/returns/how");
    assert_snapshot!(typed(&shop, "RETU", "en"), @r#"
    [Retu]rn policy /en/articles/returns/policy
    How to [retu]rn an item /en/articles/returns/how
    "#);
    assert_snapshot!(typed(&shop, "devolu", "es"), @"Política de [devolu]ción /es/articles/returns/policy");
    assert_snapshot!(typed(&shop, "ＶＩＳＡ信", "zh-Hans"), @"[Visa 信]用卡刷不了 /zh-Hans/articles/payment/visa");
    assert_snapshot!(typed(&shop, "eturn", "en"), @"");
    assert_snapshot!(typed(&shop, " ?! ", "en"), @"");
}

#[test]
fn pinyin_and_initials_complete() {
    let shop = shop();
    assert_snapshot!(typed(&shop, "tuih", "zh-Hans"), @"[退货]流程 /zh-Hans/articles/returns/how");
    assert_snapshot!(typed(&shop, "thlc", "zh-Hans"), @"[退货流程] /zh-Hans/articles/returns/how");
    assert_snapshot!(typed(&shop, "xyk", "zh-Hans"), @"Visa [信用卡]刷不了 /zh-Hans/articles/payment/visa");
    assert_snapshot!(typed(&shop, "xinyongk", "zh-TW"), @"Visa [信用卡]刷不了 /zh-Hans/articles/payment/visa");
}

#[test]
fn what_is_opened_often_comes_first() {
    let shop = shop();
    let server = shop.server();
    let first = |server: &crate::support::Server| {
        server.json("/api/v1/completions?q=return&locale=en")["completions"][0]["id"].clone()
    };
    assert_eq!(first(&server), "returns/policy");
    server.get("/en/articles/returns/how");
    server.get("/api/v1/articles/returns/how?locale=en");
    assert_eq!(first(&server), "returns/how");
}

#[test]
fn nothing_hidden_completes() {
    let mut shop = HelpCenter::new(&[
        ("zh-Hans/a.md", "---\ntitle: 运费\n---\n免运费。"),
        ("zh-Hans/b.md", "---\ntitle: 黑名单处理\naudience: internal\nquestions: [blacklist]\n---\n一"),
        ("zh-Hans/c.md", "---\ntitle: 周年庆\neffective: 2100-01-01\n---\n二"),
        ("zh-Hans/d.md", "---\ntitle: 旧政策\n---\n三"),
    ]);
    shop.remove("zh-Hans/d.md");
    for text in ["黑", "名单", "black", "heim", "hmd", "周年", "znq", "旧", "jzc", "zhengce"] {
        assert_eq!(typed(&shop, text, "zh-Hans"), "", "{text}");
    }
}

#[test]
fn suggestions_say_what_they_are() {
    assert_snapshot!(format!("{:#}", shop().json("/api/v1/completions?q=%E8%BF%90%E8%B4%B9&locale=zh-Hans&limit=1")), @r#"
    {
      "completions": [
        {
          "highlights": [
            {
              "end": 4,
              "start": 2
            }
          ],
          "id": "returns/how",
          "kind": "question",
          "locale": "zh-Hans",
          "matched_by": "text",
          "text": "退货运费谁出？",
          "text_highlighted": "退货<em>运费</em>谁出？",
          "url": "/zh-Hans/articles/returns/how#退货运费谁出"
        }
      ],
      "locale": "zh-Hans",
      "query": "运费"
    }
    "#);
    for (path, code) in [
        ("/api/v1/completions?q=a&limit=0", "invalid_parameter"),
        ("/api/v1/completions?q=a&size=1", "unknown_parameter"),
        (&*format!("/api/v1/completions?q={}", "a".repeat(2001)), "query_too_long"),
    ] {
        assert_eq!(shop().json(path)["code"], code);
    }
}
