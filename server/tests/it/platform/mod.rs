//! The place of the platform's staff.

mod customers;
pub mod functions;
mod guards;
mod jobs;
pub mod world;
