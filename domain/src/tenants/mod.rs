//! Organizations: how one begins, what it is called, where it is found, and how it ends.

pub mod create;
pub mod current_slug;
pub mod deactivate;
pub mod delete;
pub mod holdings;
pub mod inactive;
pub mod memberships;
pub mod purge;
pub mod reactivate;
pub mod require_second_factor;
pub mod restore;
pub mod slug;
pub mod status;
pub mod suspended_from;
pub mod update;
