//! Who owns an organization, and who may still do what they have begun.

use std::sync::Arc;

use contract::{Error, iam::Permission};
use domain::{
    actor::OrgActor,
    people::{change_role::change_role, leave::leave, remove::remove, suspend::suspend},
    projects, tasks,
    testing::{
        TestDatabase, custom_role, deps, join, join_as, new_task, organization, person, project_fields, role_of,
    },
};

use super::{
    hold,
    operations::{Needs, Operation, Things, deciding, working},
    released, together,
};

/// Everybody whose role is owner and who can enter.
const OWNERS: &str = "tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
    where r.key = 'owner' and m.status = 'active'";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_owners_who_leave_at_once_one_stays() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let one = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let two = join(&database, &deps, &one, &person(&deps, "bob").await, "owner").await;
    let held = hold(&database, &one).await;
    let started = [one, two]
        .map(|org| {
            let deps = deps.clone();
            tokio::spawn(async move { leave(org.user(), &deps, org.tenant().slug.as_str()).await })
        })
        .into();
    let became = together(&database, held, started).await;
    assert_eq!(became.iter().filter(|one| one.is_ok()).count(), 1);
    let refused = became.into_iter().find_map(Result::err);
    assert_eq!(refused, Some(Error::LastOwner));
    assert_eq!(database.count(OWNERS).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_owners_who_remove_suspend_and_demote_each_other_leave_one() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let one = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let two = join(&database, &deps, &one, &person(&deps, "bob").await, "owner").await;
    let admin = role_of(&database, &one, "admin").await;
    let held = hold(&database, &one).await;
    let mut started = Vec::new();
    for (org, other) in [(one.clone(), two.user().id()), (two.clone(), one.user().id())] {
        for what in 0..3 {
            let (org, deps) = (org.clone(), deps.clone());
            started.push(tokio::spawn(async move {
                match what {
                    0 => remove(&org, &deps, other).await,
                    1 => suspend(&org, &deps, other).await,
                    _ => change_role(&org, &deps, other, admin).await,
                }
            }));
        }
    }
    let became = together(&database, held, started).await;
    assert!(became.iter().any(Result::is_ok));
    assert_eq!(database.count(OWNERS).await, 1);
}

/// The requests of this person have passed every check of the actor and wait for the organization's row, when it happens.
async fn refused_after(
    database: &TestDatabase,
    actor: &OrgActor,
    change: &'static str,
    operations: Vec<Operation>,
    expected: &Error,
) {
    let mut held = hold(database, actor).await;
    let started: Vec<_> = operations
        .into_iter()
        .map(|(name, _, operation)| (name, tokio::spawn(operation)))
        .collect();
    let all_wait = i64::try_from(started.len()).unwrap();
    while database.waiting().await < all_wait && !started.iter().any(|(_, one)| one.is_finished()) {}
    sqlx::query(change)
        .bind(actor.user().id().0)
        .execute(&mut *held)
        .await
        .unwrap();
    held.commit().await.unwrap();
    let mut wrong = Vec::new();
    for (name, one) in started {
        let became = one.await.unwrap().map_err(Error::from);
        if became.as_ref() != Err(expected) {
            wrong.push((name, became));
        }
    }
    assert!(wrong.is_empty(), "instead of {expected:?} after {change}: {wrong:?}");
    let done = format!(
        "audit_log where actor_user_id = '{}' and action not like 'user.%'",
        actor.user().id()
    );
    assert_eq!(database.count(&done).await, 0, "{change}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_is_demoted_while_acting_does_not_get_the_last_word() {
    let role =
        "update tenant_members set role_id = (select id from iam_roles where key = 'billing') where user_id = $1";
    let suspended = "update tenant_members set status = 'suspended' where user_id = $1";
    let removed = "delete from tenant_members where user_id = $1";
    let emptied = "delete from iam_role_permissions where $1::uuid is not null";
    let resting = "update users set status = 'deactivated' where id = $1";
    let paused = "update tenants set status = 'deactivated' where $1::uuid is not null";
    for (change, expected) in [
        (role, Error::Forbidden),
        (suspended, Error::NotFound),
        (removed, Error::NotFound),
        (emptied, Error::Forbidden),
        (resting, Error::Unauthenticated),
        (paused, Error::TenantInactive),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let owner = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &owner, &person(&deps, "bob").await, "owner").await;
        let on = Arc::new(Things::of(&database, &deps, &owner).await);
        let operations = deciding(&bob, &deps, &on)
            .into_iter()
            .chain(working(&bob, &deps, &on))
            .filter(|(_, needs, _)| change != paused || *needs == Needs::Active)
            .collect();
        refused_after(&database, &bob, change, operations, &expected).await;
    }
}

