//! Which organizations time alone has brought into another state, or to the day of a reminder.

use contract::ids::TenantId;
use serde_json::json;

use super::{
    notice,
    refresh::{Refreshed, refresh},
    standing, take_in,
};
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::{PlatformDatabase, Transaction},
};

/// One piece of the search.
#[derive(Debug)]
pub(crate) struct LookedAt {
    pub due: Vec<TenantId>,
    /// Where the next piece begins; `None` when there is none.
    pub last: Option<TenantId>,
}

/// Among the next so many behind one, by id. Few of all organizations have anything that runs out at a time; of those it is
/// worked out by the one function that knows.
pub(crate) async fn due(platform: &PlatformDatabase, deps: &Deps, after: TenantId, limit: i64) -> Result<LookedAt> {
    let now = deps.now();
    let candidates = sqlx::query!(
        r#"select t.id, t.billing_state, coalesce(o.expires_at <= $1, false) as "expired!"
        from tenants t
        left join billing_tenant_subscriptions s on s.tenant_id = t.id and s.is_current
        left join billing_overrides o on o.tenant_id = t.id and o.ended_at is null
        where t.id > $2 and t.deleted_at is null
            and (t.billing_state in ('trialing', 'past_due', 'restricted', 'canceling') or s.cancel_at_period_end or o.expires_at <= $1)
        order by t.id limit $3"#,
        now,
        after.0,
        limit,
    )
    .fetch_all(platform.pool())
    .await?;
    let last = candidates.last().map(|row| TenantId(row.id));
    let mut due = Vec::new();
    let mut transaction = platform.begin().await?;
    for candidate in candidates {
        let tenant = TenantId(candidate.id);
        let row = standing::row(&mut transaction, tenant, now).await?;
        let facts = row.facts()?;
        let effective = row.plan(now, deps.billing)?.effective;
        let moved = candidate.expired || effective.state.key() != candidate.billing_state;
        let untold = match notice::reminder(&facts, &effective, now) {
            Some((notice, occasion)) => !notice::was_told(&mut transaction, tenant, notice, &occasion).await?,
            None => false,
        };
        if moved || untold {
            due.push(tenant);
        }
    }
    Ok(LookedAt { due, last })
}

