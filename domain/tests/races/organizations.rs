//! What organizations are called, where they are found, and what their plan allows.

use contract::{Error, FieldCode, error::Limit, slug::Slug, text::OrganizationName};
use domain::{
    actor::OrgActor,
    projects::{create::create as create_project, delete::delete, restore::restore},
    tenants::{
        create::create as create_tenant,
        update::{TenantChange, update},
    },
    testing::{TestDatabase, deps, organization, person},
};

use super::{acme, hold, project, together};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_make_the_last_allowed_project_once() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    for number in 0..4 {
        create_project(&org, &deps, project(number)).await.unwrap();
    }
    let held = hold(&database, &org).await;
    let started = (10..60)
        .map(|number| {
            let (org, deps) = (org.clone(), deps.clone());
            tokio::spawn(async move { create_project(&org, &deps, project(number)).await })
        })
        .collect();
    let became = together(&database, held, started).await;
    assert_eq!(became.iter().filter(|one| one.is_ok()).count(), 1);
    let full = Error::LimitReached {
        limit: Limit::Projects,
        used: 5,
        allowed: 5,
    };
    for refused in became.into_iter().filter_map(Result::err) {
        assert_eq!(refused, full);
    }
    assert_eq!(database.count("projects").await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_double_click_makes_one_organization() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let clicks: Vec<_> = (0..8)
        .map(|_| {
            let (ann, deps) = (ann.clone(), deps.clone());
            tokio::spawn(async move { create_tenant(&ann, &deps, acme()).await })
        })
        .collect();
    for click in clicks {
        assert_eq!(click.await.unwrap().unwrap().slug.as_str(), "acme");
    }
    assert_eq!(database.count("tenants").await, 1);
    assert_eq!(database.count("tenant_members").await, 1);
    assert_eq!(database.count("iam_roles").await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_people_one_gets_the_slug() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    let (first, second) = tokio::join!(create_tenant(&ann, &deps, acme()), create_tenant(&bob, &deps, acme()));
    let refused = first.and(second).unwrap_err();
    assert_eq!(Error::from(refused), Error::field("slug", FieldCode::Taken));
    assert_eq!(database.count("tenants").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn restoring_and_creating_share_the_last_place() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let mut binned = Vec::new();
    for number in 0..10 {
        let made = create_project(&org, &deps, project(number)).await.unwrap();
        delete(&org, &deps, made).await.unwrap();
        binned.push(made);
    }
    for number in 20..24 {
        create_project(&org, &deps, project(number)).await.unwrap();
    }
    let held = hold(&database, &org).await;
    let mut started = Vec::new();
    for (number, made) in binned.into_iter().enumerate() {
        let (one, two) = ((org.clone(), deps.clone()), (org.clone(), deps.clone()));
        started.push(tokio::spawn(async move { restore(&one.0, &one.1, made).await }));
        started.push(tokio::spawn(async move {
            create_project(&two.0, &two.1, project(30 + number)).await.map(drop)
        }));
    }
    let became = together(&database, held, started).await;
    assert_eq!(became.iter().filter(|one| one.is_ok()).count(), 1);
    for refused in became.into_iter().filter_map(Result::err) {
        assert!(matches!(refused, Error::LimitReached { .. }), "{refused}");
    }
    assert_eq!(database.count("projects where deleted_at is null").await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_who_move_one_organization_leave_it_in_one_place() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let org = organization(&deps, &ann, "acme").await;
    let held = hold(&database, &org).await;
    let moves = ["one-place", "two-places", "three-places", "acme"]
        .into_iter()
        .map(|slug| {
            let (org, deps) = (org.clone(), deps.clone());
            let change = TenantChange {
                name: OrganizationName::parse("Moved").unwrap(),
                slug: Slug::parse(slug).unwrap(),
            };
            tokio::spawn(async move { update(&org, &deps, change).await })
        })
        .collect();
    let became = together(&database, held, moves).await;
    assert!(became.iter().any(Result::is_ok));
    for refused in became.into_iter().filter_map(Result::err) {
        assert_eq!(refused, Error::Conflict);
    }
    let same = "tenants t join tenant_slugs s on s.tenant_id = t.id and s.slug = t.slug and s.retired_at is null";
    assert_eq!(database.count(same).await, 1);
    assert_eq!(database.count("tenant_slugs where retired_at is null").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_organizations_that_want_each_others_slug_keep_their_own() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let one = organization(&deps, &person(&deps, "ann").await, "one").await;
    let two = organization(&deps, &person(&deps, "bob").await, "two").await;
    let swap = |org: &OrgActor, slug: &str| {
        let (org, deps) = (org.clone(), deps.clone());
        let change = TenantChange {
            name: OrganizationName::parse("Swapped").unwrap(),
            slug: Slug::parse(slug).unwrap(),
        };
        tokio::spawn(async move { update(&org, &deps, change).await })
    };
    for _ in 0..10 {
        for moved in [swap(&one, "two"), swap(&two, "one")] {
            assert_eq!(
                Error::from(moved.await.unwrap().unwrap_err()),
                Error::field("slug", FieldCode::Taken)
            );
        }
    }
}
