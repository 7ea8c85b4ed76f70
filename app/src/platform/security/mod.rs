//! The security centre: what looks like an attack, and a response to each.

pub mod lift_lockout;
pub mod see_security;

#[cfg(feature = "ssr")]
mod found;
#[cfg(feature = "ssr")]
pub mod security_page;
