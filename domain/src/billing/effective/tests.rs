use chrono::TimeZone;
use contract::billing::BillingState::{
    Active, Canceled, Canceling, Complimentary as Given, None as Nothing, PastDue, Paused, Restricted, Trialing,
};

use super::*;

const GRACE: TimeDelta = TimeDelta::days(7);

fn day(number: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap() + TimeDelta::days(number)
}

fn second() -> TimeDelta {
    TimeDelta::seconds(1)
}

/// The organization's trial ends on day 14, the period and a subscription's trial on day 30. A payment failed on day 30.
fn facts(subscribed: Option<(SubscriptionStatus, bool)>) -> Facts {
    Facts {
        trial_ends_at: Some(day(14)),
        subscription: subscribed.map(|(status, cancel_at_period_end)| Subscribed {
            status,
            current_period_end: Some(day(30)),
            trial_ends_at: Some(day(30)),
            cancel_at_period_end,
            ends_at: None,
            past_due_at: Some(day(30)),
            resumes_at: Some(day(60)),
        }),
        complimentary: None,
    }
}

/// The last second before each boundary, and the boundary itself.
fn instants() -> [DateTime<Utc>; 6] {
    [
        day(14) - second(),
        day(14),
        day(30) - second(),
        day(30),
        day(37) - second(),
        day(37),
    ]
}

const TO_THE_TRIAL: [BillingState; 6] = [Trialing, Nothing, Nothing, Nothing, Nothing, Nothing];
const TO_THE_END: [BillingState; 6] = [Canceling, Canceling, Canceling, Canceled, Canceled, Canceled];

/// A subscription, and whether it was canceled.
type Case = Option<(SubscriptionStatus, bool)>;

/// Every subscription with every state it leads to.
fn expected() -> Vec<(Case, [BillingState; 6])> {
    use SubscriptionStatus as S;
    let mut expected = vec![(None, TO_THE_TRIAL)];
    for (status, goes_on, canceled) in [
        (S::Incomplete, TO_THE_TRIAL, TO_THE_TRIAL),
        (S::IncompleteExpired, TO_THE_TRIAL, TO_THE_TRIAL),
        (S::Trialing, [Trialing; 6], TO_THE_END),
        (S::Active, [Active; 6], TO_THE_END),
        (
            S::PastDue,
            [PastDue, PastDue, PastDue, PastDue, PastDue, Restricted],
            [PastDue, PastDue, PastDue, Canceled, Canceled, Canceled],
        ),
        (S::Canceled, [Canceled; 6], [Canceled; 6]),
        (S::Unpaid, [Canceled; 6], [Canceled; 6]),
        (
            S::Paused,
            [Paused; 6],
            [Paused, Paused, Paused, Canceled, Canceled, Canceled],
        ),
    ] {
        expected.push((Some((status, false)), goes_on));
        expected.push((Some((status, true)), canceled));
    }
    expected
}

#[test]
fn every_subscription_at_every_boundary() {
    let expected = expected();
    assert_eq!(expected.len(), 2 * SubscriptionStatus::ALL.len() + 1);
    for (subscribed, states) in expected {
        let facts = facts(subscribed);
        for (now, state) in instants().into_iter().zip(states) {
            let effective = effective(&facts, now, GRACE);
            assert_eq!(effective.state, state, "{subscribed:?} at {now}");
            assert_eq!(effective.access(), state.access());
        }
    }
}

#[test]
fn what_was_given_goes_before_everything_until_the_instant_it_ends() {
    for (subscribed, states) in expected() {
        for (now, state) in instants().into_iter().zip(states) {
            let mut facts = facts(subscribed);
            facts.complimentary = Some(Complimentary { expires_at: None });
            assert_eq!(effective(&facts, now, GRACE).state, Given);
            for ends in instants() {
                facts.complimentary = Some(Complimentary { expires_at: Some(ends) });
                let expected = if now < ends { Given } else { state };
                assert_eq!(
                    effective(&facts, now, GRACE).state,
                    expected,
                    "{subscribed:?} {now} {ends}"
                );
            }
        }
    }
}

#[test]
fn without_a_trial_and_without_a_subscription_there_is_nothing() {
    let effective = effective(&Facts::default(), day(0), GRACE);
    assert_eq!((effective.state, effective.reason), (Nothing, Reason::NeverBought));
    assert_eq!((effective.until, effective.days_left), (None, None));
}

#[test]
fn a_cancellation_ends_at_its_own_time_when_it_has_one() {
    let mut facts = facts(Some((SubscriptionStatus::Active, true)));
    if let Some(subscription) = &mut facts.subscription {
        subscription.ends_at = Some(day(20));
    }
    let before = effective(&facts, day(20) - second(), GRACE);
    assert_eq!((before.state, before.until), (Canceling, Some(day(20))));
    assert_eq!(effective(&facts, day(20), GRACE).state, Canceled);
}

