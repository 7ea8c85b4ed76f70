//! An invitation as it stands, and whether somebody can accept it.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    FieldCode,
    iam::{DefaultRole, MemberType, Permission},
    ids::{InvitationId, RoleId, TenantId, UserId},
    invitation::InvitationState,
    slug::Slug,
};

use super::code::{self, Place, Proof};
use crate::{
    Deps, Error, Result,
    actor::{Person, UserActor, Verification, effective, reach},
    database::{self, Reach, Transaction},
    standing::{self, HeldRole, Standing},
};

/// How long an invitation is good for.
pub(super) const LIFETIME: TimeDelta = TimeDelta::days(7);

/// How somebody names the invitation that is for them.
#[derive(Debug, Clone, Copy)]
pub enum Ticket<'a> {
    /// By the code in a link.
    Code(&'a str),
    /// By its id, from the list of what waits for their proven address.
    Waiting(InvitationId),
}

impl Ticket<'_> {
    /// Moves the transaction into the organization of the invitation. What nobody can know who was not told, and what is
    /// somebody else's, are the same: not found.
    pub(super) async fn enter(self, transaction: &mut Transaction) -> Result<Place> {
        let place = match self {
            Self::Code(code) => code::find(transaction, code).await?,
            // Row-level security shows what is open for the person's own proven address, and nothing else.
            Self::Waiting(invitation) => {
                sqlx::query_scalar!("select tenant_id from tenant_invitations where id = $1", invitation.0)
                    .fetch_optional(&mut **transaction)
                    .await?
                    .map(|tenant| Place {
                        tenant: tenant.into(),
                        invitation,
                        proof: Proof::Nothing,
                    })
            }
        };
        let place = place.ok_or(contract::Error::NotFound)?;
        database::enter_tenant(transaction, place.tenant).await?;
        Ok(place)
    }
}

/// An invitation and all that it depends on.
#[derive(Debug)]
pub(super) struct Invitation {
    pub id: InvitationId,
    pub tenant: TenantId,
    pub organization: String,
    pub slug: Slug,
    pub email: String,
    pub member_type: MemberType,
    pub role: RoleId,
    pub role_name: String,
    pub inviter: UserId,
    pub inviter_name: String,
    pub expires_at: DateTime<Utc>,
    status: String,
    tenant_is_active: bool,
    /// Whether who invited is still there and may invite.
    pub inviter_may_invite: bool,
    role_is_within: bool,
    /// How far who invited sees.
    pub inviter_reach: Reach,
}

