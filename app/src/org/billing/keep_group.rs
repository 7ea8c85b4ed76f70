//! What can be chosen to stay in use, of one kind: boxes to tick, those that stay by themselves ticked at first.

use contract::{
    billing::{KeepChoices, KeepList},
    error::Limit,
};
use leptos::prelude::*;

use crate::{form::FormState, messages};

/// The fields of a form that [`super::input::kept`] reads.
pub fn groups(choices: KeepChoices, form: &FormState) -> AnyView {
    let projects = choices
        .projects
        .map(|list| group(Limit::Projects, "projects[]", list, form));
    let members = choices
        .members
        .map(|list| group(Limit::Members, "people[]", list, form));
    let guests = choices.guests.map(|list| group(Limit::Guests, "people[]", list, form));
    view! { {projects} {members} {guests} }.into_any()
}

pub fn is_empty(choices: &KeepChoices) -> bool {
    choices.projects.is_none() && choices.members.is_none() && choices.guests.is_none()
}

fn group<Id: std::fmt::Display>(limit: Limit, field: &'static str, list: KeepList<Id>, form: &FormState) -> AnyView {
    let texts = &messages::current().purchase.keep;
    let in_use = u32::try_from(list.choices.iter().filter(|choice| choice.in_use).count()).unwrap_or(u32::MAX);
    let boxes = list
        .choices
        .into_iter()
        .map(|choice| {
            let id = choice.id.to_string();
            let ticked = if form.failed() {
                form.values(field).any(|value| value == id)
            } else {
                choice.stays
            };
            let name = choice.name.unwrap_or_else(|| texts.unseen.to_owned());
            let note = match (choice.fixed, choice.in_use) {
                (true, _) => Some(texts.always),
                (false, false) => Some(texts.paused),
                (false, true) => None,
            };
            let badge = note.map(|note| view! { <ui::Badge>{note}</ui::Badge> });
            view! {
                <li>
                    <ui::Checkbox
                        name=field
                        value=id.clone()
                        id=id
                        checked=ticked || choice.fixed
                        disabled=choice.fixed
                    >
                        {name} " " {badge}
                    </ui::Checkbox>
                </li>
            }
        })
        .collect_view();
    let refused = form
        .field_error(KeepChoices::field(limit))
        .map(|error| view! { <p class="field-error">{error}</p> });
    let counts = (texts.counts)(in_use, list.allowed);
    view! {
        <ui::Card>
            <fieldset class="keep-group">
                <legend>{(texts.kind)(limit)}</legend>
                <p class="small muted">{counts}</p>
                {refused}
                <ul class="keep-list">{boxes}</ul>
            </fieldset>
        </ui::Card>
    }
    .into_any()
}
