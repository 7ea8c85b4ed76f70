//! Making an account.

use contract::error::Result;
use leptos::prelude::*;

/// Signs in at once; the address is proven later, by the link in the mail. An address that has an account gets the same
/// answer, see [`domain::identity::sign_up`]. With the code of an invitation, one comes into the organization as well: at once
/// when the code was mailed, after proving the address when it was passed on by hand.
#[server]
pub async fn sign_up(
    name: String,
    email: String,
    password: String,
    #[server(default)] terms: Option<String>,
    #[server(default)] next: Option<String>,
    #[server(default)] invite: Option<String>,
) -> Result<()> {
    use contract::{FieldCode, email::EmailAddress, error::Check, password::Password, text::PersonName};
    use domain::identity::sign_up::SignUp;

    async {
        let mut check = Check::default();
        let name = check.field("name", PersonName::parse(&name));
        let email = check.field("email", EmailAddress::parse(&email));
        let password = check.field("password", Password::parse(&password));
        let terms = check.field("terms", terms.ok_or(FieldCode::Required));
        let (((name, email), password), _accepted) = check.done(name.zip(email).zip(password).zip(terms))?;
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let new = SignUp {
            name,
            email: email.clone(),
            password,
        };
        let session = match &invite {
            Some(code) => domain::identity::sign_up::sign_up_invited(&visitor, &deps, new, code).await?,
            None => domain::identity::sign_up::sign_up(&visitor, &deps, new).await?,
        };
        if !session.signs_in() {
            let invitation = invite.as_deref().map(crate::invitation::ticket::path);
            let next = invitation.as_deref().or(next.as_deref());
            return super::arrival::arrive(&session, &deps, next).await;
        }
        if let Some(code) = &invite {
            return crate::invitation::come_in(&session, &deps, &email, code).await;
        }
        crate::session::set_session(&session);
        super::mailed::remember(super::mailed::Mailed::Verification, &email);
        crate::response::redirect_to(&super::verify_email_page::path(next.as_deref()));
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}
