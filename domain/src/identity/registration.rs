//! Whether new accounts are open, and to whom.

use contract::{email::EmailAddress, registration::PublicConfig};

use crate::{Deps, Result};

/// For the sign-up page and `GET /api/v1/config/public`.
pub fn public_config(deps: &Deps) -> PublicConfig {
    PublicConfig {
        self_serve_enabled: deps.registration.self_serve,
        invite_code_required: deps.registration.invite_code_required,
        oauth_providers: Vec::new(),
    }
}

/// Refuses an address that may not make an account. The allow-list is for testers of a product that is still closed.
pub(super) fn require_open(deps: &Deps, email: &EmailAddress) -> Result<()> {
    let gates = &deps.registration;
    let open = gates.self_serve && !gates.invite_code_required;
    if open || gates.allowed_emails.contains(email) {
        Ok(())
    } else {
        Err(contract::Error::RegistrationClosed.into())
    }
}
