//! `/platform/billing/{tenant}`: ours beside the provider's, and the ways to repair what differs.

use contract::{
    billing::{AdjustmentRow, DeskLine, DriftLine, ProviderAnswer, RepairDesk, RepairKind, Sharing},
    ids::TenantId,
    staff::{StaffRight, StaffRole},
};
use leptos::prelude::*;

use super::{
    look_at_bills::look_at_bills,
    view::{LIST, desk_path, repair_path},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::{
        tenants::{tenant_page::requested_tenant, view::tenant_path},
        webhooks::view::INBOX,
    },
};

#[component]
pub fn RepairDeskPage() -> impl IntoView {
    let tenant = requested_tenant();
    platform_page(Section::Billing, StaffRight::BillingRead, |role| async move {
        let desk = look_at_bills(tenant).await?;
        Ok(view! { <Shown role=role desk=desk/> }.into_any())
    })
}

#[component]
fn Shown(role: StaffRole, desk: RepairDesk) -> impl IntoView {
    let texts = &messages::current().repair;
    let crumbs = vec![ui::Crumb::link(texts.title, LIST), ui::Crumb::here(desk.name.clone())];
    let label = messages::current().frame.breadcrumb;
    let title = (texts.bills_of)(&desk.name);
    let webhooks = format!("{INBOX}?organization={}", desk.tenant);
    let organization = role.has(StaffRight::TenantsRead).then(|| {
        view! {
            <ui::Button href=tenant_path(desk.tenant) variant=ui::ButtonVariant::Secondary>{texts.organization}</ui::Button>
        }
    });
    let actions = view! {
        {organization}
        <ui::Button href=webhooks variant=ui::ButtonVariant::Secondary>{messages::current().webhooks.title}</ui::Button>
    };
    let fixes = role
        .has(StaffRight::BillingRepair)
        .then(|| view! { <Fixes tenant=desk.tenant given=desk.given/> });
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            description=desk.slug.clone()
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            actions=actions.into_any()
        />
        <div class="stack-large">
            <Drifts drifts=desk.drifts shared_with=desk.shared_with/>
            <Sides provider=desk.provider lines=desk.lines/>
            {fixes}
            <History adjustments=desk.adjustments/>
        </div>
    }
}

#[component]
fn Drifts(drifts: Vec<DriftLine>, shared_with: Vec<Sharing>) -> impl IntoView {
    let texts = &messages::current().repair;
    let drift = messages::current().customers.tenants.drift;
    let banners = drifts
        .into_iter()
        .map(|found| {
            view! {
                <ui::Banner tone=ui::Tone::Warning title=drift(&found.kind)>
                    {(texts.drift_text)(&found.ours, &found.theirs, &(texts.age)(found.hours))} " " {(texts.advice)(&found.kind)}
                </ui::Banner>
            }
        })
        .collect_view();
    let others = (!shared_with.is_empty()).then(|| {
        let links = shared_with
            .into_iter()
            .map(|one| view! { <li><ui::Link href=desk_path(one.tenant)>{one.name}</ui::Link></li> })
            .collect_view();
        view! {
            <ui::Card title=texts.shared_with>
                <ul class="plain-list">{links}</ul>
            </ui::Card>
        }
    });
    view! {
        {banners}
        {others}
    }
}

#[component]
fn Sides(provider: ProviderAnswer, lines: Vec<DeskLine>) -> impl IntoView {
    let texts = &messages::current().repair;
    let silent = match provider {
        ProviderAnswer::Told => None,
        ProviderAnswer::Away(words) => Some(
            view! {
                <ui::Banner tone=ui::Tone::Danger title=texts.away>{words}</ui::Banner>
            }
            .into_any(),
        ),
        ProviderAnswer::NotSetUp => {
            Some(view! { <ui::Banner tone=ui::Tone::Info>{texts.not_set_up}</ui::Banner> }.into_any())
        }
    };
    let columns = vec![
        ui::Column::new(texts.fact_column),
        ui::Column::new(texts.ours),
        ui::Column::new(texts.theirs),
        ui::Column::new(texts.column_differs),
    ];
    let rows = lines.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
    view! {
        {silent}
        <ui::Card title=texts.sides description=texts.sides_text flush=true>
            <ui::Table caption=texts.sides columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}

#[component]
fn Line(line: DeskLine) -> impl IntoView {
    let texts = &messages::current().repair;
    let mark = if line.differs {
        view! { <ui::Badge tone=ui::Tone::Warning icon=ui::IconName::Warning>{texts.differs}</ui::Badge> }.into_any()
    } else {
        view! { <span class="muted">{texts.alike}</span> }.into_any()
    };
    view! {
        <ui::TableRow selected=line.differs>
            <ui::TableCell main=true>{(texts.desk_fact)(line.fact)}</ui::TableCell>
            <ui::TableCell label=texts.ours><span class="customers-id">{line.ours}</span></ui::TableCell>
            <ui::TableCell label=texts.theirs>
                <span class="customers-id">{line.theirs.unwrap_or_else(|| texts.unknown.to_owned())}</span>
            </ui::TableCell>
            <ui::TableCell label=texts.column_differs>{mark}</ui::TableCell>
        </ui::TableRow>
    }
}

/// Each leads to a dry run first.
#[component]
fn Fixes(tenant: TenantId, given: bool) -> impl IntoView {
    let texts = &messages::current().repair;
    let offered = RepairKind::ALL.iter().copied().filter(|kind| match kind {
        RepairKind::TakeBack => given,
        RepairKind::Plan | RepairKind::Complimentary => !given,
        RepairKind::Seats | RepairKind::Relink | RepairKind::Sync => true,
    });
    let links = offered
        .map(|kind| {
            view! {
                <li>
                    <ui::Link href=repair_path(tenant, kind)>{(texts.kind)(kind)}</ui::Link>
                    <p class="muted">{(texts.kind_text)(kind)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.fixes description=texts.fixes_text>
            <ul class="plain-list">{links}</ul>
        </ui::Card>
    }
}

#[component]
fn History(adjustments: Vec<AdjustmentRow>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.repair;
    if adjustments.is_empty() {
        return ().into_any();
    }
    let lines = adjustments
        .into_iter()
        .map(|one| {
            let by = one.by.unwrap_or_else(|| texts.terminal.to_owned());
            let said = (messages.billing.adjustment)(&one.adjustment);
            view! {
                <li>
                    <p>{said}</p>
                    <p class="muted customers-why">{(texts.by)(&by, &one.reason)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.history description=texts.history_text>
            <ul class="plain-list">{lines}</ul>
        </ui::Card>
    }
    .into_any()
}
