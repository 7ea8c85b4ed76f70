//! The end of an organization that was deleted: everything of it, in pieces that can be taken up again.
//!
//! What stays is the audit log, which belongs to nobody who could ask for it: entries without what they tell of people, in a
//! chain that is whole. The address is free for somebody else only when nothing else is left.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use serde_json::json;
use sqlx::AssertSqlSafe;

use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::{PlatformDatabase, Transaction},
};

/// Whatever an organization has, what refers before what is referred to. A test holds it against the catalogue.
const TABLES: [&str; 31] = [
    "project_guests",
    "tasks",
    "tenant_invitation_grants",
    "projects",
    "workspace_members",
    "workspaces",
    "invitation_codes",
    "tenant_invitations",
    "tenant_invitation_batches",
    "ownership_offers",
    "billing_checkouts",
    "billing_invoices",
    "billing_seat_changes",
    "billing_cancellations",
    "billing_overrides",
    "billing_adjustments",
    "billing_notices",
    "billing_drifts",
    "billing_over_limits",
    "billing_kept",
    "billing_tenant_subscriptions",
    "billing_customers",
    "platform_impersonation_sessions",
    "support_sessions",
    "tenant_members",
    "iam_role_permissions",
    "iam_roles",
    "platform_notes",
    "platform_tenant_suspensions",
    "problem_reports",
    "request_faults",
];

/// How many rows one transaction removes, so that it neither locks nor logs more than it can soon be done with.
const BATCH: i64 = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nothing of it is left, or nothing was to be done.
    Done,
    More,
}

