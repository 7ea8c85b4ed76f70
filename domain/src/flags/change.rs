//! Switching a flag off for everybody, letting it go again, and rolling it out.

use contract::{
    FieldCode,
    flag::{Flag, FlagLevel},
    ids::UserId,
    staff::StaffRight,
};
use serde_json::json;

use super::{
    kept::{born, move_on, percent},
    resolve::State,
};
use crate::{Deps, Result, actor::StaffActor, audit::Action, database::Transaction};

/// Everything about the flag as a whole, made of the version that was shown: who comes second hears of it,
/// [`contract::Error::Conflict`]. Switching it off for everybody, and letting it go again, need a second factor that was proven a
/// moment ago; another share does not.
pub async fn change(staff: &StaffActor, deps: &Deps, flag: Flag, version: i64, becomes: State) -> Result<()> {
    staff.require(StaffRight::FlagsManage)?;
    if becomes.rollout.is_some() && !flag.has_level(FlagLevel::Rollout) {
        return Err(contract::Error::field("rollout", FieldCode::Fixed).into());
    }
    if becomes.rollout.is_some_and(|percent| percent > 100) {
        return Err(contract::Error::field("rollout", FieldCode::Malformed).into());
    }
    let mut transaction = staff.begin(deps).await?;
    let (was, present) = hold(&mut transaction, deps, flag, staff.id()).await?;
    if present != version {
        return Err(contract::Error::Conflict.into());
    }
    if was.killed != becomes.killed {
        staff.require_fresh_factor(deps)?;
    }
    if was == becomes {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "update feature_flags set killed = $3, rollout = $4, version = version + 1, changed_at = $5, changed_by = $6 \
         where key = $1 and born = $2",
        flag.key(),
        born(flag)?,
        becomes.killed,
        becomes.rollout.map(i16::from),
        deps.now(),
        staff.id().0,
    )
    .execute(&mut *transaction)
    .await?;
    move_on(&mut transaction).await?;
    let told = |state: State| json!({ "flag": flag.key(), "killed": state.killed, "rollout": state.rollout });
    staff
        .audit(Action::FlagChanged)
        .before(told(was))
        .after(told(becomes))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.flags.look(deps.database.global()).await
}

/// What was said, locked; of a flag that nobody has said anything about yet as well. Its version is 0 then.
pub(super) async fn hold(transaction: &mut Transaction, deps: &Deps, flag: Flag, by: UserId) -> Result<(State, i64)> {
    sqlx::query!(
        "insert into feature_flags (key, born, version, changed_at, changed_by) values ($1, $2, 0, $3, $4) \
         on conflict do nothing",
        flag.key(),
        born(flag)?,
        deps.now(),
        by.0,
    )
    .execute(&mut **transaction)
    .await?;
    let row = sqlx::query!(
        "select killed, rollout, version from feature_flags where key = $1 and born = $2 for no key update",
        flag.key(),
        born(flag)?,
    )
    .fetch_one(&mut **transaction)
    .await?;
    let state = State {
        killed: row.killed,
        rollout: percent(row.rollout),
    };
    Ok((state, row.version))
}

#[cfg(test)]
mod tests;
