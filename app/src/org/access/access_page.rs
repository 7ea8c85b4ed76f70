//! `/o/{org}/settings/access`: who of the staff looked at the organization, when, why, and what they did.

use contract::{
    Error,
    iam::Permission,
    visits::{VisitDetail, VisitRow},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{end_visit::EndVisit, get_access::get_access, list_access::list_access};
use crate::{
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::{self, PageTitle},
    platform::visits::view::{Acts, Facts, Look, Looks, state},
};

#[component]
pub fn AccessPage() -> impl IntoView {
    org_page(Section::Access, |organization| async move {
        if !organization.permissions.contains(Permission::AuditRead) {
            return Err(Error::Forbidden);
        }
        let org = organization.slug.to_string();
        // Who is on the visit does not end it here.
        let may_end = organization.permissions.contains(Permission::TenantDelete) && organization.visit.is_none();
        if let Some(visit) = page::query("visit").filter(|visit| !visit.is_empty()) {
            let detail = get_access(org.clone(), visit).await?;
            Ok(view! { <One org=org detail=detail may_end=may_end/> }.into_any())
        } else {
            let visits = list_access(org.clone()).await?;
            Ok(view! { <All org=org visits=visits may_end=may_end/> }.into_any())
        }
    })
}

/// For owners, while it goes on.
fn end(org: &str, visit: &VisitRow, may_end: bool) -> Option<AnyView> {
    let texts = &messages::current().visits.access;
    (may_end && visit.end.is_none()).then(|| {
        let fields = vec![("org", org.to_owned()), ("visit", visit.id.to_string())];
        view! {
            <PostForm action=EndVisit::PATH fields=fields>
                <ui::Button variant=ui::ButtonVariant::Danger size=ui::ButtonSize::Small>{texts.end}</ui::Button>
            </PostForm>
        }
        .into_any()
    })
}

fn look(org: &str, visit: VisitRow) -> Look {
    Look {
        href: format!("/o/{org}/settings/access?visit={}", visit.id),
        state: state(&visit),
        operator: visit.operator_name,
        reason: visit.reason,
        about: visit.subject_name,
        kind: None,
        mode: visit.mode,
        began: visit.began,
        length: Some((messages::current().visits.minutes)(visit.minutes)),
    }
}

#[component]
fn All(org: String, visits: Vec<VisitRow>, may_end: bool) -> impl IntoView {
    let messages = messages::current();
    let (visit_texts, texts) = (&messages.visits, &messages.visits.access);
    let now = visits
        .iter()
        .filter(|visit| visit.end.is_none())
        .map(|visit| {
            let text = (texts.now)(&visit.operator_name, &visit.subject_name);
            match end(&org, visit, may_end) {
                Some(action) => {
                    view! { <ui::Banner tone=ui::Tone::Warning action=action>{text}</ui::Banner> }.into_any()
                }
                None => view! { <ui::Banner tone=ui::Tone::Warning>{text}</ui::Banner> }.into_any(),
            }
        })
        .collect_view();
    let found = if visits.is_empty() {
        view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Shield/> }.into_any()
    } else {
        let looks = visits.into_iter().map(|visit| look(&org, visit)).collect();
        view! { <Looks title=texts.title about=visit_texts.member looks=looks/> }.into_any()
    };
    let refusals = refusal::of::<EndVisit>();
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        <Refusals errors=refusals/>
        {now}
        {found}
    }
}

#[component]
fn One(org: String, detail: VisitDetail, may_end: bool) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.visits.access;
    let visit = detail.visit.clone();
    let title = (texts.one)(&visit.operator_name);
    let crumbs = vec![
        ui::Crumb::link(texts.title, format!("/o/{org}/settings/access")),
        ui::Crumb::here(title.clone()),
    ];
    let label = messages.frame.breadcrumb;
    let actions = end(&org, &visit, may_end);
    let refusals = refusal::of::<EndVisit>();
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            actions=actions.into_any()
        />
        <Refusals errors=refusals/>
        <Facts visit=visit/>
        <Acts acts=detail.acts more=detail.more/>
    }
}
