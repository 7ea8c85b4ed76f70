//! The security centre: what looks like an attack, and a response to each.

pub mod block_address;
pub mod lift_block;
pub mod lift_lockout;
pub mod lift_storm;
pub mod see_security;

#[cfg(feature = "ssr")]
pub mod block_page;
#[cfg(feature = "ssr")]
mod blocked;
#[cfg(feature = "ssr")]
mod found;
#[cfg(feature = "ssr")]
mod people;
#[cfg(feature = "ssr")]
mod reused;
#[cfg(feature = "ssr")]
pub mod security_page;

/// The page.
#[cfg(feature = "ssr")]
const SECURITY: &str = "/platform/security";

/// Where an address is blocked; without one it is asked for.
#[cfg(feature = "ssr")]
fn block_path(address: &str) -> String {
    crate::page::with_query("/platform/security/block", "address", address)
}
