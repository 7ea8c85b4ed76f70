//! A private Postgres in a folder: found, initialised, started, recovered, stopped.
//!
//! For running the product without setting a database up, and for tests. It keeps the data where it is told to, listens on
//! the loopback address only, and uses the Postgres that is installed; where there is none, one is downloaded. It must
//! not know the product: no schema, no roles, no migrations.

mod account;
mod folder;
mod installation;
mod survivor;

use std::{
    collections::HashMap,
    fs::{self, File},
    net::TcpListener,
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use postgresql_embedded::{PostgreSQL, Settings};

pub use crate::folder::InUse;
use crate::{account::Account, folder::Folder, installation::Installation};

/// What is started, and where.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// Where the data is kept; made when missing.
    pub folder: PathBuf,
    /// Whether an acknowledged write must survive a crash of the machine. Without it the server is faster.
    pub durable: bool,
}

/// Whether this machine has a Postgres that [`Cluster::start`] can use without downloading one.
pub fn is_installed() -> bool {
    Installation::find(None).is_ok_and(|found| found.is_some())
}

/// Where the programs of the Postgres are that [`Cluster::start`] uses for new data. `None` when one would be downloaded.
pub fn programs() -> Option<PathBuf> {
    let found = Installation::find(None).ok()??;
    Some(found.folder.join("bin"))
}

/// In the folder of the data, by the library that starts the server.
const LOG: &str = "start.log";

/// A running server. Stopped by [`Cluster::stop`], and by being dropped.
#[derive(Debug)]
pub struct Cluster {
    server: PostgreSQL,
    data: PathBuf,
    // Held for as long as the server runs: a second start in the same folder is refused.
    _lock: File,
}

impl Cluster {
    /// Starts the server, and initialises it the first time. What a killed process left behind is cleared away. Fails with
    /// [`InUse`] when another process has started it.
    pub async fn start(options: ClusterOptions) -> Result<Self> {
        let account = Account::for_server()?;
        let folder = Folder::open(&options.folder, account.as_ref())?;
        let lock = folder.lock()?;
        let installation = Installation::find(folder.initialised_version()?.as_deref())?;
        let settings = settings(&options, &folder, installation.as_ref(), account.as_ref())?;

        let mut server = initialised(settings, &folder).await?;
        survivor::clear(server.settings())?;
        survivor::start(&mut server).await.with_context(|| {
            format!(
                "Postgres could not be started; its log is {}",
                folder.data().join(LOG).display()
            )
        })?;
        Ok(Self {
            server,
            data: folder.data(),
            _lock: lock,
        })
    }

    /// The address of a database, as the superuser.
    pub fn url(&self, database: &str) -> String {
        let settings = self.server.settings();
        format!(
            "postgres://{}:{}@127.0.0.1:{}/{database}",
            settings.username, settings.password, settings.port
        )
    }

    /// Where the data is: in the folder that was asked for, unless the server's account cannot reach that.
    pub fn data(&self) -> &std::path::Path {
        &self.data
    }

    /// What the server says of itself.
    pub fn log(&self) -> PathBuf {
        self.data.join(LOG)
    }

    pub async fn create_database_if_missing(&self, name: &str) -> Result<()> {
        if !self.server.database_exists(name).await? {
            self.server.create_database(name).await?;
        }
        Ok(())
    }

    pub async fn stop(self) -> Result<()> {
        self.server.stop().await.context("Postgres did not stop")?;
        Ok(())
    }
}

/// The server of a folder whose data is there and whole.
async fn initialised(mut settings: Settings, folder: &Folder) -> Result<PostgreSQL> {
    let data = settings.data_dir.clone();
    if !data.exists() {
        settings.data_dir = folder.unfinished_data()?;
        let mut making = PostgreSQL::new(settings);
        making.setup().await.context("Postgres could not be set up")?;
        fs::rename(&making.settings().data_dir, &data)?;
        settings = making.settings().clone();
        settings.data_dir = data;
    }
    let mut server = PostgreSQL::new(settings);
    server.setup().await.context("Postgres could not be set up")?;
    Ok(server)
}

fn settings(
    options: &ClusterOptions,
    folder: &Folder,
    installation: Option<&Installation>,
    account: Option<&Account>,
) -> Result<Settings> {
    let mut settings = Settings::new();
    settings.data_dir = folder.data();
    settings.password_file = folder.password_file();
    settings.password = folder.password(&settings.password)?;
    "127.0.0.1".clone_into(&mut settings.host);
    settings.port = free_port()?;
    settings.temporary = false;
    settings.timeout = Some(Duration::from_mins(1));
    match (installation, account) {
        (Some(installation), account) => {
            settings.installation_dir = folder.shims(installation, account)?;
            settings.trust_installation_dir = true;
        }
        (None, Some(_)) => bail!(
            "no Postgres is installed, and as root none can be downloaded and started. \
             Install one (apt-get install postgresql), set DATABASE_URL, or run as an ordinary user"
        ),
        (None, None) => {}
    }
    let durable = if options.durable { "on" } else { "off" };
    let configuration: [(&str, &str); 6] = [
        // The library starts every server with `-F`; a later `-c` wins.
        ("fsync", durable),
        ("synchronous_commit", durable),
        ("listen_addresses", "127.0.0.1"),
        // A socket's path has at most some 100 characters, a folder's may have more.
        ("unix_socket_directories", ""),
        ("max_connections", "200"),
        ("shared_buffers", "128MB"),
    ];
    settings.configuration = configuration
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect::<HashMap<_, _>>();
    Ok(settings)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))
        .context("no free port on the loopback address")?
        .local_addr()?
        .port())
}
