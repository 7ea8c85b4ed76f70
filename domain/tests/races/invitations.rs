//! Those who come in, and those who go meanwhile: seats, and what inviters may give.

use contract::{
    Error,
    error::Limit,
    iam::DefaultRole,
    invitation::{InvitationState, InviteOutcome},
};
use domain::{
    Deps,
    actor::{OrgActor, UserActor},
    people::{
        Ticket,
        accept::{Accepted, accept},
        invite::{Grant, Offer, invite},
        restore::restore as restore_person,
        suspend::suspend,
        testing::{invite_one, mailed_code, offer},
    },
    projects::create::create as create_project,
    testing::{self, TestDatabase, deps, join, join_as_guest, organization, person},
};
use tokio::task::JoinHandle;

use super::{hold, project, together};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_are_let_in_again_share_the_last_seat() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let owner = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let mut away = Vec::new();
    for number in 0..8 {
        let one = person(&deps, &format!("person{number}")).await;
        join(&database, &deps, &owner, &one, "member").await;
        suspend(&owner, &deps, one.id()).await.unwrap();
        away.push(one.id());
    }
    sqlx::query("update plan_limits set allowed = 2 where limit_key = 'members'")
        .execute(database.owner())
        .await
        .unwrap();
    let held = hold(&database, &owner).await;
    let started = away
        .into_iter()
        .map(|one| {
            let (owner, deps) = (owner.clone(), deps.clone());
            tokio::spawn(async move { restore_person(&owner, &deps, one).await })
        })
        .collect();
    let became = together(&database, held, started).await;
    assert_eq!(became.iter().filter(|one| one.is_ok()).count(), 1);
    let full = Error::LimitReached {
        limit: Limit::Members,
        used: 2,
        allowed: 2,
    };
    for refused in became.into_iter().filter_map(Result::err) {
        assert_eq!(refused, full);
    }
    assert_eq!(database.count("tenant_members where status = 'active'").await, 2);
}

/// Somebody with an account who was invited to the organization, and the code in their mail.
async fn invited(database: &TestDatabase, deps: &Deps, org: &OrgActor, name: &str) -> (UserActor, String) {
    let invitation = invite_one(org, deps, &format!("{name}@example.test")).await;
    let code = mailed_code(database, deps, org, invitation).await;
    (person(deps, name).await, code)
}

fn accepting(user: &UserActor, deps: &Deps, code: &str) -> JoinHandle<domain::Result<Accepted>> {
    let (user, deps, code) = (user.clone(), deps.clone(), code.to_owned());
    tokio::spawn(async move { accept(&user, &deps, Ticket::Code(&code)).await })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_people_at_once_accept_the_last_seat() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let change = async |sql: &'static str| sqlx::query(sql).execute(database.owner()).await.unwrap();
    change("update tenants set plan_key = 'business'").await;
    let mut people = Vec::new();
    for number in 0..50 {
        // They sign up from one address, which is not what this is about.
        change("delete from rate_limits").await;
        people.push(invited(&database, &deps, &org, &format!("new{number}")).await);
    }
    // The plan has become smaller than what was promised.
    change("update plan_limits set allowed = 2 where limit_key = 'members' and plan_key = 'starter'").await;
    change("update tenants set plan_key = 'starter'").await;
    let held = hold(&database, &org).await;
    let started = people.iter().map(|(user, code)| accepting(user, &deps, code)).collect();
    let became = together(&database, held, started).await;
    let joined = |one: &Result<Accepted, Error>| matches!(one, Ok(Accepted::Joined { .. }));
    assert_eq!(became.iter().filter(|one| joined(one)).count(), 1);
    let full = Ok(Accepted::Not(InvitationState::Full {
        limit: Limit::Members,
        used: 2,
        allowed: 2,
    }));
    for refused in became.into_iter().filter(|one| !joined(one)) {
        assert_eq!(refused, full);
    }
    assert_eq!(database.count("tenant_members").await, 2);
    assert_eq!(database.count("tenant_invitations where status = 'pending'").await, 49);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_invitation_in_two_tabs_joins_once() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let (bob, code) = invited(&database, &deps, &org, "bob").await;
    let held = hold(&database, &org).await;
    let tabs = (0..2).map(|_| accepting(&bob, &deps, &code)).collect();
    let mut became = together(&database, held, tabs).await;
    became.sort_by_key(|one| !matches!(one, Ok(Accepted::Joined { .. })));
    let acme = org.tenant().slug.clone();
    let is_in = InvitationState::AlreadyIn {
        organization: acme.clone(),
    };
    assert_eq!(
        became,
        [Ok(Accepted::Joined { organization: acme }), Ok(Accepted::Not(is_in))]
    );
    assert_eq!(database.count("audit_log where action = 'member.joined'").await, 1);
}

