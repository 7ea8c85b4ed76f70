//! A project that is about to change.

use contract::{ids::ProjectId, project::ProjectStatus};

use super::{
    Place,
    model::{status, visibility},
};
use crate::{Result, actor::OrgActor, database::Transaction};

pub(super) struct Locked {
    pub name: String,
    pub description: String,
    pub status: ProjectStatus,
    pub in_bin: bool,
    pub place: Place,
}

/// Holds the project until the transaction ends, so that what is decided by it is still so when it is written.
pub(super) async fn lock(transaction: &mut Transaction, org: &OrgActor, project: ProjectId) -> Result<Locked> {
    let row = sqlx::query!(
        r#"select name, description, status, workspace_id, visibility, deleted_at is not null as "in_bin!"
        from projects where tenant_id = $1 and id = $2 for update"#,
        org.tenant().id.0,
        project.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Locked {
        name: row.name,
        description: row.description,
        status: status(&row.status)?,
        in_bin: row.in_bin,
        place: Place {
            workspace: row.workspace_id.map(Into::into),
            visibility: visibility(&row.visibility)?,
        },
    })
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
}
