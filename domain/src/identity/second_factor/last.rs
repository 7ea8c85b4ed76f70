//! What becomes of an account when one of its factors was taken away.

use contract::FieldCode;

use super::{forget, is_enrolled};
use crate::{
    Deps, Result,
    actor::UserActor,
    database::{Transaction, end_of_reading},
};

/// Whether anything guards the account still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    Some,
    None,
}

/// With the last one go the recovery codes, and no session counts as having proven anything. Staff keep it, and whoever is in an
/// organization that requires one: they set another up first. A refusal undoes the taking away, as long as the transaction is
/// not committed.
pub(super) async fn settle(transaction: &mut Transaction, deps: &Deps, user: &UserActor) -> Result<Left> {
    if is_enrolled(transaction, user.id()).await? {
        return Ok(Left::Some);
    }
    if let Some(reason) = keeps(transaction, deps, user).await? {
        return Err(contract::Error::field("form", reason).into());
    }
    forget(transaction, user.id()).await?;
    sqlx::query!(
        "update user_sessions set second_factor_at = null where user_id = $1",
        user.id().0
    )
    .execute(&mut **transaction)
    .await?;
    Ok(Left::None)
}

/// Why somebody cannot do without a second factor, if they cannot: for pages, before anything is asked.
pub async fn kept_because(user: &UserActor, deps: &Deps) -> Result<Option<FieldCode>> {
    let mut transaction = user.begin_reading(deps).await?;
    let reason = keeps(&mut transaction, deps, user).await?;
    end_of_reading(transaction);
    Ok(reason)
}

async fn keeps(transaction: &mut Transaction, deps: &Deps, user: &UserActor) -> Result<Option<FieldCode>> {
    if user.staff().is_some() {
        return Ok(Some(FieldCode::LastFactor));
    }
    let required = sqlx::query_scalar!(
        r#"select exists (
            select from tenant_members m join tenants t on t.id = m.tenant_id and t.deleted_at is null
            where m.user_id = $1 and m.status = 'active' and t.second_factor_required
                and (t.purge_after is null or t.purge_after > $2)
        ) as "required!""#,
        user.id().0,
        deps.now(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(required.then_some(FieldCode::FactorRequired))
}
