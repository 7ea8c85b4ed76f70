use std::sync::Arc;

use chrono::TimeDelta;
use contract::{iam::DefaultRole, ids::InvitationId};
use futures::{FutureExt, future::BoxFuture};

use super::*;
use crate::{
    Deps,
    actor::{OrgActor, UserActor},
    audit::verify::{Verdict, verify},
    faults::record::{NewFault, record},
    identity::{delete_account::delete, sign_up::sign_up},
    mail::{Mailer, NotSent, Rendered},
    people::{
        Ticket,
        accept::accept,
        decline::decline,
        forget::forget,
        leave::leave,
        resend::resend,
        revoke::revoke,
        seats::seats,
        testing::{invite_as, invite_one, open, verified},
    },
    testing::{PASSWORD, TestDatabase, clock_and_deps, new_person, organization, person, proven, request, visitor},
};

const ANN: &str = "ann@example.test";

#[derive(Debug)]
struct NoMail;

impl Mailer for NoMail {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>> {
        async move { Err(NotSent::Failed(format!("nothing is to be sent: {mail:?}"))) }.boxed()
    }
}

/// What the deletion has left in the queue.
async fn queued(database: &TestDatabase) -> EraseAccount {
    let payload: serde_json::Value = sqlx::query_scalar(
        "select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id \
         where t.identifier = 'erase_account'",
    )
    .fetch_one(database.owner())
    .await
    .unwrap();
    serde_json::from_value(payload).unwrap()
}

async fn work(database: &TestDatabase, deps: &Deps, job: &EraseAccount) {
    let context = JobContext {
        platform: database.platform(),
        deps: deps.clone(),
        mailer: Arc::new(NoMail),
        base_url: "https://plinth.example".into(),
    };
    Job::run(job, &context).await.unwrap();
}

async fn invited_to(database: &TestDatabase, address: &str, status: &str) -> i64 {
    let those = format!("tenant_invitations where email = '{address}' and status = '{status}'");
    database.count(&those).await
}

async fn whole(database: &TestDatabase) {
    let verdict = verify(database.owner()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

/// One that was accepted, and that they have left again.
async fn came_and_went(deps: &Deps, org: &OrgActor, user: &UserActor) -> InvitationId {
    let invitation = invite_one(org, deps, &user.person().email).await;
    accept(user, deps, Ticket::Waiting(invitation)).await.unwrap();
    leave(user, deps, org.tenant().slug.as_str()).await.unwrap();
    invitation
}

#[tokio::test]
async fn every_invitation_to_a_proven_address_forgets_it_and_so_does_the_log() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let acme = organization(&deps, &person(&deps, "bob").await, "acme").await;
    let other = organization(&deps, &person(&deps, "cid").await, "other").await;
    let third = organization(&deps, &person(&deps, "dan").await, "third").await;
    came_and_went(&deps, &acme, &ann).await;
    let declined = invite_one(&acme, &deps, "ANN@example.test").await;
    decline(&visitor(), Some(&ann), &deps, Ticket::Waiting(declined))
        .await
        .unwrap();
    let revoked = invite_one(&acme, &deps, ANN).await;
    revoke(&acme, &deps, revoked).await.unwrap();
    invite_one(&acme, &deps, ANN).await;
    clock.advance(TimeDelta::days(8));
    invite_one(&other, &deps, ANN).await;
    invite_as(&other, &deps, "ann+tag@example.test", DefaultRole::Guest).await;
    invite_one(&third, &deps, "zoe@example.test").await;
    delete(&ann, &deps, ANN, Some(PASSWORD)).await.unwrap();
    let job = queued(&database).await;

    // As far as it comes when the worker dies in between.
    forget(&database.platform(), &deps, ann.id(), job.address.as_deref())
        .await
        .unwrap();
    let nobody = format!("{}@deleted.invalid", ann.id());
    let mut entries = 0;
    for _ in 0..2 {
        work(&database, &deps, &job).await;
        for (status, times) in [("accepted", 1), ("declined", 3), ("revoked", 1), ("pending", 0)] {
            assert_eq!(invited_to(&database, &nobody, status).await, times, "{status}");
        }
        assert_eq!(
            database
                .count(&format!("tenant_invitations where email = '{ANN}'"))
                .await,
            0
        );
        let told = format!("audit_log l where l::text ilike '%{ANN}%'");
        assert_eq!(database.count(&told).await, 0);
        let now = database.count("audit_log").await;
        assert!(entries == 0 || entries == now, "nothing is recorded twice");
        entries = now;
        whole(&database).await;
    }

    assert_eq!(seats(&other, &deps).await.unwrap().members.used, 1, "the seat is free");
    assert_eq!(open(&database, deps.now()).await, 2, "what others are invited to");
    let ended = "audit_log where action = 'invitation.declined' and origin = 'system' and actor_user_id is null";
    assert_eq!(database.count(ended).await, 2);
    let kept = "audit_log where action = 'invitation.sent' and after ->> 'email' in ('zoe@example.test', 'ann+tag@example.test')";
    assert_eq!(database.count(kept).await, 2);
    // Whoever has the address now can be invited.
    for org in [&acme, &other] {
        invite_one(org, &deps, ANN).await;
    }
}

/// A stranger can sign up with any address: nothing of its owner's is theirs to end.
#[tokio::test]
async fn an_address_that_was_not_proven_stays_where_it_is() {
    let database = TestDatabase::new().await;
    let (_, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "bob").await, "acme").await;
    let revoked = invite_one(&acme, &deps, ANN).await;
    revoke(&acme, &deps, revoked).await.unwrap();
    invite_one(&acme, &deps, ANN).await;
    let stranger = person(&deps, "ann").await;
    delete(&stranger, &deps, ANN, None).await.unwrap();
    let job = queued(&database).await;
    assert_eq!(job.address, None);
    work(&database, &deps, &job).await;
    for status in ["revoked", "pending"] {
        assert_eq!(invited_to(&database, ANN, status).await, 1, "{status}");
    }
    let told = format!("audit_log where subject_type = 'invitation' and coalesce(after, before) ->> 'email' = '{ANN}'");
    assert_eq!(database.count(&told).await, 3);
}

