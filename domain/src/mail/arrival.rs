//! Mails from inviting to having arrived. One of them goes to an address that may have no account.

use chrono::{DateTime, Utc};
use contract::{
    iam::MemberType,
    ids::{InvitationId, TenantId, UserId},
    preferences::Locale,
};
use serde::{Deserialize, Serialize};

use super::{Rendered, compose::write, messages};
use crate::{
    Deps, Result,
    database::{PlatformDatabase, Transaction},
    people::code::{self, Proof, invitation_path},
};

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrival {
    /// To the invited address. The code of its link is drawn when it is written.
    Invitation { invitation: InvitationId },
    /// To who invited.
    Joined { user: UserId, member: UserId },
    /// To somebody who can invite: the invited person cannot come in, and asks for another invitation.
    Asked {
        user: UserId,
        invitation: InvitationId,
        obstacle: Obstacle,
    },
}

/// What keeps an invited person out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Obstacle {
    Expired,
    Full,
    /// Who invited may no longer give what the invitation promises.
    Rights,
    /// The organization is not paid for.
    ReadOnly,
}

impl Arrival {
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::Joined { .. } => "member_joined",
            Self::Asked { .. } => "invitation_asked",
        }
    }

    /// What tells two mails of a kind apart.
    pub(super) fn key(self) -> String {
        match self {
            Self::Invitation { invitation } => invitation.to_string(),
            Self::Joined { user, member } => format!("{user}:{member}"),
            Self::Asked { user, invitation, .. } => format!("{user}:{invitation}"),
        }
    }

    /// The mail as it is now. `None` when nobody is there to read it, or when there is nothing left to tell: the invitation was
    /// used, taken back or has expired, whoever joined has left.
    pub(super) async fn compose(
        self,
        platform: &PlatformDatabase,
        deps: &Deps,
        base_url: &str,
        tenant: TenantId,
    ) -> Result<Option<Rendered>> {
        let mut transaction = platform.begin().await?;
        let facts = match self {
            Self::Invitation { invitation } => of_invitation(&mut transaction, tenant, invitation)
                .await?
                .filter(|(_, expires_at)| *expires_at > deps.now())
                .map(|(facts, _)| facts),
            Self::Asked { invitation, .. } => of_invitation(&mut transaction, tenant, invitation)
                .await?
                .map(|(facts, _)| facts),
            Self::Joined { member, .. } => of_member(&mut transaction, tenant, member).await?,
        };
        let Some(facts) = facts else { return Ok(None) };
        let to = match self {
            Self::Invitation { .. } => invited(&mut transaction, &facts.invited).await?,
            Self::Joined { user, .. } | Self::Asked { user, .. } => person(&mut transaction, user).await?,
        };
        let Some(to) = to else { return Ok(None) };
        let path = match self {
            Self::Invitation { invitation } => {
                invitation_path(&code::issue(&mut transaction, deps, tenant, invitation, Proof::Address).await?)
            }
            Self::Joined { .. } => format!("/o/{}/people", facts.slug),
            Self::Asked { .. } => format!("/o/{}/people?filter=invitations", facts.slug),
        };
        transaction.commit().await?;
        self.written(&to, &format!("{base_url}{path}"), &facts).map(Some)
    }

    fn written(self, to: &Recipient, url: &str, facts: &Facts) -> Result<Rendered> {
        let content = messages::arrival(to.locale, self, facts);
        let footer = match self {
            Self::Invitation { .. } => messages::footer_for_strangers(to.locale),
            Self::Joined { .. } | Self::Asked { .. } => messages::footer(to.locale),
        };
        write(to.locale, to.email.clone(), url, &content, footer)
    }
}

struct Recipient {
    email: String,
    locale: Locale,
}

