//! Search: 1. the right article first, in any script; 2. phrases, exclusions,
//! filters; 3. locales: own first, others after; 4. days decide what is shown;
//! 5. highlights are exact; 6. the same on every run.

use insta::assert_snapshot;
use jiff::civil::date;
use proptest::prelude::*;
use zhida::search::{Filters, Match};

use crate::support::{HelpCenter, TODAY, locale, request};

fn shop() -> HelpCenter {
    HelpCenter::new(&[
        (
            "zh-Hans/returns/how.md",
            "---\ntitle: 怎么申请退货\nquestions: [东西不想要了怎么退]\ntags: [return]\n---\n签收后 30 天内可以退货。\n\n## 退货运费谁出\n\n质量问题由我们承担运费。",
        ),
        ("zh-Hant/returns/how.md", "---\ntitle: 如何申請退貨\ntags: [return]\n---\n簽收後 30 天內可以退貨。"),
        (
            "en/returns/how.md",
            "---\ntitle: How to return an item\nquestions: [send something back]\ntags: [return]\n---\nReturns are free within 30 days.\n\n## Who pays for shipping?\n\nWe pay when the item is faulty.",
        ),
        (
            "zh-Hans/account/password.md",
            "---\ntitle: 重置密码\nmarket: [CN]\n---\n点击「忘记密码」，输入 password 重置码。",
        ),
        (
            "en/account/password.md",
            "---\ntitle: Reset your password\nmarket: [US, EU]\nproduct: [App]\n---\nChoose Forgot password on the sign-in page.",
        ),
        ("ja/returns/how.md", "---\ntitle: 返品の方法\n---\n商品到着後30日以内に返品できます。"),
    ])
}

#[test]
fn each_script_finds_its_article() {
    let shop = shop();
    assert_snapshot!(shop.ranking("运费谁承担", "zh-Hans"), @"1. zh-Hans/returns/how#退货运费谁出 all_words");
    assert_snapshot!(shop.ranking("申請退貨", "zh-Hant"), @"1. zh-Hant/returns/how all_words");
    assert_snapshot!(shop.ranking("who pays shipping", "en"), @"1. en/returns/how#who-pays-for-shipping all_words");
    assert_snapshot!(shop.ranking("返品", "ja"), @"1. ja/returns/how all_words");
}

#[test]
fn mixed_script_query_finds_the_chinese_article() {
    assert_snapshot!(shop().ranking("重置 password", "zh-Hans"), @"1. zh-Hans/account/password all_words");
}

#[test]
fn a_stored_question_is_first_and_exact() {
    assert_snapshot!(shop().ranking("Send something back!", "en"), @"1. en/returns/how exact");
    assert_snapshot!(shop().ranking("东西不想要了，怎么退？", "zh-Hans"), @"1. zh-Hans/returns/how exact");
}

#[test]
fn a_stored_question_is_exact_without_hamza() {
    let center = HelpCenter::new(&[("ar/a.md", "---\ntitle: إعادة المنتجات\n---\nنص.")]);
    assert_eq!(center.ranking("اعاده المنتجات", "ar"), "1. ar/a exact");
}

#[test]
fn a_translation_in_the_visitors_script_is_shown() {
    let shop = shop();
    assert!(shop.ranking("退貨", "zh-TW").starts_with("1. zh-Hant/returns/how"));
    assert!(shop.ranking("退貨", "zh-Hans").starts_with("1. zh-Hans/returns/how"));
    assert_eq!(shop.search("退货", "zh-Hans").total, 1, "translations count once");
}

#[test]
fn other_locales_come_after() {
    let center = HelpCenter::new(&[
        ("de/a.md", "---\ntitle: PayPal PayPal PayPal\n---\nPayPal"),
        (
            "ja/b.md",
            "---\ntitle: お支払い\n---\nPayPal が使えます。他にもカードやコンビニ払いに対応しています。",
        ),
    ]);
    assert_eq!(center.ids("paypal", "ja"), ["b", "a"]);
    assert_eq!(center.ids("paypal", "de"), ["a", "b"]);
}

