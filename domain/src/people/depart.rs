//! What goes with somebody who goes, whoever decided it.

use contract::ids::{TenantId, UserId};
use serde_json::{Value, json};

use crate::{
    Deps, Result,
    database::{self, Reach, Transaction},
    standing::{self, Standing},
};

/// Their tasks become nobody's, so that they stand out among the open ones; workspaces and what they were given go with
/// them. What they made stays, with their name. Their row is locked, so that nothing is assigned to them meanwhile.
pub(super) async fn depart(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    person: &Standing,
) -> Result<Value> {
    let unassigned = take_out(transaction, deps, tenant, person.user).await?;
    Ok(json!({
        "role_id": person.role.id, "role": person.role.name, "member_type": person.member_type, "tasks": unassigned,
    }))
}

/// Says how many tasks became nobody's.
pub(crate) async fn take_out(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    user: UserId,
) -> Result<u64> {
    // Also of projects that the one who does this cannot see.
    database::set_reach(transaction, Reach::All).await?;
    let unassigned = sqlx::query!(
        "update tasks set assignee_id = null, updated_at = $3 where tenant_id = $1 and assignee_id = $2",
        tenant.0,
        user.0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?
    .rows_affected();
    standing::end_offers(transaction, deps, tenant, user).await?;
    sqlx::query!(
        "delete from tenant_members where tenant_id = $1 and user_id = $2",
        tenant.0,
        user.0,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(unassigned)
}