/// Whoever comes back with the address does so as another account, even before the worker has come to the old one.
#[tokio::test]
async fn what_came_after_the_deletion_is_another_account_s() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let acme = organization(&deps, &person(&deps, "bob").await, "acme").await;
    let other = organization(&deps, &person(&deps, "cid").await, "other").await;
    let third = organization(&deps, &person(&deps, "dan").await, "third").await;
    let (to_acme, to_other) = (
        invite_one(&acme, &deps, ANN).await,
        invite_one(&other, &deps, ANN).await,
    );
    delete(&ann, &deps, ANN, None).await.unwrap();
    let job = queued(&database).await;
    clock.advance(TimeDelta::minutes(1));
    let session = sign_up(&visitor(), &deps, new_person("ann")).await.unwrap();
    let again = UserActor::authenticate(&deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap();
    proven(&database, &again).await;
    let again = person(&deps, "ann").await;
    accept(&again, &deps, Ticket::Waiting(to_acme)).await.unwrap();
    resend(&other, &deps, to_other).await.unwrap();
    invite_one(&third, &deps, ANN).await;
    work(&database, &deps, &job).await;
    assert_eq!(invited_to(&database, ANN, "accepted").await, 1);
    assert_eq!(invited_to(&database, ANN, "pending").await, 2);
    whole(&database).await;
}

#[tokio::test]
async fn a_job_of_before_the_address_was_carried_does_what_it_did() {
    let database = TestDatabase::new().await;
    let (_, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let acme = organization(&deps, &person(&deps, "bob").await, "acme").await;
    came_and_went(&deps, &acme, &ann).await;
    let revoked = invite_one(&acme, &deps, ANN).await;
    revoke(&acme, &deps, revoked).await.unwrap();
    delete(&ann, &deps, ANN, None).await.unwrap();
    let job: EraseAccount = serde_json::from_value(serde_json::json!({ "user": ann.id() })).unwrap();
    work(&database, &deps, &job).await;
    assert_eq!(invited_to(&database, ANN, "accepted").await, 0);
    assert_eq!(invited_to(&database, ANN, "revoked").await, 1);
}

#[tokio::test]
async fn who_met_a_fault_is_forgotten_and_that_it_was_met_is_not() {
    let database = TestDatabase::new().await;
    let (_, deps) = clock_and_deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    for user in [&ann, &bob] {
        let fault = NewFault {
            tenant: None,
            user: Some(user.id()),
            method: "GET",
            route: "/account/profile".to_owned(),
            request_id: "req-1".to_owned(),
            status: 500,
        };
        record(&deps, &fault).await.unwrap();
    }
    delete(&ann, &deps, ANN, None).await.unwrap();
    let job = queued(&database).await;
    for _ in 0..2 {
        work(&database, &deps, &job).await;
        let bobs = format!("request_faults where user_id = '{}'", bob.id());
        assert_eq!(database.count(&bobs).await, 1);
        assert_eq!(database.count("request_faults where user_id is null").await, 1);
    }
}

/// Whoever sends an invitation again holds the organization while it is read and written.
#[tokio::test]
async fn what_is_sent_again_at_that_moment_is_for_whoever_has_the_address_then() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let acme = organization(&deps, &person(&deps, "bob").await, "acme").await;
    invite_one(&acme, &deps, ANN).await;
    delete(&ann, &deps, ANN, None).await.unwrap();
    let job = queued(&database).await;
    clock.advance(TimeDelta::minutes(1));
    let mut sending = database.owner().begin().await.unwrap();
    sqlx::query("select from tenants for update")
        .execute(&mut *sending)
        .await
        .unwrap();
    let forgetting = {
        let (platform, deps) = (database.platform(), deps.clone());
        tokio::spawn(async move { forget(&platform, &deps, job.user, job.address.as_deref()).await })
    };
    while database.waiting().await == 0 && !forgetting.is_finished() {}
    sqlx::query("update tenant_invitations set sent_at = $1")
        .bind(deps.now())
        .execute(&mut *sending)
        .await
        .unwrap();
    sending.commit().await.unwrap();
    forgetting.await.unwrap().unwrap();
    assert_eq!(invited_to(&database, ANN, "pending").await, 1);
}
