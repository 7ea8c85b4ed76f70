//! Ours beside the provider's, fact by fact: a pure function of both.

use chrono::{DateTime, Utc};
use contract::{
    billing::{BillingInterval, DeskFact},
    ids::TenantId,
};

use super::Value;
use crate::billing::effective::SubscriptionStatus;

/// How one side has it. What is `None` is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    pub subscription: Option<String>,
    /// The key of a plan, or the product's id when it is none of ours.
    pub plan: Option<String>,
    /// Of a period, in minor units before tax: ours is what the catalogue asks for what is bought, theirs is what is charged.
    pub price: Option<(i64, String)>,
    /// Somebody gave a discount there, so that less is as it should be.
    pub discounted: bool,
    pub interval: Option<BillingInterval>,
    pub seats: Option<u32>,
    pub status: Option<SubscriptionStatus>,
    pub period_end: Option<DateTime<Utc>>,
    /// When it ends, of one that was canceled.
    pub cancel: Option<DateTime<Utc>>,
    pub pending: Option<Pending>,
    pub customer: Option<String>,
    /// The organization whose id the customer carries; ours is the organization's own, once it has a customer.
    pub external: Option<TenantId>,
}

/// What waits for the renewal. What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub plan: Option<String>,
    pub seats: Option<u32>,
    pub applies_at: DateTime<Utc>,
}

/// One fact on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub fact: DeskFact,
    pub ours: Value,
    pub theirs: Value,
    pub differs: bool,
}

impl Side {
    fn value(&self, fact: DeskFact) -> Value {
        let word = |word: &Option<String>| word.clone().map_or(Value::Nothing, Value::Word);
        let at = |at: Option<DateTime<Utc>>| at.map_or(Value::Nothing, Value::At);
        match fact {
            DeskFact::Subscription => word(&self.subscription),
            DeskFact::Plan => self.plan.clone().map_or(Value::Nothing, Value::Plan),
            DeskFact::Price => self
                .price
                .clone()
                .map_or(Value::Nothing, |(amount, currency)| Value::Money(amount, currency)),
            DeskFact::Interval => self.interval.map_or(Value::Nothing, Value::Interval),
            DeskFact::Seats => self.seats.map_or(Value::Nothing, Value::Count),
            DeskFact::State => self.status.map_or(Value::Nothing, Value::Status),
            DeskFact::PeriodEnd => at(self.period_end),
            DeskFact::Cancel => at(self.cancel),
            DeskFact::Pending => self.pending.clone().map_or(Value::Nothing, |pending| Value::Pending {
                plan: pending.plan,
                seats: pending.seats,
                applies_at: pending.applies_at,
            }),
            DeskFact::Customer => word(&self.customer),
            DeskFact::ExternalId => self.external.map_or(Value::Nothing, Value::Organization),
        }
    }
}

/// Every fact, and whether both have it alike.
pub fn lines(ours: &Side, theirs: &Side) -> Vec<Line> {
    let differing = differences(ours, theirs);
    DeskFact::ALL
        .iter()
        .map(|&fact| Line {
            fact,
            ours: ours.value(fact),
            theirs: theirs.value(fact),
            differs: differing.contains(&fact),
        })
        .collect()
}

/// The facts that differ, in their order.
pub fn differences(ours: &Side, theirs: &Side) -> Vec<DeskFact> {
    DeskFact::ALL
        .iter()
        .copied()
        .filter(|&fact| match fact {
            DeskFact::Price => price_differs(ours, theirs),
            _ => ours.value(fact) != theirs.value(fact),
        })
        .collect()
}

/// A discount makes it less and not more, in the same currency.
fn price_differs(ours: &Side, theirs: &Side) -> bool {
    match (&ours.price, &theirs.price) {
        (Some((asked, in_ours)), Some((charged, in_theirs))) if theirs.discounted => {
            in_ours != in_theirs || charged > asked
        }
        (ours, theirs) => ours != theirs,
    }
}

#[cfg(test)]
mod unit {
    use uuid::Uuid;

    use super::*;
    use crate::billing::testing::at;

