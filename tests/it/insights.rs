//! Insights: 1. searches and visits are counted, with what became of them; 2. a text that few
//! typed is not shown; 3. questions that mean the same are one gap; 4. a gap becomes a change
//! that is shown first, live, and undone; 5. what a change does is seen before it is made; 6. votes
//! and clicks choose between articles, within bounds, whoever floods them; 7. reports are for
//! agents alone, as pages, spreadsheets and JSON.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::http::StatusCode;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use zhida::analysis::Analyzer;
use zhida::content::ArticleId;
use zhida::curate::{Change, ChangeError, Curator, Kind, Outcome};
use zhida::events::{Channel, Event, Report, Revision, Searched, Shown, Visitor, Vote, What};
use zhida::insights::{By, Cell, Insights, Query, Report as Table, Scope, Verdict, cluster};
use zhida::search::{Learned, Searcher, Weights};

use crate::support::{AGENT_KEY, HelpCenter, Server, locale, parcels, request};

const DAY: Date = jiff::civil::date(2026, 11, 20);

/// What happens on a help center, as its log has it.
struct Log {
    events: Vec<(i64, Event)>,
    now: Timestamp,
}

impl Log {
    /// Nothing yet, at noon of [`DAY`].
    fn new() -> Self {
        let noon = DAY.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time");
        Self { events: Vec::new(), now: noon.timestamp() }
    }

    fn after(&mut self, seconds: i64) -> &mut Self {
        self.now += SignedDuration::from_secs(seconds);
        self
    }

    fn add(&mut self, visitor: &str, what: What) -> &mut Self {
        let (network, browser) = visitor.split_once('.').unwrap_or((visitor, "x"));
        let event = Event { at: self.now, visitor: Some(Visitor::new(network, browser)), what };
        self.events.push((self.events.len() as i64 + 1, event));
        self
    }

    /// A search; what it shows, and what became of the question.
    fn search(&mut self, visitor: &str, query: &str, shown: &[&str], answer: &'static str) -> &mut Self {
        let result = |id: &&str| Shown { id: (*id).to_owned(), locale: "en".to_owned(), tier: None };
        let searched = Searched {
            query_id: format!("q{}", self.events.len()),
            query: query.to_owned(),
            locale: locale(if query.is_ascii() { "en" } else { "zh-Hans" }),
            channel: Channel::Page,
            filters: Default::default(),
            total: shown.len(),
            results: shown.iter().map(result).collect(),
            answer: Some(answer.into()),
        };
        self.add(visitor, What::Searched(Box::new(searched)))
    }

    fn view(&mut self, visitor: &str, id: &str) -> &mut Self {
        self.report(visitor, Report::Viewed { article: revision(id) })
    }

    fn vote(&mut self, visitor: &str, id: &str, helpful: bool) -> &mut Self {
        let vote = Vote { helpful, reason: None, comment: None };
        self.report(visitor, Report::Voted { article: revision(id), vote })
    }

    fn report(&mut self, visitor: &str, report: Report) -> &mut Self {
        self.add(visitor, What::Reported { query_id: None, report })
    }

    /// What it says, with texts that so many visitors typed.
    fn insights(&self, least_visitors: u64) -> Insights {
        let settings = serde_json::from_value(json!({ "least_visitors": least_visitors })).expect("settings");
        let mut insights = Insights::new(&settings, None, TimeZone::UTC);
        insights.take(&self.events, self.events.len() as i64);
        insights
    }
}

fn revision(id: &str) -> Revision {
    Revision { id: ArticleId::new(id).expect("an id"), locale: locale("en"), hash: "1".to_owned() }
}

fn scope() -> Scope {
    Scope { from: DAY, to: DAY, locale: None, market: None, channel: None }
}

