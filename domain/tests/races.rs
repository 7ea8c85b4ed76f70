//! Many at once, on real connections: Postgres settles it.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::sync::Arc;

use contract::{
    Error, FieldCode,
    error::Limit,
    iam::{DefaultRole, MemberType, Permission},
    ids::{InvitationId, ProjectId, RoleId, UserId, WorkspaceId},
    invitation::{InvitationState, InviteOutcome},
    slug::Slug,
    text::{OrganizationName, WorkspaceName},
};
use domain::{
    Deps,
    actor::{OrgActor, UserActor},
    people::{
        Ticket,
        accept::{Accepted, accept},
        change_role::change_role,
        change_type::change_type,
        copy_link::copy_link,
        invite::{Grant, Offer, invite},
        leave::leave,
        offer_ownership::offer_ownership,
        remove::remove,
        resend::resend,
        restore::restore as restore_person,
        revoke::revoke,
        suspend::suspend,
        testing::{invite_one, mailed_code, offer},
    },
    projects::{
        Place, ProjectFields,
        create::create as create_project,
        delete::delete,
        give::{give, take_back},
        restore::restore,
        share::share,
    },
    roles,
    tenants::{
        self,
        create::{NewTenant, create as create_tenant},
        update::{TenantChange, update},
    },
    testing::{
        self, TestDatabase, custom_role, deps, join, join_as_guest, organization, person, project_fields, role_fields,
        role_of,
    },
    workspaces,
};
use futures::{FutureExt, future::BoxFuture};
use sqlx::{Postgres, Transaction};
use tokio::task::JoinHandle;

fn project(number: usize) -> ProjectFields {
    project_fields(&format!("Project {number}"))
}

fn acme() -> NewTenant {
    NewTenant {
        name: OrganizationName::parse("Acme").unwrap(),
        slug: Slug::parse("acme").unwrap(),
    }
}

/// Holds an organization's row, so that whoever needs it queues up.
async fn hold(database: &TestDatabase, org: &OrgActor) -> Transaction<'static, Postgres> {
    let mut held = database.owner().begin().await.unwrap();
    sqlx::query("select from tenants where id = $1 for update")
        .bind(org.tenant().id.0)
        .execute(&mut *held)
        .await
        .unwrap();
    held
}

/// Lets go once everybody waits, or is done without having waited, and gives what became of each.
async fn together<T>(
    database: &TestDatabase,
    held: Transaction<'static, Postgres>,
    started: Vec<JoinHandle<domain::Result<T>>>,
) -> Vec<Result<T, Error>> {
    loop {
        let waiting = database.waiting().await;
        let finished = started.iter().filter(|one| one.is_finished()).count();
        if usize::try_from(waiting).unwrap() + finished >= started.len() {
            break;
        }
    }
    held.rollback().await.unwrap();
    let mut became = Vec::new();
    for one in started {
        became.push(one.await.unwrap().map_err(Error::from));
    }
    became
}

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

/// Everybody whose role is owner and who can enter.
const OWNERS: &str = "tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
    where r.key = 'owner' and m.status = 'active'";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_owners_who_leave_at_once_one_stays() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let one = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let two = join(&database, &deps, &one, &person(&deps, "bob").await, "owner").await;
    let held = hold(&database, &one).await;
    let started = [one, two]
        .map(|org| {
            let deps = deps.clone();
            tokio::spawn(async move { leave(org.user(), &deps, org.tenant().slug.as_str()).await })
        })
        .into();
    let became = together(&database, held, started).await;
    assert_eq!(became.iter().filter(|one| one.is_ok()).count(), 1);
    let refused = became.into_iter().find_map(Result::err);
    assert_eq!(refused, Some(Error::LastOwner));
    assert_eq!(database.count(OWNERS).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_owners_who_remove_suspend_and_demote_each_other_leave_one() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let one = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let two = join(&database, &deps, &one, &person(&deps, "bob").await, "owner").await;
    let admin = role_of(&database, &one, "admin").await;
    let held = hold(&database, &one).await;
    let mut started = Vec::new();
    for (org, other) in [(one.clone(), two.user().id()), (two.clone(), one.user().id())] {
        for what in 0..3 {
            let (org, deps) = (org.clone(), deps.clone());
            started.push(tokio::spawn(async move {
                match what {
                    0 => remove(&org, &deps, other).await,
                    1 => suspend(&org, &deps, other).await,
                    _ => change_role(&org, &deps, other, admin).await,
                }
            }));
        }
    }
    let became = together(&database, held, started).await;
    assert!(became.iter().any(Result::is_ok));
    assert_eq!(database.count(OWNERS).await, 1);
}

