//! `/platform/plans`: the catalogue, with how many organizations have each plan.

use contract::{
    billing::{BillingInterval, PlanRow},
    staff::{StaffRight, StaffRole},
};
use leptos::prelude::*;

use super::{
    list_plans::list_plans,
    view::{changes, limit, plan_path},
};
use crate::{
    format::Formatter,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
};

#[component]
pub fn PlatformPlansPage() -> impl IntoView {
    platform_page(Section::Plans, StaffRight::BillingRead, |role| async move {
        let texts = &messages::current().plans;
        let rows = list_plans().await?;
        let read_only = (!role.has(StaffRight::PlansManage)).then(|| {
            view! { <p class="muted small">{texts.edit.read_only}</p> }
        });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Rows rows=rows role=role/>
            {read_only}
        }
        .into_any())
    })
}

#[component]
fn Rows(rows: Vec<PlanRow>, role: StaffRole) -> impl IntoView {
    let texts = &messages::current().plans;
    let columns = vec![
        ui::Column::new(texts.column_plan),
        ui::Column::new(texts.column_limits),
        ui::Column::new(texts.column_price),
        ui::Column::figures(texts.column_organizations),
    ];
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row row=row role=role/> })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}

#[component]
fn Row(row: PlanRow, role: StaffRole) -> impl IntoView {
    let texts = &messages::current().plans;
    let PlanRow {
        plan,
        organizations,
        last_change,
    } = row;
    let name = if role.has(StaffRight::PlansManage) {
        view! {
            <ui::Link href=plan_path(&plan.key) tone=ui::LinkTone::Quiet>
                <span class="list-title">{plan.name.clone()}</span>
            </ui::Link>
        }
        .into_any()
    } else {
        view! { <span class="list-title">{plan.name.clone()}</span> }.into_any()
    };
    let (tone, standing) = match (plan.archived, plan.public) {
        (true, _) => (ui::Tone::Neutral, texts.archived),
        (false, true) => (ui::Tone::Success, texts.on_sale),
        (false, false) => (ui::Tone::Warning, texts.hidden),
    };
    let prices = plan
        .prices
        .iter()
        .map(|price| {
            let amount = Formatter::for_strangers().money(price.amount, &price.currency).text;
            let words = match price.interval {
                BillingInterval::Month => texts.monthly,
                BillingInterval::Year => texts.yearly,
            };
            let waits = price
                .product
                .is_none()
                .then(|| view! { " " <ui::Badge tone=ui::Tone::Warning>{texts.unpublished}</ui::Badge> });
            view! { <p>{words(&amount)} {waits}</p> }
        })
        .collect_view();
    let unsold = plan
        .prices
        .is_empty()
        .then(|| view! { <p class="muted">{texts.no_price}</p> });
    let limits = (texts.limits)(
        &limit(plan.limits.projects),
        &limit(plan.limits.members),
        &limit(plan.limits.guests),
    );
    let last = last_change.map(|last| view! { <div class="list-detail">{changes(&[last])}</div> });
    view! {
        <ui::TableRow muted=plan.archived>
            <ui::TableCell main=true>
                <span class="row">{name} <ui::Badge tone=tone>{standing}</ui::Badge></span>
                {last}
            </ui::TableCell>
            <ui::TableCell label=texts.column_limits>{limits}</ui::TableCell>
            <ui::TableCell label=texts.column_price>{prices} {unsold}</ui::TableCell>
            <ui::TableCell label=texts.column_organizations align=ui::Align::End>{organizations}</ui::TableCell>
        </ui::TableRow>
    }
}
