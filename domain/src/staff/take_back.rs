//! Taking an invitation to the staff back.

use contract::{ids::StaffInvitationId, staff::StaffRight};
use serde_json::json;

use super::hold::hold;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// Its link leads nowhere from here on.
pub async fn take_back(staff: &StaffActor, deps: &Deps, id: StaffInvitationId) -> Result<()> {
    staff.require(StaffRight::StaffManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    hold(&mut transaction, staff).await?;
    let email = sqlx::query_scalar!(
        r#"update platform_invitations set status = 'revoked', ended_at = $2
        where id = $1 and status = 'pending' returning email::text as "email!""#,
        id.0,
        deps.now(),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::Conflict)?;
    staff
        .audit(Action::StaffInvitationRevoked)
        .subject(id.0)
        .before(json!({ "email": email }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
