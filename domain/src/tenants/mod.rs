//! Organizations: how one begins, what it is called, and where it is found.

pub mod create;
pub mod current_slug;
pub mod memberships;
pub mod slug;
mod trial;
pub mod update;

pub use trial::trial_days_left;
