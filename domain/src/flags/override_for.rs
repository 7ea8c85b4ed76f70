//! Telling one person, one organization or one plan otherwise.

use contract::{
    FieldCode,
    flag::{Flag, FlagLevel},
    staff::StaffRight,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    change::hold,
    kept::{born, move_on},
};
use crate::{Deps, Result, actor::StaffActor, audit::Action, database::Transaction};

/// Whom it is said for, as it was typed: an e-mail address, the address of an organization, or the key of a plan. What is said for
/// an organization stands in its own log, where its people read it.
pub async fn override_for(
    staff: &StaffActor,
    deps: &Deps,
    flag: Flag,
    level: FlagLevel,
    typed: &str,
    value: bool,
) -> Result<()> {
    staff.require(StaffRight::FlagsManage)?;
    if !flag.has_level(level) {
        return Err(contract::Error::field("level", FieldCode::Fixed).into());
    }
    let mut transaction = staff.begin(deps).await?;
    let subject = find(&mut transaction, level, typed.trim())
        .await?
        .ok_or_else(|| contract::Error::field("subject", FieldCode::Malformed))?;
    hold(&mut transaction, deps, flag, staff.id()).await?;
    let was = sqlx::query_scalar!(
        "select value from feature_flag_overrides where key = $1 and born = $2 and level = $3 and subject = $4",
        flag.key(),
        born(flag)?,
        level.key(),
        subject,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if was == Some(value) {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "insert into feature_flag_overrides (key, born, level, subject, value, created_at, created_by) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (key, born, level, subject) do update set value = excluded.value, created_at = excluded.created_at, \
            created_by = excluded.created_by",
        flag.key(),
        born(flag)?,
        level.key(),
        subject,
        value,
        deps.now(),
        staff.id().0,
    )
    .execute(&mut *transaction)
    .await?;
    move_on(&mut transaction).await?;
    let told =
        |value: Option<bool>| json!({ "flag": flag.key(), "scope": level.key(), "subject": subject, "value": value });
    entry(staff, level, &subject, Action::FlagOverridden)
        .before(told(was))
        .after(told(Some(value)))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.flags.look(deps.database.global()).await
}

/// In the organization's log, where it is about one.
pub(super) fn entry<'a>(
    staff: &'a StaffActor,
    level: FlagLevel,
    subject: &str,
    action: Action,
) -> crate::audit::Entry<'a> {
    let id: Option<Uuid> = subject.parse().ok();
    match (level, id) {
        (FlagLevel::Tenant, Some(tenant)) => staff.audit_in(tenant.into(), action),
        (_, Some(id)) => staff.audit(action).subject(id),
        (_, None) => staff.audit(action),
    }
}

/// What it is kept under.
async fn find(transaction: &mut Transaction, level: FlagLevel, typed: &str) -> Result<Option<String>> {
    let typed = typed.replace('\0', "");
    Ok(match level {
        FlagLevel::User => {
            sqlx::query_scalar!(
                r#"select id::text as "id!" from users where email = $1::text::citext and deleted_at is null"#,
                typed,
            )
            .fetch_optional(&mut **transaction)
            .await?
        }
        FlagLevel::Tenant => {
            sqlx::query_scalar!(
                r#"select t.id::text as "id!" from tenant_slugs s join tenants t on t.id = s.tenant_id
            where s.slug = $1::text::citext and t.deleted_at is null"#,
                typed,
            )
            .fetch_optional(&mut **transaction)
            .await?
        }
        FlagLevel::Plan => {
            sqlx::query_scalar!("select key from plans where key = $1", typed)
                .fetch_optional(&mut **transaction)
                .await?
        }
        FlagLevel::Rollout => None,
    })
}
