//! An invitation whose mail could not be delivered.

use chrono::{DateTime, Utc};
use contract::ids::{InvitationId, TenantId};
use serde_json::json;

use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::PlatformDatabase,
};

/// It stays open, keeps its seat, and says so. Nothing for one that has ended, is marked already, or was sent again since
/// `tried_at`: the later mail tells for itself.
pub(crate) async fn mark(
    platform: &PlatformDatabase,
    deps: &Deps,
    tenant: TenantId,
    invitation: InvitationId,
    tried_at: DateTime<Utc>,
) -> Result<()> {
    let mut transaction = platform.begin().await?;
    let email = sqlx::query_scalar!(
        r#"update tenant_invitations set undeliverable_at = $3
        where tenant_id = $1 and id = $2 and status = 'pending' and undeliverable_at is null and sent_at <= $4
        returning email::text as "email!""#,
        tenant.0,
        invitation.0,
        deps.now(),
        tried_at,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(email) = email else { return Ok(()) };
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::InvitationUndeliverable, Origin::System, &request).subject(invitation.0);
    entry.tenant = tenant;
    entry
        .after(json!({ "email": email }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
