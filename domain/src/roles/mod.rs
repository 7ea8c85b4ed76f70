//! Roles of an organization: the default ones, which are the same everywhere, and those it makes for itself.
//!
//! Nobody makes, changes, gives away or deletes a role with rights they do not have. Everything that changes roles holds the
//! organization's row while it does, as do those who change people: see [`lock`].

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
mod lock;
mod model;
pub mod update;

pub use model::{MAXIMUM, Role, RoleFields};
