//! A project that is about to change.

use contract::{error::Limit, iam::Permission, ids::ProjectId, project::ProjectStatus};

use super::{
    Place,
    model::{status, visibility},
};
use crate::{
    Result,
    actor::OrgActor,
    database::Transaction,
    standing::{self, Purpose},
};

pub(super) struct Locked {
    pub name: String,
    pub description: String,
    pub status: ProjectStatus,
    pub in_bin: bool,
    /// The plan has no room for it at the moment.
    pub paused: bool,
    pub place: Place,
}

/// Holds the project until the transaction ends, so that what is decided by it is still so when it is written.
pub(super) async fn lock(transaction: &mut Transaction, org: &OrgActor, project: ProjectId) -> Result<Locked> {
    let (locked, _) = find(transaction, org, project, Purpose::Relief).await?;
    Ok(locked)
}

/// The same in a transaction of [`OrgActor::begin_held`], for who still has the right and still sees the project.
pub(super) async fn lock_for(
    transaction: &mut Transaction,
    org: &OrgActor,
    project: ProjectId,
    right: Permission,
    purpose: Purpose,
) -> Result<Locked> {
    let (locked, stands) = find(transaction, org, project, purpose).await?;
    if stands {
        return Ok(locked);
    }
    standing::ask_again(transaction, org, right, purpose).await?;
    lock(transaction, org, project).await
}

/// With whether the actor is still what they came in as.
async fn find(
    transaction: &mut Transaction,
    org: &OrgActor,
    project: ProjectId,
    purpose: Purpose,
) -> Result<(Locked, bool)> {
    let row = sqlx::query!(
        r#"select name, description, status, workspace_id, visibility, deleted_at is not null as "in_bin!", paused_at is not null as "paused!",
            array(
                select permission from working_rights
                where tenant_id = $1 and user_id = $3 and member_type = $4 and (not paused or $5)
            ) as "rights!"
        from projects where tenant_id = $1 and id = $2 for update"#,
        org.tenant().id.0,
        project.0,
        org.user().id().0,
        org.member_type().key(),
        purpose == Purpose::Relief,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let locked = Locked {
        name: row.name,
        description: row.description,
        status: status(&row.status)?,
        in_bin: row.in_bin,
        paused: row.paused,
        place: Place {
            workspace: row.workspace_id.map(Into::into),
            visibility: visibility(&row.visibility)?,
        },
    };
    Ok((locked, org.stands_with(&row.rights)))
}

impl Locked {
    /// What is in the bin is restored before it is changed.
    pub(super) fn require_outside_bin(&self) -> Result<()> {
        if self.in_bin {
            Err(contract::Error::Conflict.into())
        } else {
            Ok(())
        }
    }

    /// And what is paused can be read only.
    pub(super) fn require_changeable(&self) -> Result<()> {
        self.require_outside_bin()?;
        if self.paused {
            Err(contract::Error::PausedByPlan { limit: Limit::Projects }.into())
        } else {
            Ok(())
        }
    }
}
