//! Everything about one organization, on one page: whoever helps a customer sees what the customer is talking about.

use chrono::{DateTime, Utc};
use contract::{
    billing::LimitUse,
    flag::{Flag, FlagForOne},
    ids::{TenantId, UserId},
    staff::StaffRight,
    tenant::TenantStatus,
};

use super::{
    bills::{self, Bills},
    members::{self, Device, Members},
    note::{self, Note},
    suspension::{self, Suspension},
    troubles::{self, Trouble, Waiting},
};
use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    audit::{self, Names, Recorded},
    billing::{
        standing::{self, TenantPlan},
        usage,
    },
    database::{Transaction, end_of_reading},
    flags::Subject,
};

/// Entries of its log on the page.
const ENTRIES: i64 = 10;

#[derive(Debug)]
pub struct Organization {
    pub identity: Identity,
    pub suspension: Option<Suspension>,
    pub plan: TenantPlan,
    pub limits: [LimitUse; 3],
    pub bills: Bills,
    pub members: Members,
    pub devices: Vec<Device>,
    pub troubles: Vec<Trouble>,
    /// What it did too often, and has to wait for.
    pub waiting: Vec<Waiting>,
    /// What every flag is for it, where nobody in particular asks.
    pub flags: Vec<FlagForOne>,
    pub notes: Vec<Note>,
    /// The newest entries of its log, and what the ids in them stand for.
    pub entries: Vec<Recorded>,
    pub names: Names,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: TenantId,
    pub name: String,
    pub slug: String,
    /// Addresses it had before; they lead to it still.
    pub former_slugs: Vec<String>,
    pub status: TenantStatus,
    pub created_at: DateTime<Utc>,
    pub created_by: UserId,
    /// Null when their account was deleted.
    pub creator: Option<String>,
    /// When one that was deleted is gone for good.
    pub purge_after: Option<DateTime<Utc>>,
    /// Since when it has more than its plan allows.
    pub over_limit_since: Option<DateTime<Utc>>,
}

