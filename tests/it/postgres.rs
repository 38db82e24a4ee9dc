//! A PostgreSQL server of our own, started for the tests that need one and stopped after the
//! last of them.
//!
//! Skipped where PostgreSQL is not installed, unless the environment variable `ZHIDA_REQUIRE`
//! names `postgres`.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zhida::events::Settings;

/// A running server.
pub(crate) struct Postgres {
    folder: TempDir,
    programs: PathBuf,
    server: Mutex<Child>,
    port: u16,
}

/// Longest wait for the server to start or stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// Returns the server; nothing where there is no PostgreSQL.
pub(crate) fn postgres() -> Option<Arc<Postgres>> {
    static RUNNING: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());
    let mut running = RUNNING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(server) = running.upgrade() {
        return Some(server);
    }
    let Some(programs) = programs() else {
        let required = std::env::var("ZHIDA_REQUIRE").is_ok_and(|required| required.contains("postgres"));
        assert!(!required, "ZHIDA_REQUIRE names `postgres`, but PostgreSQL is not installed");
        // Past the capture of what tests print, or nobody would see it.
        writeln!(std::io::stderr(), "skipped: PostgreSQL is not installed").ok();
        return None;
    };
    let server = Arc::new(Postgres::start(programs));
    *running = Arc::downgrade(&server);
    Some(server)
}

/// Returns the folder of PostgreSQL's programs.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let folders = versions.map(|version| version.path().join("bin"));
    let has_all = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("postgres").exists();
    folders.filter(has_all).max()
}

impl Postgres {
    fn start(programs: PathBuf) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        // It does not run as root.
        if is_root() {
            run(Command::new("chown").arg("nobody").arg(folder.path()));
        }
        let mut init = as_nobody(&programs.join("initdb"));
        run(init.args(["--username=zhida", "--auth=trust", "--encoding=UTF8", "--no-sync", "-D"]).arg(&data));
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let server = as_nobody(&programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-p", &port.to_string(), "-k"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("PostgreSQL starts");
        let server = Self { folder, programs, server: Mutex::new(server), port };
        let deadline = Instant::now() + PATIENCE;
        while !server.is_ready() {
            assert!(Instant::now() < deadline, "PostgreSQL does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    fn is_ready(&self) -> bool {
        let mut ready = Command::new(self.programs.join("pg_isready"));
        let ready = ready.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]).status();
        ready.is_ok_and(|status| status.success())
    }

    /// Returns settings that keep events in a new database.
    pub(crate) fn events(&self) -> Settings {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("events_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let port = self.port.to_string();
        let mut create = Command::new(self.programs.join("createdb"));
        run(create.args(["-h", "127.0.0.1", "-p", &port, "-U", "zhida", &name]));
        let url = format!("postgres://zhida@127.0.0.1:{port}/{name}");
        serde_json::from_value(serde_json::json!({ "database": url })).expect("settings")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = as_nobody(&self.programs.join("pg_ctl"));
        stop.args(["stop", "-m", "immediate", "-D"]).arg(self.folder.path().join("data")).output().ok();
        let server = self.server.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner());
        server.kill().ok();
        server.wait().ok();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("there is `id`");
    id.stdout == b"0\n"
}

fn as_nobody(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--clear-groups"]).arg(program);
    // A folder that nobody may read is no place to start in.
    command.current_dir("/");
    command
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
