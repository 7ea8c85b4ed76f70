//! What became of a paste, kept for a day, so that its page can be looked at again.

use chrono::TimeDelta;
use contract::{
    iam::Permission,
    ids::InvitationBatchId,
    invitation::{InviteOutcome, InviteReport},
};
use uuid::Uuid;

use crate::{Deps, Error, Result, actor::OrgActor, database::Transaction};

/// It holds addresses, of which some are nobody's: not longer than it is of use.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(1);

pub(super) async fn keep(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    report: &InviteReport,
) -> Result<InvitationBatchId> {
    let id: InvitationBatchId = deps.id();
    sqlx::query!(
        "insert into tenant_invitation_batches (tenant_id, id, created_by, rows, created_at) values ($1, $2, $3, $4, $5)",
        org.tenant().id.0,
        id.0,
        org.user().id().0,
        serde_json::to_value(report).map_err(Error::fault)?,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(id)
}

/// For who has sent it, and nobody else.
pub async fn report(org: &OrgActor, deps: &Deps, id: InvitationBatchId) -> Result<InviteReport> {
    org.require(Permission::MembersInvite)?;
    let mut transaction = org.begin(deps).await?;
    let rows = sqlx::query_scalar!(
        "select rows from tenant_invitation_batches where tenant_id = $1 and id = $2 and created_by = $3 and created_at > $4",
        org.tenant().id.0,
        id.0,
        org.user().id().0,
        deps.now() - KEPT,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let mut report: InviteReport = serde_json::from_value(rows).map_err(Error::fault)?;
    bring_up_to_date(&mut transaction, org, &mut report).await?;
    transaction.commit().await?;
    Ok(report)
}

/// What the mails came to, and what was taken back for it, is known only after the report was kept.
async fn bring_up_to_date(transaction: &mut Transaction, org: &OrgActor, report: &mut InviteReport) -> Result<()> {
    let sent: Vec<Uuid> = report
        .rows
        .iter()
        .filter_map(|row| row.outcome.invitation())
        .map(|invitation| invitation.0)
        .collect();
    let changed = sqlx::query!(
        r#"select id, status = 'revoked' as "taken_back!" from tenant_invitations
        where tenant_id = $1 and id = any($2)
            and (status = 'revoked' or (status = 'pending' and undeliverable_at is not null))"#,
        org.tenant().id.0,
        &sent,
    )
    .fetch_all(&mut **transaction)
    .await?;
    for row in &mut report.rows {
        let Some(invitation) = row.outcome.invitation() else {
            continue;
        };
        if let Some(changed) = changed.iter().find(|changed| changed.id == invitation.0) {
            row.outcome = if changed.taken_back {
                InviteOutcome::TakenBack
            } else {
                InviteOutcome::Undeliverable { invitation }
            };
        }
    }
    Ok(())
}