#[test]
fn visits_are_helped_or_not() {
    let mut log = Log::new();
    // Anna finds it, Ben is answered, Carla asks a person, Dan finds nothing, Eve reads what does
    // not help.
    log.search("anna", "lost parcel", &["duty", "lost"], "suggested").after(20).view("anna", "lost");
    log.search("ben", "duty", &["duty"], "answered");
    log.search("carla", "duty", &["duty"], "suggested").after(5).report("carla", Report::Escalated);
    log.search("dan", "xyz", &[], "unknown");
    log.search("eve", "points", &["points"], "suggested")
        .after(40)
        .view("eve", "points")
        .vote("eve", "points", false);
    log.report("ben", Report::Rated { score: 5 });
    let insights = log.insights(1);
    let figures = insights.figures(&scope());
    assert_eq!([figures.searches, figures.nothing_found, figures.answered, figures.opened], [5, 1, 1, 2]);
    assert_eq!([figures.visits, figures.helped, figures.escalated], [5, 2, 1]);
    assert_eq!(figures.deflection(), Some(2.0 / 3.0));
    assert_eq!(figures.self_service_score(), Some(5.0));
    assert_eq!(figures.satisfaction(), Some(5.0));
    assert_eq!(figures.seconds_to_help(), Some(20), "what did not help does not count");
    let days = insights.days(&Scope { from: DAY.yesterday().expect("a day"), ..scope() });
    assert_eq!(days.iter().map(|(_, figures)| figures.searches).collect::<Vec<_>>(), [0, 5]);
}

#[test]
fn a_scope_leaves_out_what_is_not_in_it() {
    let mut log = Log::new();
    log.search("anna", "lost", &["lost"], "answered").search("ben", "丢了", &[], "unknown");
    let insights = log.insights(1);
    let chinese = Scope { locale: Some(locale("zh-Hans")), ..scope() };
    assert_eq!(insights.figures(&chinese).searches, 1);
    assert_eq!(insights.figures(&chinese).unknown, 1);
    let nobody = Scope { market: Some("DE".to_owned()), ..scope() };
    assert_eq!(insights.figures(&nobody).searches, 0);
    let tomorrow =
        Scope { from: DAY.tomorrow().expect("a day"), to: DAY.tomorrow().expect("a day"), ..scope() };
    assert_eq!(insights.figures(&tomorrow).visits, 0);
    let shop = parcels();
    let by = insights.report(Table::Figures(By::Locale), &scope(), &shop.agent_index(), DAY);
    assert_eq!(by.rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), [text("en"), text("zh-Hans")]);
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn what_few_typed_is_not_shown() {
    let mut log = Log::new();
    for visitor in ["anna", "ben", "carla"] {
        log.search(visitor, "Where is  my parcel", &[], "unknown");
    }
    // One visitor, three times.
    for _ in 0..3 {
        log.search("dan", "Dan Miller lost his parcel", &[], "unknown");
    }
    let (insights, shop) = (log.insights(3), parcels());
    let questions = insights.report(Table::Questions, &scope(), &shop.agent_index(), DAY);
    assert_eq!(
        questions.rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>(),
        [text("where is my parcel")]
    );
    let gaps = insights.gaps(&scope(), &analyzer());
    let shown = format!("{gaps:?}").to_lowercase();
    assert!(shown.contains("where is my parcel") && !shown.contains("dan"), "{shown}");
}

#[test]
fn one_household_is_not_many_visitors() {
    let mut log = Log::new();
    for browser in ["home.phone", "home.tablet", "home.laptop"] {
        log.search(browser, "anna miller invoice", &[], "unknown");
    }
    let (insights, shop) = (log.insights(3), parcels());
    assert!(insights.report(Table::Questions, &scope(), &shop.agent_index(), DAY).rows.is_empty());
    assert_eq!(insights.gaps(&scope(), &analyzer()), []);
}

#[test]
fn a_filter_that_somebody_typed_is_not_shown() {
    let mut log = Log::new();
    log.search("anna", "lost", &["lost"], "answered");
    if let What::Searched(searched) = &mut log.events[0].1.what {
        searched.filters = [("market".into(), "Anna Miller".to_owned())].into();
    }
    let (insights, shop) = (log.insights(2), parcels());
    let markets = insights.report(Table::Figures(By::Market), &scope(), &shop.agent_index(), DAY);
    assert_eq!(markets.rows[0][0], Cell::Nothing);
    assert!(insights.choices().1.is_empty());
}

#[test]
fn what_did_not_help_is_no_help_whatever_is_searched_next() {
    let mut log = Log::new();
    log.search("anna", "points", &["points"], "suggested")
        .after(9)
        .view("anna", "points")
        .vote("anna", "points", false);
    log.search("anna", "something else", &[], "unknown");
    // Ben came from elsewhere.
    log.view("ben", "points").vote("ben", "points", false);
    let figures = log.insights(1).figures(&scope());
    assert_eq!([figures.visits, figures.helped], [2, 0]);
}

