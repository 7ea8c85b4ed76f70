//! What people do in an organization, as tables that a test goes through.

use std::sync::Arc;

use contract::{
    iam::{DefaultRole, MemberType, Permission},
    ids::{InvitationId, ProjectId, RoleId, TaskId, UserId, WorkspaceId},
    project::ProjectStatus,
    slug::Slug,
    task::TaskState,
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
        offer_ownership::offer_ownership,
        remove::remove,
        resend::resend,
        restore::restore as restore_person,
        revoke::revoke,
        suspend::suspend,
        testing::{invite_one, offer},
    },
    projects::{
        self, Place,
        archive::set_status,
        create::create as create_project,
        give::{give, take_back},
        share::share,
    },
    roles,
    tasks::{self, update::TaskChange},
    tenants::{
        self,
        update::{TenantChange, update},
    },
    testing::{
        TestDatabase, custom_role, join, join_as_guest, new_task, person, project_fields, project_in, role_fields,
        task, workspace,
    },
    workspaces,
};
use futures::{FutureExt, future::BoxFuture};

use super::project;

/// What the operations are done to. The people of the workspace alone see the projects.
pub struct Things {
    role: RoleId,
    person: UserId,
    guest: UserId,
    invitation: InvitationId,
    workspace: WorkspaceId,
    project: ProjectId,
    archived: ProjectId,
    binned: ProjectId,
    task: TaskId,
    binned_task: TaskId,
    offer: Offer,
}

impl Things {
    pub async fn of(database: &TestDatabase, deps: &Deps, owner: &OrgActor) -> Self {
        let cid = join(database, deps, owner, &person(deps, "cid").await, "member").await;
        let guest = join_as_guest(database, deps, owner, &person(deps, "dan").await).await;
        let workspace = workspace(deps, owner, "Team").await;
        let project = project_in(deps, owner, "Work", workspace).await;
        let archived = project_in(deps, owner, "Archived", workspace).await;
        set_status(owner, deps, archived, ProjectStatus::Archived)
            .await
            .unwrap();
        let binned = project_in(deps, owner, "Binned", workspace).await;
        projects::delete::delete(owner, deps, binned).await.unwrap();
        let binned_task = task(deps, owner, project, "Binned").await;
        tasks::delete::delete(owner, deps, binned_task).await.unwrap();
        Self {
            role: custom_role(deps, owner, "Scribe", &[Permission::ProjectsRead]).await,
            person: cid.user().id(),
            guest: guest.user().id(),
            invitation: invite_one(owner, deps, "eve@example.test").await,
            workspace,
            project,
            archived,
            binned,
            task: task(deps, owner, project, "Task").await,
            binned_task,
            offer: offer(owner, deps, DefaultRole::Member).await,
        }
    }
}

/// Whether an operation needs an organization that is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Active,
    Nothing,
}

pub type Operation = (&'static str, Needs, BoxFuture<'static, domain::Result<()>>);

/// Each with its name, with what it needs, and with everything bound.
macro_rules! table {
    ($from:expr, $($name:literal $needs:ident |$org:ident, $deps:ident, $on:ident| $operation:expr;)*) => {
        vec![$({
            let (org, deps, on) = $from;
            let ($org, $deps, $on) = (org.clone(), deps.clone(), Arc::clone(on));
            let operation = async move {
                let ($org, $deps, $on) = (&$org, &$deps, &*$on);
                let _ = $on;
                $operation.await.map(drop)
            };
            ($name, Needs::$needs, operation.boxed())
        }),*]
    };
}

/// Everything that decides who belongs to an organization and as what, and what becomes of it.
pub fn deciding(org: &OrgActor, deps: &Deps, on: &Arc<Things>) -> Vec<Operation> {
    table! {
        (org, deps, on),
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
    }
}

/// Everything that is done to a project and what is in it, and that decides who sees it.
pub fn working(org: &OrgActor, deps: &Deps, on: &Arc<Things>) -> Vec<Operation> {
    table! {
        (org, deps, on),
        "restore a project" Active |org, deps, on| projects::restore::restore(org, deps, on.binned);
        "share" Active |org, deps, on| share(org, deps, on.project, Place { workspace: Some(on.workspace), ..Place::default() });
        "give" Active |org, deps, on| give(org, deps, on.project, on.guest);
        "take back" Active |org, deps, on| take_back(org, deps, on.project, on.guest);
        "save a project" Active |org, deps, on| projects::update::update(org, deps, on.project, project_fields("Play"));
        "rename a project" Active |org, deps, on| projects::rename::rename(org, deps, on.project, project_fields("Play").name);
        "archive" Active |org, deps, on| set_status(org, deps, on.project, ProjectStatus::Archived);
        "take out of the archive" Active |org, deps, on| set_status(org, deps, on.archived, ProjectStatus::Active);
        "delete a project" Active |org, deps, on| projects::delete::delete(org, deps, on.project);
        "write a task down" Active |org, deps, on| tasks::create::create(org, deps, on.project, new_task("Another"));
        "rename a task" Active |org, deps, on| tasks::update::update(org, deps, on.task, titled("Another"));
        "finish a task" Active |org, deps, on| tasks::update::update(org, deps, on.task, finished());
        "plan a task" Active |org, deps, on| tasks::update::update(org, deps, on.task, planned());
        "delete a task" Active |org, deps, on| tasks::delete::delete(org, deps, on.task);
        "restore a task" Active |org, deps, on| tasks::restore::restore(org, deps, on.binned_task);
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

fn titled(title: &str) -> TaskChange {
    TaskChange {
        title: Some(new_task(title).title),
        ..TaskChange::default()
    }
}

fn finished() -> TaskChange {
    TaskChange {
        state: Some(TaskState::Done),
        ..TaskChange::default()
    }
}

fn planned() -> TaskChange {
    TaskChange {
        due_on: Some(chrono::NaiveDate::from_ymd_opt(2026, 5, 1)),
        ..TaskChange::default()
    }
}
