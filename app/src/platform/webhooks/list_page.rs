//! `/platform/webhooks`: what the payment provider told. What is shown is in the URL.

use contract::{
    staff::{StaffRight, StaffRole},
    webhooks::{EventList, EventQuery, EventRow, EventStatus},
};
use leptos::prelude::*;

use super::{
    list_events::list_events,
    view::{INBOX, REPLAY, Status, event_path, list_path, query},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::beside::Beside,
};

#[component]
pub fn WebhooksPage() -> impl IntoView {
    platform_page(Section::Webhooks, StaffRight::BillingRead, |role| async move {
        let query = query();
        let list = list_events(query.clone()).await?;
        Ok(view! { <Shown role=role query=query list=list/> }.into_any())
    })
}

#[component]
fn Shown(role: StaffRole, query: EventQuery, list: EventList) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let replay = (list.any_failed && role.has(StaffRight::BillingRepair)).then(|| {
        view! {
            <ui::Button href=REPLAY variant=ui::ButtonVariant::Secondary icon=ui::IconName::Refresh>
                {texts.replay_failed}
            </ui::Button>
        }
        .into_any()
    });
    let found = if list.rows.is_empty() {
        view! { <Nothing filtered=query != EventQuery::default()/> }.into_any()
    } else {
        let older = list.older.map(|before| {
            list_path(&EventQuery {
                before: Some(before),
                ..query.clone()
            })
        });
        let newest = query.before.is_some().then(|| {
            list_path(&EventQuery {
                before: None,
                ..query.clone()
            })
        });
        view! { <Table rows=list.rows/> <Beside newest=newest older=older/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description actions=replay.into_any()/>
        <Search query=query types=list.types/>
        {found}
    }
}

#[component]
fn Search(query: EventQuery, types: Vec<String>) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let mut statuses = vec![ui::SelectOption::new("", texts.any_status)];
    statuses.extend(
        EventStatus::ALL
            .iter()
            .map(|status| ui::SelectOption::new(status.key(), (texts.status)(*status))),
    );
    let mut kinds = vec![ui::SelectOption::new("", texts.any_type)];
    // A type that was asked for and never came is still what is asked for.
    let asked = Some(query.event_type.clone()).filter(|asked| !asked.is_empty() && !types.contains(asked));
    kinds.extend(
        types
            .into_iter()
            .chain(asked)
            .map(|kind| ui::SelectOption::new(kind.clone(), kind)),
    );
    view! {
        <form class="toolbar customers-filters" method="get" action=INBOX role="search">
            <ui::TextInput
                name="organization"
                kind=ui::InputKind::Search
                label=texts.column_organization
                placeholder=texts.organization_placeholder
                value=query.organization
                autocomplete="off"
                max_length=100
            />
            <ui::Select
                name="status"
                label=texts.column_status
                options=statuses
                selected=query.status.map(EventStatus::key).unwrap_or_default()
            />
            <ui::Select name="type" label=texts.column_type options=kinds selected=query.event_type/>
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
        </form>
    }
}

#[component]
fn Table(rows: Vec<EventRow>) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let columns = vec![
        ui::Column::new(texts.column_type),
        ui::Column::new(texts.column_status),
        ui::Column::new(texts.column_organization),
        ui::Column::new(texts.column_received),
        ui::Column::figures(texts.column_attempts),
    ];
    let rows = rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}

#[component]
fn Row(row: EventRow) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let error = row
        .error
        .filter(|_| row.status != EventStatus::Processed)
        .map(|error| view! { <p class="list-detail customers-why">{error}</p> });
    let diverged = row
        .diverged
        .then(|| view! { <ui::Badge tone=ui::Tone::Warning>{texts.diverged_badge}</ui::Badge> });
    view! {
        <ui::TableRow muted=row.status == EventStatus::Ignored>
            <ui::TableCell main=true>
                <ui::Link href=event_path(row.id) tone=ui::LinkTone::Quiet>
                    <span class="list-title">{row.event_type}</span>
                </ui::Link>
                {error}
            </ui::TableCell>
            <ui::TableCell label=texts.column_status><Status of=row.status/> {diverged}</ui::TableCell>
            <ui::TableCell label=texts.column_organization>
                {row.organization.unwrap_or_else(|| texts.unknown.to_owned())}
            </ui::TableCell>
            <ui::TableCell label=texts.column_received>
                <ui::DateTime instant=row.received.iso.clone() exact=row.received.iso text=row.received.text/>
            </ui::TableCell>
            <ui::TableCell label=texts.column_attempts align=ui::Align::End>{row.attempts}</ui::TableCell>
        </ui::TableRow>
    }
}

#[component]
fn Nothing(filtered: bool) -> impl IntoView {
    let texts = &messages::current().webhooks;
    if !filtered {
        return view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Inbox/> }
            .into_any();
    }
    view! {
        <ui::EmptyState title=texts.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
            <ui::Button href=INBOX variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
        </ui::EmptyState>
    }
    .into_any()
}
