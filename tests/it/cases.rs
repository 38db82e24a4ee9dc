//! Cases from real complaints, read from `../shared/cases`. Each is a tiny help
//! center, one query, and what must come back.

use serde_json::Value;
use zhida::search::{Match, MatchTier, Results};

use crate::support::{HelpCenter, TODAY, request, shared};

/// The kinds that must pass; the others belong to capabilities yet to come.
const KINDS: [&str; 17] = [
    "C01", "C02", "C03", "C03b", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11", "C12", "C13", "C16",
    "C19", "C21",
];

struct Case {
    id: String,
    value: Value,
}

impl Case {
    fn all() -> Option<Vec<Case>> {
        let text = std::fs::read_to_string(shared("cases/search.jsonl")?).expect("the cases are readable");
        let case = |line: &str| {
            let value: Value = serde_json::from_str(line).expect("a case is JSON");
            Case { id: value["id"].as_str().expect("a case has an id").to_owned(), value }
        };
        Some(text.lines().map(case).collect())
    }

    fn kind(&self) -> &str {
        self.id.split('-').next().expect("an id has a kind")
    }

    fn expected(&self, what: &str) -> Option<&Value> {
        self.value["expect"].get(what)
    }

    fn ids(&self, what: &str) -> Vec<&str> {
        let list = self.expected(what).and_then(Value::as_array);
        list.into_iter().flatten().map(|id| id.as_str().expect("an id is text")).collect()
    }

    fn query(&self) -> &str {
        self.value["query"].as_str().expect("a case has a query")
    }

    fn help_center(&self, with_meaning: bool) -> HelpCenter {
        let docs = self.value["docs"].as_array().expect("a case has documents");
        let files: Vec<(String, String)> = docs.iter().map(file).collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        if with_meaning { HelpCenter::with_meaning(&files) } else { HelpCenter::new(&files) }
    }

    /// The visitor's locale: as given, else that of the first document.
    fn visitor(&self) -> &str {
        let given = self.value["params"]["locale"].as_str();
        given.or_else(|| self.value["docs"][0]["lang"].as_str()).expect("a document has a language")
    }

    fn search(&self, help_center: &HelpCenter) -> Results {
        let mut request = request(self.query(), self.visitor());
        if self.value["params"]["match"] == "all" {
            request.matching = Match::All;
        }
        help_center.search_with(&request, TODAY)
    }
}

fn file(doc: &Value) -> (String, String) {
    let text = |key: &str| doc[key].as_str().unwrap_or_default();
    let audience = if doc["visibility"] == "internal" { "internal" } else { "public" };
    let title = serde_json::to_string(text("title")).expect("a title is text");
    let path = format!("{}/{}.md", text("lang"), text("id"));
    let front_matter = format!(
        "---\nid: \"{}\"\nlocale: {}\ntitle: {title}\naudience: {audience}\n---\n",
        text("id"),
        text("lang")
    );
    (path, front_matter + text("body"))
}

/// Returns what is wrong with the results of a search case.
fn complaint(case: &Case, with_meaning: bool) -> Option<String> {
    let help_center = case.help_center(with_meaning);
    let results = case.search(&help_center);
    let found = help_center.ids_of(&results);
    let has = |id: &&str| found.iter().any(|found| found == id);
    let hits_set = case.ids("hits_set");
    let right = case.ids("must_hit").iter().all(has)
        && !case.ids("must_not_hit").iter().any(has)
        && case.expected("top1").is_none_or(|top| found.first().map(String::as_str) == top.as_str())
        && (hits_set.is_empty() || (hits_set.iter().all(has) && hits_set.len() == found.len()))
        && tiers_are_below(case, &found, &results)
        && tiers_are_in(case, &results)
        && marks_are_right(case, &help_center);
    (!right)
        .then(|| format!("{}: {} found {found:?}, expected {}", case.id, case.query(), case.value["expect"]))
}

/// Checks `if_present_tier_below`: fragments of a name, if they are found, match worse.
fn tiers_are_below(case: &Case, found: &[String], results: &Results) -> bool {
    let tier = |id: &str| -> Option<MatchTier> {
        let at = found.iter().position(|found| found == id)?;
        results.hits[at].tier
    };
    let Some(expected) = case.expected("if_present_tier_below").and_then(Value::as_object) else {
        return true;
    };
    expected.iter().all(|(best, fragments)| {
        let fragments = fragments.as_array().into_iter().flatten().filter_map(Value::as_str);
        fragments.filter_map(tier).all(|fragment| Some(fragment) > tier(best))
    })
}

/// Checks `match_tier_in`: how every result must match.
fn tiers_are_in(case: &Case, results: &Results) -> bool {
    let tiers = case.ids("match_tier_in");
    let is_right = |tier: Option<MatchTier>| tier.is_some_and(|tier| tiers.contains(&tier.as_str()));
    tiers.is_empty() || results.hits.iter().all(|hit| is_right(hit.tier))
}

/// Checks how the first result is marked, as a client gets it.
fn marks_are_right(case: &Case, help_center: &HelpCenter) -> bool {
    let parameters = [("q", case.query()), ("locale", case.visitor())];
    let query = serde_urlencoded::to_string(parameters).expect("parameters are texts");
    let answer = help_center.json(&format!("/api/v1/search?{query}"));
    let shown = |field: &str| answer["results"][0][field].as_str().unwrap_or_default().to_owned();
    let expected = |what: &str| case.expected(what).and_then(Value::as_str).unwrap_or_default().to_owned();
    let title = expected("highlight_title");
    let unmarked = shown("title_highlighted").replace("<em>", "").replace("</em>", "");
    (title.is_empty() || shown("title_highlighted") == title)
        && shown("snippet").contains(&expected("highlight_body"))
        && shown("snippet").contains(&expected("highlight_fragment"))
        && (case.expected("highlight_is_substring_of_source").is_none()
            || (shown("title_highlighted").contains("<em>") && unmarked == shown("title")))
}

