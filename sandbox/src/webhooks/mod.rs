//! Webhooks: made, signed, delivered.

pub mod deliver;
pub mod emit;
pub mod sign;