/// What time has done to one of them. What the operator gave until now has ended.
pub(crate) async fn catch_up(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Refreshed> {
    if !take_in::hold(transaction, tenant).await? {
        return Err(contract::Error::NotFound.into());
    }
    let ended = sqlx::query!(
        "update billing_overrides set ended_at = expires_at \
         where tenant_id = $1 and ended_at is null and expires_at <= $2 returning plan_key, kind, expires_at",
        tenant.0,
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let refreshed = refresh(transaction, deps, tenant).await?;
    if let Some(ended) = ended {
        let request = RequestInfo::default();
        let mut entry = Entry::new(Action::BillingOverrideEnded, Origin::System, &request).subject(tenant.0);
        entry.tenant = tenant;
        entry
            .before(json!({ "plan": ended.plan_key, "kind": ended.kind, "expires_at": ended.expires_at }))
            .write(transaction, deps)
            .await?;
    }
    Ok(refreshed)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use crate::{
        billing::{
            events::settle::settle,
            notice::Notice,
            testing::{Script, at, subscription, told},
        },
        mail::{Bill, Mail, compose},
        testing::{TestDatabase, clock_and_deps, join, organization, person},
    };

    /// What is due now, after it has been caught up with: the kinds of all notices so far, and the state.
    async fn caught_up(database: &TestDatabase, deps: &Deps) -> (usize, Vec<String>, String) {
        let platform = database.platform();
        let found = due(&platform, deps, TenantId(Uuid::nil()), 100).await.unwrap().due;
        for tenant in &found {
            let mut transaction = platform.begin().await.unwrap();
            catch_up(&mut transaction, deps, *tenant).await.unwrap();
            transaction.commit().await.unwrap();
        }
        let again = due(&platform, deps, TenantId(Uuid::nil()), 100).await.unwrap().due;
        assert_eq!(again, [], "caught up with");
        let notices = sqlx::query_scalar("select kind from billing_notices order by sent_at, kind")
            .fetch_all(database.owner())
            .await
            .unwrap();
        let state = sqlx::query_scalar("select billing_state from tenants")
            .fetch_one(database.owner())
            .await
            .unwrap();
        (found.len(), notices, state)
    }

    #[tokio::test]
    async fn a_trial_is_reminded_of_and_ends_once_and_who_may_pay_is_told() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "billing").await;
        join(&database, &deps, &acme, &person(&deps, "cid").await, "member").await;
        let end = sqlx::query_scalar("select trial_ends_at from tenants")
            .fetch_one(database.owner())
            .await
            .unwrap();
        assert_eq!(caught_up(&database, &deps).await, (0, vec![], "trialing".to_owned()));
        let mut notices = Vec::new();
        for (before, kind, state) in [
            (TimeDelta::days(3), "trial_ending_3", "trialing"),
            (TimeDelta::days(1), "trial_ending_1", "trialing"),
            (TimeDelta::zero(), "trial_ended", "none"),
        ] {
            clock.set(end);
            clock.advance(-before);
            notices.push(kind.to_owned());
            assert_eq!(
                caught_up(&database, &deps).await,
                (1, notices.clone(), state.to_owned())
            );
        }
        assert_eq!(
            database.count("audit_log where action = 'billing.trial_ended'").await,
            1
        );
        let mails = "graphile_worker._private_jobs where payload::text like '%\"Bill\"%'";
        assert_eq!(database.count(mails).await, 6, "owner and billing, three times");

        let written = async |notice: Notice| {
            let mail = Mail::Bill(Bill {
                user: bob.id(),
                tenant: acme.tenant().id,
                notice,
            });
            compose(&database.platform(), &deps, "https://plinth.example", &mail)
                .await
                .unwrap()
        };
        let mail = written(Notice::TrialEnded).await.unwrap();
        assert_eq!(
            (&*mail.to, &*mail.subject),
            ("bob@example.test", "The trial of acme is over")
        );
        assert!(
            mail.text.contains("https://plinth.example/o/acme/settings/billing"),
            "{}",
            mail.text
        );
        assert_eq!(written(Notice::TrialEnding1).await, None, "not so any more");
    }

    #[tokio::test]
    async fn grace_runs_out_also_where_the_provider_does_not_say_since_when() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (script, deps) = Script::begin(&database, deps).await;
        let platform = database.platform();
        // Another attempt does not move the beginning, whichever is heard of first.
        for (message, hour) in [("second", 12), ("first", 10)] {
            let mut one = subscription(acme.tenant().id, "one");
            one.status = crate::billing::provider::SubscriptionStatus::PastDue;
            one.past_due_at = None;
            one.modified_at = at(2, hour);
            let event = script.send(&platform, &deps, message, told(one)).await;
            settle(&platform, &deps, event).await.unwrap();
        }
        let since = format!("billing_tenant_subscriptions where past_due_at = '{}'", at(2, 9));
        assert_eq!(database.count(&since).await, 1);
        assert_eq!(caught_up(&database, &deps).await.2, "past_due");
        clock.set(at(2, 9) + deps.billing.grace);
        // The change of the state is told first, the reminder of the same day afterwards.
        let mut transaction = platform.begin().await.unwrap();
        catch_up(&mut transaction, &deps, acme.tenant().id).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(caught_up(&database, &deps).await.2, "restricted");
    }

    #[tokio::test]
    async fn grace_runs_out_a_gift_ends_and_a_cancellation_takes_effect_by_time_alone() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let tenant = acme.tenant().id;
        let (script, deps) = Script::begin(&database, deps).await;
        let platform = database.platform();
        let tell = async |message: &str, change: &dyn Fn(&mut crate::billing::provider::Subscription)| {
            let mut one = subscription(tenant, "one");
            change(&mut one);
            one.modified_at = deps.now();
            let event = script.send(&platform, &deps, message, told(one)).await;
            settle(&platform, &deps, event).await.unwrap();
        };
        clock.advance(TimeDelta::hours(1));
        let failed_at = deps.now();
        tell("1", &|one| {
            one.status = crate::billing::provider::SubscriptionStatus::PastDue;
            one.past_due_at = Some(failed_at);
        })
        .await;
        let states = async |days: i64| {
            clock.set(failed_at + TimeDelta::days(days));
            let (_, notices, state) = caught_up(&database, &deps).await;
            (notices.last().cloned(), state)
        };
        let is = |notice: &str, state: &str| (Some(notice.to_owned()), state.to_owned());
        assert_eq!(states(0).await, is("payment_failed", "past_due"));
        assert_eq!(states(2).await, is("payment_failed_2", "past_due"));
        // The change of the state is told first, the reminder of the same day an hour later.
        let (_, notices, state) = {
            clock.set(failed_at + TimeDelta::days(7));
            let platform = database.platform();
            let mut transaction = platform.begin().await.unwrap();
            catch_up(&mut transaction, &deps, tenant).await.unwrap();
            transaction.commit().await.unwrap();
            caught_up(&database, &deps).await
        };
        assert!(notices.contains(&"restricted".to_owned()), "{notices:?}");
        assert_eq!(state, "restricted");

        let ends = at(20, 9);
        tell("2", &|one| {
            one.cancel_at_period_end = true;
            one.ends_at = Some(ends);
        })
        .await;
        assert_eq!(caught_up(&database, &deps).await.2, "canceling");
        clock.set(ends);
        assert_eq!(caught_up(&database, &deps).await.2, "canceled");

        let given = format!(
            "insert into billing_overrides (tenant_id, id, kind, plan_key, reason, starts_at, expires_at) \
             values ('{tenant}', gen_random_uuid(), 'complimentary', 'business', 'sorry', '{ends}', '{}')",
            ends + TimeDelta::days(1)
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(given))
            .execute(database.owner())
            .await
            .unwrap();
        let mut transaction = platform.begin().await.unwrap();
        catch_up(&mut transaction, &deps, tenant).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(caught_up(&database, &deps).await.2, "complimentary");
        clock.advance(TimeDelta::days(1));
        assert_eq!(caught_up(&database, &deps).await.2, "canceled");
        assert_eq!(
            database
                .count("audit_log where action = 'billing.override_ended'")
                .await,
            1
        );
    }
}
