//! The two bounds the rules are held to: 1. at least 98 % of personal items are taken out;
//! 2. less than 2 % of ordinary texts are touched; 3. what is found lies apart, in order.

use zhida::personal::{Found, find, scrubbed};

#[test]
fn personal_items_are_taken_out() {
    let (mut items, mut missed) = (0, Vec::new());
    for line in include_str!("../judgments/personal/personal.tsv").lines() {
        let (text, expected) = line.split_once('\t').expect("each line has a text and what is expected");
        let here = expected.matches('[').count();
        items += here;
        if scrubbed(text) != expected {
            missed.push((here, format!("{text}\n  expected {expected}\n  got      {}", scrubbed(text))));
        }
    }
    let lost: usize = missed.iter().map(|(here, _)| here).sum();
    let lines: Vec<_> = missed.into_iter().map(|(_, line)| line).collect();
    assert!(
        lost * 100 <= items * 2,
        "{lost} of {items} items in lines not as expected:\n{}",
        lines.join("\n")
    );
}

#[test]
fn ordinary_texts_stay() {
    let texts: Vec<_> = include_str!("../judgments/personal/ordinary.txt").lines().collect();
    let touched: Vec<_> =
        texts.iter().map(|text| scrubbed(text)).zip(&texts).filter(|(got, text)| got != *text).collect();
    assert!(
        touched.len() * 100 < texts.len() * 2,
        "{} of {} touched:\n{touched:#?}",
        touched.len(),
        texts.len()
    );
}

#[test]
fn found_lie_apart_and_hold_the_number() {
    for text in include_str!("../judgments/personal/personal.tsv")
        .lines()
        .chain(include_str!("../judgments/personal/ordinary.txt").lines())
    {
        let found = find(text);
        assert!(found.is_sorted_by(|one, next| one.whole.end <= next.whole.start), "{text}");
        for Found { whole, named, .. } in found {
            assert!(whole.start <= named.start && named.end <= whole.end, "{text}");
            assert!(!text[named].is_empty(), "{text}");
        }
    }
}