/// What an inviter loses while somebody is just accepting, and what that comes to.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_inviter_who_is_demoted_meanwhile_lets_nobody_in() {
    let member = "update tenant_members set role_id = (select id from iam_roles where key = 'member')";
    for (change, expected) in [
        (member, InvitationState::InviterGone),
        (
            "update tenant_members set status = 'suspended'",
            InvitationState::InviterGone,
        ),
        ("delete from tenant_members", InvitationState::InviterGone),
        (
            "update tenants set status = 'deactivated'",
            InvitationState::OrganizationInactive,
        ),
        (
            "update tenant_invitations set status = 'declined', ended_at = now()",
            InvitationState::Declined,
        ),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, code) = invited(&database, &deps, &org, "bob").await;
        let mut held = hold(&database, &org).await;
        let accepted = accepting(&bob, &deps, &code);
        while database.waiting().await == 0 && !accepted.is_finished() {}
        sqlx::query(change).execute(&mut *held).await.unwrap();
        held.commit().await.unwrap();
        assert_eq!(accepted.await.unwrap().unwrap(), Accepted::Not(expected), "{change}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_deleted_while_a_guest_comes_in_is_left_out() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let (gone, stays) = (
        testing::workspace(&deps, &org, "Gone").await,
        testing::workspace(&deps, &org, "Stays").await,
    );
    let (gone_project, project) = (
        testing::project(&deps, &org, "Gone").await,
        testing::project(&deps, &org, "Stays").await,
    );
    let made = Offer {
        grants: vec![
            Grant::Workspace(gone),
            Grant::Workspace(stays),
            Grant::Project(gone_project),
            Grant::Project(project),
        ],
        ..offer(&org, &deps, DefaultRole::Guest).await
    };
    let invited = invite(&org, &deps, &made, "bob@example.test").await.unwrap();
    let invitation = invited.report.rows[0].outcome.invitation().unwrap();
    let code = mailed_code(&database, &deps, &org, invitation).await;
    let bob = person(&deps, "bob").await;
    // As the bin is emptied: without the organization's row.
    let mut deleting = database.owner().begin().await.unwrap();
    for (table, id) in [("workspaces", gone.0), ("projects", gone_project.0)] {
        let delete = format!("delete from {table} where id = $1");
        sqlx::query(sqlx::AssertSqlSafe(delete))
            .bind(id)
            .execute(&mut *deleting)
            .await
            .unwrap();
    }
    let accepted = accepting(&bob, &deps, &code);
    while database.waiting().await == 0 && !accepted.is_finished() {}
    deleting.commit().await.unwrap();
    let joined = accepted.await.unwrap().unwrap();
    assert!(matches!(joined, Accepted::Joined { .. }), "{joined:?}");
    let given = |table: &str| format!("{table} where user_id = '{}'", bob.id());
    assert_eq!(database.count(&given("workspace_members")).await, 1);
    assert_eq!(database.count(&given("project_guests")).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_guest_who_is_removed_begins_no_project() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let guest = join_as_guest(&database, &deps, &org, &person(&deps, "bob").await).await;
    sqlx::query(
        "insert into iam_role_permissions select tenant_id, id, 'projects.create' from iam_roles where key = 'guest'",
    )
    .execute(database.owner())
    .await
    .unwrap();
    let guest = OrgActor::enter(guest.user(), &deps, "acme").await.unwrap();
    let mut removing = hold(&database, &org).await;
    sqlx::query("delete from tenant_members where user_id = $1")
        .bind(guest.user().id().0)
        .execute(&mut *removing)
        .await
        .unwrap();
    let deps = deps.clone();
    let begun = tokio::spawn(async move { create_project(&guest, &deps, project(1)).await });
    while database.waiting().await == 0 && !begun.is_finished() {}
    removing.commit().await.unwrap();
    assert_eq!(begun.await.unwrap().map_err(Error::from), Err(Error::NotFound));
    assert_eq!(database.count("projects").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_seat_is_promised_once() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
    for number in 0..3 {
        invite_one(&org, &deps, &format!("new{number}@example.test")).await;
    }
    let offer = offer(&org, &deps, DefaultRole::Member).await;
    let held = hold(&database, &org).await;
    let started = (10..40)
        .map(|number| {
            let (org, deps, offer) = (org.clone(), deps.clone(), offer.clone());
            tokio::spawn(async move { invite(&org, &deps, &offer, &format!("new{number}@example.test")).await })
        })
        .collect();
    for became in together(&database, held, started).await {
        let outcome = became.unwrap().report.rows[0].outcome;
        let full = InviteOutcome::SeatsFull { allowed: 5 };
        assert!(outcome.invitation().is_some() || outcome == full, "{outcome:?}");
    }
    assert_eq!(database.count("tenant_invitations").await, 4);
}
