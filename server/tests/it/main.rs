//! The whole router on a real database, asked as browsers and programs ask it, without a port.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or whose answer cannot be read, has failed"
)]

mod harness;
mod terminal;

mod attack;
mod audit;
mod billing_pages;
mod books;
mod bought;
mod cache;
mod demo;
mod developer;
mod edge;
mod ending;
mod flash;
mod functions;
mod gifts;
mod guards;
mod headers;
mod invitations;
mod links;
mod mass_assignment;
mod matrix;
mod metrics;
mod passkeys;
mod payments;
mod plan_gates;
mod platform;
mod pricing;
mod roles;
mod routes;
mod second_factor;
mod sessions;
mod sign_up;
mod throttle;
mod webhooks;
mod work;
