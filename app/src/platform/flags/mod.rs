//! Feature flags: what is switched, for whom, and what follows for somebody.

pub mod change_flag;
pub mod forget_flag;
pub mod get_flag;
pub mod list_flags;
pub mod override_flag;
pub mod preview_flag;
pub mod remove_flag_override;

#[cfg(feature = "ssr")]
pub mod flag_page;
#[cfg(feature = "ssr")]
pub(super) mod input;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
mod overrides;
#[cfg(feature = "ssr")]
mod preview;
