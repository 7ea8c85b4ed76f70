//! What somebody can do who holds an invitation that does not let them in any more: ask those who can send another.

use contract::{ids::UserId, invitation::InvitationState};

use super::{
    invitation::{self, Invitation, Ticket},
    look_up,
};
use crate::{
    Deps, Result,
    actor::{UserActor, Visitor},
    database::Transaction,
    mail::{self, Arrival, Mail, Obstacle},
    throttle::{self, Policy},
};

/// Who is asked when the inviter cannot help.
const OWNERS: i64 = 5;

/// Mails who invited, or the owners when they cannot invite any more. Only what a new invitation, a
/// free seat or a paid bill would help: anything else is a conflict.
pub async fn ask_again(visitor: &Visitor, user: Option<&UserActor>, deps: &Deps, code: &str) -> Result<()> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt_of(deps, Policy::InvitationCodeByAddress, &client, user).await?;
    let mut transaction = match user {
        Some(user) => user.begin(deps).await?,
        None => deps.begin_for_visitor().await?,
    };
    let place = Ticket::Code(code).enter(&mut transaction).await?;
    let open = invitation::read(&mut transaction, &place)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let obstacle = match look_up::state(&mut transaction, deps, &open, user, &place).await? {
        InvitationState::Expired => Obstacle::Expired,
        InvitationState::Full { .. } => Obstacle::Full,
        InvitationState::ReadOnly => Obstacle::ReadOnly,
        InvitationState::InviterGone | InvitationState::RoleAbove => Obstacle::Rights,
        _ => return Err(contract::Error::Conflict.into()),
    };
    throttle::attempt(deps, Policy::InvitationAskedByInvitation, &open.id.to_string()).await?;
    for user in who_can_help(&mut transaction, &open, obstacle).await? {
        let mail = Mail::Arrival {
            tenant: open.tenant,
            news: Arrival::Asked {
                user,
                invitation: open.id,
                obstacle,
            },
        };
        mail::enqueue(&mut transaction, &mail).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn who_can_help(transaction: &mut Transaction, open: &Invitation, obstacle: Obstacle) -> Result<Vec<UserId>> {
    let helps = matches!(obstacle, Obstacle::Expired | Obstacle::Full);
    if open.inviter_may_invite && helps {
        return Ok(vec![open.inviter]);
    }
    let owners = sqlx::query_scalar!(
        "select m.user_id from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
         join users u on u.id = m.user_id and u.status = 'active' and u.deleted_at is null \
         where m.tenant_id = $1 and r.key = 'owner' and m.status = 'active' and m.member_type = 'member' \
         order by m.joined_at, m.user_id limit $2",
        open.tenant.0,
        OWNERS,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(owners.into_iter().map(UserId).collect())
}

#[cfg(test)]
mod tests {
    use contract::{Error, iam::DefaultRole};

    use super::*;
    use crate::{
        identity::deactivate_account::deactivate,
        people::{
            invitation::LIFETIME,
            testing::{invite_as, invite_one, mailed_code},
        },
        testing::{TestDatabase, clock_and_deps, join, organization, person, visitor},
    };

    async fn asked(database: &TestDatabase, user: &UserActor, obstacle: &str) -> i64 {
        let jobs = "graphile_worker._private_jobs where payload::jsonb #>> '{mail,Arrival,news,Asked";
        database
            .count(&format!(
                "{jobs},user}}' = '{}' and payload::text like '%{obstacle}%'",
                user.id()
            ))
            .await
    }

    #[tokio::test]
    async fn who_invited_is_asked_or_the_owners() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let invitation = invite_as(&admin, &deps, "new@example.test", DefaultRole::Member).await;
        let code = mailed_code(&database, &deps, &acme, invitation).await;
        let good = ask_again(&visitor(), None, &deps, &code).await.unwrap_err();
        assert_eq!(Error::from(good), Error::Conflict, "there is nothing to ask for");

        sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
            .bind(admin.user().id().0)
            .execute(database.owner())
            .await
            .unwrap();
        ask_again(&visitor(), None, &deps, &code).await.unwrap();
        assert_eq!(asked(&database, acme.user(), "Rights").await, 1);

        let own = invite_one(&acme, &deps, "newer@example.test").await;
        let code = mailed_code(&database, &deps, &acme, own).await;
        clock.advance(LIFETIME);
        ask_again(&visitor(), None, &deps, &code).await.unwrap();
        assert_eq!(asked(&database, acme.user(), "Expired").await, 1);
        ask_again(&visitor(), None, &deps, &code).await.unwrap();
        let refused = Error::from(ask_again(&visitor(), None, &deps, &code).await.unwrap_err());
        assert!(matches!(refused, Error::Throttled { .. }), "{refused}");
    }

    /// Mail to a paused account is not written: whoever reads theirs must not stand behind those who do not.
    #[tokio::test]
    async fn owners_who_have_paused_their_accounts_are_not_asked() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let invitation = invite_one(&acme, &deps, "new@example.test").await;
        let code = mailed_code(&database, &deps, &acme, invitation).await;
        let mut resting = vec![ann];
        for name in ["bob", "cid", "dan", "eve"] {
            let owner = person(&deps, name).await;
            join(&database, &deps, &acme, &owner, "owner").await;
            resting.push(owner);
        }
        clock.advance(chrono::TimeDelta::minutes(1));
        let last = person(&deps, "zoe").await;
        join(&database, &deps, &acme, &last, "owner").await;
        for owner in &resting {
            deactivate(owner, &deps).await.unwrap();
        }
        ask_again(&visitor(), None, &deps, &code).await.unwrap();
        assert_eq!(asked(&database, &last, "Rights").await, 1);
        let all = "graphile_worker._private_jobs where payload::text like '%Asked%'";
        assert_eq!(database.count(all).await, 1);
    }
}
