use chrono::TimeDelta;
use contract::ids::{ProjectId, UserId};

use super::*;
use crate::{
    actor::OrgActor,
    testing::{TestClock, TestDatabase, clock_and_deps, join, join_as_guest, organization, person, project},
};

/// An organization on a larger plan, with three projects, two members beside the owner and two guests.
struct Large {
    database: TestDatabase,
    clock: std::sync::Arc<TestClock>,
    deps: Deps,
    org: OrgActor,
    projects: Vec<ProjectId>,
    members: Vec<UserId>,
    guests: Vec<UserId>,
}

impl Large {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (mut projects, mut members, mut guests) = (Vec::new(), Vec::new(), Vec::new());
        for name in ["One", "Two", "Three"] {
            clock.advance(TimeDelta::seconds(1));
            projects.push(project(&deps, &org, name).await);
        }
        for name in ["bob", "cid"] {
            clock.advance(TimeDelta::seconds(1));
            let user = person(&deps, name).await;
            join(&database, &deps, &org, &user, "member").await;
            members.push(user.id());
        }
        for name in ["gil", "hal"] {
            clock.advance(TimeDelta::seconds(1));
            let user = person(&deps, name).await;
            join_as_guest(&database, &deps, &org, &user).await;
            guests.push(user.id());
        }
        Self {
            database,
            clock,
            deps,
            org,
            projects,
            members,
            guests,
        }
    }

    /// Says what the plan allows from now on.
    async fn allow(&self, projects: Option<i32>, members: Option<i32>, guests: Option<i32>) {
        for (key, allowed) in [("projects", projects), ("members", members), ("guests", guests)] {
            sqlx::query("update plan_limits set allowed = $2 where plan_key = 'starter' and limit_key = $1")
                .bind(key)
                .bind(allowed)
                .execute(self.database.owner())
                .await
                .unwrap();
        }
    }

    /// As the worker does it.
    async fn apply(&self) -> Applied {
        let mut transaction = self.database.platform().begin().await.unwrap();
        let applied = apply(&mut transaction, &self.deps, self.org.tenant().id).await.unwrap();
        transaction.commit().await.unwrap();
        applied
    }

    async fn paused(&self) -> (Vec<ProjectId>, Vec<UserId>) {
        let projects: Vec<Uuid> =
            sqlx::query_scalar("select id from projects where paused_at is not null order by created_at")
                .fetch_all(self.database.owner())
                .await
                .unwrap();
        let people: Vec<Uuid> =
            sqlx::query_scalar("select user_id from tenant_members where paused_at is not null order by joined_at")
                .fetch_all(self.database.owner())
                .await
                .unwrap();
        (
            projects.into_iter().map(ProjectId).collect(),
            people.into_iter().map(UserId).collect(),
        )
    }
}

const NOTHING: (Vec<ProjectId>, Vec<UserId>) = (Vec::new(), Vec::new());

#[tokio::test]
async fn the_newest_are_paused_after_the_days_of_grace_and_not_before() {
    let large = Large::new().await;
    assert_eq!(large.apply().await.over_since, None);
    large.allow(Some(1), Some(2), Some(1)).await;
    let began = large.deps.now();
    let nothing_yet = Applied {
        over_since: Some(began),
        paused: 0,
        taken_up: 0,
    };
    assert_eq!(large.apply().await, nothing_yet);
    large
        .clock
        .set(began + large.deps.billing.grace - TimeDelta::seconds(1));
    assert_eq!(large.apply().await, nothing_yet);
    assert_eq!(large.paused().await, NOTHING);
    assert_eq!(due(&large.database.platform(), &large.deps).await.unwrap(), []);

    large.clock.set(began + large.deps.billing.grace);
    assert_eq!(
        due(&large.database.platform(), &large.deps).await.unwrap(),
        [large.org.tenant().id]
    );
    let applied = large.apply().await;
    assert_eq!((applied.paused, applied.taken_up), (4, 0));
    assert_eq!(
        large.paused().await,
        (large.projects[1..].to_vec(), vec![large.members[1], large.guests[1]])
    );
    let again = large.apply().await;
    assert_eq!((again.paused, again.taken_up), (0, 0));
    let recorded = "audit_log where action = 'billing.limits_applied' and origin = 'system'";
    assert_eq!(large.database.count(recorded).await, 1);
}

#[tokio::test]
async fn what_fits_again_is_taken_up_the_oldest_first() {
    let large = Large::new().await;
    large.allow(Some(1), Some(2), Some(1)).await;
    large.apply().await;
    large.clock.advance(large.deps.billing.grace);
    large.apply().await;

    large.allow(Some(2), Some(2), Some(1)).await;
    let applied = large.apply().await;
    assert_eq!((applied.paused, applied.taken_up), (0, 1));
    assert_eq!(
        large.paused().await,
        (vec![large.projects[2]], vec![large.members[1], large.guests[1]])
    );
    large.allow(None, None, None).await;
    let applied = large.apply().await;
    assert_eq!((applied.over_since, applied.taken_up), (None, 3));
    assert_eq!(large.paused().await, NOTHING);

    // Another time begins with days of grace of its own.
    large.allow(Some(1), None, None).await;
    assert_eq!(large.apply().await.over_since, Some(large.deps.now()));
    assert_eq!(large.paused().await, NOTHING);
}