#[test]
fn a_young_log_knows_nothing_of_rising_questions() {
    let mut log = Log::new();
    log.now -= SignedDuration::from_hours(24 * 9);
    for day in 0..10 {
        for visitor in 0..2 {
            log.search(&format!("net{day}x{visitor}"), "lost parcel", &["lost"], "answered");
        }
        log.after(24 * 3600);
    }
    let month = Scope { from: DAY - jiff::ToSpan::days(27), ..scope() };
    let rising =
        |log: &Log| log.insights(1).report(Table::Rising, &month, &parcels().agent_index(), DAY).rows.len();
    assert_eq!(rising(&log), 0, "it is asked as often as ever");
    log.now -= SignedDuration::from_hours(24);
    for visitor in 0..20 {
        log.search(&format!("new{visitor}"), "customs strike", &[], "unknown");
    }
    assert_eq!(rising(&log), 1);
}

#[test]
fn many_with_words_of_their_own_are_a_gap_with_a_name() {
    let mut log = Log::new();
    log.search("anna", "customs invoice missing", &[], "unknown");
    log.search("ben", "missing customs invoice", &[], "unknown");
    log.search("carla", "my customs invoice is missing", &[], "unknown");
    let gaps = log.insights(3).gaps(&scope(), &analyzer());
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert!(gaps[0].questions.is_empty());
    assert_eq!((gaps[0].wordings, gaps[0].visitors), (3, 3));
    assert_eq!(gaps[0].name(), "customs invoice missing");
}

#[test]
fn what_is_found_is_no_gap() {
    let mut log = Log::new();
    log.search("anna", "duty", &["duty"], "answered").search("ben", "duty", &["duty"], "suggested");
    log.after(5).view("ben", "duty");
    assert_eq!(log.insights(1).gaps(&scope(), &analyzer()), []);
    // It was opened, and did not help.
    log.vote("ben", "duty", false)
        .search("carla", "duty", &["duty"], "suggested")
        .report("carla", Report::Escalated);
    let gaps = log.insights(1).gaps(&scope(), &analyzer());
    assert_eq!(gaps.iter().map(|gap| gap.times).collect::<Vec<_>>(), [2]);
}

fn analyzer() -> Analyzer {
    Analyzer::new(&Default::default())
}

/// Groups of queries that mean the same, as a person told them apart.
#[test]
fn queries_that_mean_the_same_are_one() {
    let judged = include_str!("../judgments/gaps/queries.jsonl");
    let judged: Vec<(String, String)> = judged
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).expect("JSON");
            let text = |name: &str| line[name].as_str().expect("a text").to_owned();
            (text("group"), text("query"))
        })
        .collect();
    let locales: Vec<_> = judged.iter().map(|(group, _)| locale(locale_of(group))).collect();
    let queries: Vec<Query> =
        judged.iter().zip(&locales).map(|((_, text), locale)| Query { text, locale, times: 1 }).collect();
    let mut found = vec![0; queries.len()];
    for (number, group) in cluster(&queries, &analyzer()).into_iter().enumerate() {
        group.into_iter().for_each(|at| found[at] = number);
    }
    let (mut both, mut told, mut right) = (0.0, 0.0, 0.0);
    for one in 0..found.len() {
        for other in 0..one {
            let (is_same, is_found) = (judged[one].0 == judged[other].0, found[one] == found[other]);
            both += f64::from(u8::from(is_same && is_found));
            told += f64::from(u8::from(is_found));
            right += f64::from(u8::from(is_same));
        }
    }
    let f1 = 2.0 * both / (told + right);
    let figures = format!("pairwise F1 {f1:.3}, precision {:.3}, recall {:.3}", both / told, both / right);
    writeln!(std::io::stdout(), "{figures}").ok();
    assert!(f1 >= 0.80, "{figures}");
}

