use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use contract::{email::EmailAddress, maintenance::MaintenanceLevel, staff::StaffRole};
use futures::{FutureExt, future::BoxFuture};
use graphile_worker::{LocalQueueGetJobsComplete, LocalQueueRefetchDelayStart};
use tokio::sync::{Notify, mpsc};

use super::*;
use crate::{
    Deps,
    identity::{magic_link, reset_password},
    jobs::Worker,
    mail::{Mail, Mailer, NotSent, Rendered, enqueue},
    maintenance::{Scope, end::end, testing::close},
    people::{
        Ticket,
        accept::{Accepted, accept},
        copy_link::copy_link,
        resend::resend,
        revoke::revoke,
        testing::{invite_one, open, verified},
        undeliverable,
    },
    testing::{TestDatabase, clock_and_deps, deps, organization, person, staff, visitor},
};

/// Keeps what it is given, and fails first as it is told to.
#[derive(Debug)]
struct Recording {
    sent: mpsc::UnboundedSender<Rendered>,
    failures: Mutex<Vec<NotSent>>,
}

impl Mailer for Recording {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>> {
        async move {
            if let Some(failure) = self.failures.lock().unwrap().pop() {
                return Err(failure);
            }
            self.sent.send(mail).map_err(|error| NotSent::Failed(error.to_string()))
        }
        .boxed()
    }
}

fn refused() -> NotSent {
    NotSent::Refused("550 <new@example.test> is nobody here".to_owned())
}

fn closed() -> NotSent {
    NotSent::Failed("the post office is closed".to_owned())
}

fn at_work(
    database: &TestDatabase,
    deps: &Deps,
    failures: Vec<NotSent>,
) -> (JobContext, mpsc::UnboundedReceiver<Rendered>) {
    let (sent, received) = mpsc::unbounded_channel();
    let context = JobContext {
        platform: database.platform(),
        deps: deps.clone(),
        mailer: Arc::new(Recording {
            sent,
            failures: Mutex::new(failures),
        }),
        base_url: "https://plinth.example".into(),
    };
    (context, received)
}

fn settings() -> WorkerSettings {
    WorkerSettings {
        poll_interval: Duration::from_millis(100),
        ..WorkerSettings::default()
    }
}

async fn start(
    database: &TestDatabase,
    deps: &Deps,
    failures: Vec<NotSent>,
) -> (Worker, mpsc::UnboundedReceiver<Rendered>) {
    let (context, received) = at_work(database, deps, failures);
    (Worker::start(context, settings()).await.unwrap(), received)
}

/// Between two looks lies at least half of the interval, whatever else the machine does meanwhile.
#[tokio::test]
async fn an_empty_queue_is_looked_at_no_more_often_than_is_set() {
    let database = TestDatabase::new().await;
    let (context, _received) = at_work(&database, &deps(&database), Vec::new());
    let (looked, mut looks) = mpsc::unbounded_channel();
    let worker = options(context, &settings())
        .unwrap()
        .on(LocalQueueGetJobsComplete, move |look| {
            let _ = looked.send((Instant::now(), look.jobs_count));
            async {}
        })
        .init()
        .await
        .unwrap();
    let running = async { worker.run().await.unwrap() };
    let watching = async {
        let (first, _) = looks.recv().await.unwrap();
        for _ in 0..4 {
            assert_eq!(looks.recv().await.unwrap().1, 0);
        }
        let took = first.elapsed();
        worker.request_shutdown();
        took
    };
    let ((), took) = tokio::join!(running, watching);
    assert!(took >= settings().poll_interval * 2, "four looks in {took:?}");
}

/// The interval is longer than any test may take.
#[tokio::test]
async fn a_notification_ends_the_wait() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (context, mut received) = at_work(&database, &deps, Vec::new());
    let (looked, mut looks) = mpsc::unbounded_channel();
    let seldom = WorkerSettings {
        poll_interval: Duration::from_hours(1),
        ..settings()
    };
    let worker = options(context, &seldom)
        .unwrap()
        .on(LocalQueueRefetchDelayStart, move |_| {
            let _ = looked.send(());
            async {}
        })
        .init()
        .await
        .unwrap();
    let running = async { worker.run().await.unwrap() };
    let working = async {
        looks.recv().await.unwrap();
        person(&deps, "ann").await;
        received.recv().await.unwrap();
        worker.request_shutdown();
    };
    tokio::join!(running, working);
}

