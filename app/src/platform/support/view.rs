//! What the lists and the pages of support sessions have in common, on both sides.

use contract::support::{SupportRow, SupportScope, SupportState};
use leptos::prelude::*;

use crate::{messages, platform::visits::view::Mode};

/// The parts, by name.
pub fn areas(scope: &SupportScope) -> String {
    let name = messages::current().support.area;
    let names: Vec<_> = scope.areas().iter().map(|area| name(*area).0).collect();
    names.join(", ")
}

/// How far it has come, and who ended it.
pub fn state_words(session: &SupportRow) -> String {
    let texts = &messages::current().support;
    let state = (texts.state)(session.state);
    match &session.ended_by {
        Some(name) => (texts.ended_by)(state, name),
        None => state.to_owned(),
    }
}

const fn tone(state: SupportState) -> ui::Tone {
    match state {
        SupportState::Requested => ui::Tone::Info,
        SupportState::Approved | SupportState::AutoApproved => ui::Tone::Success,
        SupportState::HandoffPending | SupportState::Active => ui::Tone::Warning,
        SupportState::Denied
        | SupportState::Lapsed
        | SupportState::EndedBySupport
        | SupportState::EndedByCustomer
        | SupportState::Expired
        | SupportState::Revoked => ui::Tone::Neutral,
    }
}

#[component]
pub fn State(session: SupportRow) -> impl IntoView {
    view! { <ui::Badge tone=tone(session.state)>{state_words(&session)}</ui::Badge> }
}

/// Who let them in.
fn host(session: &SupportRow) -> String {
    let texts = &messages::current().support;
    match &session.host_name {
        None => texts.nobody_answered.to_owned(),
        Some(name) if session.by_policy => (texts.by_policy)(name),
        Some(name) if session.offered => (texts.offered_by)(name),
        Some(name) => name.clone(),
    }
}

/// All that is known of a session.
#[component]
pub fn Facts(session: SupportRow) -> impl IntoView {
    let texts = &messages::current().support;
    let fact = |label: &'static str, value: String| {
        view! { <ui::KeyValue label=label>{value}</ui::KeyValue> }
    };
    let operator = session
        .operator_name
        .clone()
        .unwrap_or_else(|| texts.nobody_yet.to_owned());
    let entered = session
        .entered
        .clone()
        .map_or_else(|| texts.never_entered.to_owned(), |at| at.text);
    let expires = session.expires.clone().map(|at| fact(texts.expires, at.text));
    let ended = session.ended.clone().map(|at| fact(texts.ended, at.text));
    let (mode, host, scope) = (session.scope.mode(), host(&session), areas(&session.scope));
    let length = (texts.hours)(session.hours);
    let ticket = session.ticket.clone().unwrap_or_else(|| texts.no_ticket.to_owned());
    let (organization, reason) = (session.organization.clone(), session.reason.clone());
    let created = session.created.text.clone();
    view! {
        <ui::Card>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.column_state><State session=session/></ui::KeyValue>
                {fact(texts.operator, operator)}
                {fact(texts.organization, organization)}
                {fact(texts.host, host)}
                {fact(texts.areas, scope)}
                <ui::KeyValue label=texts.mode><Mode mode=mode/></ui::KeyValue>
                {fact(texts.length, length)}
                {fact(texts.reason, reason)}
                {fact(texts.ticket, ticket)}
                {fact(texts.created, created)}
                {expires}
                {fact(texts.entered, entered)}
                {ended}
            </ui::KeyValueList>
        </ui::Card>
    }
}
