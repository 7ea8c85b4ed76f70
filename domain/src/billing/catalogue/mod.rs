//! What is sold: the plans, what they allow and what they cost.

pub mod plans;
pub mod public;
