//! Offering the organization to a member. Nothing changes until they accept.

use chrono::TimeDelta;
use contract::{
    FieldCode,
    iam::{MemberType, Permission},
    ids::{OwnershipOfferId, UserId},
    people::MemberStatus,
};
use serde_json::json;

use super::standing;
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action, mail::News};

/// How long an offer can be accepted.
pub const VALID_FOR: TimeDelta = TimeDelta::days(7);

/// For owners who signed in recently, to an active member who has proven their address. One offer is open at a time.
pub async fn offer_ownership(org: &OrgActor, deps: &Deps, to: UserId) -> Result<OwnershipOfferId> {
    org.require_change(Permission::TenantDelete)?;
    org.user().require_recent_sign_in(deps)?;
    let (tenant, now) = (org.tenant().id, deps.now());
    let mut transaction = org.begin(deps).await?;
    let giver = standing::hold(&mut transaction, org, Permission::TenantDelete).await?;
    if !giver.role.is_owner() {
        return Err(contract::Error::Forbidden.into());
    }
    let receiver = standing::of(&mut transaction, tenant, to).await?;
    if receiver.member_type == MemberType::Guest {
        return Err(contract::Error::field("person", FieldCode::NotForGuests).into());
    }
    let fit = receiver.status == MemberStatus::Active && receiver.account_active && receiver.verified;
    if !fit || receiver.role.is_owner() {
        return Err(contract::Error::Conflict.into());
    }
    sqlx::query!(
        "update ownership_offers set status = 'withdrawn', ended_at = $2 \
         where tenant_id = $1 and status = 'open' and expires_at <= $2",
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
    .await
    .on_constraint("ownership_offers_open_key", || contract::Error::Conflict)?;
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
    use crate::testing::{TestDatabase, clock_and_deps, deps, join, organization, person, proven};

    #[tokio::test]
    async fn an_owner_offers_to_a_member_with_a_proven_address() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let admin = join(&database, &deps, &acme, &bob, "admin").await;
        join(&database, &deps, &acme, &cid, "member").await;
        let refused = offer_ownership(&acme, &deps, bob.id()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict, "not proven");
        proven(&database, &bob).await;
        proven(&database, &cid).await;
        offer_ownership(&acme, &deps, bob.id()).await.unwrap();
        for (actor, to, expected) in [
            (&acme, cid.id(), Error::Conflict),
            (&acme, ann.id(), Error::Conflict),
            (&admin, cid.id(), Error::Forbidden),
        ] {
            let refused = offer_ownership(actor, &deps, to).await.unwrap_err();
            assert_eq!(Error::from(refused), expected);
        }
        assert_eq!(database.count("ownership_offers where status = 'open'").await, 1);
        assert_eq!(
            database
                .count("audit_log where action = 'tenant.ownership_offered'")
                .await,
            1
        );
    }

    #[tokio::test]
    async fn one_that_ran_out_makes_room_and_signing_in_must_be_recent() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        proven(&database, &bob).await;
        offer_ownership(&acme, &deps, bob.id()).await.unwrap();
        sqlx::query("update ownership_offers set expires_at = $1, created_at = $1 - interval '7 days'")
            .bind(deps.now())
            .execute(database.owner())
            .await
            .unwrap();
        offer_ownership(&acme, &deps, bob.id()).await.unwrap();
        assert_eq!(database.count("ownership_offers where status = 'withdrawn'").await, 1);
        clock.advance(TimeDelta::minutes(16));
        let refused = offer_ownership(&acme, &deps, bob.id()).await.unwrap_err();
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
            let refused = offer_ownership(&acme, &deps, to).await.unwrap_err();
            assert_eq!(Error::from(refused), expected);
        }
    }
}
