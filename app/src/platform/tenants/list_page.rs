//! `/platform/tenants`: all organizations. What it shows is in its URL.

use contract::{
    billing::BillingState,
    customers::{OrganizationList, OrganizationQuery, OrganizationRow},
    staff::StaffRight,
    tenant::TenantStatus,
};
use leptos::prelude::*;

use super::{
    list_tenants::list_tenants,
    view::{LIST, list_path, query, tenant_path},
};
use crate::{
    frame::{
        billing::billing_tone,
        platform::{Section, platform_page},
    },
    messages,
    page::PageTitle,
    platform::{beside::Beside, search::Search},
};

#[component]
pub fn TenantsPage() -> impl IntoView {
    platform_page(Section::Tenants, StaffRight::TenantsRead, |_| async {
        let texts = &messages::current().customers.tenants;
        let query = query();
        let list = list_tenants(query.clone()).await?;
        let found = if list.rows.is_empty() {
            view! { <Nothing query=query.clone()/> }.into_any()
        } else {
            view! { <Found query=query.clone() list=list.clone()/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Filters query=query list=list/>
            {found}
        }
        .into_any())
    })
}

#[component]
fn Filters(query: OrganizationQuery, list: OrganizationList) -> impl IntoView {
    let customers = &messages::current().customers;
    let (texts, any) = (&customers.tenants, customers.any);
    let states = BillingState::ALL
        .iter()
        .map(|&state| ui::SelectOption::new(state.key(), (messages::current().standing.state)(state)));
    let statuses = [
        TenantStatus::Active,
        TenantStatus::Suspended,
        TenantStatus::Deactivated,
        TenantStatus::Deleting,
    ]
    .map(|status| ui::SelectOption::new(status.key(), (texts.status)(status)));
    let plans = list
        .plans
        .into_iter()
        .map(|plan| ui::SelectOption::new(plan.key, plan.name));
    let choice = move |options: &mut dyn Iterator<Item = ui::SelectOption>| {
        std::iter::once(ui::SelectOption::new("", any))
            .chain(options)
            .collect::<Vec<_>>()
    };
    let narrowed = OrganizationQuery {
        before: None,
        ..query.clone()
    } != OrganizationQuery::default();
    view! {
        <Search
            path=LIST
            placeholder=texts.search_placeholder
            search=query.search
            narrowed=narrowed
            class="toolbar customers-filters"
        >
            <ui::Select
                name="status"
                label=texts.column_status
                options=choice(&mut statuses.into_iter())
                selected=query.status.map(TenantStatus::key).unwrap_or_default()
            />
            <ui::Select
                name="state"
                label=texts.column_state
                options=choice(&mut states.into_iter())
                selected=query.state.map(BillingState::key).unwrap_or_default()
            />
            <ui::Select
                name="plan"
                label=texts.column_plan
                options=choice(&mut plans.into_iter())
                selected=query.plan.unwrap_or_default()
            />
        </Search>
    }
}

#[component]
fn Found(query: OrganizationQuery, list: OrganizationList) -> impl IntoView {
    let customers = &messages::current().customers;
    let texts = &customers.tenants;
    let columns = vec![
        ui::Column::new(texts.column_name),
        ui::Column::new(texts.column_status),
        ui::Column::new(texts.column_plan),
        ui::Column::new(texts.column_state),
        ui::Column::figures(texts.column_people),
        ui::Column::new(texts.column_since),
    ];
    let older = list.older.map(|older| {
        list_path(&OrganizationQuery {
            before: Some(older),
            ..query.clone()
        })
    });
    let newest = query
        .before
        .is_some()
        .then(|| list_path(&OrganizationQuery { before: None, ..query }));
    let rows = list.rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
        <Beside newest=newest older=older/>
    }
}

#[component]
fn Row(row: OrganizationRow) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    view! {
        <ui::TableRow muted=row.status != TenantStatus::Active>
            <ui::TableCell main=true>
                <ui::Link href=tenant_path(row.id) tone=ui::LinkTone::Quiet>
                    <span class="list-title">{row.name}</span>
                </ui::Link>
                <p class="list-detail">{row.slug}</p>
            </ui::TableCell>
            <ui::TableCell label=texts.column_status>
                <ui::Badge tone=status_tone(row.status)>{(texts.status)(row.status)}</ui::Badge>
            </ui::TableCell>
            <ui::TableCell label=texts.column_plan>{row.plan}</ui::TableCell>
            <ui::TableCell label=texts.column_state>
                <ui::Badge tone=billing_tone(row.state)>{(messages::current().standing.state)(row.state)}</ui::Badge>
            </ui::TableCell>
            <ui::TableCell label=texts.column_people align=ui::Align::End>{row.people}</ui::TableCell>
            <ui::TableCell label=texts.column_since>
                <ui::DateTime instant=row.since.iso exact=row.since.text.clone() text=row.since.text/>
            </ui::TableCell>
        </ui::TableRow>
    }
}

/// The colour of a status.
pub fn status_tone(status: TenantStatus) -> ui::Tone {
    match status {
        TenantStatus::Active => ui::Tone::Success,
        TenantStatus::Suspended | TenantStatus::Deleting => ui::Tone::Danger,
        TenantStatus::Deactivated => ui::Tone::Neutral,
    }
}

/// Why there is no organization to show, and the way on.
#[component]
fn Nothing(query: OrganizationQuery) -> impl IntoView {
    let customers = &messages::current().customers;
    let texts = &customers.tenants;
    if query == OrganizationQuery::default() {
        return view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Building/> }
            .into_any();
    }
    view! {
        <ui::EmptyState title=customers.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
            <ui::Button href=LIST variant=ui::ButtonVariant::Secondary>{customers.clear}</ui::Button>
        </ui::EmptyState>
    }
    .into_any()
}
