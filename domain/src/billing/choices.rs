//! The plans that an organization can choose from.

use contract::{
    billing::{BillingInterval, Closed, Feature, LimitUse, PlanLimits, PlanName},
    iam::Permission,
};

use super::{
    catalogue::plans::{CURRENCY, Plan, plans},
    change::SeatBounds,
    held::{Held, held},
    refusal::is_set_up,
    usage::{Usage, usage},
};
use crate::{Deps, Result, actor::OrgActor, database::end_of_reading};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub plans: Vec<Choice>,
    /// The subscription that lives, if one does.
    pub held: Option<Held>,
    pub held_plan: Option<PlanName>,
    pub seats_used: u32,
    pub closed: Option<Closed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub plan: PlanName,
    pub limits: PlanLimits,
    pub features: Vec<Feature>,
    pub prices: Vec<ChoicePrice>,
    pub current: bool,
    pub seats: SeatBounds,
    pub exceeded: Vec<LimitUse>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoicePrice {
    pub interval: BillingInterval,
    pub seat_amount: i64,
    pub currency: String,
    pub current: bool,
}

pub async fn choices(org: &OrgActor, deps: &Deps) -> Result<Choices> {
    org.require(Permission::BillingRead)?;
    let mut transaction = org.begin(deps).await?;
    let plans = plans(&mut transaction).await?;
    let held = held(&mut transaction, org.tenant().id)
        .await?
        .filter(|held| held.is_live(deps.now()));
    let usage = usage(&mut transaction, org, deps).await?;
    end_of_reading(transaction);
    let closed = if !org.permissions().contains(Permission::BillingManage) {
        Some(Closed::NotYours)
    } else if !is_set_up(deps) {
        Some(Closed::NotSetUp)
    } else {
        held.as_ref().and_then(Held::closed)
    };
    let currency = held.as_ref().map_or(CURRENCY, |held| held.currency.as_str());
    let offered = plans
        .iter()
        .filter_map(|plan| Choice::of(plan, held.as_ref(), currency, usage))
        .collect();
    Ok(Choices {
        plans: offered,
        held_plan: held
            .as_ref()
            .and_then(|held| plans.iter().find(|plan| Some(&plan.key) == held.plan_key.as_ref()))
            .map(Plan::name),
        held,
        seats_used: usage.members,
        closed,
    })
}

impl Choice {
    /// `None` when it is not for sale.
    fn of(plan: &Plan, held: Option<&Held>, currency: &str, usage: Usage) -> Option<Self> {
        let current = |interval| {
            held.is_some_and(|held| held.plan_key.as_ref() == Some(&plan.key) && held.interval == Some(interval))
        };
        let prices: Vec<_> = plan
            .on_sale(currency)
            .map(|price| ChoicePrice {
                interval: price.interval,
                // Who has a price keeps it, whatever it is sold for today.
                seat_amount: held
                    .filter(|_| current(price.interval))
                    .map_or(price.seat_amount, Held::seat_amount),
                currency: price.currency.clone(),
                current: current(price.interval),
            })
            .collect();
        (!prices.is_empty()).then(|| Self {
            plan: plan.name(),
            limits: plan.limits,
            features: plan.features.clone(),
            prices,
            current: held.is_some_and(|held| held.plan_key.as_ref() == Some(&plan.key)),
            seats: SeatBounds::of(usage.members, plan.limits.members),
            exceeded: usage
                .within(plan.limits)
                .into_iter()
                .filter(|limit| limit.is_exceeded())
                .collect(),
        })
    }
}
