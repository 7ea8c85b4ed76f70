//! Name, description and rights of a role.

use contract::{Error, FieldCode, iam::Permission, ids::RoleId};
use serde_json::json;

use super::{RoleFields, lock::lock, model};
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action, standing::hold};

/// Whoever has the role may do what it says from their next request on. `version` is the one the editor has read: what
/// somebody else has saved since is not overwritten. Saving what is there already is no change.
pub async fn update(org: &OrgActor, deps: &Deps, role: RoleId, version: i64, change: RoleFields) -> Result<()> {
    org.require_change(Permission::RolesManage)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let editor = hold(&mut transaction, org, Permission::RolesManage).await?;
    let before = lock(&mut transaction, org, role).await?;
    before.require_editable(editor.permissions())?;
    change.require_within(editor.permissions())?;
    let same = before.name == change.name.as_str()
        && before.description == change.description.as_str()
        && before.permissions == change.permissions;
    if same {
        transaction.rollback().await?;
        return Ok(());
    }
    if before.version != version {
        return Err(Error::Conflict.into());
    }
    // Two changes within one tick of the clock are two versions.
    sqlx::query!(
        "update iam_roles set name = $3, description = $4, \
             updated_at = greatest($5, coalesce(updated_at, created_at) + interval '1 microsecond') \
         where tenant_id = $1 and id = $2",
        tenant,
        role.0,
        change.name.as_str(),
        change.description.as_str(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("iam_roles_name_key", || Error::field("name", FieldCode::Taken))?;
    let keys = model::keys(change.permissions);
    sqlx::query!(
        "delete from iam_role_permissions where tenant_id = $1 and role_id = $2 and permission <> all ($3::text[])",
        tenant,
        role.0,
        &keys,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into iam_role_permissions (tenant_id, role_id, permission) \
         select $1, $2, permission from unnest($3::text[]) as permission on conflict do nothing",
        tenant,
        role.0,
        &keys,
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::RoleUpdated)
        .subject(role.0)
        .before(json!({
            "name": before.name,
            "description": before.description,
            "permissions": model::keys(before.permissions),
        }))
        .after(json!({
            "name": change.name,
            "description": change.description,
            "permissions": keys,
            "added": model::keys(change.permissions.minus(before.permissions)),
            "removed": model::keys(before.permissions.minus(change.permissions)),
        }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::iam::NOT_FOR_GUESTS;

    use super::*;
    use crate::{
        roles::{get::get, list::list},
        testing::{TestDatabase, custom_role, deps, join, join_as, organization, person, role_fields},
    };

    const READ: Permission = Permission::ProjectsRead;

    #[tokio::test]
    async fn holds_from_the_next_request_on_and_records_what_came_and_went() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ, Permission::TasksCreate]).await;
        let bob = person(&deps, "bob").await;
        join_as(&database, &deps, &acme, &bob, role).await;
        let version = get(&acme, &deps, role).await.unwrap().version;
        let change = role_fields("Painter", &[READ, Permission::TasksUpdate]);
        update(&acme, &deps, role, version, change.clone()).await.unwrap();
        let bob = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        assert_eq!(bob.permissions(), change.permissions);
        assert_eq!(bob.role().name, "Painter");

        let (before, after): (serde_json::Value, serde_json::Value) =
            sqlx::query_as("select before, after from audit_log where action = 'role.updated' and subject_id = $1")
                .bind(role.0)
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!(before["permissions"], json!(["projects.read", "tasks.create"]));
        assert_eq!((&before["name"], &after["name"]), (&json!("Scribe"), &json!("Painter")));
        assert_eq!(after["added"], json!(["tasks.update"]));
        assert_eq!(after["removed"], json!(["tasks.create"]));

        // The same once more, with a version that is old by now.
        update(&acme, &deps, role, version, change).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'role.updated'").await, 1);
    }

    #[tokio::test]
    async fn of_two_editors_the_second_is_told() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let seen = get(&acme, &deps, role).await.unwrap().version;
        let (one, two) = tokio::join!(
            update(&acme, &deps, role, seen, role_fields("Writer", &[READ])),
            update(
                &admin,
                &deps,
                role,
                seen,
                role_fields("Scribe", &[READ, Permission::TasksCreate])
            )
        );
        assert!(one.is_ok() ^ two.is_ok(), "{one:?} {two:?}");
        assert_eq!(Error::from(one.and(two).unwrap_err()), Error::Conflict);
        // The clock has not moved, and still it is another version.
        let now = get(&acme, &deps, role).await.unwrap().version;
        assert!(now > seen);
        update(&admin, &deps, role, now, role_fields("Author", &[READ]))
            .await
            .unwrap();
        assert_eq!(get(&acme, &deps, role).await.unwrap().name, "Author");
    }

    #[tokio::test]
    async fn of_two_roles_one_gets_the_name() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (one, two) = (
            custom_role(&deps, &acme, "One", &[READ]).await,
            custom_role(&deps, &acme, "Two", &[READ]).await,
        );
        let version = async |role| get(&acme, &deps, role).await.unwrap().version;
        let (seen_one, seen_two) = (version(one).await, version(two).await);
        let (first, second) = tokio::join!(
            update(&acme, &deps, one, seen_one, role_fields("Same", &[READ])),
            update(&acme, &deps, two, seen_two, role_fields("sAME", &[READ]))
        );
        assert!(first.is_ok() ^ second.is_ok());
        assert_eq!(
            Error::from(first.and(second).unwrap_err()),
            Error::field("name", FieldCode::Taken)
        );
    }

    #[tokio::test]
    async fn default_roles_are_fixed_for_everybody() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        for role in list(&acme, &deps).await.unwrap() {
            let refused = update(&acme, &deps, role.id, role.version, role_fields("Mine", &[READ])).await;
            assert_eq!(
                Error::from(refused.unwrap_err()),
                Error::field("role", FieldCode::Fixed),
                "{}",
                role.name
            );
        }
    }

    #[tokio::test]
    async fn neither_a_role_above_ones_own_rights_nor_to_one() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let above = custom_role(&deps, &acme, "Closer", &[READ, Permission::TenantDelete]).await;
        let below = custom_role(&deps, &acme, "Reader", &[READ]).await;
        let seen = async |role| get(&acme, &deps, role).await.unwrap().version;
        let refused = update(
            &admin,
            &deps,
            above,
            seen(above).await,
            role_fields("Reader 2", &[READ]),
        )
        .await;
        assert_eq!(
            Error::from(refused.unwrap_err()),
            Error::field("role", FieldCode::AboveOwnRights)
        );
        let more = role_fields("Reader", &[READ, Permission::TenantDelete]);
        let refused = update(&admin, &deps, below, seen(below).await, more).await;
        assert_eq!(
            Error::from(refused.unwrap_err()),
            Error::field("permissions", FieldCode::AboveOwnRights)
        );
        assert_eq!(database.count("audit_log where action = 'role.updated'").await, 0);
    }

    /// An owner still can: nobody locks an organization out of its roles by narrowing one.
    #[tokio::test]
    async fn somebody_may_narrow_their_own_role() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let role = custom_role(&deps, &acme, "Keeper", &[READ, Permission::RolesManage]).await;
        let bob = person(&deps, "bob").await;
        let keeper = join_as(&database, &deps, &acme, &bob, role).await;
        let seen = get(&acme, &deps, role).await.unwrap().version;
        update(&keeper, &deps, role, seen, role_fields("Keeper", &[READ]))
            .await
            .unwrap();
        let keeper = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        let refused = update(&keeper, &deps, role, seen, role_fields("Again", &[READ])).await;
        assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden);
        assert!(acme.permissions().contains(Permission::RolesManage));
    }

    #[tokio::test]
    async fn a_guest_has_of_it_what_guests_may_have() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let bob = person(&deps, "bob").await;
        join_as(&database, &deps, &acme, &bob, role).await;
        sqlx::query("update tenant_members set member_type = 'guest' where user_id = $1")
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let seen = get(&acme, &deps, role).await.unwrap().version;
        let everything = role_fields("Scribe", Permission::ALL);
        update(&acme, &deps, role, seen, everything.clone()).await.unwrap();
        let guest = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        for permission in Permission::ALL {
            let expected = !NOT_FOR_GUESTS.contains(permission);
            assert_eq!(guest.permissions().contains(*permission), expected, "{permission:?}");
        }
        // Nor does such a guest make roles of what they seem to have.
        let refused = update(&guest, &deps, role, seen, everything).await;
        assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden);
    }

    #[tokio::test]
    async fn another_organizations_role_is_not_there() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let seen = get(&acme, &deps, role).await.unwrap().version;
        let refused = update(&other, &deps, role, seen, role_fields("Mine", &[READ])).await;
        assert_eq!(Error::from(refused.unwrap_err()), Error::NotFound);
    }
}
