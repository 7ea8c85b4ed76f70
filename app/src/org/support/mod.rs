//! Whom of support the organization lets in.

pub mod approve_support;
pub mod deny_support;
pub mod end_support;
pub mod offer_support;
pub mod set_support_policy;
pub mod support_overview;
pub mod support_session;

#[cfg(feature = "ssr")]
mod cards;
#[cfg(feature = "ssr")]
pub mod support_page;
