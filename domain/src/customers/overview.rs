//! How the house is doing: figures that somebody of the staff looks at first in the morning.

mod days;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contract::staff::StaffRight;

use self::days::Days;
use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    database::{Transaction, end_of_reading},
};

/// A message of the payment provider that should have been tried so long ago is tried by nobody: what is due is looked for every ten
/// minutes.
const OVERDUE: TimeDelta = TimeDelta::minutes(15);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    pub organizations: Organizations,
    /// What comes in a month, in minor units by currency: of what is charged again, a year's price by twelve. Trials and what
    /// rests bring nothing.
    pub monthly: Vec<(String, i64)>,
    /// Accounts made on each of the last thirty days of the reader's zone, today last. Those that are gone again count too.
    pub sign_ups: Vec<(NaiveDate, u32)>,
    pub jobs: Jobs,
    /// Of the same days.
    pub runs: Vec<Runs>,
    pub events: Events,
    /// Messages of the payment provider on the same days, whatever became of them.
    pub messages: Vec<(NaiveDate, u32)>,
    pub open_drifts: u32,
    /// Reports of problems that are not closed.
    pub waiting_reports: u32,
}

/// How many there are, by how they stand. States of bills are those that were worked out last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Organizations {
    pub all: u32,
    pub suspended: u32,
    pub deleting: u32,
    pub on_trial: u32,
    pub paying: u32,
    pub past_due: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jobs {
    /// Those that could run and wait.
    pub ready: u32,
    /// How long the first of them has waited.
    pub oldest_ready_seconds: u32,
    /// Runs of the last 24 hours.
    pub failed_runs: u32,
    /// Jobs that have failed as often as they may.
    pub given_up: u32,
}

/// What became of a day's runs of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    pub day: NaiveDate,
    pub done: u32,
    pub failed: u32,
}

/// What the payment provider told, and what of it was not taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Events {
    pub waiting: u32,
    pub failed: u32,
    /// When the last one came: that nothing waits is no good news when nothing comes.
    pub last_received: Option<DateTime<Utc>>,
    /// How long the first of those that wait has waited.
    pub oldest_waiting_seconds: Option<u32>,
    /// One of them waits although its time to be tried has come long ago.
    pub overdue: bool,
}

pub async fn overview(staff: &StaffActor, deps: &Deps) -> Result<Overview> {
    staff.require(StaffRight::OverviewRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let days = Days::of(staff, deps);
    let overview = Overview {
        organizations: organizations(&mut transaction).await?,
        monthly: monthly(&mut transaction, deps).await?,
        sign_ups: days.sign_ups(&mut transaction).await?,
        jobs: jobs(&mut transaction, deps).await?,
        runs: days.runs(&mut transaction).await?,
        events: events(&mut transaction, deps).await?,
        messages: days.messages(&mut transaction).await?,
        open_drifts: open_drifts(&mut transaction).await?,
        waiting_reports: waiting_reports(&mut transaction).await?,
    };
    end_of_reading(transaction);
    Ok(overview)
}

async fn organizations(transaction: &mut Transaction) -> Result<Organizations> {
    let rows = sqlx::query!(
        r#"select status, billing_state, count(*) as "count!" from tenants where deleted_at is null group by status, billing_state"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut counted = Organizations::default();
    for row in rows {
        let count = figure(row.count)?;
        counted.all += count;
        match row.status.as_str() {
            "suspended" => counted.suspended += count,
            "deleting" => counted.deleting += count,
            _ => {}
        }
        match row.billing_state.as_str() {
            "trialing" => counted.on_trial += count,
            "active" | "canceling" => counted.paying += count,
            "past_due" | "restricted" => counted.past_due += count,
            _ => {}
        }
    }
    Ok(counted)
}

/// Whatever is being purged is not left out: its rows are gone in a moment.
async fn monthly(transaction: &mut Transaction, deps: &Deps) -> Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select s.currency,
            round(sum(case s.billing_interval when 'year' then s.amount / 12.0 else s.amount end))::bigint as "amount!"
        from billing_tenant_subscriptions s
        where s.is_current and s.status in ('active', 'past_due')
            and not (s.cancel_at_period_end and coalesce(s.ends_at, s.current_period_end) <= $1)
        group by s.currency order by 2 desc, 1"#,
        deps.now(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|row| (row.currency, row.amount)).collect())
}

