//! Search by meaning: 1. what says the same in other words or another language is found,
//! labelled and not counted; 2. words come first where they say enough; 3. nothing that a
//! search leaves out comes in through it; 4. it follows edits and outlives restarts;
//! 5. without its model, search goes on by words and says so.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use insta::assert_snapshot;
use serde_json::{Value, json};
use zhida::live::{Meaning, MeaningState};
use zhida::search::MatchTier;
use zhida::semantic::{Embedder, EndpointSettings, Source};

use crate::support::{HelpCenter, embedder, request};

/// A small shop: English and Chinese, some of it in one language only.
const SHOP: [(&str, &str); 8] = [
    (
        "en/returns.md",
        "---\ntitle: Send an item back\ncategory: returns\n---\nYou have 30 days from delivery to return an item. We pay the postage if it arrived faulty.\n",
    ),
    (
        "en/password.md",
        "---\ntitle: Reset your password\nquestions: [I forgot my login]\n---\nChoose “Forgot password” and follow the link in the e-mail.\n",
    ),
    (
        "en/customs.md",
        "---\ntitle: Customs duties\nmarket: [UK]\n---\nParcels from outside the country may be taxed. The carrier collects the duty before it hands the parcel over.\n",
    ),
    ("en/wash.md", "---\ntitle: Caring for wool\n---\nWash wool by hand in cold water and dry it flat.\n"),
    (
        "en/secret.md",
        "---\ntitle: Goodwill vouchers\naudience: internal\n---\nIf a customer is very angry about a late parcel, offer a voucher of ten euros.\n",
    ),
    (
        "en/sale.md",
        "---\ntitle: Winter sale\neffective: 2030-01-01\n---\nEverything is half price during the winter sale.\n",
    ),
    (
        "zh-Hans/invoice.md",
        "---\ntitle: 如何开发票\n---\n在订单详情页点击“申请发票”，填写抬头和税号，电子发票会发到您的邮箱。\n",
    ),
    (
        "zh-Hans/damaged.md",
        "---\ntitle: 收到的商品破损怎么办\n---\n请在签收后48小时内拍照联系客服，我们会补发或退款。\n",
    ),
];

fn shop() -> HelpCenter {
    HelpCenter::with_meaning(&SHOP)
}

#[test]
fn other_words_and_other_languages_find_the_article() {
    let shop = shop();
    assert_snapshot!(shop.ranking("locked out of my account", "en").lines().next().unwrap_or_default(), @"1. en/password some_words");
    assert_snapshot!(shop.ranking("怎样洗羊毛衫", "zh-Hans").lines().next().unwrap_or_default(), @"1. en/wash meaning");
    let results = shop.search("my jumper came with a hole in it", "en");
    let meant = results.hits.iter().filter(|hit| hit.tier == Some(MatchTier::Meaning)).count();
    assert_eq!(results.listed, results.total + meant, "what meaning found is listed and not counted");
    let answer = shop.json("/api/v1/search?q=how+do+I+get+an+invoice+for+my+company&locale=en");
    let results = answer["results"].as_array().expect("a list");
    let invoice = results.iter().find(|result| result["id"] == "invoice").expect("it is found");
    assert_eq!((&invoice["match_tier"], &invoice["fallback"]), (&json!("meaning"), &json!(true)));
    assert_eq!(answer["semantic"], "ready");
}

#[test]
fn words_that_say_enough_come_first() {
    let shop = shop();
    // A stored question, and a word that an article has.
    assert_eq!(shop.search("I forgot my login", "en").hits[0].tier, Some(MatchTier::Exact));
    assert_eq!(shop.ids("wool", "en"), ["wash"]);
    // What is demanded must be there.
    for query in ["q=%22locked+out%22+account", "q=locked+out+of+account&match=all"] {
        let answer = shop.json(&format!("/api/v1/search?{query}&locale=en"));
        let results = answer["results"].as_array().expect("a list");
        assert!(results.iter().all(|result| result["match_tier"] == "relaxed"), "{results:?}");
    }
    assert!(!shop.ids("locked out of my account -password", "en").contains(&"password".to_owned()));
}