#[test]
fn complaints_of_other_search_engines_do_not_occur() {
    let Some(cases) = Case::all() else { return };
    let search = |case: &&Case| KINDS.contains(&case.kind()) && case.value["params"]["endpoint"].is_null();
    let cases: Vec<&Case> = cases.iter().filter(search).collect();
    assert!(cases.len() >= 25, "the cases are there");
    for with_meaning in [false, true] {
        let complaints: Vec<String> = cases.iter().filter_map(|case| complaint(case, with_meaning)).collect();
        assert!(complaints.is_empty(), "with meaning: {with_meaning}\n{}", complaints.join("\n"));
    }
}

#[test]
fn questions_are_answered_from_an_article_or_not_at_all() {
    let Some(cases) = Case::all() else { return };
    let cases: Vec<&Case> = cases.iter().filter(|case| case.kind() == "C18").collect();
    assert!(cases.len() >= 3, "the cases are there");
    for case in cases {
        for with_meaning in [false, true] {
            let help_center = case.help_center(with_meaning);
            let parameters = [("q", case.query()), ("locale", case.visitor())];
            let query = serde_urlencoded::to_string(parameters).expect("parameters are texts");
            let answer = help_center.json(&format!("/api/v1/answers?{query}"));
            let expected = &case.value["expect"];
            let context = format!("{}, with meaning: {with_meaning}: {answer}", case.id);
            // By words alone so little cannot be sure.
            if !with_meaning && expected["answered"] == true {
                continue;
            }
            assert_eq!(answer["state"] == "answered", expected["answered"] == true, "{context}");
            if expected["answered"] == true {
                let (receipt, citation) = (&answer["answer"]["receipt"], &expected["citation"]);
                assert_eq!(receipt["id"], citation["article"], "{context}");
                assert_eq!(receipt["quote"], citation["quote"], "{context}");
            } else {
                assert_eq!(answer["answer"], Value::Null, "{context}");
                let reasons = expected["reason_in"].as_array().expect("reasons");
                assert!(reasons.contains(&answer["reason"]), "{context}");
            }
        }
    }
}

#[test]
fn tickets_are_taken_as_they_are() {
    let Some(cases) = Case::all() else { return };
    let cases: Vec<&Case> = cases.iter().filter(|case| case.kind() == "C25").collect();
    assert!(!cases.is_empty(), "the cases are there");
    for case in cases {
        for with_meaning in [false, true] {
            let found = case.help_center(with_meaning).suggested(case.query(), case.visitor());
            let context = format!("{}, with meaning: {with_meaning}: {found:?}", case.id);
            // As agents read them: the first of every problem, then the second ones.
            let of_rank = |rank: usize| found.iter().filter_map(move |problem| problem.get(rank));
            let read: Vec<&str> = (0..3).flat_map(of_rank).map(String::as_str).collect();
            for id in case.ids("top3_contains") {
                assert!(read.iter().take(3).any(|read| *read == id), "{context}");
            }
            for id in case.ids("must_not_top2") {
                assert!(!read.iter().take(2).any(|read| *read == id), "{context}");
            }
        }
    }
}

#[test]
fn an_article_without_translation_is_served_in_another_locale_and_says_so() {
    let Some(cases) = Case::all() else { return };
    for case in cases.iter().filter(|case| case.kind() == "C21") {
        let path = case.query().trim_start_matches("GET article ");
        let article = case.help_center(false).json(&format!("/api/v1/articles/{path}"));
        assert_eq!(article["locale"], case.value["expect"]["locale"], "{}", case.id);
        assert_eq!(article["fallback"], case.value["expect"]["fallback"], "{}", case.id);
    }
}

#[test]
fn an_internal_article_is_on_no_surface_for_customers() {
    let Some(cases) = Case::all() else { return };
    for case in cases.iter().filter(|case| case.kind() == "C22") {
        let help_center = case.help_center(true);
        let code = case.query();
        for path in [
            format!("/api/v1/search?q={code}"),
            format!("/api/v1/search?q=%22{code}%22&match=all"),
            "/api/v1/search".to_owned(),
            "/api/v1/categories".to_owned(),
            "/api/v1/categories?locale=zh-Hans".to_owned(),
            "/zh-Hans".to_owned(),
            format!("/zh-Hans/search?q={code}"),
            "/zh-Hans/search".to_owned(),
            "/zh-Hans/articles/b".to_owned(),
            "/sitemap.xml".to_owned(),
        ] {
            let (_, body) = help_center.get(&path);
            assert!(!body.contains("内部赔付口径"), "{path} shows the title of an internal article");
            assert!(!body.contains("超过48小时"), "{path} shows the text of an internal article");
        }
        assert_eq!(help_center.search(code, "zh-Hans").total, 0);
        for hidden in ["/api/v1/articles/a?locale=zh-Hans", "/zh-Hans/articles/a"] {
            let (status, body) = help_center.get(hidden);
            let (missing, nothing) =
                help_center.get(&hidden.replace("articles/a", "articles/no-such-article"));
            assert_eq!(status, missing, "{hidden} is told apart from an article that does not exist");
            assert_eq!(status, 404);
            assert!(body.len().abs_diff(nothing.len()) < 100, "{hidden} answers as if nothing was there");
        }
        assert_eq!(help_center.agent_ids(code, "zh-Hans"), ["a"], "agents find it");
    }
}
