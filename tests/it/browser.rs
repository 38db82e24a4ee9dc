//! The pages in a real browser: 1. on a phone of 360 pixels nothing scrolls
//! sideways; 2. search works without JavaScript; 3. so do answers, and who is not helped is
//! led to a person; 4. so does the agents' console, and with JavaScript it takes keys and talks
//! with a ticket tool around it, and with no other site.
//!
//! Needs Chromium and ChromeDriver; skipped where they are absent, unless the
//! environment variable `ZHIDA_REQUIRE` names `browser`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use zhida::content;
use zhida::http::{App, Listening, Settings};
use zhida::live::{Live, Meaning};
use zhida::locale::Locale;
use zhida::search::Weights;
use zhida::semantic::Source;

const CHROMIUM: &str = "/usr/bin/chromium";
const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// Returns whether there is a browser; says so where there is none.
fn has_browser() -> bool {
    let found = [CHROMIUM, CHROMEDRIVER].iter().all(|program| Path::new(program).exists());
    let required = std::env::var("ZHIDA_REQUIRE").is_ok_and(|required| required.contains("browser"));
    assert!(found || !required, "ZHIDA_REQUIRE names `browser`; install Chromium and ChromeDriver");
    if !found {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: {CHROMIUM} or {CHROMEDRIVER} is absent");
        }
    }
    found
}

/// The sample help center on a free port; stops when dropped.
struct Server {
    address: SocketAddr,
    _stop: tokio::sync::oneshot::Sender<()>,
    _index: TempDir,
}

impl Server {
    fn start() -> Self {
        Self::in_frames_of("https://tickets.example.com")
    }

    /// Starts it so that the ticket tool at `origin` may show the console.
    fn in_frames_of(origin: &str) -> Self {
        let index = tempfile::tempdir().expect("a temporary folder");
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let content = content::Settings { dir, default_locale: Locale::english() };
        let meaning = Arc::new(Meaning::new(Source::Off, Default::default(), index.path()));
        let mut live = Live::new(content, index.path(), Arc::clone(&meaning)).with_agents();
        let refreshed = live.refresh(&|_, _| ()).expect("the help center builds");
        let contact =
            json!([{ "label": { "en": "Write to us", "ar": "راسلنا" }, "url": "mailto:help@example.com" }]);
        let site =
            serde_json::from_value(json!({ "name": "Seabridge", "contact": contact })).expect("a site");
        let zone = jiff::tz::TimeZone::UTC;
        let app = Arc::new(App::new(
            site,
            Weights::default(),
            crate::support::answers(),
            meaning,
            Locale::english(),
            zone,
            zhida::http::Ledger::open(index.path()).expect("a ledger"),
        ));
        app.show(refreshed.snapshot);
        let settings =
            Settings { listen: "127.0.0.1:0".to_owned(), timeout_seconds: 30, shutdown_seconds: 1 };
        let listening = Listening::new(&settings).expect("a free port");
        let address = listening.address();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let agents = crate::support::agents_in_frames_of(origin, Arc::clone(&app), index.path());
        agents.show(refreshed.agents.expect("there are agents"));
        let agents = Arc::new(agents);
        std::thread::spawn(move || listening.serve(app, agents, &settings, stopped));
        Self { address, _stop: stop, _index: index }
    }
}

