//! The catalogue for staff, with how many organizations have each plan, and who changed it last.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::{billing::PlanSettings, staff::StaffRight};

use super::settings::read;
use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    database::{Transaction, end_of_reading},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub plan: PlanSettings,
    pub organizations: u32,
    pub last_change: Option<Change>,
}

/// One save of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub version: i64,
    pub fields: Vec<String>,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// What can be changed, and nothing else: for who changes it.
pub async fn catalogue(staff: &StaffActor, deps: &Deps) -> Result<Vec<PlanSettings>> {
    staff.require(StaffRight::BillingRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let plans = read(&mut transaction, None).await?;
    end_of_reading(transaction);
    Ok(plans)
}

pub async fn list(staff: &StaffActor, deps: &Deps) -> Result<Vec<Listed>> {
    staff.require(StaffRight::BillingRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let counted = sqlx::query!(
        r#"select p.plan_key as "plan_key!", count(*) as "organizations!"
        from tenants t cross join lateral plan_at(t.id, t.plan_key, $1) p
        where t.deleted_at is null group by p.plan_key"#,
        deps.now(),
    )
    .fetch_all(&mut *transaction)
    .await?;
    let plans = read(&mut transaction, None).await?;
    let mut last = last_changes(&mut transaction).await?;
    let mut listed = Vec::new();
    for plan in plans {
        let count = counted
            .iter()
            .find(|row| row.plan_key == plan.key)
            .map(|row| row.organizations);
        listed.push(Listed {
            organizations: u32::try_from(count.unwrap_or_default()).map_err(Error::fault)?,
            last_change: last.remove(&plan.key),
            plan,
        });
    }
    end_of_reading(transaction);
    Ok(listed)
}

/// What each plan's version came of; those that were never changed are left out.
async fn last_changes(transaction: &mut Transaction) -> Result<BTreeMap<String, Change>> {
    let rows = sqlx::query!(
        r#"select c.plan_key, c.version, c.fields, u.name as by, c.changed_at as at
        from plans p join plan_changes c on c.plan_key = p.key and c.version = p.version join users u on u.id = c.changed_by"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let changes = rows.into_iter().map(|row| {
        let change = Change {
            version: row.version,
            fields: row.fields,
            by: row.by,
            at: row.at,
        };
        (row.plan_key, change)
    });
    Ok(changes.collect())
}

/// What was changed after a version, the oldest first.
pub(super) async fn changes(transaction: &mut Transaction, plan: &str, after: i64) -> Result<Vec<Change>> {
    let changes = sqlx::query_as!(
        Change,
        r#"select c.version, c.fields, u.name as by, c.changed_at as at from plan_changes c join users u on u.id = c.changed_by
        where c.plan_key = $1 and c.version > $2 order by c.version"#,
        plan,
        after,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(changes)
}
