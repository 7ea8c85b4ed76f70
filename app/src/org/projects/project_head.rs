//! A project's name, description, and what can be done with the whole of it.

use contract::{
    iam::MemberType,
    project::{ProjectQuery, ProjectRow, ProjectStatus, Visibility},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    list_row::PlaceBadge,
    rename_project::RenameProject,
    rights::Rights,
    row_menu::{AccessItem, StateItems},
    update_project::UpdateProject,
    view::{ProjectView, list_path},
};
use crate::{form::FormState, messages, org::post_form::HiddenFields, org::refusal};

#[component]
pub fn ProjectHead(project: ProjectRow, reader: MemberType, rights: Rights, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    let crumbs = vec![
        ui::Crumb::link(texts.title, list_path(&view.org, &ProjectQuery::default())),
        ui::Crumb::here(project.name.clone()),
    ];
    let badge = (project.status == ProjectStatus::Archived)
        .then(|| view! { <ui::Badge>{(texts.status)(ProjectStatus::Archived)}</ui::Badge> });
    let updated = project.updated.clone();
    view! {
        <header class="page-header">
            <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/>
            <div class="page-header-row">
                <div class="page-heading">
                    <Name project=project.clone() rights=rights view=view.clone()/>
                    <p class="page-description row">
                        {badge}
                        <SeenBy project=project.clone() reader=reader view=view.clone()/>
                        <span>{(texts.tasks_of)(project.open_tasks, project.done_tasks)}</span>
                        <span>{texts.updated} " " <ui::DateTime instant=updated.iso exact=updated.text.clone() text=updated.text/></span>
                    </p>
                </div>
                <Actions project=project rights=rights view=view/>
            </div>
        </header>
    }
}

/// Where it belongs and who sees it. Members are led to who that is; a guest is told where it belongs, if they know of it.
#[component]
fn SeenBy(project: ProjectRow, reader: MemberType, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let badge = project
        .workspace
        .clone()
        .map(|workspace| view! { <PlaceBadge name=workspace.name visibility=project.visibility/> });
    let link = (reader == MemberType::Member).then(|| {
        let text = match (project.visibility, project.workspace) {
            (Visibility::Workspace, Some(workspace)) => (texts.only_people_of)(&workspace.name),
            _ => (texts.seen_by)(Visibility::Organization).to_owned(),
        };
        let label = format!("{}: {text}", texts.who_can_see);
        let href = format!("{}/access", view.place());
        view! { <a class="seen-by" href=href aria-label=label><ui::Icon name=ui::IconName::Users size=ui::IconSize::Small/> {text}</a> }
    });
    view! { {badge} {link} }
}

/// The name is the page's title; whoever may change it does so in its place.
#[component]
fn Name(project: ProjectRow, rights: Rights, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    if !rights.edit {
        return view! { <h1 class="page-title">{project.name}</h1> }.into_any();
    }
    let hidden = vec![("org".into(), view.org.into()), ("project".into(), view.project.into())];
    let value = FormState::of::<RenameProject>().value_or("name", &project.name);
    view! {
        <h1 class="visually-hidden">{project.name}</h1>
        <div class="project-name">
            <ui::InlineEdit
                action=RenameProject::PATH
                name="name"
                value=value
                label=texts.name
                edit_label=texts.rename
                save_label=texts.save
                saved_label=texts.saved
                error_label=texts.rename_failed
                hidden=hidden
                max_length=80
            />
        </div>
    }
    .into_any()
}

#[component]
fn Actions(project: ProjectRow, rights: Rights, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    if !(rights.edit || rights.share || rights.archive || rights.unarchive || rights.delete) {
        return ().into_any();
    }
    let edit = ProjectView {
        edit: true,
        ..view.plain()
    }
    .path();
    let edit = rights
        .edit
        .then(|| view! { <ui::MenuItem href=edit icon=ui::IconName::Edit>{texts.edit}</ui::MenuItem> });
    let access = rights
        .share
        .then(|| view! { <AccessItem href=format!("{}/access", view.place())/> });
    let fields = vec![
        ("org", view.org.clone()),
        ("project", view.project.clone()),
        ("back", view.plain().path()),
    ];
    view! {
        <div class="page-actions">
            <ui::Menu label=(texts.actions_of)(&project.name) align=ui::MenuAlign::End>
                {edit}
                {access}
                <StateItems rights=rights fields=fields/>
            </ui::Menu>
        </div>
    }
    .into_any()
}

#[component]
pub fn ProjectDescription(project: ProjectRow, rights: Rights, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    let form = FormState::of::<UpdateProject>();
    if rights.edit && (view.edit || form.failed()) {
        return view! { <EditForm project=project view=view form=form/> }.into_any();
    }
    let edit = ProjectView {
        edit: true,
        ..view.plain()
    }
    .path();
    if !project.description.is_empty() {
        return view! { <p class="project-description">{project.description}</p> }.into_any();
    }
    rights
        .edit
        .then(|| {
            view! {
                <p class="muted">
                    {texts.no_description} " " <ui::Link href=edit>{texts.add_description}</ui::Link>
                </p>
            }
        })
        .into_any()
}

#[component]
fn EditForm(project: ProjectRow, view: ProjectView, form: FormState) -> impl IntoView {
    let texts = &messages::current().projects;
    let errors = &messages::current().errors;
    let cancel = view.plain().path();
    view! {
        <ui::Card title=texts.edit>
            <form class="form form-wide" method="post" action=UpdateProject::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=refusal::prefixed(form.summary(), "project")/>
                <HiddenFields fields=vec![("org", view.org), ("project", view.project)]/>
                <ui::TextInput
                    id="project-name"
                    name="name"
                    label=texts.name
                    hint=texts.name_hint
                    value=form.value_or("name", &project.name)
                    error=form.field_error("name")
                    autocomplete="off"
                    max_length=80
                    required=true
                    autofocus=!form.failed()
                />
                <ui::Textarea
                    id="project-description"
                    name="description"
                    label=texts.about
                    note=messages::current().frame.optional
                    hint=texts.about_hint
                    value=form.value_or("description", &project.description)
                    error=form.field_error("description")
                    max_length=2000
                />
                <div class="form-actions">
                    <ui::Button>{texts.save}</ui::Button>
                    <ui::Button href=cancel variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
}
