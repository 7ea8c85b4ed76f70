//! Guest or member. A guest sees what they were given, and is counted in a class of their own.

use contract::{
    FieldCode,
    iam::{DefaultRole, MemberType, Permission},
    ids::{InvitationId, TenantId, UserId},
    people::MemberStatus,
};
use serde_json::json;

use super::{
    change_role::{Change, for_guests},
    invitation::{self, InHand},
    revoke, seats,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    billing::apply_limits,
    database::Transaction,
    mail::News,
    standing::{self, HeldRole, Standing},
};

/// What would be lost and gained, with the refusals that the change itself would have.
pub async fn preview(org: &OrgActor, deps: &Deps, person: UserId, member_type: MemberType) -> Result<Change> {
    org.require_change(Permission::MembersUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let (person, role) = plan(&mut transaction, org, person, member_type).await?;
    Ok(Change::of(&person, &role, member_type))
}

/// A guest who becomes a member takes a member's seat; a member who becomes a guest takes a guest's, and leaves the
/// workspaces: from then on they see what they are given by name. A default role goes with the type, so that guests are
/// guests and members at least members; a role of the organization's own stays.
pub async fn change_type(org: &OrgActor, deps: &Deps, person: UserId, member_type: MemberType) -> Result<()> {
    org.require_change(Permission::MembersUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let (person, role) = plan(&mut transaction, org, person, member_type).await?;
    if person.member_type == member_type {
        transaction.rollback().await?;
        return Ok(());
    }
    let tenant = org.tenant().id;
    // What a guest was invited to they are now: the seat that was kept for it is the one they take.
    let moot = match member_type {
        MemberType::Member => open_invitation(&mut transaction, tenant, person.user).await?,
        MemberType::Guest => None,
    };
    if let Some((invitation, _)) = &moot {
        revoke::end(&mut transaction, deps, tenant, *invitation).await?;
    }
    if person.status == MemberStatus::Active {
        seats::take(&mut transaction, deps, tenant, member_type, None).await?;
    }
    sqlx::query!(
        "update tenant_members set member_type = $3, role_id = $4, paused_at = null, updated_at = $5 \
         where tenant_id = $1 and user_id = $2",
        tenant.0,
        person.user.0,
        member_type.key(),
        role.id.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    if member_type == MemberType::Guest {
        sqlx::query!(
            "delete from workspace_members where tenant_id = $1 and user_id = $2",
            tenant.0,
            person.user.0,
        )
        .execute(&mut *transaction)
        .await?;
        standing::end_offers(&mut transaction, deps, tenant, person.user).await?;
    }
    apply_limits::later(&mut transaction, tenant).await?;
    if person.user != org.user().id() {
        standing::tell(&mut transaction, tenant, person.user, News::RoleChanged).await?;
    }
    if let Some((invitation, was)) = &moot {
        revoke::record(&mut transaction, org, deps, *invitation, was).await?;
    }
    org.audit(Action::MemberTypeChanged)
        .subject(person.user.0)
        .before(json!({ "member_type": person.member_type, "role_id": person.role.id, "role": person.role.name }))
        .after(json!({ "member_type": member_type, "role_id": role.id, "role": role.name }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

async fn open_invitation(
    transaction: &mut Transaction,
    tenant: TenantId,
    user: UserId,
) -> Result<Option<(InvitationId, InHand)>> {
    let open = sqlx::query_scalar!(
        "select i.id from tenant_invitations i join users u on u.email = i.email \
         where i.tenant_id = $1 and u.id = $2 and i.status = 'pending'",
        tenant.0,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    match open.map(InvitationId) {
        Some(id) => Ok(Some((id, invitation::read_open(transaction, tenant, id).await?))),
        None => Ok(None),
    }
}

async fn plan(
    transaction: &mut Transaction,
    org: &OrgActor,
    person: UserId,
    member_type: MemberType,
) -> Result<(Standing, HeldRole)> {
    let tenant = org.tenant().id;
    let actor = standing::hold(transaction, org, Permission::MembersUpdate).await?;
    let person = standing::of(transaction, tenant, person).await?;
    if !actor.may_touch(&person) {
        return Err(contract::Error::Forbidden.into());
    }
    let role = match member_type {
        MemberType::Guest if !for_guests(&person.role) => {
            standing::default_role(transaction, tenant, DefaultRole::Guest).await?
        }
        MemberType::Member if person.role.key == DefaultRole::Guest.key() => {
            standing::default_role(transaction, tenant, DefaultRole::Member).await?
        }
        MemberType::Guest | MemberType::Member => person.role.clone(),
    };
    if person.member_type != member_type {
        // As a member they may come to more than they have as a guest, in the same role.
        if !actor.may_give(&role) {
            return Err(contract::Error::field("member_type", FieldCode::AboveOwnRights).into());
        }
        if person.role.is_owner() {
            standing::require_another_owner(transaction, tenant, person.user).await?;
        }
    }
    Ok((person, role))
}

#[cfg(test)]
mod tests {
    use contract::{Error, error::Limit};

    use super::*;
    use crate::{
        people::{
            seats::seats,
            testing::{invite_as, open},
        },
        testing::{TestDatabase, custom_role, deps, join, join_as, join_as_guest, organization, person, project},
    };

    #[tokio::test]
    async fn a_contractor_becomes_a_guest_who_sees_what_is_given() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        project(&deps, &acme, "Work").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        let workspace = deps.id::<uuid::Uuid>();
        for statement in [
            "insert into workspaces values ($1, $2, 'Team', $3, now(), now())",
            "insert into workspace_members values ($1, $2, $3, now())",
        ] {
            sqlx::query(statement)
                .bind(acme.tenant().id.0)
                .bind(workspace)
                .bind(bob.id().0)
                .execute(database.owner())
                .await
                .unwrap();
        }
        let change = preview(&acme, &deps, bob.id(), MemberType::Guest).await.unwrap();
        assert_eq!((&*change.from.1, &*change.to.1), ("Member", "Guest"));
        assert!(change.lost.contains(Permission::ProjectsCreate));

        change_type(&acme, &deps, bob.id(), MemberType::Guest).await.unwrap();
        change_type(&acme, &deps, bob.id(), MemberType::Guest).await.unwrap();
        let guest = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        assert_eq!((guest.member_type(), &*guest.role().key), (MemberType::Guest, "guest"));
        assert_eq!(database.count("workspace_members").await, 0);
        let query = contract::project::ProjectQuery::default();
        let seen = crate::projects::list::list(&guest, &deps, &query).await.unwrap();
        assert_eq!(seen.total, 0);
        let used = seats(&acme, &deps).await.unwrap();
        assert_eq!((used.members.used, used.guests.used), (1, 1));
        assert_eq!(
            database.count("audit_log where action = 'member.type_changed'").await,
            1
        );

        change_type(&acme, &deps, bob.id(), MemberType::Member).await.unwrap();
        let member = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        assert_eq!(
            (member.member_type(), &*member.role().key),
            (MemberType::Member, "member")
        );
    }

    #[tokio::test]
    async fn the_invitation_to_become_a_member_ends_and_its_seat_is_the_one_they_take() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join_as_guest(&database, &deps, &acme, &bob).await;
        // Above what the admin may give, who changes the type all the same: it is moot.
        invite_as(&acme, &deps, "bob@example.test", DefaultRole::Owner).await;
        let admin = join(&database, &deps, &acme, &person(&deps, "cid").await, "admin").await;
        sqlx::query("update plan_limits set allowed = 3 where limit_key = 'members'")
            .execute(database.owner())
            .await
            .unwrap();
        change_type(&admin, &deps, bob.id(), MemberType::Member).await.unwrap();
        assert_eq!(seats(&acme, &deps).await.unwrap().members.used, 3);
        assert_eq!(open(&database, deps.now()).await, 0);
        assert_eq!(database.count("tenant_invitations where status = 'revoked'").await, 1);
        assert_eq!(database.count("audit_log where action = 'invitation.revoked'").await, 1);
    }

    #[tokio::test]
    async fn a_member_needs_a_members_seat_and_the_last_owner_is_no_guest() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "guest").await;
        change_type(&acme, &deps, bob.id(), MemberType::Guest).await.unwrap();
        sqlx::query("update plan_limits set allowed = 1 where limit_key = 'members'")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = change_type(&acme, &deps, bob.id(), MemberType::Member)
            .await
            .unwrap_err();
        let full = Error::LimitReached {
            limit: Limit::Members,
            used: 1,
            allowed: 1,
        };
        assert_eq!(Error::from(refused), full);
        let refused = change_type(&acme, &deps, ann.id(), MemberType::Guest)
            .await
            .unwrap_err();
        assert_eq!(Error::from(refused), Error::LastOwner);
    }

    #[tokio::test]
    async fn who_has_less_than_a_member_makes_none() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        join(&database, &deps, &acme, &bob, "guest").await;
        change_type(&acme, &deps, bob.id(), MemberType::Guest).await.unwrap();
        let desk = [
            Permission::MembersRead,
            Permission::MembersUpdate,
            Permission::TenantRead,
            Permission::ProjectsRead,
            Permission::TasksCreate,
            Permission::TasksUpdate,
        ];
        let desk = custom_role(&deps, &acme, "Desk", &desk).await;
        let desk = join_as(&database, &deps, &acme, &cid, desk).await;
        let refused = change_type(&desk, &deps, bob.id(), MemberType::Member)
            .await
            .unwrap_err();
        assert_eq!(
            Error::from(refused),
            Error::field("member_type", FieldCode::AboveOwnRights)
        );
    }
}
