//! `/platform/users/{user}/reset`: before somebody's password is taken away.

use contract::{
    Error,
    customers::{AccountStatus, PersonDetail},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    force_password_reset::ForcePasswordReset,
    get_user::get_user,
    user_page::requested_user,
    view::{LIST, user_path},
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::confirm::{Answer, require_fresh_factor},
};

#[component]
pub fn PasswordResetPage() -> impl IntoView {
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
        Ok(view! { <Confirm found=found/> }.into_any())
    })
}

#[component]
fn Confirm(found: PersonDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.users;
    let title = (texts.reset_question)(&found.name);
    let errors = FormState::of::<ForcePasswordReset>().summary();
    let back = user_path(found.id);
    let crumbs = vec![
        ui::Crumb::link(texts.title, LIST),
        ui::Crumb::link(found.name.clone(), back.clone()),
        ui::Crumb::here(title.clone()),
    ];
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            description=(texts.reset_text)(&found.email)
            breadcrumb=view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> }.into_any()
        />
        <Answer
            action=ForcePasswordReset::PATH
            fields=vec![("user", found.id.to_string())]
            errors=errors
            back=back
            button=texts.reset
            danger=true
        />
    }
}
