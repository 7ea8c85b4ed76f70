//! `/platform/tenants/{tenant}/suspension`: before an organization is closed, or opened again.

use contract::{Error, customers::OrganizationDetail, staff::StaffRight, tenant::TenantStatus};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    get_tenant::get_tenant,
    reinstate_tenant::ReinstateTenant,
    suspend_tenant::SuspendTenant,
    tenant_page::requested_tenant,
    view::{LIST, tenant_path},
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::confirm::{Answer, ReasonForm, require_fresh_factor},
};

#[component]
pub fn TenantSuspensionPage() -> impl IntoView {
    let tenant = requested_tenant();
    platform_page(Section::Tenants, StaffRight::TenantsManage, |_| async move {
        let found = get_tenant(tenant).await?;
        if found.status == TenantStatus::Deleting {
            return Err(Error::NotFound);
        }
        require_fresh_factor().await?;
        Ok(view! { <Confirm found=found/> }.into_any())
    })
}

#[component]
fn Confirm(found: OrganizationDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.tenants;
    let closed = found.status == TenantStatus::Suspended;
    let (title, text) = if closed {
        ((texts.reinstate_question)(&found.name), texts.reinstate_text)
    } else {
        ((texts.suspend_question)(&found.name), texts.suspend_text)
    };
    let back = tenant_path(found.id);
    let crumbs = vec![
        ui::Crumb::link(texts.title, LIST),
        ui::Crumb::link(found.name.clone(), back.clone()),
        ui::Crumb::here(title.clone()),
    ];
    let fields = vec![("tenant", found.id.to_string())];
    let form = if closed {
        let errors = FormState::of::<ReinstateTenant>().summary();
        view! { <Answer action=ReinstateTenant::PATH fields=fields errors=errors back=back button=texts.reinstate/> }
            .into_any()
    } else {
        let form = FormState::of::<SuspendTenant>();
        view! {
            <ReasonForm
                action=SuspendTenant::PATH
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
