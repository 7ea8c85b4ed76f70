//! Where the platform's staff work. To everybody else there is nothing here.

#[cfg(feature = "ssr")]
mod beside;
#[cfg(feature = "ssr")]
mod confirm;
#[cfg(feature = "ssr")]
mod input;

pub mod jobs;
pub mod overview;
pub mod staff;
pub mod tenants;
pub mod users;
