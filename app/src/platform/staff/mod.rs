//! Who is staff.

pub mod list_staff;

#[cfg(feature = "ssr")]
pub mod list_page;
