//! Who belongs to an organization, and on which devices they were lately.

use contract::{
    customers::{DeviceRow, OrganizationDetail, OrganizationPerson},
    ids::TenantId,
    people::MemberStatus,
};
use leptos::prelude::*;

use crate::{
    messages,
    platform::{users::view::user_path, visits::new_page},
};

#[component]
pub fn People(
    found: OrganizationDetail,
    /// Whether who looks may see the organization as one of them.
    may_visit: bool,
) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.tenants;
    let columns = vec![
        ui::Column::new(texts.column_person),
        ui::Column::new(texts.column_role),
        ui::Column::new(texts.column_status),
        ui::Column::new(texts.column_seen),
        ui::Column::actions(messages.people.column_actions),
    ];
    let shown = u32::try_from(found.people.len()).unwrap_or(u32::MAX);
    let cut = (shown < found.people_count).then(|| (texts.people_cut)(shown, found.people_count));
    let rows = found
        .people
        .into_iter()
        .map(|person| view! { <Person visit=may_visit.then_some(found.id) person=person/> })
        .collect_view();
    view! {
        <ui::Card title=texts.people flush=true>
            <ui::Table caption=texts.people columns=columns>{rows}</ui::Table>
        </ui::Card>
        {cut.map(|cut| view! { <p class="muted small">{cut}</p> })}
    }
}

#[component]
fn Person(person: OrganizationPerson, visit: Option<TenantId>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.tenants;
    let open = (texts.open_person)(&person.name);
    let rests = person.account_rests || person.status == MemberStatus::Suspended;
    let (tone, status) = if person.account_rests {
        (ui::Tone::Danger, texts.account_rests)
    } else if person.status == MemberStatus::Suspended {
        (ui::Tone::Warning, texts.member_suspended)
    } else {
        (ui::Tone::Neutral, (messages.people.member_type)(person.member_type))
    };
    let visit = visit.filter(|_| !rests).map(|tenant| {
        let begin = &messages.visits.begin;
        let label = (begin.of_person)(&person.name);
        view! {
            <ui::Button
                href=new_page::of(&tenant.to_string(), &person.id.to_string())
                size=ui::ButtonSize::Small
                variant=ui::ButtonVariant::Quiet
            >
                <span aria-hidden="true">{begin.short}</span>
                <span class="visually-hidden">{label}</span>
            </ui::Button>
        }
    });
    let seen = match person.last_seen {
        Some(at) => view! { <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/> }.into_any(),
        None => view! { <span class="muted">{messages.platform.staff.not_signed_in}</span> }.into_any(),
    };
    view! {
        <ui::TableRow muted=rests>
            <ui::TableCell main=true>
                <span class="list-title">{person.name}</span>
                <p class="list-detail">{person.email}</p>
            </ui::TableCell>
            <ui::TableCell label=texts.column_role>{person.role}</ui::TableCell>
            <ui::TableCell label=texts.column_status><ui::Badge tone=tone>{status}</ui::Badge></ui::TableCell>
            <ui::TableCell label=texts.column_seen>{seen}</ui::TableCell>
            <ui::TableCell align=ui::Align::End>
                <div class="row customers-row-actions">
                    {visit}
                    <ui::Button href=user_path(person.id) size=ui::ButtonSize::Small variant=ui::ButtonVariant::Quiet>
                        <span aria-hidden="true">{texts.open}</span>
                        <span class="visually-hidden">{open}</span>
                    </ui::Button>
                </div>
            </ui::TableCell>
        </ui::TableRow>
    }
}

#[component]
pub fn Devices(found: OrganizationDetail) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    if found.devices.is_empty() {
        return view! {
            <ui::Card title=texts.devices><p class="muted">{texts.no_devices}</p></ui::Card>
        }
        .into_any();
    }
    let columns = vec![
        ui::Column::new(texts.column_person),
        ui::Column::new(texts.column_device),
        ui::Column::new(texts.column_address),
        ui::Column::new(texts.column_seen),
    ];
    let rows = found
        .devices
        .into_iter()
        .map(|device| view! { <Device device=device/> })
        .collect_view();
    view! {
        <ui::Card title=texts.devices flush=true>
            <ui::Table caption=texts.devices columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn Device(device: DeviceRow) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let at = device.last_seen;
    view! {
        <ui::TableRow>
            <ui::TableCell main=true>
                <ui::Link href=user_path(device.user) tone=ui::LinkTone::Quiet>{device.name}</ui::Link>
            </ui::TableCell>
            <ui::TableCell label=texts.column_device>{device.device}</ui::TableCell>
            <ui::TableCell label=texts.column_address>{device.address}</ui::TableCell>
            <ui::TableCell label=texts.column_seen>
                <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/>
            </ui::TableCell>
        </ui::TableRow>
    }
}
