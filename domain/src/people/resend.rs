//! Mailing an invitation again, with a new time to run.

use contract::{
    iam::Permission,
    ids::{InvitationId, TenantId},
};
use serde_json::json;

use super::{
    invitation::{InHand, LIFETIME, in_hand},
    invite, seats,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::Transaction,
    standing::{self, Standing},
};

/// It is an invitation of who sends it again, so that one whose inviter has left works once more. One that had expired needs
/// a free seat, and one that makes an owner a recent sign-in. What it promised to show goes with it as far as they see it: it
/// is theirs to give now.
pub async fn resend(org: &OrgActor, deps: &Deps, id: InvitationId) -> Result<()> {
    org.require_change(Permission::MembersInvite)?;
    let mut transaction = org.begin(deps).await?;
    let (_, InHand { email: address, .. }) = in_reach(&mut transaction, org, deps, id).await?;
    transaction.commit().await?;
    invite::count(org, deps, &address).await?;

    let mut transaction = org.begin(deps).await?;
    let (actor, open) = in_reach(&mut transaction, org, deps, id).await?;
    let now = deps.now();
    if open.expires_at <= now {
        seats::take(&mut transaction, deps, org.tenant().id, open.member_type, Some(id)).await?;
    }
    sqlx::query!(
        "update tenant_invitations set invited_by = $3, sent_at = $4, expires_at = $5, undeliverable_at = null \
         where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        id.0,
        org.user().id().0,
        now,
        now + LIFETIME,
    )
    .execute(&mut *transaction)
    .await?;
    keep_visible(&mut transaction, org.tenant().id, &actor, id).await?;
    invite::tell(&mut transaction, org, id).await?;
    org.audit(Action::InvitationResent)
        .subject(id.0)
        .after(json!({ "email": open.email, "role": open.role.name, "type": open.member_type.key() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

async fn in_reach(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    id: InvitationId,
) -> Result<(Standing, InHand)> {
    let actor = standing::hold(transaction, org, Permission::MembersInvite).await?;
    let open = in_hand(transaction, &actor, org.tenant().id, id).await?;
    standing::require_recent_sign_in_for(org, deps, &open.role)?;
    Ok((actor, open))
}

async fn keep_visible(
    transaction: &mut Transaction,
    tenant: TenantId,
    actor: &Standing,
    id: InvitationId,
) -> Result<()> {
    sqlx::query!(
        "delete from tenant_invitation_grants g where g.tenant_id = $1 and g.invitation_id = $2 \
         and not exists (select from projects p where p.tenant_id = $1 and p.id = g.project_id) \
         and not exists ( \
            select from workspaces w where w.tenant_id = $1 and w.id = g.workspace_id and ($3 or exists ( \
                select from workspace_members m where m.tenant_id = $1 and m.workspace_id = w.id and m.user_id = $4 \
            )) \
         )",
        tenant.0,
        id.0,
        actor.sees_everything(),
        actor.user.0,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, FieldCode, error::Limit, iam::DefaultRole};

    use super::*;
    use crate::{
        people::{
            invite::{Grant, Offer},
            testing::{invite_as, invite_one, mails, offer, open},
        },
        testing::{
            TestDatabase, clock_and_deps, custom_role, into_workspace, join, join_as, organization, person, project,
            project_in, workspace,
        },
    };

    #[tokio::test]
    async fn it_runs_for_a_week_again_and_is_the_senders() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let invitation = invite_one(&acme, &deps, "new@example.test").await;
        clock.advance(TimeDelta::days(3));
        resend(&admin, &deps, invitation).await.unwrap();
        let later = deps.now() + LIFETIME;
        let row: (chrono::DateTime<chrono::Utc>, uuid::Uuid) =
            sqlx::query_as("select expires_at, invited_by from tenant_invitations")
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!(row, (later, admin.user().id().0));
        assert_eq!(mails(&database, "Invitation").await, 1, "one mail that waits, not two");
        assert_eq!(database.count("audit_log where action = 'invitation.resent'").await, 1);
    }

    #[tokio::test]
    async fn what_the_sender_does_not_see_is_not_theirs_to_give() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let inviting = custom_role(
            &deps,
            &acme,
            "Host",
            &[
                Permission::MembersInvite,
                Permission::ProjectsRead,
                Permission::TenantRead,
                Permission::TasksCreate,
                Permission::TasksUpdate,
            ],
        )
        .await;
        let bob = join_as(&database, &deps, &acme, &person(&deps, "bob").await, inviting).await;
        let (theirs, other) = (
            workspace(&deps, &acme, "Theirs").await,
            workspace(&deps, &acme, "Other").await,
        );
        into_workspace(&deps, &acme, theirs, &bob).await;
        let (open, inside, outside) = (
            project(&deps, &acme, "Open").await,
            project_in(&deps, &acme, "Inside", theirs).await,
            project_in(&deps, &acme, "Outside", other).await,
        );
        let made = Offer {
            grants: vec![
                Grant::Workspace(theirs),
                Grant::Workspace(other),
                Grant::Project(open),
                Grant::Project(inside),
                Grant::Project(outside),
            ],
            ..offer(&acme, &deps, DefaultRole::Guest).await
        };
        let invited = super::super::invite::invite(&acme, &deps, &made, "new@example.test")
            .await
            .unwrap();
        let invitation = invited.report.rows[0].outcome.invitation().unwrap();
        resend(&acme, &deps, invitation).await.unwrap();
        assert_eq!(database.count("tenant_invitation_grants").await, 5);
        resend(&bob, &deps, invitation).await.unwrap();
        let kept =
            format!("tenant_invitation_grants where workspace_id = '{theirs}' or project_id in ('{open}', '{inside}')");
        assert_eq!(database.count(&kept).await, 3);
        assert_eq!(database.count("tenant_invitation_grants").await, 3);
    }

    #[tokio::test]
    async fn one_that_has_expired_needs_a_seat_again() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let expired = invite_one(&acme, &deps, "late@example.test").await;
        clock.advance(LIFETIME);
        for number in 1..=4 {
            invite_one(&acme, &deps, &format!("new{number}@example.test")).await;
        }
        let refused = Error::from(resend(&acme, &deps, expired).await.unwrap_err());
        let full = Error::LimitReached {
            limit: Limit::Members,
            used: 5,
            allowed: 5,
        };
        assert_eq!(refused, full);
        assert_eq!(open(&database, deps.now()).await, 4);
        super::super::revoke::revoke(&acme, &deps, newest(&database).await)
            .await
            .unwrap();
        resend(&acme, &deps, expired).await.unwrap();
        assert_eq!(open(&database, deps.now()).await, 4);
    }

    async fn newest(database: &TestDatabase) -> InvitationId {
        sqlx::query_scalar::<_, uuid::Uuid>("select id from tenant_invitations where email = 'new4@example.test'")
            .fetch_one(database.owner())
            .await
            .unwrap()
            .into()
    }

    #[tokio::test]
    async fn it_is_refused_beyond_ones_own_rights_after_its_end_and_too_often() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let member = join(&database, &deps, &acme, &person(&deps, "sue").await, "member").await;
        let owners = offer(&acme, &deps, DefaultRole::Owner).await;
        let invited = super::super::invite::invite(&acme, &deps, &owners, "new@example.test")
            .await
            .unwrap();
        let invitation = invited.report.rows[0].outcome.invitation().unwrap();
        let refused = Error::from(resend(&admin, &deps, invitation).await.unwrap_err());
        assert_eq!(refused, Error::field("role", FieldCode::AboveOwnRights));
        let refused = Error::from(resend(&member, &deps, invitation).await.unwrap_err());
        assert_eq!(refused, Error::Forbidden);
        for _ in 0..5 {
            resend(&acme, &deps, invitation).await.unwrap();
        }
        let refused = Error::from(resend(&acme, &deps, invitation).await.unwrap_err());
        assert!(matches!(refused, Error::Throttled { .. }), "{refused}");
        super::super::revoke::revoke(&acme, &deps, invitation).await.unwrap();
        let refused = Error::from(resend(&acme, &deps, invitation).await.unwrap_err());
        assert_eq!(refused, Error::Conflict);
    }

    #[tokio::test]
    async fn what_makes_an_owner_is_sent_again_only_right_after_signing_in() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let owner = invite_as(&acme, &deps, "new@example.test", DefaultRole::Owner).await;
        let admin = invite_as(&acme, &deps, "other@example.test", DefaultRole::Admin).await;
        clock.advance(TimeDelta::minutes(16));
        let refused = Error::from(resend(&acme, &deps, owner).await.unwrap_err());
        assert_eq!(refused, Error::RecentSignInRequired);
        resend(&acme, &deps, admin).await.unwrap();
        clock.advance(TimeDelta::minutes(-2));
        resend(&acme, &deps, owner).await.unwrap();
    }
}
