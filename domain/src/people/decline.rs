//! Declining an invitation.

use serde_json::json;

use super::{
    code::Proof,
    invitation::{self, Invitation, Ticket},
};
use crate::{
    Deps, Result,
    actor::{UserActor, Verification, Visitor},
    audit::Action,
    database::Transaction,
};

/// By the invited person: who has the mailed code, or who is signed in with the invited address and has proven it. Its seat is
/// free from here on. What has ended already stays as it is.
pub async fn decline(visitor: &Visitor, user: Option<&UserActor>, deps: &Deps, ticket: Ticket<'_>) -> Result<()> {
    let mut transaction = match user {
        Some(user) => user.begin(deps).await?,
        None => deps.begin_for_visitor().await?,
    };
    let place = ticket.enter(&mut transaction).await?;
    invitation::lock_organization(&mut transaction, place.tenant).await?;
    let open = invitation::read(&mut transaction, &place)
        .await?
        .ok_or(contract::Error::NotFound)?;
    require_proof(&open, user, place.proof)?;
    if !open.is_pending() {
        return Err(contract::Error::Conflict.into());
    }
    end(&mut transaction, deps, &place).await?;
    let mut entry = visitor.audit(Action::InvitationDeclined);
    if let Some(user) = user {
        entry = user.audit(Action::InvitationDeclined);
    }
    entry.tenant = place.tenant;
    entry
        .subject(open.id.0)
        .before(json!({ "email": open.email, "role": open.role_name, "type": open.member_type.key() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Whatever has become of the invitation. A link that was passed on by hand says nothing about who has it.
fn require_proof(open: &Invitation, user: Option<&UserActor>, proof: Proof) -> Result<()> {
    let refusal = match (user.map(UserActor::person), proof) {
        (Some(person), _) if !open.is_for(person) => contract::Error::Forbidden,
        (Some(person), Proof::Nothing) if person.verification != Verification::Verified => {
            contract::Error::EmailUnverified
        }
        (None, Proof::Nothing) => contract::Error::Unauthenticated,
        (_, Proof::Address) | (Some(_), Proof::Nothing) => return Ok(()),
    };
    Err(refusal.into())
}

async fn end(transaction: &mut Transaction, deps: &Deps, place: &super::code::Place) -> Result<()> {
    sqlx::query!(
        "update tenant_invitations set status = 'declined', ended_at = $3 \
         where tenant_id = $1 and id = $2 and status = 'pending'",
        place.tenant.0,
        place.invitation.0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
