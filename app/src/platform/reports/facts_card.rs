//! What a report says, and what is known beside it.

use contract::{
    reports::ReportDetail,
    staff::{StaffRight, StaffRole},
};
use leptos::prelude::*;

use crate::{messages, platform::users::view::user_path};

/// In the words of who reported it, and of their browser.
#[component]
pub fn Told(found: ReportDetail) -> impl IntoView {
    let reports = &messages::current().reports;
    let texts = &reports.one;
    let said = if found.note.is_empty() {
        view! { <p class="muted">{reports.inbox.nothing_said}</p> }.into_any()
    } else {
        view! { <p class="told">{found.note}</p> }.into_any()
    };
    let error = if found.client_error.is_empty() {
        view! { <p class="muted small">{texts.no_client_error}</p> }.into_any()
    } else {
        view! { <ui::CodeBlock code=found.client_error label=texts.client_error/> }.into_any()
    };
    view! {
        <ui::Card title=texts.told>{said}</ui::Card>
        <ui::Card title=texts.client_error>{error}</ui::Card>
    }
}

#[component]
pub fn Facts(found: ReportDetail, role: StaffRole) -> impl IntoView {
    let reports = &messages::current().reports;
    let texts = &reports.one;
    let reporter = match found.reporter {
        Some(person) if role.has(StaffRight::UsersRead) => {
            view! { <ui::Link href=user_path(person.id)>{person.name}</ui::Link> }.into_any()
        }
        Some(person) => person.name.into_any(),
        None => reports.inbox.visitor.into_any(),
    };
    let visit = found
        .in_visit
        .then(|| view! { <ui::Badge>{texts.in_visit}</ui::Badge> });
    let organization = found.organization.map(|organization| {
        let name = if role.has(StaffRight::TenantsRead) {
            let href = format!("/platform/tenants/{}", organization.id);
            view! { <ui::Link href=href>{organization.name}</ui::Link> }.into_any()
        } else {
            organization.name.into_any()
        };
        view! { <ui::KeyValue label=texts.organization><span class="row">{name} {visit}</span></ui::KeyValue> }
    });
    let page = if found.page.is_empty() {
        reports.unknown_page.to_owned()
    } else {
        found.page
    };
    let request = if found.request_id.is_empty() {
        texts.unknown_request.to_owned()
    } else {
        found.request_id
    };
    let trace = found
        .trace
        .map(|href| view! { <ui::Link href=href external=true>{texts.trace}</ui::Link> });
    let browser = [found.browser, found.facts]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>();
    let closed = found.closed.map(|at| {
        view! {
            <ui::KeyValue label=texts.closed>
                <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/>
            </ui::KeyValue>
        }
    });
    let received = found.received;
    let assignee = found
        .assignee
        .map_or_else(|| texts.nobody.to_owned(), |person| person.name);
    view! {
        <ui::Card title=texts.facts>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.received>
                    <ui::DateTime instant=received.iso exact=received.text.clone() text=received.text/>
                </ui::KeyValue>
                {closed}
                <ui::KeyValue label=texts.assignee>{assignee}</ui::KeyValue>
                <ui::KeyValue label=texts.reporter>{reporter}</ui::KeyValue>
                {organization}
                <ui::KeyValue label=reports.page><span class="report-fact">{page}</span></ui::KeyValue>
                <ui::KeyValue label=reports.request>
                    <span class="row"><span class="report-fact">{request}</span> {trace}</span>
                </ui::KeyValue>
                <ui::KeyValue label=reports.release>{found.release}</ui::KeyValue>
                <ui::KeyValue label=reports.browser><span class="report-fact">{browser.join("\n")}</span></ui::KeyValue>
            </ui::KeyValueList>
        </ui::Card>
    }
}
