//! Whatever people do to each other, to their accounts and to their organizations: an organization that goes on has an owner
//! who can act, and no new place goes beyond the plan.
//!
//! A walk of random steps from a fixed seed: who acts, what they do and to whom is drawn; what is refused is a step as well.
//! `PLINTH_WALKS=200` walks from as many seeds.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or that goes where it should not, has failed"
)]

mod steps;
mod walk;

use std::collections::BTreeMap;

use contract::Error;
use futures::{StreamExt, stream};
use walk::{GUESTS, MEMBERS, Walk};

/// Organizations that go on without an owner who can act: let in, as a member, with an account that is in use. Only who is
/// alone in one may have paused their account.
const UNOWNED: &str = "
    select t.slug::text from tenants t
    cross join lateral (
        select count(*) as all_people,
            count(*) filter (where r.key = 'owner' and m.status = 'active' and m.member_type = 'member'
                and u.status = 'active' and u.deleted_at is null) as acting,
            count(*) filter (where r.key = 'owner' and m.status = 'active' and m.member_type = 'member'
                and u.deleted_at is null) as owners
        from tenant_members m
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        join users u on u.id = m.user_id
        where m.tenant_id = t.id
    ) p
    where t.status in ('active', 'deactivated') and t.deleted_at is null
        and p.acting = 0 and not (p.all_people = 1 and p.owners = 1)";

/// Seats in use, of each organization and class.
const USED: &str = "
    select t.slug::text, c.class,
        (select count(*) from tenant_members m
            where m.tenant_id = t.id and m.member_type = c.class and m.status = 'active')
        + (select count(*) from tenant_invitations i
            where i.tenant_id = t.id and i.member_type = c.class and i.status = 'pending' and i.expires_at > $1)
    from tenants t cross join (values ('member'), ('guest')) c (class)";

type Used = BTreeMap<(String, String), i64>;

async fn used(walk: &Walk) -> Used {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(USED)
        .bind(walk.deps.now())
        .fetch_all(walk.database.owner())
        .await
        .unwrap();
    rows.into_iter()
        .map(|(slug, class, used)| ((slug, class), used))
        .collect()
}

async fn unowned(walk: &Walk) -> Vec<String> {
    sqlx::query_scalar(UNOWNED)
        .fetch_all(walk.database.owner())
        .await
        .unwrap()
}

/// How often each thing was done.
async fn steps_from(seed: u64, steps: usize) -> BTreeMap<&'static str, u32> {
    let mut walk = Walk::new(seed).await;
    let mut done = BTreeMap::new();
    for number in 0..steps {
        walk.let_time_pass().await;
        let before = used(&walk).await;
        let step = walk.step().await;
        match &step {
            Ok(what) => *done.entry(*what).or_insert(0) += 1,
            Err(Error::Internal | Error::Unavailable) => panic!("seed {seed}, step {number}: {step:?}"),
            Err(_) => {}
        }
        let unowned = unowned(&walk).await;
        assert!(
            unowned.is_empty(),
            "seed {seed}, step {number}: {step:?} left {unowned:?} without an owner"
        );
        for (place, now) in used(&walk).await {
            let limit = if place.1 == "guest" { GUESTS } else { MEMBERS };
            let before = before.get(&place).copied().unwrap_or(0);
            assert!(
                now <= limit || now <= before,
                "seed {seed}, step {number}: {step:?} took seat {now} of {limit} in {place:?}"
            );
        }
    }
    // Its database is removed, and Postgres takes its time for that: not on the thread on which the other walks go on.
    tokio::task::spawn_blocking(move || drop(walk)).await.unwrap();
    done
}

#[tokio::test]
async fn after_any_steps_there_is_an_owner_and_no_new_place_beyond_the_plan() {
    let walks = std::env::var("PLINTH_WALKS").map_or(8, |walks| walks.parse().unwrap());
    let mut done = BTreeMap::new();
    let mut all = stream::iter(1..=walks)
        .map(|seed| steps_from(seed, 200))
        .buffer_unordered(4);
    while let Some(walk) = all.next().await {
        for (what, times) in walk {
            *done.entry(what).or_insert(0) += times;
        }
    }
    // A walk in which nothing happens shows nothing.
    for what in steps::ALL {
        assert!(done.contains_key(what), "nobody ever did {what}: {done:?}");
    }
}
