//! Inviting: up to fifty addresses at once, and what becomes of each.

use std::collections::HashSet;

use contract::{
    FieldCode,
    email::EmailAddress,
    error::Limit,
    iam::{MemberType, NOT_FOR_GUESTS, Permission},
    ids::{InvitationBatchId, InvitationId, ProjectId, RoleId, WorkspaceId},
    invitation::{BATCH, InviteOutcome, InviteReport, InviteRow},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    addresses,
    change_role::for_guests,
    invitation::{LIFETIME, in_hand},
    report, seats,
};
use crate::{
    Deps, Error, Result,
    actor::OrgActor,
    audit::Action,
    database::Transaction,
    mail::{self, Arrival, Mail},
    standing::{self, HeldRole, Standing},
    throttle::{self, Policy},
};

/// What everybody in one go is offered.
#[derive(Debug, Clone)]
pub struct Offer {
    pub role: RoleId,
    pub member_type: MemberType,
    /// What guests are given to see. Members see what is everybody's, so that for them it means nothing.
    pub grants: Vec<Grant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    Workspace(WorkspaceId),
    Project(ProjectId),
}

/// What became of a paste, and where it can be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    pub batch: InvitationBatchId,
    pub report: InviteReport,
}

/// One open invitation for each address: who is invited again is offered what is offered now, for as long again. Seats are
/// taken one after the other, so that those who stand first in the text get the last ones.
pub async fn invite(org: &OrgActor, deps: &Deps, offer: &Offer, pasted: &str) -> Result<Invited> {
    org.require_change(Permission::MembersInvite)?;
    let mut entries = addresses::parse(pasted);
    if entries.is_empty() {
        return Err(contract::Error::field("addresses", FieldCode::Required).into());
    }
    let rest = entries.split_off(BATCH.min(entries.len()));
    let rest = rest.into_iter().map(addresses::Pasted::again).collect();
    let looked_at = look_at(org, deps, entries).await?;

    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold(&mut transaction, org, Permission::MembersInvite).await?;
    let role = offered(&mut transaction, org, deps, &actor, offer).await?;
    let grants = match offer.member_type {
        MemberType::Guest => visible(&mut transaction, org, &actor, &offer.grants).await?,
        MemberType::Member => Vec::new(),
    };
    let (mut rows, mut sent) = (Vec::new(), Vec::new());
    for (typed, next) in looked_at {
        let outcome = match next {
            Next::Done(outcome) => outcome,
            Next::Invite(address) => {
                let outcome = one(&mut transaction, org, deps, &actor, offer, &address).await?;
                if let Some(open) = outcome.invitation() {
                    give(&mut transaction, org, deps, open, &grants).await?;
                    sent.push((open, address));
                }
                outcome
            }
        };
        rows.push(InviteRow { typed, outcome });
    }
    let report = InviteReport { rows, rest };
    let batch = report::keep(&mut transaction, org, deps, &report).await?;
    for (invitation, _) in &sent {
        tell(&mut transaction, org, *invitation).await?;
    }
    for (invitation, address) in &sent {
        record(&mut transaction, org, deps, *invitation, address, offer, &role).await?;
    }
    transaction.commit().await?;
    Ok(Invited { batch, report })
}

/// Puts the mail to the invited address into the queue.
pub(super) async fn tell(transaction: &mut Transaction, org: &OrgActor, invitation: InvitationId) -> Result<()> {
    let mail = Mail::Arrival {
        tenant: org.tenant().id,
        news: Arrival::Invitation { invitation },
    };
    mail::enqueue(transaction, &mail).await
}

/// What is to be done about an entry of the text.
enum Next {
    Invite(EmailAddress),
    Done(InviteOutcome),
}

