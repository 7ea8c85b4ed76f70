//! What can become of a support session. Every statement that changes one's state asks here from where it may.

use contract::support::SupportState::{self, Active, Approved, AutoApproved, HandoffPending, Requested};

/// What happens to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A member lets in who has asked.
    Approve,
    Deny,
    /// Nobody has answered in time.
    Lapse,
    /// Whoever may come in asks for the way. Once more also when they were in, and have lost their session.
    HandOff,
    /// The way was not taken within its minute.
    Miss(Grant),
    Enter,
    EndBySupport,
    EndByCustomer,
    Expire,
    Revoke,
}

/// Who has let support in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    Member,
    Policy,
}

impl Event {
    #[cfg(test)]
    const ALL: &[Self] = &[
        Self::Approve,
        Self::Deny,
        Self::Lapse,
        Self::HandOff,
        Self::Miss(Grant::Member),
        Self::Miss(Grant::Policy),
        Self::Enter,
        Self::EndBySupport,
        Self::EndByCustomer,
        Self::Expire,
        Self::Revoke,
    ];

    /// Where it leads to.
    pub const fn target(self) -> SupportState {
        match self {
            Self::Approve | Self::Miss(Grant::Member) => Approved,
            Self::Miss(Grant::Policy) => AutoApproved,
            Self::Deny => SupportState::Denied,
            Self::Lapse => SupportState::Lapsed,
            Self::HandOff => HandoffPending,
            Self::Enter => Active,
            Self::EndBySupport => SupportState::EndedBySupport,
            Self::EndByCustomer => SupportState::EndedByCustomer,
            Self::Expire => SupportState::Expired,
            Self::Revoke => SupportState::Revoked,
        }
    }

    /// The states it can happen in, as the database names them.
    pub(super) fn sources(self) -> Vec<String> {
        let leads = |state: &&SupportState| after(**state, self).is_some();
        let keys = SupportState::ALL.iter().filter(leads).map(|state| state.key());
        keys.map(str::to_owned).collect()
    }
}

/// What a session is after something has happened. `None` where it cannot happen.
pub const fn after(state: SupportState, event: Event) -> Option<SupportState> {
    let happens = match event {
        Event::Approve | Event::Deny | Event::Lapse => matches!(state, Requested),
        Event::HandOff => matches!(state, Approved | AutoApproved | HandoffPending | Active),
        Event::Miss(_) | Event::Enter => matches!(state, HandoffPending),
        Event::EndByCustomer | Event::Expire => state.is_granted(),
        Event::EndBySupport | Event::Revoke => !state.is_over(),
    };
    if happens { Some(event.target()) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written out a second time: each state, and what can happen in it. What is not here cannot.
    #[test]
    fn every_state_and_what_can_happen_in_it() {
        use Event::{Approve, Deny, EndByCustomer, EndBySupport, Enter, Expire, HandOff, Lapse, Miss, Revoke};
        let ways = |state: SupportState| -> Vec<(Event, SupportState)> {
            let ends = [
                (EndBySupport, SupportState::EndedBySupport),
                (EndByCustomer, SupportState::EndedByCustomer),
                (Expire, SupportState::Expired),
                (Revoke, SupportState::Revoked),
            ];
            let hand_off = (HandOff, HandoffPending);
            match state {
                Requested => vec![
                    (Approve, Approved),
                    (Deny, SupportState::Denied),
                    (Lapse, SupportState::Lapsed),
                    (EndBySupport, SupportState::EndedBySupport),
                    (Revoke, SupportState::Revoked),
                ],
                Approved | AutoApproved | Active => [vec![hand_off], ends.to_vec()].concat(),
                HandoffPending => [
                    vec![
                        hand_off,
                        (Miss(Grant::Member), Approved),
                        (Miss(Grant::Policy), AutoApproved),
                        (Enter, Active),
                    ],
                    ends.to_vec(),
                ]
                .concat(),
                SupportState::Denied
                | SupportState::Lapsed
                | SupportState::EndedBySupport
                | SupportState::EndedByCustomer
                | SupportState::Expired
                | SupportState::Revoked => vec![],
            }
        };
        for &state in SupportState::ALL {
            let found: Vec<_> = Event::ALL
                .iter()
                .filter_map(|event| Some((*event, after(state, *event)?)))
                .collect();
            assert_eq!(found, ways(state), "{state:?}");
            assert_eq!(state.is_over(), found.is_empty(), "{state:?}");
        }
    }

    #[test]
    fn nobody_is_in_without_a_way_that_was_granted() {
        for &state in SupportState::ALL {
            for &event in Event::ALL {
                let Some(to) = after(state, event) else { continue };
                assert_eq!(to, event.target());
                if to == Active {
                    assert_eq!(state, HandoffPending);
                }
                if to == HandoffPending {
                    assert!(state.is_granted(), "{state:?}");
                }
            }
        }
    }

    #[test]
    fn every_state_is_come_to() {
        for &state in SupportState::ALL.iter().filter(|state| **state != Requested) {
            let sources = |event: &&Event| event.target() == state && !event.sources().is_empty();
            assert!(Event::ALL.iter().any(|event| sources(&event)), "{state:?}");
        }
    }
}
