//! The built program with a private database, in a folder of its own. Its database outlives it until the next start.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub struct Program {
    folder: TempDir,
    address: SocketAddr,
    settings: Vec<(&'static str, String)>,
    running: Option<Child>,
}

impl Program {
    pub fn new(settings: Vec<(&'static str, String)>) -> Self {
        // As root the database runs as another account, which has to reach its folder.
        let folder = tempfile::Builder::new()
            .prefix("plinth-crash-")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()
            .unwrap();
        let site = folder.path().join("site");
        fs::create_dir(&site).unwrap();
        fs::write(site.join("manifest.json"), "{}").unwrap();
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Self {
            address: free.local_addr().unwrap(),
            folder,
            settings,
            running: None,
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns when it says that it listens.
    pub fn start(&mut self) {
        let log = fs::File::options().create(true).append(true).open(self.log()).unwrap();
        let mut child = self
            .command(&["serve"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        self.running = Some(child);
        let (listens, told) = mpsc::channel();
        // Read to the end: it may go on talking.
        thread::spawn(move || {
            for line in said.filter(|line| line.starts_with("Plinth is at")) {
                let _ = listens.send(line);
            }
        });
        let log = || fs::read_to_string(self.log()).unwrap();
        assert!(told.recv().is_ok(), "it has not started: {}", log());
    }

    /// It is given no chance to finish anything.
    pub fn kill(&mut self) {
        let mut child = self.running.take().unwrap();
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success(), "it was killed");
    }

    /// Whether it ends as it should when it is told to.
    pub fn stop(&mut self) -> bool {
        let mut child = self.running.take().unwrap();
        Command::new("kill").arg(child.id().to_string()).status().unwrap();
        child.wait().unwrap().success()
    }

    /// While it does not run.
    pub fn audit_log_is_whole(&self) -> bool {
        let told = self.command(&["audit", "verify"]).output().unwrap();
        told.status.success()
    }

    /// What the schedule looks for, now.
    pub async fn do_what_is_due(&self) {
        let body = "hours=0";
        let request = format!(
            "POST /dev/clock HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nSec-Fetch-Site: same-origin\r\n\
             Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plinth"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(
                ["PATH", "HOME"]
                    .iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .env("PLINTH_DATA_DIR", self.folder.path())
            .env("PLINTH_SITE_DIR", self.folder.path().join("site"))
            .env("PLINTH_ADDRESS", self.address.to_string())
            .env("PLINTH_BASE_URL", format!("http://{}", self.address))
            .env("PLINTH_DEMO", "false")
            .env("PLINTH_LOG", "warn")
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// As the owner of everything: no policy hides a row.
    pub async fn owner(&self) -> PgPool {
        let file = fs::read_to_string(self.folder.path().join("postgres/data/postmaster.pid")).unwrap();
        let port = file.lines().nth(3).unwrap().trim().parse().unwrap();
        let password = fs::read_to_string(self.folder.path().join("postgres/password")).unwrap();
        let options = PgConnectOptions::new()
            .host("127.0.0.1")
            .port(port)
            .username("postgres")
            .password(password.trim())
            .database("plinth");
        PgPoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.stop();
        }
    }
}
