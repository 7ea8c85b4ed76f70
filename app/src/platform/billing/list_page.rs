//! `/platform/billing`: where ours and the provider's differ. What is shown is in the URL.

use contract::{
    billing::{DriftList, DriftQuery, DriftedOrganization},
    staff::StaffRight,
};
use domain::billing::drifts::DriftKind;
use leptos::prelude::*;

use super::{
    list_drifts::list_drifts,
    view::{LIST, desk_path, list_path, query},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::beside::Beside,
};

#[component]
pub fn RepairListPage() -> impl IntoView {
    platform_page(Section::Billing, StaffRight::BillingRead, |_| async {
        let query = query();
        let list = list_drifts(query.clone()).await?;
        Ok(view! { <Shown query=query list=list/> }.into_any())
    })
}

#[component]
fn Shown(query: DriftQuery, list: DriftList) -> impl IntoView {
    let texts = &messages::current().repair;
    let found = if list.rows.is_empty() {
        view! { <Nothing filtered=query != DriftQuery::default()/> }.into_any()
    } else {
        let older = list.next.map(|after| list_path(&DriftQuery { after, ..query.clone() }));
        let newest = (!query.after.is_empty()).then(|| {
            list_path(&DriftQuery {
                after: String::new(),
                ..query.clone()
            })
        });
        view! { <Table rows=list.rows/> <Beside newest=newest older=older/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        <Search query=query/>
        {found}
    }
}

#[component]
fn Search(query: DriftQuery) -> impl IntoView {
    let texts = &messages::current().repair;
    let drift = messages::current().customers.tenants.drift;
    let mut kinds = vec![ui::SelectOption::new("", texts.any_kind)];
    kinds.extend(
        DriftKind::ALL
            .iter()
            .map(|kind| ui::SelectOption::new(kind.key(), drift(kind.key()))),
    );
    view! {
        <form class="toolbar" method="get" action=LIST role="search">
            <ui::Select name="kind" label=texts.column_drift options=kinds selected=query.kind/>
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
        </form>
    }
}

#[component]
fn Table(rows: Vec<DriftedOrganization>) -> impl IntoView {
    let texts = &messages::current().repair;
    let columns = vec![
        ui::Column::new(texts.column_organization),
        ui::Column::new(texts.column_drift),
        ui::Column::new(texts.ours),
        ui::Column::new(texts.theirs),
        ui::Column::new(texts.column_age),
    ];
    let rows = rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}

#[component]
fn Row(row: DriftedOrganization) -> impl IntoView {
    let texts = &messages::current().repair;
    let drift = row.drift;
    let named = (messages::current().customers.tenants.drift)(&drift.kind);
    view! {
        <ui::TableRow>
            <ui::TableCell main=true>
                <ui::Link href=desk_path(row.tenant) tone=ui::LinkTone::Quiet>
                    <span class="list-title">{row.name}</span>
                </ui::Link>
                <p class="list-detail">{row.slug}</p>
            </ui::TableCell>
            <ui::TableCell label=texts.column_drift>{named}</ui::TableCell>
            <ui::TableCell label=texts.ours><span class="customers-id">{drift.ours}</span></ui::TableCell>
            <ui::TableCell label=texts.theirs><span class="customers-id">{drift.theirs}</span></ui::TableCell>
            <ui::TableCell label=texts.column_age>
                <ui::DateTime instant=drift.found.iso exact=drift.found.text text=(texts.age)(drift.hours)/>
            </ui::TableCell>
        </ui::TableRow>
    }
}

#[component]
fn Nothing(filtered: bool) -> impl IntoView {
    let texts = &messages::current().repair;
    if !filtered {
        return view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Success/> }
            .into_any();
    }
    view! {
        <ui::EmptyState title=texts.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
            <ui::Button href=LIST variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
        </ui::EmptyState>
    }
    .into_any()
}
