//! The demo: people and organizations to look around with. Made by the same operations that a person's clicks call.

use anyhow::Result;
use chrono::TimeDelta;
use contract::{
    email::EmailAddress,
    iam::{DefaultRole, MemberType},
    ids::ProjectId,
    password::Password,
    project::{ProjectStatus, Visibility},
    slug::Slug,
    task::TaskState,
    text::{OrganizationName, PersonName, ProjectDescription, ProjectName, TaskTitle, WorkspaceName},
};
use domain::{
    Deps,
    actor::{OrgActor, RequestInfo, UserActor, Visitor},
    database::PlatformDatabase,
    demo::{PASSWORD, add_member, is_seeded, verify},
    identity::sign_up::{SignUp, sign_up},
    people::invite::{Grant, Offer, invite},
    projects::{self, Place, ProjectFields},
    tasks::{create::NewTask, update::TaskChange},
    tenants::create::{NewTenant, create},
};

fn fields(name: &str, description: &str) -> Result<ProjectFields> {
    let name = ProjectName::parse(name).map_err(|code| anyhow::anyhow!("{code:?}"))?;
    let description = ProjectDescription::parse(description).map_err(|code| anyhow::anyhow!("{code:?}"))?;
    Ok(ProjectFields { name, description })
}

/// Harmless to repeat: what is there already stays as it is.
pub async fn seed(deps: &Deps, platform: &PlatformDatabase) -> Result<()> {
    if is_seeded(platform).await? {
        return Ok(());
    }
    let owner = person(deps, "owner", "Demo Owner").await?;
    let member = person(deps, "member", "Demo Member").await?;
    let limit = person(deps, "limit", "Demo Limit").await?;
    person(deps, "unverified", "Demo Unverified").await?;
    for person in [&owner, &member, &limit] {
        verify(platform, deps, person.id()).await?;
    }
    let demo = organization(deps, &owner, "Demo Organization", "demo").await?;
    add_member(platform, deps, demo.tenant().id, member.id(), "member").await?;
    let website = work(deps, &demo, &member).await?;
    people(deps, platform, &demo, website).await?;
    leadership(deps, &demo).await?;
    invite_somebody(deps, &demo, website).await?;

    let paused = person(deps, "paused", "Demo Paused").await?;
    verify(platform, deps, paused.id()).await?;
    let resting = organization(deps, &paused, "Resting", "resting").await?;
    domain::tenants::deactivate::deactivate(&resting, deps).await?;

    let full = organization(deps, &limit, "Full House", "full-house").await?;
    for number in 1..=full.tenant().plan.limits.projects.unwrap_or(5) {
        projects::create::create(&full, deps, fields(&format!("Room {number}"), "")?).await?;
    }
    fill_seats(deps, &full).await
}

/// For the terminal.
pub fn sign_ins() -> String {
    let people = [
        ("owner", "owns an organization on trial"),
        ("member", "works in it"),
        ("admin", "sees to its people and projects"),
        ("billing", "sees to its bills"),
        ("guest", "sees the one project they were given"),
        ("suspended", "is locked out of it"),
        ("paused", "has paused their organization"),
        ("limit", "has used up the plan's projects and seats"),
        ("unverified", "has not proven the address"),
    ];
    let lines = people.map(|(key, what)| format!("  {:<28} {what}", format!("{key}@demo.plinth.test")));
    format!("sign in as (password: {PASSWORD})\n{}", lines.join("\n"))
}

async fn person(deps: &Deps, key: &str, name: &str) -> Result<UserActor> {
    let request = RequestInfo {
        user_agent: "demo".to_owned(),
        ..RequestInfo::default()
    };
    let parsed = (
        PersonName::parse(name),
        EmailAddress::parse(&format!("{key}@demo.plinth.test")),
        Password::parse(PASSWORD),
    );
    let (Ok(name), Ok(email), Ok(password)) = parsed else {
        anyhow::bail!("the demo's people are not well-formed")
    };
    // The gates are for strangers.
    let open = Deps {
        registration: std::sync::Arc::default(),
        ..deps.clone()
    };
    let session = sign_up(&Visitor::new(request.clone()), &open, SignUp { name, email, password }).await?;
    let actor = UserActor::authenticate(deps, session.token.expose(), request).await?;
    actor.ok_or_else(|| anyhow::anyhow!("{key}@demo.plinth.test is taken by somebody with another password"))
}

async fn organization(deps: &Deps, owner: &UserActor, name: &str, slug: &str) -> Result<OrgActor> {
    let (Ok(name), Ok(slug)) = (OrganizationName::parse(name), Slug::parse(slug)) else {
        anyhow::bail!("the demo's organizations are not well-formed")
    };
    let created = create(owner, deps, NewTenant { name, slug }).await?;
    Ok(OrgActor::enter(owner, deps, created.slug.as_str()).await?)
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

/// An open invitation for each seat that is left.
async fn fill_seats(deps: &Deps, org: &OrgActor) -> Result<()> {
    let choices = domain::people::choices::choices(org, deps).await?;
    let role = choices
        .roles
        .iter()
        .find(|role| role.name == DefaultRole::Member.name());
    let role = role.ok_or_else(|| anyhow::anyhow!("the demo's organization has no role for members"))?;
    let seats = choices.seats.members;
    let left = seats.allowed.unwrap_or_default().saturating_sub(seats.used);
    let addresses: Vec<String> = (1..=left)
        .map(|number| format!("invited{number}@demo.plinth.test"))
        .collect();
    let offer = Offer {
        role: role.id,
        member_type: MemberType::Member,
        grants: Vec::new(),
    };
    invite(org, deps, &offer, &addresses.join("\n")).await?;
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
