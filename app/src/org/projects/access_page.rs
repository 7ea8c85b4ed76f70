//! Who can see a project, and deciding it.

use contract::{
    error::Result,
    iam::Permission,
    project::{ProjectQuery, ProjectRow, Visibility},
    tenant::Organization,
    workspace::ProjectAccess,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    get_project::get_project, get_project_access::get_project_access, give_project::GiveProject,
    place_fields::PlaceFields, rights::Rights, share_project::ShareProject, take_back_project::TakeBackProject,
    view::list_path,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::HiddenFields,
        refusal::{self, Refusals},
        workspaces::people::{AddPerson, PeopleList},
    },
    page::PageTitle,
};

#[component]
pub fn ProjectAccessPage() -> impl IntoView {
    let id = use_params_map()
        .with_untracked(|params| params.get("project"))
        .unwrap_or_default();
    org_page(Section::Projects, move |organization| access_page(organization, id))
}

async fn access_page(organization: Organization, id: String) -> Result<AnyView> {
    if !organization.permissions.contains(Permission::ProjectsRead) {
        return Err(contract::Error::Forbidden);
    }
    let slug = organization.slug.to_string();
    let project = get_project(slug.clone(), id.clone()).await?.project;
    let access = get_project_access(slug.clone(), id).await?;
    let share = Rights::of(&organization, &project).share;
    let texts = &messages::current().workspaces;
    let projects = &messages::current().projects;
    let crumbs = vec![
        ui::Crumb::link(projects.title, list_path(&slug, &ProjectQuery::default())),
        ui::Crumb::link(project.name.clone(), format!("/o/{slug}/projects/{}", project.id)),
        ui::Crumb::here(texts.who_can_see),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> };
    let refusals = [refusal::of::<GiveProject>(), refusal::of::<TakeBackProject>()].concat();
    let form = share.then(|| view! { <Sharing slug=slug.clone() project=project.clone() access=access.clone()/> });
    Ok(view! {
        <PageTitle text=texts.who_can_see/>
        <ui::PageHeader title=texts.who_can_see description=(texts.of_project)(&project.name) breadcrumb=breadcrumb.into_any()/>
        <Refusals errors=refusals/>
        <Now organization=organization.name access=access.clone()/>
        {form}
        <Guests slug=slug project=project access=access share=share/>
    }
    .into_any())
}

/// Who sees it at this moment. Where that is everybody, they are counted.
#[component]
fn Now(organization: String, access: ProjectAccess) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let count = u32::try_from(access.people.len()).unwrap_or(u32::MAX);
    let (sentence, people) = match (access.visibility, access.workspace) {
        (Visibility::Workspace, Some(workspace)) => (
            (texts.now_workspace)(&workspace.name),
            Some(view! { <PeopleList people=access.people/> }),
        ),
        _ => ((texts.now_organization)(&organization), None),
    };
    let title = (texts.now_title)(count);
    view! { <ui::Card title=title description=sentence>{people}</ui::Card> }
}

#[component]
fn Sharing(slug: String, project: ProjectRow, access: ProjectAccess) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let errors = &messages::current().errors;
    let form = FormState::of::<ShareProject>();
    if access.workspaces.is_empty() {
        return view! { <ui::Banner>{texts.no_choice}</ui::Banner> }.into_any();
    }
    let workspace = access.workspace.map(|one| one.id.to_string()).unwrap_or_default();
    let back = format!("/o/{slug}/projects/{}", project.id);
    view! {
        <ui::Card title=texts.change_access description=texts.change_access_text>
            <form class="form form-wide" method="post" action=ShareProject::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
                <HiddenFields fields=vec![("org", slug), ("project", project.id.to_string())]/>
                <PlaceFields workspaces=access.workspaces workspace=workspace visibility=access.visibility form=form/>
                <div class="form-actions">
                    <ui::Button>{texts.save_access}</ui::Button>
                    <ui::Button href=back variant=ui::ButtonVariant::Quiet>{texts.back_to_project}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn Guests(slug: String, project: ProjectRow, access: ProjectAccess, share: bool) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let fields = vec![("org", slug), ("project", project.id.to_string())];
    let remove = share.then(|| (TakeBackProject::PATH, fields.clone()));
    let none = access.candidates.is_empty() && access.guests.is_empty();
    let given = if access.guests.is_empty() {
        let text = if none {
            texts.no_guest_text
        } else {
            texts.not_given_text
        };
        view! { <p class="muted">{text}</p> }.into_any()
    } else {
        view! { <PeopleList people=access.guests remove=remove/> }.into_any()
    };
    let error = FormState::of::<GiveProject>().field_error("person");
    let add = (share && !access.candidates.is_empty()).then(|| {
        view! {
            <AddPerson
                action=GiveProject::PATH
                fields=fields
                candidates=access.candidates
                label=texts.add_guest
                error=error
            />
        }
    });
    view! {
        <ui::Card title=texts.guests description=texts.guests_text>
            <div class="stack">{given} {add}</div>
        </ui::Card>
    }
}
