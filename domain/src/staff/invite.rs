//! Inviting somebody to the staff.

use contract::{
    FieldCode,
    email::EmailAddress,
    ids::StaffInvitationId,
    staff::{StaffRight, StaffRole},
};
use serde_json::json;

use super::{hold::hold, invitation::LIFETIME};
use crate::{
    Deps, Result,
    actor::StaffActor,
    audit::Action,
    mail::{self, Mail},
};

/// By mail, for a week. Who is invited again is offered what is offered now, and the link before is void. Whether the address has
/// an account that belongs to organizations is asked when it is accepted: it may have left them until then.
pub async fn invite(
    staff: &StaffActor,
    deps: &Deps,
    email: &EmailAddress,
    role: StaffRole,
) -> Result<StaffInvitationId> {
    staff.require(StaffRight::StaffManage)?;
    staff.require_fresh_factor(deps)?;
    if !deps.staff_domains.admit(email) {
        return Err(contract::Error::field("email", FieldCode::NotOfTheHouse).into());
    }
    let mut transaction = staff.begin(deps).await?;
    hold(&mut transaction, staff).await?;
    let is_staff = sqlx::query_scalar!(
        r#"select exists (
            select from platform_role_assignments a join users u on u.id = a.user_id
            where u.email = $1::text::citext and u.deleted_at is null and a.revoked_at is null
        ) as "is_staff!""#,
        email.as_str(),
    )
    .fetch_one(&mut *transaction)
    .await?;
    if is_staff {
        return Err(contract::Error::field("email", FieldCode::Taken).into());
    }
    let now = deps.now();
    let id = sqlx::query_scalar!(
        "insert into platform_invitations (id, email, role, invited_by, created_at, sent_at, expires_at) \
         values ($1, $2::text::citext, $3, $4, $5, $5, $6) \
         on conflict (email) where status = 'pending' do update set role = excluded.role, \
            invited_by = excluded.invited_by, sent_at = excluded.sent_at, expires_at = excluded.expires_at, \
            token_hash = null \
         returning id",
        deps.id::<StaffInvitationId>().0,
        email.as_str(),
        role.key(),
        staff.id().0,
        now,
        now + LIFETIME,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let id = StaffInvitationId(id);
    mail::enqueue(&mut transaction, &Mail::StaffInvitation { invitation: id }).await?;
    staff
        .audit(Action::StaffInvited)
        .subject(id.0)
        .after(json!({ "email": email, "role": role.key() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(id)
}

#[cfg(test)]
mod tests;
