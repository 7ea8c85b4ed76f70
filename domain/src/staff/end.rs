//! Ending somebody's place on the staff.

use contract::{ids::UserId, staff::StaffRight};
use serde_json::json;

use super::hold::hold;
use crate::{
    Deps, Result,
    actor::{RequestInfo, StaffActor},
    audit::Action,
    database::Transaction,
    support_sessions, visits,
};

/// They are signed out everywhere at once, and out of every organization. The account stays, as anybody's. The last superadmin stays as well:
/// [`contract::Error::LastSuperadmin`].
pub async fn end(staff: &StaffActor, deps: &Deps, user: UserId) -> Result<()> {
    staff.require(StaffRight::StaffManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let superadmins = hold(&mut transaction, staff).await?;
    superadmins.without(user)?;
    let role = revoke(&mut transaction, deps, user, Some(staff.id()), staff.user().request())
        .await?
        .ok_or(contract::Error::NotFound)?;
    staff
        .audit(Action::StaffEnded)
        .subject(user.0)
        .before(json!({ "role": role }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The role they had, or `None` when they are no staff.
pub(super) async fn revoke(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    by: Option<UserId>,
    request: &RequestInfo,
) -> Result<Option<String>> {
    let role = sqlx::query_scalar!(
        "update platform_role_assignments set revoked_at = $3, revoked_by = $2 \
         where user_id = $1 and revoked_at is null returning role",
        user.0,
        by.map(|by| by.0),
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    if role.is_some() {
        sqlx::query!("delete from user_sessions where user_id = $1", user.0)
            .execute(&mut **transaction)
            .await?;
        visits::lost::end_open(transaction, deps, user, request).await?;
        support_sessions::lost::end_open(transaction, deps, user, request).await?;
    }
    Ok(role)
}
