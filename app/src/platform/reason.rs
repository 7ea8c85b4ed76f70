//! Why somebody of the staff comes in, and the request it is about: the same for a visit and for a support session.

use leptos::prelude::*;

use crate::{form::FormState, messages};

#[component]
pub fn ReasonFields(
    form: FormState,
    /// Who reads the reason.
    hint: &'static str,
) -> impl IntoView {
    let texts = &messages::current().support;
    view! {
        <ui::TextInput
            name="reason"
            label=texts.reason
            hint=hint
            value=form.value_or("reason", "")
            error=form.field_error("reason")
            autocomplete="off"
            max_length=500
            required=true
        />
        <ui::TextInput
            name="ticket"
            label=texts.ticket
            hint=texts.fields.ticket_hint
            value=form.value_or("ticket", "")
            error=form.field_error("ticket")
            autocomplete="off"
            max_length=80
        />
    }
}
