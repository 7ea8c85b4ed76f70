//! The provider's API as its clients see it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up, or whose answer cannot be read, has failed"
)]

mod billing;
mod checkouts;
mod customers;
mod delivery;
mod errors;
mod harness;
mod oracles;
mod pages;
mod persistence;
mod renewals;
mod shapes;
mod usage;