#[test]
fn phrases_must_occur_and_exclusions_must_not() {
    let shop = shop();
    assert_eq!(shop.ids("\"free within\"", "en"), ["returns/how"]);
    assert_eq!(shop.search("\"within free\"", "en").total, 0);
    assert_eq!(shop.ids("重置 -退货", "zh-Hans"), ["account/password"]);
    assert!(!shop.ids("退货 -承担", "zh-Hans").contains(&"account/password".to_owned()));
    assert_eq!(shop.ids("“忘记密码”", "zh-Hans"), ["account/password"]);
}

#[test]
fn in_a_whole_question_quotation_marks_demand_nothing() {
    let shop = shop();
    let question = "how many days do I have to \"mail back\" an item I want to return";
    assert_eq!(shop.ids(question, "en")[0], "returns/how");
}

#[test]
fn politeness_around_a_question_costs_nothing() {
    let shop = shop();
    assert_eq!(
        shop.ranking("请问一下，东西不想要了怎么退呢？谢谢", "zh-Hans"),
        shop.ranking("东西不想要了怎么退呢", "zh-Hans")
    );
    assert_snapshot!(shop.ranking("Hello, please send something back, thank you!", "en"), @"1. en/returns/how exact");
    let thanks = HelpCenter::new(&[("en/card.md", "---\ntitle: Cards\n---\nA thanks card.")]);
    assert_eq!(thanks.ids("thanks a million", "en"), ["card"], "nothing else is found");
}

#[test]
fn a_query_is_read_in_its_own_language() {
    let shop = HelpCenter::new(&[
        ("en/a.md", "---\ntitle: No refunds\n---\nNo."),
        ("es/b.md", "---\ntitle: Devoluciones\n---\nPuede devolver el pedido si no lo quiere."),
    ]);
    assert_eq!(shop.ids("no quiero el pedido, lo puedo devolver", "en")[0], "b");
    let language = shop.search("no quiero el pedido, lo puedo devolver", "en").language.expect("a guess");
    assert_eq!(language.language, "es");
    assert_eq!(shop.search("refunds", "es").language.expect("a guess").language, "es", "not sure");
}

