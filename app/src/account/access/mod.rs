//! Who of the staff saw an organization with one's own eyes.

pub mod end_own_visit;
pub mod get_account_access;
pub mod list_account_access;

#[cfg(feature = "ssr")]
pub mod access_page;