#[tokio::test]
async fn while_the_house_is_closed_jobs_wait_and_go_on_by_themselves() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let window = close(&sue, &deps, Scope::Everything, MaintenanceLevel::ReadOnly).await;
    let waiting = "graphile_worker._private_jobs";
    let before = database.count(waiting).await;
    assert!(before > 0);
    let (worker, mut received) = start(&database, &deps, Vec::new()).await;
    // It says that it lives, and has looked whether the house is open, before it takes anything.
    while database.count("worker_heartbeats").await == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(database.count(waiting).await, before);
    end(&sue, &deps, window).await.unwrap();
    received.recv().await.unwrap();
    worker.shutdown().await;
    assert_eq!(
        database.count("worker_heartbeats").await,
        0,
        "one that ends is not missed"
    );
}

/// Says when it begins to send, and sends when it is let.
#[derive(Debug)]
struct Patient {
    begun: mpsc::UnboundedSender<()>,
    go: Arc<Notify>,
    mailer: Arc<dyn Mailer>,
}

impl Mailer for Patient {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>> {
        async move {
            let _ = self.begun.send(());
            self.go.notified().await;
            self.mailer.send(mail).await
        }
        .boxed()
    }
}

/// Whoever lets the worker run has looked at the board once more. Nobody else does in these tests.
async fn looked(deps: &Deps) {
    deps.board.forget();
    let known = deps.board.known();
    while Arc::ptr_eq(&known, &deps.board.known()) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_runs_when_the_house_closes_is_finished_and_the_next_waits_each_time() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    forget_jobs(&database).await;
    let (context, mut sent) = at_work(&database, &deps, Vec::new());
    let (begun, mut begins) = mpsc::unbounded_channel();
    let go = Arc::new(Notify::new());
    let mailer = Arc::new(Patient {
        begun,
        go: go.clone(),
        mailer: context.mailer.clone(),
    });
    let one_at_a_time = WorkerSettings {
        concurrency: 1,
        ..settings()
    };
    let worker = Worker::start(JobContext { mailer, ..context }, one_at_a_time)
        .await
        .unwrap();
    // The clock may ask for something else meanwhile.
    let waiting = "graphile_worker._private_jobs where locked_at is null \
                   and task_id = (select id from graphile_worker._private_tasks where identifier = 'send_mail')";
    let done = "job_runs where outcome = 'succeeded' and task = 'send_mail'";

    for (before, level) in [(0, MaintenanceLevel::ReadOnly), (2, MaintenanceLevel::Closed)] {
        let mut transaction = database.platform().begin().await.unwrap();
        for mail in [
            Mail::Welcome { user: sue.id() },
            Mail::PasswordChanged { user: sue.id() },
        ] {
            enqueue(&mut transaction, &mail).await.unwrap();
        }
        transaction.commit().await.unwrap();
        begins.recv().await.unwrap();
        let window = close(&sue, &deps, Scope::Everything, level).await;
        while !deps.board.known().is_house_held(deps.now()) {
            tokio::task::yield_now().await;
        }
        // The other one was taken with it, and is given back.
        while database.count(waiting).await == 0 {}
        go.notify_one();
        sent.recv().await.unwrap();
        looked(&deps).await;
        assert!(begins.try_recv().is_err(), "{level:?}: nothing begins");
        assert_eq!(database.count(done).await, before + 1, "{level:?}: what ran is done");
        assert_eq!(database.count(waiting).await, 1, "{level:?}");

        end(&sue, &deps, window).await.unwrap();
        begins.recv().await.unwrap();
        go.notify_one();
        sent.recv().await.unwrap();
    }
    worker.shutdown().await;
    assert_eq!(database.count(done).await, 4);
    assert_eq!(database.count(waiting).await, 0);
}

