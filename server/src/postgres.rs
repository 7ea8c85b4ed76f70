//! The connections to Postgres: the owner's for migrations, and one for each role of the application.

use anyhow::{Context, Result};
use domain::database::{AppDatabase, PlatformDatabase, role_password};
use sqlx::{PgPool, postgres::PgConnectOptions};

use crate::config::{Config, DatabaseSetting};

/// A database that is there: the user's, or a private one that stops with this.
pub struct Postgres {
    pooled: PgConnectOptions,
    direct: PgConnectOptions,
    #[cfg(feature = "private-postgres")]
    private: Option<cluster::Cluster>,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

/// For staff and for commands, beside those of the worker.
const PLATFORM_CONNECTIONS: u32 = 8;

/// One that listens, and one to look.
const LISTENER_CONNECTIONS: u32 = 2;

/// The name of the private database.
#[cfg(feature = "private-postgres")]
const PRIVATE: &str = "plinth";

impl Postgres {
    pub async fn open(config: &Config) -> Result<Self> {
        match &config.database {
            DatabaseSetting::Server { pooled, direct } => Ok(Self {
                pooled: pooled.parse()?,
                direct: direct.parse()?,
                #[cfg(feature = "private-postgres")]
                private: None,
            }),
            #[cfg(feature = "private-postgres")]
            DatabaseSetting::Private => {
                let options = cluster::ClusterOptions {
                    folder: config.data_dir.clone(),
                    durable: true,
                };
                let cluster = cluster::Cluster::start(options).await?;
                cluster.create_database_if_missing(PRIVATE).await?;
                let options: PgConnectOptions = cluster.url(PRIVATE).parse()?;
                Ok(Self {
                    pooled: options.clone(),
                    direct: options,
                    private: Some(cluster),
                })
            }
            #[cfg(not(feature = "private-postgres"))]
            DatabaseSetting::Private => {
                anyhow::bail!("DATABASE_URL is not set, and this build has no private database")
            }
        }
    }

    /// As the owner of the tables, past a pooler.
    pub async fn owner(&self) -> Result<PgPool> {
        let pool = sqlx::postgres::PgPoolOptions::new().max_connections(2);
        pool.connect_with(self.direct.clone()).await.context(
            "the database does not answer: check that it runs and that DATABASE_URL (or DATABASE_DIRECT_URL) is right",
        )
    }

    pub fn app(&self, config: &Config) -> AppDatabase {
        AppDatabase::connect(as_role(&self.pooled, config, "plinth_app"), config.database_connections)
    }

    pub fn platform(&self, config: &Config) -> PlatformDatabase {
        PlatformDatabase::connect(as_role(&self.pooled, config, "plinth_platform"), PLATFORM_CONNECTIONS)
    }

    /// The worker's, past a pooler: the queue listens on a connection that it keeps, and a transaction pooler gives that
    /// connection to others.
    pub fn worker(&self, config: &Config) -> PlatformDatabase {
        PlatformDatabase::connect(
            as_role(&self.direct, config, "plinth_platform"),
            config.worker_concurrency + 4,
        )
    }

    /// For what listens beside the queue, past a pooler for the same reason.
    pub fn listener(&self, config: &Config) -> PlatformDatabase {
        PlatformDatabase::connect(as_role(&self.direct, config, "plinth_platform"), LISTENER_CONNECTIONS)
    }

    /// Where the private database keeps its data.
    pub fn data(&self) -> Option<std::path::PathBuf> {
        #[cfg(feature = "private-postgres")]
        return self.private.as_ref().map(|cluster| cluster.data().to_owned());
        #[cfg(not(feature = "private-postgres"))]
        None
    }

    pub async fn close(self) -> Result<()> {
        #[cfg(feature = "private-postgres")]
        if let Some(cluster) = self.private {
            cluster.stop().await?;
        }
        Ok(())
    }
}

/// Whether the private database could not be started because another process has.
pub fn is_in_use(error: &anyhow::Error) -> bool {
    #[cfg(feature = "private-postgres")]
    return error.is::<cluster::InUse>();
    #[cfg(not(feature = "private-postgres"))]
    {
        let _ = error;
        false
    }
}

fn as_role(options: &PgConnectOptions, config: &Config, role: &str) -> PgConnectOptions {
    options
        .clone()
        .username(role)
        .password(&role_password(&config.secret, role))
}

/// The schema, and the passwords of the roles.
pub async fn migrate(config: &Config, owner: &PgPool) -> Result<()> {
    let (app, platform) = (
        role_password(&config.secret, "plinth_app"),
        role_password(&config.secret, "plinth_platform"),
    );
    domain::database::migrate(owner, &app, &platform)
        .await
        .map_err(anyhow::Error::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn open(urls: &[(&str, &str)]) -> (Config, Postgres) {
        let config = Config::read(&|name| {
            urls.iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
        .unwrap();
        let postgres = Postgres::open(&config).await.unwrap();
        (config, postgres)
    }

    #[tokio::test]
    async fn the_worker_goes_past_the_pooler_and_requests_through_it() {
        let pooled = ("DATABASE_URL", "postgres://plinth@pooler.test:6432/plinth");
        let direct = ("DATABASE_DIRECT_URL", "postgres://plinth@db.test:5433/plinth");
        for (urls, host) in [(&[pooled, direct][..], "db.test"), (&[pooled], "pooler.test")] {
            let (config, postgres) = open(urls).await;
            let worker = postgres.worker(&config).pool().connect_options();
            assert_eq!((worker.get_host(), worker.get_username()), (host, "plinth_platform"));
            let platform = postgres.platform(&config).pool().connect_options();
            assert_eq!(platform.get_host(), "pooler.test");
        }
    }
}