#[test]
fn grace_counts_from_the_failed_payment_and_there_is_none_without_a_beginning() {
    let mut facts = facts(Some((SubscriptionStatus::PastDue, false)));
    let subscription = facts.subscription.as_mut().unwrap();
    subscription.past_due_at = Some(day(31));
    let effective_on = |facts: &Facts, now| effective(facts, now, TimeDelta::days(3));
    assert_eq!(effective_on(&facts, day(34) - second()).until, Some(day(34)));
    assert_eq!(effective_on(&facts, day(34)).state, Restricted);
    facts.subscription.as_mut().unwrap().past_due_at = None;
    assert_eq!(effective_on(&facts, day(1)).state, Restricted);
}

#[test]
fn every_state_says_until_when() {
    use SubscriptionStatus as S;
    let until = |subscribed, now| effective(&facts(subscribed), now, GRACE).until;
    assert_eq!(until(None, day(1)), Some(day(14)));
    assert_eq!(until(Some((S::Trialing, false)), day(1)), Some(day(30)));
    assert_eq!(until(Some((S::Active, false)), day(1)), Some(day(30)));
    assert_eq!(until(Some((S::Active, true)), day(1)), Some(day(30)));
    assert_eq!(until(Some((S::PastDue, false)), day(31)), Some(day(37)));
    assert_eq!(until(Some((S::PastDue, false)), day(37)), None);
    assert_eq!(until(Some((S::Paused, false)), day(1)), Some(day(60)));
    assert_eq!(until(Some((S::Canceled, false)), day(1)), None);
}

#[test]
fn a_trial_says_more_the_closer_its_end_is() {
    use BillingBanner::TrialEnding;
    for subscribed in [None, Some((SubscriptionStatus::Trialing, false))] {
        let facts = facts(subscribed);
        let ends = effective(&facts, day(0), GRACE).until.unwrap();
        let day = TimeDelta::days(1);
        for (left, days, pill, banner) in [
            (day * 14, 14, Pill::Pristine, None),
            (day * 3 + second(), 4, Pill::Pristine, None),
            (day * 3, 3, Pill::Warning, Some(TrialEnding)),
            (day * 2 + second(), 3, Pill::Warning, Some(TrialEnding)),
            (day + second(), 2, Pill::Warning, Some(TrialEnding)),
            (day, 1, Pill::Urgent, Some(TrialEnding)),
            (second(), 1, Pill::Urgent, Some(TrialEnding)),
        ] {
            let told = effective(&facts, ends - left, GRACE);
            assert_eq!(
                (told.days_left, told.pill, told.banner),
                (Some(days), pill, banner),
                "{left} before the end"
            );
        }
    }
    // The provider's word that it has ended is late: nothing is taken away meanwhile.
    let late = effective(&facts(Some((SubscriptionStatus::Trialing, false))), day(31), GRACE);
    assert_eq!((late.days_left, late.pill), (Some(0), Pill::Urgent));
}

#[test]
fn every_state_has_its_pill_and_its_banner() {
    use SubscriptionStatus as S;
    for (subscribed, now, state, pill, banner, days) in [
        (None, 14, Nothing, Pill::Expired, Some(BillingBanner::TrialOver), None),
        (Some((S::Active, false)), 1, Active, Pill::Paid, None, None),
        (Some((S::Active, true)), 1, Canceling, Pill::Canceled, None, None),
        (
            Some((S::PastDue, false)),
            30,
            PastDue,
            Pill::PastDue,
            Some(BillingBanner::PastDue),
            Some(7),
        ),
        (
            Some((S::PastDue, false)),
            37,
            Restricted,
            Pill::PastDue,
            Some(BillingBanner::Restricted),
            None,
        ),
        (
            Some((S::Paused, false)),
            1,
            Paused,
            Pill::Paused,
            Some(BillingBanner::Paused),
            None,
        ),
        (
            Some((S::Unpaid, false)),
            1,
            Canceled,
            Pill::Canceled,
            Some(BillingBanner::Canceled),
            None,
        ),
    ] {
        let told = effective(&facts(subscribed), day(now), GRACE);
        assert_eq!(
            (told.state, told.pill, told.banner, told.days_left),
            (state, pill, banner, days)
        );
    }
    let mut given = facts(None);
    given.complimentary = Some(Complimentary { expires_at: None });
    let told = effective(&given, day(90), GRACE);
    assert_eq!((told.pill, told.banner), (Pill::Complimentary, None));
}
