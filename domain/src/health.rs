//! Whether the house can work, for whoever watches over it: asked often, so that it asks little.

use uuid::Uuid;

use crate::{
    Deps, Result,
    database::{MIGRATIONS, PlatformDatabase},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// This release needs migrations that were not applied.
    SchemaBehind,
    /// There are workers, and none of them has been heard of for a minute.
    WorkersSilent,
}

/// An error when the database does not answer. Where no worker has ever started, or the last one has said good-bye, none is missed.
pub async fn readiness(deps: &Deps) -> Result<Readiness> {
    let pool = deps.database.global();
    // The migrator makes this table, and not a migration: it is no matter of the checked queries.
    let applied: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
        .fetch_one(pool)
        .await?;
    if usize::try_from(applied).unwrap_or_default() < MIGRATIONS.iter().count() {
        return Ok(Readiness::SchemaBehind);
    }
    let silent = sqlx::query_scalar!(
        r#"select coalesce(max(seen_at) < now() - interval '1 minute', false) as "silent!" from worker_heartbeats"#,
    )
    .fetch_one(pool)
    .await?;
    Ok(if silent {
        Readiness::WorkersSilent
    } else {
        Readiness::Ready
    })
}

/// A worker says that it lives. By the database's clock, which is the queue's: nobody can move it. Those that have said nothing for
/// a day are forgotten.
pub(crate) async fn beat(platform: &PlatformDatabase, worker: Uuid) -> Result<()> {
    sqlx::query!(
        "with gone as (delete from worker_heartbeats where seen_at < now() - interval '1 day') \
         insert into worker_heartbeats (worker_id, seen_at) values ($1, now()) \
         on conflict (worker_id) do update set seen_at = excluded.seen_at",
        worker,
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}

/// A worker ends, and is not missed.
pub(crate) async fn say_good_bye(platform: &PlatformDatabase, worker: Uuid) -> Result<()> {
    sqlx::query!("delete from worker_heartbeats where worker_id = $1", worker)
        .execute(platform.pool())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps};

    #[tokio::test]
    async fn a_worker_that_falls_silent_is_missed_and_one_that_ends_is_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (platform, worker): (_, Uuid) = (database.platform(), deps.id());
        assert_eq!(readiness(&deps).await.unwrap(), Readiness::Ready);
        beat(&platform, worker).await.unwrap();
        let silent_for = async |seconds: f64| {
            sqlx::query("update worker_heartbeats set seen_at = now() - make_interval(secs => $1)")
                .bind(seconds)
                .execute(database.owner())
                .await
                .unwrap();
            readiness(&deps).await.unwrap()
        };
        assert_eq!(silent_for(50.0).await, Readiness::Ready);
        assert_eq!(silent_for(61.0).await, Readiness::WorkersSilent);
        // One that works is enough.
        beat(&platform, deps.id()).await.unwrap();
        assert_eq!(readiness(&deps).await.unwrap(), Readiness::Ready);
        silent_for(61.0).await;
        sqlx::query("delete from worker_heartbeats where worker_id <> $1")
            .bind(worker)
            .execute(database.owner())
            .await
            .unwrap();
        say_good_bye(&platform, worker).await.unwrap();
        assert_eq!(readiness(&deps).await.unwrap(), Readiness::Ready);
    }

    #[tokio::test]
    async fn a_schema_that_is_behind_is_told_of() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        sqlx::query("delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)")
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(readiness(&deps).await.unwrap(), Readiness::SchemaBehind);
    }
}
