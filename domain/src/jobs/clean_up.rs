//! Removes what has run out, by the periods of [`crate::retention`].

use chrono::{DateTime, Utc};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use super::{Failure, Job, JobContext, erase_account::EraseAccount, run};
use crate::{
    actor::SESSION_IDLE,
    billing::events,
    faults,
    identity::second_factor,
    people::report,
    retention::{
        ABANDONED_FACTOR, GIVEN_UP_JOB, INVITATION_LINK, JOB_RUN, LINK, REPORT, SCREENSHOT, STAFF_INVITATION,
        STAFF_SECRET,
    },
    throttle,
};

#[derive(Debug, Serialize, Deserialize)]
pub struct CleanUp {}

impl Job for CleanUp {
    const NAME: &'static str = "clean_up";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let now = context.deps.now();
        let pool = context.platform.pool();
        of_people(pool, now).await?;
        of_the_house(pool, now).await?;
        faults::forget::old(&context.platform, now).await?;
        Ok(())
    }
}

/// What comes and goes with people and those who are invited.
async fn of_people(pool: &PgPool, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from user_sessions where expires_at <= $1 or last_seen_at <= $2",
        now,
        now - SESSION_IDLE
    )
    .execute(pool)
    .await?;
    sqlx::query!("delete from user_tokens where expires_at <= $1", now - LINK)
        .execute(pool)
        .await?;
    sqlx::query!("delete from user_factor_challenges where expires_at <= $1", now)
        .execute(pool)
        .await?;
    sqlx::query!("delete from user_passkey_challenges where expires_at <= $1", now)
        .execute(pool)
        .await?;
    // Set up and never confirmed: guards nothing.
    sqlx::query!(
        "delete from user_second_factors where confirmed_at is null and created_at <= $1",
        now - ABANDONED_FACTOR
    )
    .execute(pool)
    .await?;
    sqlx::query!(
        "update user_recovery_codes set sealed = null where sealed is not null and created_at <= $1",
        now - second_factor::SHOWN
    )
    .execute(pool)
    .await?;
    sqlx::query!(
        "delete from rate_limits where window_started_at <= $1",
        now - throttle::longest_window()
    )
    .execute(pool)
    .await?;
    sqlx::query!("delete from blocked_addresses where blocked_until <= $1", now)
        .execute(pool)
        .await?;
    sqlx::query!(
        "delete from tenant_invitation_batches where created_at <= $1",
        now - report::KEPT
    )
    .execute(pool)
    .await?;
    // Whose invitation has gone with its organization, has ended, or expired so long ago that nobody asks for another.
    sqlx::query!(
        "delete from invitation_codes c where not exists (
            select from tenant_invitations i where i.tenant_id = c.tenant_id and i.id = c.invitation_id
                and case when i.status = 'pending' then i.expires_at > $1 else i.ended_at > $2 end
        )",
        now - INVITATION_LINK,
        now - LINK,
    )
    .execute(pool)
    .await?;
    // One that is open is over when its time has run out.
    sqlx::query!(
        "delete from platform_invitations where coalesce(ended_at, expires_at) <= $1",
        now - STAFF_INVITATION
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// What the house keeps of its own work.
async fn of_the_house(pool: &PgPool, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from billing_payment_events where received_at <= $1",
        now - events::KEPT
    )
    .execute(pool)
    .await?;
    sqlx::query!(
        "update platform_impersonation_sessions set token_hash = null where token_hash is not null and ended_at <= $1",
        now - STAFF_SECRET,
    )
    .execute(pool)
    .await?;
    sqlx::query!(
        "update support_sessions set token_hash = null, handoff_used_hash = null, handoff_used_at = null, handoff_used_from = null
        where (token_hash is not null or handoff_used_hash is not null) and ended_at <= $1",
        now - STAFF_SECRET,
    )
    .execute(pool)
    .await?;
    sqlx::query!("delete from job_runs where finished_at <= $1", now - JOB_RUN)
        .execute(pool)
        .await?;
    forget_given_up_jobs(pool, now).await?;
    sqlx::query!("delete from problem_reports where closed_at <= $1", now - REPORT)
        .execute(pool)
        .await?;
    sqlx::query!(
        "delete from problem_report_screenshots where received_at <= $1",
        now - SCREENSHOT
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Jobs whose attempts are used up and that nobody holds. Each failure moves a job's time to when it would be tried again, which is
/// hours after it ran at the latest. The erasure of an account stays until somebody has seen to it: its job alone still knows what is
/// to be erased. Not checked while compiling: the queue's tables are made after the migrations.
async fn forget_given_up_jobs(pool: &PgPool, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t \
         where t.id = j.task_id and t.identifier <> $2 and j.locked_at is null and j.attempts >= j.max_attempts and j.run_at <= $1",
    )
    .bind(now - GIVEN_UP_JOB)
    .bind(<EraseAccount as Job>::NAME)
    .execute(pool)
    .await?;
    Ok(())
}

impl TaskHandler for CleanUp {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::TimeDelta;
    use futures::{FutureExt, future::BoxFuture};

    use super::*;
    use crate::{
        mail::{Mailer, NotSent, Rendered},
        people::{
            Ticket,
            decline::decline,
            testing::{invite_one, mailed_code},
        },
        testing::{TestDatabase, clock_and_deps},
        throttle::{Policy, attempt},
    };

    #[derive(Debug)]
    struct NoMail;

    impl Mailer for NoMail {
        fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>> {
            async move { Err(NotSent::Failed(format!("nothing is to be sent: {mail:?}"))) }.boxed()
        }
    }

    /// Rows that are to go at the time `$1`: a session that is too old and one that has rested, a link, a sign-in that is half
    /// done, a job's run. `$2` tells them apart.
    const ROWS: [&str; 5] = [
        "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at, \
         last_seen_at, expires_at) select gen_random_uuid(), sha256($2::text::bytea), id, 'password', '', '', \
         $1::timestamptz - interval '14 days', $1::timestamptz, $1::timestamptz, $1::timestamptz from users",
        "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at, \
         last_seen_at, expires_at) select gen_random_uuid(), sha256(('idle' || $2)::bytea), id, 'password', '', '', \
         $1::timestamptz - interval '25 hours', $1::timestamptz, $1::timestamptz - interval '24 hours', $1::timestamptz + interval '10 days' from users",
        "insert into user_tokens (token_hash, user_id, purpose, email, created_at, expires_at, used_at) \
         select sha256($2::text::bytea), id, 'magic_link', email, $1::timestamptz - interval '8 days', $1::timestamptz - interval '7 days', $1::timestamptz \
         from users",
        "insert into user_factor_challenges (token_hash, user_id, method, created_at, expires_at) \
         select sha256($2::text::bytea), id, 'password', $1::timestamptz - interval '5 minutes', $1::timestamptz from users",
        "insert into job_runs (id, task, job_id, attempt, outcome, started_at, finished_at) \
         select gen_random_uuid(), $2, 1, 1, 'succeeded', $1::timestamptz - interval '90 days', $1::timestamptz - interval '90 days'",
    ];

    #[tokio::test]
    async fn what_has_run_out_goes_and_what_has_not_stays() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        crate::testing::person(&deps, "ann").await;
        sqlx::query("delete from user_sessions")
            .execute(database.owner())
            .await
            .unwrap();
        attempt(&deps, Policy::SignInByAddress, "old").await.unwrap();
        clock.advance(throttle::longest_window());
        attempt(&deps, Policy::SignInByAddress, "fresh").await.unwrap();
        let now = deps.now();
        for (at, which) in [(now, "old"), (now + TimeDelta::seconds(1), "fresh")] {
            for insert in ROWS {
                sqlx::query(insert)
                    .bind(at)
                    .bind(which)
                    .execute(database.owner())
                    .await
                    .unwrap();
            }
        }
        let counted = async || {
            let mut counts = Vec::new();
            for table in [
                "user_sessions",
                "user_tokens",
                "user_factor_challenges",
                "rate_limits",
                "job_runs",
            ] {
                counts.push(database.count(table).await);
            }
            counts
        };
        assert_eq!(counted().await, [4, 2, 2, 3, 2], "the third counter is of the sign-up");
        let context = JobContext {
            platform: database.platform(),
            deps: deps.clone(),
            mailer: Arc::new(NoMail),
            base_url: "https://plinth.example".into(),
        };
        Job::run(&CleanUp {}, &context).await.unwrap();
        assert_eq!(counted().await, [2, 1, 1, 1, 1]);
        assert_eq!(database.count("job_runs where task = 'fresh'").await, 1);
        Job::run(&CleanUp {}, &context).await.unwrap();
        assert_eq!(counted().await, [2, 1, 1, 1, 1], "harmless to repeat");
        clock.advance(TimeDelta::seconds(1));
        Job::run(&CleanUp {}, &context).await.unwrap();
        assert_eq!(
            counted().await,
            [0, 0, 0, 1, 0],
            "a second later it is the others' turn"
        );
    }

    #[tokio::test]
    async fn what_the_payment_provider_told_is_kept_for_400_days() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        sqlx::query(
            "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, next_attempt_at) \
             values (gen_random_uuid(), 'polar', 'm', 'order.paid', '', '', $1, $1)",
        )
        .bind(deps.now())
        .execute(database.owner())
        .await
        .unwrap();
        let context = JobContext {
            platform: database.platform(),
            deps: deps.clone(),
            mailer: Arc::new(NoMail),
            base_url: "https://plinth.example".into(),
        };
        clock.advance(TimeDelta::days(400) - TimeDelta::seconds(1));
        Job::run(&CleanUp {}, &context).await.unwrap();
        assert_eq!(database.count("billing_payment_events").await, 1);
        clock.advance(TimeDelta::seconds(1));
        Job::run(&CleanUp {}, &context).await.unwrap();
        assert_eq!(database.count("billing_payment_events").await, 0);
    }

    #[tokio::test]
    async fn recovery_codes_are_shown_for_minutes_and_a_setup_waits_a_day() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        crate::testing::person(&deps, "ann").await;
        for insert in [
            "insert into user_recovery_codes (id, user_id, code_hash, sealed, created_at) \
             select gen_random_uuid(), id, sha256('a'), 'sealed', $1 from users",
            "insert into user_second_factors (id, user_id, kind, secret, created_at) \
             select gen_random_uuid(), id, 'totp', 'sealed', $1 from users",
        ] {
            sqlx::query(insert)
                .bind(deps.now())
                .execute(database.owner())
                .await
                .unwrap();
        }
        let context = JobContext {
            platform: database.platform(),
            deps: deps.clone(),
            mailer: Arc::new(NoMail),
            base_url: "https://plinth.example".into(),
        };
        let left = async |later: TimeDelta| {
            clock.advance(later);
            Job::run(&CleanUp {}, &context).await.unwrap();
            let shown = database.count("user_recovery_codes where sealed is not null").await;
            (shown, database.count("user_second_factors").await)
        };
        let second = TimeDelta::seconds(1);
        assert_eq!(left(second_factor::SHOWN - second).await, (1, 1));
        assert_eq!(left(second).await, (0, 1));
        assert_eq!(left(ABANDONED_FACTOR - second_factor::SHOWN - second).await, (0, 1));
        assert_eq!(left(second).await, (0, 0));
        assert_eq!(database.count("user_recovery_codes").await, 1, "it is still good");
    }

    #[tokio::test]
    async fn codes_outlive_their_invitation_for_a_while_and_reports_a_day() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = crate::testing::person(&deps, "ann").await;
        let acme = crate::testing::organization(&deps, &ann, "acme").await;
        let (open, declined) = (
            invite_one(&acme, &deps, "open@example.test").await,
            invite_one(&acme, &deps, "declined@example.test").await,
        );
        mailed_code(&database, &deps, &acme, open).await;
        let code = mailed_code(&database, &deps, &acme, declined).await;
        let visitor = crate::testing::visitor();
        decline(&visitor, None, &deps, Ticket::Code(&code)).await.unwrap();
        let context = JobContext {
            platform: database.platform(),
            deps: deps.clone(),
            mailer: Arc::new(NoMail),
            base_url: "https://plinth.example".into(),
        };
        let left = async |days: i64| {
            clock.advance(TimeDelta::days(days));
            Job::run(&CleanUp {}, &context).await.unwrap();
            let reports = database.count("tenant_invitation_batches").await;
            (database.count("invitation_codes").await, reports)
        };
        assert_eq!(left(0).await, (2, 2));
        assert_eq!(left(1).await, (2, 0));
        assert_eq!(left(6).await, (1, 0), "declined a week ago");
        assert_eq!(left(29).await, (1, 0), "expired 29 days ago");
        assert_eq!(left(1).await, (0, 0));
    }
}
