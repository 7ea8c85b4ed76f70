//! The desk at which staff repair bills: what differs from the provider's, and safe fixes in two steps.

pub mod list_drifts;
pub mod look_at_bills;
pub mod preview_repair;
pub mod repair_bills;

#[cfg(feature = "ssr")]
pub mod desk_page;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod repair_page;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
pub mod view;
