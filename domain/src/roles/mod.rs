//! Roles of an organization: the default ones, which are the same everywhere, and those it makes for itself.
//!
//! Nobody makes, changes, gives or deletes a role with rights they do not have. What the editor may is looked up behind the
//! organization's lock, which everything here takes first: see `standing`.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
mod lock;
mod model;
pub mod update;

pub use model::{MAXIMUM, Role, RoleFields};
