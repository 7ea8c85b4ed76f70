//! Removing what is kept of a flag that is no longer declared.

use chrono::NaiveDate;
use contract::staff::StaffRight;
use serde_json::json;

use super::kept::declared;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// One that is declared is not found here.
pub async fn forget(staff: &StaffActor, deps: &Deps, key: &str, born: NaiveDate) -> Result<()> {
    staff.require(StaffRight::FlagsManage)?;
    if declared(key, born).is_some() {
        return Err(contract::Error::NotFound.into());
    }
    let key = key.replace('\0', "");
    let mut transaction = staff.begin(deps).await?;
    let overrides = sqlx::query!(
        "delete from feature_flag_overrides where key = $1 and born = $2",
        key,
        born
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    let was = sqlx::query!(
        "delete from feature_flags where key = $1 and born = $2 returning killed, rollout",
        key,
        born
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    staff
        .audit(Action::FlagForgotten)
        .before(json!({ "flag": key, "killed": was.killed, "rollout": was.rollout, "overrides": overrides }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
