//! People who sign up and people who work, all at once, until nobody answers any more.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction};
use tokio::{sync::watch, task::JoinHandle, time::timeout};
use uuid::Uuid;

use crate::browser::Browser;

/// Sign up and start an organization, again and again.
pub const NEWCOMERS: usize = 3;
/// Change a task, again and again.
pub const WORKERS: usize = 3;

const PASSWORD: &str = "correct horse battery staple 42";
/// The end of a stream that has come to a halt.
const PATIENCE: Duration = Duration::from_mins(1);

/// A write that was answered with success.
#[derive(Debug, Clone)]
pub enum Write {
    SignUp {
        email: String,
        browser: Browser,
    },
    Organization {
        email: String,
        slug: String,
    },
    Project {
        slug: String,
        name: String,
    },
    Task {
        slug: String,
        title: String,
    },
    /// The task has been changed so many times; its title says the number.
    Edit {
        task: Uuid,
        number: usize,
    },
}

pub struct Stream {
    address: SocketAddr,
    owner: PgPool,
    round: usize,
    acknowledged: watch::Sender<Vec<Write>>,
    ending: AtomicBool,
}

impl Stream {
    pub fn new(address: SocketAddr, owner: PgPool, round: usize) -> Self {
        Self {
            address,
            owner,
            round,
            acknowledged: watch::Sender::default(),
            ending: AtomicBool::new(false),
        }
    }

    pub fn open(self: &Arc<Self>) -> Vec<JoinHandle<()>> {
        let newcomers = (0..NEWCOMERS).map(|number| tokio::spawn(self.clone().newcomers(number)));
        let workers = (0..WORKERS).map(|number| tokio::spawn(self.clone().worker(number)));
        newcomers.chain(workers).collect()
    }

    /// Returns with this many acknowledgements.
    pub async fn acknowledged(&self, count: usize) {
        let mut receiver = self.acknowledged.subscribe();
        let reached = receiver.wait_for(|writes| writes.len() >= count);
        timeout(PATIENCE, reached).await.unwrap().unwrap();
    }

