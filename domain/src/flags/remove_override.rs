//! Taking back what was said for one person, organization or plan.

use contract::{
    flag::{Flag, FlagLevel},
    staff::StaffRight,
};
use serde_json::json;

use super::{
    kept::{born, move_on},
    override_for::entry,
};
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// `subject` as it is kept.
pub async fn remove_override(
    staff: &StaffActor,
    deps: &Deps,
    flag: Flag,
    level: FlagLevel,
    subject: &str,
) -> Result<()> {
    staff.require(StaffRight::FlagsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let was = sqlx::query_scalar!(
        "delete from feature_flag_overrides where key = $1 and born = $2 and level = $3 and subject = $4 returning value",
        flag.key(),
        born(flag)?,
        level.key(),
        subject.replace('\0', ""),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    move_on(&mut transaction).await?;
    entry(staff, level, subject, Action::FlagOverrideRemoved)
        .before(json!({ "flag": flag.key(), "scope": level.key(), "subject": subject, "value": was }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.flags.look(deps.database.global()).await
}
