//! Pausing, deleting and restoring an organization, and what its people see meanwhile.

pub mod deactivate_organization;
pub mod delete_organization;
pub mod ending;
pub mod reactivate_organization;
pub mod restore_organization;

#[cfg(feature = "ssr")]
pub mod danger_page;
#[cfg(feature = "ssr")]
pub mod inactive;
#[cfg(feature = "ssr")]
mod place;
