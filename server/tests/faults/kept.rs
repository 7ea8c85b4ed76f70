//! What was acknowledged is there: the rows, their records in the audit log, the mails, and the sessions.

use std::{collections::BTreeMap, fs};

use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    browser::Browser,
    program::Program,
    stream::{Stream, Write},
};

#[derive(Default)]
pub struct Acknowledged {
    writes: Vec<Write>,
}

impl Acknowledged {
    pub fn add(&mut self, stream: &Stream) {
        self.writes.extend(stream.writes());
    }

    pub async fn check(&self, owner: &PgPool, program: &Program) {
        let mut edits: BTreeMap<Uuid, usize> = BTreeMap::new();
        for write in &self.writes {
            match write {
                Write::SignUp { email, browser } => {
                    signed_up(owner, email).await;
                    signed_in(browser, email).await;
                    mailed(owner, program, email).await;
                }
                Write::Organization { email, slug } => organization(owner, email, slug).await,
                Write::Project { slug, name } => made(owner, PROJECT, slug, name).await,
                Write::Task { slug, title } => made(owner, TASK, slug, title).await,
                Write::Edit { task, number } => {
                    edits.insert(*task, *number);
                }
            }
        }
        for (task, acknowledged) in edits {
            edited(owner, task, acknowledged).await;
        }
    }
}

async fn count(owner: &PgPool, query: &'static str, parameters: &[&str]) -> i64 {
    let mut counted = sqlx::query_scalar(query);
    for parameter in parameters {
        counted = counted.bind(*parameter);
    }
    counted.fetch_one(owner).await.unwrap()
}

async fn signed_up(owner: &PgPool, email: &str) {
    let recorded = "select count(*) from users u join audit_log a on a.subject_id = u.id and a.action = 'user.signed_up' \
                    where u.email = $1::text::citext";
    assert_eq!(count(owner, recorded, &[email]).await, 1, "{email} has signed up");
}

async fn signed_in(browser: &Browser, email: &str) {
    let page = browser.get("/account/profile").await.unwrap();
    assert_eq!(page.status, 200, "{email} is still signed in");
    assert!(page.body.contains(email), "as themselves");
}

/// Sent, or still to be sent.
async fn mailed(owner: &PgPool, program: &Program, email: &str) {
    let queued = "select count(*) from users u join graphile_worker._private_jobs j \
                  on j.key in ('mail:welcome:' || u.id, 'mail:verify_email:' || u.id) where u.email = $1::text::citext";
    let queued = count(owner, queued, &[email]).await;
    let sent = fs::read_dir(program.folder().join("mailbox"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| fs::read_to_string(path).unwrap().contains(email))
        .count();
    assert!(
        queued + i64::try_from(sent).unwrap() >= 2,
        "{email}: {queued} mails wait and {sent} are sent, of a welcome and a link"
    );
}

async fn organization(owner: &PgPool, email: &str, slug: &str) {
    let held = "select count(*) from tenants t \
                 join tenant_slugs s on s.tenant_id = t.id and s.slug = t.slug and s.retired_at is null \
                 join tenant_members m on m.tenant_id = t.id and m.status = 'active' \
                 join iam_roles r on r.tenant_id = t.id and r.id = m.role_id and r.key = 'owner' \
                 join users u on u.id = m.user_id \
                 join audit_log a on a.tenant_id = t.id and a.subject_id = t.id and a.actor_user_id = u.id \
                 and a.action = 'tenant.created' where u.email = $1::text::citext and t.slug = $2::text::citext";
    assert_eq!(count(owner, held, &[email, slug]).await, 1, "{email} owns {slug}");
}

const PROJECT: &str = "select count(*) from projects p join tenants t on t.id = p.tenant_id \
    join audit_log a on a.tenant_id = t.id and a.subject_id = p.id and a.action = 'project.created' \
    where t.slug = $1::text::citext and p.name = $2";

/// By the title it was written down with: it may have been changed since.
const TASK: &str = "select count(*) from tasks k join tenants t on t.id = k.tenant_id \
    join audit_log a on a.tenant_id = t.id and a.subject_id = k.id and a.action = 'task.created' \
    where t.slug = $1::text::citext and a.after->>'title' = $2";

async fn made(owner: &PgPool, query: &'static str, slug: &str, name: &str) {
    assert_eq!(count(owner, query, &[slug, name]).await, 1, "{slug}: {name}");
}

/// The last change that was acknowledged, or the one that was on its way; each with its record.
async fn edited(owner: &PgPool, task: Uuid, acknowledged: usize) {
    let (title, recorded): (String, i64) = sqlx::query_as(
        "select k.title, (select count(*) from audit_log a where a.tenant_id = k.tenant_id and a.subject_id = k.id \
         and a.action = 'task.updated') from tasks k where k.id = $1",
    )
    .bind(task)
    .fetch_one(owner)
    .await
    .unwrap();
    let number: usize = title.rsplit(' ').next().unwrap().parse().unwrap();
    assert!(
        (acknowledged..=acknowledged + 1).contains(&number),
        "{acknowledged} changes were acknowledged: {title}"
    );
    assert_eq!(
        recorded,
        i64::try_from(number).unwrap(),
        "{title}: every change is recorded once"
    );
}
