//! Workspaces, projects and tasks.

use contract::{
    ids::{ProjectId, TaskId, WorkspaceId},
    project::Visibility,
    text::{ProjectDescription, ProjectName, TaskTitle, WorkspaceName},
};

use crate::{
    Deps,
    actor::OrgActor,
    projects::{self, Place, ProjectFields},
    tasks::{self, create::NewTask},
    workspaces,
};

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn workspace(deps: &Deps, org: &OrgActor, name: &str) -> WorkspaceId {
    let name = WorkspaceName::parse(name).unwrap();
    workspaces::create::create(org, deps, name).await.unwrap()
}

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn into_workspace(deps: &Deps, org: &OrgActor, workspace: WorkspaceId, member: &OrgActor) {
    let user = member.user().id();
    workspaces::add_member::add_member(org, deps, workspace, user)
        .await
        .unwrap();
}

/// A project that the people of a workspace see, and nobody else.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn project_in(deps: &Deps, org: &OrgActor, name: &str, workspace: WorkspaceId) -> ProjectId {
    let place = Place {
        workspace: Some(workspace),
        visibility: Visibility::Workspace,
    };
    projects::create::create_in(org, deps, project_fields(name), place)
        .await
        .unwrap()
}

/// A project's name, with nothing said about it.
#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn project_fields(name: &str) -> ProjectFields {
    ProjectFields {
        name: ProjectName::parse(name).unwrap(),
        description: ProjectDescription::parse("").unwrap(),
    }
}

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn project(deps: &Deps, org: &OrgActor, name: &str) -> ProjectId {
    projects::create::create(org, deps, project_fields(name)).await.unwrap()
}

/// A task that is nobody's and due never.
#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn new_task(title: &str) -> NewTask {
    NewTask {
        title: TaskTitle::parse(title).unwrap(),
        assignee: None,
        due_on: None,
    }
}

#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn task(deps: &Deps, org: &OrgActor, project: ProjectId, title: &str) -> TaskId {
    tasks::create::create(org, deps, project, new_task(title))
        .await
        .unwrap()
}
