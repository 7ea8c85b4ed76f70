//! A role that is about to change. Who changes roles, or people, holds the organization's row first.

use contract::{
    Error, FieldCode,
    iam::{DefaultRole, PermissionSet},
    ids::RoleId,
};

use super::model;
use crate::{Result, actor::OrgActor, database::Transaction};

pub(super) struct Locked {
    pub default: Option<DefaultRole>,
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
    pub version: i64,
}

/// Holds the role until the transaction ends: nobody is given it meanwhile.
pub(super) async fn lock(transaction: &mut Transaction, org: &OrgActor, role: RoleId) -> Result<Locked> {
    let row = sqlx::query!(
        "select key, name, description, is_default, coalesce(updated_at, created_at) as \"saved_at!\" \
         from iam_roles where tenant_id = $1 and id = $2 for update",
        org.tenant().id.0,
        role.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(Error::NotFound)?;
    let keys = sqlx::query_scalar!(
        "select permission from iam_role_permissions where tenant_id = $1 and role_id = $2",
        org.tenant().id.0,
        role.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(Locked {
        default: model::default_role(&row.key, row.is_default),
        name: row.name,
        description: row.description,
        permissions: model::permissions(&keys),
        version: row.saved_at.timestamp_micros(),
    })
}

impl Locked {
    /// A default role is nobody's to change, and one with more rights is for those who have them.
    pub(super) fn require_editable(&self, own: PermissionSet) -> Result<()> {
        if self.default.is_some() {
            return Err(Error::field("role", FieldCode::Fixed).into());
        }
        model::require_within(self.permissions, own, "role")
    }
}
