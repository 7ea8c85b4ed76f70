//! `/platform/visits/{visit}`: one visit, what was done in it, and the ways out of it.

use contract::{
    staff::{StaffRight, StaffRole},
    visits::VisitDetail,
};
use domain::actor::{Ground, VisitStanding};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    elevate_visit::ElevateVisit,
    get_visit::get_visit,
    list_page,
    revoke_visit::RevokeVisit,
    stop_visit::StopVisit,
    view::{Acts, Facts, ways_out},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::{self, PageTitle},
    session,
};

#[component]
pub fn VisitPage() -> impl IntoView {
    let visit = use_params_map()
        .with_untracked(|params| params.get("visit"))
        .unwrap_or_default();
    platform_page(Section::Visits, StaffRight::VisitsRead, |role| async move {
        let detail = get_visit(visit).await?;
        // Where this browser is, when this is its visit.
        let inside = match session::visit().await? {
            Some(VisitStanding::Live(live)) if live.ground() == Ground::Impersonation(detail.visit.id) => {
                let (actor, deps) = (session::staff().await?, session::deps()?);
                let choice =
                    domain::visits::choice::choice(&actor, &deps, detail.visit.tenant, detail.visit.subject).await?;
                Some((choice.slug, domain::visits::elevate::is_confirmed(&actor, &deps, &live)))
            }
            _ => None,
        };
        Ok(view! { <Shown role=role detail=detail inside=inside/> }.into_any())
    })
}

#[component]
fn Shown(
    role: StaffRole,
    detail: VisitDetail,
    /// Of who is on it: the address of the organization, and whether they have proven who they are for changing something.
    inside: Option<(String, bool)>,
) -> impl IntoView {
    let visits = &messages::current().visits;
    let texts = &visits.one;
    let visit = detail.visit.clone();
    let title = (texts.title)(&visit.organization);
    let crumbs = vec![
        ui::Crumb::link(visits.title, list_page::PATH),
        ui::Crumb::here(visit.organization.clone()),
    ];
    let label = messages::current().frame.breadcrumb;
    let refusals = [
        refusal::of::<RevokeVisit>(),
        refusal::of::<StopVisit>(),
        refusal::of::<ElevateVisit>(),
    ]
    .concat();
    let out = ways_out(&visit, role.has(StaffRight::SecurityManage));
    let enter = inside.clone().map(|(slug, _)| {
        view! { <ui::Button href=format!("/o/{slug}/projects") variant=ui::ButtonVariant::Secondary>{texts.enter}</ui::Button> }
    });
    let actions = view! { {enter} {out} };
    let elevate = inside.filter(|_| role.has(StaffRight::ImpersonateElevated)).map(
        |(_, confirmed)| view! { <Elevate confirmed=confirmed next=format!("{}/{}", list_page::PATH, visit.id)/> },
    );
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            actions=actions.into_any()
        />
        <Refusals errors=refusals/>
        <Facts visit=visit/>
        {elevate}
        <Acts acts=detail.acts more=detail.more/>
    }
}

/// Minutes in which something may be changed, for who has proven who they are once more for it.
#[component]
fn Elevate(confirmed: bool, next: String) -> impl IntoView {
    let visits = &messages::current().visits;
    let texts = &visits.one;
    let answer = if confirmed {
        view! {
            <PostForm action=ElevateVisit::PATH fields=vec![]>
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.elevate}</ui::Button>
            </PostForm>
        }
        .into_any()
    } else {
        view! {
            <p class="muted">{texts.elevate_factor}</p>
            <ui::Button href=page::second_factor_again_path(&next) variant=ui::ButtonVariant::Secondary>
                {visits.begin.factor_button}
            </ui::Button>
        }
        .into_any()
    };
    view! {
        <ui::Card title=texts.elevate_title>
            <div class="stack">
                <p>{texts.elevate_text}</p>
                {answer}
            </div>
        </ui::Card>
    }
}
