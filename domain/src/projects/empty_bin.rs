//! What has been in a bin for too long goes for good.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use serde_json::json;
use uuid::Uuid;

use super::bin::KEPT;
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::{PlatformDatabase, Transaction},
};

/// Projects go with everything in them, each in one piece: a few in one transaction.
const PROJECTS: i64 = 20;
const TASKS: i64 = 1000;

/// The organizations whose bins hold something that is to go.
pub async fn due(platform: &PlatformDatabase, now: DateTime<Utc>) -> Result<Vec<TenantId>> {
    let due = sqlx::query_scalar!(
        r#"select tenant_id as "tenant_id!" from projects where deleted_at <= $1
        union select tenant_id from tasks where deleted_at <= $1 limit 1000"#,
        now - KEPT,
    )
    .fetch_all(platform.pool())
    .await?;
    Ok(due.into_iter().map(TenantId).collect())
}

/// One batch of one organization; true when there may be more. Whoever restores something at the same moment was before, or
/// comes too late.
pub async fn empty(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<bool> {
    let before = deps.now() - KEPT;
    let mut transaction = platform.begin().await?;
    let projects = remove_projects(&mut transaction, tenant, before).await?;
    let tasks = sqlx::query!(
        "delete from tasks where tenant_id = $1 and deleted_at <= $2 \
         and id = any(array(select id from tasks where tenant_id = $1 and deleted_at <= $2 limit $3))",
        tenant.0,
        before,
        TASKS,
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    if projects == 0 && tasks == 0 {
        return Ok(false);
    }
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::BinEmptied, Origin::System, &request);
    entry.tenant = tenant;
    entry
        .after(json!({ "projects": projects, "tasks": tasks }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(projects >= PROJECTS.unsigned_abs() || tasks >= TASKS.unsigned_abs())
}

/// Locked first, so that nobody takes out of the bin what is half gone.
async fn remove_projects(transaction: &mut Transaction, tenant: TenantId, before: DateTime<Utc>) -> Result<u64> {
    let doomed: Vec<Uuid> = sqlx::query_scalar!(
        "select id from projects where tenant_id = $1 and deleted_at <= $2 order by deleted_at, id limit $3 for update",
        tenant.0,
        before,
        PROJECTS,
    )
    .fetch_all(&mut **transaction)
    .await?;
    sqlx::query!(
        "delete from tasks where tenant_id = $1 and project_id = any($2)",
        tenant.0,
        &doomed
    )
    .execute(&mut **transaction)
    .await?;
    let removed = sqlx::query!(
        "delete from projects where tenant_id = $1 and id = any($2)",
        tenant.0,
        &doomed
    )
    .execute(&mut **transaction)
    .await?;
    Ok(removed.rows_affected())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        projects::{create::create, delete::delete, restore::restore},
        tasks,
        testing::{TestDatabase, clock_and_deps, organization, person, project, project_fields, task},
    };

    #[tokio::test]
    async fn thirty_days_to_the_second_and_only_what_is_in_the_bin() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (gone, kept) = (project(&deps, &acme, "Gone").await, project(&deps, &acme, "Kept").await);
        for place in [gone, kept] {
            task(&deps, &acme, place, "Stays").await;
            let one = task(&deps, &acme, place, "Deleted").await;
            tasks::delete::delete(&acme, &deps, one).await.unwrap();
        }
        delete(&acme, &deps, gone).await.unwrap();
        let (platform, tenant) = (database.platform(), acme.tenant().id);
        clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        assert_eq!(due(&platform, deps.now()).await.unwrap(), []);
        empty(&platform, &deps, tenant).await.unwrap();
        assert_eq!(database.count("tasks").await, 4);

        clock.advance(TimeDelta::seconds(1));
        assert_eq!(due(&platform, deps.now()).await.unwrap(), [tenant]);
        assert!(!empty(&platform, &deps, tenant).await.unwrap());
        assert!(!empty(&platform, &deps, tenant).await.unwrap());
        assert_eq!(database.count("projects where name = 'Kept'").await, 1);
        assert_eq!(
            (database.count("projects").await, database.count("tasks").await),
            (1, 1)
        );
        assert_eq!(due(&platform, deps.now()).await.unwrap(), []);
        let entry: serde_json::Value = sqlx::query_scalar("select after from audit_log where action = 'bin.emptied'")
            .fetch_one(database.owner())
            .await
            .unwrap();
        assert_eq!(entry, json!({ "projects": 1, "tasks": 1 }));
        let refused = restore(&acme, &deps, gone).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        create(&acme, &deps, project_fields("Gone")).await.unwrap();
    }

    #[tokio::test]
    async fn what_is_restored_meanwhile_stays() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let back = project(&deps, &acme, "Back").await;
        task(&deps, &acme, back, "In it").await;
        delete(&acme, &deps, back).await.unwrap();
        clock.advance(KEPT);
        let mut restoring = database.owner().begin().await.unwrap();
        sqlx::query("update projects set deleted_at = null, deleted_by = null")
            .execute(&mut *restoring)
            .await
            .unwrap();
        let emptying = {
            let (platform, deps, tenant) = (database.platform(), deps.clone(), acme.tenant().id);
            tokio::spawn(async move { empty(&platform, &deps, tenant).await })
        };
        while database.waiting().await == 0 && !emptying.is_finished() {}
        restoring.commit().await.unwrap();
        emptying.await.unwrap().unwrap();
        assert_eq!(
            (database.count("projects").await, database.count("tasks").await),
            (1, 1)
        );
    }
}
