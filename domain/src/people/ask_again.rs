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

/// Mails who invited, or the owners when they cannot invite any more. Only what a new invitation or a free seat would help:
/// anything else is a conflict.
pub async fn ask_again(visitor: &Visitor, user: Option<&UserActor>, deps: &Deps, code: &str) -> Result<()> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::InvitationCodeByAddress, &client).await?;
    let mut transaction = match user {
        Some(user) => user.begin(deps).await?,
        None => deps.database.begin_anonymous().await?,
    };
    let place = Ticket::Code(code).enter(&mut transaction).await?;
    let open = invitation::read(&mut transaction, &place)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let obstacle = match look_up::state(&mut transaction, deps, &open, user, &place).await? {
        InvitationState::Expired => Obstacle::Expired,
        InvitationState::Full { .. } => Obstacle::Full,
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
    if open.inviter_may_invite && obstacle != Obstacle::Rights {
        return Ok(vec![open.inviter]);
    }
    let owners = sqlx::query_scalar!(
        "select m.user_id from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
         where m.tenant_id = $1 and r.key = 'owner' and m.status = 'active' order by m.joined_at, m.user_id limit $2",
        open.tenant.0,
        OWNERS,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(owners.into_iter().map(UserId).collect())
}
