//! `/platform/support/{session}`: one support session, what was done in it, and the ways in and out.

use contract::{
    staff::{StaffRight, StaffRole},
    support::{SupportDetail, SupportRow},
};
use domain::actor::{Ground, VisitStanding};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    enter_support::EnterSupport, get_support_session::get_support_session, hand_off_support::HandOffSupport,
    leave_support::LeaveSupport, list_page, revoke_support::RevokeSupport, ticket, view::Facts,
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::{
        post_form::{HiddenFields, PostForm},
        refusal::{self, Refusals},
    },
    page::{self, PageTitle},
    platform::visits::view::Acts,
    session,
};

/// Where this browser is with it.
enum Way {
    /// Inside already.
    Inside {
        slug: Option<String>,
    },
    /// It has the ticket.
    Ticket(String),
    Outside,
}

#[component]
pub fn SupportSessionPage() -> impl IntoView {
    let id = use_params_map()
        .with_untracked(|params| params.get("session"))
        .unwrap_or_default();
    let ticket = ticket::take();
    platform_page(Section::Support, StaffRight::VisitsRead, |role| async move {
        let detail = get_support_session(id).await?;
        let way = match session::visit().await? {
            Some(VisitStanding::Live(live)) if live.ground() == Ground::Support(detail.session.id) => Way::Inside {
                slug: slug(&detail.session).await?,
            },
            _ => ticket.map_or(Way::Outside, Way::Ticket),
        };
        Ok(view! { <Shown role=role detail=detail way=way/> }.into_any())
    })
}

/// The address of the organization, for who is in it.
async fn slug(row: &SupportRow) -> contract::error::Result<Option<String>> {
    let (actor, deps) = (session::staff().await?, session::deps()?);
    Ok(domain::support_sessions::get::slug(&actor, &deps, row.id).await?)
}

#[component]
fn Shown(role: StaffRole, detail: SupportDetail, way: Way) -> impl IntoView {
    let texts = &messages::current().support.staff;
    let row = detail.session.clone();
    let title = (texts.one)(&row.organization);
    let crumbs = vec![
        ui::Crumb::link(texts.title, list_page::PATH),
        ui::Crumb::here(row.organization.clone()),
    ];
    let label = messages::current().frame.breadcrumb;
    let refusals = [
        refusal::of::<HandOffSupport>(),
        refusal::of::<EnterSupport>(),
        refusal::of::<LeaveSupport>(),
        refusal::of::<RevokeSupport>(),
    ]
    .concat();
    let slug = match &way {
        Way::Inside { slug } => slug.as_deref(),
        Way::Ticket(_) | Way::Outside => None,
    };
    let inside = slug.map(|slug| {
        view! {
            <ui::Button href=format!("/o/{slug}/projects") variant=ui::ButtonVariant::Secondary>{texts.go_in}</ui::Button>
        }
    });
    let actions = view! { {inside} {ways_out(&row, role)} };
    let may_come_in = role.has(StaffRight::Support) && !row.state.is_over() && (row.mine || row.operator.is_none());
    let card = may_come_in.then(|| view! { <WayIn detail=detail.clone() way=way/> });
    let acts = detail.acts.unwrap_or_default();
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            actions=actions.into_any()
        />
        <Refusals errors=refusals/>
        <div class="stack-large">
            {card}
            <Facts session=row/>
            <Acts acts=acts more=detail.more/>
        </div>
    }
}

/// The way out for who is in, or has asked, and an end for who watches.
fn ways_out(row: &SupportRow, role: StaffRole) -> Option<AnyView> {
    let texts = &messages::current().support;
    if row.state.is_over() {
        return None;
    }
    let fields = vec![("session", row.id.to_string())];
    if row.mine && role.has(StaffRight::Support) {
        let text = if row.state.is_inside() {
            texts.bar.stop
        } else {
            texts.staff.withdraw
        };
        return Some(
            view! {
                <PostForm action=LeaveSupport::PATH fields=fields>
                    <ui::Button variant=ui::ButtonVariant::Danger>{text}</ui::Button>
                </PostForm>
            }
            .into_any(),
        );
    }
    role.has(StaffRight::SecurityManage).then(|| {
        view! {
            <PostForm action=RevokeSupport::PATH fields=fields>
                <ui::Button variant=ui::ButtonVariant::Danger>{texts.staff.revoke}</ui::Button>
            </PostForm>
        }
        .into_any()
    })
}

#[component]
fn WayIn(detail: SupportDetail, way: Way) -> impl IntoView {
    let texts = &messages::current().support.staff;
    let begin = &messages::current().visits.begin;
    let id = detail.session.id;
    let inner = match (way, detail.obstacle) {
        (Way::Inside { .. }, _) => return ().into_any(),
        (Way::Ticket(ticket), None) => {
            let seconds = u32::try_from(super::ticket::KEPT.as_secs()).unwrap_or_default();
            let fields = vec![("session", id.to_string()), ("ticket", ticket)];
            return view! {
                <ui::Card title=texts.ticket_title>
                    <form class="form" method="post" action=EnterSupport::PATH>
                        <HiddenFields fields=fields/>
                        <p>{texts.ticket_text} " " <ui::Countdown seconds=seconds over=texts.ticket_over/></p>
                        <div class="form-actions"><ui::Button>{texts.enter}</ui::Button></div>
                    </form>
                </ui::Card>
            }
            .into_any();
        }
        (_, Some(obstacle)) => view! { <p>{(messages::current().support.obstacle)(obstacle)}</p> }.into_any(),
        (Way::Outside, None) if !detail.fresh => {
            let next = format!("{}/{id}", list_page::PATH);
            view! {
                <p class="muted">{begin.factor}</p>
                <ui::Button href=page::second_factor_path(&next) variant=ui::ButtonVariant::Secondary>
                    {begin.factor_button}
                </ui::Button>
            }
            .into_any()
        }
        (Way::Outside, None) => view! {
            <p>{texts.enter_text}</p>
            <PostForm action=HandOffSupport::PATH fields=vec![("session", id.to_string())]>
                <ui::Button>{texts.hand_off}</ui::Button>
            </PostForm>
        }
        .into_any(),
    };
    view! {
        <ui::Card title=texts.enter_title>
            <div class="stack">{inner}</div>
        </ui::Card>
    }
    .into_any()
}
