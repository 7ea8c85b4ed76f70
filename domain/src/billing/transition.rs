//! What it means when an organization goes from one state of its bills to another.
//!
//! States follow from facts and the clock, so that any of them can follow any other: what was missed is never made up for.
//! Those that have a meaning are named here; the diagram in the documentation is made of them.

use contract::billing::BillingState::{
    self, Active, Canceled, Canceling, Complimentary, None as Nothing, PastDue, Paused, Restricted, Trialing,
};

use super::notice::Notice;
use crate::audit::Action;

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transition {
    /// A plan is paid for.
    Bought,
    /// The trial ran out, and nothing was bought.
    TrialEnded,
    /// A renewal could not be charged.
    PaymentFailed,
    /// The days of grace are over.
    Restricted,
    /// What was owed was paid.
    Recovered,
    /// It ends with its period.
    Canceling,
    /// It does not end with its period after all.
    CancelUndone,
    /// The subscription ended.
    Ended,
    /// It rests.
    Paused,
    /// It goes on.
    Resumed,
    /// The operator gave a plan.
    Given,
    /// What the operator gave is over.
    GiftEnded,
}

impl Transition {
    /// As the diagram names it.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Bought => "a plan is bought",
            Self::TrialEnded => "the trial is over",
            Self::PaymentFailed => "a renewal fails",
            Self::Restricted => "the days of grace are over",
            Self::Recovered => "what was owed is paid",
            Self::Canceling => "somebody cancels",
            Self::CancelUndone => "the cancellation is undone",
            Self::Ended => "the subscription ends",
            Self::Paused => "the subscription rests",
            Self::Resumed => "the subscription goes on",
            Self::Given => "the operator gives a plan",
            Self::GiftEnded => "the gift is over",
        }
    }

    /// What the log says about it. Those that somebody did are recorded by who does them, or by what the provider told of the
    /// subscription.
    pub(crate) const fn action(self) -> Option<Action> {
        match self {
            Self::TrialEnded => Some(Action::BillingTrialEnded),
            Self::PaymentFailed => Some(Action::BillingPaymentFailed),
            Self::Restricted => Some(Action::BillingRestricted),
            Self::Recovered => Some(Action::BillingRecovered),
            Self::Ended => Some(Action::BillingEnded),
            Self::Bought
            | Self::Canceling
            | Self::CancelUndone
            | Self::Paused
            | Self::Resumed
            | Self::Given
            | Self::GiftEnded => None,
        }
    }

    /// What is mailed about it.
    pub(crate) const fn notice(self) -> Option<Notice> {
        match self {
            Self::TrialEnded => Some(Notice::TrialEnded),
            Self::PaymentFailed => Some(Notice::PaymentFailed),
            Self::Restricted => Some(Notice::Restricted),
            Self::Recovered => Some(Notice::Recovered),
            Self::Canceling => Some(Notice::Canceled),
            Self::Ended => Some(Notice::Ended),
            Self::Bought | Self::CancelUndone | Self::Paused | Self::Resumed | Self::Given | Self::GiftEnded => None,
        }
    }
}

/// `None` where nothing is said about it: it stays as it is, or the way there was not seen.
pub const fn transition(from: BillingState, to: BillingState) -> Option<Transition> {
    Some(match (from, to) {
        (Trialing | Nothing | Canceled, Active) | (Nothing | Canceled, Trialing) => Transition::Bought,
        (Trialing, Nothing) => Transition::TrialEnded,
        (Trialing | Active | Canceling | Paused, PastDue) => Transition::PaymentFailed,
        (PastDue | Active | Canceling, Restricted) => Transition::Restricted,
        (PastDue | Restricted, Active | Canceling) => Transition::Recovered,
        (Trialing | Active, Canceling) => Transition::Canceling,
        (Canceling, Active) => Transition::CancelUndone,
        (Active | Canceling | PastDue | Restricted | Paused, Canceled) => Transition::Ended,
        (Active | Canceling | PastDue | Restricted, Paused) => Transition::Paused,
        (Paused, Active | Canceling) => Transition::Resumed,
        (Trialing | Active | Canceling | PastDue | Restricted | Paused | Canceled | Nothing, Complimentary) => {
            Transition::Given
        }
        (Complimentary, Trialing | Active | Canceling | PastDue | Restricted | Paused | Canceled | Nothing) => {
            Transition::GiftEnded
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_come_to_and_none_is_a_dead_end() {
        for &state in BillingState::ALL {
            assert_eq!(transition(state, state), None, "{state:?} is where it was");
            let others = || BillingState::ALL.iter().copied().filter(move |other| *other != state);
            assert!(others().any(|from| transition(from, state).is_some()), "{state:?}");
            assert!(others().any(|to| transition(state, to).is_some()), "{state:?}");
        }
    }

    #[test]
    fn what_takes_the_use_of_an_organization_away_is_recorded_and_mailed() {
        use contract::billing::Access;
        for &from in BillingState::ALL {
            for &to in BillingState::ALL {
                let Some(transition) = transition(from, to) else {
                    continue;
                };
                let lost = from.access() == Access::Full && to.access() == Access::ReadOnly;
                let by_somebody = matches!(transition, Transition::Paused | Transition::GiftEnded);
                if lost && !by_somebody {
                    assert!(transition.action().is_some(), "{from:?} to {to:?}");
                    assert!(transition.notice().is_some(), "{from:?} to {to:?}");
                }
            }
        }
    }
}
