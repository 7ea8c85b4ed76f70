//! The form of a role: what it is called, what it is for, what it may do.

use contract::{Error, iam::PermissionSet};
use leptos::prelude::*;

use super::grid::{self, PermissionFields};
use crate::{form::FormState, messages};

/// What the form starts with.
pub struct Start {
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
}

/// Errors that lead to a field of the form; what is wrong with the role itself leads nowhere.
pub fn errors(form: &FormState) -> Vec<ui::FieldError> {
    if form.error() == Some(&Error::Conflict) {
        return vec![ui::FieldError::new("", messages::current().roles.changed_meanwhile)];
    }
    form.summary()
        .into_iter()
        .map(|error| match error.field.as_ref() {
            "name" | "description" | "permissions" | "target" => error,
            _ => ui::FieldError::new("", error.message),
        })
        .collect()
}

#[component]
pub fn RoleFields(form: FormState, start: Start, own: PermissionSet) -> impl IntoView {
    let texts = &messages::current().roles;
    // What somebody else has saved meanwhile is shown instead of what was typed.
    let typed = |field: &str, start: &str| {
        if form.error() == Some(&Error::Conflict) {
            start.to_owned()
        } else {
            form.value_or(field, start)
        }
    };
    view! {
        <ui::FormErrorSummary title=messages::current().errors.summary_title errors=errors(&form)/>
        <div class="form-row role-names">
            <ui::TextInput
                name="name"
                label=texts.name
                hint=texts.name_hint
                value=typed("name", &start.name)
                error=form.field_error("name")
                autocomplete="off"
                max_length=60
                required=true
            />
            <ui::TextInput
                name="description"
                label=texts.about
                note=messages::current().frame.optional
                hint=texts.about_hint
                value=typed("description", &start.description)
                error=form.field_error("description")
                autocomplete="off"
                max_length=200
            />
        </div>
        <PermissionFields
            chosen=grid::chosen(&form, start.permissions)
            own=own
            error=form.field_error("permissions")
        />
    }
}