/// What can be told of the entries before anything is written. Every address that is left costs a mail, and is counted.
async fn look_at(org: &OrgActor, deps: &Deps, entries: Vec<addresses::Pasted>) -> Result<Vec<(String, Next)>> {
    let (mut seen, mut looked_at) = (HashSet::new(), Vec::new());
    for addresses::Pasted { typed, address } in entries {
        let Some(address) = address else {
            looked_at.push((typed, Next::Done(InviteOutcome::Malformed)));
            continue;
        };
        let next = if seen.insert(address.folded()) {
            match count(org, deps, address.as_str()).await {
                Ok(()) => Next::Invite(address.clone()),
                Err(Error::Refused(contract::Error::Throttled { retry_after_seconds })) => {
                    Next::Done(InviteOutcome::Throttled { retry_after_seconds })
                }
                Err(other) => return Err(other),
            }
        } else {
            Next::Done(InviteOutcome::Twice)
        };
        looked_at.push((address.to_string(), next));
    }
    Ok(looked_at)
}

/// One more mail of this organization, and to this address: nobody's mailbox is filled from here.
pub(super) async fn count(org: &OrgActor, deps: &Deps, address: &str) -> Result<()> {
    throttle::attempt(deps, Policy::InvitationByRecipient, &address.to_ascii_lowercase()).await?;
    throttle::attempt(deps, Policy::InvitationByOrganization, &org.tenant().id.to_string()).await
}

/// The role, if the actor has every right in it themselves; the owners' role only from an owner who signed in recently, and to
/// a guest none that would show them the whole organization.
async fn offered(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    actor: &Standing,
    offer: &Offer,
) -> Result<HeldRole> {
    let role = standing::role(transaction, org.tenant().id, offer.role).await?;
    if !actor.may_give(&role) {
        return Err(contract::Error::field("role", FieldCode::AboveOwnRights).into());
    }
    let too_much = NOT_FOR_GUESTS.iter().any(|&right| role.permissions.contains(right));
    if offer.member_type == MemberType::Guest && (too_much || !for_guests(&role)) {
        return Err(contract::Error::field("role", FieldCode::NotForGuests).into());
    }
    standing::require_recent_sign_in_for(org, deps, &role)?;
    Ok(role)
}

