//! What the link of an invitation to the staff shows. Looking changes nothing.

use contract::staff_invitation::{StaffInvitationState, StaffOffer};

use super::{
    hold::{belongs_somewhere, is_staff},
    invitation::{self, Invitation},
};
use crate::{
    Deps, Result,
    actor::{UserActor, Visitor},
    database::Transaction,
    throttle::{self, Policy},
};

/// A code that is nobody's is not found. Who has one has the address it was mailed to, and may hear of its account.
pub async fn look_up(visitor: &Visitor, user: Option<&UserActor>, deps: &Deps, code: &str) -> Result<StaffOffer> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt_of(deps, Policy::InvitationCodeByAddress, &client, user).await?;
    let mut transaction = deps.staff.begin().await?;
    let invitation = invitation::find(&mut transaction, deps, code).await?;
    let state = state(&mut transaction, user, &invitation).await?;
    transaction.rollback().await?;
    throttle::give_back(deps, Policy::InvitationCodeByAddress, &client).await?;
    Ok(StaffOffer {
        email: invitation.email,
        role: invitation.role,
        inviter: invitation.inviter_name,
        state,
    })
}

pub(super) async fn state(
    transaction: &mut Transaction,
    user: Option<&UserActor>,
    invitation: &Invitation,
) -> Result<StaffInvitationState> {
    if !invitation.open {
        return Ok(StaffInvitationState::Over);
    }
    let Some(user) = user else {
        let has_account = sqlx::query_scalar!(
            r#"select exists (
                select from users where email = $1::text::citext and deleted_at is null
            ) as "has_account!""#,
            invitation.email,
        )
        .fetch_one(&mut **transaction)
        .await?;
        return Ok(if has_account {
            StaffInvitationState::SignedOut
        } else {
            StaffInvitationState::New
        });
    };
    let own = &user.person().email;
    Ok(if !own.eq_ignore_ascii_case(&invitation.email) {
        StaffInvitationState::OtherAddress { own: own.clone() }
    } else if is_staff(transaction, user.id()).await? {
        StaffInvitationState::AlreadyStaff
    } else if belongs_somewhere(transaction, user.id()).await? {
        StaffInvitationState::HasOrganizations
    } else {
        StaffInvitationState::Ready
    })
}
