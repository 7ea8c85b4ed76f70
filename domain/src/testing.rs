//! A database of its own for every test, cloned from a template that is migrated once, and a few people, organizations,
//! projects and tasks to begin with. They are made by the ordinary operations, so that no test rests on rows that the
//! product would not write.

#![expect(
    clippy::missing_panics_doc,
    reason = "everything here panics when it cannot set a test up, and so fails it"
)]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use contract::{
    email::EmailAddress,
    iam::Permission,
    ids::{ProjectId, RoleId, TaskId, WorkspaceId},
    password::Password,
    project::Visibility,
    slug::Slug,
    text::{
        OrganizationName, PersonName, ProjectDescription, ProjectName, RoleDescription, RoleName, TaskTitle,
        WorkspaceName,
    },
};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool, postgres::PgConnectOptions};

use crate::{
    Deps, RegistrationGates,
    actor::{OrgActor, RequestInfo, UserActor, Visitor},
    billing::{BillingPolicy, provider::Absent},
    clock::Clock,
    database::{self, AppDatabase, MIGRATIONS, PlatformDatabase, role_password},
    identity::sign_up::{SignUp, sign_up},
    projects::{self, Place, ProjectFields},
    random::{Random, SystemRandom},
    roles::{self, RoleFields},
    tasks::{self, create::NewTask},
    tenants::create::{NewTenant, create},
    workspaces,
};

/// What the passwords of the two roles are derived from: the roles belong to a cluster that lives as long as the tests.
pub const SECRET: &str = "a-secret-of-tests-that-everybody-knows";
pub const PASSWORD: &str = "correct horse battery staple 42";

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
    hash.update(include_bytes!("jobs/mod.rs"));
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

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    #[expect(clippy::unwrap_used, reason = "a poisoned clock has failed its test already")]
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    #[expect(clippy::unwrap_used, reason = "a poisoned clock has failed its test already")]
    pub fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap() = to;
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self(Mutex::new(
            Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).single().unwrap_or_default(),
        ))
    }
}

impl Clock for TestClock {
    #[expect(clippy::unwrap_used, reason = "a poisoned clock has failed its test already")]
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// The same bytes in every run, from a seed. Not secret at all.
#[derive(Debug)]
pub struct TestRandom {
    seed: u64,
    drawn: AtomicU64,
}

impl TestRandom {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            drawn: AtomicU64::new(0),
        }
    }
}

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let position = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(position.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// Every set of dependencies in a process draws from a seed of its own: two of them may work in one database.
static SEED: AtomicU64 = AtomicU64::new(0);

pub fn clock_and_deps(database: &TestDatabase) -> (Arc<TestClock>, Deps) {
    let clock = Arc::new(TestClock::default());
    let deps = Deps {
        database: database.app(),
        clock: clock.clone(),
        random: Arc::new(TestRandom::new(SEED.fetch_add(1, Ordering::Relaxed))),
        registration: Arc::new(RegistrationGates::default()),
        billing: BillingPolicy::default(),
        payments: Arc::new(Absent),
    };
    (clock, deps)
}

pub fn deps(database: &TestDatabase) -> Deps {
    clock_and_deps(database).1
}

pub fn request() -> RequestInfo {
    RequestInfo {
        address: "192.0.2.7".to_owned(),
        user_agent: "test".to_owned(),
        request_id: "test".to_owned(),
    }
}

pub fn visitor() -> Visitor {
    Visitor::new(request())
}

#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn new_person(name: &str) -> SignUp {
    SignUp {
        name: PersonName::parse(name).unwrap(),
        email: EmailAddress::parse(&format!("{name}@example.test")).unwrap(),
        password: Password::parse(PASSWORD).unwrap(),
    }
}

/// Somebody who has signed up, by the ordinary way.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn person(deps: &Deps, name: &str) -> UserActor {
    let session = sign_up(&visitor(), deps, new_person(name)).await.unwrap();
    UserActor::authenticate(deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap()
}