#[test]
fn what_a_search_leaves_out_is_not_found_by_its_meaning() {
    let shop = shop();
    for query in ["compensation for furious buyers whose delivery was delayed", "cheaper prices in January"] {
        let ids = shop.ids(query, "en");
        assert!(!ids.contains(&"secret".to_owned()) && !ids.contains(&"sale".to_owned()), "{query}: {ids:?}");
    }
    let query = "q=government+charges+on+imports&locale=en";
    let ids = |parameters: &str| -> Vec<String> {
        let answer = shop.json(&format!("/api/v1/search?{query}{parameters}"));
        let results = answer["results"].as_array().cloned().unwrap_or_default();
        results.iter().filter_map(|result| result["id"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(ids("").first().map(String::as_str), Some("customs"));
    assert!(!ids("&market=US").contains(&"customs".to_owned()), "a filter holds for meaning");
    assert!(!ids("&only_locale=zh-Hans").contains(&"customs".to_owned()));
    assert!(!ids("&category=returns").contains(&"customs".to_owned()));
}

#[test]
fn an_edited_article_is_found_by_its_words_until_its_vectors_are_there() {
    let mut shop = HelpCenter::with_meaning(&SHOP);
    let edited =
        "---\ntitle: Caring for wool\n---\nWool shrinks in a hot machine: use the programme for silk.\n";
    let many: Vec<(String, String)> = (0..10)
        .map(|number| {
            (format!("en/more{number}.md"), format!("---\ntitle: Notice {number}\n---\nShelf {number}.\n"))
        })
        .collect();
    for (path, text) in &many {
        shop.save(path, text);
    }
    shop.embed();
    shop.save("en/wash.md", edited);
    assert_eq!(shop.ids("silk programme", "en"), ["wash"], "it is found at once");
    assert_eq!(
        shop.ranking("locked out of my account", "en").lines().next(),
        Some("1. en/password some_words")
    );
    let answer = shop.json("/api/v1/search?q=silk&locale=en");
    assert_eq!(answer["semantic"], "building");
    assert_eq!(shop.embed(), 1, "only what changed is embedded again");
    assert_eq!(shop.json("/api/v1/search?q=silk&locale=en")["semantic"], "ready");
    assert!(shop.ids("jumper got smaller in the laundry", "en").contains(&"wash".to_owned()));
}

#[test]
fn a_restart_finds_the_same_with_the_same_vectors() {
    let mut shop = shop();
    let queries = ["locked out of my account", "怎样洗羊毛衫", "parcel taxed at the border", "发票 invoice"];
    let scores = |shop: &HelpCenter| -> Vec<(String, u32)> {
        let hits = queries.iter().flat_map(|query| shop.search(query, "en").hits);
        hits.map(|hit| (format!("{:?}", hit.article), hit.score.to_bits())).collect()
    };
    let before = scores(&shop);
    shop.restart();
    assert_eq!(shop.embed(), 0, "nothing is made twice");
    assert_eq!(scores(&shop), before);
}

#[test]
fn of_a_long_query_the_start_is_compared_and_the_response_says_so() {
    let shop = shop();
    let long = "my jumper shrank when I put it into the laundry and ".repeat(20);
    let answer = shop.server().post("/api/v1/search", &json!({ "q": long, "locale": "en" }).to_string()).1;
    assert_eq!(answer["semantic_cut"], true);
    assert_eq!(shop.json("/api/v1/search?q=jumper&locale=en")["semantic_cut"], false);
}

#[test]
fn similar_articles_are_named() {
    let shop = HelpCenter::with_meaning(&[
        ("en/returns.md", SHOP[0].1),
        (
            "en/exchange.md",
            "---\ntitle: Swap an item\n---\nYou can exchange an item within 30 days of delivery; we pay the postage.\n",
        ),
        ("en/wash.md", SHOP[3].1),
        (
            "en/secret.md",
            "---\ntitle: Returns, internal\naudience: internal\n---\nAccept an item that is sent back until day 45.\n",
        ),
    ]);
    assert_eq!(shop.json("/api/v1/articles/returns")["similar"], json!(["exchange", "wash"]));
    assert!(shop.get("/en/articles/returns").1.contains("Swap an item"));
}

/// An embeddings endpoint on this machine.
struct Endpoint {
    address: String,
    requests: Arc<AtomicUsize>,
}

impl Endpoint {
    /// Starts one that answers each request, counted from zero, with `answer`.
    fn start(answer: impl Fn(usize, &[String]) -> (u16, Value) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let Ok(connection) = connection else { return };
                serve(connection, |texts| answer(counted.fetch_add(1, Ordering::SeqCst), texts));
            }
        });
        Self { address, requests }
    }

    fn settings(&self) -> EndpointSettings {
        let settings = json!({
            "url": format!("http://{}/v1/embeddings", self.address), "model": "test", "api_key": "secret",
            "batch": 4, "window": 200, "query_timeout_ms": 2000, "timeout_seconds": 5,
            "query_prefix": "", "passage_prefix": "", "cosine_weight": 3.0, "least_cosine": 0.5,
            "language_gap": 0.0,
        });
        serde_json::from_value(settings).expect("the settings of an endpoint")
    }
}

