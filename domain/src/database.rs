//! The ways into Postgres: one type and one pool for each database role, and the migrations.
//!
//! A transaction opens with the identity it works for, in the statement that begins it. Nothing is kept on a connection
//! between transactions, so that a transaction pooler may sit in between.

use contract::ids::{TenantId, UserId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::{
    AssertSqlSafe, PgPool, Postgres,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tracing::Instrument;

use crate::{Error, Result};

pub type Transaction = sqlx::Transaction<'static, Postgres>;

/// The schema, as it stands in `migrations/`.
pub static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// The advisory lock of whoever prepares a database beyond what its migrations do.
const PREPARATION: i64 = 7_034_102;

/// As `plinth_app`: every surface, under row-level security.
#[derive(Debug, Clone)]
pub struct AppDatabase(PgPool);

/// As `plinth_platform`: workers and staff, across organizations.
#[derive(Debug, Clone)]
pub struct PlatformDatabase(PgPool);

/// The same as [`PlatformDatabase`], behind a door that opens to a [`crate::actor::StaffActor`], and to who holds an invitation to
/// become one.
#[derive(Debug, Clone)]
pub struct StaffDatabase(PlatformDatabase);

/// How far somebody sees within an organization. The policies of projects and tasks ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Everything: who manages workspaces, and what counts against a limit.
    All,
    /// What is everybody's, and what one's workspaces have.
    Member,
    /// What one was given.
    Given,
}

impl Reach {
    const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Member => "member",
            Self::Given => "given",
        }
    }
}

/// What a transaction is for. One that reads is refused by Postgres when it writes, whoever forgot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Writing,
    Reading,
}

impl Mode {
    const fn begin(self) -> &'static str {
        match self {
            Self::Writing => "begin",
            Self::Reading => "begin read only",
        }
    }
}

/// How a pool stands at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    pub busy: u32,
    pub idle: u32,
    /// How many there may be of both.
    pub most: u32,
}

impl Connections {
    fn of(pool: &PgPool) -> Self {
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        Self {
            busy: pool.size().saturating_sub(idle),
            idle,
            most: pool.options().get_max_connections(),
        }
    }
}

/// How many connections a pool may hold, and how long a request waits for one.
fn pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(std::time::Duration::from_secs(5))
        // A connection that was in use a moment ago is there; one that rested may have been cut off meanwhile.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for.as_secs() < 2 {
                    return Ok(true);
                }
                Ok(sqlx::Connection::ping(connection).await.is_ok())
            })
        })
}

/// Opens a transaction, on a task of its own: who asks may be cut off at any moment, when a browser goes away or time runs out.
/// sqlx takes back a transaction that it has seen begin. One that is cut off before that would stay open on its connection,
/// with the identity it was opened for, for whoever is given the connection next.
async fn open(pool: &PgPool, begin: String) -> Result<Transaction> {
    let pool = pool.clone();
    let opening = async move { pool.begin_with(AssertSqlSafe(begin)).await };
    let opened = tokio::spawn(opening.in_current_span()).await.map_err(Error::fault)?;
    Ok(opened?)
}

impl AppDatabase {
    /// Connects lazily: whether the server is there shows at the first use.
    pub fn connect(options: PgConnectOptions, connections: u32) -> Self {
        Self(pool(connections).connect_lazy_with(options))
    }

    /// For look-ups in global tables, which need no identity: sessions, throttles, plans.
    pub(crate) fn global(&self) -> &PgPool {
        &self.0
    }

    /// For a visitor, or for what concerns no organization.
    pub(crate) async fn begin_anonymous(&self, mode: Mode) -> Result<Transaction> {
        open(&self.0, mode.begin().to_owned()).await
    }

    /// For a person, outside of any one organization.
    pub(crate) async fn begin_for_user(&self, user: UserId, mode: Mode) -> Result<Transaction> {
        // A uuid prints as hexadecimal digits and hyphens: there is nothing in it to inject.
        let begin = format!("{}; set local plinth.user_id = '{user}'", mode.begin());
        open(&self.0, begin).await
    }

    /// For a person at work in an organization. What is asked there is answered in milliseconds, and compiling it to machine
    /// code first, as Postgres does for what looks expensive, takes ten times that.
    pub(crate) async fn begin_for_tenant(
        &self,
        user: UserId,
        tenant: TenantId,
        reach: Reach,
        mode: Mode,
    ) -> Result<Transaction> {
        let begin = enter(user, tenant, reach, mode);
        open(&self.0, begin).await
    }

