//! What a change of plan, interval or seats would come to if it were made now.

use contract::{
    billing::PlanName,
    error::Limit,
    iam::{MemberType, Permission},
};

use super::{
    change::{Quote, Terms},
    keep::{self, Choices, Keepable},
    quote::{Change, change},
    waiting::Waiting,
    wanted::Wanted,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::{Transaction, end_of_reading},
    people::seats,
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
    /// Open invitations, of members and of guests, that there would be no room for.
    pub without_room: u32,
    /// Less is paid than the plan is sold for, because of a discount at the provider. What it takes off the charges of a change
    /// is known there alone: they are at most what is quoted.
    pub discounted: bool,
    /// Of the same, what can be chosen to stay.
    pub keepable: Keepable,
    pub replaces_pending: bool,
    /// Of the subscription that was looked at.
    pub version: i64,
}

/// More than a plan has room for: what would be paused, by name. Nothing is lost, it can be read. Fewer names than are paused
/// when the one who asks does not see all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pausing {
    pub limit: Limit,
    /// What is there. Invitations are not: nobody has accepted them.
    pub used: u32,
    pub allowed: u32,
    pub paused: u32,
    pub names: Vec<String>,
}

/// Of what is paid for already too: then both sides are the same, and there is nothing to confirm.
pub async fn preview(org: &OrgActor, deps: &Deps, wanted: &Wanted) -> Result<Preview> {
    org.require(Permission::BillingManage)?;
    let mut transaction = org.begin(deps).await?;
    let change = change(&mut transaction, org, deps, wanted).await?;
    let mut keepable = keep::candidates(&mut transaction, org.tenant().id, change.limits()).await?;
    let without_room = without_room(&mut transaction, org, deps, &change).await?;
    keep::name_projects(&mut transaction, org, &mut keepable).await?;
    let pauses = pauses(&keepable);
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
        without_room,
        discounted: change.discounted,
        keepable,
    })
}

/// By name as far as the one who asks sees what it is; all of it is counted.
fn pauses(keepable: &Keepable) -> Vec<Pausing> {
    let of_each = [
        pausing(Limit::Projects, keepable.projects.as_ref()),
        pausing(Limit::Members, keepable.members.as_ref()),
        pausing(Limit::Guests, keepable.guests.as_ref()),
    ];
    of_each.into_iter().flatten().collect()
}

/// `None` when nothing goes: owners stay whatever a plan allows.
fn pausing<Id>(limit: Limit, choices: Option<&Choices<Id>>) -> Option<Pausing> {
    let choices = choices?;
    let going = || choices.choices.iter().filter(|choice| !choice.stays);
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    (going().count() > 0).then(|| Pausing {
        limit,
        used: count(choices.choices.len()),
        allowed: choices.allowed,
        paused: count(going().count()),
        names: going().filter_map(|choice| choice.name.clone()).collect(),
    })
}

/// Whoever accepts first has the room that is left.
async fn without_room(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, change: &Change) -> Result<u32> {
    let (usage, limits) = (change.usage, change.limits());
    let mut without = 0;
    for (class, used, allowed) in [
        (MemberType::Member, usage.members, limits.members),
        (MemberType::Guest, usage.guests, limits.guests),
    ] {
        let too_many = allowed.map_or(0, |allowed| used.saturating_sub(allowed));
        if too_many > 0 {
            let invited = seats::invited(transaction, deps, org.tenant().id, class).await?;
            without += invited.min(too_many);
        }
    }
    Ok(without)
}