fn serve(mut connection: TcpStream, answer: impl Fn(&[String]) -> (u16, Value)) {
    let mut reader = BufReader::new(connection.try_clone().expect("a connection"));
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("a body");
        let body: Value = serde_json::from_slice(&body).expect("a request is JSON");
        let texts: Vec<String> = serde_json::from_value(body["input"].clone()).expect("texts");
        let (status, answer) = answer(&texts);
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        if connection.write_all((head + &answer).as_bytes()).is_err() {
            return;
        }
    }
}

/// A vector by letters: texts with the same letters are near.
fn by_letters(texts: &[String]) -> Value {
    let vector = |text: &String| -> Vec<f32> {
        let count = |letter: char| text.to_lowercase().matches(letter).count() as f32;
        ('a'..='z').map(count).chain([1.0]).collect()
    };
    let data = texts.iter().enumerate().rev();
    let data = data.map(|(index, text)| json!({ "index": index, "embedding": vector(text) }));
    json!({ "data": data.collect::<Vec<_>>() })
}

/// Builds a help center whose vectors come from an endpoint.
fn over(endpoint: &Endpoint) -> HelpCenter {
    HelpCenter::with_endpoint(&SHOP, endpoint.settings())
}

#[test]
fn an_endpoint_makes_the_vectors_in_batches_and_is_asked_again_when_busy() {
    let endpoint = Endpoint::start(|number, texts| {
        assert!(texts.len() <= 4, "a batch has four texts");
        if number == 1 { (503, json!({})) } else { (200, by_letters(texts)) }
    });
    let mut shop = over(&endpoint);
    assert!(shop.embed() > 0);
    assert_eq!(shop.search("owlo", "en").hits.first().and_then(|hit| hit.tier), Some(MatchTier::Meaning));
    assert!(endpoint.requests.load(Ordering::SeqCst) > 3);
}

#[test]
fn an_endpoint_that_is_away_or_talks_nonsense_leaves_search_by_words() {
    let nonsense = |data: Value| {
        let endpoint = Endpoint::start(move |_, _| (200, data.clone()));
        Embedder::open(&Source::Endpoint, &endpoint.settings()).err().expect("it is refused").to_string()
    };
    assert_snapshot!(masked(&nonsense(json!({ "hello": 1 }))), @"the embedding endpoint URL cannot be used: its answer is not a list of vectors: json: missing field `data` at line 1 column 11");
    assert_snapshot!(masked(&nonsense(json!({ "data": [] }))), @"the embedding endpoint URL cannot be used: it returned 0 vectors for 1 texts");
    // It answers while the articles are embedded, and then with vectors of another size.
    let endpoint = Endpoint::start(|_, texts| match texts {
        [text] if text == "wool" => (200, json!({ "data": [{ "index": 0, "embedding": [1.0, 2.0] }] })),
        _ => (200, by_letters(texts)),
    });
    let mut shop = over(&endpoint);
    shop.embed();
    assert_eq!(shop.json("/api/v1/search?q=parcel&locale=en")["semantic"], "ready");
    let answer = shop.json("/api/v1/search?q=wool&locale=en");
    assert_eq!((&answer["semantic"], &answer["results"][0]["id"]), (&json!("unavailable"), &json!("wash")));
    let gone = EndpointSettings { url: "http://127.0.0.1:9/v1/embeddings".into(), ..endpoint.settings() };
    let error = Embedder::open(&Source::Endpoint, &gone).err().expect("nobody answers").to_string();
    assert!(error.contains("http://127.0.0.1:9/v1/embeddings"), "{error}");
}

fn masked(message: &str) -> String {
    let words = message.split(' ');
    words.map(|word| if word.starts_with("http://127") { "URL" } else { word }).collect::<Vec<_>>().join(" ")
}

/// A folder with the files of the bundled model, one of them changed.
fn model_with(name: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/semantic/multilingual-e5-small");
    for file in ["config.json", "tokenizer.json", "model.onnx", "model.onnx.data"] {
        let bytes = fs::read(bundled.join(file)).expect("the bundled model is there");
        let bytes = if file == name { change(bytes) } else { bytes };
        fs::write(folder.path().join(file), bytes).expect("a file");
    }
    folder
}