/// The queue lives by the database's clock.
async fn jobs(transaction: &mut Transaction, deps: &Deps) -> Result<Jobs> {
    let (ready, oldest, given_up): (i64, f64, i64) = sqlx::query_as(
        "select count(*) filter (where ready), \
            coalesce(max(extract(epoch from now() - run_at)) filter (where ready), 0)::float8, \
            count(*) filter (where attempts >= max_attempts and locked_at is null) \
         from (select *, locked_at is null and attempts < max_attempts and run_at <= now() as ready \
            from graphile_worker._private_jobs) jobs",
    )
    .fetch_one(&mut **transaction)
    .await?;
    let failed = sqlx::query_scalar!(
        r#"select count(*) as "failed!" from job_runs where outcome = 'failed' and finished_at > $1"#,
        deps.now() - chrono::TimeDelta::hours(24),
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(Jobs {
        ready: figure(ready)?,
        oldest_ready_seconds: whole_seconds(oldest),
        failed_runs: figure(failed)?,
        given_up: figure(given_up)?,
    })
}

/// Each of the moments is one step into an index.
async fn events(transaction: &mut Transaction, deps: &Deps) -> Result<Events> {
    let row = sqlx::query!(
        r#"select count(*) filter (where status = 'received') as "waiting!", count(*) filter (where status = 'failed') as "failed!",
            (select max(received_at) from billing_payment_events) as last_received,
            (select min(received_at) from billing_payment_events where status = 'received') as oldest_waiting,
            (select min(next_attempt_at) from billing_payment_events where status = 'received') as due
        from billing_payment_events where status in ('received', 'failed')"#,
    )
    .fetch_one(&mut **transaction)
    .await?;
    let now = deps.now();
    Ok(Events {
        waiting: figure(row.waiting)?,
        failed: figure(row.failed)?,
        last_received: row.last_received,
        oldest_waiting_seconds: row
            .oldest_waiting
            .map(|since| whole_seconds((now - since).as_seconds_f64())),
        overdue: row.due.is_some_and(|due| now - due > OVERDUE),
    })
}

async fn open_drifts(transaction: &mut Transaction) -> Result<u32> {
    let open = sqlx::query_scalar!(r#"select count(*) as "open!" from billing_drifts where resolved_at is null"#)
        .fetch_one(&mut **transaction)
        .await?;
    figure(open)
}

async fn waiting_reports(transaction: &mut Transaction) -> Result<u32> {
    let waiting = sqlx::query_scalar!(r#"select count(*) as "waiting!" from problem_reports where closed_at is null"#)
        .fetch_one(&mut **transaction)
        .await?;
    figure(waiting)
}

fn figure(count: i64) -> Result<u32> {
    u32::try_from(count).map_err(Error::fault)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a wait is not negative, and of a hundred years it does not matter how many"
)]
fn whole_seconds(seconds: f64) -> u32 {
    seconds.max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::staff::StaffRole;

    use super::*;
    use crate::testing::{TestDatabase, bills, clock_and_deps, organization, person, staff};

    #[tokio::test]
    async fn counts_what_there_is() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        clock.advance(TimeDelta::days(29));
        let bob = person(&deps, "bob").await;
        for (owner, slug) in [(&ann, "one"), (&bob, "two"), (&bob, "three"), (&bob, "four")] {
            let org = organization(&deps, owner, slug).await;
            if slug != "four" {
                bills(&database, &org).await;
            }
        }
        sqlx::raw_sql(
            "update billing_tenant_subscriptions s set billing_interval = 'year', amount = 12000 \
                 from tenants t where t.id = s.tenant_id and t.slug = 'two'; \
             update billing_tenant_subscriptions s set currency = 'eur', status = 'past_due', past_due_at = now() \
                 from tenants t where t.id = s.tenant_id and t.slug = 'three'; \
             update tenants set billing_state = 'active' where slug in ('one', 'two'); \
             update tenants set billing_state = 'past_due', status = 'suspended' where slug = 'three'",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let shown = overview(&sue, &deps).await.unwrap();
        let expected = Organizations {
            all: 4,
            suspended: 1,
            deleting: 0,
            on_trial: 1,
            paying: 2,
            past_due: 1,
        };
        assert_eq!(shown.organizations, expected);
        let monthly: Vec<_> = shown
            .monthly
            .iter()
            .map(|(currency, amount)| (currency.as_str(), *amount))
            .collect();
        assert_eq!(monthly, [("usd", 2700 + 1000), ("eur", 2700)]);
        assert_eq!(shown.sign_ups.len(), 30);
        assert_eq!(
            (shown.sign_ups[0].1, shown.sign_ups[29].1),
            (1, 2),
            "ann a month ago; bob and sue today"
        );
        assert_eq!(shown.open_drifts, 3);
        assert_eq!(shown.events, Events::default(), "nothing came, which is told");
        assert!(shown.jobs.ready > 0, "mails wait");
    }

    #[tokio::test]
    async fn says_what_failed() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        sqlx::raw_sql(
            "insert into job_runs (id, task, job_id, attempt, outcome, error, started_at, finished_at) values \
                 (gen_random_uuid(), 'send_mail', 1, 1, 'failed', 'no route', '2026-03-02 08:00Z', '2026-03-02 08:00Z'), \
                 (gen_random_uuid(), 'send_mail', 1, 2, 'succeeded', null, '2026-03-02 08:00Z', '2026-03-02 08:00Z'), \
                 (gen_random_uuid(), 'send_mail', 2, 1, 'failed', 'no route', '2026-02-02 08:00Z', '2026-02-02 08:00Z'); \
             update graphile_worker._private_jobs set attempts = max_attempts; \
             insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, status, \
                 next_attempt_at) values (gen_random_uuid(), 'polar', 'm', 'order.paid', '', '', now(), 'failed', now())",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let shown = overview(&sue, &deps).await.unwrap();
        assert_eq!(
            (
                shown.jobs.ready,
                shown.jobs.oldest_ready_seconds,
                shown.jobs.failed_runs
            ),
            (0, 0, 1)
        );
        assert!(shown.jobs.given_up > 0);
        let came = Events {
            failed: 1,
            last_received: shown.events.last_received,
            ..Events::default()
        };
        assert_eq!(shown.events, came);
        assert!(came.last_received.is_some());
        let today = shown.runs.last().unwrap();
        assert_eq!((today.done, today.failed), (1, 1));
        assert_eq!(
            shown.runs.iter().map(|day| day.failed).sum::<u32>(),
            2,
            "and one four weeks ago"
        );
    }

    #[tokio::test]
    async fn tells_a_message_that_waits_its_turn_from_one_that_nobody_tries() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        sqlx::query(
            "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, \
                 next_attempt_at) values (gen_random_uuid(), 'polar', 'm', 'order.paid', '', '', $1, $2)",
        )
        .bind(deps.now() - TimeDelta::hours(20))
        .bind(deps.now() + TimeDelta::hours(4))
        .execute(database.owner())
        .await
        .unwrap();
        let told = overview(&sue, &deps).await.unwrap().events;
        assert_eq!((told.waiting, told.oldest_waiting_seconds), (1, Some(20 * 3600)));
        assert!(!told.overdue, "it is tried again in four hours");
        assert_eq!(told.last_received, Some(deps.now() - TimeDelta::hours(20)));
        clock.advance(TimeDelta::hours(4) + TimeDelta::minutes(14));
        let patient = overview(&sue, &deps).await.unwrap().events;
        assert!(!patient.overdue, "it is looked for every ten minutes");
        clock.advance(TimeDelta::minutes(2));
        let told = overview(&sue, &deps).await.unwrap().events;
        assert!(told.overdue);
    }
}
