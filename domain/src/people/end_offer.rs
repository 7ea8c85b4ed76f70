//! An offer of the organization that comes to nothing: declined by the one, or taken back by the other.

use contract::{iam::Permission, ids::OwnershipOfferId};
use serde_json::json;

use crate::{Deps, Result, actor::OrgActor, audit::Action, standing};

/// By the one it was made to.
pub async fn decline_ownership(org: &OrgActor, deps: &Deps, offer: OwnershipOfferId) -> Result<()> {
    end(org, deps, offer, "declined").await
}

/// By any owner.
pub async fn withdraw_ownership(org: &OrgActor, deps: &Deps, offer: OwnershipOfferId) -> Result<()> {
    org.require_relief(Permission::TenantDelete)?;
    end(org, deps, offer, "withdrawn").await
}

async fn end(org: &OrgActor, deps: &Deps, offer: OwnershipOfferId, status: &str) -> Result<()> {
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold_present(&mut transaction, org).await?;
    let declined = status == "declined";
    let made = sqlx::query!(
        "select offered_to, status from ownership_offers where tenant_id = $1 and id = $2 for update",
        tenant.0,
        offer.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .filter(|made| {
        if declined {
            made.offered_to == actor.user.0
        } else {
            actor.role.is_owner()
        }
    })
    .ok_or(contract::Error::NotFound)?;
    if made.status == status {
        transaction.rollback().await?;
        return Ok(());
    }
    if made.status != "open" {
        return Err(contract::Error::Conflict.into());
    }
    sqlx::query!(
        "update ownership_offers set status = $3, ended_at = $4 where tenant_id = $1 and id = $2",
        tenant.0,
        offer.0,
        status,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::TenantOwnershipWithdrawn)
        .subject(tenant.0)
        .before(json!({ "offer": offer, "offered_to": made.offered_to }))
        .after(json!({ "status": status }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::{
        people::{accept_ownership::accept_ownership, offer_ownership::offer_ownership, offers::open},
        testing::{TestDatabase, deps, join, organization, person, proven},
    };

    #[tokio::test]
    async fn the_receiver_declines_an_owner_withdraws_and_nobody_else() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let receiver = join(&database, &deps, &acme, &bob, "member").await;
        let admin = join(&database, &deps, &acme, &cid, "admin").await;
        proven(&database, &bob).await;
        let offer = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        let refused = decline_ownership(&admin, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
        let refused = withdraw_ownership(&admin, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        decline_ownership(&receiver, &deps, offer).await.unwrap();
        decline_ownership(&receiver, &deps, offer).await.unwrap();
        let refused = withdraw_ownership(&acme, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);

        let offer = offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        assert!(open(&receiver, &deps).await.unwrap().is_some());
        withdraw_ownership(&acme, &deps, offer).await.unwrap();
        assert_eq!(open(&receiver, &deps).await.unwrap(), None);
        let refused = accept_ownership(&receiver, &deps, offer).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);
        let ended = "audit_log where action = 'tenant.ownership_withdrawn'";
        assert_eq!(database.count(ended).await, 2);
    }
}