#[test]
fn a_model_in_a_folder_is_used_or_refused_with_what_to_do() {
    let open = |folder: &Path| Embedder::open(&Source::Folder(folder.to_owned()), &Default::default());
    let refused = |folder: &Path| {
        let message = open(folder).err().expect("it is refused").to_string();
        message.replace(&folder.display().to_string(), "DIR")
    };
    let sound = model_with("", |bytes| bytes);
    let model = open(sound.path()).expect("it opens").expect("a model");
    assert_eq!(model.id(), embedder().id(), "it is the same model");
    let weighted = model_with("config.json", |bytes| {
        String::from_utf8(bytes)
            .expect("a text")
            .replace("\"cosine_weight\": 3", "\"cosine_weight\": 9")
            .into_bytes()
    });
    assert_eq!(open(weighted.path()).expect("it opens").expect("a model").id(), embedder().id());
    let other = model_with("config.json", |bytes| {
        String::from_utf8(bytes).expect("a text").replace("query: ", "question: ").into_bytes()
    });
    assert_ne!(open(other.path()).expect("it opens").expect("a model").id(), embedder().id());
    assert_snapshot!(refused(Path::new("nowhere")), @"cannot read DIR/config.json; the folder of a model has config.json, tokenizer.json and model.onnx");
    assert_snapshot!(refused(model_with("tokenizer.json", |bytes| bytes[..1000].to_vec()).path()), @r#"DIR/tokenizer.json cannot be used: EOF while parsing a string at line 1 column 1000; get the files of the model again, or set semantic = "off""#);
    let cut = refused(model_with("model.onnx", |bytes| bytes[..1000].to_vec()).path());
    assert!(cut.starts_with("DIR/model.onnx cannot be used: "), "{cut}");
    let wrong_size = model_with("config.json", |bytes| {
        String::from_utf8(bytes)
            .expect("a text")
            .replace("\"hidden_size\": 384", "\"hidden_size\": 512")
            .into_bytes()
    });
    assert_snapshot!(refused(wrong_size.path()), @r#"DIR/model.onnx cannot be used: its vectors have 384 numbers, and config.json says hidden_size = 512; get the files of the model again, or set semantic = "off""#);
}

#[test]
fn a_model_that_cannot_be_used_is_told_and_words_are_searched() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = Source::Folder(PathBuf::from("nowhere"));
    let meaning = Meaning::new(source, EndpointSettings::default(), folder.path());
    let shop = HelpCenter::new(&SHOP);
    assert!(meaning.vectors(&shop.agent_index()).is_err());
    assert_eq!(meaning.of_query("wool", None).state, MeaningState::Building(Default::default()));
    assert_eq!(shop.ids("wool", "en"), ["wash"]);
    assert_eq!(shop.json("/api/v1/search?q=wool")["semantic"], "off");
    assert_eq!(request("wool", "en").vector, None);
}

/// Runs the real program on a folder, with search by meaning.
fn zhida(folder: &Path, args: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zhida"));
    let output = command.current_dir(folder).args(args).output().expect("the program starts");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_commands_make_vectors_once_and_tell_of_articles_that_answer_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = |name: &str, title: &str, text: &str| {
        let text = format!("---\ntitle: {title}\n---\n{text}\n");
        crate::support::write(&folder.path().join("content/en").join(name), &text);
    };
    article(
        "return.md",
        "How do I return an item?",
        "Print the label and bring the parcel to the post office.",
    );
    article("send-back.md", "How can I return an item?", "You have 30 days to send it back.");
    article("wash.md", "Caring for wool", "Wash it by hand in cold water.");
    assert!(
        zhida(folder.path(), &["search", "shrunken jumper"]).contains("no index in"),
        "it says what to do"
    );
    assert!(zhida(folder.path(), &["index"]).contains("Embedded 3 passages in "));
    assert!(!zhida(folder.path(), &["index"]).contains("Embedded"), "nothing is made twice");
    assert!(zhida(folder.path(), &["search", "shrunken jumper"]).contains("Caring for wool"));
    let why = zhida(folder.path(), &["why", "--id", "wash", "shrunken jumper"]);
    assert!(why.contains("tier meaning") && why.contains("shares    words 0.00, meaning"), "{why}");
    let problems = zhida(folder.path(), &["check"]);
    let twins = problems.lines().filter(|line| line.contains("[same-question]")).count();
    assert_eq!(twins, 1, "{problems}");
    fs::remove_dir_all(folder.path().join("index/vectors")).expect("they are there");
    let answer = zhida(folder.path(), &["search", "wool"]);
    assert!(answer.contains("searching by words alone") && answer.contains("Caring for wool"), "{answer}");
    let lean = zhida(folder.path(), &["search", "wool", "--model", "nowhere"]);
    assert!(lean.contains("nowhere/config.json; the folder of a model has"), "{lean}");
}