#[derive(Debug, Clone, Copy)]
enum Piece {
    Table(&'static str),
    Log,
}

/// Those whose time has run out, and those that a run before this one has not finished. The longest due first.
pub async fn due(platform: &PlatformDatabase, now: DateTime<Utc>) -> Result<Vec<TenantId>> {
    let due = sqlx::query_scalar!(
        "select id from tenants where status = 'deleting' and purge_after <= $1 order by purge_after limit 1000",
        now,
    )
    .fetch_all(platform.pool())
    .await?;
    Ok(due.into_iter().map(TenantId).collect())
}

/// At most so many batches of it. Harmless to repeat, to interrupt and to run twice at once; does nothing to one that is not
/// due.
pub async fn purge(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId, batches: u32) -> Result<Progress> {
    begin(platform, deps, tenant).await?;
    let mut batches = batches;
    for piece in TABLES.map(Piece::Table).into_iter().chain([Piece::Log]) {
        loop {
            if batches == 0 {
                return Ok(Progress::More);
            }
            let mut transaction = platform.begin().await?;
            if !hold(&mut transaction, tenant).await? {
                transaction.rollback().await?;
                return Ok(Progress::Done);
            }
            let done = match piece {
                Piece::Table(table) => remove(&mut transaction, table, tenant).await?,
                Piece::Log => empty_log(&mut transaction, deps, tenant).await?,
            };
            transaction.commit().await?;
            // Where nothing was left costs nothing: every run gets on, however many tables there are.
            batches -= u32::from(done > 0);
            if done < BATCH.unsigned_abs() {
                break;
            }
        }
    }
    finish(platform, deps, tenant).await?;
    Ok(Progress::Done)
}

/// From here on there is no way back: whoever restores it at the same moment was before, or comes too late.
async fn begin(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<()> {
    sqlx::query!(
        "update tenants set deleted_at = $2 \
         where id = $1 and status = 'deleting' and purge_after <= $2 and deleted_at is null",
        tenant.0,
        deps.now(),
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}

/// Keeps other purges of it waiting. False when there is nothing to purge.
async fn hold(transaction: &mut Transaction, tenant: TenantId) -> Result<bool> {
    let held = sqlx::query_scalar!(
        "select id from tenants where id = $1 and deleted_at is not null for update",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(held.is_some())
}

async fn remove(transaction: &mut Transaction, table: &'static str, tenant: TenantId) -> Result<u64> {
    let batch = format!(
        "delete from {table} where tenant_id = $1 \
         and ctid = any(array(select ctid from {table} where tenant_id = $1 limit {BATCH}))"
    );
    let removed = sqlx::query(AssertSqlSafe(batch))
        .bind(tenant.0)
        .execute(&mut **transaction)
        .await?;
    Ok(removed.rows_affected())
}

/// Takes what the entries tell of people out of them, and leaves them in their chain.
async fn empty_log(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<u64> {
    let emptied = sqlx::query!(
        "update audit_log set before = null, after = null, address = null, user_agent = null, details_salt = null, \
         redacted_at = $2 \
         where tenant_id = $1 and id = any(array( \
            select id from audit_log where tenant_id = $1 and redacted_at is null limit $3))",
        tenant.0,
        deps.now(),
        BATCH,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(emptied.rows_affected())
}

/// The organization itself and its addresses, present and old ones.
async fn finish(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<()> {
    let mut transaction = platform.begin().await?;
    if !hold(&mut transaction, tenant).await? {
        transaction.rollback().await?;
        return Ok(());
    }
    let addresses = sqlx::query!("delete from tenant_slugs where tenant_id = $1", tenant.0)
        .execute(&mut *transaction)
        .await?;
    sqlx::query!("delete from tenants where id = $1", tenant.0)
        .execute(&mut *transaction)
        .await?;
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::TenantPurged, Origin::System, &request).subject(tenant.0);
    entry.tenant = tenant;
    entry
        .after(json!({ "addresses": addresses.rows_affected() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeDelta;
    use contract::slug::{Slug, SlugState};

    use super::*;
    use crate::{
        actor::OrgActor,
        audit::verify::{Verdict, verify},
        tenants::{delete::delete, memberships, restore::restore, slug::check, update},
        testing::{TestDatabase, bills, clock_and_deps, deps, join, organization, person, project, task},
    };

    /// What belongs to an organization and outlives it.
    const KEPT: [&str; 2] = ["audit_chains", "audit_log"];
    /// What goes in the last transaction.
    const LAST: [&str; 2] = ["tenant_slugs", "tenants"];

    /// Something in every table.
    async fn furnish(database: &TestDatabase, deps: &Deps, org: &OrgActor) {
        let work = project(deps, org, "Work").await;
        for number in 0..3 {
            task(deps, org, work, &format!("Task {number}")).await;
        }
        let guest = person(deps, &format!("guest-of-{}", org.tenant().slug)).await;
        join(database, deps, org, &guest, "guest").await;
        let (tenant, owner, guest) = (org.tenant().id, org.user().id(), guest.id());
        let id = || deps.id::<uuid::Uuid>();
        let (invitation, workspace) = (id(), id());
        let rest = format!(
            "insert into workspaces values ('{tenant}', '{workspace}', 'Team', '{owner}', now(), now()); \
             insert into workspace_members values ('{tenant}', '{workspace}', '{owner}', now()); \
             update projects set workspace_id = '{workspace}' where id = '{work}'; \
             update tasks set assignee_id = '{guest}' where project_id = '{work}'; \
             insert into platform_impersonation_sessions (id, tenant_id, organization, operator_id, operator_session_id, subject_id, mode, \
                 reason, created_at, expires_at) \
                 values (gen_random_uuid(), '{tenant}', 'Acme', '{guest}', gen_random_uuid(), '{owner}', 'read_only', 'To look at something', \
                 now(), now() + interval '30 minutes'); \
             insert into support_sessions (id, tenant_id, organization, state, areas, may_write, hours, offered, reason, operator_id, \
                 created_at, answer_by) \
                 values (gen_random_uuid(), '{tenant}', 'Acme', 'requested', '{{work}}', false, 1, false, 'To look at something', \
                 '{guest}', now(), now() + interval '3 days'); \
             insert into project_guests values ('{tenant}', '{work}', '{guest}', now()); \
             insert into tenant_invitations (tenant_id, id, email, role_id, member_type, invited_by, created_at, sent_at, expires_at) \
                 select '{tenant}', '{invitation}', 'new@example.test', role_id, 'member', '{owner}', now(), now(), now() + '7 days' \
                 from tenant_members where tenant_id = '{tenant}' and user_id = '{owner}'; \
             insert into invitation_codes values (sha256('{invitation}'), '{tenant}', '{invitation}', true, now()); \
             insert into tenant_invitation_grants values ('{tenant}', '{invitation}', '{}', '{workspace}', null); \
             insert into tenant_invitation_batches values ('{tenant}', '{invitation}', '{owner}', '[]', now()); \
             insert into ownership_offers (tenant_id, id, offered_by, offered_to, created_at, expires_at) \
                 values ('{tenant}', '{}', '{owner}', '{guest}', now(), now() + '7 days'); \
             insert into problem_reports (id, tenant_id, page, failed, request_id, release, browser, facts, client_error, note, received_at) \
                 values (gen_random_uuid(), '{tenant}', '', false, '', '0.1.0', '', '', '', 'Slow', now()); \
             insert into request_faults (id, tenant_id, user_id, method, route, request_id, status, created_at) \
                 values (gen_random_uuid(), '{tenant}', '{owner}', 'GET', '/o/{{org}}/projects', '', 500, now()); \
             insert into platform_notes values ('{}', '{tenant}', 'Called', '{owner}', now()); \
             insert into platform_tenant_suspensions (id, tenant_id, reason, was_paused, suspended_by, suspended_at) \
                 values ('{}', '{tenant}', 'It sent spam', false, '{owner}', now())",
            id(),
            id(),
            id(),
            id(),
        );
        sqlx::raw_sql(AssertSqlSafe(rest))
            .execute(database.owner())
            .await
            .unwrap();
        bills(database, org).await;
    }

    async fn left(database: &TestDatabase, tenant: TenantId) -> BTreeSet<&'static str> {
        let mut left = BTreeSet::new();
        for table in TABLES.into_iter().chain(LAST).chain(KEPT) {
            let key = if table == "tenants" { "id" } else { "tenant_id" };
            if database.count(&format!("{table} where {key} = '{tenant}'")).await > 0 {
                left.insert(table);
            }
        }
        left
    }

    #[tokio::test]
    async fn every_table_of_an_organization_is_purged_or_kept_on_purpose() {
        let database = TestDatabase::new().await;
        let tables: BTreeSet<String> = sqlx::query_scalar(
            "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' \
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')",
        )
        .fetch_all(database.owner())
        .await
        .unwrap()
        .into_iter()
        .collect();
        let known: BTreeSet<String> = TABLES
            .into_iter()
            .chain(KEPT)
            .chain(["tenant_slugs"])
            .map(str::to_owned)
            .collect();
        assert_eq!(tables, known);
    }

    #[tokio::test]
    async fn after_thirty_days_everything_but_the_log_is_gone_and_the_address_is_free() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let change = update::TenantChange {
            name: contract::text::OrganizationName::parse("acme").unwrap(),
            slug: Slug::parse("acme-two").unwrap(),
        };
        update::update(&acme, &deps, change).await.unwrap();
        let acme = OrgActor::enter(&ann, &deps, "acme-two").await.unwrap();
        let other = organization(&deps, &person(&deps, "bob").await, "other").await;
        furnish(&database, &deps, &acme).await;
        furnish(&database, &deps, &other).await;
        let (id, all) = (acme.tenant().id, TABLES.len() + LAST.len() + KEPT.len());
        delete(&acme, &deps, "acme").await.unwrap();

        clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        assert_eq!(due(&database.platform(), deps.now()).await.unwrap(), []);
        purge(&database.platform(), &deps, id, 100).await.unwrap();
        assert_eq!(left(&database, id).await.len(), all, "not yet");

        clock.advance(TimeDelta::seconds(1));
        let taken = check(&ann, &deps, "acme-two", None).await.unwrap();
        assert_eq!(taken, SlugState::Taken);
        assert_eq!(due(&database.platform(), deps.now()).await.unwrap(), [id]);
        let progress = purge(&database.platform(), &deps, id, 100).await.unwrap();
        assert_eq!(progress, Progress::Done);
        assert_eq!(left(&database, id).await, KEPT.into_iter().collect());
        assert_eq!(left(&database, other.tenant().id).await.len(), all, "nobody else's");
        assert_eq!(due(&database.platform(), deps.now()).await.unwrap(), []);
        for slug in ["acme", "acme-two"] {
            assert_eq!(check(&ann, &deps, slug, None).await.unwrap(), SlugState::Available);
        }
        assert_eq!(memberships::list(&ann, &deps).await.unwrap(), []);
        let verdict = verify(database.owner()).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
        let told = format!("audit_log where tenant_id = '{id}' and action <> 'tenant.purged' and redacted_at is null");
        assert_eq!(database.count(&told).await, 0);
        let ended = format!("audit_log where action = 'tenant.purged' and origin = 'system' and tenant_id = '{id}'");
        assert_eq!(database.count(&ended).await, 1);
        purge(&database.platform(), &deps, id, 100).await.unwrap();
        assert_eq!(database.count(&ended).await, 1, "harmless to repeat");
        organization(&deps, &ann, "acme-two").await;
    }

    #[tokio::test]
    async fn a_purge_that_stopped_half_way_is_finished_by_the_next() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        furnish(&database, &deps, &acme).await;
        let id = acme.tenant().id;
        delete(&acme, &deps, "acme").await.unwrap();
        clock.advance(TimeDelta::days(30));
        let progress = purge(&database.platform(), &deps, id, 3).await.unwrap();
        assert_eq!(progress, Progress::More);
        let half = left(&database, id).await;
        assert!(
            half.contains("tenants") && half.contains("projects") && !half.contains("tasks"),
            "{half:?}"
        );
        assert_eq!(
            check(&ann, &deps, "acme", None).await.unwrap(),
            SlugState::Taken,
            "not free yet"
        );

        // Even a clock that is set back opens no way into what is half gone.
        clock.advance(-TimeDelta::days(1));
        let refused = restore(&acme, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        let refused = OrgActor::enter(&ann, &deps, "acme").await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        clock.advance(TimeDelta::days(1));

        assert_eq!(due(&database.platform(), deps.now()).await.unwrap(), [id]);
        let mut runs = 0;
        while purge(&database.platform(), &deps, id, 30).await.unwrap() == Progress::More {
            runs += 1;
            assert!(runs < 10);
        }
        assert_eq!(left(&database, id).await, KEPT.into_iter().collect());
    }

    #[tokio::test]
    async fn a_batch_is_bounded_and_all_of_them_come() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let id = acme.tenant().id;
        let work = project(&deps, &acme, "Work").await;
        let many = format!(
            "insert into tasks (tenant_id, id, project_id, title, created_by, created_at, updated_at) \
             select '{id}', gen_random_uuid(), '{work}', 'Task', '{}', now(), now() from generate_series(1, 2500)",
            acme.user().id()
        );
        sqlx::raw_sql(AssertSqlSafe(many))
            .execute(database.owner())
            .await
            .unwrap();
        delete(&acme, &deps, "acme").await.unwrap();
        clock.advance(TimeDelta::days(30));
        purge(&database.platform(), &deps, id, 1).await.unwrap();
        assert_eq!(database.count("tasks").await, 1500);
        purge(&database.platform(), &deps, id, 100).await.unwrap();
        assert_eq!(database.count("tasks").await + database.count("tenants").await, 0);
    }

    #[tokio::test]
    async fn several_at_once_get_it_done_once() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        furnish(&database, &deps, &acme).await;
        let id = acme.tenant().id;
        delete(&acme, &deps, "acme").await.unwrap();
        clock.advance(TimeDelta::days(30));
        let runs: Vec<_> = (0..5)
            .map(|_| {
                let (platform, deps) = (database.platform(), deps.clone());
                tokio::spawn(async move { purge(&platform, &deps, id, 100).await })
            })
            .collect();
        for run in runs {
            assert_eq!(run.await.unwrap().unwrap(), Progress::Done);
        }
        assert_eq!(left(&database, id).await, KEPT.into_iter().collect());
        assert_eq!(database.count("audit_log where action = 'tenant.purged'").await, 1);
    }

    #[tokio::test]
    async fn one_that_lives_is_left_alone() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let progress = purge(&database.platform(), &deps, acme.tenant().id, 100).await.unwrap();
        assert_eq!(progress, Progress::Done);
        assert_eq!(database.count("tenants where deleted_at is null").await, 1);
        assert_eq!(database.count("tenant_members").await, 1);
    }
}
