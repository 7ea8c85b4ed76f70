//! What a change of plan, interval or seats would come to if it were made now.

use contract::{error::Limit, iam::Permission};

use super::{
    change::{Quote, Terms},
    excess,
    quote::{Change, change},
    wanted::Wanted,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::{Transaction, end_of_reading},
};
use contract::billing::PlanName;

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

/// More than a plan has room for: the newest, by name. Nothing is lost, it can be read.
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

async fn pauses(transaction: &mut Transaction, org: &OrgActor, change: &Change) -> Result<Vec<Pausing>> {
    let tenant = org.tenant().id;
    let excess = excess::of(transaction, tenant, change.to_plan.limits).await?;
    let ids: Vec<uuid::Uuid> = excess.projects.iter().map(|project| project.0).collect();
    let projects = sqlx::query_scalar!(
        "select p.name from projects p join unnest($2::uuid[]) with ordinality as o (id, position) on o.id = p.id \
         where p.tenant_id = $1 order by o.position",
        tenant.0,
        &ids,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut people = Vec::new();
    for class in [&excess.members, &excess.guests] {
        let ids: Vec<uuid::Uuid> = class.iter().map(|person| person.0).collect();
        people.push(
            sqlx::query_scalar!(
                "select u.name from users u join unnest($1::uuid[]) with ordinality as o (id, position) on o.id = u.id \
                 order by o.position",
                &ids,
            )
            .fetch_all(&mut **transaction)
            .await?,
        );
    }
    let mut people = people.into_iter();
    let mut names = |limit| match limit {
        Limit::Projects => projects.clone(),
        _ => people.next().unwrap_or_default(),
    };
    Ok(change
        .usage
        .within(change.to_plan.limits)
        .into_iter()
        .map(|limit| (limit, names(limit.limit)))
        .filter(|(limit, _)| limit.is_exceeded())
        .map(|(limit, names)| Pausing {
            limit: limit.limit,
            used: limit.used,
            allowed: limit.allowed.unwrap_or_default(),
            names,
        })
        .collect())
}