/// In the language of the account, if the address has one. Whose account is locked gets none.
async fn invited(transaction: &mut Transaction, address: &str) -> Result<Option<Recipient>> {
    let account = sqlx::query!(
        r#"select locale, status = 'suspended' as "locked!" from users where email = $1::text::citext and deleted_at is null"#,
        address,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let locale = match account {
        Some(account) if account.locked => return Ok(None),
        Some(account) => Locale::from_tag(&account.locale).unwrap_or_default(),
        None => Locale::default(),
    };
    Ok(Some(Recipient {
        email: address.to_owned(),
        locale,
    }))
}

async fn person(transaction: &mut Transaction, user: UserId) -> Result<Option<Recipient>> {
    let row = sqlx::query!(
        r#"select email::text as "email!", locale from users where id = $1 and deleted_at is null and status = 'active'"#,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| Recipient {
        email: row.email,
        locale: Locale::from_tag(&row.locale).unwrap_or_default(),
    }))
}

/// What is told, as it is when the mail is written: the queue holds ids alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub organization: String,
    pub slug: String,
    /// Another person: who invited, or who joined.
    pub who: String,
    pub role: String,
    pub member_type: MemberType,
    /// A day, in words.
    pub until: String,
    /// The address of an invitation, when a mail is about it.
    pub invited: String,
}

/// An invitation that is open, and until when.
async fn of_invitation(
    transaction: &mut Transaction,
    tenant: TenantId,
    invitation: InvitationId,
) -> Result<Option<(Facts, DateTime<Utc>)>> {
    let row = sqlx::query!(
        r#"select t.name as organization, t.slug::text as "slug!", u.name as who, r.name as role, i.member_type,
            i.email::text as "email!", i.expires_at
        from tenant_invitations i
        join tenants t on t.id = i.tenant_id and t.deleted_at is null and t.status = 'active'
        join users u on u.id = i.invited_by
        join iam_roles r on r.tenant_id = i.tenant_id and r.id = i.role_id
        where i.tenant_id = $1 and i.id = $2 and i.status = 'pending'"#,
        tenant.0,
        invitation.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| {
        let facts = Facts {
            organization: row.organization,
            slug: row.slug,
            who: row.who,
            role: row.role,
            member_type: MemberType::from_key(&row.member_type).unwrap_or_default(),
            until: row.expires_at.format("%-d %B %Y, %H:%M UTC").to_string(),
            invited: row.email,
        };
        (facts, row.expires_at)
    }))
}

async fn of_member(transaction: &mut Transaction, tenant: TenantId, member: UserId) -> Result<Option<Facts>> {
    let row = sqlx::query!(
        r#"select t.name as organization, t.slug::text as "slug!", u.name as who, r.name as role, m.member_type
        from tenant_members m
        join tenants t on t.id = m.tenant_id and t.deleted_at is null
        join users u on u.id = m.user_id
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.tenant_id = $1 and m.user_id = $2"#,
        tenant.0,
        member.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| Facts {
        organization: row.organization,
        slug: row.slug,
        who: row.who,
        role: row.role,
        member_type: MemberType::from_key(&row.member_type).unwrap_or_default(),
        ..Facts::default()
    }))
}

/// One of each, for the developer's gallery.
pub(super) fn samples(base_url: &str) -> Result<Vec<Rendered>> {
    let (user, invitation) = (UserId(uuid::Uuid::nil()), InvitationId(uuid::Uuid::nil()));
    let asked = |obstacle| Arrival::Asked {
        user,
        invitation,
        obstacle,
    };
    let facts = Facts {
        organization: "Organization".to_owned(),
        slug: "organization".to_owned(),
        who: "Another Person".to_owned(),
        role: "Member".to_owned(),
        member_type: MemberType::Member,
        until: "9 March 2026, 09:00 UTC".to_owned(),
        invited: "invited@example.test".to_owned(),
    };
    let to = Recipient {
        email: "person@example.test".to_owned(),
        locale: Locale::English,
    };
    [
        Arrival::Invitation { invitation },
        Arrival::Joined { user, member: user },
        asked(Obstacle::Expired),
        asked(Obstacle::Full),
        asked(Obstacle::Rights),
        asked(Obstacle::ReadOnly),
    ]
    .iter()
    .map(|arrival| arrival.written(&to, &format!("{base_url}/o/organization/people"), &facts))
    .collect()
}
