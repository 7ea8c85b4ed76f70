//! `/o/{slug}/settings/bin`: what was deleted in the organization, by whom, until when, and the way back.

use contract::{
    Error, FieldCode,
    iam::Permission,
    ids::ProjectId,
    project::{Bin, BinnedProject, BinnedTask},
    tenant::{Organization, TenantStatus},
    time::Moment,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::list_bin::list_bin;
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::PostForm,
        projects::{restore_project::RestoreProject, restore_task::RestoreTask},
        refusal::{self, Refusals},
    },
    page::PageTitle,
};

#[component]
pub fn BinPage() -> impl IntoView {
    org_page(Section::Bin, |organization| async move {
        if !organization.permissions.contains(Permission::ProjectsDelete) {
            return Err(Error::Forbidden);
        }
        let texts = &messages::current().danger.bin;
        let bin = list_bin(organization.slug.to_string()).await?;
        let content = if bin.projects.is_empty() && bin.tasks.is_empty() {
            view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Trash/> }
                .into_any()
        } else {
            view! { <Contents organization=organization bin=bin/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Refusals errors=refusals()/>
            {content}
        }
        .into_any())
    })
}

/// A name that is taken is said in words that fit here: it is the other project that can be renamed.
fn refusals() -> Vec<ui::FieldError> {
    let texts = &messages::current().danger.bin;
    let project = if FormState::of::<RestoreProject>().has(FieldCode::Taken) {
        vec![ui::FieldError::new("", texts.name_taken)]
    } else {
        refusal::of::<RestoreProject>()
    };
    [project, refusal::of::<RestoreTask>()].concat()
}

#[component]
fn Contents(organization: Organization, bin: Bin) -> impl IntoView {
    let texts = &messages::current().danger.bin;
    let active = organization.status == TenantStatus::Active;
    let restore_tasks = active && organization.permissions.contains(Permission::TasksDelete);
    let open = organization.permissions.contains(Permission::ProjectsRead);
    let org = organization.slug.to_string();
    let Bin { projects, tasks, shown } = bin;
    let cut = [projects.len(), tasks.len()]
        .into_iter()
        .any(|length| u32::try_from(length).is_ok_and(|length| length >= shown));
    let projects = (!projects.is_empty()).then(|| {
        let rows = projects
            .into_iter()
            .map(|project| view! { <Project org=org.clone() project=project restore=active open=open/> })
            .collect_view();
        view! { <ui::Card title=texts.projects flush=true><ul class="list">{rows}</ul></ui::Card> }
    });
    let tasks = (!tasks.is_empty()).then(|| {
        let rows = tasks
            .into_iter()
            .map(|task| view! { <Task org=org.clone() task=task restore=restore_tasks open=open/> })
            .collect_view();
        view! { <ui::Card title=texts.tasks flush=true><ul class="list">{rows}</ul></ui::Card> }
    });
    view! {
        <div class="stack-large">
            {projects} {tasks}
            {cut.then(|| view! { <p class="muted small">{(texts.cut)(shown)}</p> })}
        </div>
    }
}

/// `open` when the one who looks may see what is in it.
fn project_name(org: &str, project: ProjectId, name: String, open: bool) -> AnyView {
    if !open {
        return name.into_any();
    }
    let href = format!("/o/{org}/projects/{project}");
    view! { <ui::Link href=href tone=ui::LinkTone::Quiet>{name}</ui::Link> }.into_any()
}

fn back(org: &str) -> String {
    format!("/o/{org}/settings/bin")
}

#[component]
fn Project(org: String, project: BinnedProject, restore: bool, open: bool) -> impl IntoView {
    let texts = &messages::current().danger.bin;
    let label = (texts.restore_named)(&project.name);
    let fields = vec![
        ("back", back(&org)),
        ("project", project.id.to_string()),
        ("org", org.clone()),
    ];
    let restore = restore.then(|| {
        view! {
            <PostForm action=RestoreProject::PATH fields=fields>
                <ui::IconButton icon=ui::IconName::Restore label=label/>
            </PostForm>
        }
    });
    let name = project_name(&org, project.id, project.name, open);
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{name}</p>
                <Facts by=project.deleted_by deleted=project.deleted gone=project.gone/>
            </div>
            {restore}
        </li>
    }
}

#[component]
fn Task(org: String, task: BinnedTask, restore: bool, open: bool) -> impl IntoView {
    let texts = &messages::current().danger.bin;
    let label = (texts.restore_named)(&task.title);
    let fields = vec![
        ("back", back(&org)),
        ("task", task.id.to_string()),
        ("org", org.clone()),
    ];
    let action = if task.project_archived {
        view! { <ui::Badge>{texts.archived}</ui::Badge> }.into_any()
    } else if restore {
        view! {
            <PostForm action=RestoreTask::PATH fields=fields>
                <ui::IconButton icon=ui::IconName::Restore label=label/>
            </PostForm>
        }
        .into_any()
    } else {
        ().into_any()
    };
    let name = project_name(&org, task.project, task.project_name, open);
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{task.title}</p>
                <p class="list-detail">{texts.in_project} " " {name}</p>
                <Facts by=task.deleted_by deleted=task.deleted gone=task.gone/>
            </div>
            {action}
        </li>
    }
}

#[component]
fn Facts(by: String, deleted: Moment, gone: Moment) -> impl IntoView {
    let texts = &messages::current().danger.bin;
    view! { <p class="list-detail">{(texts.facts)(&by, &deleted.text, &gone.text)}</p> }
}
