//! Accounts, as staff see them: all of them, everything about one, and what is done for or to somebody.

pub mod clear_second_factor;
pub mod end_user_sessions;
pub mod force_password_reset;
pub mod get_user;
pub mod lift_user_lockouts;
pub mod list_users;
pub mod reinstate_user;
pub mod suspend_user;

#[cfg(feature = "ssr")]
pub mod factor_page;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub(super) mod lockouts;
#[cfg(feature = "ssr")]
pub mod reset_page;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod sessions_card;
#[cfg(feature = "ssr")]
pub mod suspension_page;
#[cfg(feature = "ssr")]
pub mod user_page;
#[cfg(feature = "ssr")]
pub(super) mod view;
