//! Giving an organization a plan.

use chrono::{DateTime, Utc};
use contract::{billing::AdjustmentKind, ids::TenantId, slug::Slug, text::OverrideReason};
use serde_json::json;
use uuid::Uuid;

use super::{OverrideKind, lock};
use crate::{
    Deps, OnConstraint, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    billing::{adjustments, refresh::refresh},
    database::{PlatformDatabase, Transaction},
};

#[derive(Debug, Clone)]
pub struct Grant {
    pub organization: Slug,
    pub kind: OverrideKind,
    /// The key of a plan.
    pub plan: String,
    /// For the operator's own list; the organization does not read it.
    pub reason: OverrideReason,
    /// Without one it holds until it is taken back. At this instant it is over.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What is given, whoever gives it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gift<'a> {
    pub kind: OverrideKind,
    /// The key of a plan.
    pub plan: &'a str,
    pub reason: &'a str,
    pub expires_at: Option<DateTime<Utc>>,
}

impl Gift<'_> {
    /// What the organization reads.
    pub const fn adjustment(&self) -> AdjustmentKind {
        match self.kind {
            OverrideKind::Complimentary => AdjustmentKind::Complimentary,
            OverrideKind::Plan => AdjustmentKind::Plan,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    Done,
    UnknownOrganization,
    UnknownPlan,
    /// Something is given already: it is ended first.
    GivenAlready,
    /// It would be over before it began.
    Over,
}

/// Holds from this moment on.
pub async fn grant(platform: &PlatformDatabase, deps: &Deps, grant: &Grant) -> Result<Granted> {
    let mut transaction = platform.begin().await?;
    let Some(tenant) = lock(&mut transaction, &grant.organization).await? else {
        transaction.rollback().await?;
        return Ok(Granted::UnknownOrganization);
    };
    let gift = Gift {
        kind: grant.kind,
        plan: &grant.plan,
        reason: grant.reason.as_str(),
        expires_at: grant.expires_at,
    };
    match give(&mut transaction, deps, tenant, gift).await? {
        Granted::Done => {}
        refused => {
            transaction.rollback().await?;
            return Ok(refused);
        }
    }
    let line = adjustments::New {
        kind: gift.adjustment(),
        plan: Some(gift.plan),
        seats: None,
        expires_at: gift.expires_at,
        reason: gift.reason,
        by: None,
    };
    adjustments::note(&mut transaction, deps, tenant, &line).await?;
    refresh(&mut transaction, deps, tenant).await?;
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::BillingOverridden, Origin::System, &request).subject(tenant.0);
    entry.tenant = tenant;
    entry
        .after(json!({ "plan": grant.plan, "kind": grant.kind.key(), "expires_at": grant.expires_at }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Granted::Done)
}

/// The row alone. The caller holds the organization's, and sees to what follows.
pub(crate) async fn give(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    gift: Gift<'_>,
) -> Result<Granted> {
    let now = deps.now();
    if gift.expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Ok(Granted::Over);
    }
    let plan = sqlx::query_scalar!("select key from plans where key = $1", gift.plan)
        .fetch_optional(&mut **transaction)
        .await?;
    if plan.is_none() {
        return Ok(Granted::UnknownPlan);
    }
    // What has run out makes room for the next.
    sqlx::query!(
        "update billing_overrides set ended_at = expires_at \
         where tenant_id = $1 and ended_at is null and expires_at <= $2",
        tenant.0,
        now,
    )
    .execute(&mut **transaction)
    .await?;
    let given = sqlx::query!(
        "insert into billing_overrides (tenant_id, id, kind, plan_key, reason, starts_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        tenant.0,
        deps.id::<Uuid>(),
        gift.kind.key(),
        gift.plan,
        gift.reason,
        now,
        gift.expires_at,
    )
    .execute(&mut **transaction)
    .await
    .on_constraint("billing_overrides_current_key", || contract::Error::Conflict);
    match given {
        Err(crate::Error::Refused(contract::Error::Conflict)) => Ok(Granted::GivenAlready),
        other => other.map(|_| Granted::Done),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{billing::BillingState, iam::Permission};

    use super::*;
    use crate::{
        actor::OrgActor,
        billing::overrides::{
            end::{Ended, end},
            list::list,
        },
        testing::{TestDatabase, clock_and_deps, deps, organization, person, proven},
    };

    fn acme() -> Slug {
        Slug::parse("acme").unwrap()
    }

    fn business(kind: OverrideKind, expires_at: Option<DateTime<Utc>>) -> Grant {
        Grant {
            organization: acme(),
            kind,
            plan: "business".to_owned(),
            reason: OverrideReason::parse("a pilot").unwrap(),
            expires_at,
        }
    }

    #[tokio::test]
    async fn a_gift_lets_work_go_on_until_it_ends() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let platform = database.platform();
        let ann = person(&deps, "ann").await;
        proven(&database, &ann).await;
        organization(&deps, &ann, "acme").await;
        clock.advance(TimeDelta::days(20));
        let ann = person(&deps, "ann").await;
        let unpaid = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        assert!(unpaid.require_change(Permission::ProjectsCreate).is_err());

        let ends = deps.now() + TimeDelta::days(30);
        let gift = business(OverrideKind::Complimentary, Some(ends));
        assert_eq!(grant(&platform, &deps, &gift).await.unwrap(), Granted::Done);
        let given = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        given.require_change(Permission::ProjectsCreate).unwrap();
        let plan = &given.tenant().plan;
        assert_eq!(
            (plan.key.as_str(), plan.effective.state, plan.effective.until),
            ("business", BillingState::Complimentary, Some(ends))
        );
        assert_eq!(grant(&platform, &deps, &gift).await.unwrap(), Granted::GivenAlready);

        clock.set(ends);
        assert_eq!(grant(&platform, &deps, &gift).await.unwrap(), Granted::Over);
        let ann = person(&deps, "ann").await;
        let over = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        assert_eq!(over.tenant().plan.effective.state, BillingState::None);
        assert_eq!(end(&platform, &deps, &acme()).await.unwrap(), Ended::NothingGiven);
        let anew = business(OverrideKind::Complimentary, None);
        assert_eq!(grant(&platform, &deps, &anew).await.unwrap(), Granted::Done);
        assert_eq!(end(&platform, &deps, &acme()).await.unwrap(), Ended::Done);
        assert_eq!(end(&platform, &deps, &acme()).await.unwrap(), Ended::NothingGiven);
        let log: Vec<String> = sqlx::query_scalar(
            "select action || ' ' || origin from audit_log where action like 'billing.%' order by position",
        )
        .fetch_all(database.owner())
        .await
        .unwrap();
        assert_eq!(
            log,
            [
                "billing.overridden system",
                "billing.overridden system",
                "billing.override_ended system"
            ]
        );
        assert_eq!(
            database.count("audit_log where after::text like '%pilot%'").await,
            0,
            "the reason is the operator's"
        );
    }

    #[tokio::test]
    async fn another_plan_changes_limits_and_not_the_state() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let platform = database.platform();
        let ann = person(&deps, "ann").await;
        organization(&deps, &ann, "acme").await;
        let gift = business(OverrideKind::Plan, None);
        assert_eq!(grant(&platform, &deps, &gift).await.unwrap(), Granted::Done);
        let given = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        let plan = &given.tenant().plan;
        assert_eq!(
            (plan.key.as_str(), plan.effective.state),
            ("business", BillingState::Trialing)
        );

        let listed = list(&platform, &deps, None).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(
            (listed[0].slug.as_str(), listed[0].reason.as_str()),
            ("acme", "a pilot")
        );
        end(&platform, &deps, &acme()).await.unwrap();
        assert_eq!(list(&platform, &deps, None).await.unwrap(), []);
        assert_eq!(
            list(&platform, &deps, Some(&acme())).await.unwrap().len(),
            1,
            "its history"
        );
    }

    #[tokio::test]
    async fn what_there_is_not_is_named() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let platform = database.platform();
        let gift = business(OverrideKind::Plan, None);
        assert_eq!(
            grant(&platform, &deps, &gift).await.unwrap(),
            Granted::UnknownOrganization
        );
        assert_eq!(
            end(&platform, &deps, &acme()).await.unwrap(),
            Ended::UnknownOrganization
        );
        organization(&deps, &person(&deps, "ann").await, "acme").await;
        let nothing = Grant {
            plan: "nothing".to_owned(),
            ..gift
        };
        assert_eq!(grant(&platform, &deps, &nothing).await.unwrap(), Granted::UnknownPlan);
        assert_eq!(database.count("billing_overrides").await, 0);
    }
}
