//! Giving somebody of the staff another role.

use contract::{
    ids::UserId,
    staff::{StaffRight, StaffRole},
};
use serde_json::json;
use uuid::Uuid;

use super::{hold::hold, invitation::role};
use crate::{
    Deps, Result,
    actor::StaffActor,
    audit::{self, Action},
    support_sessions, visits,
};

/// From their next request on. Where they are in and may be no longer, they are out. What they were before stays readable. The
/// last superadmin stays one:
/// [`contract::Error::LastSuperadmin`].
pub async fn change_role(staff: &StaffActor, deps: &Deps, user: UserId, becomes: StaffRole) -> Result<()> {
    staff.require(StaffRight::StaffManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let superadmins = hold(&mut transaction, staff).await?;
    let was = sqlx::query_scalar!(
        "select role from platform_role_assignments where user_id = $1 and revoked_at is null for no key update",
        user.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let was = role(&was)?;
    if was == becomes {
        transaction.rollback().await?;
        return Ok(());
    }
    superadmins.without(user)?;
    let now = deps.now();
    sqlx::query!(
        "update platform_role_assignments set revoked_at = $3, revoked_by = $2 where user_id = $1 and revoked_at is null",
        user.0,
        staff.id().0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into platform_role_assignments (id, user_id, role, granted_by, granted_at) values ($1, $2, $3, $4, $5)",
        deps.id::<Uuid>(),
        user.0,
        becomes.key(),
        staff.id().0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    let (request, mut entries) = (staff.user().request(), Vec::new());
    if !becomes.has(StaffRight::Impersonate) {
        entries.extend(visits::lost::end_open(&mut transaction, deps, user, request).await?);
    }
    if !becomes.has(StaffRight::Support) {
        entries.extend(support_sessions::lost::end_open(&mut transaction, deps, user, request).await?);
    }
    let changed = staff
        .audit(Action::StaffRoleChanged)
        .subject(user.0)
        .before(json!({ "role": was.key() }))
        .after(json!({ "role": becomes.key() }));
    entries.push(changed);
    audit::write_all(&mut transaction, deps, entries).await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests;
