//! The index: 1. only what changed is written; 2. an updated index answers as a
//! new one; 3. customers and agents see their own; 4. damage and other versions
//! are noticed; 5. the dictionary and moved links reach the articles they touch.

use std::fs;

use proptest::prelude::*;
use zhida::index::{Builder, OpenError};

use crate::support::HelpCenter;

const RETURNS: (&str, &str) =
    ("en/returns.md", "---\ntitle: Returns\n---\nSend it back. See [refunds](refunds.md).");
const REFUNDS: (&str, &str) = ("en/refunds.md", "---\ntitle: Refunds\n---\nMoney comes back in 5 days.");

#[test]
fn only_changed_articles_are_written() {
    let mut center = HelpCenter::new(&[RETURNS, REFUNDS]);
    assert_eq!(center.report().indexed, 2, "the index for agents starts as a copy");
    center.refresh();
    assert!(!center.report().changed());
    center.save("en/refunds.md", "---\ntitle: Refunds\n---\nMoney comes back in 9 days.");
    assert_eq!((center.report().indexed, center.report().removed), (2, 0));
    assert_eq!(center.ids("9 days", "en")[0], "refunds");
    center.remove("en/refunds.md");
    assert_eq!(center.ids("money", "en"), [""; 0]);
}

#[test]
fn a_link_to_an_article_that_moves_is_written_anew() {
    let mut center = HelpCenter::new(&[RETURNS, REFUNDS]);
    let page = |center: &HelpCenter| center.json("/api/v1/articles/returns?locale=en")["html"].to_string();
    assert!(page(&center).contains("/en/articles/refunds"));
    center.save("en/refunds.md", "---\nid: money\ntitle: Refunds\n---\nMoney comes back in 5 days.");
    assert!(page(&center).contains("/en/articles/money"), "{}", page(&center));
    center.save(
        "en/refunds.md",
        "---\nid: money\ntitle: Refunds\naudience: internal\n---\nMoney comes back in 5 days.",
    );
    assert!(!page(&center).contains("/en/articles/money"), "a link to an internal article is plain text");
}

#[test]
fn a_new_dictionary_word_reaches_the_articles_that_contain_it() {
    let mut center = HelpCenter::new(&[
        ("zh-Hans/a.md", "---\ntitle: 云仓直发\n---\n云仓直发三天到。"),
        ("zh-Hans/b.md", "---\ntitle: 普通快递\n---\n普通快递十天到。"),
    ]);
    center.save("dictionary.txt", "云仓直发\n");
    assert_eq!(center.report().indexed, 2, "one article in two indexes");
    assert_eq!(center.ids("云仓直发", "zh-Hans"), ["a"]);
    center.remove("dictionary.txt");
    assert_eq!(center.report().indexed, 2);
}

#[test]
fn customers_and_agents_have_their_own_index() {
    let mut center = HelpCenter::new(&[
        ("en/public.md", "---\ntitle: Refund time\n---\nFive days."),
        ("en/internal.md", "---\ntitle: Refund limits\naudience: internal\n---\nUp to 50."),
        ("en/draft.md", "---\ntitle: Refund draft\nstatus: draft\n---\nNot yet."),
        ("en/archived.md", "---\ntitle: Refund history\nstatus: archived\n---\nLong ago."),
    ]);
    assert_eq!(center.ids("refund", "en"), ["public"]);
    let mut agent = center.agent_ids("refund", "en");
    agent.sort();
    assert_eq!(agent, ["archived", "internal", "public"]);
    center.save("en/public.md", "---\ntitle: Refund time\naudience: internal\n---\nFive days.");
    assert_eq!(center.ids("refund", "en"), [""; 0]);
}

#[test]
fn an_index_that_is_missing_damaged_or_of_another_version_says_what_to_do() {
    let center = HelpCenter::new(&[RETURNS]);
    let open = |dir: &std::path::Path| {
        Builder::new(dir).open_customer(None).map(|_| ()).expect_err("it does not open")
    };
    assert!(matches!(open(&center.content()), OpenError::Missing { .. }));

    let generation =
        center.index_dir().join(fs::read_to_string(center.index_dir().join("current")).expect("a name"));
    let fingerprint = generation.join("fingerprint");
    let right = fs::read_to_string(&fingerprint).expect("a fingerprint");
    fs::write(&fingerprint, "another").expect("written");
    assert!(matches!(open(&center.index_dir()), OpenError::Outdated { .. }));
    fs::write(&fingerprint, right).expect("written");

    fs::write(generation.join("customer/meta.json"), "{ not json").expect("written");
    let error = open(&center.index_dir());
    assert!(matches!(error, OpenError::Read { .. }));
    assert!(error.to_string().contains("zhida index"), "{error}");
}

#[test]
fn a_damaged_index_is_built_anew_from_the_content() {
    let mut center = HelpCenter::new(&[RETURNS, REFUNDS]);
    let generation = fs::read_to_string(center.index_dir().join("current")).expect("a name");
    fs::write(center.index_dir().join(&generation).join("customer/meta.json"), "").expect("written");
    center.refresh();
    assert!(center.report().rebuilt);
    assert_eq!(center.ids("money", "en"), ["refunds"]);
}

/// An edit of one of a few small articles.
#[derive(Clone, Debug)]
enum Edit {
    Save(usize, String),
    Remove(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let text = "(退货 |运费 |parcel |refund |days |E1001 |包裹 ){1,12}";
    let edit = prop_oneof![
        4 => (0..6usize, text).prop_map(|(article, text)| Edit::Save(article, text)),
        1 => (0..6usize).prop_map(Edit::Remove),
    ];
    proptest::collection::vec(edit, 1..12)
}

fn path(article: usize) -> String {
    format!("{}/a{article}.md", ["en", "zh-Hans"][article % 2])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn an_updated_index_answers_as_a_new_one(edits in edits()) {
        let mut updated = HelpCenter::new(&[("en/first.md", "---\ntitle: First\n---\nparcel 退货")]);
        for edit in &edits {
            match edit {
                Edit::Save(article, text) => updated.save(&path(*article), text),
                Edit::Remove(article) if updated.content().join(path(*article)).exists() => updated.remove(&path(*article)),
                Edit::Remove(_) => {}
            }
        }
        let files: Vec<(String, String)> = (0..6)
            .filter_map(|article| Some((path(article), fs::read_to_string(updated.content().join(path(article))).ok()?)))
            .chain([("en/first.md".to_owned(), "---\ntitle: First\n---\nparcel 退货".to_owned())])
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let built = HelpCenter::new(&files);
        for query in ["退货 运费", "parcel refund", "E1001", "包裹 days"] {
            let scores = |center: &HelpCenter| {
                let results = center.search(query, "zh-Hans");
                let scores: Vec<f32> = results.hits.iter().map(|hit| hit.score).collect();
                (center.ids_of(&results), scores, results.total)
            };
            prop_assert_eq!(scores(&updated), scores(&built), "{}", query);
        }
    }
}
