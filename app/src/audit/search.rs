//! The form that filters: a GET, so that what it finds has an address.

use contract::audit::{AuditPerson, AuditQuery};
use domain::audit::{Action, Chain};
use leptos::prelude::*;

use crate::messages;

#[component]
pub fn Search(
    /// The page without a query.
    #[prop(into)]
    base: String,
    query: AuditQuery,
    /// Whom to choose from; nobody where all entries are one person's.
    people: Vec<AuditPerson>,
    /// What can be in this log, see [`kinds`].
    kinds: Vec<ui::SelectOption>,
) -> impl IntoView {
    let texts = &messages::current().audit;
    let who = (!people.is_empty()).then(|| {
        let mut options = vec![ui::SelectOption::new("", texts.anybody)];
        options.extend(
            people
                .iter()
                .map(|person| ui::SelectOption::new(person.id.to_string(), person.name.clone())),
        );
        let asked = query.who.filter(|who| people.iter().all(|person| person.id != *who));
        // Somebody whose account is gone can be asked for by a link.
        options.extend(asked.map(|who| ui::SelectOption::new(who.to_string(), texts.gone)));
        let selected = query.who.map(|who| who.to_string()).unwrap_or_default();
        view! { <ui::Select name="who" label=texts.who options=options selected=selected/> }
    });
    let clear = query.filters().then(|| {
        view! { <ui::Button href=base.clone() variant=ui::ButtonVariant::Quiet>{texts.clear}</ui::Button> }
    });
    view! {
        <form class="toolbar audit-filters" method="get" action=base role="search">
            <ui::TextInput
                name="search"
                kind=ui::InputKind::Search
                label=texts.search
                placeholder=texts.search_placeholder
                value=query.search
                autocomplete="off"
                max_length=100
            />
            {who}
            <ui::Select name="what" label=texts.what options=kinds selected=query.what/>
            <ui::TextInput name="from" kind=ui::InputKind::Date label=texts.from value=query.from/>
            <ui::TextInput name="to" kind=ui::InputKind::Date label=texts.to value=query.to/>
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
            {clear}
        </form>
    }
}

/// Every subject of what is recorded in these chains, and under each what can happen to it.
pub fn kinds(chains: impl Fn(Chain) -> bool) -> Vec<ui::SelectOption> {
    let texts = &messages::current().audit;
    let mut options = vec![ui::SelectOption::new("", texts.anything)];
    let actions: Vec<_> = Action::ALL
        .iter()
        .copied()
        .filter(|action| chains(action.chain()))
        .collect();
    let mut subjects: Vec<&str> = Vec::new();
    for action in &actions {
        if !subjects.contains(&action.subject()) {
            subjects.push(action.subject());
        }
    }
    for subject in subjects {
        let name = (texts.subject)(subject).map_or_else(|| subject.to_owned(), str::to_owned);
        options.push(ui::SelectOption::new(subject, (texts.all_of)(&name)));
        for &action in actions.iter().filter(|action| action.subject() == subject) {
            let label = format!("{name} · {}", (texts.action)(action));
            options.push(ui::SelectOption::new(action.key(), label));
        }
    }
    options
}
