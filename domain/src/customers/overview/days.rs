//! What there was on each of the last thirty days. Each day is a range of an index, which is counted without looking at the rows.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Runs, figure};
use crate::{Deps, Result, actor::StaffActor, database::Transaction};

/// How many days before today.
const BEFORE: i32 = 29;

/// Days of the reader's zone, today last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    zone: Tz,
    today: NaiveDate,
}

/// How many rows of a table came to be on each day.
macro_rules! counted {
    ($days:expr, $transaction:expr, $table:literal, $at:literal) => {
        sqlx::query!(
            r#"select day as "day!", (
                select count(*) from "#
                + $table
                + " where "
                + $at
                + " >= day::timestamp at time zone $1 and "
                + $at
                + r#" < (day + 1)::timestamp at time zone $1
            ) as "count!"
            from (select $2::date - before as day from generate_series(0, $3) before) days order by day"#,
            $days.zone.name(),
            $days.today,
            BEFORE,
        )
        .fetch_all(&mut **$transaction)
        .await?
        .into_iter()
        .map(|row| Ok((row.day, figure(row.count)?)))
        .collect()
    };
}

impl Days {
    pub fn of(staff: &StaffActor, deps: &Deps) -> Self {
        let zone = staff.user().person().time_zone;
        Self {
            zone,
            today: deps.now().with_timezone(&zone).date_naive(),
        }
    }

    pub async fn sign_ups(self, transaction: &mut Transaction) -> Result<Vec<(NaiveDate, u32)>> {
        counted!(self, transaction, "users", "created_at")
    }

    pub async fn runs(self, transaction: &mut Transaction) -> Result<Vec<Runs>> {
        let rows = sqlx::query!(
            r#"select day as "day!", (
                select count(*) from job_runs
                where finished_at >= day::timestamp at time zone $1 and finished_at < (day + 1)::timestamp at time zone $1
            ) as "all!", (
                select count(*) from job_runs where outcome = 'failed'
                    and finished_at >= day::timestamp at time zone $1 and finished_at < (day + 1)::timestamp at time zone $1
            ) as "failed!"
            from (select $2::date - before as day from generate_series(0, $3) before) days order by day"#,
            self.zone.name(),
            self.today,
            BEFORE,
        )
        .fetch_all(&mut **transaction)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Runs {
                    day: row.day,
                    done: figure(row.all - row.failed)?,
                    failed: figure(row.failed)?,
                })
            })
            .collect()
    }

    pub async fn messages(self, transaction: &mut Transaction) -> Result<Vec<(NaiveDate, u32)>> {
        counted!(self, transaction, "billing_payment_events", "received_at")
    }
}

#[cfg(test)]
mod tests {
    use contract::staff::StaffRole;

    use crate::{
        actor::{StaffActor, UserActor},
        customers::overview::overview,
        testing::{TestDatabase, deps, request, staff, staff_session},
    };

    /// It is 2 March, 09:00 in London, and 22:00 in Auckland.
    #[tokio::test]
    async fn a_day_begins_where_the_reader_is() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        sqlx::raw_sql(
            "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, status, \
                 processed_at, next_attempt_at) \
             select gen_random_uuid(), 'polar', at, 'order.paid', '', '', at::timestamptz, 'processed', now(), now() \
             from unnest(array['2026-03-01 10:59Z', '2026-03-01 11:01Z', '2026-01-31 11:01Z', '2026-01-31 10:59Z']) at",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let messages = overview(&sue, &deps).await.unwrap().messages;
        assert_eq!(messages.len(), 30);
        assert_eq!((messages[28].1, messages[29].1, messages[0].1), (2, 0, 0));

        let token = staff_session(&database, &deps, "kiri", StaffRole::Support).await;
        sqlx::query("update users set time_zone = 'Pacific/Auckland' where name = 'kiri'")
            .execute(database.owner())
            .await
            .unwrap();
        let user = UserActor::authenticate(&deps, &token, request())
            .await
            .unwrap()
            .unwrap();
        let auckland = StaffActor::enter(&user).unwrap();
        let messages = overview(&auckland, &deps).await.unwrap().messages;
        assert_eq!(
            (messages[28].1, messages[29].1, messages[0].1),
            (1, 1, 1),
            "not what was before the first day"
        );
    }
}
