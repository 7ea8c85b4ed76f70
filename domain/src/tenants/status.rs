//! What may become of an organization, and the row that says so.
//!
//! ```text
//! active ⇄ deactivated      paused and taken up again
//! active, deactivated → deleting → active      deleted and restored
//! deleting → gone           purged, once its time has run out
//! active, deactivated → suspended → what it was      closed by the operator and given back
//! ```
//!
//! A suspended one is in the hands of the operator: its people can neither pause nor delete it, and so not bring it back.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, UserId},
    tenant::TenantStatus,
};

use crate::{Result, billing::leaving, database::Transaction};

/// What somebody, or time, does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Deactivate,
    Reactivate,
    Delete,
    Restore,
    Purge,
    /// By the operator.
    Suspend,
    /// By the operator as well: it is what it was before.
    Reinstate {
        was_paused: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Becomes(TenantStatus),
    /// The same as before: a second click.
    Stays,
    Gone,
    /// There is no such way.
    Impossible,
}

pub const fn after(status: TenantStatus, step: Step) -> Outcome {
    use TenantStatus::{Active, Deactivated, Deleting, Suspended};
    match (status, step) {
        (Active, Step::Deactivate) | (Suspended, Step::Reinstate { was_paused: true }) => Outcome::Becomes(Deactivated),
        (Deactivated, Step::Reactivate)
        | (Deleting, Step::Restore)
        | (Suspended, Step::Reinstate { was_paused: false }) => Outcome::Becomes(Active),
        (Active | Deactivated, Step::Delete) => Outcome::Becomes(Deleting),
        (Active | Deactivated, Step::Suspend) => Outcome::Becomes(Suspended),
        (Deleting, Step::Purge) => Outcome::Gone,
        (Deactivated, Step::Deactivate)
        | (Active, Step::Reactivate | Step::Restore)
        | (Deleting, Step::Delete)
        | (Suspended, Step::Suspend)
        | (Active | Deactivated, Step::Reinstate { .. }) => Outcome::Stays,
        (Suspended, _)
        | (Deleting, Step::Deactivate | Step::Reactivate | Step::Suspend | Step::Reinstate { .. })
        | (Deactivated, Step::Restore)
        | (Active | Deactivated, Step::Purge) => Outcome::Impossible,
    }
}

/// The organization's row, held until the transaction ends.
#[derive(Debug)]
pub(crate) struct Locked {
    pub name: String,
    pub status: TenantStatus,
    pub purge_after: Option<DateTime<Utc>>,
}

/// One whose purge has begun is gone already.
pub(crate) async fn lock(transaction: &mut Transaction, tenant: TenantId) -> Result<Locked> {
    let row = sqlx::query!(
        "select name, status, purge_after from tenants where id = $1 and deleted_at is null for update",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Locked {
        name: row.name,
        status: TenantStatus::from_key(&row.status).ok_or_else(|| crate::Error::fault("unknown status"))?,
        purge_after: row.purge_after,
    })
}

impl Locked {
    /// What it becomes; nothing when it is so already.
    pub(crate) fn take(&self, step: Step) -> Result<Option<TenantStatus>> {
        match after(self.status, step) {
            Outcome::Becomes(status) => Ok(Some(status)),
            Outcome::Stays => Ok(None),
            Outcome::Gone | Outcome::Impossible => Err(contract::Error::Conflict.into()),
        }
    }
}

/// What it has bought follows, by a job.
pub(crate) async fn set(
    transaction: &mut Transaction,
    tenant: TenantId,
    status: TenantStatus,
    purge_after: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update tenants set status = $2, purge_after = $3, updated_at = $4 where id = $1",
        tenant.0,
        status.key(),
        purge_after,
        now,
    )
    .execute(&mut **transaction)
    .await?;
    match status {
        TenantStatus::Deleting | TenantStatus::Active => leaving::later(transaction, tenant).await,
        TenantStatus::Deactivated | TenantStatus::Suspended => Ok(()),
    }
}

/// Who is told what becomes of it: everybody who could end it.
pub(crate) async fn owners(transaction: &mut Transaction, tenant: TenantId) -> Result<Vec<UserId>> {
    let owners = sqlx::query_scalar!(
        "select m.user_id from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
         where m.tenant_id = $1 and m.status = 'active' and m.member_type = 'member' and r.key = 'owner' \
         order by m.user_id",
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(owners.into_iter().map(UserId).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_from_every_status() {
        use Outcome::{Becomes, Gone, Impossible, Stays};
        use TenantStatus::{Active, Deactivated, Deleting, Suspended};
        const STEPS: [Step; 8] = [
            Step::Deactivate,
            Step::Reactivate,
            Step::Delete,
            Step::Restore,
            Step::Purge,
            Step::Suspend,
            Step::Reinstate { was_paused: false },
            Step::Reinstate { was_paused: true },
        ];
        let closed = Becomes(Suspended);
        for (status, outcomes) in [
            (
                Active,
                [
                    Becomes(Deactivated),
                    Stays,
                    Becomes(Deleting),
                    Stays,
                    Impossible,
                    closed,
                    Stays,
                    Stays,
                ],
            ),
            (
                Deactivated,
                [
                    Stays,
                    Becomes(Active),
                    Becomes(Deleting),
                    Impossible,
                    Impossible,
                    closed,
                    Stays,
                    Stays,
                ],
            ),
            (
                Deleting,
                [
                    Impossible,
                    Impossible,
                    Stays,
                    Becomes(Active),
                    Gone,
                    Impossible,
                    Impossible,
                    Impossible,
                ],
            ),
            (
                Suspended,
                [
                    Impossible,
                    Impossible,
                    Impossible,
                    Impossible,
                    Impossible,
                    Stays,
                    Becomes(Active),
                    Becomes(Deactivated),
                ],
            ),
        ] {
            assert_eq!(STEPS.map(|step| after(status, step)), outcomes, "{status:?}");
        }
    }

    /// Whatever is done in whatever order: nothing is purged that was not deleted, and what was deleted is purged or restored.
    #[test]
    fn there_is_one_way_to_the_end() {
        for status in [
            TenantStatus::Active,
            TenantStatus::Suspended,
            TenantStatus::Deactivated,
            TenantStatus::Deleting,
        ] {
            let gone = after(status, Step::Purge) == Outcome::Gone;
            assert_eq!(gone, status == TenantStatus::Deleting);
        }
    }
}
