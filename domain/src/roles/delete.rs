//! Deleting a role. Whoever has it, or is invited with it, gets another.

use contract::{
    Error, FieldCode,
    iam::{DefaultRole, Permission},
    ids::{RoleId, UserId},
};
use serde_json::json;

use super::{lock::lock, model};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::Transaction,
    mail::News,
    people::change_role::for_guests,
    standing::{self, HeldRole, Standing},
};

/// Who was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub people: usize,
    pub invitations: usize,
}

/// `target` is where its people go; it can be left out only when there are none. Nobody becomes an owner that way.
pub async fn delete(org: &OrgActor, deps: &Deps, role: RoleId, target: Option<RoleId>) -> Result<Moved> {
    org.require_change(Permission::RolesManage)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let editor = standing::hold(&mut transaction, org, Permission::RolesManage).await?;
    let deleted = lock(&mut transaction, org, role).await?;
    deleted.require_editable(editor.permissions())?;
    let target = match target {
        Some(target) => Some(allowed_target(&mut transaction, org, &editor, role, target).await?),
        None if is_held(&mut transaction, org, role).await? => {
            return Err(Error::field("target", FieldCode::Required).into());
        }
        None => None,
    };
    let people = match &target {
        Some(target) => move_people(&mut transaction, org, deps, role, target.id).await?,
        None => Vec::new(),
    };
    let invitations = move_invitations(&mut transaction, org, role, target.as_ref().map(|target| target.id)).await?;
    sqlx::query!(
        "delete from iam_roles where tenant_id = $1 and id = $2",
        tenant.0,
        role.0
    )
    .execute(&mut *transaction)
    .await?;
    for person in people.iter().filter(|person| **person != org.user().id()) {
        standing::tell(&mut transaction, tenant, *person, News::RoleChanged).await?;
    }
    let moved_to = json!(target.map(|target| json!({ "role_id": target.id, "role": target.name })));
    for person in &people {
        org.audit(Action::MemberRoleChanged)
            .subject(person.0)
            .before(json!({ "role_id": role, "role": deleted.name }))
            .after(moved_to.clone())
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

async fn is_held(transaction: &mut Transaction, org: &OrgActor, role: RoleId) -> Result<bool> {
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
    Ok(held)
}

/// Another role, that the editor could give to each of its people one by one.
async fn allowed_target(
    transaction: &mut Transaction,
    org: &OrgActor,
    editor: &Standing,
    role: RoleId,
    target: RoleId,
) -> Result<HeldRole> {
    let refused = |code| Err(Error::field("target", code).into());
    if target == role {
        return refused(FieldCode::Malformed);
    }
    let target = standing::role(transaction, org.tenant().id, target).await?;
    if target.is_owner() || !editor.may_give(&target) {
        return refused(FieldCode::AboveOwnRights);
    }
    if for_guests(&target) {
        return Ok(target);
    }
    let guests = sqlx::query_scalar!(
        r#"select exists (select from tenant_members where tenant_id = $1 and role_id = $2 and member_type = 'guest')
            or exists (
                select from tenant_invitations
                where tenant_id = $1 and role_id = $2 and member_type = 'guest' and status = 'pending'
            ) as "guests!""#,
        org.tenant().id.0,
        role.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    if guests {
        refused(FieldCode::NotForGuests)
    } else {
        Ok(target)
    }
}

async fn move_people(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    role: RoleId,
    target: RoleId,
) -> Result<Vec<UserId>> {
    let people = sqlx::query_scalar!(
        "update tenant_members set role_id = $3, updated_at = $4 where tenant_id = $1 and role_id = $2 returning user_id",
        org.tenant().id.0,
        role.0,
        target.0,
        deps.now(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(people.into_iter().map(UserId).collect())
}

/// How many were open. Those that have ended are kept as a record and go along; without a target they point to the plainest
/// role, which they give to nobody.
async fn move_invitations(
    transaction: &mut Transaction,
    org: &OrgActor,
    role: RoleId,
    target: Option<RoleId>,
) -> Result<usize> {
    let moved = sqlx::query_scalar!(
        "update tenant_invitations i set role_id = coalesce($3, member.id) from iam_roles member \
         where i.tenant_id = $1 and i.role_id = $2 and member.tenant_id = $1 and member.key = $4 \
         returning i.status",
        org.tenant().id.0,
        role.0,
        target.map(|target| target.0),
        DefaultRole::Member.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(moved.iter().filter(|status| *status == "pending").count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, custom_role, deps, join, join_as, organization, person, role_of};

    const READ: Permission = Permission::ProjectsRead;

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
        let painter = json!({ "role_id": target, "role": "Painter" });
        assert_eq!(after, json!({ "moved_to": painter, "people": 2, "invitations": 1 }));
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
        let owner = role_of(&database, &acme, "owner").await;
        let target = |code| Error::field("target", code);
        assert_eq!(
            refused(&admin, role, Some(above)).await,
            target(FieldCode::AboveOwnRights)
        );
        assert_eq!(
            refused(&admin, role, Some(owner)).await,
            target(FieldCode::AboveOwnRights)
        );
        assert_eq!(
            refused(&acme, role, Some(owner)).await,
            target(FieldCode::AboveOwnRights)
        );
        assert_eq!(refused(&acme, role, Some(role)).await, target(FieldCode::Malformed));
        assert_eq!(
            refused(&admin, above, Some(role)).await,
            Error::field("role", FieldCode::AboveOwnRights)
        );
        let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
        let foreign = role_of(&database, &other, "member").await;
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
    async fn guests_go_where_guests_may_be() {
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
        let (member, guest) = (
            role_of(&database, &acme, "member").await,
            role_of(&database, &acme, "guest").await,
        );
        let refused = delete(&acme, &deps, role, Some(member)).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("target", FieldCode::NotForGuests));
        delete(&acme, &deps, role, Some(guest)).await.unwrap();
        assert_eq!(OrgActor::enter(&bob, &deps, "acme").await.unwrap().role().id, guest);
    }

    #[tokio::test]
    async fn default_roles_stay_and_so_does_what_one_may_not_delete() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = role_of(&database, &acme, "member").await;
        for role in DefaultRole::ALL {
            let role = role_of(&database, &acme, role.key()).await;
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
        let member = role_of(&database, &acme, "member").await;
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
        while database.waiting().await == 0 {
            tokio::task::yield_now().await;
        }
    }
}
