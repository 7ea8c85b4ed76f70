//! The last step of a sign-up with an invitation: coming in.

use contract::{email::EmailAddress, error::Result};
use domain::{
    Deps,
    actor::{UserActor, Verification},
    identity::NewSession,
    people::{
        Ticket,
        accept::{Accepted, accept},
    },
};

use super::ticket;
use crate::{
    auth::{Mailed, remember_mailed, verify_email_path},
    form::notice,
    response::redirect_to,
    session,
};

/// Signs the browser in, and leads into the organization. Who has still to prove the address is led there by the way of every
/// sign-up, which looks the same when the address has an account already. Where the invitation cannot be accepted after all,
/// its page says why.
pub async fn come_in(session: &NewSession, deps: &Deps, email: &EmailAddress, code: &str) -> Result<()> {
    let request = session::visitor()?.request().clone();
    session::set_session(session);
    let user = UserActor::authenticate(deps, session.token.expose(), request).await?;
    let page = ticket::path(code);
    let mailed = domain::people::was_mailed(deps, code).await?;
    let proven = user
        .as_ref()
        .filter(|user| mailed || user.person().verification == Verification::Verified);
    match proven {
        Some(user) => match accept(user, deps, Ticket::Code(code)).await {
            Ok(Accepted::Joined { organization }) => {
                notice("invitation_accepted");
                redirect_to(&format!("/o/{organization}/projects"));
            }
            // Taken back while the form was filled in: the account is there all the same.
            Ok(Accepted::Not(_)) | Err(domain::Error::Refused(_)) => redirect_to(&page),
            Err(fault) => return Err(fault.into()),
        },
        None if mailed => redirect_to(&page),
        None => {
            remember_mailed(Mailed::Verification, email);
            redirect_to(&verify_email_path(Some(&page)));
        }
    }
    Ok(())
}
