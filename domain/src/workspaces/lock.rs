//! A workspace that is about to change, or to be given something.

use contract::{iam::MemberType, ids::WorkspaceId};

use crate::{Result, actor::OrgActor, database::Transaction, standing::Standing};

/// Holds the workspace until the transaction ends, and says what it is called. Always before the projects in it.
pub(crate) async fn lock(transaction: &mut Transaction, org: &OrgActor, workspace: WorkspaceId) -> Result<String> {
    let name = sqlx::query_scalar!(
        "select name from workspaces where tenant_id = $1 and id = $2 for update",
        org.tenant().id.0,
        workspace.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(name.ok_or(contract::Error::NotFound)?)
}

/// Keeps the workspace there until a project is put into it. Who does not manage workspaces puts projects only into those
/// they are in.
pub(crate) async fn choose(
    transaction: &mut Transaction,
    org: &OrgActor,
    actor: &Standing,
    workspace: WorkspaceId,
) -> Result<()> {
    let mine = sqlx::query_scalar!(
        r#"select exists (
            select from workspace_members m where m.tenant_id = w.tenant_id and m.workspace_id = w.id and m.user_id = $3
        ) as "mine!" from workspaces w where w.tenant_id = $1 and w.id = $2 for key share of w"#,
        org.tenant().id.0,
        workspace.0,
        actor.user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    match actor.member_type {
        _ if mine || actor.sees_everything() => Ok(()),
        MemberType::Member => Err(contract::Error::Forbidden.into()),
        MemberType::Guest => Err(contract::Error::NotFound.into()),
    }
}
