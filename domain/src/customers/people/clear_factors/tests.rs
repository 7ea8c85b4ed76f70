use chrono::TimeDelta;
use contract::{
    Error,
    customers::Factors,
    iam::DefaultRole,
    password::Password,
    staff::StaffRole,
    text::{PasskeyName, SuspensionReason},
};

use super::*;
use crate::{
    actor::{FRESH_FACTOR, OrgActor, UserActor},
    customers::people::{get::get, suspend::suspend},
    identity::{
        Admission,
        reset_password::reset,
        second_factor::{
            passkeys,
            sign_in::complete,
            testing::{Kit, address, come, enrol, half},
        },
        sign_in::sign_in,
    },
    mail::compose,
    testing::{
        Authenticator, PASSWORD, TestDatabase, clock_and_deps, deps, join, organization, person, proven, staff, visitor,
    },
};

fn why() -> Clearing {
    Clearing {
        reason: ClearingReason::parse("Called back, telephone fell into the harbour").unwrap(),
        ticket: VisitTicket::parse("T-17").unwrap(),
    }
}

/// Somebody with a passkey, an app and recovery codes.
async fn guarded(database: &TestDatabase, deps: &Deps, name: &str) -> (UserActor, Kit, Authenticator) {
    proven(database, &person(deps, name).await).await;
    let session = half(deps, name).await;
    let look_up = async || come(deps, session.token.expose()).await.unwrap();
    let user = look_up().await;
    let mut device = Authenticator::new();
    let question = passkeys::add::ask(&user, deps).await.unwrap();
    let brought = device.create(&question.options);
    let laptop = PasskeyName::parse("Laptop").unwrap();
    passkeys::add::add(&user, deps, question.token.expose(), laptop, &brought)
        .await
        .unwrap();
    let user = look_up().await;
    let kit = enrol(deps, &user).await;
    (look_up().await, kit, device)
}

async fn require_of_everybody(database: &TestDatabase, org: &OrgActor) {
    sqlx::query("update tenants set second_factor_required = true where id = $1")
        .bind(org.tenant().id.0)
        .execute(database.owner())
        .await
        .unwrap();
}

/// By the link of the mail that waits.
async fn choose_new_password(database: &TestDatabase, deps: &Deps, user: UserId) -> UserActor {
    let mail = Mail::SecondFactorCleared { user };
    let mail = compose(&database.platform(), deps, "https://plinth.example", &mail)
        .await
        .unwrap()
        .unwrap();
    assert!(mail.text.contains("If you did not ask for this"), "{}", mail.text);
    let link = mail.text.split_once("/reset-password?token=").unwrap().1;
    let token = link.split_whitespace().next().unwrap();
    let new = Password::parse("a wholly different phrase 7").unwrap();
    let session = reset(&visitor(), deps, token, new).await.unwrap();
    assert_eq!(session.admission, Admission::Session, "nothing else is asked for");
    come(deps, session.token.expose()).await.unwrap()
}

