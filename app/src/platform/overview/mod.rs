//! How the house is doing.

pub mod house_overview;

#[cfg(feature = "ssr")]
pub mod overview_page;
#[cfg(feature = "ssr")]
mod trends;
