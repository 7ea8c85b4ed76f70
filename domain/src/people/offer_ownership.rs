//! Offering the organization to a member. Nothing changes until they accept.

use chrono::TimeDelta;
use contract::{
    FieldCode,
    iam::{MemberType, Permission},
    ids::{OwnershipOfferId, UserId},
    people::MemberStatus,
};
use serde_json::json;

use crate::{Deps, Result, actor::OrgActor, audit::Action, mail::News, standing};

/// How long an offer can be accepted.
pub const VALID_FOR: TimeDelta = TimeDelta::days(7);

/// `confirmation` is the organization's name, typed: nobody gives it away by a slip.
///
/// For owners who signed in recently, to an active member who has proven their address. One offer is open at a time: a new
/// one takes its place.
pub async fn offer_ownership(org: &OrgActor, deps: &Deps, to: UserId, confirmation: &str) -> Result<OwnershipOfferId> {
    org.require_relief(Permission::TenantDelete)?;
    org.user().require_recent_sign_in(deps)?;
    let (tenant, now) = (org.tenant().id, deps.now());
    let mut transaction = org.begin(deps).await?;
    let giver = standing::hold_for_relief(&mut transaction, org, Permission::TenantDelete).await?;
    // A role of the organization's own may have every right there is; the organization is not its to give.
    if !giver.role.is_owner() {
        return Err(contract::Error::field("person", FieldCode::AboveOwnRights).into());
    }
    let receiver = standing::of(&mut transaction, tenant, to).await?;
    if confirmation.trim() != org.tenant().name {
        return Err(contract::Error::field("confirm", FieldCode::Mismatch).into());
    }
    if receiver.member_type == MemberType::Guest {
        return Err(contract::Error::field("person", FieldCode::NotForGuests).into());
    }
    let fit = receiver.status == MemberStatus::Active && receiver.account_active && receiver.verified;
    if !fit || receiver.role.is_owner() {
        return Err(contract::Error::Conflict.into());
    }
    sqlx::query!(
        "update ownership_offers set status = 'withdrawn', ended_at = $2 \
         where tenant_id = $1 and status = 'open'",
        tenant.0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    let offer: OwnershipOfferId = deps.id();
    sqlx::query!(
        "insert into ownership_offers (tenant_id, id, offered_by, offered_to, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6)",
        tenant.0,
        offer.0,
        giver.user.0,
        receiver.user.0,
        now,
        now + VALID_FOR,
    )
    .execute(&mut *transaction)
    .await?;
    standing::tell(&mut transaction, tenant, receiver.user, News::OwnershipOffered).await?;
    org.audit(Action::TenantOwnershipOffered)
        .subject(tenant.0)
        .after(json!({ "offer": offer, "offered_to": receiver.user, "expires_at": now + VALID_FOR }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(offer)
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::testing::{
        TestDatabase, clock_and_deps, custom_role, deps, join, join_as, organization, person, proven,
    };

    #[tokio::test]
    async fn an_owner_offers_to_a_member_with_a_proven_address() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let admin = join(&database, &deps, &acme, &bob, "admin").await;
        join(&database, &deps, &acme, &cid, "member").await;
        let keeper = custom_role(&deps, &acme, "Keeper", Permission::ALL).await;
        let keeper = join_as(&database, &deps, &acme, &person(&deps, "dan").await, keeper).await;
        let refused = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict, "not proven");
        proven(&database, &bob).await;
        proven(&database, &cid).await;
        let refused = offer_ownership(&acme, &deps, bob.id(), "acmee").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("confirm", FieldCode::Mismatch));
        offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        for (actor, to, expected) in [
            (&acme, ann.id(), Error::Conflict),
            (&admin, cid.id(), Error::Forbidden),
            (&keeper, cid.id(), Error::field("person", FieldCode::AboveOwnRights)),
        ] {
            let refused = offer_ownership(actor, &deps, to, "acme").await.unwrap_err();
            assert_eq!(Error::from(refused), expected);
        }
        offer_ownership(&acme, &deps, cid.id(), "acme").await.unwrap();
        let open: uuid::Uuid = sqlx::query_scalar("select offered_to from ownership_offers where status = 'open'")
            .fetch_one(database.owner())
            .await
            .unwrap();
        assert_eq!(open, cid.id().0);
        let offered = "audit_log where action = 'tenant.ownership_offered'";
        assert_eq!(database.count(offered).await, 2);
    }

    #[tokio::test]
    async fn signing_in_must_be_recent() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        proven(&database, &bob).await;
        clock.advance(TimeDelta::minutes(16));
        let refused = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::RecentSignInRequired);
    }

    #[tokio::test]
    async fn not_to_a_guest_nor_to_who_is_suspended_or_elsewhere() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        for one in [&bob, &cid] {
            join(&database, &deps, &acme, one, "member").await;
            proven(&database, one).await;
        }
        super::super::suspend::suspend(&acme, &deps, bob.id()).await.unwrap();
        super::super::change_type::change_type(&acme, &deps, cid.id(), MemberType::Guest)
            .await
            .unwrap();
        let stranger = person(&deps, "dan").await;
        for (to, expected) in [
            (bob.id(), Error::Conflict),
            (cid.id(), Error::field("person", FieldCode::NotForGuests)),
            (stranger.id(), Error::NotFound),
        ] {
            let refused = offer_ownership(&acme, &deps, to, "acme").await.unwrap_err();
            assert_eq!(Error::from(refused), expected);
        }
    }
}
