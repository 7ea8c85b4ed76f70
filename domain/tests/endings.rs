//! What ends while something else goes on: Postgres settles which was first.

use chrono::TimeDelta;
use contract::Error;
use domain::{
    projects::create::create,
    tenants::{delete::delete, purge::purge, restore::restore},
    testing::{TestDatabase, clock_and_deps, deps, organization, person, project, project_fields},
};

/// Whoever makes a project was before the deletion, and then it is part of what is deleted, or is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_made_while_an_organization_is_deleted_is_in_it_or_is_not_made() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let mut held = database.owner().begin().await.unwrap();
    sqlx::query("select from tenants for update")
        .execute(&mut *held)
        .await
        .unwrap();
    let mut making = Vec::new();
    let mut deleting = None;
    for number in 0..4 {
        if number == 2 {
            let (acme, deps) = (acme.clone(), deps.clone());
            deleting = Some(tokio::spawn(async move { delete(&acme, &deps, "acme").await }));
        }
        let (acme, deps) = (acme.clone(), deps.clone());
        making.push(tokio::spawn(async move {
            create(&acme, &deps, project_fields(&format!("Project {number}"))).await
        }));
    }
    while database.waiting().await < 5 && !making.iter().any(tokio::task::JoinHandle::is_finished) {}
    held.rollback().await.unwrap();
    deleting.unwrap().await.unwrap().unwrap();
    let mut made = 0;
    for one in making {
        match one.await.unwrap().map_err(Error::from) {
            Ok(_) => made += 1,
            Err(refused) => assert_eq!(refused, Error::TenantInactive),
        }
    }
    assert_eq!(database.count("projects").await, made);
    let late = create(&acme, &deps, project_fields("Late")).await.unwrap_err();
    assert_eq!(Error::from(late), Error::TenantInactive);
}

/// Two nodes whose clocks differ: for one its time has run out, for the other it has not.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_is_restored_whole_or_purged_whole() {
    let database = TestDatabase::new().await;
    let ((late, of_purge), (behind, of_restore)) = (clock_and_deps(&database), clock_and_deps(&database));
    let acme = organization(&of_restore, &person(&of_restore, "ann").await, "acme").await;
    for round in 0..6 {
        if database.count("tenants").await == 0 {
            break;
        }
        project(&of_restore, &acme, &format!("Round {round}")).await;
        let until = delete(&acme, &of_restore, "acme").await.unwrap();
        late.set(until);
        let mut held = database.owner().begin().await.unwrap();
        sqlx::query("select from tenants for update")
            .execute(&mut *held)
            .await
            .unwrap();
        let (platform, deps, id) = (database.platform(), of_purge.clone(), acme.tenant().id);
        let purging = tokio::spawn(async move { purge(&platform, &deps, id, 100).await });
        // The one that is asked first is the first in the queue: each way round is tried.
        if round % 2 == 1 {
            while database.waiting().await < 1 && !purging.is_finished() {}
        }
        let (org, deps) = (acme.clone(), of_restore.clone());
        let restoring = tokio::spawn(async move { restore(&org, &deps).await });
        while database.waiting().await < 2 && !restoring.is_finished() {}
        held.rollback().await.unwrap();
        purging.await.unwrap().unwrap();
        let restored = restoring.await.unwrap();
        let there = database
            .count("tenants where status = 'active' and deleted_at is null")
            .await;
        let projects = database.count("projects").await;
        match restored.map_err(Error::from) {
            Ok(()) => assert_eq!((there, projects), (1, round + 1), "round {round}"),
            Err(refused) => assert_eq!((refused, there, projects), (Error::NotFound, 0, 0), "round {round}"),
        }
        behind.advance(TimeDelta::seconds(1));
    }
}
