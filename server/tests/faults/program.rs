//! The built program with a private database, in a folder of its own.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    thread,
};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;

pub struct Program {
    folder: TempDir,
    address: SocketAddr,
    running: Option<Child>,
}

impl Program {
    pub fn new() -> Self {
        // As root the database runs as another account, which has to reach its folder.
        let folder = tempfile::Builder::new()
            .prefix("plinth-faults-")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()
            .unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("pkg")).unwrap();
        fs::write(site.join("pkg/main.0123456789ab.css"), "").unwrap();
        fs::write(
            site.join("manifest.json"),
            r#"{"main.css":"/pkg/main.0123456789ab.css"}"#,
        )
        .unwrap();
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Self {
            address: free.local_addr().unwrap(),
            folder,
            running: None,
        }
    }

    /// Returns when it says that it listens.
    pub fn start(&mut self) {
        let log = fs::File::create(self.log()).unwrap();
        let mut child = self
            .command("serve")
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

    /// Whether it finds everything in order, and what it says.
    pub fn doctor(&self, settings: &[(&str, &str)]) -> (bool, String) {
        self.run(&["doctor"], settings)
    }

    /// Whether a command ends well, and what it says.
    pub fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
        let mut command = self.command(arguments[0]);
        let told = command
            .args(&arguments[1..])
            .envs(settings.iter().copied())
            .output()
            .unwrap();
        (told.status.success(), String::from_utf8(told.stdout).unwrap())
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plinth"));
        command
            .arg(name)
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
            .env("PLINTH_SANDBOX_ADDRESS", "127.0.0.1:0")
            .env("PLINTH_DEMO", "false")
            .env("PLINTH_TRUSTED_PROXIES", "1");
        command
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn mailbox(&self) -> PathBuf {
        self.folder.path().join("mailbox")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// What the database's own process file says: its process and, in the fourth line, its port.
    fn postmaster(&self) -> Vec<String> {
        let file = self.folder.path().join("postgres/data/postmaster.pid");
        let text = fs::read_to_string(file).unwrap();
        text.lines().map(|line| line.trim().to_owned()).collect()
    }

    /// As the owner of everything: no policy hides a row.
    pub async fn owner(&self) -> PgPool {
        let password = fs::read_to_string(self.folder.path().join("postgres/password")).unwrap();
        let options = PgConnectOptions::new()
            .host("127.0.0.1")
            .port(self.postmaster()[3].parse().unwrap())
            .username("postgres")
            .password(password.trim())
            .database("plinth");
        PgPoolOptions::new()
            .max_connections(8)
            .connect_with(options)
            .await
            .unwrap()
    }

    /// A process that waits for a word and then kills both at once: starting one at the moment would come late.
    pub fn kill_on_demand(&self) -> Kill {
        let program = self.running.as_ref().unwrap().id().to_string();
        let mut child = Command::new("sh")
            .args([
                "-c",
                "read word; kill -9 \"$@\"",
                "kill",
                &program,
                &self.postmaster()[0],
            ])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let word = child.stdin.take().unwrap();
        Kill { child, word }
    }

    /// After a kill.
    pub fn collect(&mut self) {
        let ended = self.running.take().unwrap().wait().unwrap();
        assert!(!ended.success(), "it was killed");
    }

    /// Whether it ends as it should when it is told to.
    pub fn stop(&mut self) -> bool {
        let mut child = self.running.take().unwrap();
        Command::new("kill").arg(child.id().to_string()).status().unwrap();
        child.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.stop();
        }
    }
}

pub struct Kill {
    child: Child,
    word: ChildStdin,
}

impl Kill {
    pub fn now(mut self) {
        self.word.write_all(b"now\n").unwrap();
        assert!(self.child.wait().unwrap().success());
    }
}
