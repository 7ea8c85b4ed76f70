//! Whether a code lets somebody make an account.

use contract::{FieldCode, email::EmailAddress};

use super::{
    code::Proof,
    invitation::{self, Ticket},
};
use crate::{Deps, Error, Result};

/// What a code proves of who signs up with this address by it. `None` for a code that invites nobody (any more), and for a
/// copied one that invites another address. Whoever has a mailed code knows the address it is for, and is told that it is
/// not this one.
pub(crate) async fn invited(deps: &Deps, code: &str, email: &EmailAddress) -> Result<Option<Proof>> {
    let mut transaction = deps.begin_for_visitor().await?;
    let place = match Ticket::Code(code).enter(&mut transaction).await {
        Ok(place) => place,
        Err(Error::Refused(contract::Error::NotFound)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let invitation = invitation::read(&mut transaction, &place).await?;
    transaction.commit().await?;
    let Some(invitation) = invitation.filter(|invitation| invitation.is_pending() && !invitation.has_expired(deps))
    else {
        return Ok(None);
    };
    match place.proof {
        proof if invitation.email.eq_ignore_ascii_case(email.as_str()) => Ok(Some(proof)),
        Proof::Address => Err(contract::Error::field("email", FieldCode::Mismatch).into()),
        Proof::Nothing => Ok(None),
    }
}
