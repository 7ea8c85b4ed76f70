//! Accepting an invitation.

use contract::{
    iam::MemberType,
    ids::{InvitationId, TenantId},
    invitation::InvitationState,
    slug::Slug,
};
use serde_json::json;

use super::{
    code::Proof,
    invitation::{self, Invitation, Ticket, membership},
    look_up,
};
use crate::{
    Deps, Result,
    actor::{UserActor, audit_in_tenant},
    audit::Action,
    billing::apply_limits,
    database::{self, Reach, Transaction},
    identity::{present_and_no_staff, prove_address},
    mail::{self, Arrival, Mail},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    Joined {
        organization: Slug,
    },
    /// Nothing has changed, and why.
    Not(InvitationState),
}

/// Everything that was true when the invitation was sent is asked again, once the organization's row is locked: it is
/// active, who invited may still give this role, a seat is free, and nobody has accepted. Who is in already stays what they are; a guest who is invited as a member becomes one.
pub async fn accept(user: &UserActor, deps: &Deps, ticket: Ticket<'_>) -> Result<Accepted> {
    user.require_no_staff()?;
    let mut transaction = user.begin(deps).await?;
    present_and_no_staff(&mut transaction, user.id()).await?;
    let place = ticket.enter(&mut transaction).await?;
    invitation::lock_organization(&mut transaction, place.tenant).await?;
    let invitation = invitation::read(&mut transaction, &place)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let state = look_up::state(&mut transaction, deps, &invitation, Some(user), &place).await?;
    if state != InvitationState::Ready {
        transaction.rollback().await?;
        return Ok(Accepted::Not(state));
    }
    use_up(&mut transaction, user, deps, place.tenant, invitation.id).await?;
    let proven = place.proof == Proof::Address && prove_address(&mut transaction, deps, user.id()).await?;
    let before = membership(&mut transaction, place.tenant, user.id()).await?.is_some();
    let was_role = join(&mut transaction, user, deps, &invitation).await?;
    give(&mut transaction, user, deps, &invitation).await?;
    apply_limits::later(&mut transaction, place.tenant).await?;
    let mail = Mail::Arrival {
        tenant: place.tenant,
        news: Arrival::Joined {
            user: invitation.inviter,
            member: user.id(),
        },
    };
    mail::enqueue(&mut transaction, &mail).await?;
    if proven {
        user.audit(Action::UserEmailVerified)
            .subject(user.id().0)
            .write(&mut transaction, deps)
            .await?;
    }
    let after = json!({
        "role": invitation.role_name,
        "type": invitation.member_type.key(),
        "invitation": invitation.id,
        "invited_by": invitation.inviter,
    });
    let entry = if before {
        audit_in_tenant(user, place.tenant, Action::MemberTypeChanged)
            .before(json!({ "role": was_role, "type": MemberType::Guest.key() }))
    } else {
        audit_in_tenant(user, place.tenant, Action::MemberJoined)
    };
    entry
        .subject(user.id().0)
        .after(after)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Accepted::Joined {
        organization: invitation.slug,
    })
}

async fn use_up(
    transaction: &mut Transaction,
    user: &UserActor,
    deps: &Deps,
    tenant: TenantId,
    invitation: InvitationId,
) -> Result<()> {
    let accepted = sqlx::query!(
        "update tenant_invitations set status = 'accepted', accepted_by = $3, ended_at = $4 \
         where tenant_id = $1 and id = $2 and status = 'pending' and expires_at > $4",
        tenant.0,
        invitation.0,
        user.id().0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    if accepted.rows_affected() == 1 {
        Ok(())
    } else {
        Err(contract::Error::Conflict.into())
    }
}

/// A new member, or a guest who becomes one: then with the role they had before.
async fn join(
    transaction: &mut Transaction,
    user: &UserActor,
    deps: &Deps,
    invitation: &Invitation,
) -> Result<Option<String>> {
    let before = sqlx::query_scalar!(
        "select r.name from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
         where m.tenant_id = $1 and m.user_id = $2",
        invitation.tenant.0,
        user.id().0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into tenant_members (tenant_id, user_id, role_id, member_type, joined_at, updated_at) \
         values ($1, $2, $3, $4, $5, $5) \
         on conflict (tenant_id, user_id) do update set role_id = excluded.role_id, member_type = excluded.member_type, \
            paused_at = null, updated_at = excluded.updated_at",
        invitation.tenant.0,
        user.id().0,
        invitation.role.0,
        invitation.member_type.key(),
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(before)
}

/// What the invitation promised to show, as far as it is still there and who invited still sees it. Asked with their eyes,
/// because who comes in sees nothing yet. What is being deleted at this moment is waited for, and left out.
async fn give(transaction: &mut Transaction, user: &UserActor, deps: &Deps, invitation: &Invitation) -> Result<()> {
    database::become_user(transaction, invitation.inviter).await?;
    database::set_reach(transaction, invitation.inviter_reach).await?;
    let (tenant, id) = (invitation.tenant.0, invitation.id.0);
    sqlx::query!(
        "insert into workspace_members (tenant_id, workspace_id, user_id, added_at) \
         select g.tenant_id, g.workspace_id, $3, $4 from tenant_invitation_grants g \
         join workspaces w on w.tenant_id = g.tenant_id and w.id = g.workspace_id \
         where g.tenant_id = $1 and g.invitation_id = $2 and ($5 or exists ( \
            select from workspace_members m where m.tenant_id = $1 and m.workspace_id = w.id and m.user_id = $6 \
         )) for key share of w on conflict do nothing",
        tenant,
        id,
        user.id().0,
        deps.now(),
        invitation.inviter_reach == Reach::All,
        invitation.inviter.0,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into project_guests (tenant_id, project_id, user_id, added_at) \
         select g.tenant_id, g.project_id, $3, $4 from tenant_invitation_grants g \
         join projects p on p.tenant_id = g.tenant_id and p.id = g.project_id \
         where g.tenant_id = $1 and g.invitation_id = $2 for key share of p on conflict do nothing",
        tenant,
        id,
        user.id().0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    database::set_reach(transaction, Reach::Given).await?;
    database::become_user(transaction, user.id()).await
}

#[cfg(test)]
mod tests;
