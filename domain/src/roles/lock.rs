//! Who changes roles takes turns: first the organization's row, then the role, then what hangs on it.

use contract::{
    Error, FieldCode,
    iam::{DefaultRole, MemberType, Permission, PermissionSet},
    ids::RoleId,
};

use super::model;
use crate::{
    Result,
    actor::{OrgActor, effective},
    database::Transaction,
};

/// Holds the organization until the transaction ends, and says what the editor may do by now: their role may have changed
/// while they waited, and rights that are gone are not given away.
pub(super) async fn editor(transaction: &mut Transaction, org: &OrgActor) -> Result<PermissionSet> {
    let tenant = org.tenant().id.0;
    let status = sqlx::query_scalar!("select status from tenants where id = $1 for update", tenant)
        .fetch_one(&mut **transaction)
        .await?;
    if status != "active" {
        return Err(Error::TenantInactive.into());
    }
    let row = sqlx::query!(
        r#"select m.member_type, array(
            select p.permission from iam_role_permissions p where p.tenant_id = m.tenant_id and p.role_id = m.role_id
        ) as "permissions!"
        from tenant_members m where m.tenant_id = $1 and m.user_id = $2 and m.status = 'active'"#,
        tenant,
        org.user().id().0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(Error::NotFound)?;
    let member_type = MemberType::from_key(&row.member_type).ok_or_else(|| crate::Error::fault("unknown type"))?;
    let rights = effective(&row.permissions, member_type);
    if rights.contains(Permission::RolesManage) {
        Ok(rights)
    } else {
        Err(Error::Forbidden.into())
    }
}

pub(super) struct Locked {
    pub default: Option<DefaultRole>,
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
    pub version: i64,
}

/// Holds the role until the transaction ends: nobody is given it meanwhile.
pub(super) async fn role(transaction: &mut Transaction, org: &OrgActor, role: RoleId) -> Result<Locked> {
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