/// An organization, and its owner in it.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn organization(deps: &Deps, owner: &UserActor, slug: &str) -> OrgActor {
    let new = NewTenant {
        name: OrganizationName::parse(slug).unwrap(),
        slug: Slug::parse(slug).unwrap(),
    };
    let created = create(owner, deps, new).await.unwrap();
    OrgActor::enter(owner, deps, created.slug.as_str()).await.unwrap()
}

/// Adds a person to an organization in one of its default roles.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn join(database: &TestDatabase, deps: &Deps, org: &OrgActor, user: &UserActor, role: &str) -> OrgActor {
    sqlx::query(
        "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at) \
         select tenant_id, $2, id, $4, $4 from iam_roles where tenant_id = $1 and key = $3",
    )
    .bind(org.tenant().id.0)
    .bind(user.id().0)
    .bind(role)
    .bind(deps.now())
    .execute(database.owner())
    .await
    .unwrap();
    OrgActor::enter(user, deps, org.tenant().slug.as_str()).await.unwrap()
}

/// The role of an organization under this key.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn role_of(database: &TestDatabase, org: &OrgActor, key: &str) -> RoleId {
    let id: uuid::Uuid = sqlx::query_scalar("select id from iam_roles where tenant_id = $1 and key = $2")
        .bind(org.tenant().id.0)
        .bind(key)
        .fetch_one(database.owner())
        .await
        .unwrap();
    RoleId(id)
}

/// Takes a person's address as proven.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn proven(database: &TestDatabase, user: &UserActor) {
    sqlx::query("update users set email_verified_at = created_at where id = $1")
        .bind(user.id().0)
        .execute(database.owner())
        .await
        .unwrap();
}

/// Adds a person to an organization in a role of its own.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn join_as(database: &TestDatabase, deps: &Deps, org: &OrgActor, user: &UserActor, role: RoleId) -> OrgActor {
    let key: String = sqlx::query_scalar("select key from iam_roles where tenant_id = $1 and id = $2")
        .bind(org.tenant().id.0)
        .bind(role.0)
        .fetch_one(database.owner())
        .await
        .unwrap();
    join(database, deps, org, user, &key).await
}

/// A role's name and rights, with nothing said about it.
#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn role_fields(name: &str, permissions: &[Permission]) -> RoleFields {
    RoleFields {
        name: RoleName::parse(name).unwrap(),
        description: RoleDescription::parse("").unwrap(),
        permissions: permissions.iter().copied().collect(),
    }
}

/// A role of the organization's own.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn custom_role(deps: &Deps, org: &OrgActor, name: &str, permissions: &[Permission]) -> RoleId {
    roles::create::create(org, deps, role_fields(name, permissions))
        .await
        .unwrap()
}

/// Adds a person to an organization as a guest, with a guest's role.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn join_as_guest(database: &TestDatabase, deps: &Deps, org: &OrgActor, user: &UserActor) -> OrgActor {
    join(database, deps, org, user, "guest").await;
    sqlx::query("update tenant_members set member_type = 'guest' where tenant_id = $1 and user_id = $2")
        .bind(org.tenant().id.0)
        .bind(user.id().0)
        .execute(database.owner())
        .await
        .unwrap();
    OrgActor::enter(user, deps, org.tenant().slug.as_str()).await.unwrap()
}

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn workspace(deps: &Deps, org: &OrgActor, name: &str) -> WorkspaceId {
    let name = WorkspaceName::parse(name).unwrap();
    workspaces::create::create(org, deps, name).await.unwrap()
}

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn into_workspace(deps: &Deps, org: &OrgActor, workspace: WorkspaceId, member: &OrgActor) {
    let user = member.user().id();
    workspaces::add_member::add_member(org, deps, workspace, user)
        .await
        .unwrap();
}

/// A project that the people of a workspace see, and nobody else.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn project_in(deps: &Deps, org: &OrgActor, name: &str, workspace: WorkspaceId) -> ProjectId {
    let place = Place {
        workspace: Some(workspace),
        visibility: Visibility::Workspace,
    };
    projects::create::create_in(org, deps, project_fields(name), place)
        .await
        .unwrap()
}

