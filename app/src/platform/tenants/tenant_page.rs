//! `/platform/tenants/{tenant}`: everything about one organization, for whoever helps the customer who calls.

use contract::{
    audit::{AuditList, AuditQuery},
    customers::OrganizationDetail,
    staff::{StaffRight, StaffRole},
    tenant::TenantStatus,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    actions::Actions,
    bills_card::{Bills, Invoices},
    flags_card::Flags,
    get_tenant::get_tenant,
    identity_card::{Identity, Limits},
    list_page::status_tone,
    people_cards::{Devices, People},
    reinstate_tenant::ReinstateTenant,
    suspend_tenant::SuspendTenant,
    troubles_card::Troubles,
    view::{LIST, tenant_path},
    write_note::WriteNote,
};
use crate::{
    audit::Entries,
    frame::{
        billing::billing_tone,
        platform::{Section, platform_page},
    },
    messages,
    org::refusal::{self, Refusals},
    page::PageTitle,
    platform::notes_card::{NoteForm, Notes},
};

/// The id in the URL.
pub fn requested_tenant() -> String {
    use_params_map()
        .with_untracked(|params| params.get("tenant"))
        .unwrap_or_default()
}

#[component]
pub fn TenantPage() -> impl IntoView {
    let tenant = requested_tenant();
    platform_page(Section::Tenants, StaffRight::TenantsRead, |role| async move {
        let found = get_tenant(tenant).await?;
        Ok(view! { <Shown role=role found=found/> }.into_any())
    })
}

#[component]
fn Shown(role: StaffRole, found: OrganizationDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.tenants;
    let crumbs = vec![ui::Crumb::link(texts.title, LIST), ui::Crumb::here(found.name.clone())];
    let may_visit = role.has(StaffRight::Impersonate) && found.status != TenantStatus::Deleting;
    let state = found.standing.state;
    let badge = view! {
        <ui::Badge tone=status_tone(found.status)>{(texts.status)(found.status)}</ui::Badge>
        <ui::Badge tone=billing_tone(state)>{(messages.standing.state)(state)}</ui::Badge>
    };
    let closed = found.suspension.clone().map(|suspension| {
        view! {
            <ui::Banner tone=ui::Tone::Danger title=(texts.suspended_title)(&suspension.by, &suspension.at.text)>
                {suspension.reason}
            </ui::Banner>
        }
    });
    let refused = [refusal::of::<SuspendTenant>(), refusal::of::<ReinstateTenant>()].concat();
    let entries = AuditList {
        rows: found.entries.clone(),
        newer: None,
        older: None,
        people: Vec::new(),
    };
    let note = found.may_manage.then(|| NoteForm {
        action: WriteNote::PATH,
        about: ("tenant", found.id.to_string()),
    });
    view! {
        <PageTitle text=found.name.clone()/>
        <ui::PageHeader
            title=found.name.clone()
            description=(texts.one_line)(&found.plan, found.people_count)
            badge=badge.into_any()
            breadcrumb=view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> }.into_any()
            actions=view! { <Actions role=role found=found.clone()/> }.into_any()
        />
        <Refusals errors=refused/>
        <div class="stack-large">
            {closed}
            <div class="grid-2">
                <Identity found=found.clone()/>
                <Limits found=found.clone()/>
            </div>
            <Troubles found=found.clone()/>
            <Bills found=found.clone()/>
            <Invoices found=found.clone()/>
            <People found=found.clone() may_visit=may_visit/>
            <Devices found=found.clone()/>
            <Flags flags=found.flags.clone()/>
            <Notes notes=found.notes.clone() form=note/>
            <section class="stack">
                <h2>{texts.log}</h2>
                <Entries base=tenant_path(found.id) query=AuditQuery::default() list=entries caption=texts.log/>
            </section>
        </div>
    }
}
