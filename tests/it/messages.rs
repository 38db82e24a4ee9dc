//! Bringing messages to people: 1. a webhook gets each, signed, and again where it failed; 2. a
//! mail server gets each; 3. nothing is lost over a restart; 4. who writes does not wait for
//! that; 5. wrong settings are refused with what to write.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use zhida::messages::{Message, Messages, Settings};

use crate::support::locale;

const SOON: Duration = Duration::from_millis(20);

/// Longest wait for what must happen.
const PATIENCE: Duration = Duration::from_secs(30);

fn message(text: &str) -> Message {
    Message {
        at: Timestamp::now(),
        text: text.to_owned(),
        email: "anna@mail.example".to_owned(),
        name: Some("Anna 安娜".to_owned()),
        locale: locale("en"),
        page: Some("/en/articles/lost".to_owned()),
        query_id: None,
    }
}

fn open(dir: &Path, settings: &Settings) -> Messages {
    Messages::with_wait(dir, settings, SOON).expect("right settings")
}

fn put(messages: &Messages, text: &str) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(messages.put(message(text))).expect("it is kept");
}

/// Waits until every message has arrived.
fn wait_until_all_arrived(dir: &Path) {
    let deadline = std::time::Instant::now() + PATIENCE;
    while zhida::messages::read(dir).expect("they are read").iter().any(|kept| !kept.waiting.is_empty()) {
        assert!(std::time::Instant::now() < deadline, "a message does not arrive");
        std::thread::sleep(SOON);
    }
}

/// A request as a webhook gets it.
pub(crate) struct Posted {
    headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Posted {
    fn text(&self) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).expect("JSON");
        body["message"].as_str().expect("a text").to_owned()
    }
}

/// Starts a webhook that answers with these statuses, then with 200.
pub(crate) fn webhook(statuses: &'static [u16]) -> (String, Receiver<Posted>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut statuses = statuses.iter();
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let posted = read_request(&stream);
            let status = statuses.next().unwrap_or(&200);
            write!(stream, "HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok();
            if send.send(posted).is_err() {
                return;
            }
        }
    });
    (url, receive)
}

fn read_request(stream: &TcpStream) -> Posted {
    let mut reader = BufReader::new(stream);
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        match line.trim().split_once(": ") {
            Some((name, value)) => drop(headers.insert(name.to_lowercase(), value.to_owned())),
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; headers["content-length"].parse().expect("a length")];
    reader.read_exact(&mut body).expect("a body");
    Posted { headers, body: String::from_utf8(body).expect("UTF-8") }
}

#[test]
fn a_webhook_gets_each_message_signed_until_it_takes_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let (url, posted) = webhook(&[500, 302]);
    let settings = Settings { webhook: url, secret: "s3cret".to_owned(), ..Settings::default() };
    let messages = open(dir.path(), &settings);
    put(&messages, "Where is it? 在哪？");
    let all: Vec<Posted> = (0..3).map(|_| posted.recv_timeout(PATIENCE).expect("a request")).collect();
    let key = |one: &Posted| one.headers["idempotency-key"].clone();
    assert!(all.iter().all(|one| one.body == all[0].body && key(one) == key(&all[0])));
    let last = &all[2];
    assert_eq!(last.text(), "Where is it? 在哪？");
    let mut mac = Hmac::<Sha256>::new_from_slice(b"s3cret").expect("a key");
    mac.update(format!("{}.{}", last.headers["zhida-timestamp"], last.body).as_bytes());
    let expected = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    assert_eq!(last.headers["zhida-signature"], expected);
    wait_until_all_arrived(dir.path());
    assert!(posted.recv_timeout(10 * SOON).is_err(), "it is not sent again");
    assert!(!messages.is_failing());
}

#[test]
fn nothing_is_lost_over_a_restart() {
    let dir = tempfile::tempdir().expect("a folder");
    let nowhere = Settings { webhook: "http://127.0.0.1:9/hook".to_owned(), ..Settings::default() };
    let messages = open(dir.path(), &nowhere);
    put(&messages, "one");
    put(&messages, "two");
    drop(messages);
    let kept = zhida::messages::read(dir.path()).expect("they are read");
    let texts: Vec<&str> = kept.iter().map(|kept| kept.message.text.as_str()).collect();
    assert_eq!(texts, ["two", "one"]);
    assert!(kept.iter().all(|kept| kept.waiting.len() == 1));
    let (url, posted) = webhook(&[]);
    let _messages = open(dir.path(), &Settings { webhook: url, ..Settings::default() });
    let mut texts: Vec<String> =
        (0..2).map(|_| posted.recv_timeout(PATIENCE).expect("a request").text()).collect();
    texts.sort();
    assert_eq!(texts, ["one", "two"]);
    wait_until_all_arrived(dir.path());
}

