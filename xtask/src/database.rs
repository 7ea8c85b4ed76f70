//! A Postgres for the length of one command.

use anyhow::Result;
use cluster::{Cluster, ClusterOptions};
use tokio::runtime::Runtime;

/// Stopped and removed when it is dropped.
pub struct TemporaryCluster {
    runtime: Runtime,
    cluster: Option<Cluster>,
    _folder: tempfile::TempDir,
}

impl TemporaryCluster {
    pub fn start() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // As root the server runs as another account, which has to reach its folder.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        let folder = tempfile::Builder::new().prefix("plinth-").permissions(open).tempdir()?;
        let options = ClusterOptions {
            folder: folder.path().to_owned(),
            durable: false,
        };
        let cluster = runtime.block_on(Cluster::start(options))?;
        Ok(Self {
            runtime,
            cluster: Some(cluster),
            _folder: folder,
        })
    }

    pub fn url(&self, database: &str) -> String {
        self.cluster
            .as_ref()
            .map(|cluster| cluster.url(database))
            .unwrap_or_default()
    }

    pub fn create_database(&self, name: &str) -> Result<String> {
        if let Some(cluster) = &self.cluster {
            self.runtime.block_on(cluster.create_database_if_missing(name))?;
        }
        Ok(self.url(name))
    }
}

impl Drop for TemporaryCluster {
    fn drop(&mut self) {
        if let Some(cluster) = self.cluster.take() {
            let _ = self.runtime.block_on(cluster.stop());
        }
    }
}