pub async fn get(staff: &StaffActor, deps: &Deps, tenant: TenantId) -> Result<Organization> {
    staff.require(StaffRight::TenantsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let identity = identity(&mut transaction, tenant).await?;
    let plan = standing::of(&mut transaction, tenant, deps.billing, deps.now()).await?;
    let used = usage::of(&mut transaction, deps, tenant).await?;
    let (entries, names) = audit::list::newest(&mut transaction, tenant, ENTRIES).await?;
    let mut organization = Organization {
        identity,
        suspension: suspension::open(&mut transaction, tenant).await?,
        limits: used.within(plan.limits),
        plan,
        bills: bills::bills(&mut transaction, deps, tenant).await?,
        members: members::members(&mut transaction, tenant).await?,
        devices: members::devices(&mut transaction, deps, tenant).await?,
        troubles: troubles::troubles(&mut transaction, staff, deps, tenant).await?,
        waiting: troubles::waiting(&mut transaction, deps, tenant).await?,
        flags: Vec::with_capacity(Flag::ALL.len()),
        notes: note::of(&mut transaction, tenant).await?,
        entries,
        names,
    };
    end_of_reading(transaction);
    let subject = Subject {
        user: None,
        tenant: Some(tenant),
        plan: Some(organization.plan.key.clone()),
    };
    for flag in Flag::ALL {
        let value = deps.flags.value(&deps.database, *flag, &subject).await?;
        organization.flags.push(FlagForOne { flag: *flag, value });
    }
    Ok(organization)
}

async fn identity(transaction: &mut Transaction, tenant: TenantId) -> Result<Identity> {
    let row = sqlx::query!(
        r#"select t.id, t.name, t.slug::text as "slug!", t.status, t.created_at, t.created_by, t.purge_after,
            t.over_limit_since, case when u.deleted_at is null then u.name end as creator,
            array(
                select s.slug::text from tenant_slugs s where s.tenant_id = t.id and s.retired_at is not null order by s.retired_at
            ) as "former_slugs!"
        from tenants t join users u on u.id = t.created_by
        where t.id = $1 and t.deleted_at is null"#,
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Identity {
        id: row.id.into(),
        name: row.name,
        slug: row.slug,
        former_slugs: row.former_slugs,
        status: TenantStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
        created_at: row.created_at,
        created_by: row.created_by.into(),
        creator: row.creator,
        purge_after: row.purge_after,
        over_limit_since: row.over_limit_since,
    })
}

#[cfg(test)]
mod tests {
    use contract::{billing::BillingState, reports::ReportedPage, staff::StaffRole};

    use super::*;
    use crate::{
        audit::Named,
        customers::organizations::TroubleKind,
        reports::{
            send::{NewReport, Reporter, send},
            testing::saying,
        },
        testing::{TestDatabase, bills, deps, join, organization, person, project, staff},
        throttle::{self, Policy},
    };

    /// Two organizations with the same of everything, told apart by who and what is in them.
    async fn two(database: &TestDatabase, deps: &Deps) -> (TenantId, TenantId) {
        let mut made = Vec::new();
        for (owner, member, slug) in [("ann", "bob", "acme"), ("cleo", "dan", "other")] {
            let (owner, member) = (person(deps, owner).await, person(deps, member).await);
            let org = organization(deps, &owner, slug).await;
            join(database, deps, &org, &member, "member").await;
            project(deps, &org, "Harbour").await;
            bills(database, &org).await;
            let reported = NewReport {
                page: ReportedPage::parse(&format!("/o/{slug}/projects")).unwrap(),
                request_id: Some(format!("req-{slug}")),
                client_error: format!("TypeError of {slug}\nat line 7"),
                ..saying(&format!("{slug} is slow\nsince noon"))
            };
            let by = Reporter::Person {
                user: &member,
                visit: None,
            };
            send(by, deps, reported).await.unwrap();
            let tenant = org.tenant().id;
            let wrong = format!(
                "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, \
                     status, about_tenant, last_error, next_attempt_at) \
                 values (gen_random_uuid(), 'polar', 'm-{slug}', 'order.paid', '', '', '2026-03-02', 'failed', '{tenant}', \
                     'no plan of {slug}', now()); \
                 insert into job_runs (id, task, job_id, job_key, attempt, outcome, error, started_at, finished_at) \
                 values (gen_random_uuid(), 'send_mail', 1, 'mail:tenant_deactivated:{}:{tenant}', 1, 'failed', \
                     'no route to {slug}', '2026-03-02', '2026-03-02'); \
                 insert into billing_invoices (tenant_id, provider_order_id, provider, number, status, paid, billing_reason, \
                     net_amount, tax_amount, total_amount, currency, created_at, modified_at, facts_hash) \
                 values ('{tenant}', 'open-{slug}', 'polar', 'N-{slug}', 'pending', false, 'cycle', 2700, 0, 2700, 'usd', \
                     '2026-03-01', now(), '')",
                owner.id()
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(wrong))
                .execute(database.owner())
                .await
                .unwrap();
            made.push(tenant);
        }
        (made[0], made[1])
    }

    #[tokio::test]
    async fn shows_everything_of_one_and_nothing_of_another() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (acme, other) = two(&database, &deps).await;
        for _ in 0..60 {
            let subject = acme.to_string();
            throttle::attempt(&deps, Policy::BillingByOrganization, &subject)
                .await
                .unwrap();
        }
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        let shown = get(&sue, &deps, acme).await.unwrap();
        assert_eq!(
            (shown.identity.slug.as_str(), shown.identity.creator.as_deref()),
            ("acme", Some("ann"))
        );
        assert_eq!(shown.plan.effective.state, BillingState::Active);
        assert_eq!((shown.limits[0].used, shown.limits[1].used), (1, 2));
        let people: Vec<_> = shown
            .members
            .shown
            .iter()
            .map(|member| (member.name.as_str(), member.role.as_str()))
            .collect();
        assert_eq!(
            (people, shown.members.count),
            (vec![("ann", "Owner"), ("bob", "Member")], 2)
        );
        let devices: Vec<_> = shown.devices.iter().map(|device| device.name.as_str()).collect();
        assert_eq!(devices.len(), 2);
        assert!(devices.iter().all(|name| ["ann", "bob"].contains(name)), "{devices:?}");
        let troubles: Vec<_> = shown
            .troubles
            .iter()
            .map(|trouble| (trouble.kind, trouble.what.as_str()))
            .collect();
        assert_eq!(troubles.len(), 4, "{troubles:?}");
        for known in [
            (TroubleKind::PaymentEvent, "order.paid"),
            (TroubleKind::Job, "send_mail"),
            (TroubleKind::Payment, "N-acme"),
            (TroubleKind::Report, "acme is slow"),
        ] {
            assert!(troubles.contains(&known), "{troubles:?}");
        }
        let reported = shown.troubles.iter().find(|trouble| trouble.report.is_some()).unwrap();
        assert_eq!(reported.kind, TroubleKind::Report);
        assert_eq!(
            (reported.why.as_deref(), reported.request.as_deref()),
            (Some("TypeError of acme"), Some("req-acme"))
        );
        assert_eq!(shown.waiting.len(), 1);
        assert_eq!((shown.bills.invoices.len(), shown.bills.drifts.len()), (2, 1));
        assert!(shown.entries.iter().any(|entry| entry.action == "project.created"));
        let actor = shown.entries[0].actor.unwrap();
        assert_eq!(shown.names.get(actor), Named::Person("ann"));
        // Whatever it shows: no word of the other one's is in it.
        let text = format!("{shown:?}");
        for foreign in [
            &other.to_string(),
            "cleo",
            "dan@",
            "no plan of other",
            "route to other",
            "N-other",
            "other is slow",
            "TypeError of other",
            "req-other",
        ] {
            assert!(!text.contains(foreign), "{foreign}");
        }
        assert_eq!(get(&sue, &deps, other).await.unwrap().waiting, []);
    }

    #[tokio::test]
    async fn what_is_gone_is_not_shown() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme")
            .await
            .tenant()
            .id;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        sqlx::query("update tenants set deleted_at = now()")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = get(&sue, &deps, acme).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
    }
}
