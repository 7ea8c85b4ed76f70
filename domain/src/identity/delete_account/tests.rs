use std::sync::Arc;

use chrono::TimeDelta;
use contract::{Error, email::EmailAddress};
use futures::{FutureExt, future::BoxFuture};

use super::*;
use crate::{
    actor::{OrgActor, RECENT_SIGN_IN},
    audit::verify::{Verdict, verify},
    identity::{sign_in::sign_in, sign_up::sign_up},
    jobs::{Job, JobContext},
    mail::{Mailer, NotSent, Rendered, compose},
    tenants::{self, memberships},
    testing::{
        PASSWORD, TestDatabase, clock_and_deps, deps, join, new_person, organization, person, project, request, task,
        visitor,
    },
};

const ANN: &str = "ann@example.test";

async fn gone(database: &TestDatabase, user: &UserActor) -> bool {
    let dead = format!("users where id = '{}' and deleted_at is not null", user.id());
    database.count(&dead).await == 1
}

#[tokio::test]
async fn nothing_is_torn_down_before_it_is_known_that_it_is_them() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = person(&deps, "ann").await;
    let refused = delete(&ann, &deps, "bob@example.test", None).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("confirm", FieldCode::Mismatch));
    clock.advance(RECENT_SIGN_IN + TimeDelta::seconds(1));
    for nothing in [None, Some("")] {
        let refused = delete(&ann, &deps, ANN, nothing).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::RecentSignInRequired);
    }
    let refused = delete(&ann, &deps, ANN, Some("wrong")).await.unwrap_err();
    assert_eq!(
        Error::from(refused),
        Error::field("password", FieldCode::WrongCredentials)
    );
    assert!(!gone(&database, &ann).await);
    assert_eq!(database.count("user_sessions").await, 1);
    delete(&ann, &deps, " ANN@example.test ", Some(PASSWORD)).await.unwrap();
    assert!(gone(&database, &ann).await);
}

#[tokio::test]
async fn what_is_left_is_a_tombstone_and_the_address_is_free() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    delete(&ann, &deps, ANN, None).await.unwrap();
    for table in ["user_sessions", "user_tokens", "user_accounts", "user_privacy_consents"] {
        assert_eq!(database.count(table).await, 0, "{table}");
    }
    let told = "users u where u::text ilike '%ann%' or name <> 'Deleted account' or email not like '%@deleted.invalid'";
    assert_eq!(database.count(told).await, 0);
    let email = EmailAddress::parse(ANN).unwrap();
    sign_in(&visitor(), &deps, email, PASSWORD.to_owned())
        .await
        .unwrap_err();
    let again = sign_up(&visitor(), &deps, new_person("ann")).await.unwrap();
    let again = UserActor::authenticate(&deps, again.token.expose(), request())
        .await
        .unwrap()
        .unwrap();
    assert_ne!(again.id(), ann.id());
    let refused = delete(&ann, &deps, ANN, None).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::Unauthenticated, "a tab that was left open");
    let refused = tenants::create::create(
        &ann,
        &deps,
        tenants::create::NewTenant {
            name: contract::text::OrganizationName::parse("Ghost").unwrap(),
            slug: contract::slug::Slug::parse("ghost").unwrap(),
        },
    )
    .await
    .unwrap_err();
    assert_eq!(Error::from(refused), Error::Unauthenticated);
    assert!(!gone(&database, &again).await);
}

#[tokio::test]
async fn an_organization_of_ones_own_goes_and_those_of_others_go_on() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    let own = organization(&deps, &ann, "own").await;
    let theirs = organization(&deps, &bob, "theirs").await;
    let in_theirs = join(&database, &deps, &theirs, &ann, "member").await;
    let work = project(&deps, &in_theirs, "Anns project").await;
    let job = task(&deps, &in_theirs, work, "Do it").await;
    let change = crate::tasks::update::TaskChange {
        assignee: Some(Some(ann.id())),
        ..Default::default()
    };
    crate::tasks::update::update(&theirs, &deps, job, change).await.unwrap();
    delete(&ann, &deps, ANN, None).await.unwrap();

    let ending = format!(
        "tenants where id = '{}' and status = 'deleting' and purge_after is not null",
        own.tenant().id
    );
    assert_eq!(database.count(&ending).await, 1);
    let anns = format!("tenant_members where user_id = '{}'", ann.id());
    assert_eq!(database.count(&anns).await, 0);
    assert_eq!(database.count("tasks where assignee_id is null").await, 1);
    assert_eq!(database.count("projects where created_by is not null").await, 1);
    assert_eq!(memberships::list(&bob, &deps).await.unwrap().len(), 1);
    for (action, times) in [
        ("member.left", 2),
        ("tenant.deletion_scheduled", 1),
        ("user.deleted", 1),
    ] {
        let entries = format!("audit_log where action = '{action}' and actor_user_id = '{}'", ann.id());
        assert_eq!(database.count(&entries).await, times, "{action}");
    }
    let verdict = verify(database.owner()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

#[tokio::test]
async fn people_are_not_left_without_an_owner() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    let acme = organization(&deps, &ann, "acme").await;
    organization(&deps, &ann, "own").await;
    join(&database, &deps, &acme, &bob, "admin").await;
    let refused = delete(&ann, &deps, ANN, None).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::LastOwner);
    assert_eq!(
        database.count("tenants where status = 'active'").await,
        2,
        "nothing of it"
    );
    assert_eq!(database.count("user_sessions").await, 2);
    let fates = crate::identity::closing::closing(&ann, &deps).await.unwrap();
    let fates: Vec<_> = fates.into_iter().map(|one| (one.name, one.fate)).collect();
    assert_eq!(
        fates,
        [("acme".to_owned(), Fate::Blocks), ("own".to_owned(), Fate::Ends)]
    );
    // One way out: it is deleted. The other, handing it over, is the second owner below.
    tenants::delete::delete(&acme, &deps, "acme").await.unwrap();
    delete(&ann, &deps, ANN, None).await.unwrap();
    assert!(gone(&database, &ann).await);
}

