//! Ending somebody's place on the staff.

use contract::{ids::UserId, staff::StaffRight};
use serde_json::json;

use super::hold::hold;
use crate::{
    Deps, Result,
    actor::{RequestInfo, StaffActor},
    audit::{self, Action, Entry},
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
    let Ended { role, mut entries } = revoke(&mut transaction, deps, user, Some(staff.id()), staff.user().request())
        .await?
        .ok_or(contract::Error::NotFound)?;
    let ended = staff
        .audit(Action::StaffEnded)
        .subject(user.0)
        .before(json!({ "role": role }));
    entries.push(ended);
    audit::write_all(&mut transaction, deps, entries).await?;
    transaction.commit().await?;
    Ok(())
}

pub(super) struct Ended<'a> {
    /// What they were.
    pub role: String,
    /// Of where they were and are no longer: still to be recorded.
    pub entries: Vec<Entry<'a>>,
}

/// `None` when they are no staff.
pub(super) async fn revoke<'a>(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    by: Option<UserId>,
    request: &'a RequestInfo,
) -> Result<Option<Ended<'a>>> {
    let role = sqlx::query_scalar!(
        "update platform_role_assignments set revoked_at = $3, revoked_by = $2 \
         where user_id = $1 and revoked_at is null returning role",
        user.0,
        by.map(|by| by.0),
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(role) = role else { return Ok(None) };
    sqlx::query!("delete from user_sessions where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    let mut entries = visits::lost::end_open(transaction, deps, user, request).await?;
    entries.extend(support_sessions::lost::end_open(transaction, deps, user, request).await?);
    Ok(Some(Ended { role, entries }))
}
