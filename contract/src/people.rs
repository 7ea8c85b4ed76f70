//! What people see of the people of an organization.

use serde::{Deserialize, Serialize};

/// The seats of one class: what is taken, and what the plan allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seats {
    pub used: u32,
    /// `None` is without a limit.
    pub allowed: Option<u32>,
}

/// Nobody loses a seat for there being too many: only new ones are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatState {
    Free,
    AtLimit,
    Over,
}

impl Seats {
    pub fn state(self) -> SeatState {
        match self.allowed.map(|allowed| self.used.cmp(&allowed)) {
            None | Some(std::cmp::Ordering::Less) => SeatState::Free,
            Some(std::cmp::Ordering::Equal) => SeatState::AtLimit,
            Some(std::cmp::Ordering::Greater) => SeatState::Over,
        }
    }
}

/// Members and guests, each in their own class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatUse {
    pub members: Seats,
    pub guests: Seats,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_plan_leaves_an_organization_over_its_limit() {
        let state = |used, allowed| Seats { used, allowed }.state();
        assert_eq!(state(4, Some(5)), SeatState::Free);
        assert_eq!(state(5, Some(5)), SeatState::AtLimit);
        assert_eq!(state(6, Some(5)), SeatState::Over);
        assert_eq!(state(600, None), SeatState::Free);
    }
}
