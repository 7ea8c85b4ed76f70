//! How often something may be tried, counted in Postgres, so that it holds for all nodes and over a restart.
//!
//! Every figure is in [`Policy::figures`]. A counter belongs to an account or to a client's address; its key is stored as a
//! hash. Beyond the free attempts each further one makes the wait twice as long, and a wait is told in seconds.

use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::{Deps, Result};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    SignInByAccount,
    SignInByAddress,
    SignUpByAddress,
    MailedLinkByAccount,
    MailedLinkByAddress,
    RedeemByAddress,
    SlugCheckByPerson,
    PasswordStrengthByAddress,
}

/// Attempts that cost nothing within the window; then a wait that doubles from `first_wait` to the rest of the window.
#[derive(Debug, Clone, Copy)]
struct Figures {
    free: i32,
    window: TimeDelta,
    first_wait: TimeDelta,
}

impl Policy {
    const ALL: &[Self] = &[
        Self::SignInByAccount,
        Self::SignInByAddress,
        Self::SignUpByAddress,
        Self::MailedLinkByAccount,
        Self::MailedLinkByAddress,
        Self::RedeemByAddress,
        Self::SlugCheckByPerson,
        Self::PasswordStrengthByAddress,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::SignInByAccount => "sign_in_by_account",
            Self::SignInByAddress => "sign_in_by_address",
            Self::SignUpByAddress => "sign_up_by_address",
            Self::MailedLinkByAccount => "mailed_link_by_account",
            Self::MailedLinkByAddress => "mailed_link_by_address",
            Self::RedeemByAddress => "redeem_by_address",
            Self::SlugCheckByPerson => "slug_check_by_person",
            Self::PasswordStrengthByAddress => "password_strength_by_address",
        }
    }

    /// The one table of figures.
    const fn figures(self) -> Figures {
        let (free, window, first_wait) = match self {
            Self::SignInByAccount => (10, TimeDelta::minutes(15), TimeDelta::seconds(30)),
            Self::SignInByAddress => (30, TimeDelta::minutes(15), TimeDelta::seconds(30)),
            Self::SignUpByAddress => (20, TimeDelta::hours(1), TimeDelta::minutes(1)),
            Self::MailedLinkByAccount => (3, TimeDelta::minutes(15), TimeDelta::minutes(1)),
            Self::MailedLinkByAddress => (20, TimeDelta::minutes(15), TimeDelta::minutes(1)),
            Self::RedeemByAddress => (30, TimeDelta::minutes(15), TimeDelta::minutes(1)),
            Self::SlugCheckByPerson | Self::PasswordStrengthByAddress => {
                (300, TimeDelta::minutes(5), TimeDelta::seconds(10))
            }
        };
        Figures {
            free,
            window,
            first_wait,
        }
    }
}

/// The wait after this many attempts, the present one included; zero while they are free.
fn wait(figures: Figures, attempts: i32) -> TimeDelta {
    let beyond = attempts - figures.free;
    if beyond <= 0 {
        return TimeDelta::zero();
    }
    let doublings = u32::try_from(beyond - 1).unwrap_or_default().min(16);
    (figures.first_wait * 2_i32.pow(doublings)).min(figures.window)
}

/// Counts an attempt, or refuses it when it comes too early. One statement: parallel attempts are all counted.
pub async fn attempt(deps: &Deps, policy: Policy, subject: &str) -> Result<()> {
    let now = deps.now();
    let figures = policy.figures();
    let key = key(policy, subject);
    let row = sqlx::query!(
        r#"insert into rate_limits as r (policy, key, attempts, window_started_at) values ($1, $2, 1, $3)
        on conflict (policy, key) do update set
            attempts = case
                when r.window_started_at <= $4 then 1
                when r.blocked_until > $3 then r.attempts
                else r.attempts + 1
            end,
            window_started_at = case when r.window_started_at <= $4 then $3 else r.window_started_at end,
            blocked_until = case when r.window_started_at <= $4 then null else r.blocked_until end
        returning attempts, blocked_until"#,
        policy.key(),
        &key[..],
        now,
        now - figures.window,
    )
    .fetch_one(deps.database.global())
    .await?;
    if let Some(until) = row.blocked_until.filter(|until| *until > now) {
        return Err(throttled(until, now));
    }
    let wait = wait(figures, row.attempts);
    if wait > TimeDelta::zero() {
        sqlx::query!(
            "update rate_limits set blocked_until = $3 where policy = $1 and key = $2",
            policy.key(),
            &key[..],
            now + wait,
        )
        .execute(deps.database.global())
        .await?;
        return Err(throttled(now + wait, now));
    }
    Ok(())
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

/// The longest window: counters older than this mean nothing.
pub(crate) fn longest_window() -> TimeDelta {
    Policy::ALL
        .iter()
        .map(|policy| policy.figures().window)
        .max()
        .unwrap_or_default()
}

fn key(policy: Policy, subject: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(policy.key());
    hash.update([0]);
    hash.update(subject);
    hash.finalize().into()
}

fn throttled(until: DateTime<Utc>, now: DateTime<Utc>) -> crate::Error {
    let seconds = u32::try_from((until - now).num_seconds()).unwrap_or_default().max(1);
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
    fn waits_grow_up_to_the_window() {
        let figures = Policy::SignInByAccount.figures();
        assert_eq!(wait(figures, 10), TimeDelta::zero());
        assert_eq!(wait(figures, 11), TimeDelta::seconds(30));
        assert_eq!(wait(figures, 12), TimeDelta::seconds(60));
        assert_eq!(wait(figures, 40), figures.window);
    }

    #[test]
    fn an_ipv6_client_is_its_network() {
        assert_eq!(client("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(client("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(client("192.0.2.1"), "192.0.2.1");
    }

    #[tokio::test]
    async fn refuses_beyond_the_free_attempts_until_the_wait_is_over() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        for _ in 0..10 {
            attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
        }
        for _ in 0..2 {
            let refused = attempt(&deps, Policy::SignInByAccount, "a").await.unwrap_err();
            let refused = contract::Error::from(refused);
            assert_eq!(
                refused,
                contract::Error::Throttled {
                    retry_after_seconds: 30
                }
            );
        }
        attempt(&deps, Policy::SignInByAccount, "b").await.unwrap();
        clock.advance(TimeDelta::seconds(31));
        let refused = contract::Error::from(attempt(&deps, Policy::SignInByAccount, "a").await.unwrap_err());
        assert_eq!(
            refused,
            contract::Error::Throttled {
                retry_after_seconds: 60
            },
            "the wait has grown"
        );
        clear(&deps, Policy::SignInByAccount, "a").await.unwrap();
        attempt(&deps, Policy::SignInByAccount, "a").await.unwrap();
    }
}