    /// Closes a table to writers, and returns when so many wait for it in the middle of what they do.
    pub async fn hold_at_table(&self, table: &str, writers: usize) -> Transaction<'static, Postgres> {
        let mut transaction = self.owner.begin().await.unwrap();
        run(&mut transaction, &format!("lock table {table} in exclusive mode")).await;
        self.wait_for(&format!("relation = '{table}'::regclass"), writers).await;
        transaction
    }

    /// Lets nobody commit, and returns when so many want to: a check that the database puts off to the end of a transaction
    /// waits for a lock which is held here.
    pub async fn hold_at_commit(&self, writers: usize) -> Transaction<'static, Postgres> {
        let mut transaction = self.owner.begin().await.unwrap();
        let hold = "create function hold() returns trigger language plpgsql as \
                    'begin perform pg_advisory_xact_lock_shared(1); return null; end'; \
                    create constraint trigger hold after insert on audit_log deferrable initially deferred \
                    for each row execute function hold()";
        run(&mut transaction, hold).await;
        transaction.commit().await.unwrap();
        let mut transaction = self.owner.begin().await.unwrap();
        run(&mut transaction, "select pg_advisory_xact_lock(1)").await;
        self.wait_for("locktype = 'advisory'", writers).await;
        transaction
    }

    async fn wait_for(&self, lock: &str, writers: usize) {
        let waiting = format!("select count(*) from pg_locks where not granted and {lock}");
        let stuck = async {
            loop {
                let waiting = sqlx::query_scalar::<_, i64>(AssertSqlSafe(waiting.clone()));
                if waiting.fetch_one(&self.owner).await.unwrap() >= i64::try_from(writers).unwrap() {
                    break;
                }
            }
        };
        timeout(PATIENCE, stuck).await.unwrap();
    }

    /// From now on it is no surprise when an answer does not come.
    pub fn expect_the_end(&self) {
        self.ending.store(true, Ordering::SeqCst);
    }

    pub fn writes(&self) -> Vec<Write> {
        self.acknowledged.borrow().clone()
    }

    async fn newcomers(self: Arc<Self>, writer: usize) {
        for number in 0.. {
            let key = format!("r{}n{writer}x{number}", self.round);
            if self.arrive(&key).await.is_none() {
                return;
            }
        }
    }

    async fn worker(self: Arc<Self>, writer: usize) {
        let _ended: Option<()> = self.work(&format!("r{}w{writer}", self.round)).await;
    }

    /// A new person with an organization. `None` when the end has come in between.
    async fn arrive(&self, key: &str) -> Option<Browser> {
        let mut browser = Browser::new(self.address, format!("2001:db8:{:x}::1", hash(key)));
        let email = format!("{key}@example.test");
        let person = [
            ("name", "Ann"),
            ("email", &email),
            ("password", PASSWORD),
            ("terms", "on"),
        ];
        self.post(&mut browser, "/api/app/auth/sign_up/sign_up", &person)
            .await?;
        self.note(Write::SignUp {
            email: email.clone(),
            browser: browser.clone(),
        });
        let fields = [("name", key), ("slug", key)];
        self.post(
            &mut browser,
            "/api/app/org/create_organization/create_organization",
            &fields,
        )
        .await?;
        self.note(Write::Organization {
            email,
            slug: key.to_owned(),
        });
        Some(browser)
    }

    async fn work(&self, slug: &str) -> Option<()> {
        let mut browser = self.arrive(slug).await?;
        let project = [("org", slug), ("name", "Work")];
        self.post(
            &mut browser,
            "/api/app/org/projects/create_project/create_project",
            &project,
        )
        .await?;
        self.note(Write::Project {
            slug: slug.to_owned(),
            name: "Work".to_owned(),
        });
        let project = self
            .id(
                "select p.id from projects p join tenants t on t.id = p.tenant_id where t.slug = $1::text::citext",
                slug,
            )
            .await?;
        let task = [("org", slug), ("project", &project.to_string()), ("title", slug)];
        self.post(&mut browser, "/api/app/org/projects/create_task/create_task", &task)
            .await?;
        self.note(Write::Task {
            slug: slug.to_owned(),
            title: slug.to_owned(),
        });
        let task = self.id("select id from tasks where title = $1", slug).await?;
        for number in 1.. {
            let fields = [
                ("org", slug),
                ("task", &task.to_string()),
                ("title", &format!("{slug} {number}")),
            ];
            self.post(&mut browser, "/api/app/org/projects/update_task/update_task", &fields)
                .await?;
            self.note(Write::Edit { task, number });
        }
        None
    }

    async fn post(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Option<()> {
        let answer = browser.post(path, fields).await;
        match answer {
            Some(answer) if answer.status == 200 => Some(()),
            _ if self.ending.load(Ordering::SeqCst) => None,
            other => panic!("{path}: {other:?}"),
        }
    }

    async fn id(&self, query: &'static str, key: &str) -> Option<Uuid> {
        match sqlx::query_scalar(query).bind(key).fetch_one(&self.owner).await {
            Ok(id) => Some(id),
            Err(_) if self.ending.load(Ordering::SeqCst) => None,
            Err(error) => panic!("{query}: {error}"),
        }
    }

    fn note(&self, write: Write) {
        self.acknowledged.send_modify(|writes| writes.push(write));
    }
}

async fn run(transaction: &mut Transaction<'static, Postgres>, statements: &str) {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(&mut **transaction)
        .await
        .unwrap();
}

/// 16 bits of it are enough to sit somewhere else than the others.
fn hash(key: &str) -> u16 {
    key.bytes()
        .fold(0, |hash: u16, byte| hash.wrapping_mul(31).wrapping_add(byte.into()))
}
