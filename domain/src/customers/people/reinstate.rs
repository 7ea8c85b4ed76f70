//! Letting somebody in again whom staff have locked out.

use contract::{customers::AccountStatus, ids::UserId};

use super::hold::{hold, require_care};
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// The account is what it was before, also when its owner had paused it. Needs a second factor that was proven a moment ago. Not
/// locked is no error.
pub async fn reinstate(staff: &StaffActor, deps: &Deps, user: UserId) -> Result<()> {
    require_care(staff, deps)?;
    let mut transaction = staff.begin(deps).await?;
    let held = hold(&mut transaction, staff, user).await?;
    if held.status != AccountStatus::Suspended {
        transaction.rollback().await?;
        return Ok(());
    }
    let was_paused = sqlx::query_scalar!(
        "update platform_user_suspensions set ended_by = $2, ended_at = $3 \
         where user_id = $1 and ended_at is null returning was_paused",
        user.0,
        staff.id().0,
        deps.now(),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .unwrap_or_default();
    let becomes = if was_paused {
        AccountStatus::Deactivated
    } else {
        AccountStatus::Active
    };
    sqlx::query!(
        "update users set status = $2, updated_at = $3 where id = $1",
        user.0,
        becomes.key(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    staff
        .audit(Action::UserReinstated)
        .subject(user.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
