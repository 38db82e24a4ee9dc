//! Terms: 1. folding brings spellings together; 2. every view keeps its offsets;
//! 3. segmentation drops nothing; 4. each script is split its own way; 5. the
//! project dictionary is known.

use insta::assert_snapshot;
use proptest::prelude::*;
use zhida::analysis::{Analysis, Analyzer, Terms};
use zhida::vocabulary::Vocabulary;

use crate::support::locale;

thread_local! {
    static ANALYZER: Analyzer = Analyzer::new(&Vocabulary::default());
}

fn analyze(text: &str, tag: &str) -> Analysis {
    ANALYZER.with(|analyzer| analyzer.analyze(text, &locale(tag)))
}

fn list(terms: &Terms) -> String {
    terms.iter().map(|(term, _)| term).collect::<Vec<_>>().join("|")
}

/// The words of `text`.
fn words(text: &str, tag: &str) -> String {
    list(&analyze(text, tag).words)
}

fn grams(text: &str, tag: &str) -> String {
    list(&analyze(text, tag).grams)
}

#[test]
fn traditional_text_is_folded_before_it_is_segmented() {
    assert_eq!(words("退貨運費由誰承擔", "zh-Hant"), words("退货运费由谁承担", "zh-Hans"));
    assert_snapshot!(words("退貨運費由誰承擔", "zh-Hant"), @"退|货运|运费|货运费|由|谁|承担");
}

#[test]
fn long_words_also_give_the_words_inside() {
    assert_snapshot!(words("中华人民共和国", "zh-Hans"), @"中华|华人|人民|共和|共和国|中华人民共和国");
    assert_snapshot!(grams("退换货流程", "zh-Hans"), @"退换|换货|货流|流程");
}

#[test]
fn spaced_scripts_are_stemmed_and_lose_accents() {
    assert_snapshot!(words("Refunds aren't returning", "en"), @"refund|aren't|return");
    assert_snapshot!(words("devolución devoluciones devolucion", "es"), @"devolu|devolucion|devolu|devolucion");
    assert_eq!(words("l’échange", "fr"), words("L'échange", "fr"));
    assert_snapshot!(grams("Refunds", "en"), @"refu|efun|fund|unds");
}

#[test]
fn codes_are_found_by_their_parts_and_as_a_whole() {
    assert_snapshot!(words("NOR.0707-60", "en"), @"nor070760|nor|0707|60");
    assert_snapshot!(words("错误码E1001，iPhone15Pro", "zh-Hans"), @"错误|误码|错误码|e1001|e|1001|iphone15pro|iphone|15|pro");
    assert_snapshot!(words("1.5匹", "zh-Hans"), @"1.5|1|5|匹");
}

#[test]
fn scripts_without_spaces_are_split_by_dictionary() {
    assert_snapshot!(words("配送状況を確認する", "ja"), @"配送|状况|を|确认|する");
    assert_snapshot!(words("ติดตามพัสดุ", "th"), @"ติดตาม|พัสดุ");
    assert_snapshot!(grams("배송조회", "ko"), @"배송|송조|조회");
}

#[test]
fn full_width_and_kana_widths_meet() {
    assert_eq!(words("ＰａｙＰａｌ", "en"), words("paypal", "en"));
    assert_eq!(grams("ｷｬﾝｾﾙ", "ja"), grams("キャンセル", "ja"));
}

#[test]
fn empty_text_and_symbols_give_nothing() {
    for text in ["", "   ", "！？…", "😀👍🏽", "---"] {
        assert_eq!(words(text, "zh-Hans"), "", "{text}");
    }
}

#[test]
fn words_of_the_project_dictionary_are_known() {
    let analyzer =
        Analyzer::new(&Vocabulary { dictionary: vec!["雲倉直發".to_owned()], ..Vocabulary::default() });
    let analysis = analyzer.analyze("云仓直发几天到", &locale("zh-Hans"));
    assert!(analysis.words.iter().any(|(term, _)| term == "云仓直发"), "{}", list(&analysis.words));
}

/// Text in the scripts that meet in one help center.
fn mixed_text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[a-zA-Z0-9 .-]{0,8}",
        "[退貨货運运费費单單包裹]{0,6}",
        "[ぁ-んァ-ヶー]{0,5}",
        "[가-힣]{0,4}",
        "[ก-ฮะ-ู]{0,6}",
        "[а-яё]{0,6}",
        "[ا-ي]{0,6}",
        any::<String>(),
    ];
    proptest::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn offsets_are_on_character_boundaries(text in mixed_text(), tag in "(zh-Hans|ja|en|th|ko|fr)") {
        let analysis = analyze(&text, &tag);
        for terms in [&analysis.words, &analysis.grams, &analysis.chars] {
            for (term, source) in terms.iter() {
                prop_assert!(text.get(source.clone()).is_some_and(|part| !part.is_empty()), "{term} at {source:?}");
                prop_assert!(!term.contains(char::is_whitespace) && !term.is_empty());
            }
        }
    }

    #[test]
    fn segmentation_drops_no_letter(text in "[退貨货運运费費单單包裹a-zA-Z0-9ぁ-んァ-ヶ가-힣ก-ฮа-я。， ]{0,40}", tag in "(zh-Hans|ja|en)") {
        let analysis = analyze(&text, &tag);
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            for terms in [&analysis.words, &analysis.chars] {
                let covered = terms.iter().any(|(_, source)| source.contains(&at));
                prop_assert!(covered, "{c} at {at} of {text} is in no term");
            }
        }
    }

    #[test]
    fn analysis_is_the_same_every_time(text in mixed_text()) {
        let (first, second) = (analyze(&text, "zh-Hans"), analyze(&text, "zh-Hans"));
        prop_assert_eq!(first.words.as_str(), second.words.as_str());
        prop_assert_eq!(first.grams.as_str(), second.grams.as_str());
    }
}
