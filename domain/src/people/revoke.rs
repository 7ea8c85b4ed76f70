//! Taking an invitation back.

use contract::{
    iam::Permission,
    ids::{InvitationId, TenantId},
};
use serde_json::json;

use super::{
    code,
    invitation::{InHand, in_hand},
};
use crate::{Deps, Result, actor::OrgActor, audit::Action, database::Transaction, standing};

/// Its links lead nowhere from here on, and its seat is free. One that was accepted, declined or taken back is no longer
/// open: a conflict.
pub async fn revoke(org: &OrgActor, deps: &Deps, id: InvitationId) -> Result<()> {
    org.require_relief(Permission::MembersInvite)?;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold_for_relief(&mut transaction, org, Permission::MembersInvite).await?;
    let open = in_hand(&mut transaction, &actor, org.tenant().id, id).await?;
    end(&mut transaction, deps, org.tenant().id, id).await?;
    record(&mut transaction, org, deps, id, &open).await?;
    transaction.commit().await?;
    Ok(())
}

pub(super) async fn end(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, id: InvitationId) -> Result<()> {
    sqlx::query!(
        "update tenant_invitations set status = 'revoked', ended_at = $3 \
         where tenant_id = $1 and id = $2 and status = 'pending'",
        tenant.0,
        id.0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    code::void(transaction, tenant, id).await
}

pub(super) async fn record(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    id: InvitationId,
    was: &InHand,
) -> Result<()> {
    org.audit(Action::InvitationRevoked)
        .subject(id.0)
        .before(json!({ "email": was.email, "role": was.role.name, "type": was.member_type.key() }))
        .write(transaction, deps)
        .await
}

#[cfg(test)]
mod tests {
    use contract::{Error, FieldCode, iam::DefaultRole};

    use super::*;
    use crate::{
        people::{
            invite::invite,
            look_up::look_up,
            testing::{invite_one, mailed_code, offer, open},
        },
        testing::{TestDatabase, deps, join, organization, person, visitor},
    };

    #[tokio::test]
    async fn its_links_lead_nowhere_and_its_seat_is_free() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let invitation = invite_one(&acme, &deps, "new@example.test").await;
        let code = mailed_code(&database, &deps, &acme, invitation).await;
        revoke(&acme, &deps, invitation).await.unwrap();
        let told = look_up(&visitor(), None, &deps, &code).await.unwrap_err();
        assert_eq!(Error::from(told), Error::NotFound);
        assert_eq!(open(&database, deps.now()).await, 0);
        assert_eq!(database.count("invitation_codes").await, 0);
        let again = revoke(&acme, &deps, invitation).await.unwrap_err();
        assert_eq!(Error::from(again), Error::Conflict);
        assert_eq!(database.count("audit_log where action = 'invitation.revoked'").await, 1);
        invite_one(&acme, &deps, "new@example.test").await;
        assert_eq!(
            database.count("tenant_invitations").await,
            2,
            "a new one, beside what was"
        );
    }

    #[tokio::test]
    async fn an_owners_invitation_is_for_owners_to_take_back() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let owners = offer(&acme, &deps, DefaultRole::Owner).await;
        let invited = invite(&acme, &deps, &owners, "new@example.test").await.unwrap();
        let invitation = invited.report.rows[0].outcome.invitation().unwrap();
        let refused = Error::from(revoke(&admin, &deps, invitation).await.unwrap_err());
        assert_eq!(refused, Error::field("role", FieldCode::AboveOwnRights));
        assert_eq!(open(&database, deps.now()).await, 1);
    }
}
