//! A Postgres for the length of one command.

use std::{
    process::exit,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use anyhow::Result;
use cluster::{Cluster, ClusterOptions};
use tokio::{
    runtime::{Builder, Runtime},
    signal::unix::{SignalKind, signal},
};

/// Stopped and removed when it is dropped, and when this program is told to end.
pub struct TemporaryCluster {
    runtime: Runtime,
    held: Held,
    url: String,
}

type Held = Arc<Mutex<Option<(Cluster, tempfile::TempDir)>>>;

/// What a shell reports of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

impl TemporaryCluster {
    pub fn start() -> Result<Self> {
        let runtime = runtime()?;
        let held = Held::default();
        stop_with_this_program(held.clone())?;
        // Until it has started there is nothing that could be stopped: a signal waits for that.
        let mut place = held.lock().unwrap_or_else(PoisonError::into_inner);
        // As root the server runs as another account, which has to reach its folder.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        let folder = tempfile::Builder::new().prefix("plinth-").permissions(open).tempdir()?;
        let options = ClusterOptions {
            folder: folder.path().to_owned(),
            durable: false,
        };
        let cluster = runtime.block_on(Cluster::start(options))?;
        // Up to the slash before the database's name.
        let url = cluster.url("");
        *place = Some((cluster, folder));
        drop(place);
        Ok(Self { runtime, held, url })
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

fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

fn stop(held: &Held, runtime: &Runtime) {
    // Locked until it has stopped: the program must not end before that.
    let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((cluster, _folder)) = held.take() {
        let _ = runtime.block_on(cluster.stop());
    }
}

/// The server is in a session of its own, so that the terminal's signal does not reach it.
fn stop_with_this_program(held: Held) -> Result<()> {
    let runtime = runtime()?;
    let (mut interrupt, mut terminate) = {
        let _entered = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        });
        stop(&held, &runtime);
        exit(INTERRUPTED);
    });
    Ok(())
}
