//! What a change of plan, interval or seats would come to if it were made now.

use contract::{billing::PlanName, error::Limit, iam::Permission};

use super::{
    change::{Quote, Terms},
    keep::{self, Choices, Keepable},
    quote::{Change, change},
    waiting::Waiting,
    wanted::Wanted,
};
use crate::{Deps, Result, actor::OrgActor, database::end_of_reading};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub from_plan: PlanName,
    pub from: Terms,
    pub to_plan: PlanName,
    pub to: Terms,
    pub quote: Quote,
    pub currency: String,
    pub pauses: Vec<Pausing>,
    /// Of the same, what can be chosen to stay.
    pub keepable: Keepable,
    pub replaces_pending: bool,
    /// Of the subscription that was looked at.
    pub version: i64,
}

/// More than a plan has room for: what would be paused, by name. Nothing is lost, it can be read. Fewer names than there are when the one
/// who asks does not see all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pausing {
    pub limit: Limit,
    pub used: u32,
    pub allowed: u32,
    pub names: Vec<String>,
}

/// Of what is paid for already too: then both sides are the same, and there is nothing to confirm.
pub async fn preview(org: &OrgActor, deps: &Deps, wanted: &Wanted) -> Result<Preview> {
    org.require(Permission::BillingManage)?;
    let mut transaction = org.begin(deps).await?;
    let change = change(&mut transaction, org, deps, wanted).await?;
    let mut keepable = keep::candidates(&mut transaction, org.tenant().id, change.limits()).await?;
    keep::name_projects(&mut transaction, org, &mut keepable).await?;
    let pauses = pauses(&change, &keepable);
    end_of_reading(transaction);
    Ok(Preview {
        replaces_pending: Waiting::held(&change.held).is_replaced_by(&Waiting::wanted(&change)),
        version: change.held.version(),
        currency: change.held.currency,
        from_plan: change.from_plan,
        from: change.from,
        to_plan: change.to_plan.name(),
        to: change.to,
        quote: change.quote,
        pauses,
        keepable,
    })
}

/// By name as far as the one who asks sees what it is; all of it is counted.
fn pauses(change: &Change, keepable: &Keepable) -> Vec<Pausing> {
    let exceeded = change.usage.within(change.limits()).into_iter();
    exceeded
        .filter(|limit| limit.is_exceeded())
        .map(|exceeded| Pausing {
            limit: exceeded.limit,
            used: exceeded.used,
            allowed: exceeded.allowed.unwrap_or_default(),
            names: match exceeded.limit {
                Limit::Members => names(keepable.members.as_ref()),
                Limit::Guests => names(keepable.guests.as_ref()),
                _ => names(keepable.projects.as_ref()),
            },
        })
        .collect()
}

fn names<Id>(choices: Option<&Choices<Id>>) -> Vec<String> {
    let all = choices.into_iter().flat_map(|choices| &choices.choices);
    all.filter(|choice| !choice.stays)
        .filter_map(|choice| choice.name.clone())
        .collect()
}
