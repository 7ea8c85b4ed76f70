//! Where the platform's staff work. To everybody else there is nothing here.

#[cfg(feature = "ssr")]
mod beside;
#[cfg(feature = "ssr")]
mod confirm;
#[cfg(feature = "ssr")]
mod drift;
#[cfg(feature = "ssr")]
mod fresh_factor;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
mod notes_card;
#[cfg(feature = "ssr")]
mod reason;
#[cfg(feature = "ssr")]
mod search;

pub mod audit;
pub mod billing;
pub mod flags;
pub mod incidents;
pub mod jobs;
pub mod maintenance;
pub mod overview;
pub mod plans;
pub mod reports;
pub mod security;
pub mod staff;
pub mod support;
pub mod tenants;
pub mod users;
pub mod visits;
pub mod webhooks;

/// The zone in which somebody of the staff reads and writes times, by name.
#[cfg(feature = "ssr")]
async fn zone() -> contract::error::Result<String> {
    let actor = crate::session::staff().await?;
    Ok(actor.user().person().time_zone.name().to_owned())
}
