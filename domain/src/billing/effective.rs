//! The effective plan: one pure function from what is known, and the clock, to what an organization may do and is told.
//!
//! Everything asks it: pages, gates and the API. It reads no database and knows no provider.

use chrono::{DateTime, TimeDelta, Utc};
use contract::billing::{Access, BillingBanner, BillingState, Pill};

/// How a subscription stands at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubscriptionStatus {
    /// The first payment has not come yet.
    Incomplete,
    /// It never came.
    IncompleteExpired,
    Trialing,
    Active,
    PastDue,
    Canceled,
    /// Given up after the last attempt to charge.
    Unpaid,
    Paused,
}

impl SubscriptionStatus {
    pub const ALL: &[Self] = &[
        Self::Incomplete,
        Self::IncompleteExpired,
        Self::Trialing,
        Self::Active,
        Self::PastDue,
        Self::Canceled,
        Self::Unpaid,
        Self::Paused,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::IncompleteExpired => "incomplete_expired",
            Self::Trialing => "trialing",
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Canceled => "canceled",
            Self::Unpaid => "unpaid",
            Self::Paused => "paused",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.key() == key)
    }

    /// Whether it is, or will be, charged.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Trialing | Self::Active | Self::PastDue | Self::Paused)
    }

    /// Whether it is over, with no way back.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::IncompleteExpired | Self::Canceled | Self::Unpaid)
    }
}

/// What is known of the subscription that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribed {
    pub status: SubscriptionStatus,
    pub current_period_end: Option<DateTime<Utc>>,
    pub trial_ends_at: Option<DateTime<Utc>>,
    pub cancel_at_period_end: bool,
    pub ends_at: Option<DateTime<Utc>>,
    pub past_due_at: Option<DateTime<Utc>>,
    pub resumes_at: Option<DateTime<Utc>>,
}

/// What the operator gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complimentary {
    /// Without one it holds until it is taken back.
    pub expires_at: Option<DateTime<Utc>>,
}

/// All that the effective plan follows from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The end of the trial that every organization begins with.
    pub trial_ends_at: Option<DateTime<Utc>>,
    pub subscription: Option<Subscribed>,
    pub complimentary: Option<Complimentary>,
}

/// Where the state comes from: the plain sentence on the billing page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Given,
    FirstTrial,
    TrialOfSubscription,
    PaidFor,
    EndsWithPeriod,
    PaymentFailed,
    GraceOver,
    Resting,
    Ended,
    NeverBought,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effective {
    pub state: BillingState,
    pub reason: Reason,
    /// When this state ends by itself, or is looked at again: the end of the trial, of grace, of the period.
    pub until: Option<DateTime<Utc>>,
    pub pill: Pill,
    pub banner: Option<BillingBanner>,
    /// Whole days until `until`, counting the one that has begun, where people are told a number of days.
    pub days_left: Option<u32>,
}

impl Effective {
    pub const fn access(&self) -> Access {
        self.state.access()
    }
}

/// From this many days on somebody is reminded that the trial ends.
const TRIAL_WARNING_DAYS: u32 = 3;

/// `grace` is how long everything goes on working after a renewal could not be charged. Each instant belongs to what follows
/// it: at the end of the trial the trial is over.
pub fn effective(facts: &Facts, now: DateTime<Utc>, grace: TimeDelta) -> Effective {
    let (state, reason, until) = standing(facts, now, grace);
    let days_left = until
        .filter(|_| matches!(state, BillingState::Trialing | BillingState::PastDue))
        .map(|until| days_until(until, now));
    Effective {
        state,
        reason,
        until,
        pill: pill(state, days_left),
        banner: banner(state, days_left),
        days_left,
    }
}

type Standing = (BillingState, Reason, Option<DateTime<Utc>>);

fn standing(facts: &Facts, now: DateTime<Utc>, grace: TimeDelta) -> Standing {
    if let Some(given) = &facts.complimentary
        && given.expires_at.is_none_or(|end| now < end)
    {
        return (BillingState::Complimentary, Reason::Given, given.expires_at);
    }
    let subscribed = facts
        .subscription
        .as_ref()
        .and_then(|subscription| of(subscription, now, grace));
    subscribed.unwrap_or_else(|| match facts.trial_ends_at {
        Some(end) if now < end => (BillingState::Trialing, Reason::FirstTrial, Some(end)),
        _ => (BillingState::None, Reason::NeverBought, None),
    })
}

/// `None` when it never came to a subscription.
fn of(subscription: &Subscribed, now: DateTime<Utc>, grace: TimeDelta) -> Option<Standing> {
    let ended = (BillingState::Canceled, Reason::Ended, None);
    let ends = subscription
        .cancel_at_period_end
        .then(|| subscription.ends_at.or(subscription.current_period_end))
        .flatten();
    // What was canceled ends at its time, also when the provider's word of it is late.
    if subscription.status.is_live() && ends.is_some_and(|end| end <= now) {
        return Some(ended);
    }
    Some(match subscription.status {
        SubscriptionStatus::Incomplete | SubscriptionStatus::IncompleteExpired => return None,
        SubscriptionStatus::Canceled | SubscriptionStatus::Unpaid => ended,
        SubscriptionStatus::Paused => (BillingState::Paused, Reason::Resting, subscription.resumes_at),
        SubscriptionStatus::PastDue => {
            // What is kept of one always says since when.
            let deadline = subscription.past_due_at.map(|since| since + grace);
            match deadline.filter(|deadline| now < *deadline) {
                Some(deadline) => (BillingState::PastDue, Reason::PaymentFailed, Some(deadline)),
                None => (BillingState::Restricted, Reason::GraceOver, None),
            }
        }
        SubscriptionStatus::Trialing | SubscriptionStatus::Active if ends.is_some() => {
            (BillingState::Canceling, Reason::EndsWithPeriod, ends)
        }
        SubscriptionStatus::Trialing => (
            BillingState::Trialing,
            Reason::TrialOfSubscription,
            subscription.trial_ends_at.or(subscription.current_period_end),
        ),
        SubscriptionStatus::Active => (BillingState::Active, Reason::PaidFor, subscription.current_period_end),
    })
}

fn pill(state: BillingState, days_left: Option<u32>) -> Pill {
    match state {
        BillingState::Trialing => match days_left {
            Some(0 | 1) => Pill::Urgent,
            Some(days) if days <= TRIAL_WARNING_DAYS => Pill::Warning,
            _ => Pill::Pristine,
        },
        BillingState::Active => Pill::Paid,
        BillingState::Canceling | BillingState::Canceled => Pill::Canceled,
        BillingState::PastDue | BillingState::Restricted => Pill::PastDue,
        BillingState::Paused => Pill::Paused,
        BillingState::Complimentary => Pill::Complimentary,
        BillingState::None => Pill::Expired,
    }
}

fn banner(state: BillingState, days_left: Option<u32>) -> Option<BillingBanner> {
    match state {
        BillingState::Trialing => days_left
            .filter(|days| *days <= TRIAL_WARNING_DAYS)
            .map(|_| BillingBanner::TrialEnding),
        BillingState::Active | BillingState::Canceling | BillingState::Complimentary => None,
        BillingState::PastDue => Some(BillingBanner::PastDue),
        BillingState::Restricted => Some(BillingBanner::Restricted),
        BillingState::Paused => Some(BillingBanner::Paused),
        BillingState::Canceled => Some(BillingBanner::Canceled),
        BillingState::None => Some(BillingBanner::TrialOver),
    }
}

fn days_until(until: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    const DAY: i64 = 86_400;
    u32::try_from(((until - now).num_seconds() + DAY - 1).div_euclid(DAY)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
