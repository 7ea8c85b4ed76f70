//! Many at once, on real connections: Postgres settles it.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use contract::{
    Error, FieldCode,
    error::Limit,
    slug::Slug,
    text::{OrganizationName, ProjectDescription, ProjectName},
};
use domain::{
    projects::{ProjectFields, create::create as create_project},
    tenants::create::{NewTenant, create as create_tenant},
    testing::{TestDatabase, deps, organization, person},
};

fn project(number: usize) -> ProjectFields {
    ProjectFields {
        name: ProjectName::parse(&format!("Project {number}")).unwrap(),
        description: ProjectDescription::parse("").unwrap(),
    }
}

fn acme() -> NewTenant {
    NewTenant {
        name: OrganizationName::parse("Acme").unwrap(),
        slug: Slug::parse("acme").unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_make_the_last_allowed_project_once() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    for number in 0..4 {
        create_project(&org, &deps, project(number)).await.unwrap();
    }
    let started: Vec<_> = (10..60)
        .map(|number| {
            let (org, deps) = (org.clone(), deps.clone());
            tokio::spawn(async move { create_project(&org, &deps, project(number)).await })
        })
        .collect();
    let mut made = 0;
    for task in started {
        match task.await.unwrap() {
            Ok(_) => made += 1,
            Err(refused) => {
                assert_eq!(
                    Error::from(refused),
                    Error::LimitReached {
                        limit: Limit::Projects,
                        allowed: 5
                    }
                );
            }
        }
    }
    assert_eq!(made, 1);
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
