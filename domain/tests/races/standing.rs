//! Who owns an organization, and who may still do what they have begun.

use std::sync::Arc;

use contract::{
    Error,
    iam::{DefaultRole, MemberType, Permission},
    ids::{InvitationId, ProjectId, RoleId, UserId, WorkspaceId},
    slug::Slug,
    text::{OrganizationName, WorkspaceName},
};
use domain::{
    Deps,
    actor::OrgActor,
    people::{
        change_role::change_role,
        change_type::change_type,
        copy_link::copy_link,
        invite::{Offer, invite},
        leave::leave,
        offer_ownership::offer_ownership,
        remove::remove,
        resend::resend,
        restore::restore as restore_person,
        revoke::revoke,
        suspend::suspend,
        testing::{invite_one, offer},
    },
    projects::{
        Place,
        create::create as create_project,
        delete::delete,
        give::{give, take_back},
        restore::restore,
        share::share,
    },
    roles,
    tenants::{
        self,
        update::{TenantChange, update},
    },
    testing::{self, TestDatabase, custom_role, deps, join, join_as_guest, organization, person, role_fields, role_of},
    workspaces,
};
use futures::{FutureExt, future::BoxFuture};

use super::{hold, project, together};

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
