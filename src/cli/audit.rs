//! `zhida audit`: proves that nothing internal reaches a customer, with the content and the
//! configuration as they are.
//!
//! Articles that nobody may see (internal, drafts, archived, expired, of the future, with an
//! audience or front matter that cannot be read) are planted in a copy of the content. Each has a
//! word by which it would be found, and words that nobody must ever read. A server of its own is
//! started on the copy, and every public address is asked for those words in every way. One
//! article that everybody may see is planted, too: where not even that is found, the audit looked
//! in the wrong place and says so.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::{Outcome, progress};
use crate::config::Config;
use crate::curate::link_all;
use crate::http::public_paths;
use crate::semantic::Source;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Print every address that was asked
    #[arg(long)]
    verbose: bool,
}

/// An article that is planted.
struct Canary {
    /// Why nobody may see it.
    kind: &'static str,
    id: String,
    /// The word by which it would be found.
    handle: String,
    /// What no answer may say.
    secret: String,
}

/// What keeps an article from customers, as front matter.
const KINDS: [(&str, &str); 7] = [
    ("internal", "audience: internal"),
    ("draft", "status: draft"),
    ("archived", "status: archived"),
    ("expired", "expires: 2000-01-01"),
    ("future", "effective: 2999-01-01"),
    ("unknown audience", "audience: customers-of-last-year"),
    ("broken front matter", "tags: ["),
];

/// Articles of each kind.
const OF_A_KIND: usize = 6;

/// What the article has that everybody may see.
const CONTROL: &str = "zqcontrol";

/// Longest wait for the server.
const PATIENCE: Duration = Duration::from_secs(900);

/// Requests that are timed for an article that is hidden, and for one that does not exist.
const TIMED: usize = 200;

