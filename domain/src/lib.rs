//! The rules of the product, over Postgres.
//!
//! One folder per noun, one file per operation, the SQL beside the rule. Every operation takes an actor first: without
//! one there is no call, whichever door it came through. This crate knows no HTTP and no views, and asks its [`Deps`] for
//! time, randomness and the outside world.

pub mod actor;
pub mod audit;
pub mod billing;
pub mod board;
pub mod clock;
pub mod customers;
pub mod database;
pub mod demo;
mod deps;
mod error;
pub mod faults;
pub mod flags;
pub mod health;
pub mod identity;
pub mod incidents;
pub mod jobs;
pub mod mail;
pub mod maintenance;
pub mod metrics;
pub mod people;
pub mod projects;
pub mod random;
mod release;
pub mod reports;
pub mod retention;
pub mod roles;
pub mod security;
pub mod staff;
mod standing;
pub mod support_sessions;
pub mod tasks;
pub mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
pub mod throttle;
mod vault;
pub mod visits;
pub mod workspaces;

pub use deps::{Deps, RegistrationGates};
pub use error::{Error, OnConstraint, Result};
pub use identity::second_factor::passkeys::RelyingParty;
pub use release::release;
pub use vault::Vault;
