//! Visits: looking at an organization as one of its members does.

pub mod begin_visit;
pub mod choose_visit;
pub mod elevate_visit;
pub mod get_visit;
pub mod list_visits;
pub mod revoke_visit;
pub mod stop_visit;

#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod new_page;
#[cfg(feature = "ssr")]
pub mod rows;
#[cfg(feature = "ssr")]
pub mod view;
#[cfg(feature = "ssr")]
pub mod visit_page;
