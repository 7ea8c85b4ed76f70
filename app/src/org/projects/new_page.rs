//! Starting a project, or why there is no room for one.

use contract::{
    Error,
    error::Limit,
    iam::Permission,
    project::{ProjectFilter, ProjectQuery, Visibility},
    tenant::{Organization, TenantStatus},
    workspace::NamedWorkspace,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{create_project::CreateProject, list_projects::list_projects, place_fields::PlaceFields, view::list_path};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::HiddenFields,
        upgrade::{UpgradePrompt, in_the_way},
        workspaces::workspace_choices::workspace_choices,
    },
    page::{self, PageTitle},
};

#[component]
pub fn NewProjectPage() -> impl IntoView {
    org_page(Section::Projects, |organization| async move {
        if !organization.permissions.contains(Permission::ProjectsCreate) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        // Which workspace it was started from.
        let workspace = page::query("workspace").unwrap_or_default();
        let list = list_projects(slug.clone(), ProjectQuery::default()).await?;
        let workspaces = workspace_choices(slug.clone()).await?;
        let texts = &messages::current().projects;
        let back = list_path(&slug, &ProjectQuery::default());
        let crumbs = vec![
            ui::Crumb::link(texts.title, back.clone()),
            ui::Crumb::here(texts.new_title),
        ];
        let breadcrumb =
            view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }.into_any();
        let full = list.limit.filter(|&limit| list.used >= limit);
        // A form that came back is shown with what was typed, even when the last room was taken meanwhile.
        let refused = FormState::of::<CreateProject>().failed();
        let content = match (in_the_way(&organization), full) {
            _ if organization.status != TenantStatus::Active => view! { <Inactive back=back/> }.into_any(),
            // What was just refused is said around the page.
            (Some(error), _) if !refused => view! { <UpgradePrompt organization=organization error=error/> }.into_any(),
            (_, Some(limit)) if !refused => {
                view! { <NoRoom organization=organization used=list.used limit=limit/> }.into_any()
            }
            _ => view! { <NewProject slug=slug workspaces=workspaces workspace=workspace/> }.into_any(),
        };
        Ok(view! {
            <PageTitle text=texts.new_title/>
            <ui::PageHeader title=texts.new_title description=texts.new_text breadcrumb=breadcrumb/>
            {content}
        }
        .into_any())
    })
}

#[component]
fn Inactive(back: String) -> impl IntoView {
    let texts = messages::current();
    view! {
        <ui::EmptyState title=texts.projects.inactive_title text=texts.frame.inactive_banner icon=ui::IconName::Info>
            <ui::Button href=back variant=ui::ButtonVariant::Secondary>{texts.projects.show_projects}</ui::Button>
        </ui::EmptyState>
    }
}

#[component]
fn NoRoom(organization: Organization, used: u32, limit: u32) -> impl IntoView {
    let texts = &messages::current().projects;
    let choose = list_path(
        organization.slug.as_str(),
        &ProjectQuery {
            filter: ProjectFilter::All,
            ..ProjectQuery::default()
        },
    );
    let error = Error::LimitReached {
        limit: Limit::Projects,
        used,
        allowed: limit,
    };
    view! {
        <UpgradePrompt organization=organization error=error>
            <ui::Button href=choose variant=ui::ButtonVariant::Secondary>{texts.limit_action}</ui::Button>
        </UpgradePrompt>
    }
}

#[component]
fn NewProject(slug: String, workspaces: Vec<NamedWorkspace>, workspace: String) -> impl IntoView {
    let texts = &messages::current().projects;
    let errors = &messages::current().errors;
    let form = FormState::of::<CreateProject>();
    let cancel = list_path(&slug, &ProjectQuery::default());
    view! {
        <form class="form form-wide" method="post" action=CreateProject::PATH data-pending="">
            <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
            <HiddenFields fields=vec![("org", slug)]/>
            <ui::TextInput
                name="name"
                label=texts.name
                hint=texts.name_hint
                value=form.value("name")
                error=form.field_error("name")
                autocomplete="off"
                max_length=80
                required=true
                autofocus=!form.failed()
            />
            <ui::Textarea
                name="description"
                label=texts.about
                note=messages::current().frame.optional
                hint=texts.about_hint
                value=form.value("description")
                error=form.field_error("description")
                max_length=2000
            />
            <PlaceFields
                workspaces=workspaces
                workspace=workspace
                visibility=Visibility::Organization
                form=form.clone()
            />
            <div class="form-actions">
                <ui::Button>{texts.create}</ui::Button>
                <ui::Button href=cancel variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}
