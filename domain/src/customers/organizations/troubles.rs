//! What went wrong for an organization lately: payments, what the provider told and we could not take in, mails that did not
//! arrive, jobs that failed, and what has to wait.

use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::TenantId;

use crate::{
    Deps, Result,
    database::Transaction,
    throttle::{self, Lockout, Policy},
};

/// How far back is looked.
const LOOKED_BACK: TimeDelta = TimeDelta::days(30);
/// How many are shown.
const SHOWN: i64 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// An invoice that could not be charged, by its number.
    Payment,
    /// A message of the provider that could not be taken in, by what it is about and why.
    PaymentEvent,
    /// An invitation whose mail did not arrive, by the address.
    Invitation,
    /// A job, by its name and why.
    Job,
}

impl TroubleKind {
    fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "payment" => Self::Payment,
            "payment_event" => Self::PaymentEvent,
            "invitation" => Self::Invitation,
            "job" => Self::Job,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub kind: TroubleKind,
    pub what: String,
    /// Why, in the words of whoever refused it.
    pub why: Option<String>,
    pub at: DateTime<Utc>,
}

/// What the organization did too often, until when.
pub type Waiting = Lockout;

/// The newest first. The queue knows organizations by the keys of their jobs alone, which name them.
pub(super) async fn troubles(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Vec<Trouble>> {
    let rows = sqlx::query!(
        r#"select kind as "kind!", what as "what!", why, at as "at!" from (
            select 'payment' as kind, coalesce(number, provider_order_id) as what, null as why, created_at as at
            from billing_invoices where tenant_id = $1 and not paid and status = 'pending' and total_amount <> 0
            union all
            (select 'payment_event', event_type, last_error, received_at from billing_payment_events
            where about_tenant = $1 and received_at > $2 and (status = 'failed' or (status = 'received' and last_error is not null))
            order by received_at desc limit $4)
            union all
            select 'invitation', email::text, null, undeliverable_at from tenant_invitations
            where tenant_id = $1 and status = 'pending' and undeliverable_at > $2
            union all
            (select 'job', task, error, finished_at from job_runs
            where outcome = 'failed' and finished_at > $2 and job_key like '%' || $3 || '%'
            order by finished_at desc limit $4)
        ) troubles order by at desc limit $4"#,
        tenant.0,
        deps.now() - LOOKED_BACK,
        tenant.to_string(),
        SHOWN,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let troubles = rows.into_iter().filter_map(|row| {
        Some(Trouble {
            kind: TroubleKind::from_key(&row.kind)?,
            what: row.what,
            why: row.why,
            at: row.at,
        })
    });
    Ok(troubles.collect())
}

pub(super) async fn waiting(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Vec<Waiting>> {
    let subject = tenant.to_string();
    let counted = [
        Policy::InvitationByOrganization,
        Policy::BillingByOrganization,
        Policy::BillingLookByOrganization,
        Policy::SlugByOrganization,
    ]
    .map(|policy| (policy, subject.clone()));
    let counters = throttle::counters(transaction, deps, &counted).await?;
    Ok(counters.into_iter().filter(|counter| counter.until.is_some()).collect())
}
