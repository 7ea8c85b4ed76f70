//! One's own account: profile, security, sessions.

#[cfg(feature = "ssr")]
mod admitted;
#[cfg(feature = "ssr")]
pub(crate) mod device;

pub mod access;
pub mod activity;
pub mod change_password;
pub mod closing;
pub mod deactivate_account;
pub mod delete_account;
pub mod dismiss_incident;
pub mod memberships;
pub mod passkeys;
pub mod profile;
pub mod revoke_other_sessions;
pub mod revoke_session;
pub mod second_factor;
pub mod sessions;
pub mod theme;
pub mod update_profile;
pub mod viewer;

#[cfg(feature = "ssr")]
pub mod activity_page;
#[cfg(feature = "ssr")]
pub mod close_page;
#[cfg(feature = "ssr")]
pub mod organizations_page;
#[cfg(feature = "ssr")]
pub mod profile_page;
#[cfg(feature = "ssr")]
pub mod security_page;
#[cfg(feature = "ssr")]
pub mod sessions_page;