pub(super) fn run(args: &Args, config: &Config, file: Option<&Path>) -> Outcome {
    let folder = tempfile::tempdir()?;
    let content = folder.path().join("content");
    link_all(&config.content.dir, &content, &|_| false).context("cannot copy the content")?;
    let locale = config.content.default_locale.to_string();
    let canaries = plant(&content, &locale)?;
    let server = Server::start(folder.path(), &content, config, file)?;
    let mut audit = Audit { server, canaries, leaks: Vec::new(), asked: 0, seen_control: 0, args };
    audit.walk(&locale)?;
    audit.compare_missing(&locale)?;
    let Audit { leaks, asked, seen_control, canaries, .. } = audit;
    for leak in &leaks {
        println!("LEAK  {leak}");
    }
    println!("{} canaries, {asked} requests, {} leaks", canaries.len(), leaks.len());
    ensure!(seen_control > 0, "not even what everybody may see was found: the audit proves nothing");
    Ok(if leaks.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the articles.
fn plant(content: &Path, locale: &str) -> anyhow::Result<Vec<Canary>> {
    let folder = content.join(locale).join("zq-audit");
    fs::create_dir_all(&folder)?;
    let mut canaries = Vec::new();
    for (kind, hidden) in KINDS {
        for _ in 0..OF_A_KIND {
            let number = canaries.len();
            let letters: String =
                format!("{number:02}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
            let canary = Canary {
                kind,
                id: format!("zq-audit/zqhidden{letters}"),
                handle: format!("zqhandle{letters}"),
                secret: format!("zqsecret{letters}xyz"),
            };
            let file = folder.join(format!("zqhidden{letters}.md"));
            fs::write(file, article(&canary.handle, &canary.secret, hidden))?;
            canaries.push(canary);
        }
    }
    fs::write(folder.join("zqcontrol.md"), article("zqhandle", CONTROL, "audience: public"))?;
    Ok(canaries)
}

fn article(handle: &str, secret: &str, hidden: &str) -> String {
    format!(
        "---\ntitle: {handle} {secret} title\nquestions: [\"{handle} {secret} question\"]\n\
         category: {secret}-category\ntags: [{secret}-tag]\nproduct: [{secret}-product]\n\
         market: [{secret}-market]\nsummary: {handle} {secret} summary\naliases: [/{secret}-alias]\n\
         actions:\n  - label: {secret} action\n    url: https://{secret}.example\n{hidden}\n---\n\
         ## {handle} {secret} heading\n\nThe {handle} answer is {secret}, and a [{secret} link](https://{secret}.example).\n"
    )
}

/// A server on the copy; killed when dropped.
struct Server {
    child: Child,
    address: String,
    agent: ureq::Agent,
}

impl Server {
    fn start(folder: &Path, content: &Path, config: &Config, file: Option<&Path>) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        if let Some(file) = file {
            command.arg("--config").arg(file);
        }
        // Nobody else is sent the content anew.
        if config.semantic == Source::Endpoint {
            command.env("ZHIDA_SEMANTIC", "off");
        }
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--content"])
            .arg(content)
            .arg("--index")
            .arg(folder.join("index"))
            .env("ZHIDA_DATA__DIR", folder.join("data"))
            // Nothing that is asked here is kept or told anybody.
            .env("ZHIDA_EVENTS__DATABASE", "")
            .env("ZHIDA_MESSAGES__WEBHOOK", "")
            .env("ZHIDA_MESSAGES__SECRET", "")
            .env("ZHIDA_MESSAGES__MAIL_SERVER", "")
            .env("ZHIDA_MESSAGES__NOTICES__WEBHOOK", "")
            .env("ZHIDA_MESSAGES__NOTICES__SECRET", "")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start a server")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let mut server = Self { child, address: line.trim().to_owned(), agent };
        let bar = progress::bar("Index and meaning", "seconds");
        let start = Instant::now();
        while !server.is_ready() {
            let ended = server.child.try_wait()?;
            ensure!(ended.is_none(), "the server ended at once; `zhida serve` says why");
            ensure!(start.elapsed() < PATIENCE, "the server does not become ready");
            progress::advance(&bar, start.elapsed().as_secs() as usize, PATIENCE.as_secs() as usize);
            std::thread::sleep(Duration::from_millis(100));
        }
        bar.finish_and_clear();
        Ok(server)
    }

    fn is_ready(&self) -> bool {
        let Ok((200, _, body)) = self.get("/readyz") else { return false };
        let state: Value = serde_json::from_str(&body).unwrap_or_default();
        state["semantic"] != "building"
    }

    fn get(&self, path: &str) -> anyhow::Result<(u16, String, String)> {
        read(self.agent.get(format!("{}{path}", self.address)).call()?)
    }

    fn post(&self, path: &str, kind: &str, body: &str) -> anyhow::Result<(u16, String, String)> {
        let request = self.agent.post(format!("{}{path}", self.address)).header("Content-Type", kind);
        read(request.header("Sec-Fetch-Site", "same-origin").send(body)?)
    }
}

/// Returns status, headers and body.
fn read(mut answer: ureq::http::Response<ureq::Body>) -> anyhow::Result<(u16, String, String)> {
    let headers = format!("{:?}", answer.headers());
    let body = answer.body_mut().read_to_vec()?;
    Ok((answer.status().as_u16(), headers, String::from_utf8_lossy(&body).into_owned()))
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

struct Audit<'a> {
    server: Server,
    canaries: Vec<Canary>,
    leaks: Vec<String>,
    asked: usize,
    seen_control: usize,
    args: &'a Args,
}

impl Audit<'_> {
    /// Asks every public address for every canary.
    fn walk(&mut self, locale: &str) -> anyhow::Result<()> {
        let asked: Vec<(String, String)> = self
            .canaries
            .iter()
            .map(|canary| (canary.id.clone(), canary.handle.clone()))
            .chain([("zq-audit/zqcontrol".to_owned(), "zqhandle".to_owned())])
            .collect();
        let bar = progress::bar("Audit", "articles");
        for (number, (id, handle)) in asked.iter().enumerate() {
            progress::advance(&bar, number, asked.len());
            // The start of a secret must not be completed, nor be put right to all of it.
            let typed =
                [format!("{handle} question"), handle[..handle.len() - 1].to_owned(), "zqsecre".to_owned()];
            for path in public_paths() {
                let path =
                    path.replace("{locale}", locale).replace("{*id}", id).replace("{name}", "style.css");
                let path = path.replace("{hash}", "0000000000000000");
                self.get(&path)?;
                for q in &typed {
                    let q = q.replace(' ', "+");
                    self.get(&format!("{path}?q={q}"))?;
                    self.get(&format!("{path}?q={q}&id={id}&locale={locale}"))?;
                }
            }
            for q in &typed {
                let json = serde_json::json!({ "q": q, "locale": locale }).to_string();
                self.post("/api/v1/search", "application/json", &json)?;
                self.post("/api/v1/answers", "application/json", &json)?;
                let form = serde_urlencoded::to_string([("q", q)])?;
                self.post(&format!("/{locale}/contact/answers"), "application/x-www-form-urlencoded", &form)?;
            }
            for filter in ["category", "tag", "product", "market"] {
                self.get(&format!("/api/v1/search?q=&{filter}=zqsecre"))?;
            }
        }
        bar.finish_and_clear();
        Ok(())
    }

    fn get(&mut self, path: &str) -> anyhow::Result<()> {
        let (status, headers, body) = self.server.get(path)?;
        self.look(&format!("GET {path}"), status, &headers, &body)
    }

    fn post(&mut self, path: &str, kind: &str, sent: &str) -> anyhow::Result<()> {
        let (status, headers, body) = self.server.post(path, kind, sent)?;
        self.look(&format!("POST {path} {sent}"), status, &headers, &body)
    }

    /// Looks for secrets in an answer.
    fn look(&mut self, request: &str, status: u16, headers: &str, body: &str) -> anyhow::Result<()> {
        self.asked += 1;
        if self.args.verbose {
            println!("{status}  {request}");
        }
        if status >= 500 {
            bail!("{request} was answered {status}: {body}");
        }
        self.seen_control += usize::from(body.contains(CONTROL));
        for canary in &self.canaries {
            for (place, text) in [("body", body), ("headers", headers)] {
                if text.contains(&canary.secret) {
                    self.leaks
                        .push(format!("{} article {} in the {place} of {request}", canary.kind, canary.id));
                }
            }
        }
        Ok(())
    }

    /// Compares what is answered for a hidden article with what is for one that does not exist.
    fn compare_missing(&mut self, locale: &str) -> anyhow::Result<()> {
        for pattern in ["/{locale}/articles/{id}", "/api/v1/articles/{id}?locale={locale}"] {
            let path = |id: &str| pattern.replace("{locale}", locale).replace("{id}", id);
            // As long as the others.
            let nowhere = path("zq-audit/zqhiddenzz");
            let (missing, _, nothing) = self.server.get(&nowhere)?;
            for canary in &self.canaries {
                let (status, _, body) = self.server.get(&path(&canary.id))?;
                let said = body
                    .replace(&canary.id, "zq-audit/zqhiddenzz")
                    .replace(canary_name(&canary.id), "zqhiddenzz");
                if status != missing || said.len().abs_diff(nothing.len()) > 64 {
                    self.leaks.push(format!(
                        "{} article {} is told apart from none at {pattern}",
                        canary.kind, canary.id
                    ));
                }
            }
            let (hidden, none) = (self.median(&path(&self.canaries[0].id))?, self.median(&nowhere)?);
            println!("{pattern}: a hidden article takes {hidden:?}, one that does not exist {none:?}");
        }
        Ok(())
    }

    /// Returns how long an answer takes, the median.
    fn median(&self, path: &str) -> anyhow::Result<Duration> {
        let mut times = Vec::new();
        for _ in 0..TIMED {
            let start = Instant::now();
            self.server.get(path)?;
            times.push(start.elapsed());
        }
        times.sort_unstable();
        Ok(times[TIMED / 2])
    }
}

/// Returns the last part of an id.
fn canary_name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}
