//! Closing the house, or a part of it, and opening it again.

pub mod end_maintenance;
pub mod list_windows;
pub mod order_maintenance;

#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
pub mod maintenance_page;
