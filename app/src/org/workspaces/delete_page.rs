//! Deleting a workspace: what becomes of its projects is asked before, and never guessed.

use contract::{Error, error::Result, tenant::Organization, workspace::NamedWorkspace};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    delete_workspace::DeleteWorkspace, get_workspace::get_workspace, list_page::may_manage,
    workspace_choices::workspace_choices, workspace_page::requested,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::post_form::HiddenFields,
    page::PageTitle,
};

#[component]
pub fn DeleteWorkspacePage() -> impl IntoView {
    let id = requested();
    org_page(Section::Workspaces, move |organization| delete_page(organization, id))
}

async fn delete_page(organization: Organization, id: String) -> Result<AnyView> {
    let slug = organization.slug.to_string();
    let workspace = get_workspace(slug.clone(), id).await?;
    if !may_manage(&organization) {
        return Err(Error::Forbidden);
    }
    let mut others = workspace_choices(slug.clone()).await?;
    let all_projects = workspace.all_projects;
    let workspace = workspace.workspace;
    others.retain(|other| other.id != workspace.id);
    let texts = &messages::current().workspaces;
    let title = (texts.delete_title)(&workspace.name);
    let here = format!("/o/{slug}/workspaces/{}", workspace.id);
    let crumbs = vec![
        ui::Crumb::link(texts.title, format!("/o/{slug}/workspaces")),
        ui::Crumb::link(workspace.name.clone(), here.clone()),
        ui::Crumb::here(texts.delete),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> };
    let form = FormState::of::<DeleteWorkspace>();
    let projects =
        (all_projects > 0).then(|| view! { <Afterwards projects=all_projects others=others form=form.clone()/> });
    let errors = &messages::current().errors;
    Ok(view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader title=title description=texts.delete_explained breadcrumb=breadcrumb.into_any()/>
        <ui::Card>
            <form class="form form-wide" method="post" action=DeleteWorkspace::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
                <HiddenFields fields=vec![("org", slug), ("workspace", workspace.id.to_string())]/>
                {projects}
                <ui::Confirm
                    expected=workspace.name.clone()
                    label=(texts.confirm)(&workspace.name)
                    button=texts.delete_now
                    error=form.field_error("confirm")
                />
            </form>
        </ui::Card>
        <p class="small"><ui::Link href=here>{texts.keep}</ui::Link></p>
    }
    .into_any())
}

/// What becomes of the projects.
#[component]
fn Afterwards(projects: u32, others: Vec<NamedWorkspace>, form: FormState) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let none = others.is_empty();
    let mut options =
        vec![ui::RadioOption::new("organization", texts.to_organization).hint(texts.to_organization_hint)];
    if !none {
        options.push(ui::RadioOption::new("workspace", texts.to_workspace).hint(texts.to_workspace_hint));
    }
    let target = (!none).then(|| {
        let nothing = ui::SelectOption::new("", texts.choose_workspace);
        let others = others
            .into_iter()
            .map(|other| ui::SelectOption::new(other.id.to_string(), other.name));
        let options = std::iter::once(nothing).chain(others).collect::<Vec<_>>();
        view! {
            <ui::Select
                name="target"
                label=texts.target
                note=messages::current().frame.optional
                options=options
                selected=form.value_or("target", "")
                error=form.field_error("target")
            />
        }
    });
    view! {
        <ui::RadioGroup
            name="projects"
            legend=(texts.projects_left)(projects)
            options=options
            selected=form.value_or("projects", "")
            error=form.field_error("projects")
            required=true
            cards=true
        />
        {target}
    }
}
