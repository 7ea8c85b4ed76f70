//! What becomes of faults that are written down: they go after a while, and who met them is forgotten with the account.

use chrono::{DateTime, Utc};
use contract::ids::UserId;

use crate::{Result, database::PlatformDatabase, retention::FAULT};

/// Those whose time has run out. Harmless to repeat.
pub(crate) async fn old(platform: &PlatformDatabase, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from request_faults where created_at <= $1", now - FAULT)
        .execute(platform.pool())
        .await?;
    Ok(())
}

/// Who met them; that they happened stays for the rest of its time. Harmless to repeat.
pub(crate) async fn person(platform: &PlatformDatabase, user: UserId) -> Result<()> {
    sqlx::query!("update request_faults set user_id = null where user_id = $1", user.0)
        .execute(platform.pool())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        faults::record::{NewFault, record},
        testing::{TestDatabase, deps, person as somebody},
    };

    #[tokio::test]
    async fn who_met_it_is_forgotten_and_that_it_happened_is_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (somebody(&deps, "ann").await, somebody(&deps, "bob").await);
        for user in [&ann, &bob] {
            let fault = NewFault {
                tenant: None,
                user: Some(user.id()),
                method: "GET",
                route: "/account/profile".to_owned(),
                request_id: String::new(),
                status: 500,
            };
            record(&deps, &fault).await.unwrap();
        }
        for _ in 0..2 {
            person(&database.platform(), ann.id()).await.unwrap();
            assert_eq!(database.count("request_faults").await, 2);
            let kept = format!("request_faults where user_id = '{}'", bob.id());
            assert_eq!(database.count(&kept).await, 1);
            assert_eq!(database.count("request_faults where user_id is null").await, 1);
        }
    }
}