#[tokio::test]
async fn sends_what_was_committed_and_keeps_a_record() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let mut rolled_back = ann.begin(&deps).await.unwrap();
    enqueue(&mut rolled_back, &Mail::PasswordChanged { user: ann.id() })
        .await
        .unwrap();
    rolled_back.rollback().await.unwrap();

    let (worker, mut received) = start(&database, &deps, Vec::new()).await;
    let mails = [received.recv().await.unwrap(), received.recv().await.unwrap()];
    worker.shutdown().await;
    assert!(received.recv().await.is_none(), "what was rolled back is not sent");
    assert!(mails.iter().all(|mail| mail.to == "ann@example.test"));
    let verify = mails.iter().find(|mail| mail.subject.contains("Verify")).unwrap();
    let (_, token) = verify
        .text
        .split_once("https://plinth.example/verify-email?token=")
        .unwrap();
    let token = token.split_whitespace().next().unwrap();
    crate::identity::verify_email::verify(&ann, &deps, token).await.unwrap();
    // The clock may have asked for something else meanwhile.
    let sent = "job_runs where outcome = 'succeeded' and task = 'send_mail'";
    assert_eq!(database.count(sent).await, 2);
}

#[tokio::test]
async fn who_has_no_account_gets_no_mail_and_leaves_no_trace() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    person(&deps, "ann").await;
    sqlx::query("delete from graphile_worker._private_jobs")
        .execute(database.owner())
        .await
        .unwrap();
    for name in ["nobody", "ann"] {
        let email = EmailAddress::parse(&format!("{name}@example.test")).unwrap();
        reset_password::request(&visitor(), &deps, email.clone()).await.unwrap();
        magic_link::request(&visitor(), &deps, email, None).await.unwrap();
    }
    let (worker, mut received) = start(&database, &deps, Vec::new()).await;
    while database.count("graphile_worker._private_jobs").await > 0 {}
    worker.shutdown().await;
    let mut to = Vec::new();
    while let Some(mail) = received.recv().await {
        to.push(mail.to);
    }
    assert_eq!(to, ["ann@example.test"; 2]);
    let alike = "job_runs where task = 'send_mail' and outcome = 'succeeded' and attempt = 1 and job_key is null";
    assert_eq!(database.count(alike).await, 4);
}

/// As the schedule queues it: an entry without a payload comes to the job as null.
#[tokio::test]
async fn what_the_schedule_names_is_done() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let entries = graphile_worker::parse_crontab(SCHEDULE).unwrap();
    let scheduled = entries.len();
    assert_eq!(scheduled, SCHEDULE.lines().count());
    for entry in entries {
        sqlx::query("select graphile_worker.add_job($1, $2::jsonb::json)")
            .bind(entry.task_identifier)
            .bind(serde_json::to_value(entry.payload).unwrap())
            .execute(database.owner())
            .await
            .unwrap();
    }
    work(&database, &deps, vec![]).await;
    let done = database
        .count("(select distinct task from job_runs where outcome = 'succeeded') as done")
        .await;
    assert_eq!(usize::try_from(done), Ok(scheduled));
    assert_eq!(database.count("graphile_worker._private_jobs").await, 0);
}

#[tokio::test]
async fn tries_again_what_failed() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    person(&deps, "ann").await;
    let (worker, mut received) = start(&database, &deps, vec![closed()]).await;
    received.recv().await.unwrap();
    received.recv().await.unwrap();
    worker.shutdown().await;
    assert_eq!(
        database
            .count("job_runs where outcome = 'failed' and error like '%closed%'")
            .await,
        1
    );
    // The clock may have asked for something else meanwhile.
    let sent = "job_runs where outcome = 'succeeded' and task = 'send_mail'";
    assert_eq!(database.count(sent).await, 2);
}

async fn forget_jobs(database: &TestDatabase) {
    sqlx::query("delete from graphile_worker._private_jobs")
        .execute(database.owner())
        .await
        .unwrap();
}

/// Until nothing waits that could be done now.
async fn work(database: &TestDatabase, deps: &Deps, failures: Vec<NotSent>) -> mpsc::UnboundedReceiver<Rendered> {
    let (worker, received) = start(database, deps, failures).await;
    while database
        .count("graphile_worker._private_jobs where locked_at is not null or (attempts < max_attempts and run_at <= now())")
        .await
        > 0
    {}
    worker.shutdown().await;
    received
}

const MARKED: &str = "tenant_invitations where undeliverable_at is not null";

