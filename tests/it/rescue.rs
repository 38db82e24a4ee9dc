//! Queries that find little as typed: 1. pinyin, homophones and typing mistakes find
//! what was meant and say so; 2. they never come before what was typed; 3. corrections
//! know only what is shown today; 4. demands that nothing meets give way.

use insta::assert_snapshot;

use crate::support::{HelpCenter, TODAY, request};

fn shop() -> HelpCenter {
    HelpCenter::new(&[
        (
            "zh-Hans/return.md",
            "---\ntitle: 退货流程\nquestions: [怎么申请退货, 重置密码的邮件]\n---\n在订单里点击退货。",
        ),
        ("zh-Hans/track.md", "---\ntitle: 物流追踪\n---\n包裹的物流信息在订单里，绿色的按钮。"),
        ("zh-Hant/invoice.md", "---\ntitle: 電子發票\n---\n發票在訂單裡下載。"),
        ("en/refund.md", "---\ntitle: Refunds\n---\nYou receive the refund within five days of the return."),
        ("en/warranty.md", "---\ntitle: Warranty\n---\nTwo years for every battery."),
        ("es/devolucion.md", "---\ntitle: Devolución de un artículo\n---\nTiene treinta días."),
    ])
}

/// One line a result, then what may have been meant.
fn asked(help_center: &HelpCenter, query: &str, visitor: &str) -> String {
    let meant = help_center.search(query, visitor).did_you_mean.unwrap_or_else(|| "–".to_owned());
    format!("{}\nmeant: {meant}", help_center.ranking(query, visitor))
}

#[test]
fn pinyin_finds_what_it_spells() {
    let shop = shop();
    assert_snapshot!(asked(&shop, "tuihuo", "zh-Hans"), @r#"
    1. zh-Hans/return pinyin
    meant: 退货
    "#);
    assert_snapshot!(asked(&shop, "thlc", "zh-Hans"), @r#"
    1. zh-Hans/return pinyin
    meant: 退货流程
    "#);
    assert_snapshot!(asked(&shop, "wuliu zhuizong", "zh-Hans"), @r#"
    1. zh-Hans/track pinyin
    meant: 物流追踪
    "#);
    assert_snapshot!(asked(&shop, "chongzhimima", "zh-Hans"), @r#"
    1. zh-Hans/return pinyin
    meant: 重置密码
    "#);
    assert_snapshot!(asked(&shop, "lvse", "zh-Hans"), @r#"
    1. zh-Hans/track pinyin
    meant: 绿色
    "#);
    assert_snapshot!(asked(&shop, "fapiao", "zh-TW"), @r#"
    1. zh-Hant/invoice pinyin
    meant: 發票
    "#);
}

#[test]
fn characters_that_sound_alike_find_what_was_meant() {
    let shop = shop();
    assert_snapshot!(asked(&shop, "退活", "zh-Hans"), @r#"
    1. zh-Hans/return pinyin
    meant: 退货
    "#);
    assert_snapshot!(asked(&shop, "物流追棕", "zh-Hans"), @r#"
    1. zh-Hans/track all_words
    meant: 物流追踪
    "#);
    assert_snapshot!(asked(&shop, "電子發嫖", "zh-TW"), @r#"
    1. zh-Hant/invoice all_words
    meant: 電子發票
    "#);
}

#[test]
fn typing_mistakes_find_what_was_meant() {
    let shop = shop();
    assert_snapshot!(asked(&shop, "recieve", "en"), @r#"
    1. en/refund typo
    meant: receive
    "#);
    assert_snapshot!(asked(&shop, "waranty batery", "en"), @r#"
    1. en/warranty typo
    meant: warranty battery
    "#);
    assert_snapshot!(asked(&shop, "devolusion", "es"), @r#"
    1. es/devolucion typo
    meant: devolución
    "#);
    assert_snapshot!(asked(&shop, "zzzzzz", "en"), @r#"
    meant: –
    "#);
}

#[test]
fn what_was_typed_comes_first_and_is_counted_alone() {
    let shop = HelpCenter::new(&[
        ("en/a.md", "---\ntitle: Parcels\n---\nEvery parcel has a number."),
        ("en/b.md", "---\ntitle: Receive\n---\nReceive receive receive."),
    ]);
    assert_snapshot!(asked(&shop, "recieve parcel", "en"), @r#"
    1. en/a some_words
    2. en/b typo
    meant: receive parcel
    "#);
    let results = shop.search("recieve parcel", "en");
    assert_eq!(results.total, 1);
    assert!(results.hits[0].score >= results.hits[1].score);
}

#[test]
fn no_page_after_the_last_has_results() {
    let shop = shop();
    for query in ["recieve", "\"物流退货\""] {
        let second = zhida::search::Request { offset: 10, ..request(query, "zh-Hans") };
        assert_eq!(shop.search(query, "zh-Hans").hits.len().min(1), 1, "{query}");
        assert_eq!(shop.search_with(&second, TODAY).hits.len(), 0, "{query}");
    }
}

#[test]
fn words_that_exist_are_not_corrected() {
    let shop = shop();
    for query in ["退货", "refund", "Devolución", "物流"] {
        assert_eq!(shop.search(query, "zh-Hans").did_you_mean, None, "{query}");
    }
}

#[test]
fn corrections_know_only_what_is_shown_today() {
    let mut shop = HelpCenter::new(&[
        ("zh-Hans/open.md", "---\ntitle: 运费\n---\n满二百免运费。"),
        ("zh-Hans/secret.md", "---\ntitle: 黑名单\naudience: internal\n---\nblacklist 黑名单"),
        ("zh-Hans/draft.md", "---\ntitle: 折叠屏\nstatus: draft\n---\nfoldable 折叠屏"),
        ("zh-Hans/future.md", "---\ntitle: 周年庆\neffective: 2027-01-01\n---\nanniversary 周年庆"),
        ("zh-Hans/gone.md", "---\ntitle: 旧政策\n---\nwithdrawn 旧政策"),
    ]);
    shop.save("zh-Hans/gone.md", "---\ntitle: 旧政策\naudience: internal\n---\nwithdrawn 旧政策");
    for query in [
        "heimingdan",
        "hmd",
        "黑明单",
        "blaklist",
        "zhediepin",
        "zhedieping",
        "折碟屏",
        "foldabel",
        "zhounianqing",
        "znq",
        "aniversary",
        "jiuzhengce",
        "jzc",
        "withdrawm",
    ] {
        let results = shop.search(query, "zh-Hans");
        assert_eq!((results.did_you_mean, results.hits.len()), (None, 0), "{query}");
    }
}

#[test]
fn demands_that_nothing_meets_give_way() {
    let shop = shop();
    assert_snapshot!(asked(&shop, "\"物流退货\"", "zh-Hans"), @r#"
    1. zh-Hans/return relaxed
    2. zh-Hans/track relaxed
    meant: –
    "#);
    assert_snapshot!(asked(&shop, "訂在綠", "zh-TW"), @r#"
    1. zh-Hans/track relaxed
    meant: –
    "#);
    assert_eq!(shop.search("\"物流退货\"", "zh-Hans").total, 0);
}
