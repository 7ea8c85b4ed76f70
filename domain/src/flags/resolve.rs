//! What a flag is for somebody, and why. Pure: everything that was said comes in.

use contract::flag::{Flag, FlagLevel, FlagReason, FlagValue};
use uuid::Uuid;

use super::rollout::is_within;

/// What was said about a flag as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct State {
    pub killed: bool,
    /// In percent.
    pub rollout: Option<u8>,
}

/// What was said for whom it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    pub user: Option<bool>,
    pub tenant: Option<bool>,
    pub plan: Option<bool>,
}

/// The first that applies: the switch that turns it off for everybody, what was said for the person, for the organization, for its
/// plan, the rollout, and what holds otherwise. What is not declared to be sayable does not count, even if it was said before.
pub fn resolve(flag: Flag, state: State, said: Said, rolled: Option<Uuid>) -> FlagValue {
    let value = |on, reason| FlagValue { on, reason };
    if state.killed {
        return value(false, FlagReason::KillSwitch);
    }
    let named = [
        (FlagLevel::User, said.user, FlagReason::User),
        (FlagLevel::Tenant, said.tenant, FlagReason::Tenant),
        (FlagLevel::Plan, said.plan, FlagReason::Plan),
    ];
    for (level, said, reason) in named {
        if let Some(on) = said.filter(|_| flag.has_level(level)) {
            return value(on, reason);
        }
    }
    match state.rollout.filter(|_| flag.has_level(FlagLevel::Rollout)) {
        Some(percent) => value(is_within(flag, percent, rolled), FlagReason::Rollout { percent }),
        None => value(flag.default_value(), FlagReason::Default),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAYINGS: [Option<bool>; 3] = [None, Some(false), Some(true)];

    /// Every combination of everything that can be said, against the order in words.
    #[test]
    fn the_first_that_applies_decides() {
        let somebody = Some(Uuid::from_u128(7));
        let mut seen = 0;
        for flag in Flag::ALL {
            for killed in [false, true] {
                for rollout in [None, Some(0), Some(40), Some(100)] {
                    for user in SAYINGS {
                        for tenant in SAYINGS {
                            for plan in SAYINGS {
                                let said = Said { user, tenant, plan };
                                let found = resolve(*flag, State { killed, rollout }, said, somebody);
                                assert_eq!(
                                    found,
                                    expected(*flag, killed, rollout, said),
                                    "{flag:?} {said:?} {rollout:?}"
                                );
                                seen += 1;
                            }
                        }
                    }
                }
            }
        }
        assert_eq!(seen, Flag::ALL.len() * 2 * 4 * 27);
    }

    fn expected(flag: Flag, killed: bool, rollout: Option<u8>, said: Said) -> FlagValue {
        let has = |level| flag.has_level(level);
        let (on, reason) = match (killed, said.user, said.tenant, said.plan, rollout) {
            (true, ..) => (false, FlagReason::KillSwitch),
            (_, Some(on), ..) if has(FlagLevel::User) => (on, FlagReason::User),
            (_, _, Some(on), ..) if has(FlagLevel::Tenant) => (on, FlagReason::Tenant),
            (_, _, _, Some(on), _) if has(FlagLevel::Plan) => (on, FlagReason::Plan),
            (_, _, _, _, Some(percent)) if has(FlagLevel::Rollout) => (
                is_within(flag, percent, Some(Uuid::from_u128(7))),
                FlagReason::Rollout { percent },
            ),
            _ => (flag.default_value(), FlagReason::Default),
        };
        FlagValue { on, reason }
    }

    #[test]
    fn what_cannot_be_said_does_not_count() {
        let said = Said {
            user: Some(false),
            tenant: Some(false),
            plan: Some(false),
        };
        let state = State {
            killed: false,
            rollout: Some(0),
        };
        assert_eq!(Flag::SignUp.levels(), []);
        let found = resolve(Flag::SignUp, state, said, None);
        assert_eq!((found.on, found.reason), (true, FlagReason::Default));
    }
}