/// A browser that is driven over WebDriver; closed when dropped.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    fn start(with_javascript: bool) -> Self {
        let (driver, port) = start_driver();
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut browser = Self { driver, port, session: String::new(), _profile: profile };
        let created = browser.call("POST", "/session", &browser.capabilities(with_javascript));
        browser.session = created["sessionId"].as_str().expect("a session").to_owned();
        browser.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": 360, "height": 800, "deviceScaleFactor": 2, "mobile": true }),
        );
        browser
    }

    fn capabilities(&self, with_javascript: bool) -> Value {
        let profile = format!("--user-data-dir={}", self._profile.path().display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-prefers-reduced-motion",
            &profile,
        ];
        let allowed = if with_javascript { 1 } else { 2 };
        let preferences = json!({ "profile.managed_default_content_settings.javascript": allowed });
        let options = json!({ "binary": CHROMIUM, "args": arguments, "prefs": preferences });
        json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } })
    }

    /// Sends a WebDriver command and returns the value of its answer.
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, mut answer) = self.exchange(method, path, body).expect("ChromeDriver answers");
        assert!(status.contains(" 200 "), "{path} fails: {answer}");
        answer["value"].take()
    }

    /// Returns the first line and the body of an answer.
    fn exchange(&self, method: &str, path: &str, body: &Value) -> std::io::Result<(String, Value)> {
        let body = body.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = BufReader::new(stream);
        let mut status = String::new();
        answer.read_line(&mut status)?;
        let mut content = vec![0; content_length(&mut answer)?];
        answer.read_exact(&mut content)?;
        Ok((status, serde_json::from_slice(&content)?))
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        self.call("POST", &format!("/session/{}/{path}", self.session), body)
    }

    fn devtools(&self, command: &str, parameters: &Value) {
        self.command("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
    }

    fn open(&self, url: &str) {
        self.command("url", &json!({ "url": url }));
    }

    fn run(&self, script: &str) -> Value {
        self.command("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Returns the path that names the first element of a selector.
    fn find(&self, selector: &str) -> String {
        let found = self.command("element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        format!("element/{}", id.expect("an element has an id"))
    }

    fn text(&self, selector: &str) -> String {
        let path = format!("/session/{}/{}/text", self.session, self.find(selector));
        self.call("GET", &path, &json!({})).as_str().expect("a text").to_owned()
    }

    fn type_into(&self, selector: &str, text: &str) {
        self.command(&format!("{}/value", self.find(selector)), &json!({ "text": text }));
    }

    fn click(&self, selector: &str) {
        self.command(&format!("{}/click", self.find(selector)), &json!({}));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.exchange("DELETE", &format!("/session/{}", self.session), &json!({})).ok();
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// Reads the headers of an answer and returns the length of its body. The end of
/// the connection does not tell: Chromium inherits it and keeps it open.
fn content_length(answer: &mut impl BufRead) -> std::io::Result<usize> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        answer.read_line(&mut line)?;
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
            Some(_) => {}
            None => return Ok(length),
        }
    }
}

/// Starts ChromeDriver; it ends at once where another program took the port that it chose.
fn start_driver() -> (Child, u16) {
    let start = || {
        let mut driver = Command::new(CHROMEDRIVER)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("ChromeDriver starts");
        let port = port_of(&mut driver);
        if port.is_none() {
            driver.wait().expect("it ended");
        }
        Some((driver, port?))
    };
    (0..5).find_map(|_| start()).expect("ChromeDriver says its port")
}

/// Returns the port that ChromeDriver says it has chosen, if it has one.
fn port_of(driver: &mut Child) -> Option<u16> {
    let output = BufReader::new(driver.stdout.take().expect("a pipe"));
    let said = |line: std::io::Result<String>| {
        let line = line.expect("ChromeDriver speaks");
        line.strip_suffix('.')?.rsplit_once("on port ")?.1.parse().ok()
    };
    output.lines().find_map(said)
}

#[test]
fn nothing_scrolls_sideways_on_a_phone() {
    if !has_browser() {
        return;
    }
    let (server, browser) = (Server::start(), Browser::start(true));
    for locale in ["zh-Hans", "en", "ar", "de", "ru", "th"] {
        for page in [
            "",
            "/categories/shipping",
            "/articles/payment/payment-failed",
            "/articles/returns/how-to-return",
            "/articles/products/vacuum-error-codes",
            "/search?q=visa",
            "/search?q=When+will+I+get+my+refund%3F",
            "/search?q=When+will+I+get+my+refund%3F&answer=no",
            "/search?q=qqqxyz&category=payment",
            "/articles/nothing-like-this",
            "/search?colour=red",
        ] {
            browser.open(&format!("http://{}/{locale}{page}", server.address));
            let width = browser.run("return document.documentElement.scrollWidth");
            assert_eq!(width, 360, "/{locale}{page}");
        }
    }
}

#[test]
fn search_works_without_javascript() {
    if !has_browser() {
        return;
    }
    let (server, browser) = (Server::start(), Browser::start(false));
    browser.open("data:text/html,<p>off</p><script>document.body.textContent = 'on'</script>");
    assert_eq!(browser.text("body"), "off");

    browser.open(&format!("http://{}/en", server.address));
    browser.type_into("input[name=q]", "return label expired\u{E007}");
    assert!(browser.text("h1").contains("results for “return label expired”"), "{}", browser.text("h1"));
    browser.click(".results h2 a");
    assert_eq!(browser.text("h1"), "How to return an item");
    browser.click(".languages summary");
    browser.click(".languages a[hreflang=zh-Hans]");
    assert_eq!(browser.text("h1"), "怎么申请退货");
}

#[test]
fn answers_work_without_javascript() {
    if !has_browser() {
        return;
    }
    let (server, browser) = (Server::start(), Browser::start(false));
    browser.open(&format!("http://{}/en", server.address));
    browser.type_into("input[name=q]", "When will I get my refund?\u{E007}");
    assert!(!browser.text(".answer blockquote").is_empty());
    browser.click(".answer .verdict a:last-of-type");
    assert!(browser.text(".answer h2").starts_with("Sorry"), "{}", browser.text(".answer"));
    assert_eq!(browser.text(".answer .buttons a"), "Write to us");
    browser.command("back", &json!({}));
    browser.click(".answer .source a");
    assert_eq!(browser.text("h1"), "When will I get my refund?");
}

/// Serves one page at any address, until the program ends; returns its origin.
fn serve_page(page: impl Fn() -> String + Send + 'static) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut request = BufReader::new(stream.try_clone().expect("a stream"));
            let mut line = String::new();
            while request.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            let page = page();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
                page.len()
            )
            .ok();
        }
    });
    origin
}