/// Returns the language of the visitors of a judged group.
fn locale_of(group: &str) -> &'static str {
    match group[1..].parse::<u32>().expect("a number") {
        0..=55 => "zh-Hans",
        56..=85 => "en",
        86..=88 => "es",
        89..=90 => "fr",
        91..=92 => "de",
        93..=94 => "pt",
        95..=96 => "ja",
        97..=98 => "ko",
        _ => "ru",
    }
}

fn curator(shop: &HelpCenter) -> Curator {
    let content = zhida::content::Settings { dir: shop.content(), default_locale: locale("en") };
    Curator::new(content, &shop.index_dir(), &shop.data())
}

fn question(id: &str, text: &str) -> Outcome {
    Outcome::Question { id: ArticleId::new(id).expect("an id"), locale: locale("en"), text: text.to_owned() }
}

#[test]
fn a_question_is_added_and_undone() {
    let mut shop = parcels();
    let curator = curator(&shop);
    let file = shop.content().join("en/lost.md");
    let before = std::fs::read_to_string(&file).expect("a file");
    let change = curator.change(&question("lost", "courier vanished")).expect("a change");
    assert!(
        change.patch().contains("+questions: [parcel never arrived, \"courier vanished\"]"),
        "{}",
        change.patch()
    );
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), before, "nothing is written yet");
    let number = curator.apply(Kind::Question, change.clone()).expect("it is made");
    shop.refresh();
    assert_eq!(shop.ids("courier vanished", "en"), ["lost"]);
    // Made twice, it would be on what is there no more.
    assert!(matches!(curator.apply(Kind::Question, change), Err(ChangeError::Conflict { .. })));
    curator.undo(number).expect("it is undone");
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), before);
    assert!(matches!(curator.undo(number), Err(ChangeError::NoChange)));
    let journal = curator.changes().expect("a journal");
    assert_eq!(journal.iter().map(|entry| entry.undoes).collect::<Vec<_>>(), [Some(number), None]);
}

#[test]
fn who_changes_the_file_in_the_meantime_loses_nothing() {
    let shop = parcels();
    let curator = curator(&shop);
    let change = curator.change(&question("lost", "courier vanished")).expect("a change");
    let file = shop.content().join("en/lost.md");
    std::fs::write(&file, "Somebody writes it anew.").expect("it is written");
    assert!(matches!(curator.apply(Kind::Question, change), Err(ChangeError::Conflict { .. })));
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), "Somebody writes it anew.");
    assert!(curator.changes().expect("a journal").is_empty());
}

#[test]
fn a_journal_that_a_crash_cut_off_goes_on() {
    let shop = parcels();
    let ignore = |text: &str| Outcome::Ignore { questions: vec![text.to_owned()] };
    let make = |text: &str| {
        let curator = curator(&shop);
        let change = curator.change(&ignore(text)).expect("a change");
        curator.apply(Kind::Ignore, change).expect("it is made")
    };
    assert_eq!(make("one"), 1);
    let journal = shop.data().join("changes.jsonl");
    let mut cut = std::fs::read(&journal).expect("a journal");
    // In the middle of a character.
    cut.extend_from_slice(&"{\"number\":2,\"change\":\"包".as_bytes()[..24]);
    std::fs::write(&journal, cut).expect("it is written");
    assert_eq!(make("two"), 2);
    assert_eq!(curator(&shop).changes().expect("a journal").len(), 2);
    assert!(curator(&shop).ignored(&analyzer()).contains(&analyzer().key("Two")));
}

#[test]
fn without_a_journal_nothing_is_changed() {
    let shop = parcels();
    std::fs::create_dir_all(shop.data().join("changes.jsonl")).expect("a folder where the journal should be");
    let curator = curator(&shop);
    let change = curator.change(&question("lost", "courier vanished")).expect("a change");
    let file = shop.content().join("en/lost.md");
    let before = std::fs::read_to_string(&file).expect("a file");
    assert!(matches!(curator.apply(Kind::Question, change), Err(ChangeError::Journal(_))));
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), before);
}

#[test]
fn nothing_is_written_outside_of_the_content() {
    let shop = parcels();
    let id = ArticleId::new(".\u{1}./.\u{1}./escaped").expect("an id");
    assert_eq!(id.as_str(), "escaped");
    let change = Change { file: "../escaped.md".into(), before: None, after: Some("x".to_owned()) };
    assert!(matches!(curator(&shop).apply(Kind::Written, change), Err(ChangeError::Outside)));
    assert!(!shop.data().join("../escaped.md").exists());
}

