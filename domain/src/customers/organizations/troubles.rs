//! What went wrong for an organization lately: payments, what the provider told and we could not take in, mails that did not
//! arrive, jobs that failed, what its people reported, faults that they met whether or not they said so, and what has to wait.

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
/// How many faults are counted: of an organization that met more of them, the newest.
const COUNTED: i64 = 1000;

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
    /// A fault of ours that somebody inside met, by where: one for all of the same place.
    Fault,
}

impl TroubleKind {
    fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "payment" => Self::Payment,
            "payment_event" => Self::PaymentEvent,
            "invitation" => Self::Invitation,
            "job" => Self::Job,
            "report" => Self::Report,
            "fault" => Self::Fault,
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
    /// How often: more than once for faults alone, of which the newest is told.
    pub times: u32,
    /// Who met it, where that is known and their account is there still.
    pub person: Option<String>,
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
        r#"select kind as "kind!", what as "what!", why, report as "report?", request as "request?", times as "times!", person as "person?",
            at as "at!" from (
            select 'payment' as kind, coalesce(number, provider_order_id) as what, null as why, null::uuid as report,
                null as request, 1::bigint as times, null::text as person, created_at as at
            from billing_invoices where tenant_id = $1 and not paid and status = 'pending' and total_amount <> 0
            union all
            (select 'payment_event', event_type, last_error, null, null, 1, null, received_at from billing_payment_events
            where about_tenant = $1 and received_at > $2 and (status = 'failed' or (status = 'received' and last_error is not null))
            order by received_at desc limit $4)
            union all
            select 'invitation', email::text, null, null, null, 1, null, undeliverable_at from tenant_invitations
            where tenant_id = $1 and status = 'pending' and undeliverable_at > $2
            union all
            (select 'job', task, error, null, null, 1, null, finished_at from job_runs
            where outcome = 'failed' and finished_at > $2 and job_key like '%' || $3 || '%'
            order by finished_at desc limit $4)
            union all
            (select 'report', coalesce(nullif(said, ''), noted, ''), case when said <> '' then noted end, id, nullif(request_id, ''),
                1, null, received_at
            from (
                select id, request_id, received_at, split_part(note, E'\n', 1) as said,
                    nullif(split_part(client_error, E'\n', 1), '') as noted
                from problem_reports where $5 and tenant_id = $1 and received_at > $2
                order by received_at desc limit $4
            ) reported)
            union all
            (select 'fault', met.method || ' ' || met.route, null, null, nullif(met.requests[1], ''), met.times, u.name, met.at
            from (
                select method, route, count(*) as times, max(created_at) as at,
                    array_agg(request_id order by created_at desc, id desc) as requests,
                    array_agg(user_id order by created_at desc, id desc) as people
                from (
                    select id, method, route, request_id, user_id, created_at from request_faults
                    where tenant_id = $1 and created_at > $2 order by created_at desc limit $6
                ) newest
                group by method, route order by at desc limit $4
            ) met left join users u on u.id = met.people[1] and u.deleted_at is null)
        ) troubles order by at desc limit $4"#,
        tenant.0,
        deps.now() - LOOKED_BACK,
        tenant.to_string(),
        SHOWN,
        staff.may(StaffRight::ReportsRead),
        COUNTED,
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
            times: u32::try_from(row.times).unwrap_or(u32::MAX),
            person: row.person,
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

#[cfg(test)]
mod tests {
    use contract::{ids::UserId, staff::StaffRole};

    use super::*;
    use crate::{
        customers::organizations::get::get,
        faults::record::{NewFault, record},
        testing::{TestDatabase, clock_and_deps, join, organization, person, staff},
    };

    fn fault(tenant: Option<TenantId>, user: Option<UserId>, route: &str, request: &str) -> NewFault {
        NewFault {
            tenant,
            user,
            method: "GET",
            route: route.to_owned(),
            request_id: request.to_owned(),
            status: 500,
        }
    }

    #[tokio::test]
    async fn faults_of_one_place_are_one_the_newest_first_and_none_of_others_or_of_long_ago() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        join(&database, &deps, &acme, &bob, "member").await;
        let other = organization(&deps, &person(&deps, "cleo").await, "other").await;
        let (home, elsewhere) = (Some(acme.tenant().id), Some(other.tenant().id));
        let (by_ann, by_bob) = (Some(ann.id()), Some(bob.id()));
        let list = "/o/{org}/projects";
        record(&deps, &fault(home, by_ann, "/o/{org}/long-ago", "req-0"))
            .await
            .unwrap();
        clock.advance(LOOKED_BACK);
        for met in [
            fault(home, by_ann, list, "req-1"),
            fault(home, by_bob, list, "req-2"),
            fault(home, None, "/o/{org}/search", "req-3"),
            fault(elsewhere, by_ann, "/o/{org}/members", "req-4"),
            fault(None, by_ann, "/account/profile", "req-5"),
        ] {
            clock.advance(TimeDelta::seconds(1));
            record(&deps, &met).await.unwrap();
        }
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        let shown = get(&sue, &deps, acme.tenant().id).await.unwrap().troubles;
        let told: Vec<_> = shown
            .iter()
            .map(|trouble| {
                assert_eq!(trouble.kind, TroubleKind::Fault, "{trouble:?}");
                let (request, person) = (trouble.request.as_deref(), trouble.person.as_deref());
                (trouble.what.as_str(), trouble.times, request, person)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("GET /o/{org}/search", 1, Some("req-3"), None),
                ("GET /o/{org}/projects", 2, Some("req-2"), Some("bob")),
            ]
        );
    }
}
