//! What is sold: the plans, what they allow and what they cost.

pub mod compare;
pub mod plans;
pub mod public;
pub mod publish;
