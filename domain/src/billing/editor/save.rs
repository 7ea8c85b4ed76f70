//! Saving plans: all of them or none, and only as they were read.
//!
//! What a plan allows is in `plan_limits`. The columns `project_limit`, `member_limit` and `guest_limit` of `plans` are no longer
//! written: a node of an older release that still reads them sees what a plan allowed before.

use contract::{
    Error as Refusal, FieldCode,
    billing::{PlanLimits, PlanSettings},
    staff::StaffRight,
};

use super::{
    PlanEdit,
    list::{Change, changes},
    prices,
    settings::{changed, read},
};
use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    audit::Action,
    billing::refusal::is_set_up,
    database::Transaction,
    jobs::{self, Job, apply_plan_limits::ApplyPlanLimits, publish_catalogue::PublishCatalogue},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// As they stand now.
    Done(Vec<PlanSettings>),
    /// Nothing was saved.
    Changed(Vec<Conflict>),
}

/// A plan that somebody has changed since it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub plan: String,
    /// The version that is there now.
    pub version: i64,
    /// The oldest first.
    pub changes: Vec<Change>,
}

/// With a second factor that was proven a moment ago. Plans that stay as they are get no new version.
pub async fn save(staff: &StaffActor, deps: &Deps, edits: &[PlanEdit]) -> Result<Saved> {
    staff.require(StaffRight::PlansManage)?;
    staff.require_fresh_factor(deps)?;
    let mut keys: Vec<String> = edits.iter().map(|edit| edit.key.clone()).collect();
    keys.sort_unstable();
    if keys.windows(2).any(|two| two[0] == two[1]) {
        return Err(Refusal::field("plans", FieldCode::Taken).into());
    }
    let mut transaction = staff.begin(deps).await?;
    // In one order, so that two who save at once wait for each other and not in a circle.
    let locked = sqlx::query!(
        "select key, version from plans where key = any($1) order by key for update",
        &keys
    )
    .fetch_all(&mut *transaction)
    .await?;
    if locked.len() < keys.len() {
        transaction.rollback().await?;
        return Err(Refusal::NotFound.into());
    }
    let mut conflicts = Vec::new();
    for row in locked {
        let read = edits.iter().find(|edit| edit.key == row.key).map(|edit| edit.version);
        if read != Some(row.version) {
            conflicts.push(Conflict {
                changes: changes(&mut transaction, &row.key, read.unwrap_or_default()).await?,
                plan: row.key,
                version: row.version,
            });
        }
    }
    if !conflicts.is_empty() {
        transaction.rollback().await?;
        return Ok(Saved::Changed(conflicts));
    }
    let before = read(&mut transaction, Some(&keys)).await?;
    for now in &before {
        if let Some(edit) = edits.iter().find(|edit| edit.key == now.key) {
            write(&mut transaction, staff, deps, now, edit).await?;
        }
    }
    let after = read(&mut transaction, Some(&keys)).await?;
    let saved = || before.iter().zip(&after).filter(|(before, after)| before != after);
    if is_set_up(deps) && saved().any(|(before, after)| before.name != after.name || before.prices != after.prices) {
        jobs::enqueue(&mut transaction, &PublishCatalogue {}, Some(PublishCatalogue::NAME)).await?;
    }
    for (before, after) in saved() {
        staff
            .audit(Action::PlanChanged)
            .before(serde_json::to_value(before).map_err(Error::fault)?)
            .after(serde_json::to_value(after).map_err(Error::fault)?)
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(Saved::Done(after))
}

async fn write(
    transaction: &mut Transaction,
    staff: &StaffActor,
    deps: &Deps,
    now: &PlanSettings,
    edit: &PlanEdit,
) -> Result<()> {
    let fields = changed(now, edit);
    if fields.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update plans set name = $2, is_public = $3, version = version + 1, \
            archived_at = case when $4 then coalesce(archived_at, $5) end \
         where key = $1",
        edit.key,
        edit.name.as_str(),
        edit.public,
        edit.archived,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    write_limits(transaction, &edit.key, edit.limits).await?;
    let features: Vec<String> = edit.features.iter().map(|feature| feature.key().to_owned()).collect();
    sqlx::query!(
        "delete from plan_features where plan_key = $1 and feature <> all($2)",
        edit.key,
        &features
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into plan_features (plan_key, feature) select $1, unnest($2::text[]) on conflict do nothing",
        edit.key,
        &features,
    )
    .execute(&mut **transaction)
    .await?;
    prices::write(transaction, deps, now, edit).await?;
    sqlx::query!(
        "insert into plan_changes (plan_key, version, fields, changed_by, changed_at) values ($1, $2, $3, $4, $5)",
        edit.key,
        now.version + 1,
        &fields,
        staff.id().0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    if now.limits != edit.limits {
        // What has no room is given its days of grace, and what has room again is taken up.
        let job = ApplyPlanLimits {
            plan: edit.key.clone(),
            after: None,
        };
        jobs::enqueue(transaction, &job, Some(&job.key())).await?;
    }
    Ok(())
}

async fn write_limits(transaction: &mut Transaction, plan: &str, limits: PlanLimits) -> Result<()> {
    let keys = ["projects", "members", "guests"].map(str::to_owned);
    let allowed = [
        figure(limits.projects)?,
        figure(limits.members)?,
        figure(limits.guests)?,
    ];
    sqlx::query!(
        "insert into plan_limits (plan_key, limit_key, allowed) select $1, l.key, l.allowed \
         from unnest($2::text[], $3::integer[]) as l (key, allowed) \
         on conflict (plan_key, limit_key) do update set allowed = excluded.allowed",
        plan,
        &keys,
        &allowed as &[Option<i32>],
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn figure(allowed: Option<u32>) -> Result<Option<i32>> {
    allowed.map(i32::try_from).transpose().map_err(Error::fault)
}

#[cfg(test)]
mod tests;
