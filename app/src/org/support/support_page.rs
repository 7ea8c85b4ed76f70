//! `/o/{org}/settings/support`: whether support is let in, who asks to be, who is in, and who was.

use contract::{
    Error,
    iam::Permission,
    support::{SupportDetail, SupportOverview, SupportRow, SupportState},
    tenant::{Organization, TenantStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    approve_support::ApproveSupport,
    cards::{Offer, Policy, Waiting},
    deny_support::DenySupport,
    end_support::EndSupport,
    set_support_policy::SetSupportPolicy,
    support_overview::support_overview,
    support_session::support_session,
};
use crate::{
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::{self, PageTitle},
    platform::{
        support::view::{Facts, State, areas},
        visits::view::{Acts, Mode},
    },
};

#[component]
pub fn SupportPage() -> impl IntoView {
    org_page(Section::Support, |organization| async move {
        if !organization.permissions.contains(Permission::TenantUpdate) {
            return Err(Error::Forbidden);
        }
        let org = organization.slug.to_string();
        if let Some(session) = page::query("session").filter(|session| !session.is_empty()) {
            let detail = support_session(org, session).await?;
            Ok(view! { <One organization=organization detail=detail/> }.into_any())
        } else {
            let overview = support_overview(org).await?;
            Ok(view! { <All organization=organization overview=overview/> }.into_any())
        }
    })
}

/// What can be decided here is decided by the organization's own people, while it is active.
fn decides(organization: &Organization) -> bool {
    organization.visit.is_none() && organization.status == TenantStatus::Active
}

fn refusals() -> Vec<ui::FieldError> {
    [
        refusal::of::<SetSupportPolicy>(),
        refusal::of::<ApproveSupport>(),
        refusal::of::<DenySupport>(),
        refusal::of::<EndSupport>(),
    ]
    .concat()
}

/// The end of what was granted, at any moment.
fn end(organization: &Organization, session: &SupportRow) -> Option<AnyView> {
    let texts = &messages::current().support.org;
    (organization.visit.is_none() && session.state.is_granted()).then(|| {
        let fields = vec![
            ("org", organization.slug.to_string()),
            ("session", session.id.to_string()),
        ];
        let (text, variant) = if session.state.is_inside() {
            (texts.end, ui::ButtonVariant::Danger)
        } else {
            (texts.take_back, ui::ButtonVariant::Secondary)
        };
        view! {
            <PostForm action=EndSupport::PATH fields=fields>
                <ui::Button variant=variant size=ui::ButtonSize::Small>{text}</ui::Button>
            </PostForm>
        }
        .into_any()
    })
}

/// Somebody who is in, or may come in.
#[component]
fn Granted(organization: Organization, session: SupportRow) -> impl IntoView {
    let texts = &messages::current().support.org;
    let who = session
        .operator_name
        .clone()
        .unwrap_or_else(|| texts.anybody.to_owned());
    let until = session
        .expires
        .as_ref()
        .map(|until| until.text.as_str())
        .unwrap_or_default();
    let (tone, text) = if session.state.is_inside() {
        (ui::Tone::Warning, (texts.inside)(&who, until))
    } else {
        (ui::Tone::Info, (texts.granted)(&who, until))
    };
    let action = end(&organization, &session);
    let scope = areas(&session.scope);
    match action {
        Some(action) => view! { <ui::Banner tone=tone action=action>{text} " " {scope}</ui::Banner> }.into_any(),
        None => view! { <ui::Banner tone=tone>{text} " " {scope}</ui::Banner> }.into_any(),
    }
}

#[component]
fn All(organization: Organization, overview: SupportOverview) -> impl IntoView {
    let texts = &messages::current().support.org;
    let org = organization.slug.to_string();
    let decides = decides(&organization);
    let of_state = |wanted: fn(SupportState) -> bool| {
        let sessions = overview.sessions.iter().filter(move |session| wanted(session.state));
        sessions.cloned().collect::<Vec<_>>()
    };
    let granted = of_state(SupportState::is_granted)
        .into_iter()
        .map(|session| view! { <Granted organization=organization.clone() session=session/> })
        .collect_view();
    let waiting = of_state(|state| state == SupportState::Requested)
        .into_iter()
        .map(|session| view! { <Waiting org=org.clone() session=session decides=decides/> })
        .collect_view();
    let over = of_state(SupportState::is_over);
    let policy = overview.policy;
    let forms = decides.then(|| {
        view! {
            <Offer org=org.clone() policy=policy/>
            <Policy org=org.clone() policy=policy/>
        }
    });
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        <Refusals errors=refusals()/>
        <div class="stack-large">
            {granted}
            {waiting}
            {forms}
            <section class="stack">
                <h2>{texts.history}</h2>
                <History org=org sessions=over/>
            </section>
        </div>
    }
}

#[component]
fn History(org: String, sessions: Vec<SupportRow>) -> impl IntoView {
    let support = &messages::current().support;
    let texts = &support.org;
    if sessions.is_empty() {
        return view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Shield/> }
            .into_any();
    }
    let columns = vec![
        ui::Column::new(support.operator),
        ui::Column::new(support.areas),
        ui::Column::new(support.mode),
        ui::Column::new(support.created),
        ui::Column::new(support.column_state),
    ];
    let rows = sessions
        .into_iter()
        .map(|session| {
            let href = format!("/o/{org}/settings/support?session={}", session.id);
            let who = session
                .operator_name
                .clone()
                .unwrap_or_else(|| support.nobody_yet.to_owned());
            let (scope, mode) = (areas(&session.scope), session.scope.mode());
            let (created, reason) = (session.created.clone(), session.reason.clone());
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=href>{who}</ui::Link>
                        <p class="list-detail">{reason}</p>
                    </ui::TableCell>
                    <ui::TableCell label=support.areas>{scope}</ui::TableCell>
                    <ui::TableCell label=support.mode><Mode mode=mode/></ui::TableCell>
                    <ui::TableCell label=support.created>
                        <ui::DateTime instant=created.iso.clone() exact=created.iso text=created.text/>
                    </ui::TableCell>
                    <ui::TableCell label=support.column_state><State session=session/></ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.history columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn One(organization: Organization, detail: SupportDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.support.org;
    let session = detail.session.clone();
    let who = session
        .operator_name
        .clone()
        .unwrap_or_else(|| texts.anybody.to_owned());
    let title = (texts.one)(&who);
    let crumbs = vec![
        ui::Crumb::link(texts.title, format!("/o/{}/settings/support", organization.slug)),
        ui::Crumb::here(title.clone()),
    ];
    let label = messages.frame.breadcrumb;
    let actions = end(&organization, &session);
    let decides = decides(&organization);
    let waiting = (session.state == SupportState::Requested).then(|| {
        view! { <Waiting org=organization.slug.to_string() session=session.clone() decides=decides/> }
    });
    let acts = match detail.acts {
        Some(acts) => view! { <Acts acts=acts more=detail.more/> }.into_any(),
        None => view! { <p class="muted">{texts.no_log}</p> }.into_any(),
    };
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            actions=actions.into_any()
        />
        <Refusals errors=refusals()/>
        <div class="stack-large">
            {waiting}
            <Facts session=session/>
            {acts}
        </div>
    }
}
