use contract::{Error, email::EmailAddress, iam::DefaultRole, ids::StaffInvitationId, staff::StaffRole};

use super::*;
use crate::{
    actor::StaffActor,
    identity::delete_account,
    people::{accept::Accepted, testing as inviting},
    staff::{invitation::LIFETIME, invite::invite, look_up::look_up, take_back::take_back},
    testing::{PASSWORD, TestDatabase, clock_and_deps, deps, organization, person, proven, request, staff, visitor},
};

async fn invited(database: &TestDatabase, deps: &Deps, by: &StaffActor, email: &str) -> (StaffInvitationId, String) {
    let email = EmailAddress::parse(email).unwrap();
    let id = invite(by, deps, &email, StaffRole::Support).await.unwrap();
    let mut transaction = database.platform().begin().await.unwrap();
    let (code, _) = invitation::issue(&mut transaction, deps, id).await.unwrap().unwrap();
    transaction.commit().await.unwrap();
    (id, code.expose().to_owned())
}

async fn join(deps: &Deps, code: &str) -> Result<NewSession> {
    let (name, password) = (PersonName::parse("Bob").unwrap(), Password::parse(PASSWORD).unwrap());
    accept_new(&visitor(), deps, code, &name, &password).await
}

async fn state(deps: &Deps, user: Option<&UserActor>, code: &str) -> StaffInvitationState {
    look_up(&visitor(), user, deps, code).await.unwrap().state
}

#[tokio::test]
async fn who_has_no_account_gets_one_that_reaches_nothing_before_a_second_factor() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let (_, code) = invited(&database, &deps, &sue, "bob@example.test").await;
    assert_eq!(state(&deps, None, &code).await, StaffInvitationState::New);
    let session = join(&deps, &code).await.unwrap();
    let bob = UserActor::authenticate(&deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(bob.staff(), Some(StaffRole::Support));
    assert_eq!(bob.person().verification, crate::actor::Verification::Verified);
    let refused = StaffActor::enter(&bob).unwrap_err();
    assert_eq!(Error::from(refused), Error::SecondFactorRequired);
    let again = join(&deps, &code).await.unwrap_err();
    assert_eq!(Error::from(again), Error::NotFound, "the link works once");
    assert_eq!(database.count("tenant_members").await, 0);
    assert_eq!(database.count("audit_log where action = 'staff.joined'").await, 1);
}

#[tokio::test]
async fn one_link_makes_one_account_however_often_the_form_is_sent() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let (_, code) = invited(&database, &deps, &sue, "bob@example.test").await;
    let sent = (0..4).map(|_| {
        let (deps, code) = (deps.clone(), code.clone());
        tokio::spawn(async move { join(&deps, &code).await.is_ok() })
    });
    let mut made = 0;
    for one in sent.collect::<Vec<_>>() {
        made += i32::from(one.await.unwrap());
    }
    assert_eq!(made, 1);
    assert_eq!(database.count("users where email = 'bob@example.test'").await, 1);
}

#[tokio::test]
async fn an_account_without_organizations_is_taken_after_its_owner_has_signed_in() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let bob = person(&deps, "bob").await;
    let eve = person(&deps, "eve").await;
    let (_, code) = invited(&database, &deps, &sue, "bob@example.test").await;
    assert_eq!(state(&deps, None, &code).await, StaffInvitationState::SignedOut);
    assert_eq!(Error::from(join(&deps, &code).await.unwrap_err()), Error::Conflict);
    let own = "eve@example.test".to_owned();
    let other = StaffInvitationState::OtherAddress { own };
    assert_eq!(state(&deps, Some(&eve), &code).await, other);
    assert_eq!(accept(&eve, &deps, &code).await.unwrap(), Joined::Not(other));
    assert_eq!(state(&deps, Some(&bob), &code).await, StaffInvitationState::Ready);
    assert_eq!(accept(&bob, &deps, &code).await.unwrap(), Joined::Done);
    assert_eq!(
        database
            .count("platform_role_assignments where revoked_at is null")
            .await,
        2
    );
    let refused = delete_account::delete(&bob, &deps, "bob@example.test", Some(PASSWORD)).await;
    assert_eq!(
        Error::from(refused.unwrap_err()),
        Error::NotForStaff,
        "staff are ended, and do not just go"
    );
}

#[tokio::test]
async fn who_belongs_to_an_organization_stays_a_customer() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let bob = person(&deps, "bob").await;
    organization(&deps, &bob, "acme").await;
    let (_, code) = invited(&database, &deps, &sue, "bob@example.test").await;
    assert_eq!(
        accept(&bob, &deps, &code).await.unwrap(),
        Joined::Not(StaffInvitationState::HasOrganizations)
    );
    assert_eq!(database.count("platform_role_assignments").await, 1);
    assert_eq!(database.count("platform_invitations where status = 'pending'").await, 1);
}

