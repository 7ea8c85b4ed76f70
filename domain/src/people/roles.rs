//! The roles there are, and those that somebody may give.

use contract::{
    iam::{MemberType, Permission, PermissionSet},
    ids::RoleId,
};

use super::change_role::for_guests;
use crate::{
    Deps, Result,
    actor::{OrgActor, effective},
    database::Transaction,
    standing::{HeldRole, within},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub permissions: PermissionSet,
    /// Whether the one who asks has every right in it.
    pub(super) within: bool,
    /// Whether the one who asks may give it to somebody who is in.
    pub givable: bool,
    pub for_guests: bool,
}

/// The roles of the organization: those it started with first, its own after them by name.
pub async fn roles(org: &OrgActor, deps: &Deps) -> Result<Vec<Role>> {
    org.require(Permission::MembersRead)?;
    let mut transaction = org.begin(deps).await?;
    let roles = all(&mut transaction, org).await?;
    transaction.commit().await?;
    Ok(roles)
}

pub(super) async fn all(transaction: &mut Transaction, org: &OrgActor) -> Result<Vec<Role>> {
    let rows = sqlx::query!(
        r#"select r.id, r.key, r.name, r.is_default,
            array(
                select p.permission from iam_role_permissions p where p.tenant_id = r.tenant_id and p.role_id = r.id
            ) as "permissions!"
        from iam_roles r where r.tenant_id = $1
        order by not r.is_default,
            case when r.is_default then array_position(array['owner', 'admin', 'billing', 'member', 'guest'], r.key) end,
            lower(r.name)"#,
        org.tenant().id.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let own = HeldRole {
        id: org.role().id,
        key: org.role().key.clone(),
        name: org.role().name.clone(),
        permissions: org.permissions(),
        is_default: false,
    };
    let changes = org.permissions().contains(Permission::MembersUpdate);
    Ok(rows
        .into_iter()
        .map(|row| {
            let role = HeldRole {
                id: row.id.into(),
                key: row.key,
                name: row.name,
                permissions: effective(&row.permissions, MemberType::Member),
                is_default: row.is_default,
            };
            let within = within(&own, org.permissions(), &role, role.permissions);
            Role {
                id: role.id,
                within,
                givable: changes && within,
                for_guests: for_guests(&role),
                permissions: role.permissions,
                name: role.name,
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, join, organization, person};

    #[tokio::test]
    async fn each_sees_all_and_gives_what_is_within_their_own() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let admin = join(&database, &deps, &acme, &bob, "admin").await;
        let member = join(&database, &deps, &acme, &cid, "member").await;
        let givable = async |actor: &OrgActor| {
            let roles = roles(actor, &deps).await.unwrap();
            assert_eq!(roles.len(), 5);
            let names = roles.into_iter().filter(|role| role.givable).map(|role| role.name);
            names.collect::<Vec<_>>()
        };
        assert_eq!(givable(&acme).await, ["Owner", "Admin", "Billing", "Member", "Guest"]);
        assert_eq!(givable(&admin).await, ["Admin", "Member", "Guest"]);
        assert_eq!(givable(&member).await, [""; 0]);
    }
}
