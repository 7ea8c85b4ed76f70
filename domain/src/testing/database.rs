//! The database of a test.

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool, postgres::PgConnectOptions};

use crate::{
    database::{self, AppDatabase, MIGRATIONS, PlatformDatabase, role_password},
    random::{Random, SystemRandom},
};

/// What the passwords of the two roles are derived from: the roles belong to a cluster that lives as long as the tests.
pub const SECRET: &str = "a-secret-of-tests-that-everybody-knows";

/// A migrated database with nothing in it but the plans.
#[derive(Debug)]
pub struct TestDatabase {
    server: PgConnectOptions,
    name: String,
    app: AppDatabase,
    platform: PlatformDatabase,
    owner: PgPool,
}

impl TestDatabase {
    /// On the server of `DATABASE_URL`, as its superuser.
    ///
    /// # Panics
    /// When there is no such server: `make check` and `make test` start one.
    #[expect(clippy::expect_used, reason = "a test without its database has failed")]
    pub async fn new() -> Self {
        let url = std::env::var("DATABASE_URL").expect("DATABASE_URL is not set; run the tests by `make check`");
        let server: PgConnectOptions = url.parse().expect("DATABASE_URL");
        // Drawn, not counted: a process that was killed may have left its database behind, and ids of processes return.
        let mut drawn = [0; 8];
        SystemRandom.fill(&mut drawn);
        let name = format!("plinth_test_{:016x}", u64::from_be_bytes(drawn));
        clone_template(&server, &name).await.expect("the test's database");
        let database = server.clone().database(&name);
        let role = |role: &str| database.clone().username(role).password(&role_password(SECRET, role));
        let owner = PgPool::connect_lazy_with(database.clone());
        Self {
            app: AppDatabase::connect(role("plinth_app"), 60),
            platform: PlatformDatabase::connect(role("plinth_platform"), 10),
            owner,
            server,
            name,
        }
    }

    pub fn app(&self) -> AppDatabase {
        self.app.clone()
    }

    pub fn platform(&self) -> PlatformDatabase {
        self.platform.clone()
    }

    /// As the superuser, whom no policy binds: for looking at what a test has done.
    pub fn owner(&self) -> &PgPool {
        &self.owner
    }

    /// For a server that is started as a process of its own.
    pub fn urls(&self) -> Urls {
        let database = self.server.clone().database(&self.name);
        let role = |role: &str| database.clone().username(role).password(&role_password(SECRET, role));
        Urls {
            app: role("plinth_app").to_url_lossy().to_string(),
            platform: role("plinth_platform").to_url_lossy().to_string(),
            owner: database.to_url_lossy().to_string(),
        }
    }

    /// How many connections wait for a lock that another one holds.
    pub async fn waiting(&self) -> i64 {
        self.count("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
            .await
    }

    /// How many rows there are in a table, or in a table `where` something holds.
    #[expect(clippy::expect_used, reason = "a test that cannot look has failed")]
    pub async fn count(&self, table: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&self.owner)
            .await
            .expect("a count")
    }
}

/// Where a test's database is, for each role.
#[derive(Debug, Clone)]
pub struct Urls {
    pub app: String,
    pub platform: String,
    pub owner: String,
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // Best effort, on a thread of its own: the runtime may be going away.
        let (server, name) = (self.server.clone(), self.name.clone());
        let removed = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&server.database("postgres"))
                    .await
                    .map_err(std::io::Error::other)?;
                let drop = format!("drop database if exists {name} with (force)");
                sqlx::raw_sql(AssertSqlSafe(drop))
                    .execute(&mut connection)
                    .await
                    .map_err(std::io::Error::other)?;
                Ok::<_, std::io::Error>(())
            })
        });
        let _ = removed.join();
    }
}

/// Makes the template when it is missing, then a copy of it. One process at a time: a template that somebody is connected
/// to cannot be copied.
async fn clone_template(server: &PgConnectOptions, name: &str) -> crate::Result<()> {
    let mut hash = Sha256::new();
    for migration in MIGRATIONS.iter() {
        hash.update(&*migration.checksum);
    }
    // What the queue adds to the schema is not among the migrations.
    hash.update(include_bytes!("../jobs/mod.rs"));
    let digest: [u8; 32] = hash.finalize().into();
    let template = format!(
        "plinth_template_{:016x}",
        u64::from_be_bytes(digest[..8].try_into().unwrap_or_default())
    );
    // Advisory locks belong to a database: everybody has to ask in the same one.
    let mut connection = PgConnection::connect_with(&server.clone().database("postgres")).await?;
    sqlx::query("select pg_advisory_lock(7034101)")
        .execute(&mut connection)
        .await?;
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(&template)
        .fetch_one(&mut connection)
        .await?;
    if !exists {
        let making = format!("{template}_making");
        for statement in [
            format!("drop database if exists {making} with (force)"),
            format!("create database {making}"),
        ] {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
        }
        let pool = PgPool::connect_with(server.clone().database(&making)).await?;
        let password = |role| role_password(SECRET, role);
        database::migrate(&pool, &password("plinth_app"), &password("plinth_platform")).await?;
        pool.close().await;
        let rename = format!("alter database {making} rename to {template}");
        sqlx::raw_sql(AssertSqlSafe(rename)).execute(&mut connection).await?;
    }
    let copy = format!("create database {name} template {template}");
    sqlx::raw_sql(AssertSqlSafe(copy)).execute(&mut connection).await?;
    sqlx::query("select pg_advisory_unlock(7034101)")
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{deps, person};

    #[tokio::test]
    async fn every_test_has_a_database_of_its_own_which_goes_with_it() {
        let (one, two) = (TestDatabase::new().await, TestDatabase::new().await);
        let in_one = deps(&one);
        person(&in_one, "ann").await;
        assert_eq!((one.count("users").await, two.count("users").await), (1, 0));
        let name = one.name.clone();
        drop((in_one, one));
        assert_eq!(
            two.count(&format!("pg_database where datname = '{name}'")).await,
            0,
            "it is gone"
        );
        two.app().ping().await.unwrap();
    }
}