#[test]
fn what_the_best_result_names_as_related_comes_up() {
    let article =
        |title: &str, related: &str| format!("---\ntitle: {title}\nrelated: [{related}]\n---\nText.");
    let files = [
        ("en/best.md", article("Parcel lost parcel", "z")),
        ("en/a.md", article("Parcel", "")),
        ("en/z.md", article("Parcel", "")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(HelpCenter::new(&files).ids("lost parcel", "en"), ["best", "z", "a"]);
}

#[test]
fn a_function_word_never_counts_as_much_as_a_word_of_the_subject() {
    let others: Vec<(String, String)> =
        (0..40).map(|n| (format!("en/other{n}.md"), format!("---\ntitle: Colour {n}\n---\nRed."))).collect();
    let mut files: Vec<(&str, &str)> =
        others.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("en/a.md", "---\ntitle: Status\n---\nwhat"));
    files.push(("en/b.md", "---\ntitle: Taxes\n---\nduty"));
    assert_eq!(HelpCenter::new(&files).ids("what duty", "en"), ["b", "a"], "both words are equally rare");
}

#[test]
fn a_hit_by_its_title_leads_to_the_top() {
    let center = HelpCenter::new(&[(
        "en/a.md",
        "---\ntitle: Umbrella\n---\nA long first part with many words in it.\n\n## Short\n\nEnd.",
    )]);
    assert_eq!(center.ranking("umbrella", "en"), "1. en/a exact");
    assert_eq!(center.ranking("umbrellas tent", "en"), "1. en/a some_words");
}

#[test]
fn all_words_can_be_asked_for() {
    let shop = shop();
    let mut asked = request("return zebra", "en");
    assert_eq!(shop.search_with(&asked, TODAY).total, 1);
    asked.matching = Match::All;
    assert_eq!(shop.search_with(&asked, TODAY).total, 0);
}

#[test]
fn filters_narrow_and_facets_count_what_another_choice_would_give() {
    let shop = shop();
    let mut asked = request("", "en");
    asked.filters = Filters { category: Some("account".into()), ..Filters::default() };
    let results = shop.search_with(&asked, TODAY);
    assert_eq!(shop.ids_of(&results), ["account/password"]);
    assert_eq!(
        results.facets.category.get("returns"),
        Some(&1),
        "the other category is still counted, translations once"
    );
    assert_eq!(results.facets.tag.get("return"), None, "other facets respect the filter");

    asked.filters = Filters { market: Some("US".into()), locale: Some(locale("en")), ..Filters::default() };
    let results = shop.search_with(&asked, TODAY);
    assert_eq!(
        shop.ids_of(&results),
        ["account/password", "returns/how"],
        "articles for all markets belong to each"
    );

    asked.filters = Filters { product: Some("app".into()), ..Filters::default() };
    assert_eq!(shop.search_with(&asked, TODAY).total, 1);
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let files: Vec<(String, String)> = (0..250)
        .map(|n| {
            (
                format!("en/a{n:03}.md"),
                format!("---\ntitle: Parcel {n}\n---\n{}", "parcel ".repeat(n % 7 + 1)),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let center = HelpCenter::new(&files);
    let mut asked = request("parcel", "en");
    let mut seen = Vec::new();
    for page in 0..9 {
        (asked.offset, asked.limit) = (page * 30, 30);
        let results = center.search_with(&asked, TODAY);
        assert_eq!(results.total, 250);
        seen.extend(center.ids_of(&results));
    }
    let mut distinct = seen.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!((seen.len(), distinct.len()), (250, 250));
}

#[test]
fn an_article_appears_and_disappears_on_its_day() {
    let center = HelpCenter::new(&[(
        "en/sale.md",
        "---\ntitle: Winter sale\neffective: 2026-12-01\nexpires: 2027-01-01\n---\nBig sale.",
    )]);
    let total = |today| center.search_with(&request("sale", "en"), today).total;
    assert_eq!(total(date(2026, 11, 30)), 0);
    assert_eq!(total(date(2026, 12, 1)), 1);
    assert_eq!(total(date(2026, 12, 31)), 1);
    assert_eq!(total(date(2027, 1, 1)), 0);
}

#[test]
fn highlights_are_the_words_as_written() {
    let center = HelpCenter::new(&[
        ("zh-Hant/a.md", "---\ntitle: 退貨運費\n---\n商品有問題時，退貨運費由我們負擔。"),
        (
            "en/b.md",
            "---\ntitle: Refunds\n---\nWe refunded it; refunds take 5 days. Error E-1001 means no refund.",
        ),
    ]);
    let marked = |query: &str, visitor: &str| {
        let hit = center.search(query, visitor).hits.into_iter().next().expect("a hit");
        let snippet = &hit.passages[0].snippet;
        snippet
            .ranges
            .iter()
            .map(|range| snippet.text[range.clone()].to_owned())
            .collect::<Vec<_>>()
            .join("|")
    };
    assert_snapshot!(marked("退货运费", "zh-Hant"), @"退貨運費");
    assert_snapshot!(marked("refund", "en"), @"refunded|refunds|refund");
    assert_snapshot!(marked("e1001", "en"), @"E-1001");
}

#[test]
fn hopeless_queries_find_nothing_and_do_not_fail() {
    let shop = shop();
    for query in ["？！", "😀", "-", "\"", "zzzzqqqq", "\u{0}", "－－－"] {
        assert!(shop.search(query, "en").hits.len() <= 10, "{query}");
    }
    assert_eq!(shop.search("zzzzqqqq", "en").total, 0);
    let long = "怎么退货 how to return ".repeat(200);
    assert!(shop.search(&long, "zh-Hans").total > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_query_gives_the_same_results_every_time_with_highlights_inside(query in "[退货運費return密码 \"“”\\-パ返品a-z0-9]{0,30}") {
        thread_local! {
            static SHOP: HelpCenter = shop();
        }
        SHOP.with(|shop| {
            let (first, second) = (shop.search(&query, "zh-Hans"), shop.search(&query, "zh-Hans"));
            assert_eq!(format!("{first:?}"), format!("{second:?}"));
            for hit in &first.hits {
                let texts = hit.passages.iter().map(|passage| &passage.snippet).chain([&hit.title]);
                for text in texts {
                    for range in &text.ranges {
                        assert!(text.text.get(range.clone()).is_some_and(|part| !part.is_empty()));
                    }
                    assert!(text.ranges.windows(2).all(|two| two[0].end <= two[1].start));
                }
            }
        });
    }
}
