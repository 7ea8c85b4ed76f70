//! How an organization stands with its bills, from the function that decides it: what each set of facts comes to. And
//! every way from one state into another, which has to mean something.

use std::{collections::BTreeSet, fmt::Write};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use contract::billing::{Access, BillingState};
use domain::billing::{
    effective::{Complimentary, Facts, Subscribed, SubscriptionStatus, effective},
    transition::{Transition, transition},
};

const GRACE: TimeDelta = TimeDelta::days(7);

fn day(number: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap() + TimeDelta::days(number)
}

fn subscribed(status: SubscriptionStatus, cancel_at_period_end: bool) -> Subscribed {
    Subscribed {
        status,
        current_period_end: Some(day(30)),
        trial_ends_at: Some(day(30)),
        cancel_at_period_end,
        ends_at: None,
        past_due_at: (status == SubscriptionStatus::PastDue).then(|| day(30)),
        resumes_at: None,
    }
}

/// Every combination, without and with something given until day 50.
fn all_facts() -> Vec<Facts> {
    let mut subscriptions = vec![None];
    for &status in SubscriptionStatus::ALL {
        subscriptions.extend([false, true].map(|canceled| Some(subscribed(status, canceled))));
    }
    let facts = |subscription: &Option<Subscribed>, complimentary| Facts {
        trial_ends_at: Some(day(14)),
        subscription: subscription.clone(),
        complimentary,
    };
    let given = Complimentary {
        expires_at: Some(day(50)),
    };
    subscriptions
        .iter()
        .flat_map(|subscription| [facts(subscription, None), facts(subscription, Some(given.clone()))])
        .collect()
}

fn state(facts: &Facts, now: DateTime<Utc>) -> BillingState {
    effective(facts, now, GRACE).state
}

/// The instants at which time alone changes something: the trial, the period, the days of grace and the gift end.
const BOUNDARIES: [i64; 4] = [14, 30, 37, 50];

/// What the provider tells of a subscription, before and after.
fn words() -> Vec<(Option<Subscribed>, Subscribed)> {
    use SubscriptionStatus::{Active, Canceled, Incomplete, PastDue, Paused, Trialing, Unpaid};
    let one = |status| subscribed(status, false);
    let canceling = |status| subscribed(status, true);
    vec![
        (None, one(Active)),
        (None, one(Trialing)),
        (Some(one(Incomplete)), one(Active)),
        (Some(one(Canceled)), one(Active)),
        (Some(one(Unpaid)), one(Active)),
        (Some(one(Trialing)), one(Active)),
        (Some(one(Trialing)), one(PastDue)),
        (Some(one(Trialing)), canceling(Trialing)),
        (Some(one(Active)), canceling(Active)),
        (Some(canceling(Active)), one(Active)),
        (Some(one(Active)), one(PastDue)),
        (Some(one(Active)), one(Canceled)),
        (Some(one(Active)), one(Paused)),
        (Some(one(PastDue)), one(Active)),
        (Some(one(PastDue)), one(Canceled)),
        (Some(one(PastDue)), one(Unpaid)),
        (Some(one(Paused)), one(Active)),
        (Some(one(Paused)), one(Canceled)),
    ]
}

/// From where to where, by key; found by trying, not written down.
fn ways() -> BTreeSet<(&'static str, &'static str)> {
    let mut ways = BTreeSet::new();
    let mut note = |from: BillingState, to: BillingState| {
        if from != to {
            ways.insert((from.key(), to.key()));
        }
    };
    let all = all_facts();
    for facts in &all {
        for now in BOUNDARIES.map(day) {
            note(state(facts, now - TimeDelta::seconds(1)), state(facts, now));
        }
    }
    for now in [1, 20, 31, 38].map(day) {
        for (before, mut after) in words() {
            // Once the period is over, what is not owed has been renewed, and stands as it did.
            let owed = before
                .as_ref()
                .is_some_and(|it| it.status == SubscriptionStatus::PastDue);
            if now >= day(30) && !owed {
                continue;
            }
            let with = |subscription| Facts {
                trial_ends_at: Some(day(14)),
                subscription,
                complimentary: None,
            };
            after.past_due_at = (after.status == SubscriptionStatus::PastDue).then_some(now);
            note(state(&with(before), now), state(&with(Some(after)), now));
        }
        for facts in &all {
            let with = |complimentary| Facts {
                complimentary,
                ..facts.clone()
            };
            let (without, given) = (with(None), with(Some(Complimentary { expires_at: None })));
            note(state(&without, now), state(&given, now));
            note(state(&given, now), state(&without, now));
        }
    }
    ways
}

/// What it means to go that way.
fn meaning(from: &str, to: &str) -> Option<&'static str> {
    let (from, to) = (BillingState::from_key(from)?, BillingState::from_key(to)?);
    transition(from, to).map(Transition::meaning)
}

pub fn page() -> String {
    let mut text = String::from("| facts | state | works in it | pill | banner |\n| --- | --- | :-: | --- | --- |\n");
    let moments = [
        (1, "in the trial"),
        (20, "in the period"),
        (31, "after it"),
        (38, "after grace"),
    ];
    let name = |facts: &Facts| match &facts.subscription {
        None => "no subscription".to_owned(),
        Some(subscription) if subscription.cancel_at_period_end => format!("`{}`, canceled", subscription.status.key()),
        Some(subscription) => format!("`{}`", subscription.status.key()),
    };
    for facts in all_facts().iter().filter(|facts| facts.complimentary.is_none()) {
        for (number, when) in moments {
            let told = effective(facts, day(number), GRACE);
            let works = match told.access() {
                Access::Full => "yes",
                Access::ReadOnly => "–",
            };
            let banner = told.banner.map_or("–", contract::billing::BillingBanner::key);
            writeln!(
                text,
                "| {}, {when} | `{}` | {works} | {} | {banner} |",
                name(facts),
                told.state.key(),
                told.pill.key(),
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn every_way_from_one_state_to_another_means_something() {
    let without: Vec<_> = ways()
        .into_iter()
        .filter(|(from, to)| meaning(from, to).is_none())
        .collect();
    assert_eq!(without, []);
}

/// Nothing ends in a state that nobody gets out of.
#[test]
fn from_every_state_there_is_a_way_to_one_that_is_paid_for() {
    let ways = ways();
    for &state in BillingState::ALL {
        let (mut reached, mut next) = (BTreeSet::from([state.key()]), vec![state.key()]);
        while let Some(at) = next.pop() {
            for (_, to) in ways.iter().filter(|(from, _)| *from == at) {
                if reached.insert(to) {
                    next.push(to);
                }
            }
        }
        assert!(reached.contains("active"), "{} is a trap", state.key());
    }
}