/// What the operations of the table below are done to.
struct Things {
    role: RoleId,
    person: UserId,
    guest: UserId,
    invitation: InvitationId,
    workspace: WorkspaceId,
    project: ProjectId,
    binned: ProjectId,
    offer: Offer,
}

async fn things(database: &TestDatabase, deps: &Deps, owner: &OrgActor) -> Things {
    let cid = join(database, deps, owner, &person(deps, "cid").await, "member").await;
    let guest = join_as_guest(database, deps, owner, &person(deps, "dan").await).await;
    let binned = testing::project(deps, owner, "Binned").await;
    delete(owner, deps, binned).await.unwrap();
    Things {
        role: custom_role(deps, owner, "Scribe", &[Permission::ProjectsRead]).await,
        person: cid.user().id(),
        guest: guest.user().id(),
        invitation: invite_one(owner, deps, "eve@example.test").await,
        workspace: testing::workspace(deps, owner, "Team").await,
        project: testing::project(deps, owner, "Work").await,
        binned,
        offer: offer(owner, deps, DefaultRole::Member).await,
    }
}

/// Whether an operation needs an organization that is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Active,
    Nothing,
}

type Operation = (&'static str, Needs, BoxFuture<'static, domain::Result<()>>);

/// Everything that decides who belongs to an organization and as what, what becomes of it, and who sees what is in it.
fn operations(org: &OrgActor, deps: &Deps, on: &Arc<Things>) -> Vec<Operation> {
    macro_rules! table {
        ($($name:literal $needs:ident |$org:ident, $deps:ident, $on:ident| $operation:expr;)*) => {
            vec![$({
                let ($org, $deps, $on) = (org.clone(), deps.clone(), on.clone());
                let operation = async move {
                    let ($org, $deps, $on) = (&$org, &$deps, &*$on);
                    let _ = $on;
                    $operation.await.map(drop)
                };
                ($name, Needs::$needs, operation.boxed())
            }),*]
        };
    }
    table! {
        "invite" Active |org, deps, on| invite(org, deps, &on.offer, "fay@example.test");
        "resend" Active |org, deps, on| resend(org, deps, on.invitation);
        "revoke" Active |org, deps, on| revoke(org, deps, on.invitation);
        "copy a link" Active |org, deps, on| copy_link(org, deps, on.invitation);
        "change a role" Active |org, deps, on| change_role(org, deps, on.person, on.role);
        "change a type" Active |org, deps, on| change_type(org, deps, on.person, MemberType::Guest);
        "suspend" Active |org, deps, on| suspend(org, deps, on.person);
        "let in again" Active |org, deps, on| restore_person(org, deps, on.person);
        "remove" Active |org, deps, on| remove(org, deps, on.person);
        "offer" Active |org, deps, on| offer_ownership(org, deps, on.person, "acme");
        "make a role" Active |org, deps, on| roles::create::create(org, deps, role_fields("Painter", &[Permission::ProjectsRead]));
        "save a role" Active |org, deps, on| roles::update::update(org, deps, on.role, 0, role_fields("Painter", &[Permission::ProjectsRead]));
        "delete a role" Active |org, deps, on| roles::delete::delete(org, deps, on.role, None);
        "rename the organization" Active |org, deps, on| update(org, deps, elsewhere());
        "delete the organization" Nothing |org, deps, on| tenants::delete::delete(org, deps, "acme");
        "pause" Nothing |org, deps, on| tenants::deactivate::deactivate(org, deps);
        "take up again" Nothing |org, deps, on| tenants::reactivate::reactivate(org, deps);
        "restore the organization" Nothing |org, deps, on| tenants::restore::restore(org, deps);
        "make a workspace" Active |org, deps, on| workspaces::create::create(org, deps, named("Other"));
        "rename a workspace" Active |org, deps, on| workspaces::rename::rename(org, deps, on.workspace, named("Other"));
        "fill a workspace" Active |org, deps, on| workspaces::add_member::add_member(org, deps, on.workspace, on.person);
        "empty a workspace" Active |org, deps, on| workspaces::remove_member::remove_member(org, deps, on.workspace, on.person);
        "delete a workspace" Active |org, deps, on| workspaces::delete::delete(org, deps, on.workspace, "Team", None);
        "begin a project" Active |org, deps, on| create_project(org, deps, project(1));
        "restore a project" Active |org, deps, on| restore(org, deps, on.binned);
        "share" Active |org, deps, on| share(org, deps, on.project, Place { workspace: Some(on.workspace), ..Place::default() });
        "give" Active |org, deps, on| give(org, deps, on.project, on.guest);
        "take back" Active |org, deps, on| take_back(org, deps, on.project, on.guest);
    }
}

