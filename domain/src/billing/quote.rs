//! A change of what is paid for, looked at as it would be made now.

use contract::{
    billing::{PlanLimits, PlanName},
    ids::TenantId,
};

use super::{
    catalogue::plans::{CURRENCY, Plan, Price, plans},
    change::{Quote, SeatBounds, Steps, Terms},
    held::{Held, held},
    price::of_seats,
    provider::ProductId,
    usage::{Usage, usage},
    wanted::Wanted,
};
use crate::{Deps, Result, actor::OrgActor, database::Transaction};

/// What is paid for, what is wanted, and the way from one to the other.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub held: Held,
    pub from_plan: PlanName,
    pub from: Terms,
    pub to_plan: Plan,
    pub to: Terms,
    pub product: ProductId,
    pub steps: Steps,
    pub quote: Quote,
    pub usage: Usage,
    /// Whether less is paid than the product is sold for.
    pub discounted: bool,
}

impl Change {
    /// What there is room for once all of it holds: of members no more than seats.
    pub fn limits(&self) -> PlanLimits {
        let of_plan = self.to_plan.limits;
        let members = of_plan.members.unwrap_or(self.to.seats).min(self.to.seats);
        PlanLimits {
            members: Some(members),
            ..of_plan
        }
    }
}

/// Refuses what has no subscription to change, what is not for sale, and seats that are not to be had. From here on the
/// transaction sees everything.
pub(crate) async fn change(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    wanted: &Wanted,
) -> Result<Change> {
    let now = deps.now();
    let held = live(transaction, org.tenant().id, deps).await?;
    if held.closed().is_some() {
        return Err(contract::Error::Conflict.into());
    }
    let plans = plans(transaction).await?;
    let usage = usage(transaction, org, deps).await?;
    let (from_plan, from) = terms(&held, &plans)?;
    let same = wanted.plan == from_plan.key && Some(wanted.interval) == held.interval;
    let (to_plan, product, seat_amount) = if same {
        // Who has a plan and a price keeps both, also when they are not on sale any more.
        (held_plan(&held, &plans)?, &held.product, from.seat_amount)
    } else {
        let found = wanted.find(&plans, &held.currency)?;
        (found.plan, found.product, found.price.seat_amount)
    };
    let to = Terms {
        position: to_plan.position,
        interval: wanted.interval,
        seat_amount,
        seats: wanted.seats,
    };
    // As many as are paid for may stay, whatever is used, if the plan has them.
    let used = if to.seats == from.seats {
        usage.members.min(to.seats)
    } else {
        usage.members
    };
    SeatBounds::of(used, to_plan.limits.members).check(to.seats, used)?;
    let steps = Steps::between(from, to);
    Ok(Change {
        discounted: held.amount < of_seats(from.seat_amount, from.seats),
        quote: steps.quote(from, to, &held, now),
        from_plan,
        from,
        to_plan: to_plan.clone(),
        to,
        product: product.clone(),
        steps,
        usage,
        held,
    })
}

/// The subscription that lives.
pub(crate) async fn live(transaction: &mut Transaction, tenant: TenantId, deps: &Deps) -> Result<Held> {
    held(transaction, tenant)
        .await?
        .filter(|held| held.is_live(deps.now()))
        .ok_or_else(|| contract::Error::Conflict.into())
}

/// What is paid for, at the price at which it is. A product never changes its price: whoever pays less than that has a discount
/// at the provider, which is no part of the price.
pub(super) fn terms(held: &Held, plans: &[Plan]) -> Result<(PlanName, Terms)> {
    let plan = held_plan(held, plans)?;
    let of_product = |price: &&Price| price.product.as_ref() == Some(&held.product);
    let listed = plan.prices.iter().find(of_product).map(|price| price.seat_amount);
    let paid = held.seat_amount();
    let terms = Terms {
        position: plan.position,
        interval: held.interval.ok_or(contract::Error::Conflict)?,
        seat_amount: listed.map_or(paid, |listed| paid.max(listed)),
        seats: held.seats,
    };
    Ok((plan.name(), terms))
}

fn held_plan<'a>(held: &Held, plans: &'a [Plan]) -> Result<&'a Plan> {
    let plan = plans.iter().find(|plan| Some(&plan.key) == held.plan_key.as_ref());
    Ok(plan.ok_or(contract::Error::Conflict)?)
}

/// What is paid for now, with this many seats.
pub(crate) fn with_seats(held: &Held, seats: u32) -> Result<Wanted> {
    Ok(Wanted {
        plan: held.plan_key.clone().ok_or(contract::Error::Conflict)?,
        interval: held.interval.ok_or(contract::Error::Conflict)?,
        seats,
    })
}

/// What a plan is sold in to whoever has not paid in another currency before.
pub(crate) fn currency(held: Option<&Held>) -> &str {
    held.map_or(CURRENCY, |held| held.currency.as_str())
}
