//! The form that filters the log of everything: a GET, so that what it finds has an address.

use contract::platform_audit::{AuditOrigin, PlatformAuditQuery};
use leptos::prelude::*;

use super::query::{self, BASE};
use crate::{audit, messages};

#[component]
pub fn Search(query: PlatformAuditQuery) -> impl IntoView {
    let texts = &messages::current().audit;
    let own = &messages::current().platform_audit;
    let clear = query::filters(&query)
        .then(|| view! { <ui::Button href=BASE variant=ui::ButtonVariant::Quiet>{texts.clear}</ui::Button> });
    let origins = std::iter::once(ui::SelectOption::new("", own.any_origin))
        .chain(
            AuditOrigin::ALL
                .iter()
                .map(|&origin| ui::SelectOption::new(origin.key(), (own.origin)(origin))),
        )
        .collect::<Vec<_>>();
    view! {
        <form class="toolbar audit-filters" method="get" action=BASE role="search">
            <ui::TextInput
                name="organization"
                label=own.organization
                placeholder=own.organization_placeholder
                value=query.organization
                autocomplete="off"
                max_length=254
            />
            <ui::TextInput
                name="person"
                label=own.person
                placeholder=own.person_placeholder
                value=query.person
                autocomplete="off"
                max_length=254
            />
            <ui::Select name="origin" label=own.how options=origins selected=query.origin/>
            <ui::Select name="what" label=texts.what options=audit::kinds(|_| true) selected=query.log.what/>
            <ui::TextInput name="from" kind=ui::InputKind::Date label=texts.from value=query.log.from/>
            <ui::TextInput name="to" kind=ui::InputKind::Date label=texts.to value=query.log.to/>
            <ui::TextInput
                name="search"
                kind=ui::InputKind::Search
                label=texts.search
                placeholder=texts.search_placeholder
                value=query.log.search
                autocomplete="off"
                max_length=100
            />
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
            {clear}
        </form>
    }
}
