use chrono::{TimeDelta, TimeZone};
use contract::billing::{
    BillingInterval::{Month, Year},
    ChangeTiming::{AtRenewal, Now},
};

use super::*;
use crate::billing::effective::SubscriptionStatus;

const STARTER: (i32, i64, i64) = (1, 900, 9_000);
const TEAM: (i32, i64, i64) = (2, 1_900, 19_000);

fn terms((position, month, year): (i32, i64, i64), interval: BillingInterval, seats: u32) -> Terms {
    Terms {
        position,
        interval,
        seat_amount: if interval == Month { month } else { year },
        seats,
    }
}

fn begun() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 0, 0, 0).unwrap()
}

fn held(status: SubscriptionStatus) -> Held {
    Held::sample(status, begun(), begun() + TimeDelta::days(30))
}

fn middle() -> DateTime<Utc> {
    begun() + TimeDelta::days(15)
}

fn quote(from: Terms, to: Terms) -> Quote {
    quote_paid(from, to, of_seats(from.seat_amount, from.seats))
}

/// Where less is paid than the price.
fn quote_paid(from: Terms, to: Terms, amount: i64) -> Quote {
    let mut held = held(SubscriptionStatus::Active);
    held.amount = amount;
    Steps::between(from, to).quote(from, to, &held, middle())
}

#[test]
fn more_is_there_at_once_and_less_from_the_renewal_on() {
    let from = terms(TEAM, Month, 10);
    for (to, plan, seats) in [
        (terms(TEAM, Month, 10), None, None),
        (terms((3, 3_900, 39_000), Month, 10), Some(Now), None),
        (terms(STARTER, Month, 10), Some(AtRenewal), None),
        (terms(TEAM, Year, 10), Some(Now), None),
        (terms(STARTER, Year, 10), Some(AtRenewal), None),
        (terms(TEAM, Month, 11), None, Some(Now)),
        (terms(TEAM, Month, 9), None, Some(AtRenewal)),
        (terms(STARTER, Month, 11), Some(AtRenewal), Some(Now)),
        (terms(TEAM, Year, 9), Some(Now), Some(AtRenewal)),
        (terms(STARTER, Month, 5), Some(AtRenewal), Some(AtRenewal)),
    ] {
        assert_eq!(Steps::between(from, to), Steps { plan, seats }, "{to:?}");
    }
    let yearly = terms(TEAM, Year, 10);
    let to = terms((3, 3_900, 39_000), Month, 10);
    let steps = Steps::between(yearly, to);
    assert_eq!(steps.plan, Some(AtRenewal), "a year that is paid for is used up");
}

#[test]
fn today_costs_the_difference_of_the_days_that_are_left() {
    let from = terms(STARTER, Month, 5);
    let dearer = quote(from, terms(TEAM, Month, 5));
    assert_eq!((dearer.timing, dearer.today, dearer.renewal), (Now, 2_500, 9_500));
    assert_eq!(dearer.effective, middle());
    assert_eq!(dearer.renews, Some(begun() + TimeDelta::days(30)));
    let seats = quote(from, terms(STARTER, Month, 7));
    assert_eq!((seats.timing, seats.today, seats.renewal), (Now, 900, 6_300));
    let both = quote(from, terms(TEAM, Month, 7));
    assert_eq!((both.timing, both.today, both.renewal), (Now, 4_400, 13_300));
}

#[test]
fn a_year_begins_today_and_takes_off_what_is_left_of_the_month() {
    let yearly = quote(terms(TEAM, Month, 5), terms(TEAM, Year, 5));
    assert_eq!((yearly.timing, yearly.today, yearly.renewal), (Now, 90_250, 95_000));
    assert_eq!(yearly.renews, Some(Utc.with_ymd_and_hms(2027, 6, 16, 0, 0, 0).unwrap()));
}

