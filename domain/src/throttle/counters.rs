//! The counters of somebody who asks why they have to wait. A key is a hash: a counter is found by who knows what is counted,
//! and no list of them says whose they are.

use chrono::{DateTime, Utc};

use super::{Policy, key};
use crate::{Deps, Result, database::Transaction};

/// What was tried, how often, and until when it has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lockout {
    pub policy: Policy,
    pub attempts: u32,
    /// `None` while further attempts are let in.
    pub until: Option<DateTime<Utc>>,
}

/// Those that count at this moment, in the order in which they are asked for; one subject may be counted under several names.
pub(crate) async fn counters(
    transaction: &mut Transaction,
    deps: &Deps,
    counted: &[(Policy, String)],
) -> Result<Vec<Lockout>> {
    let now = deps.now();
    let keys: Vec<Vec<u8>> = counted
        .iter()
        .map(|(policy, subject)| key(*policy, subject).to_vec())
        .collect();
    let rows = sqlx::query!(
        "select key, attempts, window_started_at, blocked_until from rate_limits \
         where (policy, key) in (select * from unnest($1::text[], $2::bytea[]))",
        &counted
            .iter()
            .map(|(policy, _)| policy.key().to_owned())
            .collect::<Vec<_>>(),
        &keys,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let found = counted.iter().zip(&keys).filter_map(|((policy, _), key)| {
        let row = rows.iter().find(|row| row.key == *key)?;
        let counts = row.window_started_at > now - policy.figures().window && row.attempts > 0;
        counts.then(|| Lockout {
            policy: *policy,
            attempts: u32::try_from(row.attempts).unwrap_or_default(),
            until: row.blocked_until.filter(|until| *until > now),
        })
    });
    Ok(found.collect())
}

/// Forgets all of them. Says how many there were.
pub(crate) async fn forget(transaction: &mut Transaction, counted: &[(Policy, String)]) -> Result<u64> {
    let forgotten = sqlx::query!(
        "delete from rate_limits where (policy, key) in (select * from unnest($1::text[], $2::bytea[]))",
        &counted
            .iter()
            .map(|(policy, _)| policy.key().to_owned())
            .collect::<Vec<_>>(),
        &counted
            .iter()
            .map(|(policy, subject)| key(*policy, subject).to_vec())
            .collect::<Vec<_>>(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(forgotten.rows_affected())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        testing::{TestDatabase, clock_and_deps},
        throttle::attempt,
    };

    #[tokio::test]
    async fn are_found_by_who_is_counted_while_they_count() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = [
            (Policy::SignInByAccount, "ann@example.test".to_owned()),
            (Policy::MailedLinkByAccount, "ann@example.test".to_owned()),
        ];
        let found = async || {
            let mut transaction = database.platform().begin().await.unwrap();
            counters(&mut transaction, &deps, &ann).await.unwrap()
        };
        attempt(&deps, Policy::SignInByAccount, "bob@example.test")
            .await
            .unwrap();
        assert_eq!(found().await, []);
        for _ in 0..10 {
            attempt(&deps, Policy::SignInByAccount, "ann@example.test")
                .await
                .unwrap();
        }
        let until = Some(deps.now() + TimeDelta::seconds(30));
        let expected = Lockout {
            policy: Policy::SignInByAccount,
            attempts: 10,
            until,
        };
        assert_eq!(found().await, [expected]);
        clock.advance(TimeDelta::seconds(30));
        assert_eq!(
            found().await,
            [Lockout {
                until: None,
                ..expected
            }]
        );
        clock.advance(TimeDelta::minutes(15));
        assert_eq!(found().await, []);
    }
}
