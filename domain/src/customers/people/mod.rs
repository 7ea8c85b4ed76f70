//! People: the list of all accounts, one with everything about it, and what staff do for or to somebody.

pub mod clear_factors;
pub mod end_sessions;
mod factors;
pub mod force_reset;
pub mod get;
mod hold;
pub mod lift_lockouts;
pub mod list;
mod lockouts;
pub mod reinstate;
pub mod suspend;
