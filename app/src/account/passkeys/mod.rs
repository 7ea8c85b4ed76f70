//! Passkeys on one's own account.

pub mod add_passkey;
pub mod begin_passkey;
pub mod remove_passkey;
pub mod rename_passkey;

#[cfg(feature = "ssr")]
pub(super) mod card;
#[cfg(feature = "ssr")]
pub(crate) mod input;
#[cfg(feature = "ssr")]
pub mod new_page;
#[cfg(feature = "ssr")]
pub mod passkey_page;
#[cfg(feature = "ssr")]
pub(crate) mod texts;