    /// The same with a share in the organization's row, which is waited for: what follows sees what was committed until then.
    pub(crate) async fn begin_held(&self, user: UserId, tenant: TenantId, reach: Reach) -> Result<Transaction> {
        let enter = enter(user, tenant, reach, Mode::Writing);
        let begin = format!("{enter}; select from tenants where id = '{tenant}' for share");
        open(&self.0, begin).await
    }

    /// Answers when the server does.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("select 1").execute(&self.0).await?;
        Ok(())
    }

    pub fn connections(&self) -> Connections {
        Connections::of(&self.0)
    }

    pub async fn close(&self) {
        self.0.close().await;
    }
}

/// What begins a transaction of a person at work in an organization.
fn enter(user: UserId, tenant: TenantId, reach: Reach, mode: Mode) -> String {
    format!(
        "{}; set local plinth.user_id = '{user}'; set local plinth.tenant_id = '{tenant}'; \
         set local plinth.reach = '{}'; set local jit = off",
        mode.begin(),
        reach.key()
    )
}

/// Changes how far an open transaction sees within its organization.
pub(crate) async fn set_reach(transaction: &mut Transaction, reach: Reach) -> Result<()> {
    let set = format!("set local plinth.reach = '{}'", reach.key());
    sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut **transaction).await?;
    Ok(())
}

/// Ends a transaction that has only read. Nothing waits for it: its end is told with the connection's return to the pool.
pub(crate) fn end_of_reading(transaction: Transaction) {
    drop(transaction);
}

/// Moves an open transaction of a person into an organization they were just found to belong to.
pub(crate) async fn enter_tenant(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    let set = format!("set local plinth.tenant_id = '{tenant}'");
    sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut **transaction).await?;
    Ok(())
}

/// Lets an open transaction of a visitor go on as the person the visitor has proven to be.
pub(crate) async fn become_user(transaction: &mut Transaction, user: UserId) -> Result<()> {
    let set = format!("set local plinth.user_id = '{user}'");
    sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut **transaction).await?;
    Ok(())
}

impl PlatformDatabase {
    pub fn connect(options: PgConnectOptions, connections: u32) -> Self {
        Self(pool(connections).connect_lazy_with(options))
    }

    pub fn connections(&self) -> Connections {
        Connections::of(&self.0)
    }

    /// The queue's library wants a pool of its own making.
    pub fn pool(&self) -> &PgPool {
        &self.0
    }

    pub async fn begin(&self) -> Result<Transaction> {
        open(&self.0, "begin".to_owned()).await
    }

    /// For what is done again when it is found not to be done, or what nobody misses. Its commit does not wait for the disk: a
    /// database that fails may lose the last half second of it, each transaction as a whole and none before an earlier one.
    pub(crate) async fn begin_repeatable(&self) -> Result<Transaction> {
        open(&self.0, "begin; set local synchronous_commit = off".to_owned()).await
    }

    /// Answers when the server does.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("select 1").execute(&self.0).await?;
        Ok(())
    }

    pub async fn close(&self) {
        self.0.close().await;
    }
}

impl StaffDatabase {
    pub fn new(platform: PlatformDatabase) -> Self {
        Self(platform)
    }

    pub(crate) async fn begin(&self) -> Result<Transaction> {
        self.0.begin().await
    }

    /// For what only looks: Postgres refuses the rest. Queries over all organizations are not compiled first, and planned for
    /// what is asked this time: one plan for all filters would be the slowest of them.
    pub(crate) async fn begin_reading(&self) -> Result<Transaction> {
        let begin = "begin read only; set local jit = off; set local plan_cache_mode = force_custom_plan";
        open(&self.0.0, begin.to_owned()).await
    }
}

