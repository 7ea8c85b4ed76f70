//! The organization with everything in it: people in every place, and projects and tasks in every state.

use anyhow::Result;
use chrono::TimeDelta;
use contract::{
    iam::{DefaultRole, MemberType},
    ids::ProjectId,
    project::{ProjectStatus, Visibility},
    task::TaskState,
    text::{ProjectDescription, ProjectName, TaskTitle, WorkspaceName},
};
use domain::{
    Deps,
    actor::{OrgActor, UserActor},
    database::PlatformDatabase,
    demo::{add_member, verify},
    people::invite::{Grant, Offer, invite},
    projects::{self, Place, ProjectFields},
    tasks::{create::NewTask, update::TaskChange},
};

use super::people::{organization, person};

pub const SLUG: &str = "demo";

pub async fn make(deps: &Deps, platform: &PlatformDatabase) -> Result<()> {
    let owner = person(deps, "owner", "Demo Owner").await?;
    let member = person(deps, "member", "Demo Member").await?;
    for person in [&owner, &member] {
        verify(platform, deps, person.id()).await?;
    }
    let demo = organization(deps, &owner, "Demo Organization", SLUG).await?;
    add_member(platform, deps, demo.tenant().id, member.id(), "member").await?;
    let website = work(deps, &demo, &member).await?;
    people(deps, platform, &demo, website).await?;
    leadership(deps, &demo).await?;
    invite_somebody(deps, &demo, website).await
}

/// People in every place there is. The guest is given one project.
async fn people(deps: &Deps, platform: &PlatformDatabase, org: &OrgActor, given: ProjectId) -> Result<()> {
    for (key, name, role) in [
        ("admin", "Demo Admin", "admin"),
        ("billing", "Demo Billing", "billing"),
        ("guest", "Demo Guest", "guest"),
        ("suspended", "Demo Suspended", "member"),
    ] {
        let one = person(deps, key, name).await?;
        verify(platform, deps, one.id()).await?;
        add_member(platform, deps, org.tenant().id, one.id(), role).await?;
        match key {
            "guest" => {
                domain::people::change_type::change_type(org, deps, one.id(), MemberType::Guest).await?;
                projects::give::give(org, deps, given, one.id()).await?;
            }
            "suspended" => domain::people::suspend::suspend(org, deps, one.id()).await?,
            _ => {}
        }
    }
    Ok(())
}

/// An invitation that waits, to an address that no mail reaches: a guest for one project.
async fn invite_somebody(deps: &Deps, org: &OrgActor, project: ProjectId) -> Result<()> {
    let choices = domain::people::choices::choices(org, deps).await?;
    let role = choices
        .roles
        .iter()
        .find(|role| role.for_guests && role.name == DefaultRole::Guest.name());
    let role = role.ok_or_else(|| anyhow::anyhow!("the demo's organization has no role for guests"))?;
    let offer = Offer {
        role: role.id,
        member_type: MemberType::Guest,
        grants: vec![Grant::Project(project)],
    };
    invite(org, deps, &offer, "invited@demo.plinth.test").await?;
    Ok(())
}

/// Projects and tasks in every state.
async fn work(deps: &Deps, org: &OrgActor, member: &UserActor) -> Result<ProjectId> {
    let website = projects::create::create(org, deps, fields("Website relaunch", "New pages, same address.")?).await?;
    let today = deps.now().date_naive();
    let day = |days: i64| Some(today + TimeDelta::days(days));
    let tasks = [
        ("Collect what the old pages say", None, day(-3), TaskState::Done),
        (
            "Draw the first page",
            Some(org.user().id()),
            day(-1),
            TaskState::InProgress,
        ),
        ("Write the texts", Some(member.id()), day(2), TaskState::Open),
        ("Ask three people to click through it", None, day(9), TaskState::Open),
        ("Move the domain", None, None, TaskState::Open),
    ];
    for (title, assignee, due_on, state) in tasks {
        let title = TaskTitle::parse(title).map_err(|code| anyhow::anyhow!("{code:?}"))?;
        let task = domain::tasks::create::create(
            org,
            deps,
            website,
            NewTask {
                title,
                assignee,
                due_on,
            },
        )
        .await?;
        let change = TaskChange {
            state: Some(state),
            ..TaskChange::default()
        };
        domain::tasks::update::update(org, deps, task, change).await?;
    }
    projects::create::create(
        org,
        deps,
        fields("Customer interviews", "Two a week, written up the same day.")?,
    )
    .await?;
    let archived = projects::create::create(org, deps, fields("Office move", "Done in spring.")?).await?;
    projects::archive::set_status(org, deps, archived, ProjectStatus::Archived).await?;
    let binned = projects::create::create(org, deps, fields("Abandoned idea", "")?).await?;
    projects::delete::delete(org, deps, binned).await?;
    Ok(website)
}

/// A workspace with a project that its people alone see.
async fn leadership(deps: &Deps, org: &OrgActor) -> Result<()> {
    let name = WorkspaceName::parse("Leadership").map_err(|code| anyhow::anyhow!("{code:?}"))?;
    let workspace = domain::workspaces::create::create(org, deps, name).await?;
    let place = Place {
        workspace: Some(workspace),
        visibility: Visibility::Workspace,
    };
    let fields = fields("Next year’s prices", "Nobody hears of them before they are decided.")?;
    projects::create::create_in(org, deps, fields, place).await?;
    Ok(())
}

/// A project, in words.
pub fn fields(name: &str, description: &str) -> Result<ProjectFields> {
    let name = ProjectName::parse(name).map_err(|code| anyhow::anyhow!("{code:?}"))?;
    let description = ProjectDescription::parse(description).map_err(|code| anyhow::anyhow!("{code:?}"))?;
    Ok(ProjectFields { name, description })
}