#[test]
fn what_waits_costs_nothing_today() {
    let smaller = quote(terms(TEAM, Month, 5), terms(STARTER, Month, 5));
    assert_eq!((smaller.timing, smaller.today, smaller.renewal), (AtRenewal, 0, 4_500));
    assert_eq!(smaller.effective, begun() + TimeDelta::days(30));
    let fewer = quote(terms(TEAM, Month, 5), terms(TEAM, Month, 3));
    assert_eq!((fewer.timing, fewer.today, fewer.renewal), (AtRenewal, 0, 5_700));
    let both = quote(terms(TEAM, Month, 6), terms(STARTER, Month, 5));
    assert_eq!((both.timing, both.today, both.renewal), (AtRenewal, 0, 4_500));
}

#[test]
fn a_part_that_does_not_wait_is_charged_also_when_another_does() {
    let mixed = quote(terms(STARTER, Month, 5), terms(TEAM, Month, 3));
    assert_eq!((mixed.timing, mixed.today, mixed.renewal), (AtRenewal, 2_500, 5_700));
}

#[test]
fn on_trial_nothing_is_charged() {
    let (from, to) = (terms(STARTER, Month, 5), terms(TEAM, Month, 5));
    let quote = Steps::between(from, to).quote(from, to, &held(SubscriptionStatus::Trialing), middle());
    assert_eq!(quote.today, 0);
}

/// The provider takes a discount off both sides, if it is given on both products; a fixed one once each.
#[test]
fn with_a_discount_it_never_comes_to_more() {
    type Charged = fn(i64) -> i64;
    let quarter: Charged = |amount| amount - amount / 4;
    let fixed: Charged = |amount| (amount - 1_000).max(0);
    let all: Charged = |amount| amount;
    let from = terms(TEAM, Month, 4);
    let paid = of_seats(from.seat_amount, from.seats);
    let period = Period {
        start: begun(),
        end: begun() + TimeDelta::days(30),
    };
    for to in [
        terms((3, 3_900, 39_000), Month, 4),
        terms(TEAM, Month, 7),
        terms(STARTER, Month, 6),
        terms(TEAM, Year, 4),
        terms(STARTER, Month, 4),
        terms(TEAM, Month, 4),
    ] {
        let steps = Steps::between(from, to);
        let price = if steps.plan == Some(Now) {
            to.seat_amount
        } else {
            from.seat_amount
        };
        let seats = to.seats.max(from.seats);
        let becomes = of_seats(price, seats);
        let nothing = steps.plan != Some(Now) && steps.seats != Some(Now);
        for (discounted, carried) in [(quarter, quarter), (fixed, fixed), (quarter, all)] {
            let (old, new) = (discounted(paid), carried(becomes));
            let charged = if nothing {
                0
            } else if to.interval == Year {
                period.anew(old, new, middle())
            } else {
                period.difference(old, new, middle())
            };
            let quoted = quote_paid(from, to, discounted(paid)).today;
            assert!(charged <= quoted, "{to:?}: {charged} of {quoted}");
            assert!(!nothing || quoted == 0, "{to:?}: {quoted}");
        }
    }
}

#[test]
fn seats_are_between_what_is_used_and_what_the_plan_has() {
    let bounds = |used, allowed| {
        let bounds = SeatBounds::of(used, allowed);
        (bounds.min, bounds.max)
    };
    assert_eq!(bounds(3, Some(5)), (3, 5));
    assert_eq!(bounds(0, Some(5)), (1, 5), "nobody buys nothing");
    assert_eq!(bounds(8, Some(5)), (5, 5), "who exceeds the plan buys all of it");
    assert_eq!(bounds(3, None), (3, 1_000));
    let check = |seats| {
        SeatBounds::of(3, Some(5))
            .check(seats, 3)
            .map_err(contract::Error::from)
    };
    let refused = |used, allowed| {
        Err(contract::Error::LimitReached {
            limit: Limit::Members,
            used,
            allowed,
        })
    };
    assert_eq!(check(2), refused(3, 2));
    assert_eq!(check(3), Ok(()));
    assert_eq!(check(5), Ok(()));
    assert_eq!(check(6), refused(6, 5));
}