/// As it is now, in a transaction that is in the organization. `None` for one that is gone with its organization.
pub(super) async fn read(transaction: &mut Transaction, place: &Place) -> Result<Option<Invitation>> {
    let row = sqlx::query!(
        r#"select t.name as organization, t.slug::text as "slug!", t.status as tenant_status,
            i.email::text as "email!", i.status, i.member_type, i.role_id, i.invited_by, i.expires_at,
            r.name as role_name, r.key as role_key,
            array(
                select p.permission from iam_role_permissions p where p.tenant_id = i.tenant_id and p.role_id = i.role_id
            ) as "role_permissions!",
            u.name as inviter_name,
            coalesce(m.status = 'active' and u.status = 'active' and u.deleted_at is null, false) as "inviter_is_there!",
            m.member_type as "inviter_type?", ir.key as "inviter_role?",
            array(
                select p.permission from iam_role_permissions p where p.tenant_id = m.tenant_id and p.role_id = m.role_id
            ) as "inviter_permissions!"
        from tenant_invitations i
        join tenants t on t.id = i.tenant_id and t.deleted_at is null
        join iam_roles r on r.tenant_id = i.tenant_id and r.id = i.role_id
        join users u on u.id = i.invited_by
        left join tenant_members m on m.tenant_id = i.tenant_id and m.user_id = i.invited_by
        left join iam_roles ir on ir.tenant_id = m.tenant_id and ir.id = m.role_id
        where i.tenant_id = $1 and i.id = $2"#,
        place.tenant.0,
        place.invitation.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let kind = |key: &str| MemberType::from_key(key).ok_or_else(|| Error::fault("unknown type"));
    let member_type = kind(&row.member_type)?;
    let inviter_type = row.inviter_type.as_deref().map(kind).transpose()?.unwrap_or_default();
    let inviters = effective(&row.inviter_permissions, inviter_type);
    let granted = effective(&row.role_permissions, member_type);
    let only_for_owners = row.role_key == DefaultRole::Owner.key();
    let inviter_is_owner = row.inviter_role.as_deref() == Some(DefaultRole::Owner.key());
    Ok(Some(Invitation {
        id: place.invitation,
        tenant: place.tenant,
        organization: row.organization,
        slug: Slug::try_from(row.slug).map_err(Error::fault)?,
        email: row.email,
        member_type,
        role: row.role_id.into(),
        role_name: row.role_name,
        inviter: row.invited_by.into(),
        inviter_name: row.inviter_name,
        expires_at: row.expires_at,
        status: row.status,
        tenant_is_active: row.tenant_status == "active",
        inviter_may_invite: row.inviter_is_there && inviters.contains(Permission::MembersInvite),
        inviter_reach: reach(inviters, inviter_type),
        role_is_within: granted.is_subset_of(inviters) && (inviter_is_owner || !only_for_owners),
    }))
}

impl Invitation {
    pub(super) fn is_pending(&self) -> bool {
        self.status == "pending"
    }

    pub(super) fn has_expired(&self, deps: &Deps) -> bool {
        self.expires_at <= deps.now()
    }

    /// Addresses are the same without regard to case. One with a tag, as in `ann+acme@`, is another address: where its mail
    /// goes is known to its provider alone.
    pub(super) fn is_for(&self, person: &Person) -> bool {
        self.email.eq_ignore_ascii_case(&person.email)
    }

    /// Where it stands for this person, or for somebody who is not signed in. Whether a seat is free is asked apart.
    pub(super) async fn standing(
        &self,
        transaction: &mut Transaction,
        deps: &Deps,
        user: Option<&UserActor>,
        proof: Proof,
    ) -> Result<InvitationState> {
        let member = match user {
            Some(user) => membership(transaction, self.tenant, user.id()).await?,
            None => None,
        };
        let is_in = member.as_ref().is_some_and(|member| member.active);
        if let Some(person) = user.map(UserActor::person).filter(|person| !self.is_for(person)) {
            return Ok(InvitationState::OtherAddress {
                own: person.email.clone(),
                member: is_in.then(|| self.slug.clone()),
            });
        }
        if let Some(member) = &member {
            if !member.active {
                return Ok(InvitationState::Suspended);
            }
            if !(self.is_pending() && self.upgrades(member.member_type)) {
                return Ok(InvitationState::AlreadyIn {
                    organization: self.slug.clone(),
                });
            }
        }
        Ok(match self.status.as_str() {
            "pending" => self.open_standing(deps, user, proof),
            "declined" => InvitationState::Declined,
            _ => InvitationState::Used,
        })
    }

    fn open_standing(&self, deps: &Deps, user: Option<&UserActor>, proof: Proof) -> InvitationState {
        if !self.tenant_is_active {
            InvitationState::OrganizationInactive
        } else if self.has_expired(deps) {
            InvitationState::Expired
        } else if !self.inviter_may_invite {
            InvitationState::InviterGone
        } else if !self.role_is_within {
            InvitationState::RoleAbove
        } else {
            match user.map(|user| user.person().verification) {
                None => InvitationState::SignedOut,
                Some(Verification::Verified) => InvitationState::Ready,
                Some(_) if proof == Proof::Address => InvitationState::Ready,
                Some(_) => InvitationState::Unverified,
            }
        }
    }

    /// A guest becomes a member; nothing else changes by an invitation for who is in already.
    fn upgrades(&self, from: MemberType) -> bool {
        from == MemberType::Guest && self.member_type == MemberType::Member
    }
}

/// An open invitation that somebody is about to do something with.
#[derive(Debug)]
pub(super) struct InHand {
    pub email: String,
    pub role: HeldRole,
    pub member_type: MemberType,
    pub expires_at: DateTime<Utc>,
}

/// For an actor who holds the organization. Nobody touches an invitation that gives more rights than they have themselves.
pub(super) async fn in_hand(
    transaction: &mut Transaction,
    actor: &Standing,
    tenant: TenantId,
    id: InvitationId,
) -> Result<InHand> {
    let open = read_open(transaction, tenant, id).await?;
    if actor.may_give(&open.role) {
        Ok(open)
    } else {
        Err(contract::Error::field("role", FieldCode::AboveOwnRights).into())
    }
}

pub(super) async fn read_open(transaction: &mut Transaction, tenant: TenantId, id: InvitationId) -> Result<InHand> {
    let row = sqlx::query!(
        r#"select email::text as "email!", status, role_id, member_type, expires_at from tenant_invitations
        where tenant_id = $1 and id = $2"#,
        tenant.0,
        id.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    if row.status != "pending" {
        return Err(contract::Error::Conflict.into());
    }
    Ok(InHand {
        email: row.email,
        role: standing::role(transaction, tenant, row.role_id.into()).await?,
        member_type: MemberType::from_key(&row.member_type).ok_or_else(|| Error::fault("unknown type"))?,
        expires_at: row.expires_at,
    })
}

#[derive(Debug)]
pub(super) struct Membership {
    pub active: bool,
    pub member_type: MemberType,
}

pub(super) async fn membership(
    transaction: &mut Transaction,
    tenant: TenantId,
    user: UserId,
) -> Result<Option<Membership>> {
    let row = sqlx::query!(
        r#"select status = 'active' as "active!", member_type from tenant_members where tenant_id = $1 and user_id = $2"#,
        tenant.0,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    row.map(|row| {
        Ok(Membership {
            active: row.active,
            member_type: MemberType::from_key(&row.member_type).ok_or_else(|| Error::fault("unknown type"))?,
        })
    })
    .transpose()
}

/// Whoever takes or gives up a seat waits here for who does at the moment.
pub(super) async fn lock_organization(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    sqlx::query!("select id from tenants where id = $1 for update", tenant.0)
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(())
}
