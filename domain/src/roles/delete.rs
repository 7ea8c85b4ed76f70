//! Deleting a role. Whoever has it, or is invited with it, gets another.

use contract::{
    Error, FieldCode,
    iam::{DefaultRole, Permission},
    ids::RoleId,
};
use serde_json::json;

use super::{
    lock::{self, Locked},
    model,
};
use crate::{Deps, Result, actor::OrgActor, audit::Action, database::Transaction};

/// Who was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub people: usize,
    pub invitations: usize,
}

/// `target` is where its people go; it can be left out only when there are none. Nobody becomes an owner that way.
pub async fn delete(org: &OrgActor, deps: &Deps, role: RoleId, target: Option<RoleId>) -> Result<Moved> {
    org.require_change(Permission::RolesManage)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let own = lock::editor(&mut transaction, org).await?;
    let deleted = lock::role(&mut transaction, org, role).await?;
    deleted.require_editable(own)?;
    let target = match target {
        Some(target) if target == role => return Err(Error::field("target", FieldCode::Malformed).into()),
        Some(id) => {
            let target = lock::role(&mut transaction, org, id).await?;
            if target.default == Some(DefaultRole::Owner) {
                return Err(Error::field("target", FieldCode::Fixed).into());
            }
            model::require_within(target.permissions, own, "target")?;
            Some((id, target))
        }
        None => None,
    };
    let people = move_people(&mut transaction, org, deps, role, target.as_ref()).await?;
    let invitations = move_invitations(&mut transaction, org, role, target.as_ref()).await?;
    sqlx::query!("delete from iam_roles where tenant_id = $1 and id = $2", tenant, role.0)
        .execute(&mut *transaction)
        .await?;
    let moved_to = target.as_ref().map(|(_, target)| &target.name);
    for person in &people {
        org.audit(Action::MemberRoleChanged)
            .subject(*person)
            .before(json!({ "role": deleted.name }))
            .after(json!({ "role": moved_to }))
            .write(&mut transaction, deps)
            .await?;
    }
    org.audit(Action::RoleDeleted)
        .subject(role.0)
        .before(json!({
            "name": deleted.name,
            "description": deleted.description,
            "permissions": model::keys(deleted.permissions),
        }))
        .after(json!({ "moved_to": moved_to, "people": people.len(), "invitations": invitations }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Moved {
        people: people.len(),
        invitations,
    })
}

async fn move_people(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    role: RoleId,
    target: Option<&(RoleId, Locked)>,
) -> Result<Vec<uuid::Uuid>> {
    let Some((target, _)) = target else {
        let held = sqlx::query_scalar!(
            r#"select exists (select from tenant_members where tenant_id = $1 and role_id = $2)
                or exists (
                    select from tenant_invitations where tenant_id = $1 and role_id = $2 and status = 'pending'
                ) as "held!""#,
            org.tenant().id.0,
            role.0,
        )
        .fetch_one(&mut **transaction)
        .await?;
        return if held {
            Err(Error::field("target", FieldCode::Required).into())
        } else {
            Ok(Vec::new())
        };
    };
    let people = sqlx::query_scalar!(
        "update tenant_members set role_id = $3, updated_at = $4 where tenant_id = $1 and role_id = $2 returning user_id",
        org.tenant().id.0,
        role.0,
        target.0,
        deps.now(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(people)
}

/// How many were open. Those that have ended are kept as a record and go along; without a target they point to the plainest
/// role, which they give to nobody.
async fn move_invitations(
    transaction: &mut Transaction,
    org: &OrgActor,
    role: RoleId,
    target: Option<&(RoleId, Locked)>,
) -> Result<usize> {
    let moved = sqlx::query_scalar!(
        "update tenant_invitations i set role_id = coalesce($3, member.id) from iam_roles member \
         where i.tenant_id = $1 and i.role_id = $2 and member.tenant_id = $1 and member.key = $4 \
         returning i.status",
        org.tenant().id.0,
        role.0,
        target.map(|(target, _)| target.0),
        DefaultRole::Member.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(moved.iter().filter(|status| *status == "pending").count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        roles::list::list,
        testing::{TestDatabase, custom_role, deps, join, join_as, organization, person},
    };

    const READ: Permission = Permission::ProjectsRead;

    async fn default(org: &OrgActor, deps: &Deps, role: DefaultRole) -> RoleId {
        let roles = list(org, deps).await.unwrap();
        roles.iter().find(|found| found.default == Some(role)).unwrap().id
    }

    async fn invite(database: &TestDatabase, org: &OrgActor, role: RoleId, status: &str) {
        sqlx::query(
            "insert into tenant_invitations (tenant_id, id, email, role_id, member_type, status, invited_by, created_at, \
                 sent_at, expires_at, ended_at) \
             values ($1, gen_random_uuid(), $4::text || '@example.test', $2, 'member', $4, $3, now(), now(), \
                 now() + interval '7 days', case when $4 <> 'pending' then now() end)",
        )
        .bind(org.tenant().id.0)
        .bind(role.0)
        .bind(org.user().id().0)
        .bind(status)
        .execute(database.owner())
        .await
        .unwrap();
    }

    #[tokio::test]
    async fn its_people_and_invitations_go_where_they_are_sent() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let target = custom_role(&deps, &acme, "Painter", &[READ, Permission::TasksCreate]).await;
        let (bob, cem) = (person(&deps, "bob").await, person(&deps, "cem").await);
        join_as(&database, &deps, &acme, &bob, role).await;
        join_as(&database, &deps, &acme, &cem, role).await;
        invite(&database, &acme, role, "pending").await;
        invite(&database, &acme, role, "revoked").await;
        sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
            .bind(cem.id().0)
            .execute(database.owner())
            .await
            .unwrap();

        let refused = delete(&acme, &deps, role, None).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("target", FieldCode::Required));
        let moved = delete(&acme, &deps, role, Some(target)).await.unwrap();
        assert_eq!(
            moved,
            Moved {
                people: 2,
                invitations: 1
            }
        );
        let bob = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        assert_eq!(bob.role().id, target);
        assert_eq!(
            database
                .count(&format!("tenant_members where role_id = '{target}'"))
                .await,
            2
        );
        assert_eq!(
            database
                .count(&format!("tenant_invitations where role_id = '{target}'"))
                .await,
            2
        );
        assert_eq!(
            database
                .count(&format!("iam_role_permissions where role_id = '{role}'"))
                .await,
            0
        );
        assert_eq!(
            database.count("audit_log where action = 'member.role_changed'").await,
            2
        );
        let after: serde_json::Value =
            sqlx::query_scalar("select after from audit_log where action = 'role.deleted' and subject_id = $1")
                .bind(role.0)
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!(after, json!({ "moved_to": "Painter", "people": 2, "invitations": 1 }));
        let gone = delete(&acme, &deps, role, Some(target)).await.unwrap_err();
        assert_eq!(Error::from(gone), Error::NotFound);
    }

    #[tokio::test]
    async fn one_that_nobody_has_just_goes() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        invite(&database, &acme, role, "declined").await;
        let moved = delete(&acme, &deps, role, None).await.unwrap();
        assert_eq!(
            moved,
            Moved {
                people: 0,
                invitations: 0
            }
        );
        let waiting = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        invite(&database, &acme, waiting, "pending").await;
        let refused = delete(&acme, &deps, waiting, None).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("target", FieldCode::Required));
    }

    #[tokio::test]
    async fn nobody_rises_above_who_moves_them_and_nobody_becomes_an_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let above = custom_role(&deps, &acme, "Closer", &[READ, Permission::TenantDelete]).await;
        join_as(&database, &deps, &acme, &person(&deps, "cem").await, role).await;
        let refused =
            async |org: &OrgActor, role, target| Error::from(delete(org, &deps, role, target).await.unwrap_err());
        let owner = default(&acme, &deps, DefaultRole::Owner).await;
        let target = |code| Error::field("target", code);
        assert_eq!(
            refused(&admin, role, Some(above)).await,
            target(FieldCode::AboveOwnRights)
        );
        assert_eq!(refused(&admin, role, Some(owner)).await, target(FieldCode::Fixed));
        assert_eq!(refused(&acme, role, Some(owner)).await, target(FieldCode::Fixed));
        assert_eq!(refused(&acme, role, Some(role)).await, target(FieldCode::Malformed));
        assert_eq!(
            refused(&admin, above, Some(role)).await,
            Error::field("role", FieldCode::AboveOwnRights)
        );
        let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
        let foreign = default(&other, &deps, DefaultRole::Member).await;
        assert_eq!(refused(&acme, role, Some(foreign)).await, Error::NotFound);
        assert_eq!(refused(&other, role, Some(foreign)).await, Error::NotFound);
        assert_eq!(
            database
                .count(&format!("tenant_members where role_id = '{role}'"))
                .await,
            1
        );
    }

    #[tokio::test]
    async fn default_roles_stay_and_so_does_what_one_may_not_delete() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = default(&acme, &deps, DefaultRole::Member).await;
        for role in DefaultRole::ALL {
            let role = default(&acme, &deps, *role).await;
            let refused = delete(&acme, &deps, role, Some(member)).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::field("role", FieldCode::Fixed));
        }
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let refused = delete(&bob, &deps, role, None).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
    }

    /// Somebody is given the role in a transaction that is still open, and does not even hold the organization.
    #[tokio::test]
    async fn who_is_given_the_role_meanwhile_is_moved_too() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let member = default(&acme, &deps, DefaultRole::Member).await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "guest").await;
        let mut giving = database.owner().begin().await.unwrap();
        sqlx::query("update tenant_members set role_id = $2 where user_id = $1")
            .bind(bob.id().0)
            .bind(role.0)
            .execute(&mut *giving)
            .await
            .unwrap();
        let deleting = delete(&acme, &deps, role, Some(member));
        let given = async {
            waiting_for_a_lock(&database).await;
            giving.commit().await.unwrap();
        };
        let (moved, ()) = tokio::join!(deleting, given);
        assert_eq!(
            moved.unwrap(),
            Moved {
                people: 1,
                invitations: 0
            }
        );
        assert_eq!(OrgActor::enter(&bob, &deps, "acme").await.unwrap().role().id, member);
    }

    /// And the other way round: the role is gone by the time somebody would have got it.
    #[tokio::test]
    async fn who_comes_too_late_does_not_get_a_role_that_is_gone() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let role = custom_role(&deps, &acme, "Scribe", &[READ]).await;
        let bob = person(&deps, "bob").await;
        let (deleted, given) = tokio::join!(delete(&acme, &deps, role, None), async {
            sqlx::query(
                "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at) values ($1, $2, $3, now(), now())",
            )
            .bind(acme.tenant().id.0)
            .bind(bob.id().0)
            .bind(role.0)
            .execute(database.owner())
            .await
        });
        assert!(deleted.is_ok() ^ given.is_ok(), "{deleted:?} {given:?}");
        assert_eq!(
            database
                .count("tenant_members m where not exists (select from iam_roles r where r.id = m.role_id)")
                .await,
            0
        );
    }

    async fn waiting_for_a_lock(database: &TestDatabase) {
        let waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        while database.count(waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    }
}