/// Derived, so that there is one secret to keep: HMAC-SHA256 of the role's name, in hexadecimal.
pub fn role_password(secret: &str, role: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(b"database role ");
    mac.update(role.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .fold(String::new(), |mut text, byte| {
            use std::fmt::Write;
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Brings the schema up to date, as the owner of the tables, and lets the two roles sign in with these passwords.
/// Safe to repeat, and to run from several nodes at once. Needs two connections, neither through a pooler.
pub async fn migrate(owner: &PgPool, app_password: &str, platform_password: &str) -> Result<()> {
    MIGRATIONS.run(owner).await.map_err(Error::fault)?;
    // Two who change one role or one schema's rights at once fail: the catalogue has no lock that waits.
    let mut alone = owner.begin().await?;
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(PREPARATION)
        .execute(&mut *alone)
        .await?;
    // Whoever asks whether a node can work asks how far the schema is.
    sqlx::raw_sql("grant select on _sqlx_migrations to plinth_app, plinth_platform")
        .execute(&mut *alone)
        .await?;
    crate::jobs::migrate(owner).await?;
    for (role, password) in [("plinth_app", app_password), ("plinth_platform", platform_password)] {
        if !password.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::fault("a role's password must be letters and digits"));
        }
        let alter = format!("alter role {role} login password '{password}'");
        sqlx::raw_sql(AssertSqlSafe(alter)).execute(&mut *alone).await?;
    }
    alone.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SECRET, TestDatabase};

    /// Whether the connection of a pool that has one is inside a transaction: there, the time stands still.
    async fn is_inside_a_transaction(pool: &PgPool) -> bool {
        let mut connection = pool.acquire().await.unwrap();
        let time = async |connection: &mut sqlx::PgConnection| -> chrono::DateTime<chrono::Utc> {
            sqlx::query_scalar("select now()").fetch_one(connection).await.unwrap()
        };
        time(&mut connection).await == time(&mut connection).await
    }

    #[tokio::test]
    async fn who_is_cut_off_while_a_transaction_opens_leaves_none_behind() {
        let database = TestDatabase::new().await;
        let options = (*database.app().global().connect_options()).clone();
        let app = AppDatabase::connect(options, 1);
        let (user, tenant) = (UserId(uuid::Uuid::from_u128(1)), TenantId(uuid::Uuid::from_u128(2)));
        let mut open = app
            .begin_for_tenant(user, tenant, Reach::All, Mode::Writing)
            .await
            .unwrap();
        let setting = "select coalesce(current_setting('plinth.tenant_id', true), '')";
        let set: String = sqlx::query_scalar(setting).fetch_one(&mut *open).await.unwrap();
        assert_eq!(set, tenant.to_string());
        open.rollback().await.unwrap();
        for moment in 0..50 {
            // Until the connection is back: who only waits for one leaves nothing behind.
            while app.global().num_idle() == 0 {
                tokio::task::yield_now().await;
            }
            let cut = async {
                for _ in 0..moment {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                begun = app.begin_for_tenant(user, tenant, Reach::All, Mode::Writing) => drop(begun.unwrap()),
                () = cut => {}
            }
            assert!(!is_inside_a_transaction(app.global()).await);
            let mut stranger = app.begin_anonymous(Mode::Writing).await.unwrap();
            let left: String = sqlx::query_scalar(setting).fetch_one(&mut *stranger).await.unwrap();
            assert_eq!(left, "", "nothing of the one before");
        }
    }

    #[tokio::test]
    async fn only_what_is_repeatable_is_committed_before_it_is_on_the_disk() {
        let database = TestDatabase::new().await;
        let options = (*database.platform().pool().connect_options()).clone();
        // One connection, so that each transaction finds what the one before has left. A database of tests waits for no disk.
        let platform = PlatformDatabase::connect(options.options([("synchronous_commit", "on")]), 1);
        let setting = async |mut transaction: Transaction| -> String {
            let setting = sqlx::query_scalar("show synchronous_commit")
                .fetch_one(&mut *transaction)
                .await
                .unwrap();
            transaction.commit().await.unwrap();
            setting
        };
        assert_eq!(setting(platform.begin().await.unwrap()).await, "on");
        assert_eq!(setting(platform.begin_repeatable().await.unwrap()).await, "off");
        assert_eq!(setting(platform.begin().await.unwrap()).await, "on");
    }

    #[tokio::test]
    async fn eight_nodes_that_start_at_once_all_find_a_database() {
        let database = TestDatabase::new().await;
        let options = (*database.owner().connect_options()).clone();
        for _ in 0..4 {
            sqlx::raw_sql("drop schema graphile_worker cascade")
                .execute(database.owner())
                .await
                .unwrap();
            let nodes = (0..8).map(|_| {
                let owner = PgPoolOptions::new()
                    .max_connections(2)
                    .connect_lazy_with(options.clone());
                tokio::spawn(async move {
                    migrate(
                        &owner,
                        &role_password(SECRET, "plinth_app"),
                        &role_password(SECRET, "plinth_platform"),
                    )
                    .await
                })
            });
            for node in nodes.collect::<Vec<_>>() {
                node.await.unwrap().unwrap();
            }
        }
        database.app().ping().await.unwrap();
        database.platform().ping().await.unwrap();
        sqlx::query("select from graphile_worker._private_jobs")
            .execute(database.platform().pool())
            .await
            .unwrap();
    }
}
