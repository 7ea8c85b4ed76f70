//! The workspaces of an organization, and making one.

use contract::{Error, iam::Permission, tenant::Organization, workspace::WorkspaceRow};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{create_workspace::CreateWorkspace, list_workspaces::list_workspaces};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::post_form::HiddenFields,
    page::PageTitle,
};

/// Whether somebody makes and changes workspaces at this moment.
pub fn may_manage(organization: &Organization) -> bool {
    organization.is_open_for_work() && organization.permissions.contains(Permission::WorkspacesManage)
}

#[component]
pub fn WorkspacesPage() -> impl IntoView {
    org_page(Section::Workspaces, |organization| async move {
        if !organization.permissions.contains(Permission::ProjectsRead) {
            return Err(Error::Forbidden);
        }
        let workspaces = list_workspaces(organization.slug.to_string()).await?;
        let texts = &messages::current().workspaces;
        let manage = may_manage(&organization);
        let create = manage.then(|| view! { <NewWorkspace slug=organization.slug.to_string()/> });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            {create}
            <Listed slug=organization.slug.to_string() workspaces=workspaces manage=manage/>
        }
        .into_any())
    })
}

#[component]
fn NewWorkspace(slug: String) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let errors = &messages::current().errors;
    let form = FormState::of::<CreateWorkspace>();
    view! {
        <ui::Card title=texts.new description=texts.new_text>
            <form class="form" method="post" action=CreateWorkspace::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
                <HiddenFields fields=vec![("org", slug)]/>
                <div class="form-inline">
                    <ui::TextInput
                        name="name"
                        label=texts.name
                        placeholder=texts.name_placeholder
                        value=form.value("name")
                        error=form.field_error("name")
                        autocomplete="off"
                        max_length=80
                        required=true
                    />
                    <ui::Button icon=ui::IconName::Plus>{texts.create}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
}

#[component]
fn Listed(slug: String, workspaces: Vec<WorkspaceRow>, manage: bool) -> impl IntoView {
    let texts = &messages::current().workspaces;
    if workspaces.is_empty() {
        let text = if manage {
            texts.none_text
        } else {
            texts.none_text_reader
        };
        return view! { <ui::EmptyState title=texts.none_title text=text icon=ui::IconName::Layers/> }.into_any();
    }
    let columns = vec![
        ui::Column::new(texts.name),
        ui::Column::new(texts.people),
        ui::Column::new(texts.projects),
    ];
    let rows = workspaces
        .into_iter()
        .map(|workspace| {
            let href = format!("/o/{slug}/workspaces/{}", workspace.id);
            let mine = workspace
                .mine
                .then(|| view! { <ui::Badge tone=ui::Tone::Accent>{texts.mine}</ui::Badge> });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=href tone=ui::LinkTone::Quiet>{workspace.name}</ui::Link> " " {mine}
                    </ui::TableCell>
                    <ui::TableCell label=texts.people>{(texts.people_count)(workspace.people)}</ui::TableCell>
                    <ui::TableCell label=texts.projects>{(texts.project_count)(workspace.projects)}</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
    .into_any()
}
