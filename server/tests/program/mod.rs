//! The built program with a private database, in a folder of its own: started, told to end, and collected after a kill.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;

pub type Setting = (&'static str, String);

pub struct Program {
    folder: TempDir,
    address: SocketAddr,
    settings: Vec<Setting>,
    running: Option<Child>,
}

impl Program {
    /// With these settings beside those that keep it to itself.
    pub fn new(settings: Vec<Setting>) -> Self {
        // As root the database runs as another account, which has to reach its folder.
        let folder = tempfile::Builder::new()
            .prefix("plinth-program-")
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
            settings,
            running: None,
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it keeps everything.
    pub fn folder(&self) -> &Path {
        self.folder.path()
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

    /// Whether another command ends well, with these settings in the place of the program's own, and what it says.
    pub fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
        let mut command = self.command(arguments);
        let told = command.envs(settings.iter().copied()).output().unwrap();
        (told.status.success(), String::from_utf8(told.stdout).unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plinth"));
        command
            .args(arguments)
            .current_dir(self.folder())
            .env_clear()
            .envs(
                ["PATH", "HOME"]
                    .iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .env("PLINTH_DATA_DIR", self.folder())
            .env("PLINTH_SITE_DIR", self.folder().join("site"))
            .env("PLINTH_ADDRESS", self.address.to_string())
            .env("PLINTH_BASE_URL", format!("http://{}", self.address))
            .env("PLINTH_SANDBOX_ADDRESS", "127.0.0.1:0")
            .env("PLINTH_DEMO", "false")
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn log(&self) -> PathBuf {
        self.folder().join("log")
    }

    /// The running program's id.
    pub fn id(&self) -> String {
        self.running.as_ref().unwrap().id().to_string()
    }

    /// What the database's own process file says: its process and, in the fourth line, its port.
    pub fn postmaster(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder().join("postgres/data/postmaster.pid")).unwrap();
        text.lines().map(|line| line.trim().to_owned()).collect()
    }

    /// As the owner of everything: no policy hides a row.
    pub async fn owner(&self) -> PgPool {
        let password = fs::read_to_string(self.folder().join("postgres/password")).unwrap();
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

    /// After a kill.
    pub fn collect(&mut self) {
        let ended = self.running.take().unwrap().wait().unwrap();
        assert!(!ended.success(), "it was killed");
    }

    /// Whether it ends as it should when it is told to.
    pub fn stop(&mut self) -> bool {
        let id = self.id();
        Command::new("kill").arg(id).status().unwrap();
        self.ended()
    }

    /// Whether it ends as it should, having been told to.
    pub fn ended(&mut self) -> bool {
        self.running.take().unwrap().wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.stop();
        }
    }
}
