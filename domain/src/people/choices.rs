//! What somebody who invites can choose from.

use contract::{
    iam::{NOT_FOR_GUESTS, Permission},
    invitation::{InviteChoices, OfferedRole, ProjectChoice, WorkspaceChoice},
};

use super::{roles, seats};
use crate::{Deps, Result, actor::OrgActor};

/// The roles within one's own rights, and what one sees to give to guests.
pub async fn choices(org: &OrgActor, deps: &Deps) -> Result<InviteChoices> {
    org.require(Permission::MembersInvite)?;
    let seats = seats::seats(org, deps).await?;
    let mut transaction = org.begin(deps).await?;
    let roles = roles::all(&mut transaction, org).await?;
    let workspaces = sqlx::query!(
        "select w.id, w.name from workspaces w where w.tenant_id = $1 and ($2 or exists (
            select from workspace_members m
            where m.tenant_id = w.tenant_id and m.workspace_id = w.id and m.user_id = $3
        )) order by lower(w.name), w.id",
        org.tenant().id.0,
        org.sees_everything(),
        org.user().id().0,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let projects = sqlx::query!(
        "select id, name from projects where tenant_id = $1 and deleted_at is null order by lower(name), id",
        org.tenant().id.0,
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(InviteChoices {
        roles: roles
            .into_iter()
            .filter(|role| role.within)
            .map(|role| OfferedRole {
                id: role.id,
                name: role.name,
                for_guests: role.for_guests && !NOT_FOR_GUESTS.iter().any(|&right| role.permissions.contains(right)),
            })
            .collect(),
        workspaces: workspaces
            .into_iter()
            .map(|row| WorkspaceChoice {
                id: row.id.into(),
                name: row.name,
            })
            .collect(),
        projects: projects
            .into_iter()
            .map(|row| ProjectChoice {
                id: row.id.into(),
                name: row.name,
            })
            .collect(),
        seats,
    })
}
