//! The plinth program: configuration, wiring, HTTP edges, worker and commands.
//!
//! It connects what the other crates offer and owns what is at the edge of the process. It must hold no rule and no SQL of
//! the product.

pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod http;
pub mod mail;
pub mod metrics;
pub mod payments;
pub mod postgres;
pub mod telemetry;