#[tokio::test]
async fn what_is_refused_for_good_is_not_sent_again_and_the_invitation_says_so() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    forget_jobs(&database).await;
    let invitation = invite_one(&acme, &deps, "new@example.test").await;
    let link = copy_link(&acme, &deps, invitation).await.unwrap();

    let mut received = work(&database, &deps, vec![refused()]).await;
    assert!(received.recv().await.is_none());
    assert_eq!(
        database.count("graphile_worker._private_jobs").await,
        0,
        "not tried again"
    );
    let recorded =
        "job_runs where outcome = 'failed' and attempt = 1 and error = 'refused: 550 <the recipient> is nobody here'";
    assert_eq!(database.count(recorded).await, 1);
    assert_eq!(database.count(MARKED).await, 1);
    assert_eq!(open(&database, deps.now()).await, 1, "it keeps its seat");
    let told = "audit_log where action = 'invitation.undeliverable' and origin = 'system' and tenant_id = chain_id \
                and after ->> 'email' = 'new@example.test'";
    assert_eq!(database.count(told).await, 1);

    resend(&acme, &deps, invitation).await.unwrap();
    assert_eq!(database.count(MARKED).await, 0);
    let mut received = work(&database, &deps, vec![]).await;
    assert_eq!(received.recv().await.unwrap().to, "new@example.test");
    assert_eq!(database.count(MARKED).await, 0);

    invite_one(&acme, &deps, "new@example.test").await;
    work(&database, &deps, vec![refused()]).await;
    assert_eq!(database.count(MARKED).await, 1);
    invite_one(&acme, &deps, "new@example.test").await;
    assert_eq!(database.count(MARKED).await, 0, "invited again is sent again");

    work(&database, &deps, vec![refused()]).await;
    let new = verified(&database, &deps, "new").await;
    let accepted = accept(&new, &deps, Ticket::Code(link.expose())).await.unwrap();
    assert!(matches!(accepted, Accepted::Joined { .. }), "{accepted:?}");
}

#[tokio::test]
async fn what_may_pass_is_tried_to_the_last_before_the_invitation_says_so() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    forget_jobs(&database).await;
    invite_one(&acme, &deps, "new@example.test").await;
    work(&database, &deps, vec![closed()]).await;
    assert_eq!(database.count(MARKED).await, 0);
    assert_eq!(
        database.count("graphile_worker._private_jobs where attempts = 1").await,
        1
    );
    sqlx::query("update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now()")
        .execute(database.owner())
        .await
        .unwrap();
    work(&database, &deps, vec![closed()]).await;
    assert_eq!(database.count(MARKED).await, 1);
    assert_eq!(
        database
            .count("audit_log where action = 'invitation.undeliverable'")
            .await,
        1
    );
}

#[tokio::test]
async fn an_invitation_that_was_sent_again_or_has_ended_is_not_marked() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "new@example.test").await;
    let mark = async |tried_at| {
        undeliverable::mark(&database.platform(), &deps, acme.tenant().id, invitation, tried_at)
            .await
            .unwrap();
        database.count(MARKED).await
    };
    let tried_at = deps.now();
    clock.advance(chrono::TimeDelta::minutes(1));
    resend(&acme, &deps, invitation).await.unwrap();
    assert_eq!(mark(tried_at).await, 0, "another mail is on its way");
    assert_eq!(mark(deps.now()).await, 1);
    assert_eq!(mark(deps.now()).await, 1);
    assert_eq!(
        database
            .count("audit_log where action = 'invitation.undeliverable'")
            .await,
        1,
        "told once"
    );
    resend(&acme, &deps, invitation).await.unwrap();
    revoke(&acme, &deps, invitation).await.unwrap();
    assert_eq!(mark(deps.now()).await, 0);
}

#[tokio::test]
async fn another_mail_that_is_refused_is_only_not_sent_again() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    person(&deps, "ann").await;
    let mut received = work(&database, &deps, vec![refused()]).await;
    assert!(received.recv().await.is_some() && received.recv().await.is_none());
    assert_eq!(database.count("graphile_worker._private_jobs").await, 0);
    assert_eq!(database.count("job_runs where outcome = 'failed'").await, 1);
}
