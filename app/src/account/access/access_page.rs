//! `/account/access`: who of the staff saw an organization with one's own eyes, when, why, and what they did.

use contract::{
    account_access::{AccountAccess, AccountAccessDetail},
    visits::VisitRow,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    end_own_visit::EndOwnVisit, get_account_access::get_account_access, list_account_access::list_account_access,
};
use crate::{
    frame::account::{Section, account_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::{self, PageTitle},
    platform::{
        support::view as support,
        visits::view::{Acts, Facts, Look, Looks, state},
    },
};

pub const PATH: &str = "/account/access";

#[component]
pub fn AccountAccessPage() -> impl IntoView {
    account_page(Section::Access, |_| async {
        if let Some(id) = page::query("id").filter(|id| !id.is_empty()) {
            let detail = get_account_access(id).await?;
            Ok(view! { <One detail=detail/> }.into_any())
        } else {
            let found = list_account_access().await?;
            Ok(view! { <All found=found/> }.into_any())
        }
    })
}

fn look(one: AccountAccess) -> Look {
    let messages = messages::current();
    let texts = &messages.visits.own;
    let href = |id: String| format!("{PATH}?id={id}");
    match one {
        AccountAccess::Visit(visit) => Look {
            href: href(visit.id.to_string()),
            state: state(&visit),
            operator: visit.operator_name,
            reason: visit.reason,
            about: visit.organization,
            kind: Some(texts.visit),
            mode: visit.mode,
            began: visit.began,
            length: None,
        },
        AccountAccess::Support(session) => Look {
            href: href(session.id.to_string()),
            state: support::state_words(&session),
            mode: session.scope.mode(),
            operator: session
                .operator_name
                .unwrap_or_else(|| messages.support.nobody_yet.to_owned()),
            reason: session.reason,
            about: session.organization,
            kind: Some(texts.support),
            began: session.entered.unwrap_or(session.created),
            length: None,
        },
    }
}

/// While it goes on.
fn end(visit: &VisitRow) -> Option<AnyView> {
    let texts = &messages::current().visits.access;
    visit.end.is_none().then(|| {
        view! {
            <PostForm action=EndOwnVisit::PATH fields=vec![("visit", visit.id.to_string())]>
                <ui::Button variant=ui::ButtonVariant::Danger size=ui::ButtonSize::Small>{texts.end}</ui::Button>
            </PostForm>
        }
        .into_any()
    })
}

/// Who is looking at this moment.
fn now(one: &AccountAccess) -> Option<AnyView> {
    let texts = &messages::current().visits.own;
    match one {
        AccountAccess::Visit(visit) => {
            let action = end(visit)?;
            let text = (texts.now)(&visit.operator_name, &visit.organization);
            Some(view! { <ui::Banner tone=ui::Tone::Warning action=action>{text}</ui::Banner> }.into_any())
        }
        AccountAccess::Support(session) if session.state.is_inside() => {
            let text = (texts.now)(session.operator_name.as_deref()?, &session.organization);
            Some(view! { <ui::Banner tone=ui::Tone::Warning>{text}</ui::Banner> }.into_any())
        }
        AccountAccess::Support(_) => None,
    }
}

#[component]
fn All(found: Vec<AccountAccess>) -> impl IntoView {
    let visits = &messages::current().visits;
    let texts = &visits.own;
    let now = found.iter().filter_map(now).collect_view();
    let refusals = refusal::of::<EndOwnVisit>();
    let list = if found.is_empty() {
        view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Shield/> }.into_any()
    } else {
        let looks = found.into_iter().map(look).collect();
        view! { <Looks title=texts.title about=visits.organization looks=looks/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        <Refusals errors=refusals/>
        {now}
        {list}
    }
}

#[component]
fn One(detail: AccountAccessDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.visits.own;
    let (title, actions, facts, acts, more) = match detail {
        AccountAccessDetail::Visit(detail) => (
            (messages.visits.access.one)(&detail.visit.operator_name),
            end(&detail.visit),
            view! { <Facts visit=detail.visit/> }.into_any(),
            detail.acts,
            detail.more,
        ),
        AccountAccessDetail::Support(detail) => (
            (messages.support.org.one)(detail.session.operator_name.as_deref().unwrap_or_default()),
            None,
            view! { <support::Facts session=detail.session/> }.into_any(),
            detail.acts.unwrap_or_default(),
            detail.more,
        ),
    };
    let crumbs = vec![ui::Crumb::link(texts.title, PATH), ui::Crumb::here(title.clone())];
    let label = messages.frame.breadcrumb;
    let refusals = refusal::of::<EndOwnVisit>();
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            actions=actions.into_any()
        />
        <Refusals errors=refusals/>
        {facts}
        <Acts acts=acts more=more rest=texts.acts_more/>
    }
}
