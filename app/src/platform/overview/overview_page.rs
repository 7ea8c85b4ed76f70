//! `/platform`: what somebody of the staff looks at first.

use contract::{billing::BillingState, customers::HouseOverview, staff::StaffRight, tenant::TenantStatus};
use leptos::prelude::*;

use super::{
    house_overview::house_overview,
    trends::{Messages, Runs, SignUps},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
};

#[component]
pub fn OverviewPage() -> impl IntoView {
    platform_page(Section::Overview, StaffRight::OverviewRead, |_| async {
        let texts = &messages::current().customers.overview;
        let found = house_overview().await?;
        let [figures, sign_ups, runs, messages] = [(); 4].map(|()| found.clone());
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <div class="stack-large">
                <Figures found=figures/>
                <ui::Card title=texts.sign_ups><SignUps found=sign_ups/></ui::Card>
                <div class="grid-2">
                    <ui::Card title=texts.runs><Runs found=runs/></ui::Card>
                    <ui::Card title=texts.messages><Messages found=messages/></ui::Card>
                </div>
                <Health found=found/>
            </div>
        }
        .into_any())
    })
}

fn with_status(status: TenantStatus) -> String {
    format!("/platform/tenants?status={}", status.key())
}

fn with_state(state: BillingState) -> String {
    format!("/platform/tenants?state={}", state.key())
}

#[component]
fn Figures(found: HouseOverview) -> impl IntoView {
    let texts = &messages::current().customers.overview;
    let monthly = if found.monthly.is_empty() {
        view! { <ui::Stat label=texts.monthly value=texts.nothing/> }.into_any()
    } else {
        found
            .monthly
            .into_iter()
            .map(
                |money| view! { <ui::Stat label=(texts.monthly_in)(&money.currency.to_uppercase()) value=money.text/> },
            )
            .collect_view()
            .into_any()
    };
    view! {
        <div class="stat-row">
            <ui::Stat label=texts.organizations value=found.organizations.to_string() href="/platform/tenants"/>
            <ui::Stat label=texts.on_trial value=found.on_trial.to_string() href=with_state(BillingState::Trialing)/>
            <ui::Stat label=texts.paying value=found.paying.to_string() href=with_state(BillingState::Active)/>
            <ui::Stat label=texts.past_due value=found.past_due.to_string() href=with_state(BillingState::PastDue)/>
            {monthly}
            <ui::Stat label=texts.waiting_reports value=found.waiting_reports.to_string() href="/platform/reports"/>
        </div>
    }
}

/// One line of a card of health.
fn line(label: &'static str, value: String, wrong: bool) -> AnyView {
    let tone = if wrong { ui::Tone::Danger } else { ui::Tone::Neutral };
    view! { <ui::KeyValue label=label><ui::Badge tone=tone>{value}</ui::Badge></ui::KeyValue> }.into_any()
}

#[component]
fn Health(found: HouseOverview) -> impl IntoView {
    /// A worker that is alive takes a job within seconds.
    const LATE_SECONDS: u32 = 300;
    let texts = &messages::current().customers.overview;
    let late = found.oldest_ready_seconds >= LATE_SECONDS;
    let oldest = if found.ready_jobs == 0 {
        texts.nothing.to_owned()
    } else {
        (texts.waited)(found.oldest_ready_seconds)
    };
    let overdue = found.events_overdue;
    let oldest_event = found
        .oldest_event_seconds
        .map_or_else(|| texts.nothing.to_owned(), texts.waited);
    let last_event = match found.last_event {
        Some(at) => view! { <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/> }.into_any(),
        None => texts.no_event.into_any(),
    };
    let see_events = view! { <ui::Link href="/platform/webhooks">{texts.see_events}</ui::Link> };
    let see_drifts = view! { <ui::Link href="/platform/billing">{found.open_drifts}</ui::Link> };
    let see_jobs = view! { <ui::Link href="/platform/jobs">{texts.see_jobs}</ui::Link> };
    view! {
        <div class="grid-3">
            <ui::Card title=texts.jobs actions=see_jobs.into_any()>
                <ui::KeyValueList>
                    {line(texts.ready_jobs, found.ready_jobs.to_string(), late)}
                    {line(texts.oldest_ready, oldest, late)}
                    {line(texts.failed_runs, found.failed_runs.to_string(), found.failed_runs > 0)}
                    {line(texts.given_up_jobs, found.given_up_jobs.to_string(), found.given_up_jobs > 0)}
                </ui::KeyValueList>
            </ui::Card>
            <ui::Card title=texts.events actions=see_events.into_any()>
                <ui::KeyValueList>
                    <ui::KeyValue label=texts.last_event>{last_event}</ui::KeyValue>
                    {line(texts.waiting_events, found.waiting_events.to_string(), overdue)}
                    {line(texts.oldest_event, oldest_event, overdue)}
                    {line(texts.failed_events, found.failed_events.to_string(), found.failed_events > 0)}
                    <ui::KeyValue label=texts.open_drifts>{see_drifts}</ui::KeyValue>
                </ui::KeyValueList>
            </ui::Card>
            <ui::Card title=texts.closed>
                <ui::KeyValueList>
                    <ui::KeyValue label=texts.suspended>
                        <ui::Link href=with_status(TenantStatus::Suspended)>{found.suspended}</ui::Link>
                    </ui::KeyValue>
                    <ui::KeyValue label=texts.deleting>
                        <ui::Link href=with_status(TenantStatus::Deleting)>{found.deleting}</ui::Link>
                    </ui::KeyValue>
                </ui::KeyValueList>
            </ui::Card>
        </div>
    }
}