/// What it takes to work on projects.
const WORK: [Permission; 7] = [
    Permission::ProjectsRead,
    Permission::ProjectsCreate,
    Permission::ProjectsUpdate,
    Permission::ProjectsDelete,
    Permission::TasksCreate,
    Permission::TasksUpdate,
    Permission::TasksDelete,
];

const WORKER: &str =
    "update tenant_members set role_id = (select id from iam_roles where name = 'Worker') where user_id = $1";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_no_longer_sees_a_project_does_not_change_it() {
    let inside = "insert into workspace_members (tenant_id, workspace_id, user_id, added_at) \
        select tenant_id, id, $1, now() from workspaces";
    let given = "with guest as (update tenant_members set member_type = 'guest' where user_id = $1) \
        insert into project_guests (tenant_id, project_id, user_id, added_at) select tenant_id, id, $1, now() from projects";
    let manages = "insert into iam_role_permissions select tenant_id, id, 'workspaces.manage' from iam_roles \
        where name = 'Manager' and $1::uuid is not null";
    let everybodys = "update projects set visibility = 'organization' where $1::uuid is not null";
    for (before, change) in [
        (inside, "delete from workspace_members where user_id = $1"),
        (given, "delete from project_guests where user_id = $1"),
        (manages, WORKER),
        (
            everybodys,
            "update tenant_members set member_type = 'guest' where user_id = $1",
        ),
        (
            everybodys,
            "update projects set visibility = 'workspace' where $1::uuid is not null",
        ),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let owner = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let on = Arc::new(Things::of(&database, &deps, &owner).await);
        custom_role(&deps, &owner, "Worker", &WORK).await;
        let role = custom_role(&deps, &owner, "Manager", &WORK).await;
        let bob = person(&deps, "bob").await;
        join_as(&database, &deps, &owner, &bob, role).await;
        sqlx::query(before)
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let bob = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        let operations = working(&bob, &deps, &on);
        refused_after(&database, &bob, change, operations, &Error::NotFound).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_becomes_less_and_keeps_what_it_takes_goes_on() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let owner = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let bob = join(&database, &deps, &owner, &person(&deps, "bob").await, "owner").await;
    custom_role(&deps, &owner, "Worker", &WORK).await;
    let project = projects::create::create(&owner, &deps, project_fields("Work"))
        .await
        .unwrap();
    let mut held = hold(&database, &owner).await;
    let renaming = {
        let (bob, deps, name) = (bob.clone(), deps.clone(), project_fields("Play").name);
        tokio::spawn(async move { projects::rename::rename(&bob, &deps, project, name).await })
    };
    let writing = {
        let (bob, deps) = (bob.clone(), deps.clone());
        tokio::spawn(async move { tasks::create::create(&bob, &deps, project, new_task("Done")).await })
    };
    while database.waiting().await < 2 && !renaming.is_finished() && !writing.is_finished() {}
    sqlx::query(WORKER)
        .bind(bob.user().id().0)
        .execute(&mut *held)
        .await
        .unwrap();
    held.commit().await.unwrap();
    renaming.await.unwrap().unwrap();
    writing.await.unwrap().unwrap();
    assert_eq!(database.count("projects where name = 'Play'").await, 1);
    assert_eq!(database.count("tasks").await, 1);
}

/// Everything at once: whoever decides locks from the organization down, and so does whoever works in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_works_and_who_decides_do_not_wait_for_each_other_in_a_ring() {
    for _ in 0..3 {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let owner = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let on = Arc::new(Things::of(&database, &deps, &owner).await);
        let held = hold(&database, &owner).await;
        let started = deciding(&owner, &deps, &on)
            .into_iter()
            // After these everything else is refused before it locks anything.
            .filter(|(_, needs, _)| *needs == Needs::Active)
            .chain(working(&owner, &deps, &on))
            .map(|(_, _, operation)| tokio::spawn(operation))
            .collect();
        let became = released(&database, held, started).await;
        let broken: Vec<_> = became
            .into_iter()
            .filter(|one| !matches!(one, Ok(()) | Err(domain::Error::Refused(_))))
            .collect();
        assert!(broken.is_empty(), "{broken:?}");
    }
}
