//! Visits of the staff to organizations: how one begins and ends, who hears of it, and what stays to be read. Whom an
//! organization lets in has a module of its own, see [`crate::support_sessions`]; what is seen and tried in either is recorded
//! and read here.
//!
//! What a visit may do while it lasts is decided where actors are made, see [`crate::actor::Visit`]. Both sides keep a
//! record: the operator's own chain and the organization's.

pub mod access;
pub(crate) mod acts;
pub mod begin;
pub mod choice;
pub mod elevate;
mod end;
pub mod get;
pub mod list;
pub(crate) mod lost;
mod model;
pub mod of_person;
pub mod record;
pub mod revoke;
pub mod settle;
pub mod stop;
#[cfg(test)]
mod tests;
pub mod way_back;

pub use acts::{Act, Acts};
pub use model::{Detail, Visited};