#[test]
fn who_writes_does_not_wait_for_delivery() {
    let dir = tempfile::tempdir().expect("a folder");
    // It takes connections and never answers.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let messages = open(dir.path(), &Settings { webhook: url, ..Settings::default() });
    let start = std::time::Instant::now();
    for text in ["one", "two", "three"] {
        put(&messages, text);
    }
    // The webhook is waited for longer.
    assert!(start.elapsed() < Duration::from_secs(8));
    assert_eq!(zhida::messages::read(dir.path()).expect("they are read").len(), 3);
    drop(listener);
}

/// Starts a mail server that takes one mail.
fn mail_server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        write!(stream, "220 test\r\n").expect("a greeting");
        let mut mail = String::new();
        while let Some(Ok(line)) = lines.next() {
            let answer = match line.split(' ').next().unwrap_or_default() {
                "DATA" => {
                    write!(stream, "354 go on\r\n").expect("an answer");
                    mail = lines
                        .by_ref()
                        .map_while(Result::ok)
                        .take_while(|line| line != ".")
                        .collect::<Vec<_>>()
                        .join("\n");
                    "250 taken"
                }
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            write!(stream, "{answer}\r\n").expect("an answer");
            if answer == "250 taken" {
                send.send(mail.clone()).ok();
            }
        }
    });
    (url, receive)
}

#[test]
fn a_mail_box_gets_each_message() {
    let dir = tempfile::tempdir().expect("a folder");
    let (url, mails) = mail_server();
    let settings = Settings {
        mail_server: url,
        mail_from: "Help center <help@shop.example>".to_owned(),
        mail_to: "desk@shop.example".to_owned(),
        ..Settings::default()
    };
    let messages = open(dir.path(), &settings);
    put(&messages, "My parcel is lost.");
    let mail = mails.recv_timeout(PATIENCE).expect("a mail");
    assert!(mail.contains("To: desk@shop.example") && mail.contains("<anna@mail.example>"), "{mail}");
    assert!(mail.contains("Subject: My parcel is lost."), "{mail}");
    wait_until_all_arrived(dir.path());
}

#[test]
fn what_has_arrived_is_forgotten_in_time() {
    let dir = tempfile::tempdir().expect("a folder");
    let (url, posted) = webhook(&[]);
    let settings = Settings { webhook: url, keep_days: 30, ..Settings::default() };
    let messages = open(dir.path(), &settings);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let old = Message { at: Timestamp::UNIX_EPOCH, ..message("old") };
    runtime.block_on(messages.put(old)).expect("it is kept");
    posted.recv_timeout(PATIENCE).expect("a request");
    put(&messages, "new");
    posted.recv_timeout(PATIENCE).expect("a request");
    wait_until_all_arrived(dir.path());
    put(&messages, "newer");
    posted.recv_timeout(PATIENCE).expect("a request");
    let deadline = std::time::Instant::now() + PATIENCE;
    while zhida::messages::read(dir.path()).expect("they are read").len() > 2 {
        assert!(std::time::Instant::now() < deadline, "the old one stays");
        std::thread::sleep(SOON);
    }
}

#[test]
fn wrong_settings_are_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let refused =
        |settings: Settings| Messages::open(dir.path(), &settings).err().expect("refused").to_string();
    let text = str::to_owned;
    assert!(
        refused(Settings { webhook: text("tickets"), ..Settings::default() }).contains("messages.webhook")
    );
    let mail = Settings { mail_server: text("smtp://127.0.0.1"), ..Settings::default() };
    assert!(refused(mail.clone()).contains("messages.mail_from"));
    assert!(refused(Settings { mail_from: text("a@b.example"), ..mail }).contains("messages.mail_to"));
    assert!(refused(Settings { secret: text("s3cret"), ..Settings::default() }).contains("set the webhook"));
    let open = Settings { mail_server: text("smtp://a:b@127.0.0.1"), ..Settings::default() };
    assert!(refused(open).contains("tls=required"));
    assert!(refused(Settings { mail_server: text("mail"), ..Settings::default() }).contains("smtps://"));
}
