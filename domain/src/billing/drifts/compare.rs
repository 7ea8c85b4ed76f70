//! What differs between ours and the provider's: a pure function of both.

use chrono::{DateTime, TimeDelta, Utc};

use super::{DriftKind, note::Drift};
use crate::billing::{
    effective::SubscriptionStatus,
    provider::{Customer, Order, Subscription},
};

/// How long a message about a change may be on its way before what it tells is missed.
const ON_ITS_WAY: TimeDelta = TimeDelta::minutes(15);

/// What we know of one organization.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ours {
    pub customer: Option<String>,
    /// Whether another organization has the same one.
    pub customer_is_shared: bool,
    pub subscriptions: Vec<OurSubscription>,
    pub prices: Vec<Price>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OurSubscription {
    pub id: String,
    pub status: SubscriptionStatus,
    pub seats: i32,
}

/// Of a seat, for one interval, in the catalogue; also what is not sold any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Price {
    pub product: String,
    pub currency: String,
    pub seat_amount: i64,
}

/// What the provider knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Theirs {
    pub customer: Option<Customer>,
    pub subscriptions: Vec<Subscription>,
    pub orders: Vec<Order>,
}

/// At most one of each kind.
pub(crate) fn compare(ours: &Ours, theirs: &Theirs, now: DateTime<Utc>) -> Vec<Drift> {
    [
        missing_customer(ours, theirs),
        shared_customer(ours),
        missing_subscription(ours, theirs),
        several_subscriptions(theirs),
        price_mismatch(ours, theirs),
        seat_drift(ours, theirs, now),
        ownership_mismatch(theirs),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn drift(kind: DriftKind, expected: impl Into<String>, actual: impl Into<String>) -> Drift {
    Drift {
        kind,
        expected: expected.into(),
        actual: actual.into(),
    }
}

fn missing_customer(ours: &Ours, theirs: &Theirs) -> Option<Drift> {
    let expected = ours.customer.as_deref()?;
    let actual = theirs.customer.as_ref().filter(|customer| !customer.deleted);
    let actual = actual.map_or("none", |customer| customer.id.as_str());
    (actual != expected).then(|| drift(DriftKind::MissingCustomer, expected, actual))
}

fn shared_customer(ours: &Ours) -> Option<Drift> {
    let customer = ours.customer.as_deref().filter(|_| ours.customer_is_shared)?;
    Some(drift(DriftKind::SharedCustomer, "one organization", customer))
}

fn missing_subscription(ours: &Ours, theirs: &Theirs) -> Option<Drift> {
    let missing = ours
        .subscriptions
        .iter()
        .find(|one| one.status.is_live() && !theirs.subscriptions.iter().any(|other| other.id.as_str() == one.id))?;
    Some(drift(DriftKind::MissingSubscription, missing.id.as_str(), "none"))
}

fn live(theirs: &Theirs) -> impl Iterator<Item = &Subscription> {
    theirs.subscriptions.iter().filter(|one| one.status.is_live())
}

fn several_subscriptions(theirs: &Theirs) -> Option<Drift> {
    let ids: Vec<&str> = live(theirs).map(|one| one.id.as_str()).collect();
    (ids.len() > 1).then(|| drift(DriftKind::SeveralSubscriptions, "one", ids.join(", ")))
}

fn price_mismatch(ours: &Ours, theirs: &Theirs) -> Option<Drift> {
    live(theirs).find_map(|one| {
        let actual = format!("{} {}", one.amount, one.currency);
        let Some(price) = ours.prices.iter().find(|price| price.product == one.product.as_str()) else {
            let actual = format!("{actual} for {}", one.product);
            return Some(drift(DriftKind::PriceMismatch, "a product of the catalogue", actual));
        };
        let amount = price.seat_amount * i64::from(one.seats.unwrap_or(1));
        let expected = format!("{amount} {}", price.currency);
        // Somebody gave it to them there: less is as it should be, more is not.
        let given = one.discounted && one.currency == price.currency && one.amount <= amount;
        (expected != actual && !given).then(|| drift(DriftKind::PriceMismatch, expected, actual))
    })
}

fn seat_drift(ours: &Ours, theirs: &Theirs, now: DateTime<Utc>) -> Option<Drift> {
    live(theirs)
        .filter(|one| one.modified_at + ON_ITS_WAY <= now)
        .find_map(|one| {
            let known = ours.subscriptions.iter().find(|known| known.id == one.id.as_str())?;
            let actual = i64::from(one.seats.unwrap_or(1));
            (i64::from(known.seats) != actual)
                .then(|| drift(DriftKind::SeatDrift, known.seats.to_string(), actual.to_string()))
        })
}

fn ownership_mismatch(theirs: &Theirs) -> Option<Drift> {
    theirs.subscriptions.iter().find_map(|one| {
        let (written, paying) = (one.tenant?, one.customer_tenant?);
        (written != paying).then(|| drift(DriftKind::OwnershipMismatch, paying.to_string(), written.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use contract::ids::TenantId;
    use uuid::Uuid;

    use super::*;
    use crate::billing::testing::{at, subscription};

    fn customer(tenant: TenantId) -> Customer {
        Customer {
            id: "customer".into(),
            tenant: Some(tenant),
            name: None,
            email: None,
            deleted: false,
            created_at: at(2, 8),
            modified_at: at(2, 8),
        }
    }

    fn both() -> (Ours, Theirs) {
        let tenant = TenantId(Uuid::from_u128(1));
        let ours = Ours {
            customer: Some("customer".to_owned()),
            customer_is_shared: false,
            subscriptions: vec![OurSubscription {
                id: "one".to_owned(),
                status: SubscriptionStatus::Active,
                seats: 5,
            }],
            prices: vec![Price {
                product: "team-month".to_owned(),
                currency: "usd".to_owned(),
                seat_amount: 1_900,
            }],
        };
        let theirs = Theirs {
            customer: Some(customer(tenant)),
            subscriptions: vec![subscription(tenant, "one")],
            orders: Vec::new(),
        };
        (ours, theirs)
    }

    /// Changed like that, this and nothing else is found.
    fn found(change: impl FnOnce(&mut Ours, &mut Theirs)) -> Vec<DriftKind> {
        let (mut ours, mut theirs) = both();
        change(&mut ours, &mut theirs);
        let drifts = compare(&ours, &theirs, at(3, 0));
        drifts.into_iter().map(|drift| drift.kind).collect()
    }

    #[test]
    fn each_difference_has_its_name_and_what_agrees_has_none() {
        use DriftKind::{
            MissingCustomer, MissingSubscription, OwnershipMismatch, PriceMismatch, SeatDrift, SeveralSubscriptions,
            SharedCustomer,
        };
        assert_eq!(found(|_, _| ()), []);
        assert_eq!(found(|_, theirs| theirs.customer = None), [MissingCustomer]);
        assert_eq!(
            found(|ours, _| ours.customer = Some("other".to_owned())),
            [MissingCustomer]
        );
        assert_eq!(found(|ours, _| ours.customer_is_shared = true), [SharedCustomer]);
        assert_eq!(found(|_, theirs| theirs.subscriptions.clear()), [MissingSubscription]);
        let twice = found(|_, theirs| {
            let second = subscription(TenantId(Uuid::from_u128(1)), "two");
            theirs.subscriptions.push(second);
        });
        assert_eq!(twice, [SeveralSubscriptions]);
        assert_eq!(found(|_, theirs| theirs.subscriptions[0].amount = 1), [PriceMismatch]);
        assert_eq!(found(|ours, _| ours.prices.clear()), [PriceMismatch]);
        let discounted = |amount, currency: &str| {
            found(|_, theirs| {
                let one = &mut theirs.subscriptions[0];
                (one.discounted, one.amount, one.currency) = (true, amount, currency.to_owned());
            })
        };
        assert_eq!(discounted(7_125, "usd"), [], "a quarter off");
        assert_eq!(discounted(9_501, "usd"), [PriceMismatch], "more than without it");
        assert_eq!(discounted(7_125, "eur"), [PriceMismatch]);
        assert_eq!(found(|ours, _| ours.subscriptions[0].seats = 4), [SeatDrift]);
        let moved = found(|_, theirs| theirs.subscriptions[0].tenant = Some(TenantId(Uuid::from_u128(2))));
        assert_eq!(moved, [OwnershipMismatch]);
    }

    #[test]
    fn what_has_ended_may_be_gone_and_what_has_just_changed_is_on_its_way() {
        let ended = found(|ours, theirs| {
            ours.subscriptions[0].status = SubscriptionStatus::Canceled;
            theirs.subscriptions.clear();
        });
        assert_eq!(ended, []);
        let fresh = found(|ours, theirs| {
            ours.subscriptions[0].seats = 4;
            theirs.subscriptions[0].modified_at = at(3, 0) - TimeDelta::minutes(14);
        });
        assert_eq!(fresh, []);
    }
}
