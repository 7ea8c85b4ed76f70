//! One workspace: its people, its projects, its name, and its end.

use contract::{
    iam::Permission,
    project::{ProjectFilter, ProjectList, ProjectQuery},
    tenant::Organization,
    workspace::{Workspace, WorkspaceRow},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    add_workspace_member::AddWorkspaceMember,
    get_workspace::get_workspace,
    list_page::may_manage,
    people::{AddPerson, PeopleList},
    remove_workspace_member::RemoveWorkspaceMember,
    rename_workspace::RenameWorkspace,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::HiddenFields,
        projects::{list_projects::list_projects, rights, view::list_path},
        refusal::{self, Refusals},
    },
    page::PageTitle,
};

/// The id in the URL.
pub fn requested() -> String {
    use_params_map()
        .with_untracked(|params| params.get("workspace"))
        .unwrap_or_default()
}

#[component]
pub fn WorkspacePage() -> impl IntoView {
    let id = requested();
    org_page(Section::Workspaces, move |organization| async move {
        if !organization.permissions.contains(Permission::ProjectsRead) {
            return Err(contract::Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let workspace = get_workspace(slug.clone(), id).await?;
        let query = ProjectQuery {
            filter: ProjectFilter::All,
            workspace: Some(workspace.workspace.id),
            ..ProjectQuery::default()
        };
        let projects = list_projects(slug, query.clone()).await?;
        Ok(
            view! { <OneWorkspace organization=organization workspace=workspace projects=projects query=query/> }
                .into_any(),
        )
    })
}

#[component]
fn OneWorkspace(
    organization: Organization,
    workspace: Workspace,
    projects: ProjectList,
    query: ProjectQuery,
) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let slug = organization.slug.to_string();
    let Workspace {
        workspace,
        people,
        candidates,
        ..
    } = workspace;
    let manage = may_manage(&organization);
    let crumbs = vec![
        ui::Crumb::link(texts.title, format!("/o/{slug}/workspaces")),
        ui::Crumb::here(workspace.name.clone()),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> };
    let start = rights::may_create(&organization) && (workspace.mine || manage);
    let new = start.then(|| {
        let href = format!("/o/{slug}/projects/new?workspace={}", workspace.id);
        view! { <ui::Button href=href icon=ui::IconName::Plus>{messages::current().projects.new}</ui::Button> }
    });
    let mine = workspace
        .mine
        .then(|| view! { <ui::Badge tone=ui::Tone::Accent>{texts.mine}</ui::Badge> });
    let fields = vec![("org", slug.clone()), ("workspace", workspace.id.to_string())];
    let remove = manage.then(|| (RemoveWorkspaceMember::PATH, fields.clone()));
    let people = if people.is_empty() {
        view! { <ui::EmptyState title=texts.nobody_title text=texts.nobody_text icon=ui::IconName::Users level=3/> }
            .into_any()
    } else {
        view! { <PeopleList people=people remove=remove/> }.into_any()
    };
    let form = FormState::of::<AddWorkspaceMember>();
    let add = (manage && !candidates.is_empty()).then(|| {
        view! {
            <AddPerson
                action=AddWorkspaceMember::PATH
                fields=fields
                candidates=candidates
                label=texts.add_person
                error=form.field_error("person")
            />
        }
    });
    let refusals = [refusal::unbound(form.summary()), refusal::of::<RemoveWorkspaceMember>()].concat();
    let changes = manage.then(|| view! { <Changes slug=slug.clone() workspace=workspace.clone()/> });
    view! {
        <PageTitle text=workspace.name.clone()/>
        <ui::PageHeader
            title=workspace.name.clone()
            description=texts.workspace_text
            badge=mine.into_any()
            actions=new.into_any()
            breadcrumb=breadcrumb.into_any()
        />
        <Refusals errors=refusals/>
        <ui::Card title=texts.people description=texts.people_text>
            <div class="stack">{people} {add}</div>
        </ui::Card>
        <Projects slug=slug list=projects query=query/>
        {changes}
    }
}

/// The first of its projects, and the way to all of them.
#[component]
fn Projects(slug: String, list: ProjectList, query: ProjectQuery) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let projects = &messages::current().projects;
    let all = list_path(&slug, &query);
    let actions = view! { <ui::Link href=all>{texts.show_in_list}</ui::Link> };
    let content = if list.rows.is_empty() {
        view! {
            <ui::EmptyState title=texts.no_project_title text=texts.no_project_text icon=ui::IconName::Folder level=3/>
        }
        .into_any()
    } else {
        let rows = list
            .rows
            .into_iter()
            .map(|project| {
                let href = format!("/o/{slug}/projects/{}", project.id);
                view! {
                    <li class="list-row">
                        <div class="list-main">
                            <p class="list-title"><ui::Link href=href tone=ui::LinkTone::Quiet>{project.name}</ui::Link></p>
                            <p class="list-detail">{(projects.tasks_of)(project.open_tasks, project.done_tasks)}</p>
                        </div>
                        <span class="muted small">{(texts.seen_by)(project.visibility)}</span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <ui::Card title=texts.projects description=texts.projects_text actions=actions.into_any()>{content}</ui::Card>
    }
}

#[component]
fn Changes(slug: String, workspace: WorkspaceRow) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let errors = &messages::current().errors;
    let form = FormState::of::<RenameWorkspace>();
    let delete = format!("/o/{slug}/workspaces/{}/delete", workspace.id);
    let fields = vec![("org", slug), ("workspace", workspace.id.to_string())];
    view! {
        <ui::Card title=texts.name>
            <form class="form" method="post" action=RenameWorkspace::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
                <HiddenFields fields=fields/>
                <div class="form-inline">
                    <ui::TextInput
                        name="name"
                        label=texts.name
                        value=form.value_or("name", &workspace.name)
                        error=form.field_error("name")
                        autocomplete="off"
                        max_length=80
                        label_hidden=true
                        required=true
                    />
                    <ui::Button variant=ui::ButtonVariant::Secondary>{texts.rename}</ui::Button>
                </div>
            </form>
        </ui::Card>
        <ui::Card title=texts.delete description=texts.delete_text tone=ui::Tone::Danger>
            <ui::Button href=delete variant=ui::ButtonVariant::Danger icon=ui::IconName::Trash>{texts.delete_open}</ui::Button>
        </ui::Card>
    }
}
