//! What went wrong for an organization lately: payments, what the provider told and we could not take in, mails that did not
//! arrive, jobs that failed, what its people reported, and what has to wait.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{ReportId, TenantId},
    staff::StaffRight,
};

use crate::{
    Deps, Result,
    actor::StaffActor,
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
    /// What somebody inside reported as a problem, by the first line of what they said or of what their browser noted.
    Report,
}

impl TroubleKind {
    fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "payment" => Self::Payment,
            "payment_event" => Self::PaymentEvent,
            "invitation" => Self::Invitation,
            "job" => Self::Job,
            "report" => Self::Report,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub kind: TroubleKind,
    pub what: String,
    /// Why, in the words of whoever refused it, or of the browser in which it happened.
    pub why: Option<String>,
    /// Where the whole of it is told, and the request in which it happened.
    pub report: Option<ReportId>,
    pub request: Option<String>,
    pub at: DateTime<Utc>,
}

/// What the organization did too often, until when.
pub type Waiting = Lockout;

/// The newest first; what was reported for who may read it. The queue knows organizations by the keys of their jobs alone, which
/// name them.
pub(super) async fn troubles(
    transaction: &mut Transaction,
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
) -> Result<Vec<Trouble>> {
    let rows = sqlx::query!(
        r#"select kind as "kind!", what as "what!", why, report as "report?", request as "request?", at as "at!" from (
            select 'payment' as kind, coalesce(number, provider_order_id) as what, null as why, null::uuid as report,
                null as request, created_at as at
            from billing_invoices where tenant_id = $1 and not paid and status = 'pending' and total_amount <> 0
            union all
            (select 'payment_event', event_type, last_error, null, null, received_at from billing_payment_events
            where about_tenant = $1 and received_at > $2 and (status = 'failed' or (status = 'received' and last_error is not null))
            order by received_at desc limit $4)
            union all
            select 'invitation', email::text, null, null, null, undeliverable_at from tenant_invitations
            where tenant_id = $1 and status = 'pending' and undeliverable_at > $2
            union all
            (select 'job', task, error, null, null, finished_at from job_runs
            where outcome = 'failed' and finished_at > $2 and job_key like '%' || $3 || '%'
            order by finished_at desc limit $4)
            union all
            (select 'report', coalesce(nullif(said, ''), noted, ''), case when said <> '' then noted end, id, nullif(request_id, ''),
                received_at
            from (
                select id, request_id, received_at, split_part(note, E'\n', 1) as said,
                    nullif(split_part(client_error, E'\n', 1), '') as noted
                from problem_reports where $5 and tenant_id = $1 and received_at > $2
                order by received_at desc limit $4
            ) reported)
        ) troubles order by at desc limit $4"#,
        tenant.0,
        deps.now() - LOOKED_BACK,
        tenant.to_string(),
        SHOWN,
        staff.may(StaffRight::ReportsRead),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let troubles = rows.into_iter().filter_map(|row| {
        Some(Trouble {
            kind: TroubleKind::from_key(&row.kind)?,
            what: row.what,
            why: row.why,
            report: row.report.map(ReportId::from),
            request: row.request,
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
