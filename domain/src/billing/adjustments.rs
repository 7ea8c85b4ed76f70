//! What was repaired of an organization's bills. Its people read what and when; why and by whom is for staff.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    billing::{AdjustmentKind, PlanName},
    ids::{TenantId, UserId},
};
use uuid::Uuid;

use crate::{Deps, Error, Result, database::Transaction};

/// For how long the billing page speaks of it, and of how many at most.
const LATELY: TimeDelta = TimeDelta::days(90);
const SHOWN: i64 = 5;

/// As many as staff see of one organization.
const LISTED: i64 = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    pub kind: AdjustmentKind,
    pub plan: Option<PlanName>,
    pub seats: Option<u32>,
    pub expires_at: Option<DateTime<Utc>>,
    pub adjusted_at: DateTime<Utc>,
}

/// With what only staff read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    pub adjustment: Adjustment,
    pub reason: String,
    /// `None` for what was done at the terminal.
    pub by: Option<String>,
}

/// What is to be written down.
#[derive(Debug, Clone)]
pub(crate) struct New<'a> {
    pub kind: AdjustmentKind,
    /// The key of a plan.
    pub plan: Option<&'a str>,
    pub seats: Option<u32>,
    pub expires_at: Option<DateTime<Utc>>,
    pub reason: &'a str,
    pub by: Option<UserId>,
}

/// In a transaction of the platform.
pub(crate) async fn note(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, new: &New<'_>) -> Result<()> {
    sqlx::query!(
        "insert into billing_adjustments (tenant_id, id, kind, plan_key, seats, expires_at, adjusted_at, reason, adjusted_by) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tenant.0,
        deps.id::<Uuid>(),
        new.kind.key(),
        new.plan,
        new.seats.map(i32::try_from).transpose().map_err(Error::fault)?,
        new.expires_at,
        deps.now(),
        new.reason,
        new.by.map(|user| user.0),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What the organization's own page says, the newest first.
pub(crate) async fn lately(
    transaction: &mut Transaction,
    tenant: TenantId,
    now: DateTime<Utc>,
) -> Result<Vec<Adjustment>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.kind, a.plan_key, p.name as "plan_name?", a.seats, a.expires_at, a.adjusted_at
        from billing_adjustments a left join plans p on p.key = a.plan_key
        where a.tenant_id = $1 and a.adjusted_at > $2 order by a.adjusted_at desc, a.id desc limit $3"#,
        tenant.0,
        now - LATELY,
        SHOWN,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(Adjustment::try_from).collect()
}

/// The newest first.
pub(crate) async fn explained(transaction: &mut Transaction, tenant: TenantId) -> Result<Vec<Explained>> {
    let rows = sqlx::query!(
        r#"select a.kind, a.plan_key, p.name as "plan_name?", a.seats, a.expires_at, a.adjusted_at, a.reason, u.name as "by?"
        from billing_adjustments a left join plans p on p.key = a.plan_key left join users u on u.id = a.adjusted_by
        where a.tenant_id = $1 order by a.adjusted_at desc, a.id desc limit $2"#,
        tenant.0,
        LISTED,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            let adjustment = Row {
                kind: row.kind,
                plan_key: row.plan_key,
                plan_name: row.plan_name,
                seats: row.seats,
                expires_at: row.expires_at,
                adjusted_at: row.adjusted_at,
            };
            Ok(Explained {
                adjustment: adjustment.try_into()?,
                reason: row.reason,
                by: row.by,
            })
        })
        .collect()
}

struct Row {
    kind: String,
    plan_key: Option<String>,
    plan_name: Option<String>,
    seats: Option<i32>,
    expires_at: Option<DateTime<Utc>>,
    adjusted_at: DateTime<Utc>,
}

impl TryFrom<Row> for Adjustment {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            kind: AdjustmentKind::from_key(&row.kind).ok_or_else(|| Error::fault("unknown kind"))?,
            plan: row
                .plan_key
                .zip(row.plan_name)
                .map(|(key, name)| PlanName { key, name }),
            seats: row.seats.map(u32::try_from).transpose().map_err(Error::fault)?,
            expires_at: row.expires_at,
            adjusted_at: row.adjusted_at,
        })
    }
}
