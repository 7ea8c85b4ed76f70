//! Support sessions: an organization lets somebody of the staff in, to parts of it and until a time. How one is asked for or
//! offered, answered, entered and ended, who hears of it, and what stays to be read.
//!
//! What it may do while it lasts is decided where actors are made, see [`crate::actor::Visit`]: whoever is in sees what the
//! member sees who let them in, as far as the scope goes. Both sides keep a record, as of visits.

pub mod access;
pub mod answer;
pub mod choice;
pub mod close;
mod end;
pub mod enter;
pub mod get;
pub mod hand_off;
pub mod list;
pub(crate) mod lost;
pub mod machine;
mod model;
pub mod of_person;
pub mod offer;
pub mod policy;
pub mod present;
pub mod request;
pub mod settle;
mod tell;
#[cfg(test)]
mod tests;

pub(crate) use model::scope;
pub use model::{Asked, Detail, Session};
