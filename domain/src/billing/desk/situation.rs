//! How an organization stands, as far as a fix can change it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use contract::{
    billing::{BillingInterval, BillingState, PlanLimits, PlanName, RepairFact},
    ids::TenantId,
};
use serde::{Deserialize, Serialize};

use super::Value;
use crate::{
    Deps, Error, Result,
    billing::{
        catalogue::plans::{Plan, plans},
        customer,
        held::{Held, held},
        provider::CustomerId,
        standing, usage,
    },
    database::Transaction,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// The plan that counts.
    pub plan: PlanName,
    pub state: BillingState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    pub limits: PlanLimits,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// What was bought last, also when it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bought: Option<Bought>,
    /// Members and open invitations of members.
    pub seats_used: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The plan's name.
    pub plan: String,
    pub complimentary: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    pub id: String,
    pub seats: u32,
    /// For one period, in minor units, before tax.
    pub amount: i64,
    pub currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<BillingInterval>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Waits>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// The key of a plan, or the product's id when it is none of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    pub applies_at: DateTime<Utc>,
}

impl Situation {
    /// In a transaction of the platform, as it sees it.
    pub(super) async fn of(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Self> {
        let now = deps.now();
        let plan = standing::of(transaction, tenant, deps.billing, now).await?;
        let plans = plans(transaction).await?;
        let bought = held(transaction, tenant).await?.map(|held| Bought::of(&held, &plans));
        Ok(Self {
            state: plan.effective.state,
            until: plan.effective.until,
            limits: plan.limits,
            given: given(transaction, tenant, now).await?,
            customer: customer::known(transaction, tenant).await?.map(CustomerId::into_string),
            bought,
            seats_used: usage::of(transaction, deps, tenant).await?.members,
            plan: PlanName {
                key: plan.key,
                name: plan.name,
            },
        })
    }

    /// All of it, by name.
    pub fn facts(&self) -> Vec<(RepairFact, Value)> {
        let bought = self.bought.as_ref();
        let at = |at: Option<DateTime<Utc>>| at.map_or(Value::Nothing, Value::At);
        let word = |word: Option<&String>| word.map_or(Value::Nothing, |word| Value::Word(word.clone()));
        let given = self.given.as_ref().map_or(Value::Nothing, |given| Value::Given {
            plan: given.plan.clone(),
            complimentary: given.complimentary,
            until: given.until,
        });
        let pending = bought
            .and_then(|bought| bought.pending.clone())
            .map_or(Value::Nothing, |pending| Value::Pending {
                plan: pending.plan,
                seats: pending.seats,
                applies_at: pending.applies_at,
            });
        vec![
            (RepairFact::Plan, Value::Word(self.plan.name.clone())),
            (RepairFact::State, Value::State(self.state)),
            (RepairFact::Until, at(self.until)),
            (RepairFact::Projects, Value::Limit(self.limits.projects)),
            (RepairFact::Members, Value::Limit(self.limits.members)),
            (RepairFact::Guests, Value::Limit(self.limits.guests)),
            (RepairFact::Given, given),
            (RepairFact::Subscription, word(bought.map(|bought| &bought.id))),
            (
                RepairFact::Seats,
                bought.map_or(Value::Nothing, |bought| Value::Count(bought.seats)),
            ),
            (RepairFact::SeatsUsed, Value::Count(self.seats_used)),
            (
                RepairFact::Amount,
                bought.map_or(Value::Nothing, |bought| {
                    Value::Money(bought.amount, bought.currency.clone())
                }),
            ),
            (RepairFact::Renews, at(bought.and_then(|bought| bought.renews))),
            (RepairFact::Ends, at(bought.and_then(|bought| bought.ends))),
            (RepairFact::Pending, pending),
            (RepairFact::Customer, word(self.customer.as_ref())),
        ]
    }
}

impl Bought {
    fn of(held: &Held, plans: &[Plan]) -> Self {
        let ends = held.ends().or(held.ended_at);
        Self {
            id: held.id.as_str().to_owned(),
            seats: held.seats,
            amount: held.amount,
            currency: held.currency.clone(),
            interval: held.interval,
            renews: held.period_end.filter(|_| ends.is_none()),
            ends,
            pending: held.pending.as_ref().map(|pending| Waits {
                plan: pending.product.as_ref().map(|product| {
                    let sold = |plan: &&Plan| plan.prices.iter().any(|price| price.product.as_ref() == Some(product));
                    let plan = plans.iter().find(sold);
                    plan.map_or_else(|| product.as_str().to_owned(), |plan| plan.key.clone())
                }),
                seats: pending.seats,
                applies_at: pending.applies_at,
            }),
        }
    }
}

async fn given(transaction: &mut Transaction, tenant: TenantId, now: DateTime<Utc>) -> Result<Option<Given>> {
    let given = sqlx::query_as!(
        Given,
        r#"select p.name as plan, o.kind = 'complimentary' as "complimentary!", o.expires_at as until
        from billing_overrides o join plans p on p.key = o.plan_key
        where o.tenant_id = $1 and o.ended_at is null and (o.expires_at is null or o.expires_at > $2)"#,
        tenant.0,
        now,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(given)
}

/// Both ends of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub before: Situation,
    pub after: Situation,
}

/// A fact, what it was when somebody looked, and what it is now.
pub type Moved = (RepairFact, Value, Value);

impl Seen {
    /// To be sent along with the answer. It holds what its reader was shown, so that nothing in it is kept from them.
    pub fn token(&self) -> Result<String> {
        let told = serde_json::to_vec(self).map_err(Error::fault)?;
        Ok(URL_SAFE_NO_PAD.encode(told))
    }

