//! Another role. What is lost by it is known before it is done.

use contract::{
    FieldCode,
    iam::{MemberType, Permission, PermissionSet},
    ids::{RoleId, UserId},
};
use serde_json::json;

use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::Transaction,
    mail::News,
    standing::{self, HeldRole, Standing},
};

/// What a change comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub from: (RoleId, String),
    pub to: (RoleId, String),
    pub makes_owner: bool,
    pub lost: PermissionSet,
    pub gained: PermissionSet,
}

impl Change {
    pub(super) fn of(person: &Standing, role: &HeldRole, member_type: MemberType) -> Self {
        let before = person.permissions();
        let after = match member_type {
            MemberType::Member => role.permissions,
            MemberType::Guest => standing::for_guests(role.permissions),
        };
        Self {
            from: (person.role.id, person.role.name.clone()),
            to: (role.id, role.name.clone()),
            makes_owner: role.is_owner() && !person.role.is_owner(),
            lost: before.minus(after),
            gained: after.minus(before),
        }
    }
}

/// What would be lost and gained, with the refusals that the change itself would have.
pub async fn preview(org: &OrgActor, deps: &Deps, person: UserId, role: RoleId) -> Result<Change> {
    org.require_change(Permission::MembersUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let (person, role) = plan(&mut transaction, org, deps, person, role).await?;
    Ok(Change::of(&person, &role, person.member_type))
}

/// Neither the role that is given nor the person it is given to may be above the one who gives it. Making an owner is for
/// owners who signed in recently: they share all there is.
pub async fn change_role(org: &OrgActor, deps: &Deps, person: UserId, role: RoleId) -> Result<()> {
    org.require_change(Permission::MembersUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let (person, role) = plan(&mut transaction, org, deps, person, role).await?;
    if person.role.id == role.id {
        transaction.rollback().await?;
        return Ok(());
    }
    let tenant = org.tenant().id;
    sqlx::query!(
        "update tenant_members set role_id = $3, updated_at = $4 where tenant_id = $1 and user_id = $2",
        tenant.0,
        person.user.0,
        role.id.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    if person.role.is_owner() || role.is_owner() {
        standing::end_offers(&mut transaction, deps, tenant, person.user).await?;
    }
    if person.user != org.user().id() {
        standing::tell(&mut transaction, tenant, person.user, News::RoleChanged).await?;
    }
    org.audit(Action::MemberRoleChanged)
        .subject(person.user.0)
        .before(json!({ "role_id": person.role.id, "role": person.role.name }))
        .after(json!({ "role_id": role.id, "role": role.name }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Locks what the change rests on and refuses what may not be.
async fn plan(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    person: UserId,
    role: RoleId,
) -> Result<(Standing, HeldRole)> {
    let tenant = org.tenant().id;
    let actor = standing::hold(transaction, org, Permission::MembersUpdate).await?;
    let person = standing::of(transaction, tenant, person).await?;
    if !actor.may_touch(&person) {
        return Err(contract::Error::Forbidden.into());
    }
    let role = standing::role(transaction, tenant, role).await?;
    if person.role.id == role.id {
        return Ok((person, role));
    }
    if !actor.may_give(&role) {
        return Err(contract::Error::field("role", FieldCode::AboveOwnRights).into());
    }
    if person.member_type == MemberType::Guest && !for_guests(&role) {
        return Err(contract::Error::field("role", FieldCode::NotForGuests).into());
    }
    standing::require_recent_sign_in_for(org, deps, &role)?;
    if person.role.is_owner() {
        standing::require_another_owner(transaction, tenant, person.user).await?;
    }
    Ok((person, role))
}

/// Guests have the role that is made for them or one of the organization's own.
pub(crate) fn for_guests(role: &HeldRole) -> bool {
    !role.is_default || role.key == contract::iam::DefaultRole::Guest.key()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, iam::DefaultRole};

    use super::*;
    use crate::testing::{TestDatabase, clock_and_deps, deps, join, organization, person, role_of};

    #[tokio::test]
    async fn what_is_lost_is_named_then_done_recorded_and_mailed() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "admin").await;
        let member = role_of(&database, &acme, "member").await;

        let change = preview(&acme, &deps, bob.id(), member).await.unwrap();
        assert_eq!((&*change.from.1, &*change.to.1), ("Admin", "Member"));
        assert!(change.lost.contains(Permission::MembersUpdate) && !change.lost.contains(Permission::ProjectsCreate));
        assert_eq!(change.gained, PermissionSet::default());

        change_role(&acme, &deps, bob.id(), member).await.unwrap();
        change_role(&acme, &deps, bob.id(), member).await.unwrap();
        let now = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        assert_eq!(now.role().name, "Member");
        assert!(!now.permissions().contains(Permission::MembersUpdate));
        assert_eq!(
            database.count("audit_log where action = 'member.role_changed'").await,
            1
        );
        let mailed = database.count("graphile_worker._private_jobs where key like 'mail:role_changed:%'");
        assert_eq!(mailed.await, 1);
    }

    #[tokio::test]
    async fn nobody_gives_or_touches_what_is_above_them() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let admin = join(&database, &deps, &acme, &bob, "admin").await;
        join(&database, &deps, &acme, &cid, "member").await;
        let above = Error::field("role", FieldCode::AboveOwnRights);
        for (role, expected) in [("owner", &above), ("billing", &above)] {
            let role = role_of(&database, &acme, role).await;
            for target in [&cid, &bob] {
                let refused = change_role(&admin, &deps, target.id(), role).await.unwrap_err();
                assert_eq!(&Error::from(refused), expected);
            }
        }
        let member = role_of(&database, &acme, "member").await;
        let refused = change_role(&admin, &deps, ann.id(), member).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        assert_eq!(
            database.count("audit_log where action = 'member.role_changed'").await,
            0
        );
    }

    #[tokio::test]
    async fn the_last_owner_stays_one_and_a_second_is_made_only_right_after_signing_in() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        let (owner, admin) = (
            role_of(&database, &acme, "owner").await,
            role_of(&database, &acme, "admin").await,
        );
        let refused = change_role(&acme, &deps, ann.id(), admin).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::LastOwner);
        clock.advance(TimeDelta::minutes(16));
        let refused = change_role(&acme, &deps, bob.id(), owner).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::RecentSignInRequired);
        clock.advance(TimeDelta::minutes(-10));
        change_role(&acme, &deps, bob.id(), owner).await.unwrap();
        change_role(&acme, &deps, ann.id(), admin).await.unwrap();
        let bob = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        let refused = change_role(&bob, &deps, bob.user().id(), admin).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::LastOwner);
    }

    #[tokio::test]
    async fn a_suspended_owner_is_no_other_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "owner").await;
        super::super::suspend::suspend(&acme, &deps, bob.id()).await.unwrap();
        let admin = role_of(&database, &acme, "admin").await;
        let refused = change_role(&acme, &deps, ann.id(), admin).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::LastOwner);
    }

    #[tokio::test]
    async fn a_guest_takes_no_role_of_members_and_nobody_of_elsewhere_is_found() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "olaf").await, "other").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "guest").await;
        super::super::change_type::change_type(&acme, &deps, bob.id(), MemberType::Guest)
            .await
            .unwrap();
        let admin = role_of(&database, &acme, DefaultRole::Admin.key()).await;
        let refused = change_role(&acme, &deps, bob.id(), admin).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("role", FieldCode::NotForGuests));
        for (person, role) in [
            (other.user().id(), admin),
            (bob.id(), role_of(&database, &other, "guest").await),
        ] {
            let refused = change_role(&acme, &deps, person, role).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::NotFound);
        }
    }
}
