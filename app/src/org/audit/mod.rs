//! The organization's audit log: its page, and the file of it.

pub mod list_audit;

#[cfg(feature = "ssr")]
pub mod audit_page;
#[cfg(feature = "ssr")]
pub mod export;