#[tokio::test]
async fn what_was_lost_is_gone_and_the_mailbox_alone_leads_in() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let bob = person(&deps, "bob").await;
    let (acme, free) = (
        organization(&deps, &bob, "acme").await,
        organization(&deps, &bob, "free").await,
    );
    let (ann, kit, mut device) = guarded(&database, &deps, "ann").await;
    for org in [&acme, &free] {
        join(&database, &deps, org, &ann, DefaultRole::Member.key()).await;
    }
    require_of_everybody(&database, &acme).await;
    let (eve, _, _) = guarded(&database, &deps, "eve").await;
    let waiting = half(&deps, "ann").await;
    assert_eq!(waiting.admission, Admission::SecondFactor);
    complete(&visitor(), &deps, waiting.token.expose(), "000000")
        .await
        .unwrap_err();
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let before = get(&sue, &deps, ann.id()).await.unwrap().factors;
    assert_eq!((before.app, before.passkeys, before.codes), (true, 1, 10));
    let of_eve = get(&sue, &deps, eve.id()).await.unwrap();

    assert_eq!(
        clear_factors(&sue, &deps, ann.id(), &why()).await.unwrap(),
        Cleared::Done
    );

    assert_eq!(get(&sue, &deps, ann.id()).await.unwrap().factors, Factors::default());
    for table in [
        "user_sessions",
        "user_factor_challenges",
        "user_second_factors",
        "user_passkeys",
        "user_recovery_codes",
    ] {
        let rows = format!("{table} where user_id = '{}'", ann.id());
        assert_eq!(database.count(&rows).await, 0, "{table}");
    }
    let counted = "rate_limits where policy = 'second_factor_by_person'";
    assert_eq!(database.count(counted).await, 0, "she may try again at once");
    let untouched = get(&sue, &deps, eve.id()).await.unwrap();
    assert_eq!(
        (untouched.factors, untouched.sessions.len(), untouched.has_password),
        (of_eve.factors, of_eve.sessions.len(), true),
        "nobody else is touched"
    );
    // None of what she had leads in: the password, the app in the half that was begun, a code on paper, the passkey.
    assert!(
        sign_in(&visitor(), &deps, address("ann"), PASSWORD.to_owned())
            .await
            .is_err()
    );
    clock.advance(TimeDelta::seconds(30));
    for typed in [kit.shown(&deps), kit.codes[0].clone()] {
        assert!(
            complete(&visitor(), &deps, waiting.token.expose(), &typed)
                .await
                .is_err()
        );
    }
    let question = passkeys::sign_in::ask(&visitor(), &deps).await.unwrap();
    let brought = device.get(&question.options);
    let by_passkey = passkeys::sign_in::sign_in(&visitor(), &deps, question.token.expose(), &brought).await;
    assert!(by_passkey.is_err());

    let queued = "graphile_worker._private_jobs where payload::text like '%SecondFactorCleared%'";
    assert_eq!(database.count(queued).await, 1);
    let ann = choose_new_password(&database, &deps, ann.id()).await;
    OrgActor::enter(&ann, &deps, "free").await.unwrap();
    let refused = OrgActor::enter(&ann, &deps, "acme").await.unwrap_err();
    assert_eq!(
        Error::from(refused),
        Error::SecondFactorRequired,
        "it requires another one"
    );
    enrol(&deps, &ann).await;
    sqlx::query("update user_sessions set token_hash = sha256('again') where id = $1")
        .bind(ann.session().0)
        .execute(database.owner())
        .await
        .unwrap();
    let ann = come(&deps, "again").await.unwrap();
    OrgActor::enter(&ann, &deps, "acme").await.unwrap();
}

#[tokio::test]
async fn it_is_written_down_with_its_reason_and_told_without_it_where_one_is_required() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, _, _) = guarded(&database, &deps, "ann").await;
    let (acme, free) = (
        organization(&deps, &ann, "acme").await,
        organization(&deps, &ann, "free").await,
    );
    require_of_everybody(&database, &acme).await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    clear_factors(&sue, &deps, ann.id(), &why()).await.unwrap();
    let entries: Vec<serde_json::Value> = sqlx::query_scalar(
        "select jsonb_build_array(tenant_id, actor_user_id, subject_id, origin, before, after) from audit_log \
         where action = 'user.second_factor_cleared' order by tenant_id",
    )
    .fetch_all(database.owner())
    .await
    .unwrap();
    let entry = |chain: TenantId, before, after| json!([chain, sue.id(), ann.id(), "staff", before, after]);
    let own = entry(
        crate::audit::NO_TENANT,
        json!({ "app": true, "passkeys": 1, "recovery_codes": 10 }),
        json!({ "reason": "Called back, telephone fell into the harbour", "ticket": "T-17" }),
    );
    let theirs = entry(acme.tenant().id, serde_json::Value::Null, serde_json::Value::Null);
    assert_eq!(entries, [own, theirs], "and nothing at {}", free.tenant().id);
}

