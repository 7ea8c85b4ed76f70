//! The place of the platform's staff.

pub mod functions;
mod guards;
mod jobs;
pub mod world;
