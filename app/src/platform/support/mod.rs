//! Support sessions: organizations that let us in, or were asked to.

pub mod choose_support;
pub mod enter_support;
pub mod get_support_session;
pub mod hand_off_support;
pub mod leave_support;
pub mod list_support_sessions;
pub mod request_support;
pub mod revoke_support;

#[cfg(feature = "ssr")]
pub mod fields;
#[cfg(feature = "ssr")]
pub mod input;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod new_page;
#[cfg(feature = "ssr")]
pub mod rows;
#[cfg(feature = "ssr")]
pub mod session_page;
#[cfg(feature = "ssr")]
mod ticket;
#[cfg(feature = "ssr")]
pub mod view;
