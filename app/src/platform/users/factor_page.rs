//! `/platform/users/{user}/second-factor`: before what guards somebody's account is taken away.

use contract::{
    Error,
    customers::{AccountStatus, PersonDetail},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    clear_second_factor::ClearSecondFactor,
    get_user::get_user,
    user_page::requested_user,
    view::{LIST, user_path},
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::confirm::{ReasonForm, require_fresh_factor},
};

#[component]
pub fn ClearSecondFactorPage() -> impl IntoView {
    let user = requested_user();
    platform_page(Section::Users, StaffRight::UsersManage, |_| async move {
        let found = get_user(user).await?;
        if !found.may_manage {
            return Err(Error::Forbidden);
        }
        if found.status == AccountStatus::Suspended {
            return Err(Error::NotFound);
        }
        require_fresh_factor().await?;
        Ok(view! { <Shown found=found/> }.into_any())
    })
}

#[component]
fn Shown(found: PersonDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.users.clear;
    let title = (texts.question)(&found.name);
    let crumbs = vec![
        ui::Crumb::link(messages.customers.users.title, LIST),
        ui::Crumb::link(found.name.clone(), user_path(found.id)),
        ui::Crumb::here(title.clone()),
    ];
    let content = if found.staff.is_some() {
        view! { <Refused found=found title=texts.of_staff_title text=texts.of_staff_text/> }.into_any()
    } else if found.factors.guard() {
        view! { <Confirm found=found/> }.into_any()
    } else {
        view! { <Refused found=found title=texts.nothing_title text=texts.nothing_text/> }.into_any()
    };
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            description=texts.description
            breadcrumb=view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> }.into_any()
        />
        {content}
    }
}

/// Why there is nothing to confirm, and the way on.
#[component]
fn Refused(found: PersonDetail, title: &'static str, text: &'static str) -> impl IntoView {
    let back = (messages::current().customers.users.clear.back)(&found.name);
    view! {
        <ui::EmptyState title=title text=text icon=ui::IconName::Shield>
            <ui::Button href=user_path(found.id) variant=ui::ButtonVariant::Secondary>{back}</ui::Button>
        </ui::EmptyState>
    }
}

#[component]
fn Confirm(found: PersonDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.users.clear;
    let form = FormState::of::<ClearSecondFactor>();
    let goes = (texts.goes)(found.factors, found.has_password, found.sessions.len())
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    let (ticket, ticket_error) = (form.value_or("ticket", ""), form.field_error("ticket"));
    view! {
        <div class="stack-large">
            <ui::Banner tone=ui::Tone::Warning title=texts.care_title>{texts.care_text}</ui::Banner>
            <ui::Card title=texts.goes_title>
                <ul class="plain-list">{goes}</ul>
                <p class="muted">{(texts.afterwards)(&found.email)}</p>
            </ui::Card>
            <ReasonForm
                action=ClearSecondFactor::PATH
                fields=vec![("user", found.id.to_string())]
                form=form
                back=user_path(found.id)
                button=texts.button
                hint=texts.reason_hint
            >
                <ui::TextInput
                    name="ticket"
                    label=messages.support.ticket
                    hint=messages.support.fields.ticket_hint
                    value=ticket
                    error=ticket_error
                    autocomplete="off"
                    max_length=80
                />
            </ReasonForm>
        </div>
    }
}
