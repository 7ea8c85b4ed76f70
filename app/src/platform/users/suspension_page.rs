//! `/platform/users/{user}/suspension`: before somebody is locked out, or let in again.

use contract::{
    Error,
    customers::{AccountStatus, PersonDetail},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    get_user::get_user,
    reinstate_user::ReinstateUser,
    suspend_user::SuspendUser,
    user_page::requested_user,
    view::{LIST, user_path},
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::confirm::{Answer, ReasonForm, require_fresh_factor},
};

#[component]
pub fn UserSuspensionPage() -> impl IntoView {
    let user = requested_user();
    platform_page(Section::Users, StaffRight::UsersManage, |_| async move {
        let found = get_user(user).await?;
        if !found.may_manage {
            return Err(Error::Forbidden);
        }
        require_fresh_factor().await?;
        Ok(view! { <Confirm found=found/> }.into_any())
    })
}

#[component]
fn Confirm(found: PersonDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.users;
    let closed = found.status == AccountStatus::Suspended;
    let (title, text) = if closed {
        ((texts.reinstate_question)(&found.name), texts.reinstate_text)
    } else {
        ((texts.suspend_question)(&found.name), texts.suspend_text)
    };
    let back = user_path(found.id);
    let crumbs = vec![
        ui::Crumb::link(texts.title, LIST),
        ui::Crumb::link(found.name.clone(), back.clone()),
        ui::Crumb::here(title.clone()),
    ];
    let fields = vec![("user", found.id.to_string())];
    let form = if closed {
        let errors = FormState::of::<ReinstateUser>().summary();
        view! { <Answer action=ReinstateUser::PATH fields=fields errors=errors back=back button=texts.reinstate/> }
            .into_any()
    } else {
        let form = FormState::of::<SuspendUser>();
        view! {
            <ReasonForm
                action=SuspendUser::PATH
                fields=fields
                form=form
                back=back
                button=texts.suspend
                hint=texts.reason_hint
            />
        }
        .into_any()
    };
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            description=text
            breadcrumb=view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> }.into_any()
        />
        {form}
    }
}
