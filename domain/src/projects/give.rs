//! Giving a project to a guest, and taking it back. No visit does either: who gets to see what is the organization's.

use contract::{
    FieldCode,
    iam::{MemberType, Permission},
    ids::{ProjectId, UserId},
};
use serde_json::json;

use super::{lock::lock, share::require_member};
use crate::{Deps, Result, actor::OrgActor, audit::Action, standing, workspaces::member_type};

/// To active guests only: members see a project by its workspace. Given already is no error.
pub async fn give(org: &OrgActor, deps: &Deps, project: ProjectId, guest: UserId) -> Result<()> {
    org.require_change(Permission::ProjectsUpdate)?;
    org.require_own_hands()?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold(&mut transaction, org, Permission::ProjectsUpdate).await?;
    let locked = lock(&mut transaction, org, project).await?;
    require_member(actor.member_type)?;
    locked.require_changeable()?;
    let kind = sqlx::query_scalar!(
        "select member_type from tenant_members where tenant_id = $1 and user_id = $2 and status = 'active' for share",
        tenant,
        guest.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or_else(|| contract::Error::field("person", FieldCode::NotAMember))?;
    if member_type(&kind)? != MemberType::Guest {
        return Err(contract::Error::field("person", FieldCode::NotAGuest).into());
    }
    let given = sqlx::query!(
        "insert into project_guests (tenant_id, project_id, user_id, added_at) values ($1, $2, $3, $4) on conflict do nothing",
        tenant,
        project.0,
        guest.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    if given.rows_affected() == 1 {
        org.audit(Action::ProjectShared)
            .subject(project.0)
            .after(json!({ "guest_id": guest }))
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Tasks they were given stay theirs until somebody gives them to another. Not given any more is no error.
pub async fn take_back(org: &OrgActor, deps: &Deps, project: ProjectId, guest: UserId) -> Result<()> {
    org.require_relief(Permission::ProjectsUpdate)?;
    org.require_own_hands()?;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold_for_relief(&mut transaction, org, Permission::ProjectsUpdate).await?;
    let locked = lock(&mut transaction, org, project).await?;
    require_member(actor.member_type)?;
    locked.require_outside_bin()?;
    let taken = sqlx::query!(
        "delete from project_guests where tenant_id = $1 and project_id = $2 and user_id = $3",
        org.tenant().id.0,
        project.0,
        guest.0,
    )
    .execute(&mut *transaction)
    .await?;
    if taken.rows_affected() == 1 {
        org.audit(Action::ProjectShared)
            .subject(project.0)
            .before(json!({ "guest_id": guest }))
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::get::get,
        testing::{TestDatabase, deps, join, join_as_guest, organization, person, project},
    };

    #[tokio::test]
    async fn a_guest_sees_it_from_now_until_it_is_taken_back() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let guest = join_as_guest(&database, &deps, &acme, &person(&deps, "cid").await).await;
        let work = project(&deps, &acme, "Work").await;
        let id = guest.user().id();
        get(&guest, &deps, work).await.unwrap_err();
        for _ in 0..2 {
            give(&bob, &deps, work, id).await.unwrap();
        }
        get(&guest, &deps, work).await.unwrap();
        for _ in 0..2 {
            take_back(&bob, &deps, work, id).await.unwrap();
        }
        let refused = get(&guest, &deps, work).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        assert_eq!(database.count("audit_log where action = 'project.shared'").await, 2);
    }

    #[tokio::test]
    async fn only_guests_are_given_one_and_they_give_none() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let guest = join_as_guest(&database, &deps, &acme, &person(&deps, "cid").await).await;
        let stranger = person(&deps, "dan").await;
        let work = project(&deps, &acme, "Work").await;
        for (user, code) in [
            (bob.user().id(), FieldCode::NotAGuest),
            (stranger.id(), FieldCode::NotAMember),
        ] {
            let refused = give(&acme, &deps, work, user).await.unwrap_err();
            assert_eq!(contract::Error::from(refused), contract::Error::field("person", code));
        }
        assert_eq!(database.count("project_guests").await, 0);
        let refused = give(&guest, &deps, work, guest.user().id()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
