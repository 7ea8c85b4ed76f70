//! What a change of plan, interval or seats would come to if it were made now.

use contract::{
    billing::PlanName,
    error::Limit,
    iam::Permission,
    ids::{ProjectId, UserId},
};

use super::{
    change::{Quote, Terms},
    excess,
    quote::{Change, change},
    wanted::Wanted,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::{self, Transaction, end_of_reading},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub from_plan: PlanName,
    pub from: Terms,
    pub to_plan: PlanName,
    pub to: Terms,
    pub quote: Quote,
    pub currency: String,
    pub pauses: Vec<Pausing>,
    pub replaces_pending: bool,
    /// Of the subscription that was looked at.
    pub version: i64,
}

/// More than a plan has room for: the newest, by name. Nothing is lost, it can be read. Fewer names than there are when the one
/// who asks does not see all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pausing {
    pub limit: Limit,
    pub used: u32,
    pub allowed: u32,
    pub names: Vec<String>,
}

/// Refused when it is what is paid for already.
pub async fn preview(org: &OrgActor, deps: &Deps, wanted: &Wanted) -> Result<Preview> {
    org.require(Permission::BillingManage)?;
    let mut transaction = org.begin(deps).await?;
    let change = change(&mut transaction, org, deps, wanted).await?;
    if change.steps.is_nothing() {
        return Err(contract::Error::Conflict.into());
    }
    let pauses = pauses(&mut transaction, org, &change).await?;
    end_of_reading(transaction);
    Ok(Preview {
        replaces_pending: change.held.pending.is_some(),
        version: change.held.version(),
        currency: change.held.currency,
        from_plan: change.from_plan,
        from: change.from,
        to_plan: change.to_plan.name(),
        to: change.to,
        quote: change.quote,
        pauses,
    })
}

/// By name as far as the one who asks sees what it is; all of it is counted.
async fn pauses(transaction: &mut Transaction, org: &OrgActor, change: &Change) -> Result<Vec<Pausing>> {
    let excess = excess::of(transaction, org.tenant().id, change.to_plan.limits).await?;
    database::set_reach(transaction, org.reach()).await?;
    let mut pauses = Vec::new();
    for exceeded in change.usage.within(change.to_plan.limits) {
        if !exceeded.is_exceeded() {
            continue;
        }
        let names = match exceeded.limit {
            Limit::Members => people(transaction, org, &excess.members).await?,
            Limit::Guests => people(transaction, org, &excess.guests).await?,
            _ => projects(transaction, org, &excess.projects).await?,
        };
        pauses.push(Pausing {
            limit: exceeded.limit,
            used: exceeded.used,
            allowed: exceeded.allowed.unwrap_or_default(),
            names,
        });
    }
    Ok(pauses)
}

async fn projects(transaction: &mut Transaction, org: &OrgActor, ids: &[ProjectId]) -> Result<Vec<String>> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|project| project.0).collect();
    let names = sqlx::query_scalar!(
        "select p.name from projects p join unnest($2::uuid[]) with ordinality as o (id, position) on o.id = p.id \
         where p.tenant_id = $1 order by o.position",
        org.tenant().id.0,
        &ids,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(names)
}

async fn people(transaction: &mut Transaction, org: &OrgActor, ids: &[UserId]) -> Result<Vec<String>> {
    if !org.permissions().contains(Permission::MembersRead) {
        return Ok(Vec::new());
    }
    let ids: Vec<uuid::Uuid> = ids.iter().map(|person| person.0).collect();
    let names = sqlx::query_scalar!(
        "select u.name from users u join unnest($1::uuid[]) with ordinality as o (id, position) on o.id = u.id \
         order by o.position",
        &ids,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(names)
}
