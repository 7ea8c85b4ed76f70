//! The place of the platform's staff.

mod account_access;
mod audit;
mod billing;
mod closed;
mod customers;
mod faults;
mod flags;
pub mod functions;
mod guards;
mod incidents;
mod jobs;
mod maintenance;
mod onboarding;
mod plans;
pub mod reports;
mod security;
mod status;
pub mod support;
mod terminal;
mod visit_bar;
mod visits;
mod webhooks;
pub mod world;
