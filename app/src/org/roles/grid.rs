//! What a role may do, as a grid: to tick, or to read.

use contract::{
    Error,
    iam::{NOT_FOR_GUESTS, Permission, PermissionSet},
};
use leptos::prelude::*;

use super::places::{self, Resource, Verb};
use crate::{form::FormState, messages};

/// The id of the checkbox for a permission.
fn control(permission: Permission) -> String {
    format!("permission-{}", permission.key().replace('.', "-"))
}

/// What is ticked: what was sent, when the form came back, and otherwise what it starts with.
pub fn chosen(form: &FormState, start: PermissionSet) -> PermissionSet {
    // What somebody else has saved meanwhile is shown as it is now.
    if !form.failed() || form.value("name").is_none() || form.error() == Some(&Error::Conflict) {
        return start;
    }
    form.values("permissions[]").filter_map(Permission::from_key).collect()
}

/// The checkboxes. What is beyond one's own rights cannot be ticked.
#[component]
pub fn PermissionFields(chosen: PermissionSet, own: PermissionSet, error: Option<String>) -> impl IntoView {
    let texts = &messages::current().roles;
    let invalid = error.is_some().then_some("permissions-error");
    let error = error.map(|error| view! { <p class="field-error" id="permissions-error">{error}</p> });
    let cell = move |permission: Permission| {
        let beyond = !own.contains(permission);
        let hint = beyond.then_some(texts.beyond_own);
        view! {
            <ui::Checkbox
                name="permissions[]"
                value=permission.key()
                id=control(permission)
                checked=chosen.contains(permission) && !beyond
                disabled=beyond
                hint=hint
            >
                {(texts.permission)(permission).name}
            </ui::Checkbox>
        }
        .into_any()
    };
    view! {
        <fieldset class="permission-fields" id="permissions" tabindex="-1" aria-describedby=invalid>
            <legend class="field-label">{texts.rights}</legend>
            <p class="field-hint">{texts.rights_hint}</p>
            {error}
            <Grid cell=cell/>
        </fieldset>
        <Meanings/>
    }
}

/// The same for who only reads.
#[component]
pub fn PermissionList(granted: PermissionSet) -> impl IntoView {
    let texts = &messages::current().roles;
    let cell = move |permission: Permission| {
        let name = (texts.permission)(permission).name;
        if granted.contains(permission) {
            view! { <p class="permission"><ui::Icon name=ui::IconName::Check/><span>{name}</span></p> }.into_any()
        } else {
            view! {
                <p class="permission permission-absent">
                    <ui::Icon name=ui::IconName::Minus/>
                    <span>{name} <span class="visually-hidden">" " {texts.not_included}</span></span>
                </p>
            }
            .into_any()
        }
    };
    view! {
        <Grid cell=cell/>
        <Meanings/>
    }
}

#[component]
fn Grid(cell: impl Fn(Permission) -> AnyView + Send + 'static) -> impl IntoView {
    let texts = &messages::current().roles;
    let columns = Verb::ALL
        .iter()
        .map(|&verb| view! { <th scope="col">{(texts.verb)(verb)}</th> })
        .collect_view();
    let rows = Resource::ALL
        .iter()
        .map(|&resource| {
            let cells = Verb::ALL
                .iter()
                .map(|&verb| view! { <td>{places::at(resource, verb).map(&cell)}</td> })
                .collect_view();
            view! { <tr><th scope="row">{(texts.resource)(resource)}</th> {cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="permission-grid">
            <caption class="visually-hidden">{texts.rights}</caption>
            <thead><tr><th scope="col">{texts.column_resource}</th> {columns}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// A sentence for each, folded away.
#[component]
fn Meanings() -> impl IntoView {
    let texts = &messages::current().roles;
    let meanings = Resource::ALL
        .iter()
        .flat_map(|&resource| places::of(resource))
        .map(|permission| {
            let text = (texts.permission)(permission);
            let not_for_guests = NOT_FOR_GUESTS
                .contains(&permission)
                .then(|| view! { " " <ui::Badge>{texts.not_for_guests}</ui::Badge> });
            view! { <ui::KeyValue label=text.name>{text.meaning} {not_for_guests}</ui::KeyValue> }
        })
        .collect_view();
    view! {
        <details class="permission-meanings">
            <summary>{texts.meanings}</summary>
            <p class="muted">{texts.guests_note}</p>
            <ui::KeyValueList>{meanings}</ui::KeyValueList>
        </details>
    }
}

/// What guests who have this role do not get of it, in words.
pub fn kept_from_guests(granted: PermissionSet) -> Option<String> {
    let texts = &messages::current().roles;
    let names: Vec<&str> = granted
        .iter()
        .filter(|permission| NOT_FOR_GUESTS.contains(permission))
        .map(|permission| (texts.permission)(permission).name)
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}