#[test]
fn synonyms_are_plain_words() {
    let shop = parcels();
    let synonym = |words: &[&str]| Outcome::Synonym {
        locale: Some(locale("en")),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let change = curator(&shop).change(&synonym(&["consignment", "parcel"])).expect("a change");
    assert_eq!(change.file, Path::new("synonyms.en.txt"));
    assert_eq!(change.after.as_deref(), Some("consignment, parcel\n"));
    for wrong in [&["parcel"][..], &["a", "b # c"], &["a", "b => c"], &["a", ""]] {
        assert!(matches!(curator(&shop).change(&synonym(wrong)), Err(ChangeError::Words)), "{wrong:?}");
    }
}

fn searcher<'a>(snapshot: &'a zhida::live::Snapshot, weights: &'a Weights) -> Searcher<'a> {
    Searcher::new(&snapshot.index, &snapshot.analyzer, weights, DAY)
}

#[test]
fn what_a_change_does_is_seen_before() {
    let mut log = Log::new();
    for visitor in ["anna", "ben", "carla"] {
        log.search(visitor, "consignment", &[], "unknown").search(visitor, "points", &["points"], "answered");
    }
    let (insights, shop) = (log.insights(1), parcels());
    let curator = curator(&shop);
    let outcome =
        Outcome::Synonym { locale: None, words: vec!["consignment".to_owned(), "parcel".to_owned()] };
    let change: Change = curator.change(&outcome).expect("a change");
    let trial = curator.try_out(&change).expect("it is tried");
    let weights = Default::default();
    let searcher = |snapshot| searcher(snapshot, &weights);
    let replay = zhida::insights::replay(
        &insights.logged(100),
        &searcher(shop.snapshot()),
        &searcher(&trial.snapshot),
    );
    let replay = replay.expect("they are searched");
    assert_eq!((replay.searches, replay.moved.len()), (2, 1));
    assert_eq!(
        (replay.moved[0].query.as_deref(), replay.moved[0].verdict),
        (Some("consignment"), Verdict::Better)
    );
    drop(trial);
    assert!(!shop.content().join("synonyms.txt").exists(), "nothing was written");
    let left = std::fs::read_dir(shop.index_dir()).expect("a folder").flatten();
    assert!(!left.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".trial")));
}

#[test]
fn votes_choose_between_articles_within_bounds() {
    let shop = HelpCenter::new(&[
        ("en/a.md", "---\ntitle: Return a parcel\n---\nHow to return a parcel.\n"),
        ("en/b.md", "---\ntitle: Return a parcel\n---\nHow to return a parcel.\n"),
    ]);
    let snapshot = shop.snapshot();
    let hash = |id: &str| {
        let id = ArticleId::new(id).expect("an id");
        snapshot.index.card_of(&id, &locale("en")).expect("an article").hash.clone()
    };
    let order = |log: &Log| -> Vec<String> {
        let mut opinions = log.insights(1).opinions(DAY.tomorrow().expect("a day"));
        opinions.iter_mut().for_each(|opinion| opinion.revision = hash(&opinion.id));
        let (weights, learned) = (Default::default(), Arc::new(Learned::new(opinions)));
        let searcher = zhida::search::Searcher::new(&snapshot.index, &snapshot.analyzer, &weights, DAY);
        let found =
            searcher.with_learned(learned).search(&request("parcel return", "en")).expect("it is searched");
        found.hits.iter().map(|hit| snapshot.index.card(hit.article).id.to_string()).collect()
    };
    let mut log = Log::new();
    assert_eq!(order(&log), ["a", "b"]);
    // A hundred browsers of one network are one voice, which is too few.
    for browser in 0..100 {
        log.vote(&format!("net.{browser}"), "b", true);
    }
    assert_eq!(order(&log), ["a", "b"]);
    for network in 0..6 {
        log.vote(&format!("net{network}.x"), "b", true);
    }
    assert_eq!(order(&log), ["b", "a"]);
    // Who changes their mind is heard once.
    for network in 0..6 {
        log.vote(&format!("net{network}.x"), "b", false);
    }
    assert_eq!(order(&log), ["a", "b"]);
    // What happens today counts tomorrow.
    assert!(log.insights(1).opinions(DAY).is_empty());
}