impl Browser {
    /// Signs an agent in.
    fn sign_in(&self, server: &Server) {
        self.open(&format!("http://{}/agent", server.address));
        self.type_into("input[name=key]", &format!("{}\u{E007}", crate::support::AGENT_KEY));
        self.wait_until("return Boolean(document.querySelector('#solutions'))");
        assert!(self.text("#solutions").contains("Paste a ticket"), "{}", self.text("body"));
    }

    /// Waits until a script returns true.
    fn wait_until(&self, script: &str) {
        let deadline = std::time::Instant::now() + Duration::from_secs(20);
        while self.run(script) != true {
            assert!(std::time::Instant::now() < deadline, "never true: {script}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

const TICKET: &str = "My parcel says delivered but I never got it. Also, how do I return an item?";

#[test]
fn the_console_works_without_javascript() {
    if !has_browser() {
        return;
    }
    let (server, browser) = (Server::start(), Browser::start(false));
    browser.sign_in(&server);
    browser.type_into("#_body", TICKET);
    browser.click("#ticket button.primary");
    browser.wait_until("return document.querySelectorAll('.problem').length == 2");
    assert_eq!(browser.text("#_problem-2"), "Problem 2");
    let width = browser.run("return document.documentElement.scrollWidth");
    assert_eq!(width, 360);
    browser.click(".suggestion button[value^=solved]");
    browser.wait_until("return document.querySelector('button[value^=solved]')?.ariaPressed == 'true'");
    assert_eq!(browser.run("return document.querySelector('#_body').value"), TICKET);
    browser.open(&format!("http://{}/agent", server.address));
    assert!(browser.text("#solutions").contains("Solved a ticket lately"), "{}", browser.text("#solutions"));
    browser.type_into("#_q", "compensation\u{E007}");
    browser.wait_until("return Boolean(document.querySelector('.results h2 a'))");
    assert!(browser.text(".results").contains("Internal"), "{}", browser.text(".results"));
    browser.click(".results h2 a");
    browser.wait_until("return Boolean(document.querySelector('article'))");
    assert!(browser.text("article").contains("not to send"), "{}", browser.text("article"));
}

#[test]
fn the_console_takes_keys() {
    if !has_browser() {
        return;
    }
    let (server, browser) = (Server::start(), Browser::start(true));
    browser.sign_in(&server);
    browser.type_into("#_body", TICKET);
    // Control and Enter.
    browser.type_into("#_body", "\u{E009}\u{E007}");
    browser.wait_until("return document.querySelectorAll('.problem').length == 2");
    assert_eq!(browser.run("return document.documentElement.scrollWidth"), 360);
    assert_eq!(browser.run("return document.querySelector('#_body').value"), TICKET);
    browser.wait_until("return document.activeElement.matches('.suggestion')");
    browser.type_into(".suggestion:focus", "j");
    assert_eq!(
        browser.run("return [...document.querySelectorAll('.suggestion')].indexOf(document.activeElement)"),
        1
    );
    browser.type_into(".suggestion:focus", "s");
    browser.wait_until(
        "return document.activeElement.querySelector('button[value^=solved]').ariaPressed == 'true'",
    );
    browser.type_into(".suggestion:focus", "w");
    browser.wait_until(
        "return document.activeElement.querySelector('button[value^=solved]').ariaPressed == 'false'",
    );
    browser.type_into(".suggestion:focus", "/");
    assert_eq!(browser.run("return document.activeElement.id"), "_q");
}

#[test]
fn the_console_talks_with_the_ticket_tool_around_it_alone() {
    if !has_browser() {
        return;
    }
    let console = Arc::new(std::sync::Mutex::new(String::new()));
    let page = {
        let console = Arc::clone(&console);
        move || {
            let address = console.lock().expect("a lock").clone();
            format!(
                "<!doctype html><title>tool</title><script>\
                 window.heard = [];\
                 addEventListener('message', (event) => event.origin === 'http://{address}' && heard.push(event.data));\
                 </script><iframe src='http://{address}/agent' width='360' height='700'></iframe>"
            )
        }
    };
    let (tool, stranger) = (serve_page(page.clone()), serve_page(page));
    let (server, browser) = (Server::in_frames_of(&tool), Browser::start(true));
    *console.lock().expect("a lock") = server.address.to_string();
    browser.sign_in(&server);

    browser.open(&tool);
    browser.wait_until("return heard.some((said) => said.zhida === 1 && said.type === 'ready')");
    let send = format!(
        "frames[0].postMessage({{ zhida: 1, type: 'ticket', ticket_id: 'T-7', subject: '', body: {} }}, '*')",
        json!(TICKET)
    );
    browser.run(&send);
    browser.wait_until(
        "return heard.some((said) => said.type === 'results' && said.ticket_id === 'T-7' && said.problems === 2)",
    );
    browser.command("frame", &json!({ "id": 0 }));
    browser.click(".insert");
    browser.command("frame", &json!({ "id": null }));
    browser.wait_until("return heard.some((said) => said.type === 'insert')");
    let inserted = browser.run("return heard.find((said) => said.type === 'insert')");
    assert_eq!(inserted["ticket_id"], "T-7");
    for form in ["markdown", "text", "html"] {
        assert!(inserted[form].as_str().expect("a text").contains("/en/articles/"), "{inserted}");
    }
    browser.wait_until("return heard.some((said) => said.type === 'marked' && said.mark === 'inserted')");

    // Elsewhere the frame stays empty, and hears nothing.
    browser.open(&stranger);
    browser.run(&send);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(browser.run("return heard.length"), 0);
}
