//! A Postgres for the length of one command.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Result;
use cluster::{Cluster, ClusterOptions};
use tokio::runtime::Runtime;

use crate::process::{self, when_told_to_end};

/// Stopped and removed when it is dropped, and when this program is told to end.
pub struct TemporaryCluster {
    runtime: Runtime,
    held: Held,
    url: String,
    log: PathBuf,
}

type Held = Arc<Mutex<Option<(Cluster, tempfile::TempDir)>>>;

impl TemporaryCluster {
    /// For tests: fast, and gone with the machine.
    pub fn start() -> Result<Self> {
        Self::start_with(false)
    }

    /// As one that people's data is in.
    pub fn start_durable() -> Result<Self> {
        Self::start_with(true)
    }

    fn start_with(durable: bool) -> Result<Self> {
        let runtime = process::runtime()?;
        let held = Held::default();
        // The server is in a session of its own, so that the terminal's signal does not reach it.
        let (with_this_program, ending) = (held.clone(), process::runtime()?);
        when_told_to_end(move || stop(&with_this_program, &ending))?;
        // Until it has started there is nothing that could be stopped: a signal waits for that.
        let mut place = held.lock().unwrap_or_else(PoisonError::into_inner);
        // As root the server runs as another account, which has to reach its folder.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        let folder = tempfile::Builder::new().prefix("plinth-").permissions(open).tempdir()?;
        let options = ClusterOptions {
            folder: folder.path().to_owned(),
            durable,
        };
        let cluster = runtime.block_on(Cluster::start(options))?;
        // Up to the slash before the database's name.
        let url = cluster.url("");
        let log = cluster.log();
        *place = Some((cluster, folder));
        drop(place);
        Ok(Self {
            runtime,
            held,
            url,
            log,
        })
    }

    pub fn log(&self) -> &Path {
        &self.log
    }

    pub fn url(&self, database: &str) -> String {
        format!("{}{database}", self.url)
    }

    pub fn create_database(&self, name: &str) -> Result<String> {
        if let Some((cluster, _)) = &*self.held.lock().unwrap_or_else(PoisonError::into_inner) {
            self.runtime.block_on(cluster.create_database_if_missing(name))?;
        }
        Ok(self.url(name))
    }
}

impl Drop for TemporaryCluster {
    fn drop(&mut self) {
        stop(&self.held, &self.runtime);
    }
}

fn stop(held: &Held, runtime: &Runtime) {
    // Locked until it has stopped: the program must not end before that.
    let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((cluster, _folder)) = held.take() {
        let _ = runtime.block_on(cluster.stop());
    }
}
