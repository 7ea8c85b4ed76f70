//! What is sold: the plans, what they allow and what they cost.

pub mod public;
