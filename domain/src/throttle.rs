//! How often something may be tried, counted in Postgres, so that it holds for all nodes and over a restart.
//!
//! Every figure is in `policy.rs`. A counter belongs to an account or to a client's address; its key is stored as a
//! hash. Beyond the free attempts each further one makes the wait twice as long, and a wait is told in seconds.

mod blocked;
mod counters;
mod policy;

use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

pub(crate) use blocked::refuse_blocked;
pub use counters::Lockout;
pub(crate) use counters::{counters, forget};
pub(crate) use policy::longest_window;
pub use policy::{Figures, Policy};

use crate::{Deps, Result, actor::UserActor, metrics};

/// Counts an attempt, or refuses it when it comes too early. One statement: parallel attempts are all counted, and who has
/// waited as told is let in once more. Where it leads in, a client whom staff have blocked is refused before.
pub async fn attempt(deps: &Deps, policy: Policy, subject: &str) -> Result<()> {
    if policy.is_way_in_by_address() {
        refuse_blocked(deps, policy, subject).await?;
    }
    attempt_inside(deps, policy, subject).await
}

/// The same of what leads in and is open to who is in already: of whoever is signed in, the client's block is not asked for.
pub(crate) async fn attempt_of(deps: &Deps, policy: Policy, client: &str, user: Option<&UserActor>) -> Result<()> {
    if user.is_some() {
        attempt_inside(deps, policy, client).await
    } else {
        attempt(deps, policy, client).await
    }
}

/// The same of somebody who is signed in: a block keeps people out and puts nobody out, or one of the staff could shut out who
/// is above them.
pub(crate) async fn attempt_inside(deps: &Deps, policy: Policy, subject: &str) -> Result<()> {
    let now = deps.now();
    let figures = policy.figures();
    let key = key(policy, subject);
    let counted = sqlx::query_scalar!(
        r#"insert into rate_limits as r (policy, key, attempts, window_started_at) values ($1, $2, 1, $3)
        on conflict (policy, key) do update set
            attempts = case when r.window_started_at <= $4 then 1 else r.attempts + 1 end,
            window_started_at = case when r.window_started_at <= $4 then $3 else r.window_started_at end,
            blocked_until = case
                when r.window_started_at > $4 and r.attempts + 1 >= $5
                -- At the latest when the window ends, and everything in it is forgotten.
                then least(
                    $3 + make_interval(secs => $6 * power(2, least(r.attempts + 1 - $5, 16))),
                    r.window_started_at + ($3 - $4)
                )
            end
        where r.window_started_at <= $4 or r.blocked_until is null or r.blocked_until <= $3
        returning attempts"#,
        policy.key(),
        &key[..],
        now,
        now - figures.window,
        figures.free,
        figures.first_wait.as_seconds_f64(),
    )
    .fetch_optional(deps.database.global())
    .await?;
    if counted.is_some() {
        return Ok(());
    }
    let until = sqlx::query_scalar!(
        "select blocked_until from rate_limits where policy = $1 and key = $2",
        policy.key(),
        &key[..],
    )
    .fetch_optional(deps.database.global())
    .await?
    .flatten();
    metrics::throttled(policy);
    Err(throttled(until.unwrap_or(now), now))
}

/// Forgets the attempts, after one that was right.
pub async fn clear(deps: &Deps, policy: Policy, subject: &str) -> Result<()> {
    sqlx::query!(
        "delete from rate_limits where policy = $1 and key = $2",
        policy.key(),
        &key(policy, subject)[..]
    )
    .execute(deps.database.global())
    .await?;
    Ok(())
}

/// Takes back one attempt that was right, where those of others are counted as well. Beyond the free ones only one is let in
/// at a time, so that the wait that ends here is the one that it began.
pub async fn give_back(deps: &Deps, policy: Policy, subject: &str) -> Result<()> {
    sqlx::query!(
        "update rate_limits set attempts = greatest(attempts - 1, 0), blocked_until = null where policy = $1 and key = $2",
        policy.key(),
        &key(policy, subject)[..]
    )
    .execute(deps.database.global())
    .await?;
    Ok(())
}

