//! Whether new accounts are open, and to whom.

use contract::{email::EmailAddress, flag::Flag, registration::PublicConfig};

use crate::{Deps, Result, flags::Subject};

/// For the sign-up page and `GET /api/v1/config/public`.
pub async fn public_config(deps: &Deps) -> PublicConfig {
    PublicConfig {
        self_serve_enabled: is_open(deps).await,
        invite_code_required: deps.registration.invite_code_required,
        oauth_providers: Vec::new(),
    }
}

/// Refuses an address that may not make an account. The allow-list is for testers of a product that is still closed.
pub(super) async fn require_open(deps: &Deps, email: &EmailAddress) -> Result<()> {
    let gates = &deps.registration;
    let listed = gates.allowed_emails.contains(email);
    if listed || (!gates.invite_code_required && is_open(deps).await) {
        Ok(())
    } else {
        Err(contract::Error::RegistrationClosed.into())
    }
}

/// As it is configured, unless staff have switched it off.
async fn is_open(deps: &Deps) -> bool {
    deps.registration.self_serve
        && deps
            .flags
            .is_on(&deps.database, Flag::SignUp, &Subject::default())
            .await
}
