//! Mailing an invitation to the staff again, with a new week to run.

use contract::{ids::StaffInvitationId, staff::StaffRight};

use super::{hold::hold, invitation::LIFETIME};
use crate::{
    Deps, Result,
    actor::StaffActor,
    audit::Action,
    mail::{self, Mail},
};

/// It is an invitation of who sends it again, so that one whose inviter has gone works once more. The link before is void.
pub async fn resend(staff: &StaffActor, deps: &Deps, id: StaffInvitationId) -> Result<()> {
    staff.require(StaffRight::StaffManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    hold(&mut transaction, staff).await?;
    let now = deps.now();
    let sent = sqlx::query!(
        "update platform_invitations set invited_by = $2, sent_at = $3, expires_at = $4, token_hash = null \
         where id = $1 and status = 'pending'",
        id.0,
        staff.id().0,
        now,
        now + LIFETIME,
    )
    .execute(&mut *transaction)
    .await?;
    if sent.rows_affected() == 0 {
        return Err(contract::Error::Conflict.into());
    }
    mail::enqueue(&mut transaction, &Mail::StaffInvitation { invitation: id }).await?;
    staff
        .audit(Action::StaffInvitationResent)
        .subject(id.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