    fn side() -> Side {
        Side {
            subscription: Some("one".to_owned()),
            plan: Some("team".to_owned()),
            price: Some((9_500, "usd".to_owned())),
            discounted: false,
            interval: Some(BillingInterval::Month),
            seats: Some(5),
            status: Some(SubscriptionStatus::Active),
            period_end: Some(at(20, 9)),
            cancel: None,
            pending: None,
            customer: Some("customer".to_owned()),
            external: Some(TenantId(Uuid::from_u128(1))),
        }
    }

    fn pending(plan: Option<&str>, seats: Option<u32>, day: u32) -> Pending {
        Pending {
            plan: plan.map(str::to_owned),
            seats,
            applies_at: at(day, 9),
        }
    }

    /// Changed on one side like that, the facts that differ; the same whichever side it is.
    fn found(change: impl Fn(&mut Side)) -> Vec<DeskFact> {
        let mut changed = side();
        change(&mut changed);
        let found = differences(&side(), &changed);
        assert_eq!(found, differences(&changed, &side()));
        let marked: Vec<DeskFact> = lines(&side(), &changed)
            .into_iter()
            .filter(|line| line.differs)
            .map(|line| line.fact)
            .collect();
        assert_eq!(found, marked);
        found
    }

    #[test]
    fn each_difference_has_its_name_and_what_agrees_has_none() {
        assert_eq!(found(|_| ()), []);
        assert_eq!(differences(&Side::default(), &Side::default()), []);
        for &fact in DeskFact::ALL {
            let changes: Vec<fn(&mut Side)> = match fact {
                DeskFact::Subscription => vec![|side| side.subscription = Some("two".to_owned()), |side| {
                    side.subscription = None;
                }],
                DeskFact::Plan => vec![|side| side.plan = Some("starter".to_owned()), |side| side.plan = None],
                DeskFact::Price => vec![
                    |side| side.price = Some((9_499, "usd".to_owned())),
                    |side| side.price = Some((9_500, "eur".to_owned())),
                    |side| side.price = None,
                ],
                DeskFact::Interval => vec![|side| side.interval = Some(BillingInterval::Year), |side| {
                    side.interval = None;
                }],
                DeskFact::Seats => vec![|side| side.seats = Some(4), |side| side.seats = None],
                DeskFact::State => vec![
                    |side| side.status = Some(SubscriptionStatus::PastDue),
                    |side| side.status = Some(SubscriptionStatus::Trialing),
                    |side| side.status = None,
                ],
                DeskFact::PeriodEnd => vec![|side| side.period_end = Some(at(20, 10)), |side| side.period_end = None],
                DeskFact::Cancel => vec![|side| side.cancel = Some(at(20, 9))],
                DeskFact::Pending => vec![|side| side.pending = Some(pending(Some("starter"), None, 20))],
                DeskFact::Customer => vec![|side| side.customer = Some("other".to_owned()), |side| {
                    side.customer = None;
                }],
                DeskFact::ExternalId => vec![|side| side.external = Some(TenantId(Uuid::from_u128(2))), |side| {
                    side.external = None;
                }],
            };
            for change in changes {
                assert_eq!(found(change), [fact]);
            }
        }
    }

    #[test]
    fn everything_that_waits_counts() {
        let with = |pending| Side { pending, ..side() };
        let base = with(Some(pending(Some("starter"), Some(3), 20)));
        for other in [
            Some(pending(Some("business"), Some(3), 20)),
            Some(pending(None, Some(3), 20)),
            Some(pending(Some("starter"), Some(4), 20)),
            Some(pending(Some("starter"), None, 20)),
            Some(pending(Some("starter"), Some(3), 21)),
            None,
        ] {
            assert_eq!(differences(&base, &with(other)), [DeskFact::Pending]);
        }
    }

    #[test]
    fn with_a_discount_less_is_as_it_should_be_and_more_is_not() {
        let theirs = |amount, currency: &str| Side {
            discounted: true,
            price: Some((amount, currency.to_owned())),
            ..side()
        };
        for (amount, currency, differs) in [
            (0, "usd", false),
            (9_499, "usd", false),
            (9_500, "usd", false),
            (9_501, "usd", true),
            (1, "eur", true),
        ] {
            let found = differences(&side(), &theirs(amount, currency));
            assert_eq!(found == [DeskFact::Price], differs, "{amount} {currency}");
        }
        let unknown = Side { price: None, ..side() };
        assert_eq!(
            differences(&unknown, &theirs(1, "usd")),
            [DeskFact::Price],
            "a product that is not in the catalogue"
        );
    }
}
