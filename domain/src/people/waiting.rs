//! What waits for somebody who has signed in, or up, by themselves.

use chrono::{DateTime, Utc};
use contract::{iam::MemberType, ids::InvitationId, invitation::InvitationState};

use super::{
    code::{Place, Proof},
    invitation, look_up,
};
use crate::{
    Deps, Result,
    actor::{UserActor, Verification},
    database,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub id: InvitationId,
    pub organization: String,
    pub inviter: String,
    pub role: String,
    pub member_type: MemberType,
    pub expires_at: DateTime<Utc>,
}

/// More than this at once is nobody's inbox.
const SHOWN: i64 = 20;

/// The invitations that can be accepted right now, the newest first. Nothing for an address that is still to be proven: who
/// has signed up with somebody else's must not read what is meant for them.
pub async fn waiting(user: &UserActor, deps: &Deps) -> Result<Vec<Waiting>> {
    if user.person().verification != Verification::Verified {
        return Ok(Vec::new());
    }
    let mut transaction = user.begin(deps).await?;
    // Row-level security shows what is open for the person's own address.
    let open = sqlx::query!(
        "select tenant_id, id from tenant_invitations where expires_at > $1 order by sent_at desc, id limit $2",
        deps.now(),
        SHOWN,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut waiting = Vec::new();
    for row in open {
        let place = Place {
            tenant: row.tenant_id.into(),
            invitation: row.id.into(),
            proof: Proof::Nothing,
        };
        database::enter_tenant(&mut transaction, place.tenant).await?;
        let Some(invitation) = invitation::read(&mut transaction, &place).await? else {
            continue;
        };
        let state = look_up::state(&mut transaction, deps, &invitation, Some(user), &place).await?;
        if state == InvitationState::Ready {
            waiting.push(Waiting {
                id: invitation.id,
                organization: invitation.organization,
                inviter: invitation.inviter_name,
                role: invitation.role_name,
                member_type: invitation.member_type,
                expires_at: invitation.expires_at,
            });
        }
    }
    transaction.commit().await?;
    Ok(waiting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::{
            accept::{Accepted, accept},
            invitation::{LIFETIME, Ticket},
            testing::{invite_one, mails, verified},
        },
        testing::{TestDatabase, clock_and_deps, organization, person},
    };

    #[tokio::test]
    async fn who_signs_up_by_themselves_finds_what_waits_once_the_address_is_proven() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
        let first = invite_one(&acme, &deps, "Bob@Example.test").await;
        invite_one(&other, &deps, "sue@example.test").await;
        let bob = person(&deps, "bob").await;
        assert_eq!(waiting(&bob, &deps).await.unwrap(), [], "an address that is not proven");
        let refused = accept(&bob, &deps, Ticket::Waiting(first)).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);

        let bob = verified(&database, &deps, "bob").await;
        clock.advance(chrono::TimeDelta::minutes(1));
        let second = invite_one(&other, &deps, "bob@example.test").await;
        let found = waiting(&bob, &deps).await.unwrap();
        let ids: Vec<_> = found.iter().map(|one| one.id).collect();
        assert_eq!(ids, [second, first]);
        assert_eq!(
            (found[1].organization.as_str(), found[1].inviter.as_str()),
            ("acme", "ann")
        );

        let accepted = accept(&bob, &deps, Ticket::Waiting(first)).await.unwrap();
        assert!(matches!(accepted, Accepted::Joined { .. }), "{accepted:?}");
        assert_eq!(mails(&database, "Joined").await, 1);
        assert_eq!(waiting(&bob, &deps).await.unwrap().len(), 1);
        clock.advance(LIFETIME);
        assert_eq!(waiting(&bob, &deps).await.unwrap(), []);
    }
}
