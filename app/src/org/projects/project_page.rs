//! One project: what it is, and its tasks.

use contract::{
    iam::Permission,
    project::{ProjectRow, ProjectStatus},
    task::Project,
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    archive_project::ArchiveProject,
    delete_project::DeleteProject,
    delete_task::DeleteTask,
    get_project::get_project,
    plan_task::PlanTask,
    project_head::{ProjectDescription, ProjectHead},
    quick_add::QuickAdd,
    rename_project::RenameProject,
    restore_project::RestoreProject,
    restore_task::RestoreTask,
    rights::Rights,
    set_task_state::SetTaskState,
    task_bin::TaskBin,
    task_list::TaskList,
    unarchive_project::UnarchiveProject,
    update_task::UpdateTask,
    view::ProjectView,
};
use crate::{
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::PageTitle,
};

#[component]
pub fn ProjectPage() -> impl IntoView {
    let id = use_params_map()
        .with_untracked(|params| params.get("project"))
        .unwrap_or_default();
    org_page(Section::Projects, move |organization| async move {
        if !organization.permissions.contains(Permission::ProjectsRead) {
            return Err(contract::Error::Forbidden);
        }
        let project = get_project(organization.slug.to_string(), id).await?;
        Ok(view! { <OneProject organization=organization project=project/> }.into_any())
    })
}

#[component]
fn OneProject(organization: Organization, project: Project) -> impl IntoView {
    let Project {
        project,
        tasks,
        bin,
        assignees,
    } = project;
    let rights = Rights::of(&organization, &project);
    let view = ProjectView::requested(organization.slug.to_string(), project.id.to_string());
    let add = rights
        .create_tasks
        .then(|| view! { <QuickAdd view=view.clone() assignees=assignees.clone()/> });
    view! {
        <PageTitle text=project.name.clone()/>
        <ProjectHead project=project.clone() reader=organization.member_type rights=rights view=view.clone()/>
        <Refusals errors=refusals()/>
        <Standing project=project.clone() rights=rights view=view.clone()/>
        <ProjectDescription project=project rights=rights view=view.clone()/>
        <section class="stack" id="tasks">
            <h2 class="tasks-title">{messages::current().projects.tasks}</h2>
            {add}
            <TaskList tasks=tasks assignees=assignees rights=rights view=view.clone()/>
        </section>
        <TaskBin tasks=bin rights=rights view=view/>
    }
}

/// What the forms of one press were refused. The other forms say it themselves.
fn refusals() -> Vec<ui::FieldError> {
    [
        refusal::of::<ArchiveProject>(),
        refusal::of::<UnarchiveProject>(),
        refusal::of::<DeleteProject>(),
        refusal::of::<RestoreProject>(),
        refusal::of::<RenameProject>(),
        refusal::of::<UpdateTask>(),
        refusal::of::<SetTaskState>(),
        refusal::of::<PlanTask>(),
        refusal::of::<DeleteTask>(),
        refusal::of::<RestoreTask>(),
    ]
    .concat()
}

/// Why nothing can be changed here, and the way out of that.
#[component]
fn Standing(project: ProjectRow, rights: Rights, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    let fields = vec![
        ("org", view.org.clone()),
        ("project", view.project.clone()),
        ("back", view.plain().path()),
    ];
    let way_out = |action: &'static str, text: &'static str| {
        view! {
            <PostForm action=action fields=fields.clone()>
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>{text}</ui::Button>
            </PostForm>
        }
        .into_any()
    };
    if let Some(deleted) = project.deleted {
        let text = (texts.in_bin_text)(&deleted.text);
        let action = rights.restore.then(|| way_out(RestoreProject::PATH, texts.restore));
        return view! {
            <Fact title=texts.in_bin_title tone=ui::Tone::Warning action=action>{text}</Fact>
        }
        .into_any();
    }
    if project.paused {
        return view! {
            <Fact title=texts.paused_title tone=ui::Tone::Warning action=None>{texts.paused_text}</Fact>
        }
        .into_any();
    }
    if project.status == ProjectStatus::Archived {
        let action = rights
            .unarchive
            .then(|| way_out(UnarchiveProject::PATH, texts.unarchive));
        return view! {
            <Fact title=texts.archived_title tone=ui::Tone::Info action=action>{texts.archived_text}</Fact>
        }
        .into_any();
    }
    ().into_any()
}

#[component]
fn Fact(title: &'static str, tone: ui::Tone, action: Option<AnyView>, children: Children) -> impl IntoView {
    match action {
        Some(action) => view! { <ui::Banner tone=tone title=title action=action>{children()}</ui::Banner> }.into_any(),
        None => view! { <ui::Banner tone=tone title=title>{children()}</ui::Banner> }.into_any(),
    }
}
