//! A yes or no that waits for its form to be sent.

use crate::{
    MaybeText, Text,
    field::{self, error_line},
};
use leptos::prelude::*;

/// A labelled checkbox.
#[component]
pub fn Checkbox(
    /// The name it is sent under.
    #[prop(into)]
    name: Text,
    /// What saying yes means. Markup is welcome: links to terms, for example.
    children: Children,
    /// What is sent when it is ticked.
    #[prop(optional, into)]
    value: MaybeText,
    /// Its id; the name when absent.
    #[prop(optional, into)]
    id: MaybeText,
    /// What follows from it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Ticked at first.
    #[prop(optional)]
    checked: bool,
    /// Must be ticked.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now and is not sent.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described_by = field::described_by(&id, hint.is_some(), error.is_some());
    let invalid = field::invalid(error.is_some());
    let error = error_line(&id, error);
    let hint = hint
        .0
        .map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> });
    view! {
        <div class="choice">
            <input
                class="checkbox"
                type="checkbox"
                id=id.clone()
                name=name
                value=value.0.unwrap_or("true".into())
                checked=checked
                required=required
                disabled=disabled
                aria-invalid=invalid
                aria-describedby=described_by
            />
            <label class="choice-label" for=id>
                {children()}
            </label>
            {error}
            {hint}
        </div>
    }
}
