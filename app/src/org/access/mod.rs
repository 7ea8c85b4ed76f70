//! Who of the staff looked at the organization.

pub mod end_visit;
pub mod get_access;
pub mod list_access;

#[cfg(feature = "ssr")]
pub mod access_page;
