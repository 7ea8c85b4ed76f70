//! Bills: how the organization stands with them, choosing and changing a plan, and the ways to the provider's pages.

pub mod billing_overview;
pub mod cancel_subscription;
pub mod change_plan;
pub mod change_seats;
pub mod confirm_checkout;
pub mod drop_change;
pub mod keep_choices;
pub mod keep_in_use;
pub mod open_invoice;
pub mod open_portal;
pub mod plan_choices;
pub mod preview_change;
pub mod start_checkout;
pub mod undo_cancel;

#[cfg(feature = "ssr")]
pub mod cancel_page;
#[cfg(feature = "ssr")]
pub mod change_page;
#[cfg(feature = "ssr")]
pub mod choose_page;
#[cfg(feature = "ssr")]
mod facts_cards;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
mod invoices_card;
#[cfg(feature = "ssr")]
mod keep_group;
#[cfg(feature = "ssr")]
pub mod keep_page;
#[cfg(feature = "ssr")]
mod landing;
#[cfg(feature = "ssr")]
pub mod overview_page;
#[cfg(feature = "ssr")]
pub mod plans_page;
#[cfg(feature = "ssr")]
pub mod return_page;
#[cfg(feature = "ssr")]
pub(crate) mod rows;
