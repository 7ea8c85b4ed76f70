//! Two-step sign-in on one's own account: an authenticator app, and recovery codes. Passkeys stand beside it.

pub mod begin_setup;
pub mod confirm_setup;
pub mod keep_recovery_codes;
pub mod remove_second_factor;
pub mod renew_recovery_codes;

#[cfg(feature = "ssr")]
pub(super) mod card;
#[cfg(feature = "ssr")]
pub mod codes_page;
#[cfg(feature = "ssr")]
pub mod remove_page;
#[cfg(feature = "ssr")]
pub mod setup_page;

/// Where one goes on to, or back to the account's security.
#[cfg(feature = "ssr")]
fn onward(next: Option<&str>) -> &str {
    next.and_then(crate::response::safe_next).unwrap_or("/account/security")
}