/// A project's name, with nothing said about it.
#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn project_fields(name: &str) -> ProjectFields {
    ProjectFields {
        name: ProjectName::parse(name).unwrap(),
        description: ProjectDescription::parse("").unwrap(),
    }
}

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn project(deps: &Deps, org: &OrgActor, name: &str) -> ProjectId {
    projects::create::create(org, deps, project_fields(name)).await.unwrap()
}

/// A task that is nobody's and due never.
#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn new_task(title: &str) -> NewTask {
    NewTask {
        title: TaskTitle::parse(title).unwrap(),
        assignee: None,
        due_on: None,
    }
}

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn task(deps: &Deps, org: &OrgActor, project: ProjectId, title: &str) -> TaskId {
    tasks::create::create(org, deps, project, new_task(title))
        .await
        .unwrap()
}

/// Puts an organization on the trial of another plan.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn on_plan(database: &TestDatabase, deps: &Deps, org: &OrgActor, plan: &str) -> OrgActor {
    sqlx::query("update tenants set plan_key = $2 where id = $1")
        .bind(org.tenant().id.0)
        .bind(plan)
        .execute(database.owner())
        .await
        .unwrap();
    OrgActor::enter(org.user(), deps, org.tenant().slug.as_str())
        .await
        .unwrap()
}

/// A row in every table of an organization's bills, as if it had bought a plan a while ago, and canceled it.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn bills(database: &TestDatabase, org: &OrgActor) {
    let (tenant, owner) = (org.tenant().id, org.user().id());
    let rows = format!(
        "insert into billing_customers values ('{tenant}', 'polar', 'customer-{tenant}', now(), now()); \
         insert into billing_tenant_subscriptions (tenant_id, provider_subscription_id, provider, provider_customer_id, \
                 provider_product_id, plan_key, billing_interval, status, seats, amount, currency, current_period_start, \
                 cancel_at_period_end, created_at, modified_at, facts_hash, is_current) \
             values ('{tenant}', 'subscription-{tenant}', 'polar', 'customer-{tenant}', 'product', 'starter', 'month', 'active', \
                 3, 2700, 'usd', now(), false, now(), now(), sha256('facts'), true); \
         insert into billing_invoices (tenant_id, provider_order_id, provider, status, paid, billing_reason, net_amount, \
                 tax_amount, total_amount, currency, created_at, modified_at, facts_hash) \
             values ('{tenant}', 'order-{tenant}', 'polar', 'paid', true, 'purchase', 2700, 0, 2700, 'usd', now(), now(), \
                 sha256('facts')); \
         insert into billing_checkouts (tenant_id, id, plan_key, billing_interval, seats, created_by, created_at, expires_at) \
             values ('{tenant}', gen_random_uuid(), 'starter', 'month', 3, '{owner}', now(), now()); \
         insert into billing_seat_changes (tenant_id, id, seats_before, seats_after, source, changed_at) \
             values ('{tenant}', gen_random_uuid(), 2, 3, 'provider', now()); \
         insert into billing_overrides (tenant_id, id, kind, plan_key, reason, starts_at) \
             values ('{tenant}', gen_random_uuid(), 'plan', 'starter', 'a promise', now()); \
         insert into billing_cancellations (tenant_id, id, provider_subscription_id, reason, comment, canceled_at) \
             values ('{tenant}', gen_random_uuid(), 'subscription-{tenant}', 'other', '', now()); \
         insert into billing_notices values ('{tenant}', 'trial_ended', 'once', now()); \
         insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at) \
             values ('{tenant}', 'seat_drift', '3', '2', now(), now())"
    );
    sqlx::raw_sql(AssertSqlSafe(rows))
        .execute(database.owner())
        .await
        .unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_seed_draws_the_same_again() {
        let draw = |seed| {
            let (random, mut bytes) = (TestRandom::new(seed), [0; 80]);
            random.fill(&mut bytes);
            bytes
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert_ne!(draw(1)[..32], draw(1)[32..64]);
    }
}