#[tokio::test]
async fn each_limit_has_days_of_grace_of_its_own() {
    let large = Large::new().await;
    large.allow(Some(1), None, None).await;
    large.apply().await;
    let began = large.deps.now();
    large.clock.advance(large.deps.billing.grace - TimeDelta::days(1));
    large.allow(Some(1), Some(2), None).await;
    assert_eq!(large.apply().await.over_since, Some(began));
    let second = large.deps.now();
    large.clock.advance(TimeDelta::days(1));
    large.apply().await;
    assert_eq!(large.paused().await, (large.projects[1..].to_vec(), Vec::new()));

    // Members go on having theirs when there is room for projects again.
    large.allow(None, Some(2), None).await;
    assert_eq!(large.apply().await.over_since, Some(second));
    large.clock.set(second + large.deps.billing.grace);
    assert_eq!(
        due(&large.database.platform(), &large.deps).await.unwrap(),
        [large.org.tenant().id]
    );
    large.apply().await;
    assert_eq!(large.paused().await, (Vec::new(), vec![large.members[1]]));
}

#[tokio::test]
async fn owners_are_never_paused_and_who_is_suspended_takes_no_room() {
    let large = Large::new().await;
    let second = person(&large.deps, "dan").await;
    large.clock.advance(TimeDelta::seconds(1));
    join(&large.database, &large.deps, &large.org, &second, "owner").await;
    large.allow(None, Some(1), None).await;
    large.apply().await;
    large.clock.advance(large.deps.billing.grace);
    let applied = large.apply().await;
    assert_eq!(applied.paused, 2);
    assert_eq!(large.paused().await.1, large.members);

    sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
        .bind(large.members[0].0)
        .execute(large.database.owner())
        .await
        .unwrap();
    large.apply().await;
    assert_eq!(
        large.paused().await.1,
        large.members[1..],
        "paused and suspended are two things"
    );
    sqlx::query("delete from tenant_members where user_id = any($1)")
        .bind(large.members.iter().map(|user| user.0).collect::<Vec<_>>())
        .execute(large.database.owner())
        .await
        .unwrap();
    let applied = large.apply().await;
    assert!(applied.over_since.is_some(), "two owners are one too many, and stay");
}

#[tokio::test]
async fn in_an_organization_it_sees_what_its_actor_does_not() {
    let large = Large::new().await;
    large.allow(Some(1), None, None).await;
    large.apply().await;
    let user = person(&large.deps, "gil").await;
    let guest = OrgActor::enter(&user, &large.deps, "acme").await.unwrap();
    large.clock.advance(large.deps.billing.grace);
    let mut transaction = guest.begin(&large.deps).await.unwrap();
    let applied = apply(&mut transaction, &large.deps, guest.tenant().id).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(applied.paused, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_waited_for_an_upgrade_pauses_nothing() {
    let large = Large::new().await;
    large.allow(Some(1), Some(1), Some(1)).await;
    large.apply().await;
    large.clock.advance(large.deps.billing.grace);
    let tenant = large.org.tenant().id;
    let mut upgrade = large.database.owner().begin().await.unwrap();
    sqlx::query("update tenants set plan_key = 'business' where id = $1")
        .bind(tenant.0)
        .execute(&mut *upgrade)
        .await
        .unwrap();
    let waiting: Vec<_> = (0..5)
        .map(|_| {
            let (platform, deps) = (large.database.platform(), large.deps.clone());
            tokio::spawn(async move {
                let mut transaction = platform.begin().await?;
                let applied = apply(&mut transaction, &deps, tenant).await?;
                transaction.commit().await?;
                Ok::<_, crate::Error>(applied)
            })
        })
        .collect();
    while large.database.waiting().await < 5 && !waiting.iter().any(tokio::task::JoinHandle::is_finished) {
        tokio::task::yield_now().await;
    }
    upgrade.commit().await.unwrap();
    for one in waiting {
        let applied = one.await.unwrap().unwrap();
        assert_eq!((applied.over_since, applied.paused), (None, 0));
    }
    assert_eq!(large.paused().await, NOTHING);
    assert_eq!(
        large
            .database
            .count("audit_log where action = 'billing.limits_applied'")
            .await,
        0
    );
}

/// What people do makes room, and the worker takes up what fits.
#[tokio::test]
async fn whoever_makes_room_has_the_rest_taken_up() {
    use crate::people::{leave::leave, remove::remove, suspend::suspend};

    let large = Large::new().await;
    let waits = async || {
        let jobs = "graphile_worker._private_jobs where payload::text like '%tenant%' and key like 'apply_limits:%'";
        large.database.count(jobs).await
    };
    crate::projects::delete::delete(&large.org, &large.deps, large.projects[0])
        .await
        .unwrap();
    assert_eq!(waits().await, 0, "everything fits");
    large.allow(Some(1), Some(1), Some(1)).await;
    large.apply().await;
    large.clock.advance(large.deps.billing.grace - TimeDelta::days(1));
    crate::projects::delete::delete(&large.org, &large.deps, large.projects[1])
        .await
        .unwrap();
    assert_eq!(waits().await, 1);
    let again = async || {
        sqlx::query("delete from graphile_worker._private_jobs")
            .execute(large.database.owner())
            .await
            .unwrap();
    };
    again().await;
    suspend(&large.org, &large.deps, large.members[0]).await.unwrap();
    assert_eq!(waits().await, 1);
    again().await;
    remove(&large.org, &large.deps, large.members[0]).await.unwrap();
    assert_eq!(waits().await, 1);
    again().await;
    leave(&person(&large.deps, "gil").await, &large.deps, "acme")
        .await
        .unwrap();
    assert_eq!(waits().await, 1);
    large.clock.advance(TimeDelta::days(1));
    let applied = large.apply().await;
    assert_eq!(
        (applied.paused, large.paused().await),
        (1, (Vec::new(), vec![large.members[1]]))
    );
    large.allow(None, None, None).await;
    assert_eq!(large.apply().await.taken_up, 1);
}
