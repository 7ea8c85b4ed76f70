//! What the provider does, one file per operation. Everything happens at the instant that is passed in.

pub mod bill;
pub mod cancel;
pub mod change_plan;
pub mod confirm_checkout;
pub mod customers;
pub mod cycle;
pub mod dunning;
pub mod endpoints;
pub mod invoice;
pub mod members;
pub mod open_checkout;
pub mod pause;
pub mod products;
pub mod refund;
pub mod sessions;
pub mod settle;
pub mod subscribe;
pub mod update_subscription;
pub mod usage;