/// A client's address as it is counted: IPv6 by its /64, which is what one subscriber has.
pub fn client(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            format!("{}/64", Ipv6Addr::from(network))
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

pub(crate) fn key(policy: Policy, subject: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(policy.key());
    hash.update([0]);
    hash.update(subject);
    hash.finalize().into()
}

fn throttled(until: DateTime<Utc>, now: DateTime<Utc>) -> crate::Error {
    // Upwards: who comes back after the seconds that were told is not a moment too early.
    let wait = until - now + TimeDelta::microseconds(999_999);
    let seconds = u32::try_from(wait.num_seconds()).unwrap_or_default().max(1);
    contract::Error::Throttled {
        retry_after_seconds: seconds,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, clock_and_deps};

    #[test]
    fn an_ipv6_client_is_its_network() {
        assert_eq!(client("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(client("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(client("192.0.2.1"), "192.0.2.1");
    }

    async fn refused(deps: &Deps) -> contract::Error {
        attempt(deps, Policy::SignInByAccount, "a").await.unwrap_err().into()
    }

    fn wait(retry_after_seconds: u32) -> contract::Error {
        contract::Error::Throttled { retry_after_seconds }
    }

    #[tokio::test]
    async fn who_waits_is_let_in_once_and_the_waits_grow() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        for _ in 0..10 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
        for _ in 0..2 {
            assert_eq!(
                refused(&deps).await,
                wait(30),
                "asking too early does not make it longer"
            );
        }
        attempt(&deps, Policy::SignInByAccount, "b").await.unwrap();
        clock.advance(TimeDelta::seconds(30));
        attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        assert_eq!(refused(&deps).await, wait(60), "the wait has grown");
        clear(&deps, Policy::SignInByAccount, "a").await.unwrap();
        attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
    }

    #[tokio::test]
    async fn a_window_that_is_over_is_forgotten() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        for _ in 0..10 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
        clock.advance(TimeDelta::minutes(15));
        for _ in 0..10 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
        assert_eq!(refused(&deps).await, wait(30));
    }

    #[tokio::test]
    async fn a_wait_is_told_in_whole_seconds_upwards_and_ends_with_the_window() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        for _ in 0..10 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
        clock.advance(TimeDelta::milliseconds(500));
        assert_eq!(refused(&deps).await, wait(30), "29.5 seconds are left");
        clock.advance(TimeDelta::milliseconds(29_500));
        for next in [60, 120, 240] {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
            assert_eq!(refused(&deps).await, wait(next));
            clock.advance(TimeDelta::seconds(next.into()));
        }
        // Half of the window is over: the next wait of 480 seconds would outlast it.
        attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        assert_eq!(refused(&deps).await, wait(450));
        clock.advance(TimeDelta::seconds(450));
        for _ in 0..10 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
    }

    #[tokio::test]
    async fn what_is_given_back_does_not_count_and_takes_nobody_elses_along() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        for _ in 0..9 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
        for _ in 0..20 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
            give_back(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
        attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        assert_eq!(refused(&deps).await, wait(30), "ten that were not right");
        clock.advance(TimeDelta::seconds(30));
        attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        give_back(&deps, Policy::SignInByAccount, "a").await.unwrap();
        attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        assert_eq!(
            refused(&deps).await,
            wait(60),
            "the wait grows as if nothing had been right"
        );
    }

    #[tokio::test]
    async fn many_that_are_given_back_at_once_leave_the_others() {
        let database = TestDatabase::new().await;
        let deps = clock_and_deps(&database).1;
        let right = (0..20).map(|number| {
            let deps = deps.clone();
            tokio::spawn(async move {
                attempt(&deps, Policy::SignInByAddress, "a").await.unwrap();
                if number % 2 == 0 {
                    give_back(&deps, Policy::SignInByAddress, "a").await.unwrap();
                }
            })
        });
        for one in right.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        assert_eq!(database.count("rate_limits where attempts = 10").await, 1);
    }
}
