//! Told to stop, it says so to whoever sends requests, takes no new ones after a while, finishes what has begun, and ends well.

use std::{process::Command, time::Duration};

use sqlx::PgPool;
use tokio::time::timeout;

use crate::{browser::Browser, program::Program};

/// The end of a program that has come to a halt.
const PATIENCE: Duration = Duration::from_mins(1);

/// Whether a write waits for this table, in the middle of what it does.
async fn is_stuck(owner: &PgPool) -> bool {
    sqlx::query_scalar(
        "select exists (select from pg_locks where not granted and relation = 'user_privacy_consents'::regclass)",
    )
    .fetch_one(owner)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_begun_is_finished_after_the_signal_to_stop() {
    let mut program = Program::new(vec![("PLINTH_DRAIN_SECONDS", "3".to_owned())]);
    program.start();
    let owner = program.owner().await;
    let asking = Browser::new(program.address(), "2001:db8::1".to_owned());
    assert_eq!(asking.get("/readyz").await.unwrap().status, 200);

    let mut held = owner.begin().await.unwrap();
    sqlx::query("lock table user_privacy_consents in exclusive mode")
        .execute(&mut *held)
        .await
        .unwrap();
    let mut signing_up = asking.clone();
    let write = tokio::spawn(async move {
        let ann = [
            ("name", "Ann"),
            ("email", "ann@example.test"),
            ("password", "correct horse battery staple 42"),
            ("terms", "on"),
        ];
        signing_up.post("/api/app/auth/sign_up/sign_up", &ann).await
    });
    timeout(PATIENCE, async { while !is_stuck(&owner).await {} })
        .await
        .unwrap();

    assert!(Command::new("kill").arg(program.id()).status().unwrap().success());
    // Still asked, it says that it is not ready; then nobody is let in any more.
    let mut said = Vec::new();
    timeout(PATIENCE, async {
        while let Some(answer) = asking.get("/readyz").await {
            said.push((answer.status, answer.body));
        }
    })
    .await
    .unwrap();
    assert_eq!(said.last(), Some(&(503, "stopping".to_owned())), "{said:?}");
    assert!(!write.is_finished() && is_stuck(&owner).await);

    held.commit().await.unwrap();
    let answer = timeout(PATIENCE, write).await.unwrap().unwrap();
    assert_eq!(
        answer.map(|answer| answer.status),
        Some(200),
        "what has begun is answered"
    );
    owner.close().await;
    assert!(program.ended(), "and then it ends well");
}
