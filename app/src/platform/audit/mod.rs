//! The log of everything: every organization's and every person's.

pub mod list_everything;

#[cfg(feature = "ssr")]
pub mod audit_page;
#[cfg(feature = "ssr")]
mod entries;
#[cfg(feature = "ssr")]
mod query;
#[cfg(feature = "ssr")]
mod search;