#[test]
fn a_click_below_the_first_result_says_a_little() {
    let mut log = Log::new();
    for network in 0..8 {
        let visitor = format!("net{network}.x");
        log.search(&visitor, "lost", &["duty", "lost"], "suggested").after(3).view(&visitor, "lost");
        log.search(&visitor, "duty", &["duty", "lost"], "suggested").after(3).view(&visitor, "duty");
    }
    let opinions = log.insights(1).opinions(DAY.tomorrow().expect("a day"));
    let said: Vec<_> = opinions.iter().map(|opinion| (opinion.id.as_str(), opinion.helped)).collect();
    assert_eq!(said, [("lost", 2.0)]);
}

#[test]
fn who_rewrites_an_article_starts_anew() {
    let mut log = Log::new();
    for network in 0..6 {
        log.vote(&format!("net{network}.x"), "lost", false);
    }
    log.after(60);
    let new = Revision { hash: "2".to_owned(), ..revision("lost") };
    let vote = Vote { helpful: true, reason: None, comment: None };
    log.report("net9.x", Report::Voted { article: new, vote });
    let opinions = log.insights(1).opinions(DAY.tomorrow().expect("a day"));
    let said: Vec<_> = opinions.iter().map(|one| (one.revision.as_str(), one.helped, one.failed)).collect();
    assert_eq!(said, [("2", 1.0, 0.0)]);
}

fn as_agent(key: &str) -> [(&str, &str); 1] {
    [("authorization", key)]
}

fn report(server: &Server, path: &str) -> Value {
    let key = format!("Bearer {AGENT_KEY}");
    let (status, _, body) = server.get_with(path, &as_agent(&key));
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).expect("JSON")
}

fn drained(server: &Server) {
    server.counts();
}

