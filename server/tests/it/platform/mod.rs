//! The place of the platform's staff.

mod customers;
pub mod functions;
mod guards;
mod incidents;
mod jobs;
mod maintenance;
pub mod world;
