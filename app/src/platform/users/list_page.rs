//! `/platform/users`: all accounts. What it shows is in its URL.

use contract::{
    customers::{AccountStatus, PersonList, PersonQuery, PersonRow},
    staff::StaffRight,
};
use leptos::prelude::*;

use super::{
    list_users::list_users,
    view::{LIST, list_path, query, user_path},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::beside::Beside,
};

#[component]
pub fn UsersPage() -> impl IntoView {
    platform_page(Section::Users, StaffRight::UsersRead, |_| async {
        let texts = &messages::current().customers.users;
        let query = query();
        let list = list_users(query.clone()).await?;
        let found = if list.rows.is_empty() {
            view! { <Nothing/> }.into_any()
        } else {
            view! { <Found query=query.clone() list=list/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Search query=query/>
            {found}
        }
        .into_any())
    })
}

#[component]
fn Search(query: PersonQuery) -> impl IntoView {
    let customers = &messages::current().customers;
    let texts = &customers.users;
    let statuses = std::iter::once(ui::SelectOption::new("", customers.any))
        .chain(
            AccountStatus::ALL
                .iter()
                .map(|&status| ui::SelectOption::new(status.key(), (texts.status)(status))),
        )
        .collect::<Vec<_>>();
    view! {
        <form class="toolbar customers-filters" method="get" action=LIST role="search">
            <ui::TextInput
                name="search"
                kind=ui::InputKind::Search
                label=customers.search
                placeholder=texts.search_placeholder
                value=query.search
                autocomplete="off"
                max_length=100
            />
            <ui::Select
                name="status"
                label=texts.column_status
                options=statuses
                selected=query.status.map(AccountStatus::key).unwrap_or_default()
            />
            <ui::Button variant=ui::ButtonVariant::Secondary>{customers.apply}</ui::Button>
        </form>
    }
}

#[component]
fn Found(query: PersonQuery, list: PersonList) -> impl IntoView {
    let texts = &messages::current().customers.users;
    let columns = vec![
        ui::Column::new(texts.column_name),
        ui::Column::new(texts.column_status),
        ui::Column::figures(texts.organizations),
        ui::Column::new(texts.column_since),
    ];
    let older = list.older.map(|older| {
        list_path(&PersonQuery {
            before: Some(older),
            ..query.clone()
        })
    });
    let newest = query
        .before
        .is_some()
        .then(|| list_path(&PersonQuery { before: None, ..query }));
    let rows = list.rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
        <Beside newest=newest older=older/>
    }
}

#[component]
fn Row(row: PersonRow) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.users;
    let staff = row.staff.map(|role| {
        view! { <ui::Badge tone=ui::Tone::Accent>{(texts.staff_badge)((messages.platform.staff.role)(role))}</ui::Badge> }
    });
    let unverified =
        (!row.verified).then(|| view! { <ui::Badge tone=ui::Tone::Warning>{texts.not_verified}</ui::Badge> });
    view! {
        <ui::TableRow muted=row.status != AccountStatus::Active>
            <ui::TableCell main=true>
                <ui::Link href=user_path(row.id) tone=ui::LinkTone::Quiet>
                    <span class="list-title">{row.name}</span>
                </ui::Link>
                <p class="list-detail">{row.email}</p>
            </ui::TableCell>
            <ui::TableCell label=texts.column_status>
                <span class="row">
                    <ui::Badge tone=status_tone(row.status)>{(texts.status)(row.status)}</ui::Badge> {unverified} {staff}
                </span>
            </ui::TableCell>
            <ui::TableCell label=texts.organizations align=ui::Align::End>{row.organizations}</ui::TableCell>
            <ui::TableCell label=texts.column_since>
                <ui::DateTime instant=row.since.iso exact=row.since.text.clone() text=row.since.text/>
            </ui::TableCell>
        </ui::TableRow>
    }
}

/// The colour of a status.
pub fn status_tone(status: AccountStatus) -> ui::Tone {
    match status {
        AccountStatus::Active => ui::Tone::Success,
        AccountStatus::Suspended => ui::Tone::Danger,
        AccountStatus::Deactivated => ui::Tone::Neutral,
    }
}

/// There is always somebody: whoever looks. So it is the filter that leaves everybody out.
#[component]
fn Nothing() -> impl IntoView {
    let customers = &messages::current().customers;
    view! {
        <ui::EmptyState
            title=customers.no_match_title
            text=customers.users.no_match_text
            icon=ui::IconName::Search
        >
            <ui::Button href=LIST variant=ui::ButtonVariant::Secondary>{customers.clear}</ui::Button>
        </ui::EmptyState>
    }
}
