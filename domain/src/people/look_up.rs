//! What an invitation says to whoever has its code.

use chrono::{DateTime, Utc};
use contract::{billing::Access, error::Limit, iam::MemberType, invitation::InvitationState};

use super::{
    code::{Place, Proof},
    invitation::{self, Invitation, Ticket},
    seats,
};
use crate::{
    Deps, Result,
    actor::{UserActor, Visitor},
    billing,
    database::Transaction,
    throttle::{self, Policy},
};

/// The organization, who invites, as what, until when, for whom: nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub organization: String,
    pub inviter: String,
    pub role: String,
    pub member_type: MemberType,
    pub expires_at: DateTime<Utc>,
    /// In full for who has proven to have it, otherwise with most of it left out.
    pub address: String,
    pub mailed: bool,
    /// Told only to who has the address, who could find out by a new password as well.
    pub has_account: Option<bool>,
    pub state: InvitationState,
}

/// Changes nothing, whoever looks: mail filters follow links. A code that was never given out, one that was taken back and one
/// of an organization that is gone are not found alike.
pub async fn look_up(visitor: &Visitor, user: Option<&UserActor>, deps: &Deps, code: &str) -> Result<Told> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt_of(deps, Policy::InvitationCodeByAddress, &client, user).await?;
    let mut transaction = match user {
        Some(user) => user.begin(deps).await?,
        None => deps.begin_for_visitor().await?,
    };
    let place = Ticket::Code(code).enter(&mut transaction).await?;
    let invitation = invitation::read(&mut transaction, &place)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let state = state(&mut transaction, deps, &invitation, user, &place).await?;
    let has_account = match place.proof {
        Proof::Address => Some(has_account(&mut transaction, &invitation.email).await?),
        Proof::Nothing => None,
    };
    transaction.commit().await?;
    let knows = place.proof == Proof::Address || user.is_some_and(|user| invitation.is_for(user.person()));
    Ok(Told {
        address: if knows {
            invitation.email
        } else {
            shortened(&invitation.email)
        },
        organization: invitation.organization,
        inviter: invitation.inviter_name,
        role: invitation.role_name,
        member_type: invitation.member_type,
        expires_at: invitation.expires_at,
        mailed: place.proof == Proof::Address,
        has_account,
        state,
    })
}

/// Where it stands, the seats and the bills of the organization included. Without the organization's lock, this is how it looks and no promise.
pub(super) async fn state(
    transaction: &mut Transaction,
    deps: &Deps,
    invitation: &Invitation,
    user: Option<&UserActor>,
    place: &Place,
) -> Result<InvitationState> {
    let state = invitation.standing(transaction, deps, user, place.proof).await?;
    let may_come = matches!(
        state,
        InvitationState::SignedOut | InvitationState::Ready | InvitationState::Unverified
    );
    if !may_come {
        return Ok(state);
    }
    let plan = billing::standing::of(transaction, invitation.tenant, deps.billing, deps.now()).await?;
    if plan.effective.access() == Access::ReadOnly {
        return Ok(InvitationState::ReadOnly);
    }
    Ok(
        match seats::full_of_people(transaction, deps, invitation.tenant, invitation.member_type).await? {
            Some(full) => InvitationState::Full {
                limit: Limit::of(invitation.member_type),
                used: full.used,
                allowed: full.allowed,
            },
            None => state,
        },
    )
}

async fn has_account(transaction: &mut Transaction, email: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from users where email = $1::text::citext and deleted_at is null) as "there!""#,
        email,
    )
    .fetch_one(&mut **transaction)
    .await?)
}

/// Enough for who has the address to know that it is meant.
fn shortened(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => format!("{}•••@{domain}", local.chars().next().unwrap_or('•')),
        None => "•••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::{
        people::{
            copy_link::copy_link,
            testing::{invite_one, mailed_code},
        },
        testing::{TestDatabase, deps, organization, person, visitor},
    };

    #[tokio::test]
    async fn a_mailed_code_tells_whom_it_is_for_and_a_copied_one_only_a_part() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let invitation = invite_one(&acme, &deps, "bob@example.test").await;
        let mailed = mailed_code(&database, &deps, &acme, invitation).await;
        let copied = copy_link(&acme, &deps, invitation).await.unwrap();
        let told = look_up(&visitor(), None, &deps, &mailed).await.unwrap();
        assert_eq!(
            told,
            Told {
                organization: "acme".to_owned(),
                inviter: "ann".to_owned(),
                role: "Member".to_owned(),
                member_type: MemberType::Member,
                expires_at: deps.now() + chrono::TimeDelta::days(7),
                address: "bob@example.test".to_owned(),
                mailed: true,
                has_account: Some(false),
                state: InvitationState::SignedOut,
            }
        );
        let of_copied = look_up(&visitor(), None, &deps, copied.expose()).await.unwrap();
        assert_eq!(
            (of_copied.address.as_str(), of_copied.has_account),
            ("b•••@example.test", None)
        );
        let bob = person(&deps, "bob").await;
        let of_copied = look_up(&visitor(), Some(&bob), &deps, copied.expose()).await.unwrap();
        assert_eq!(of_copied.address, "bob@example.test", "one's own");
        let told = look_up(&visitor(), None, &deps, &mailed).await.unwrap();
        assert_eq!(told.has_account, Some(true));
    }

    #[tokio::test]
    async fn looking_changes_nothing_and_guessing_is_throttled() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let invitation = invite_one(&acme, &deps, "bob@example.test").await;
        let code = mailed_code(&database, &deps, &acme, invitation).await;
        for _ in 0..3 {
            look_up(&visitor(), None, &deps, &code).await.unwrap();
        }
        assert_eq!(database.count("tenant_invitations where status = 'pending'").await, 1);
        assert_eq!(database.count("tenant_members").await, 1);
        for _ in 3..60 {
            let refused = look_up(&visitor(), None, &deps, "guessed").await.unwrap_err();
            assert_eq!(Error::from(refused), Error::NotFound);
        }
        let refused = Error::from(look_up(&visitor(), None, &deps, &code).await.unwrap_err());
        assert!(matches!(refused, Error::Throttled { .. }), "{refused}");
    }
}
