//! What looks like an attack, and what staff do about it. Only what is recorded anyway is looked at.

pub mod lift_lockout;
pub mod report;