#[test]
fn pages_and_programs_are_counted() {
    let server = parcels().server();
    let visit = |path: &str, browser: &str| server.get_with(path, &[("user-agent", browser)]).0;
    visit("/en/search?q=lost+parcel", "anna");
    visit("/en/articles/lost", "anna");
    visit("/en/search?q=zzzz+qqqq", "ben");
    visit("/api/v1/answers?q=who+pays+import+duty&channel=chat", "carla");
    assert_eq!(visit("/api/v1/answers?q=duty&channel=fax", "carla"), StatusCode::BAD_REQUEST);
    drained(&server);
    let figures = report(&server, "/api/v1/insights");
    let count = |name: &str| figures[name].as_u64();
    assert_eq!([count("searches"), count("opened"), count("visits")], [Some(3), Some(1), Some(3)]);
    let channels = report(&server, "/api/v1/insights/channels");
    let rows: Vec<_> = channels["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (&row["channel"], &row["searches"]))
        .collect();
    assert_eq!(rows, [(&json!("page"), &json!(2)), (&json!("chat"), &json!(1))]);
    let gaps = report(&server, "/api/v1/insights/gaps");
    assert_eq!(gaps["gaps"][0]["questions"], json!(["zzzz qqqq"]));
    let articles = report(&server, "/api/v1/insights/articles?from=2026-01-01&to=2027-12-31");
    assert_eq!(articles["rows"][0]["id"], "lost");
}

#[test]
fn reports_are_for_agents_alone() {
    let server = parcels().server();
    for path in ["/api/v1/insights", "/api/v1/insights/articles", "/api/v1/insights/gaps"] {
        assert_eq!(server.get(path).0, StatusCode::UNAUTHORIZED, "{path}");
    }
    for path in [
        "/agent/insights",
        "/agent/insights/articles",
        "/agent/insights/days.csv",
        "/agent/insights/gaps",
        "/agent/insights/changes",
    ] {
        let (status, body) = server.get(path);
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(!body.contains("compensation"), "{path}");
    }
    let forbidden = server.post_form("/agent/insights/changes/accept", "outcome=ignore&questions=x", &[]);
    assert_eq!(forbidden.0, StatusCode::UNAUTHORIZED);
}

#[test]
fn every_report_is_a_page_and_a_spreadsheet() {
    let server = parcels().server();
    server.get_with("/en/search?q=%3Cb%3Ebold%3C%2Fb%3E", &[("user-agent", "anna")]);
    drained(&server);
    let cookie = server.signed_in();
    let headers = [("cookie", cookie.as_str()), ("accept-language", "zh-CN")];
    for report in Table::ALL {
        let path = format!("/agent/insights/{}", report.as_str());
        let (status, _, page) = server.get_with(&path, &headers);
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
        assert!(!page.contains("<b>bold"), "{path}");
        let (status, headers, csv) = server.get_with(&format!("{path}.csv"), &headers);
        assert_eq!(
            (status, &headers["content-type"]),
            (StatusCode::OK, &"text/csv; charset=utf-8".parse().expect("a value"))
        );
        assert!(csv.starts_with('\u{feff}'), "{path}");
    }
    for path in ["/agent/insights", "/agent/insights/gaps", "/agent/insights/changes"] {
        let (status, _, page) = server.get_with(path, &headers);
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
        assert!(!page.contains("<b>bold"), "{path}");
    }
    assert_eq!(server.get_with("/agent/insights/nothing", &headers).0, StatusCode::NOT_FOUND);
    for wrong in [
        "from=yesterday",
        "from=2026-11-02&to=2026-11-01",
        "from=2020-01-01",
        "channel=fax",
        "locale=x_y_z!",
        "day=1",
    ] {
        let (status, _, page) = server.get_with(&format!("/agent/insights?{wrong}"), &headers);
        assert_eq!(status, StatusCode::BAD_REQUEST, "{wrong}: {page}");
    }
}

#[test]
fn a_gap_becomes_a_change_on_the_page() {
    let shop = parcels();
    let server = shop.server();
    server.get_with("/en/search?q=consignment", &[("user-agent", "anna")]);
    drained(&server);
    let cookie = server.signed_in();
    let headers = [("cookie", cookie.as_str())];
    let (_, _, page) = server.get_with("/agent/insights/gaps", &headers);
    assert!(page.contains("consignment"), "{page}");
    let send = |fields: &str| server.post_form("/agent/insights/changes", fields, &headers);
    let fields = "outcome=synonym&words=consignment%0Aparcel&language=en";
    let (status, _, preview) = send(fields);
    assert_eq!(status, StatusCode::OK, "{preview}");
    assert!(preview.contains("+consignment, parcel"), "{preview}");
    assert!(!shop.content().join("synonyms.en.txt").exists(), "nothing is written yet");
    let (_, _, patch) = send(&format!("{fields}&step=patch"));
    assert!(patch.starts_with("--- /dev/null\n+++ b/synonyms.en.txt\n"), "{patch}");
    let accept = |fields: &str| server.post_form("/agent/insights/changes/accept", fields, &headers);
    // Without having been shown it is shown first.
    assert_eq!(accept(fields).0, StatusCode::OK);
    let shown = preview
        .split("name=\"shown\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a hash");
    let (status, _, _) = accept(&format!("{fields}&shown={shown}"));
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(
        std::fs::read_to_string(shop.content().join("synonyms.en.txt")).expect("a file"),
        "consignment, parcel\n"
    );
    let elsewhere = [("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site")];
    let forbidden = server.post_form("/agent/insights/changes/undo", "number=1", &elsewhere);
    assert_eq!(forbidden.0, StatusCode::FORBIDDEN);
    assert_eq!(
        server.post_form("/agent/insights/changes/undo", "number=1", &headers).0,
        StatusCode::SEE_OTHER
    );
    assert!(!shop.content().join("synonyms.en.txt").exists());
    for wrong in [
        "outcome=nothing",
        "outcome=article&title=&locale=en",
        "outcome=question&article=lost&question=x",
        "outcome=synonym&words=one",
    ] {
        assert_eq!(send(wrong).0, StatusCode::BAD_REQUEST, "{wrong}");
    }
    // What is ignored is no gap any more.
    let (_, _, preview) = send("outcome=ignore&questions=consignment");
    let shown = preview
        .split("name=\"shown\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a hash");
    accept(&format!("outcome=ignore&questions=consignment&shown={shown}"));
    let gaps = report(&server, "/api/v1/insights/gaps");
    assert_eq!(gaps["gaps"], json!([]));
}
