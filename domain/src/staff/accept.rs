//! Becoming staff by the link of an invitation.

use contract::{FieldCode, ids::UserId, password::Password, staff_invitation::StaffInvitationState, text::PersonName};
use serde_json::json;
use uuid::Uuid;

use super::{
    invitation::{self, Invitation},
    look_up,
};
use crate::{
    Deps, OnConstraint, Result,
    actor::{UserActor, Visitor},
    audit::Action,
    database::Transaction,
    identity::{NewSession, new_account, present, prove_address},
    throttle::{self, Policy},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    Done,
    /// Nothing has changed, and why.
    Not(StaffInvitationState),
}

/// Somebody who has no account: one is made that is nobody's but the staff's. Who got the link has the address. The session that
/// begins reaches nothing before a second factor is set up.
pub async fn accept_new(
    visitor: &Visitor,
    deps: &Deps,
    code: &str,
    name: &PersonName,
    password: &Password,
) -> Result<NewSession> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::InvitationCodeByAddress, &client).await?;
    let offer = look_up::look_up(visitor, None, deps, code).await?;
    if offer.state != StaffInvitationState::New {
        return Err(over(&offer.state));
    }
    let hash = new_account::hash_strong(password, &[name.as_str(), &offer.email]).await?;
    let mut transaction = deps.staff.begin().await?;
    let invitation = invitation::find(&mut transaction, deps, code).await?;
    if !invitation.open {
        return Err(over(&StaffInvitationState::Over));
    }
    let user = new_account::insert(&mut transaction, deps, &invitation.email, name, Some(&hash))
        .await
        .on_constraint("users_email_key", || over_refusal(&StaffInvitationState::SignedOut))?;
    let session = new_account::start_session(&mut transaction, deps, user, visitor.request()).await?;
    use_up(&mut transaction, deps, &invitation, user).await?;
    visitor
        .audit(Action::UserSignedUp)
        .actor(user)
        .subject(user.0)
        .after(json!({ "name": name, "email": invitation.email, "email_verified": true, "invited": true }))
        .write(&mut transaction, deps)
        .await?;
    visitor
        .audit(Action::StaffJoined)
        .actor(user)
        .subject(user.0)
        .after(json!({ "role": invitation.role.key(), "invited_by": invitation.inviter }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    throttle::give_back(deps, Policy::InvitationCodeByAddress, &client).await?;
    Ok(session)
}

/// Somebody who is signed in with the invited address and belongs to no organization.
pub async fn accept(user: &UserActor, deps: &Deps, code: &str) -> Result<Joined> {
    let client = throttle::client(&user.request().address);
    throttle::attempt_inside(deps, Policy::InvitationCodeByAddress, &client).await?;
    let mut transaction = deps.staff.begin().await?;
    // First, as whoever joins an organization does: one of the two waits here, and then finds what the other has done.
    present(&mut transaction, user.id()).await?;
    let invitation = invitation::find(&mut transaction, deps, code).await?;
    let state = look_up::state(&mut transaction, Some(user), &invitation).await?;
    if state != StaffInvitationState::Ready {
        transaction.rollback().await?;
        return Ok(Joined::Not(state));
    }
    let proven = prove_address(&mut transaction, deps, user.id()).await?;
    use_up(&mut transaction, deps, &invitation, user.id()).await?;
    if proven {
        user.audit(Action::UserEmailVerified)
            .subject(user.id().0)
            .write(&mut transaction, deps)
            .await?;
    }
    user.audit(Action::StaffJoined)
        .subject(user.id().0)
        .after(json!({ "role": invitation.role.key(), "invited_by": invitation.inviter }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    throttle::give_back(deps, Policy::InvitationCodeByAddress, &client).await?;
    Ok(Joined::Done)
}

/// The invitation, which is locked, and the role it gives.
async fn use_up(transaction: &mut Transaction, deps: &Deps, invitation: &Invitation, user: UserId) -> Result<()> {
    let now = deps.now();
    sqlx::query!(
        "update platform_invitations set status = 'accepted', accepted_by = $2, ended_at = $3, token_hash = null where id = $1",
        invitation.id.0,
        user.0,
        now,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into platform_role_assignments (id, user_id, role, granted_by, granted_at) values ($1, $2, $3, $4, $5)",
        deps.id::<Uuid>(),
        user.0,
        invitation.role.key(),
        invitation.inviter.0,
        now,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What the form is refused with when the page it stood on no longer holds: shown again, the page says what to do.
fn over(state: &StaffInvitationState) -> crate::Error {
    over_refusal(state).into()
}

fn over_refusal(state: &StaffInvitationState) -> contract::Error {
    match state {
        StaffInvitationState::Over => contract::Error::field("form", FieldCode::LinkExpired),
        _ => contract::Error::Conflict,
    }
}

#[cfg(test)]
mod tests;
