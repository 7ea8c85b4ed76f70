//! Accepting the organization. The giver stays, as an admin.

use contract::{
    iam::{DefaultRole, MemberType},
    ids::{OwnershipOfferId, UserId},
    people::MemberStatus,
};
use serde_json::json;

use crate::{Deps, Result, actor::OrgActor, audit::Action, database::Transaction, mail::News, standing};

/// It needs no right: who is offered the organization gets them all. What the offer rests on is looked at again: the giver is an owner still, the receiver an active member. Only the one it
/// was made to finds it.
pub async fn accept_ownership(org: &OrgActor, deps: &Deps, offer: OwnershipOfferId) -> Result<()> {
    let (tenant, now) = (org.tenant().id, deps.now());
    let mut transaction = org.begin(deps).await?;
    let receiver = standing::hold_active(&mut transaction, org).await?;
    let made = sqlx::query!(
        "select offered_by, status, expires_at from ownership_offers \
         where tenant_id = $1 and id = $2 and offered_to = $3 for update",
        tenant.0,
        offer.0,
        receiver.user.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    if made.status != "open" || made.expires_at <= now {
        return Err(contract::Error::Conflict.into());
    }
    let giver = match standing::of(&mut transaction, tenant, made.offered_by.into()).await {
        Err(crate::Error::Refused(contract::Error::NotFound)) => return Err(contract::Error::Conflict.into()),
        other => other?,
    };
    let stands = giver.role.is_owner() && giver.status == MemberStatus::Active && giver.account_active;
    if !stands || receiver.member_type != MemberType::Member || !receiver.verified {
        return Err(contract::Error::Conflict.into());
    }
    let admin = standing::default_role(&mut transaction, tenant, DefaultRole::Admin).await?;
    for (user, role) in [(receiver.user, giver.role.id), (giver.user, admin.id)] {
        sqlx::query!(
            "update tenant_members set role_id = $3, updated_at = $4 where tenant_id = $1 and user_id = $2",
            tenant.0,
            user.0,
            role.0,
            now,
        )
        .execute(&mut *transaction)
        .await?;
    }
    sqlx::query!(
        "update ownership_offers set status = 'accepted', ended_at = $3 where tenant_id = $1 and id = $2",
        tenant.0,
        offer.0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    tell(&mut transaction, org, giver.user, receiver.user).await?;
    org.audit(Action::TenantOwnershipTransferred)
        .subject(tenant.0)
        .before(json!({ "owner": giver.user, "receiver_role": receiver.role.name }))
        .after(json!({ "owner": receiver.user, "giver_role": admin.name }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

async fn tell(transaction: &mut Transaction, org: &OrgActor, giver: UserId, receiver: UserId) -> Result<()> {
    let tenant = org.tenant().id;
    standing::tell(transaction, tenant, receiver, News::OwnershipReceived).await?;
    standing::tell(transaction, tenant, giver, News::OwnershipGiven).await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::Error;

    use super::*;
    use crate::{
        identity::deactivate_account::deactivate,
        people::{
            change_role::change_role,
            offer_ownership::{VALID_FOR, offer_ownership},
            offers::open,
        },
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person, proven, role_of},
    };

    #[tokio::test]
    async fn the_receiver_is_owner_and_the_giver_admin() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let receiver = join(&database, &deps, &acme, &bob, "member").await;
        let other = join(&database, &deps, &acme, &cid, "admin").await;
        proven(&database, &bob).await;
        let offer = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        for actor in [&acme, &other] {
            let refused = accept_ownership(actor, &deps, offer).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::NotFound);
        }
        accept_ownership(&receiver, &deps, offer).await.unwrap();
        let again = accept_ownership(&receiver, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(again), Error::Conflict);
        assert!(OrgActor::enter(&bob, &deps, "acme").await.unwrap().is_owner());
        let was = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        assert_eq!(was.role().key, "admin");
        assert_eq!(open(&was, &deps).await.unwrap(), None);
        for kind in ["ownership_offered", "ownership_received", "ownership_given"] {
            let mailed = format!("graphile_worker._private_jobs where key like 'mail:{kind}:%'");
            assert_eq!(database.count(&mailed).await, 1, "{kind}");
        }
    }

    /// Another tab, or a request that was on its way: an owner whose account rests would be the only one.
    #[tokio::test]
    async fn not_by_who_paused_their_account_meanwhile() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        let receiver = join(&database, &deps, &acme, &bob, "member").await;
        proven(&database, &bob).await;
        let offer = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        deactivate(&bob, &deps).await.unwrap();
        let refused = accept_ownership(&receiver, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Unauthenticated);
    }

    #[tokio::test]
    async fn not_after_seven_days() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        let receiver = join(&database, &deps, &acme, &bob, "member").await;
        proven(&database, &bob).await;
        let offer = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        clock.advance(VALID_FOR);
        let refused = accept_ownership(&receiver, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);
        clock.advance(TimeDelta::seconds(-1));
        accept_ownership(&receiver, &deps, offer).await.unwrap();
    }

    #[tokio::test]
    async fn what_it_rests_on_is_looked_at_again() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let receiver = join(&database, &deps, &acme, &bob, "member").await;
        let second = join(&database, &deps, &acme, &cid, "owner").await;
        proven(&database, &bob).await;
        let offer = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        // Past the operation that would have ended the offer: the look at the giver has to hold by itself.
        let admin = role_of(&database, &acme, "admin").await;
        sqlx::query("update tenant_members set role_id = $1 where user_id = $2")
            .bind(admin.0)
            .bind(ann.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let refused = accept_ownership(&receiver, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);
        let owner = role_of(&database, &acme, "owner").await;
        change_role(&second, &deps, ann.id(), owner).await.unwrap();
        assert_eq!(open(&acme, &deps).await.unwrap(), None, "ended with the change");
    }
}
