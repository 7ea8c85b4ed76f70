//! What can be done to an organization, beside the name of it.

use contract::{
    customers::OrganizationDetail,
    staff::{StaffRight, StaffRole},
    tenant::TenantStatus,
};
use leptos::prelude::*;

use super::view::tenant_path;
use crate::{
    messages,
    platform::{support::new_page, visits::list_page},
};

/// A button for each thing that whoever looks may do.
#[component]
pub fn Actions(role: StaffRole, found: OrganizationDetail) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let href = format!("{}/suspension", tenant_path(found.id));
    let access = found.may_manage.then(|| match found.status {
        TenantStatus::Active | TenantStatus::Deactivated => {
            view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary>{texts.suspend}</ui::Button> }.into_any()
        }
        TenantStatus::Suspended => view! { <ui::Button href=href>{texts.reinstate}</ui::Button> }.into_any(),
        TenantStatus::Deleting => ().into_any(),
    });
    let visits = role.has(StaffRight::VisitsRead).then(|| {
        let href = format!("{}?tenant={}", list_page::PATH, found.id);
        view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary>{messages::current().visits.title}</ui::Button> }
    });
    let support = (role.has(StaffRight::Support) && found.status == TenantStatus::Active).then(|| {
        let text = messages::current().support.staff.request;
        view! { <ui::Button href=new_page::of(found.id) variant=ui::ButtonVariant::Secondary>{text}</ui::Button> }
    });
    view! { {support} {visits} {access} }
}
