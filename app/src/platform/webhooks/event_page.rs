//! `/platform/webhooks/{event}`: one message, how far it has come, and having it taken in once more.

use contract::{
    staff::{StaffRight, StaffRole},
    webhooks::{Divergence, EventDetail, EventRow, EventStatus, FailedAttempt, Payload},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    look_at_event::look_at_event,
    replay_event::ReplayEvent,
    view::{INBOX, Status},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::PageTitle,
    platform::tenants::view::tenant_path,
};

#[component]
pub fn WebhookPage() -> impl IntoView {
    let event = use_params_map()
        .with_untracked(|params| params.get("event"))
        .unwrap_or_default();
    platform_page(Section::Webhooks, StaffRight::BillingRead, |role| async move {
        let found = look_at_event(event).await?;
        Ok(view! { <Shown role=role found=found/> }.into_any())
    })
}

#[component]
fn Shown(role: StaffRole, found: EventDetail) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let EventDetail {
        row,
        message,
        settled,
        payload,
        divergence,
        failures,
    } = found;
    let crumbs = vec![
        ui::Crumb::link(texts.title, INBOX),
        ui::Crumb::here(row.event_type.clone()),
    ];
    let label = messages::current().frame.breadcrumb;
    let refused = refusal::of::<ReplayEvent>();
    let replay = role
        .has(StaffRight::BillingRepair)
        .then(|| view! { <Replay row=row.clone()/> });
    view! {
        <PageTitle text=row.event_type.clone()/>
        <ui::PageHeader
            title=row.event_type.clone()
            badge=view! { <Status of=row.status/> }.into_any()
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
        />
        <Refusals errors=refused/>
        <div class="stack-large">
            <Facts row=row message=message settled=settled/>
            {replay}
            <Failures failures=failures/>
            <ui::Card title=texts.payload description=texts.payload_text>{said(payload)}</ui::Card>
            {divergence.map(|divergence| view! { <Diverged divergence=divergence/> })}
        </div>
    }
}

#[component]
fn Facts(row: EventRow, message: String, settled: Option<contract::time::Moment>) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let moment = |label: &'static str, at: Option<contract::time::Moment>| {
        at.map(|at| {
            view! {
                <ui::KeyValue label=label>
                    <ui::DateTime instant=at.iso.clone() exact=at.iso text=at.text/>
                </ui::KeyValue>
            }
        })
    };
    let organization = match (row.tenant, row.organization) {
        (Some(tenant), Some(name)) => view! { <ui::Link href=tenant_path(tenant)>{name}</ui::Link> }.into_any(),
        _ => texts.unknown.into_any(),
    };
    let error = row
        .error
        .map(|error| view! { <ui::KeyValue label=texts.error>{error}</ui::KeyValue> });
    view! {
        <ui::Card>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.column_organization>{organization}</ui::KeyValue>
                {moment(texts.column_received, Some(row.received))}
                {moment(texts.settled, settled)}
                {moment(texts.next_attempt, row.next_attempt)}
                <ui::KeyValue label=texts.column_attempts>{row.attempts}</ui::KeyValue>
                {error}
                <ui::KeyValue label=texts.message><code class="customers-id">{message}</code></ui::KeyValue>
            </ui::KeyValueList>
        </ui::Card>
    }
}

#[component]
fn Replay(row: EventRow) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let variant = match row.status {
        EventStatus::Failed => ui::ButtonVariant::Primary,
        EventStatus::Received | EventStatus::Processed | EventStatus::Ignored => ui::ButtonVariant::Secondary,
    };
    view! {
        <ui::Card title=texts.replay description=texts.replay_text>
            <PostForm action=ReplayEvent::PATH fields=vec![("event", row.id.to_string())]>
                <ui::Button variant=variant icon=ui::IconName::Refresh>{texts.replay_button}</ui::Button>
            </PostForm>
        </ui::Card>
    }
}

#[component]
fn Failures(failures: Vec<FailedAttempt>) -> impl IntoView {
    let texts = &messages::current().webhooks;
    if failures.is_empty() {
        return ().into_any();
    }
    let columns = vec![ui::Column::new(texts.when), ui::Column::new(texts.error)];
    let rows = failures
        .into_iter()
        .map(|failure| {
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::DateTime instant=failure.at.iso.clone() exact=failure.at.iso text=failure.at.text/>
                    </ui::TableCell>
                    <ui::TableCell label=texts.error>{failure.error}</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.failures flush=true>
            <ui::Table caption=texts.failures columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
    .into_any()
}

/// Another message under the same id: the provider is asked about it, or somebody else has its secret.
#[component]
fn Diverged(divergence: Divergence) -> impl IntoView {
    let texts = &messages::current().webhooks;
    view! {
        <ui::Card title=texts.diverged>
            <div class="stack">
                <ui::Banner tone=ui::Tone::Warning>{(texts.diverged_text)(&divergence.at.text)}</ui::Banner>
                {said(divergence.payload)}
            </div>
        </ui::Card>
    }
}

fn said(payload: Payload) -> AnyView {
    let texts = &messages::current().webhooks;
    match payload {
        Payload::Told(json) => view! { <ui::CodeBlock code=json label="JSON"/> }.into_any(),
        Payload::Unreadable(bytes) => view! { <p class="muted">{(texts.unreadable)(bytes)}</p> }.into_any(),
    }
}
