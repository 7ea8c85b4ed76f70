//! Many at once, on real connections: Postgres settles it.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod invitations;
mod operations;
mod organizations;
mod standing;

use contract::{Error, slug::Slug, text::OrganizationName};
use domain::{
    actor::OrgActor,
    projects::ProjectFields,
    tenants::create::NewTenant,
    testing::{TestDatabase, project_fields},
};
use sqlx::{Postgres, Transaction};
use tokio::task::JoinHandle;

fn project(number: usize) -> ProjectFields {
    project_fields(&format!("Project {number}"))
}

fn acme() -> NewTenant {
    NewTenant {
        name: OrganizationName::parse("Acme").unwrap(),
        slug: Slug::parse("acme").unwrap(),
    }
}

/// Holds an organization's row, so that whoever needs it queues up.
async fn hold(database: &TestDatabase, org: &OrgActor) -> Transaction<'static, Postgres> {
    let mut held = database.owner().begin().await.unwrap();
    sqlx::query("select from tenants where id = $1 for update")
        .bind(org.tenant().id.0)
        .execute(&mut *held)
        .await
        .unwrap();
    held
}

/// Lets go once everybody waits, or is done without having waited, and gives what became of each, as people are told it.
async fn together<T>(
    database: &TestDatabase,
    held: Transaction<'static, Postgres>,
    started: Vec<JoinHandle<domain::Result<T>>>,
) -> Vec<Result<T, Error>> {
    let became = released(database, held, started).await;
    became.into_iter().map(|one| one.map_err(Error::from)).collect()
}

/// The same, as it was.
async fn released<T>(
    database: &TestDatabase,
    held: Transaction<'static, Postgres>,
    started: Vec<JoinHandle<domain::Result<T>>>,
) -> Vec<domain::Result<T>> {
    loop {
        let waiting = database.waiting().await;
        let finished = started.iter().filter(|one| one.is_finished()).count();
        if usize::try_from(waiting).unwrap() + finished >= started.len() {
            break;
        }
    }
    held.rollback().await.unwrap();
    let mut became = Vec::new();
    for one in started {
        became.push(one.await.unwrap());
    }
    became
}