fn elsewhere() -> TenantChange {
    TenantChange {
        name: OrganizationName::parse("Elsewhere").unwrap(),
        slug: Slug::parse("elsewhere").unwrap(),
    }
}

fn named(name: &str) -> WorkspaceName {
    WorkspaceName::parse(name).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_is_demoted_while_acting_does_not_get_the_last_word() {
    let role = "update tenant_members set role_id = (select id from iam_roles where key = 'guest') where user_id = $1";
    let suspended = "update tenant_members set status = 'suspended' where user_id = $1";
    let removed = "delete from tenant_members where user_id = $1";
    let paused = "update tenants set status = 'deactivated' where $1::uuid is not null";
    for (change, expected) in [
        (role, Error::Forbidden),
        (suspended, Error::NotFound),
        (removed, Error::NotFound),
        (paused, Error::TenantInactive),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let owner = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &owner, &person(&deps, "bob").await, "owner").await;
        let on = Arc::new(things(&database, &deps, &owner).await);
        // Bob's requests have passed every check of the actor and wait for the organization's row, when it happens.
        let mut held = hold(&database, &owner).await;
        let started: Vec<_> = operations(&bob, &deps, &on)
            .into_iter()
            .filter(|(_, needs, _)| change != paused || *needs == Needs::Active)
            .map(|(name, _, operation)| (name, tokio::spawn(operation)))
            .collect();
        let all_wait = i64::try_from(started.len()).unwrap();
        while database.waiting().await < all_wait && !started.iter().any(|(_, one)| one.is_finished()) {}
        sqlx::query(change)
            .bind(bob.user().id().0)
            .execute(&mut *held)
            .await
            .unwrap();
        held.commit().await.unwrap();
        for (name, one) in started {
            let became = one.await.unwrap().map_err(Error::from);
            assert_eq!(became, Err(expected.clone()), "{name} after {change}");
        }
        let done = format!(
            "audit_log where actor_user_id = '{}' and action not like 'user.%'",
            bob.user().id()
        );
        assert_eq!(database.count(&done).await, 0, "{change}");
    }
}

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
    sqlx::query("update plans set member_limit = 2")
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
    change("update plans set member_limit = 2 where key = 'starter'").await;
    change("update tenants set plan_key = 'starter'").await;
    let held = hold(&database, &org).await;
    let started = people.iter().map(|(user, code)| accepting(user, &deps, code)).collect();
    let became = together(&database, held, started).await;
    let joined = |one: &Result<Accepted, Error>| matches!(one, Ok(Accepted::Joined { .. }));
    assert_eq!(became.iter().filter(|one| joined(one)).count(), 1);
    let full = Ok(Accepted::Not(InvitationState::Full {
        limit: Limit::Members,
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
