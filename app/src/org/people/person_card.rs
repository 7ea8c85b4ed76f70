//! What is known of somebody: their place, their rights, and what they are in.

use contract::{
    iam::{MemberType, PermissionSet},
    people::PersonDetail,
};
use leptos::prelude::*;

use super::{confirm::Rights, person_row::StateBadge};
use crate::messages;

#[component]
pub fn Place(found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().people;
    let row = found.row;
    let invited_by = row
        .invited_by
        .as_deref()
        .map(|inviter| view! { <p class="list-detail">{(texts.invited_by)(inviter)}</p> });
    let last = match row.last_change {
        Some(at) => view! { <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/> }.into_any(),
        None => view! { <span class="muted">{texts.never}</span> }.into_any(),
    };
    let since = row.since;
    view! {
        <ui::Card title=texts.place>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.email>{row.email}</ui::KeyValue>
                <ui::KeyValue label=texts.role>{row.role.name}</ui::KeyValue>
                <ui::KeyValue label=texts.kind>{(texts.member_type)(row.member_type)}</ui::KeyValue>
                <ui::KeyValue label=texts.status>
                    <StateBadge state=row.state member_type=row.member_type/>
                </ui::KeyValue>
                <ui::KeyValue label=texts.since>
                    <ui::DateTime instant=since.iso exact=since.text.clone() text=since.text/> {invited_by}
                </ui::KeyValue>
                <ui::KeyValue label=texts.column_last>{last}</ui::KeyValue>
                <ui::KeyValue label=texts.open_tasks>{found.open_tasks}</ui::KeyValue>
            </ui::KeyValueList>
        </ui::Card>
    }
}

#[component]
pub fn Powers(role: String, permissions: PermissionSet) -> impl IntoView {
    let texts = &messages::current().people;
    let rights = if permissions == PermissionSet::default() {
        view! { <p class="muted">{texts.no_rights}</p> }.into_any()
    } else {
        view! { <Rights of=permissions kept=true/> }.into_any()
    };
    view! { <ui::Card title=texts.rights description=(texts.rights_text)(&role)>{rights}</ui::Card> }
}

/// `open` when the one who looks may enter them.
#[component]
pub fn GivenPlaces(org: String, found: PersonDetail, open: bool) -> impl IntoView {
    let texts = &messages::current().people;
    let text = match found.row.member_type {
        MemberType::Member => texts.given_text,
        MemberType::Guest => texts.given_text_guest,
    };
    let workspaces = if found.workspaces.is_empty() {
        view! { <p class="muted">{texts.no_workspace}</p> }.into_any()
    } else {
        let places = found
            .workspaces
            .into_iter()
            .map(|one| (format!("/o/{org}/workspaces/{}", one.id), one.name));
        view! { <Given places=places.collect() open=open/> }.into_any()
    };
    let projects = if found.projects.is_empty() {
        view! { <p class="muted">{texts.no_project}</p> }.into_any()
    } else {
        let places = found
            .projects
            .into_iter()
            .map(|one| (format!("/o/{org}/projects/{}", one.id), one.name));
        view! { <Given places=places.collect() open=open/> }.into_any()
    };
    view! {
        <ui::Card title=texts.given description=text>
            <div class="stack">
                <h3>{texts.workspaces}</h3>
                {workspaces}
                <h3>{texts.projects}</h3>
                {projects}
            </div>
        </ui::Card>
    }
}

/// By address and name.
#[component]
fn Given(places: Vec<(String, String)>, open: bool) -> impl IntoView {
    let places = places.into_iter().map(|(href, name)| {
        let place = if open {
            view! { <ui::Link href=href>{name}</ui::Link> }.into_any()
        } else {
            name.into_any()
        };
        view! { <li>{place}</li> }
    });
    view! { <ul class="people-given">{places.collect_view()}</ul> }
}
