//! Synonyms: 1. both directions or one; 2. of one language or all; 3. live after
//! an edit, without writing an article anew; 4. a line that says nothing is told.

use zhida::content::{Loader, Settings};

use crate::support::{HelpCenter, locale};

const PARCEL: (&str, &str) = ("en/parcel.md", "---\ntitle: Where is my parcel\n---\nLook it up by number.");
const CARRIER: (&str, &str) = ("en/carrier.md", "---\ntitle: Which carrier brings it\n---\nIt depends.");
const POSTAGE: (&str, &str) = ("zh-Hant/fee.md", "---\ntitle: 運費怎麼算\n---\n滿額免收。");

#[test]
fn synonyms_find_each_other_and_one_way_ones_do_not() {
    let center = HelpCenter::new(&[PARCEL, CARRIER, ("synonyms.txt", "parcel, package\nDHL => carrier\n")]);
    assert_eq!(center.ids("packages", "en"), ["parcel"], "a stem meets its synonym");
    assert_eq!(center.ids("DHL", "en"), ["carrier"]);
    let back = HelpCenter::new(&[
        ("en/a.md", "---\ntitle: DHL\n---\nBrown vans."),
        ("synonyms.txt", "DHL => carrier"),
    ]);
    assert_eq!(back.ids("carrier", "en"), [""; 0]);
}

#[test]
fn what_was_typed_counts_more_than_its_synonym() {
    let center = HelpCenter::new(&[
        ("en/a.md", "---\ntitle: Package\n---\nText."),
        ("en/b.md", "---\ntitle: Parcel\n---\nText."),
        ("synonyms.txt", "parcel, package"),
    ]);
    assert_eq!(center.ids("parcel", "en"), ["b", "a"]);
    assert_eq!(center.ids("package", "en"), ["a", "b"]);
}

#[test]
fn wordings_are_found_inside_a_sentence_in_either_script() {
    let center = HelpCenter::new(&[POSTAGE, ("synonyms.zh-Hans.txt", "邮费, 运费")]);
    assert_eq!(center.ids("請問郵費多少", "zh-Hant"), ["fee"]);
    let hit = center.search("邮费", "zh-Hans").hits.remove(0);
    let marked: Vec<&str> = hit.title.ranges.iter().map(|range| &hit.title.text[range.clone()]).collect();
    assert_eq!(marked, ["運費"], "the synonym is marked as the article writes it");
}

#[test]
fn a_file_of_one_language_leaves_the_others_alone() {
    let center = HelpCenter::new(&[PARCEL, ("synonyms.fr.txt", "package, parcel")]);
    assert_eq!(center.ids("package", "en"), [""; 0]);
    assert_eq!(center.ids("package", "fr"), ["parcel"]);
}

#[test]
fn an_edit_is_live_and_writes_no_article() {
    let mut center = HelpCenter::new(&[PARCEL]);
    assert_eq!(center.ids("package", "en"), [""; 0]);
    center.save("synonyms.txt", "parcel, package\n");
    assert_eq!(center.report().indexed, 0);
    assert_eq!(center.ids("package", "en"), ["parcel"]);
    center.remove("synonyms.txt");
    assert_eq!(center.ids("package", "en"), [""; 0]);
}

#[test]
fn lines_that_say_nothing_are_told_with_their_number() {
    let center = HelpCenter::new(&[PARCEL, ("synonyms.txt", "# note\nalone\n"), ("synonyms.xx.txt", "a, b")]);
    let settings = Settings { dir: center.content(), default_locale: locale("en") };
    let told: Vec<String> = Loader::new(settings)
        .load()
        .expect("the content loads")
        .diagnostics
        .iter()
        .map(|told| format!("{}:{:?} {}", told.file.display(), told.line, told.code.as_str()))
        .collect();
    assert_eq!(told, ["synonyms.txt:Some(2) invalid-synonyms", "synonyms.xx.txt:None unknown-locale"]);
}
