//! The offer of ownership that waits for an answer.

use chrono::{DateTime, Utc};
use contract::ids::{OwnershipOfferId, UserId};

use crate::{Deps, Result, actor::OrgActor};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: OwnershipOfferId,
    pub giver: String,
    pub receiver: String,
    pub offered_to: UserId,
    pub expires_at: DateTime<Utc>,
}

/// For the owners, and for the one it was made to. For everybody else there is none.
pub async fn open(org: &OrgActor, deps: &Deps) -> Result<Option<Offer>> {
    let mut transaction = org.begin(deps).await?;
    let found = sqlx::query!(
        "select o.id, o.offered_to, o.expires_at, giver.name as giver, receiver.name as receiver from ownership_offers o \
         join users giver on giver.id = o.offered_by join users receiver on receiver.id = o.offered_to \
         where o.tenant_id = $1 and o.status = 'open' and o.expires_at > $2 and ($3 or o.offered_to = $4)",
        org.tenant().id.0,
        deps.now(),
        org.is_owner(),
        org.user().id().0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(found.map(|row| Offer {
        id: row.id.into(),
        giver: row.giver,
        receiver: row.receiver,
        offered_to: row.offered_to.into(),
        expires_at: row.expires_at,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::offer_ownership::{VALID_FOR, offer_ownership},
        testing::{TestDatabase, clock_and_deps, join, organization, person, proven},
    };

    #[tokio::test]
    async fn is_between_the_two_of_them_and_for_seven_days() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let receiver = join(&database, &deps, &acme, &bob, "member").await;
        let other = join(&database, &deps, &acme, &cid, "admin").await;
        proven(&database, &bob).await;
        offer_ownership(&acme, &deps, bob.id(), "acme").await.unwrap();
        for (actor, sees) in [(&acme, true), (&receiver, true), (&other, false)] {
            assert_eq!(open(actor, &deps).await.unwrap().is_some(), sees);
        }
        clock.advance(VALID_FOR);
        assert_eq!(open(&receiver, &deps).await.unwrap(), None);
    }
}
