//! Another link to prove one's address.

use contract::error::Result;
use leptos::prelude::*;

/// Who signed up with somebody else's address is not signed in, and gets the answer that the owner would get. Nothing is
/// mailed then.
#[server]
pub async fn resend_verification(#[server(default)] next: Option<String>) -> Result<()> {
    use domain::throttle::{self, Policy};

    use super::mailed::{self, Mailed};

    async {
        let deps = crate::session::deps()?;
        if let Some(user) = crate::session::maybe_user().await? {
            domain::identity::verify_email::resend(&user, &deps).await?;
        } else {
            let address = mailed::recall(Mailed::Verification).ok_or(contract::Error::Unauthenticated)?;
            let client = throttle::client(&crate::session::visitor()?.request().address);
            throttle::attempt(&deps, Policy::MailedLinkByAddress, &client).await?;
            throttle::attempt(
                &deps,
                Policy::MailedLinkByAccount,
                &format!("verify:{}", address.folded()),
            )
            .await?;
        }
        crate::form::notice("verification_sent");
        crate::response::redirect_to(&super::verify_email_page::path(next.as_deref()));
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
