//! The invitations that are open, also those that have expired and wait to be sent again or taken back.

use chrono::{DateTime, Utc};
use contract::{
    ids::StaffInvitationId,
    staff::{StaffRight, StaffRole},
};

use super::invitation::role;
use crate::{Deps, Result, actor::StaffActor};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    pub id: StaffInvitationId,
    pub email: String,
    pub role: StaffRole,
    pub inviter: String,
    pub sent_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// The newest first.
pub async fn invitations(staff: &StaffActor, deps: &Deps) -> Result<Vec<OpenInvitation>> {
    staff.require(StaffRight::StaffRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let rows = sqlx::query!(
        r#"select i.id, i.email::text as "email!", i.role, u.name as inviter, i.sent_at, i.expires_at
        from platform_invitations i join users u on u.id = i.invited_by
        where i.status = 'pending' order by i.created_at desc, i.id"#,
    )
    .fetch_all(&mut *transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenInvitation {
                id: row.id.into(),
                email: row.email,
                role: role(&row.role)?,
                inviter: row.inviter,
                sent_at: row.sent_at,
                expires_at: row.expires_at,
            })
        })
        .collect()
}
