//! Organizations, as staff see them: all of them, everything about one, and what is done to it.

pub mod get_tenant;
pub mod list_tenants;
pub mod reinstate_tenant;
pub mod suspend_tenant;
pub mod write_note;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod bills_card;
#[cfg(feature = "ssr")]
mod flags_card;
#[cfg(feature = "ssr")]
mod identity_card;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
mod people_cards;
#[cfg(feature = "ssr")]
pub(super) mod rows;
#[cfg(feature = "ssr")]
pub mod suspension_page;
#[cfg(feature = "ssr")]
pub mod tenant_page;
#[cfg(feature = "ssr")]
mod troubles_card;
#[cfg(feature = "ssr")]
pub(super) mod view;
