//! Making a role.

use contract::{Error, FieldCode, error::Limit, iam::Permission, ids::RoleId};
use serde_json::json;

use super::{MAXIMUM, RoleFields, model};
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action, standing::hold};

/// With at least one right, and none that its maker does not have.
pub async fn create(org: &OrgActor, deps: &Deps, new: RoleFields) -> Result<RoleId> {
    org.require_change(Permission::RolesManage)?;
    let role: RoleId = deps.id();
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let editor = hold(&mut transaction, org, Permission::RolesManage).await?;
    new.require_within(editor.permissions())?;
    let inserted = sqlx::query!(
        "insert into iam_roles (tenant_id, id, key, name, description, is_default, created_at) \
         select $1, $2, $3, $4, $5, false, $6 \
         where (select count(*) from iam_roles where tenant_id = $1 and not is_default) < $7",
        tenant,
        role.0,
        key(role),
        new.name.as_str(),
        new.description.as_str(),
        deps.now(),
        i64::from(MAXIMUM),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("iam_roles_name_key", || Error::field("name", FieldCode::Taken))?;
    if inserted.rows_affected() == 0 {
        let limit = Limit::Roles;
        return Err(Error::LimitReached {
            limit,
            used: MAXIMUM,
            allowed: MAXIMUM,
        }
        .into());
    }
    let keys = model::keys(new.permissions);
    sqlx::query!(
        "insert into iam_role_permissions (tenant_id, role_id, permission) \
         select $1, $2, permission from unnest($3::text[]) as permission",
        tenant,
        role.0,
        &keys,
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::RoleCreated)
        .subject(role.0)
        .after(json!({ "name": new.name, "description": new.description, "permissions": keys }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(role)
}

/// Default roles are told by their keys, so that one of one's own has a key that nobody could have chosen. The first digit
/// of an id made from the time is always the same, and gives way to the letter.
fn key(role: RoleId) -> String {
    format!("r{}", &role.0.simple().to_string()[1..])
}

#[cfg(test)]
mod tests {
    use contract::iam::{DefaultRole, PermissionSet};

    use super::*;
    use crate::{
        actor::OrgActor,
        roles::get::get,
        testing::{TestDatabase, custom_role, deps, join, join_as, organization, person, role_fields},
    };

    #[tokio::test]
    async fn has_what_it_was_given_and_gives_it_to_its_people() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let rights = [Permission::ProjectsRead, Permission::TasksCreate];
        let role = create(&acme, &deps, role_fields("Scribe", &rights)).await.unwrap();
        let made = get(&acme, &deps, role).await.unwrap();
        assert_eq!(made.permissions, rights.into_iter().collect());
        let bob = join_as(&database, &deps, &acme, &person(&deps, "bob").await, role).await;
        assert_eq!(bob.permissions(), made.permissions);
        assert!(!bob.is_owner());
        let after: serde_json::Value =
            sqlx::query_scalar("select after from audit_log where action = 'role.created' and subject_id = $1")
                .bind(role.0)
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!(
            after,
            json!({ "name": "Scribe", "description": "", "permissions": ["projects.read", "tasks.create"] })
        );
    }

    #[tokio::test]
    async fn never_beyond_its_makers_own_rights() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let all: Vec<Permission> = DefaultRole::Admin.permissions().to_vec();
        create(&admin, &deps, role_fields("Deputy", &all)).await.unwrap();
        let everything: PermissionSet = Permission::ALL.iter().copied().collect();
        for more in everything.minus(admin.permissions()).iter() {
            let refused = create(&admin, &deps, role_fields("Above", &[Permission::ProjectsRead, more])).await;
            assert_eq!(
                Error::from(refused.unwrap_err()),
                Error::field("permissions", FieldCode::AboveOwnRights),
                "{more:?}"
            );
        }
        assert_eq!(database.count("iam_roles where not is_default").await, 1);
    }

    /// Whoever lost the right while the form was open is told so, although the page still believed in it.
    #[tokio::test]
    async fn what_the_maker_may_is_read_anew() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let narrower = custom_role(
            &deps,
            &acme,
            "Narrower",
            &[Permission::RolesManage, Permission::RolesRead],
        )
        .await;
        let demote = async |role: RoleId| {
            sqlx::query("update tenant_members set role_id = $2 where user_id = $1")
                .bind(admin.user().id().0)
                .bind(role.0)
                .execute(database.owner())
                .await
                .unwrap();
        };
        demote(narrower).await;
        let refused = create(&admin, &deps, role_fields("Late", &[Permission::ProjectsRead])).await;
        assert_eq!(
            Error::from(refused.unwrap_err()),
            Error::field("permissions", FieldCode::AboveOwnRights)
        );
        demote(custom_role(&deps, &acme, "Reader", &[Permission::ProjectsRead]).await).await;
        let refused = create(&admin, &deps, role_fields("Later", &[Permission::ProjectsRead])).await;
        assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden);
    }

    #[tokio::test]
    async fn refuses_a_name_in_use_an_empty_role_a_paused_organization_and_who_has_no_right() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let read = [Permission::ProjectsRead];
        custom_role(&deps, &acme, "Reader", &read).await;
        let refused = async |org: &OrgActor, fields| Error::from(create(org, &deps, fields).await.unwrap_err());
        let taken = Error::field("name", FieldCode::Taken);
        assert_eq!(refused(&acme, role_fields("rEADER", &read)).await, taken);
        assert_eq!(refused(&acme, role_fields("owner", &read)).await, taken);
        assert_eq!(
            refused(&acme, role_fields("Idle", &[])).await,
            Error::field("permissions", FieldCode::Required)
        );
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        assert_eq!(refused(&member, role_fields("Mine", &read)).await, Error::Forbidden);
        sqlx::query("update tenants set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(refused(&acme, role_fields("Late", &read)).await, Error::TenantInactive);
        assert_eq!(database.count("iam_roles where not is_default").await, 1);
    }

    #[tokio::test]
    async fn an_organization_has_at_most_fifty() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        sqlx::query(
            "insert into iam_roles (tenant_id, id, key, name, is_default, created_at) \
             select $1, gen_random_uuid(), 'r' || n, 'Role ' || n, false, now() from generate_series(1, 49) n",
        )
        .bind(acme.tenant().id.0)
        .execute(database.owner())
        .await
        .unwrap();
        let read = [Permission::ProjectsRead];
        let (one, two) = tokio::join!(
            create(&acme, &deps, role_fields("One", &read)),
            create(&acme, &deps, role_fields("Two", &read))
        );
        let full = Error::LimitReached {
            limit: Limit::Roles,
            used: 50,
            allowed: 50,
        };
        assert_eq!(Error::from(one.and(two).unwrap_err()), full);
        assert_eq!(database.count("iam_roles where not is_default").await, 50);
    }
}
