//! The roles of an organization.

use contract::{iam::Permission, ids::RoleId};

use super::{Role, model};
use crate::{Deps, Result, actor::OrgActor, database::Transaction};

/// The default ones first, from the one with most rights down, then the others by name.
pub async fn list(org: &OrgActor, deps: &Deps) -> Result<Vec<Role>> {
    org.require(Permission::RolesRead)?;
    let mut transaction = org.begin(deps).await?;
    let roles = select(&mut transaction, org, None).await?;
    transaction.commit().await?;
    Ok(roles)
}

/// All of them, or the one with this id.
pub(super) async fn select(transaction: &mut Transaction, org: &OrgActor, only: Option<RoleId>) -> Result<Vec<Role>> {
    let rows = sqlx::query!(
        r#"select r.id, r.key, r.name, r.description, r.is_default, coalesce(r.updated_at, r.created_at) as "saved_at!",
            array(
                select p.permission from iam_role_permissions p where p.tenant_id = r.tenant_id and p.role_id = r.id
            ) as "permissions!",
            held.people as "people!", held.guests as "guests!",
            (select count(*) from tenant_invitations i
             where i.tenant_id = r.tenant_id and i.role_id = r.id and i.status = 'pending') as "invitations!"
        from iam_roles r, lateral (
            select count(*) as people, count(*) filter (where m.member_type = 'guest') as guests
            from tenant_members m where m.tenant_id = r.tenant_id and m.role_id = r.id
        ) as held
        where r.tenant_id = $1 and ($2::uuid is null or r.id = $2)
        order by lower(r.name), r.id"#,
        org.tenant().id.0,
        only.map(|role| role.0),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let mut roles: Vec<Role> = rows
        .into_iter()
        .map(|row| Role {
            id: row.id.into(),
            default: model::default_role(&row.key, row.is_default),
            name: row.name,
            description: row.description,
            permissions: model::permissions(&row.permissions),
            people: count(row.people),
            guests: count(row.guests),
            invitations: count(row.invitations),
            version: row.saved_at.timestamp_micros(),
        })
        .collect();
    // The sort is stable: those of one's own stay by name.
    roles.sort_by_key(|role| role.default.map_or(u8::MAX, |default| default as u8));
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use contract::iam::DefaultRole;

    use super::*;
    use crate::testing::{TestDatabase, custom_role, deps, join, join_as, organization, person};

    #[tokio::test]
    async fn default_ones_come_first_and_each_says_who_has_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        organization(&deps, &person(&deps, "zoe").await, "other").await;
        custom_role(&deps, &acme, "Zookeeper", &[Permission::ProjectsRead]).await;
        let auditor = custom_role(&deps, &acme, "auditor", &[Permission::AuditRead]).await;
        join_as(&database, &deps, &acme, &person(&deps, "bob").await, auditor).await;
        let guest = join_as(&database, &deps, &acme, &person(&deps, "cem").await, auditor).await;
        let (tenant, role, inviter) = (acme.tenant().id, auditor, acme.user().id());
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "update tenant_members set member_type = 'guest', status = 'suspended' where user_id = '{}'; \
             insert into tenant_invitations (tenant_id, id, email, role_id, member_type, status, invited_by, created_at, \
                 sent_at, expires_at, ended_at) \
             select '{tenant}', gen_random_uuid(), status || '@example.test', '{role}', 'member', status, '{inviter}', \
                 now(), now(), now() + '7 days', case when status = 'revoked' then now() end \
             from unnest(array['pending', 'revoked']) as status",
            guest.user().id()
        )))
        .execute(database.owner())
        .await
        .unwrap();

        let roles = list(&acme, &deps).await.unwrap();
        let named: Vec<_> = roles.iter().map(|role| (role.name.as_str(), role.people)).collect();
        assert_eq!(
            named,
            [
                ("Owner", 1),
                ("Admin", 0),
                ("Billing", 0),
                ("Member", 0),
                ("Guest", 0),
                ("auditor", 2),
                ("Zookeeper", 0)
            ]
        );
        assert_eq!(roles[0].default, Some(DefaultRole::Owner));
        assert_eq!(roles[0].permissions, Permission::ALL.iter().copied().collect());
        assert_eq!((roles[5].default, roles[5].guests, roles[5].invitations), (None, 1, 1));
        assert_eq!(roles[5].permissions, [Permission::AuditRead].into_iter().collect());
    }

    #[tokio::test]
    async fn only_for_who_may_read_roles() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let refused = list(&member, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        let admin = join(&database, &deps, &acme, &person(&deps, "cem").await, "admin").await;
        assert_eq!(list(&admin, &deps).await.unwrap().len(), 5);
    }
}