#[tokio::test]
async fn a_link_is_over_with_its_week_when_it_is_taken_back_and_with_its_inviter() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let (_, code) = invited(&database, &deps, &sue, "bob@example.test").await;
    let role = "update platform_role_assignments set role = ";
    sqlx::query(sqlx::AssertSqlSafe(format!("{role}'support'")))
        .execute(database.owner())
        .await
        .unwrap();
    assert_eq!(state(&deps, None, &code).await, StaffInvitationState::Over);
    sqlx::query(sqlx::AssertSqlSafe(format!("{role}'superadmin'")))
        .execute(database.owner())
        .await
        .unwrap();
    assert_eq!(state(&deps, None, &code).await, StaffInvitationState::New);
    let (other, taken) = invited(&database, &deps, &sue, "cid@example.test").await;
    take_back(&sue, &deps, other).await.unwrap();
    assert_eq!(state(&deps, None, &taken).await, StaffInvitationState::Over);
    clock.advance(LIFETIME);
    assert_eq!(state(&deps, None, &code).await, StaffInvitationState::Over);
    let refused = join(&deps, &code).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("form", FieldCode::LinkExpired));
    let unknown = look_up(&visitor(), None, &deps, "x").await.unwrap_err();
    assert_eq!(Error::from(unknown), Error::NotFound);
}

/// Both are on their way when the account is let go: one of them comes in, and the other hears why not.
#[tokio::test]
async fn nobody_becomes_staff_and_a_member_at_once() {
    for round in 0..3 {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        proven(&database, &bob).await;
        let waiting = inviting::invite_as(&acme, &deps, "bob@example.test", DefaultRole::Member).await;
        let mailed = inviting::mailed_code(&database, &deps, &acme, waiting).await;
        let (_, code) = invited(&database, &deps, &sue, "bob@example.test").await;
        let mut held = database.owner().begin().await.unwrap();
        sqlx::query("select from users where email = 'bob@example.test' for update")
            .execute(&mut *held)
            .await
            .unwrap();
        let (user, with) = (bob.clone(), deps.clone());
        let staffed = tokio::spawn(async move { accept(&user, &with, &code).await });
        if round == 1 {
            until_waiting(&database, 1).await;
        }
        let (user, with) = (bob.clone(), deps.clone());
        let joined = tokio::spawn(async move {
            crate::people::accept::accept(&user, &with, crate::people::Ticket::Code(&mailed)).await
        });
        until_waiting(&database, 2).await;
        held.commit().await.unwrap();
        let staffed = staffed.await.unwrap().unwrap() == Joined::Done;
        let joined = matches!(joined.await.unwrap(), Ok(Accepted::Joined { .. }));
        assert!(staffed != joined, "staff: {staffed}, member: {joined}");
    }
}

async fn until_waiting(database: &TestDatabase, many: i64) {
    while database.waiting().await < many {
        tokio::task::yield_now().await;
    }
}

/// Whoever was staff, and deletes the account afterwards, is told of nowhere: also when the invitation is long gone.
#[tokio::test]
async fn an_account_that_is_gone_is_gone_from_the_invitations_to_the_staff() {
    for cleaned_up in [false, true] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let (_, code) = invited(&database, &deps, &sue, "bob@example.test").await;
        invited(&database, &deps, &sue, "tom@example.test").await;
        let bob = person(&deps, "bob").await;
        accept(&bob, &deps, &code).await.unwrap();
        crate::staff::end::end(&sue, &deps, bob.id()).await.unwrap();
        let told = "audit_log where after ->> 'email' = 'bob@example.test'";
        assert_eq!(database.count(told).await, 2, "the sign-up and the invitation");
        if cleaned_up {
            sqlx::query("delete from platform_invitations")
                .execute(database.owner())
                .await
                .unwrap();
        }
        delete_account::delete(&bob, &deps, "bob@example.test", Some(PASSWORD))
            .await
            .unwrap();
        let (platform, address) = (database.platform(), Some("Bob@example.test"));
        crate::people::forget::forget(&platform, &deps, bob.id(), address)
            .await
            .unwrap();
        crate::audit::redact::redact(&platform, &deps, bob.id(), address)
            .await
            .unwrap();
        assert_eq!(database.count(told).await, 0, "cleaned up: {cleaned_up}");
        let of_others = "audit_log where after ->> 'email' = 'tom@example.test'";
        assert_eq!(database.count(of_others).await, 1);
        let kept = "platform_invitations where email = 'bob@example.test'";
        assert_eq!(database.count(kept).await, 0);
    }
}