#[tokio::test]
async fn a_suspended_member_may_go_as_well() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    let acme = organization(&deps, &bob, "acme").await;
    join(&database, &deps, &acme, &ann, "member").await;
    sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
        .bind(ann.id().0)
        .execute(database.owner())
        .await
        .unwrap();
    delete(&ann, &deps, ANN, None).await.unwrap();
    assert_eq!(database.count("tenant_members").await, 1);
}

/// Both see two owners when they begin. Whoever comes second sees one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_owners_who_go_at_once_do_not_leave_the_others_alone() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    let acme = organization(&deps, &ann, "acme").await;
    join(&database, &deps, &acme, &bob, "owner").await;
    join(&database, &deps, &acme, &person(&deps, "cleo").await, "member").await;
    let mut held = database.owner().begin().await.unwrap();
    sqlx::query("select from tenants for update")
        .execute(&mut *held)
        .await
        .unwrap();
    let going: Vec<_> = [(ann.clone(), ANN), (bob.clone(), "bob@example.test")]
        .into_iter()
        .map(|(user, email)| {
            let deps = deps.clone();
            tokio::spawn(async move { delete(&user, &deps, email, None).await })
        })
        .collect();
    while database.waiting().await < 2 && !going.iter().all(tokio::task::JoinHandle::is_finished) {}
    held.rollback().await.unwrap();
    let mut refused = Vec::new();
    for one in going {
        refused.extend(one.await.unwrap().err().map(Error::from));
    }
    assert_eq!(refused, [Error::LastOwner]);
    let owners = "tenant_members m join iam_roles r on r.id = m.role_id and r.key = 'owner' \
                  join users u on u.id = m.user_id and u.deleted_at is null";
    assert_eq!(database.count(owners).await, 1);
    assert_eq!(database.count("tenants where status = 'active'").await, 1);
}

#[derive(Debug)]
struct NoMail;

impl Mailer for NoMail {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>> {
        async move { Err(NotSent::Failed(format!("nothing is to be sent: {mail:?}"))) }.boxed()
    }
}

#[tokio::test]
async fn the_log_forgets_who_it_was_and_the_farewell_finds_its_way() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    let acme = organization(&deps, &bob, "acme").await;
    let in_acme: OrgActor = join(&database, &deps, &acme, &ann, "member").await;
    project(&deps, &in_acme, "Harbour").await;
    organization(&deps, &ann, "own").await;
    let invitation = format!(
        "insert into tenant_invitations (tenant_id, id, email, role_id, member_type, status, invited_by, created_at, sent_at, \
         expires_at, ended_at, accepted_by) select tenant_id, gen_random_uuid(), '{ANN}', role_id, 'member', 'accepted', \
         user_id, now(), now(), now() + '7 days', now(), '{}' from tenant_members where user_id = '{}'",
        ann.id(),
        bob.id()
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(invitation))
        .execute(database.owner())
        .await
        .unwrap();
    delete(&ann, &deps, ANN, None).await.unwrap();

    let queued: serde_json::Value = sqlx::query_scalar(
        "select payload from graphile_worker._private_jobs where payload::text like '%AccountDeleted%'",
    )
    .fetch_one(database.owner())
    .await
    .unwrap();
    let mail: Mail = serde_json::from_value(queued["mail"].clone()).unwrap();
    let written = compose(&database.platform(), &deps, "https://plinth.example", &mail)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(written.to, ANN);
    assert!(written.text.contains("own") && written.text.contains("https://plinth.example/sign-up"));

    let context = JobContext {
        platform: database.platform(),
        deps: deps.clone(),
        mailer: Arc::new(NoMail),
        base_url: "https://plinth.example".into(),
    };
    for _ in 0..2 {
        let rest = EraseAccount {
            user: ann.id(),
            address: None,
        };
        Job::run(&rest, &context).await.unwrap();
    }
    for table in [
        "audit_log",
        "tenant_invitations",
        "tenant_members",
        "users",
        "user_sessions",
    ] {
        let told = format!("{table} t where t::text ilike '%ann%'");
        assert_eq!(database.count(&told).await, 0, "{table}");
    }
    let by_nobody = format!(
        "audit_log where actor_user_id = '{}' and action = 'project.created'",
        ann.id()
    );
    assert_eq!(database.count(&by_nobody).await, 1, "what happened stays");
    let verdict = verify(database.owner()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}
