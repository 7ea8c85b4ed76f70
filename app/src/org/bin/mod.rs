//! The bin of an organization: what was deleted in it, and the way back.

pub mod list_bin;

#[cfg(feature = "ssr")]
pub mod bin_page;
