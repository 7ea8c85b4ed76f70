mod gifts;
mod list;
mod relink;
mod seats;
mod steps;
mod sync;

use std::sync::Arc;

use contract::{
    billing::{BillingState, RepairFact, RepairObstacle},
    ids::TenantId,
    staff::StaffRole,
    text::RepairReason,
};

use super::{
    Gift, Repair,
    preview::{DryRun, preview},
    repair::{Repaired, repair},
};
use crate::{
    Deps,
    actor::{OrgActor, StaffActor},
    billing::{
        drifts::reconcile::{Reconciled, reconcile},
        events::settle::settle,
        overrides::OverrideKind,
        testing::{Script, customer, subscription, told},
    },
    testing::{TestClock, TestDatabase, clock_and_deps, organization, person, staff},
};

/// An organization that pays for five seats and has one in use, somebody who repairs, and a provider that says what a test wants.
struct Room {
    database: TestDatabase,
    clock: Arc<TestClock>,
    deps: Deps,
    script: Arc<Script>,
    acme: OrgActor,
    bea: StaffActor,
}

impl Room {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (script, deps) = Script::begin(&database, deps).await;
        let tenant = acme.tenant().id;
        let event = script
            .send(&database.platform(), &deps, "1", told(subscription(tenant, "one")))
            .await;
        settle(&database.platform(), &deps, event).await.unwrap();
        *script.customer.lock().unwrap() = Some(customer(tenant, "customer"));
        *script.subscriptions.lock().unwrap() = vec![subscription(tenant, "one")];
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let room = Self {
            database,
            clock,
            deps,
            script,
            acme,
            bea,
        };
        room.run(&format!(
            "insert into billing_customers values ('{tenant}', 'polar', 'customer', now(), '2026-03-02')"
        ))
        .await;
        room
    }

    fn tenant(&self) -> TenantId {
        self.acme.tenant().id
    }

    async fn run(&self, statement: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(self.database.owner())
            .await
            .unwrap();
    }

    async fn reconcile(&self) -> Reconciled {
        reconcile(&self.database.platform(), &self.deps, self.tenant())
            .await
            .unwrap()
    }

    async fn try_out(&self, fix: &Repair) -> Result<DryRun, RepairObstacle> {
        let preview = preview(&self.bea, &self.deps, self.tenant(), fix.kind(), Some(fix))
            .await
            .unwrap();
        preview.dry_run.unwrap()
    }

    async fn repair(&self, fix: &Repair, seen: &str) -> crate::Result<Repaired> {
        repair(&self.bea, &self.deps, self.tenant(), fix, &reason(), seen).await
    }

    /// Both steps.
    async fn make(&self, fix: &Repair) -> (DryRun, Repaired) {
        let run = self.try_out(fix).await.unwrap();
        let done = self.repair(fix, &run.seen.token().unwrap()).await.unwrap();
        (run, done)
    }

    /// Everything that a fix could write.
    async fn stored(&self) -> String {
        let mut stored = String::new();
        for table in [
            "billing_customers",
            "billing_tenant_subscriptions",
            "billing_invoices",
            "billing_overrides",
            "billing_drifts",
            "billing_adjustments",
            "billing_seat_changes",
            "billing_notices",
            "tenants",
            "audit_log",
            "audit_chains",
            "graphile_worker._private_jobs",
        ] {
            let rows: String = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
                "select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)), '[]')::text from {table} t"
            )))
            .fetch_one(self.database.owner())
            .await
            .unwrap();
            stored.push_str(&rows);
        }
        stored
    }

    async fn state(&self) -> (String, BillingState) {
        let plan = OrgActor::enter(self.acme.user(), &self.deps, "acme")
            .await
            .unwrap()
            .tenant()
            .plan
            .clone();
        (plan.key, plan.effective.state)
    }
}

fn reason() -> RepairReason {
    RepairReason::parse("They were promised it on the phone").unwrap()
}

fn gift(kind: OverrideKind, expires_at: Option<chrono::DateTime<chrono::Utc>>) -> Repair {
    Repair::Give(Gift {
        kind,
        plan: "business".to_owned(),
        expires_at,
    })
}

fn changed(run: &DryRun) -> Vec<RepairFact> {
    let pairs = run.seen.before.facts().into_iter().zip(run.seen.after.facts());
    pairs
        .filter(|((_, was), (_, is))| was != is)
        .map(|((fact, _), _)| fact)
        .collect()
}