    /// `None` for what is no token.
    pub fn parse(token: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()
    }

    /// What has become something else since: of how it stands, and otherwise of what would come of it.
    pub fn moved(&self, now: &Self) -> Vec<Moved> {
        let mut moved = differing(&self.before, &now.before);
        let later = differing(&self.after, &now.after);
        let known: Vec<RepairFact> = moved.iter().map(|(fact, ..)| *fact).collect();
        moved.extend(later.into_iter().filter(|(fact, ..)| !known.contains(fact)));
        moved
    }
}

fn differing(was: &Situation, is: &Situation) -> Vec<Moved> {
    let pairs = was.facts().into_iter().zip(is.facts());
    pairs
        .filter(|((_, was), (_, is))| was != is)
        .map(|((fact, was), (_, is))| (fact, was, is))
        .collect()
}

#[cfg(test)]
mod unit {
    use super::*;

    fn situation() -> Situation {
        Situation {
            plan: PlanName {
                key: "team".to_owned(),
                name: "Team".to_owned(),
            },
            state: BillingState::Active,
            until: None,
            limits: PlanLimits::default(),
            given: None,
            customer: None,
            bought: None,
            seats_used: 3,
        }
    }

    #[test]
    fn a_token_goes_both_ways_and_fits_into_a_form() {
        let at = DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000);
        let long = Situation {
            until: Some(at),
            given: Some(Given {
                plan: "Business".to_owned(),
                complimentary: true,
                until: Some(at),
            }),
            customer: Some(uuid::Uuid::max().to_string()),
            bought: Some(Bought {
                id: uuid::Uuid::max().to_string(),
                seats: 1000,
                amount: 39_000_000,
                currency: "usd".to_owned(),
                interval: Some(BillingInterval::Month),
                renews: Some(at),
                ends: Some(at),
                pending: Some(Waits {
                    plan: Some("business".to_owned()),
                    seats: Some(1000),
                    applies_at: at,
                }),
            }),
            ..situation()
        };
        let seen = Seen {
            before: long.clone(),
            after: long,
        };
        let token = seen.token().unwrap();
        assert_eq!(Seen::parse(&token), Some(seen));
        assert!(
            token.len() < 2_000,
            "a form that comes back goes through a cookie: {}",
            token.len()
        );
        assert_eq!(Seen::parse("nothing"), None);
    }

    #[test]
    fn what_moved_is_said_once() {
        let seen = Seen {
            before: situation(),
            after: situation(),
        };
        assert_eq!(seen.moved(&seen), []);
        let mut now = seen.clone();
        now.before.seats_used = 4;
        now.after.seats_used = 4;
        now.after.state = BillingState::Complimentary;
        let moved: Vec<RepairFact> = seen.moved(&now).into_iter().map(|(fact, ..)| fact).collect();
        assert_eq!(moved, [RepairFact::SeatsUsed, RepairFact::State]);
    }
}