async fn one(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    actor: &Standing,
    offer: &Offer,
    address: &EmailAddress,
) -> Result<InviteOutcome> {
    let tenant = org.tenant().id;
    let present = sqlx::query!(
        r#"select
            (select m.status = 'active' from users u join tenant_members m on m.tenant_id = $1 and m.user_id = u.id
             where u.email = $2::text::citext and u.deleted_at is null) as is_active,
            (select m.member_type = 'guest' from users u join tenant_members m on m.tenant_id = $1 and m.user_id = u.id
             where u.email = $2::text::citext and u.deleted_at is null) as is_guest,
            (select id from tenant_invitations
             where tenant_id = $1 and email = $2::text::citext and status = 'pending') as open"#,
        tenant.0,
        address.as_str(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    let upgrading = present.is_guest == Some(true) && offer.member_type == MemberType::Member;
    match present.is_active {
        Some(false) => return Ok(InviteOutcome::Suspended),
        Some(true) if !upgrading => return Ok(InviteOutcome::AlreadyMember),
        _ => {}
    }
    let open = present.open.map(InvitationId);
    if let Some(open) = open {
        match in_hand(transaction, actor, tenant, open).await {
            Ok(_) => {}
            Err(Error::Refused(contract::Error::Invalid(_))) => return Ok(InviteOutcome::AboveOwnRights),
            Err(other) => return Err(other),
        }
    }
    match seats::take(transaction, deps, tenant, offer.member_type, open).await {
        Ok(()) => {}
        Err(Error::Refused(contract::Error::LimitReached {
            limit: Limit::Members | Limit::Guests,
            allowed,
            ..
        })) => return Ok(InviteOutcome::SeatsFull { allowed }),
        Err(other) => return Err(other),
    }
    let invitation = write(transaction, org, deps, offer, address, open).await?;
    Ok(match open {
        Some(_) => InviteOutcome::Renewed { invitation },
        None if upgrading => InviteOutcome::Upgrading { invitation },
        None => InviteOutcome::Invited { invitation },
    })
}

/// A new invitation, or the open one as it is offered now.
async fn write(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    offer: &Offer,
    address: &EmailAddress,
    open: Option<InvitationId>,
) -> Result<InvitationId> {
    let (id, now) = (open.unwrap_or_else(|| deps.id()), deps.now());
    sqlx::query!(
        "insert into tenant_invitations \
            (tenant_id, id, email, role_id, member_type, invited_by, created_at, sent_at, expires_at) \
         values ($1, $2, $3::text::citext, $4, $5, $6, $7, $7, $8) \
         on conflict (tenant_id, id) do update set role_id = excluded.role_id, member_type = excluded.member_type, \
            invited_by = excluded.invited_by, sent_at = excluded.sent_at, expires_at = excluded.expires_at, \
            undeliverable_at = null",
        org.tenant().id.0,
        id.0,
        address.as_str(),
        offer.role.0,
        offer.member_type.key(),
        org.user().id().0,
        now,
        now + LIFETIME,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(id)
}

/// Nobody gives away to see what they do not see themselves.
async fn visible(
    transaction: &mut Transaction,
    org: &OrgActor,
    actor: &Standing,
    grants: &[Grant],
) -> Result<Vec<Grant>> {
    let mut visible = Vec::new();
    for grant in grants {
        let seen = match grant {
            Grant::Project(project) => {
                sqlx::query_scalar!(
                    r#"select exists (select from projects where tenant_id = $1 and id = $2 and deleted_at is null) as "seen!""#,
                    org.tenant().id.0,
                    project.0,
                )
                .fetch_one(&mut **transaction)
                .await?
            }
            Grant::Workspace(workspace) => {
                sqlx::query_scalar!(
                    r#"select exists (
                        select from workspaces w where w.tenant_id = $1 and w.id = $2 and ($3 or exists (
                            select from workspace_members m
                            where m.tenant_id = w.tenant_id and m.workspace_id = w.id and m.user_id = $4
                        ))
                    ) as "seen!""#,
                    org.tenant().id.0,
                    workspace.0,
                    actor.sees_everything(),
                    actor.user.0,
                )
                .fetch_one(&mut **transaction)
                .await?
            }
        };
        if !seen {
            return Err(contract::Error::NotFound.into());
        }
        if !visible.contains(grant) {
            visible.push(*grant);
        }
    }
    Ok(visible)
}

/// What goes with an invitation, in place of what went with it before.
async fn give(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    invitation: InvitationId,
    grants: &[Grant],
) -> Result<()> {
    let tenant = org.tenant().id;
    sqlx::query!(
        "delete from tenant_invitation_grants where tenant_id = $1 and invitation_id = $2",
        tenant.0,
        invitation.0,
    )
    .execute(&mut **transaction)
    .await?;
    for grant in grants {
        let (workspace, project) = match grant {
            Grant::Workspace(workspace) => (Some(workspace.0), None),
            Grant::Project(project) => (None, Some(project.0)),
        };
        sqlx::query!(
            "insert into tenant_invitation_grants (tenant_id, invitation_id, id, workspace_id, project_id) \
             values ($1, $2, $3, $4, $5)",
            tenant.0,
            invitation.0,
            deps.id::<Uuid>(),
            workspace,
            project,
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

async fn record(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    invitation: InvitationId,
    address: &EmailAddress,
    offer: &Offer,
    role: &HeldRole,
) -> Result<()> {
    org.audit(Action::InvitationSent)
        .subject(invitation.0)
        .after(json!({ "email": address, "role": role.name, "type": offer.member_type.key() }))
        .write(transaction, deps)
        .await
}

#[cfg(test)]
mod tests;
