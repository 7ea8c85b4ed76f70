//! An invitation to the staff: what its link opens, and for how long.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{StaffInvitationId, UserId},
    staff::StaffRole,
};

use crate::{
    Deps, Error, Result,
    database::Transaction,
    random::{self, Secret},
};

/// How long a link is good for.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

/// An invitation as a link finds it.
#[derive(Debug)]
pub(super) struct Invitation {
    pub id: StaffInvitationId,
    pub email: String,
    pub role: StaffRole,
    pub inviter: UserId,
    pub inviter_name: String,
    /// Pending, in its time, and of somebody who may still invite.
    pub open: bool,
}

/// The page that a code opens.
pub fn path(code: &Secret) -> String {
    // A secret is written in letters, digits, hyphens and underscores.
    format!("/accept-staff-invite?code={}", code.expose())
}

/// A new code for an invitation that is open, in the place of the one before. `None` when it is over.
pub(crate) async fn issue(
    transaction: &mut Transaction,
    deps: &Deps,
    id: StaffInvitationId,
) -> Result<Option<(Secret, Mailed)>> {
    let code = deps.secret();
    let row = sqlx::query!(
        r#"update platform_invitations i set token_hash = $2 from users u
        where i.id = $1 and i.status = 'pending' and i.expires_at > $3 and u.id = i.invited_by
        returning i.email::text as "email!", i.role, i.expires_at, u.name as inviter"#,
        id.0,
        &code.hash()[..],
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    row.map(|row| {
        let mailed = Mailed {
            email: row.email,
            role: role(&row.role)?,
            inviter: row.inviter,
            expires_at: row.expires_at,
        };
        Ok((code, mailed))
    })
    .transpose()
}

/// What the mail says.
#[derive(Debug)]
pub(crate) struct Mailed {
    pub email: String,
    pub role: StaffRole,
    pub inviter: String,
    pub expires_at: DateTime<Utc>,
}

/// The invitation behind a code, kept as it is until the transaction ends.
pub(super) async fn find(transaction: &mut Transaction, deps: &Deps, code: &str) -> Result<Invitation> {
    let row = sqlx::query!(
        r#"select i.id, i.email::text as "email!", i.role, i.invited_by, u.name as inviter,
            i.status = 'pending' and i.expires_at > $2 and exists (
                select from platform_role_assignments a
                where a.user_id = i.invited_by and a.role = 'superadmin' and a.revoked_at is null
            ) as "open!"
        from platform_invitations i join users u on u.id = i.invited_by
        where i.token_hash = $1 for no key update of i"#,
        &random::hash(code)[..],
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Invitation {
        id: row.id.into(),
        email: row.email,
        role: role(&row.role)?,
        inviter: row.invited_by.into(),
        inviter_name: row.inviter,
        open: row.open,
    })
}

pub(super) fn role(key: &str) -> Result<StaffRole> {
    StaffRole::from_key(key).ok_or_else(|| Error::fault("unknown staff role"))
}
