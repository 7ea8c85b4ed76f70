//! What looks like an attack, and what staff do about it. Only what is recorded anyway is looked at.

pub mod block_address;
pub mod lift_block;
pub mod lift_lockout;
pub mod lift_storm;
pub mod report;
pub mod terminal;