#[tokio::test]
async fn support_and_superadmins_may_after_a_fresh_proof_and_nobody_else() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let (ann, _, _) = guarded(&database, &deps, "ann").await;
    let mut by = Vec::new();
    for &role in StaffRole::ALL {
        by.push((role, staff(&database, &deps, role.key(), role).await));
    }
    for (role, staff) in &by {
        if !matches!(role, StaffRole::Support | StaffRole::Superadmin) {
            let refused = clear_factors(staff, &deps, ann.id(), &why()).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::Forbidden, "{role:?}");
        }
    }
    clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    for (role, staff) in by {
        if matches!(role, StaffRole::Support | StaffRole::Superadmin) {
            let refused = clear_factors(&staff, &deps, ann.id(), &why()).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::SecondFactorRequired, "{role:?}");
        }
    }
    assert_eq!(database.count("user_passkeys").await, 1);
    let sam = staff(&database, &deps, "sam", StaffRole::Superadmin).await;
    assert_eq!(
        clear_factors(&sam, &deps, ann.id(), &why()).await.unwrap(),
        Cleared::Done
    );
}

#[tokio::test]
async fn staff_keep_theirs_and_who_has_none_or_is_locked_out_is_left_alone() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let sam = staff(&database, &deps, "sam", StaffRole::Superadmin).await;
    let tom = staff(&database, &deps, "tom", StaffRole::Support).await;
    for colleague in [&sue, &sam, &tom] {
        enrol(&deps, colleague.user()).await;
    }
    let ann = person(&deps, "ann").await;
    let (bob, _, _) = guarded(&database, &deps, "bob").await;
    suspend(
        &sam,
        &deps,
        bob.id(),
        SuspensionReason::parse("Pays with stolen cards").unwrap(),
    )
    .await
    .unwrap();
    let rows = async || {
        let mut rows = Vec::new();
        for table in [
            "user_second_factors",
            "user_sessions",
            "user_accounts",
            "audit_log",
            "graphile_worker._private_jobs",
        ] {
            rows.push(database.count(table).await);
        }
        rows
    };
    let before = rows().await;
    for (by, of) in [(&sue, &tom), (&sue, &sam), (&sue, &sue), (&sam, &sam)] {
        let refused = clear_factors(by, &deps, of.id(), &why()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
    }
    assert_eq!(
        clear_factors(&sam, &deps, tom.id(), &why()).await.unwrap(),
        Cleared::OfStaff,
        "not even by who decides about staff"
    );
    assert_eq!(
        clear_factors(&sue, &deps, ann.id(), &why()).await.unwrap(),
        Cleared::Nothing,
        "a password is not taken for nothing"
    );
    let refused = clear_factors(&sue, &deps, bob.id(), &why()).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::Conflict);
    let nobody = clear_factors(&sue, &deps, deps.id(), &why()).await.unwrap_err();
    assert_eq!(Error::from(nobody), Error::NotFound);
    assert_eq!(rows().await, before);
}

/// As an attacker does who knows the password and has talked support into it.
#[tokio::test]
async fn who_comes_in_at_this_moment_is_waited_for_and_put_out() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, _, _) = guarded(&database, &deps, "ann").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let mut coming = database.owner().begin().await.unwrap();
    sqlx::query("select from user_accounts where user_id = $1 for no key update")
        .bind(ann.id().0)
        .execute(&mut *coming)
        .await
        .unwrap();
    let clearing = {
        let deps = deps.clone();
        tokio::spawn(async move { clear_factors(&sue, &deps, ann.id(), &why()).await })
    };
    while database.waiting().await == 0 && !clearing.is_finished() {}
    sqlx::query(
        "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at, \
         last_seen_at, expires_at) select gen_random_uuid(), sha256('late'), id, 'password', '', '', now(), now(), now(), \
         now() + interval '1 day' from users where name = 'ann'",
    )
    .execute(&mut *coming)
    .await
    .unwrap();
    coming.commit().await.unwrap();
    assert_eq!(clearing.await.unwrap().unwrap(), Cleared::Done);
    let left = "user_sessions s join users u on u.id = s.user_id where u.name = 'ann'";
    assert_eq!(database.count(left).await, 0);
}
