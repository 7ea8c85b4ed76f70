//! The form that corrects the title and the window of an incident.

use contract::incident::IncidentDetails;
use leptos::{prelude::*, server_fn::ServerFn};

use super::correct_incident::CorrectIncident;
use crate::{form::FormState, messages, org::post_form::HiddenFields};

/// Filled with what stands, or with what was typed when it comes back. What was seen is always what is shown now: who is told
/// that somebody was faster looks at the page and sends it again.
#[component]
pub fn CorrectForm(details: IncidentDetails, zone: String) -> impl IntoView {
    let texts = &messages::current().incidents;
    let id = details.incident.id.to_string();
    let form = FormState::of_where::<CorrectIncident>("incident", &id);
    let start = details.form;
    // A beginning that is refused because it lies behind cannot be typed anew.
    let (starts, starts_hint) = if start.begun {
        (start.starts, texts.has_begun.to_owned())
    } else {
        (
            form.value_or("starts", &start.starts),
            (texts.correct_starts_hint)(&zone),
        )
    };
    view! {
        <ui::Card title=texts.correct_title description=texts.correct_text>
            <form class="form" method="post" action=CorrectIncident::PATH data-pending="">
                <ui::FormErrorSummary title=messages::current().errors.summary_title errors=form.summary()/>
                <HiddenFields fields=vec![("incident", id), ("seen", start.seen)]/>
                <ui::TextInput
                    name="title"
                    label=texts.name
                    hint=texts.name_hint
                    value=form.value_or("title", &details.incident.title)
                    error=form.field_error("title")
                    autocomplete="off"
                    max_length=120
                    required=true
                />
                <ui::TextInput
                    name="starts"
                    kind=ui::InputKind::DateAndTime
                    label=texts.starts
                    hint=starts_hint
                    value=starts
                    error=form.field_error("starts")
                    disabled=start.begun
                />
                <ui::TextInput
                    name="ends"
                    kind=ui::InputKind::DateAndTime
                    label=texts.ends
                    note=messages::current().frame.optional
                    hint=texts.ends_hint
                    value=form.value_or("ends", &start.ends)
                    error=form.field_error("ends")
                />
                <div class="form-actions"><ui::Button>{texts.correct}</ui::Button></div>
            </form>
        </ui::Card>
    }
}

/// Why a correction was refused that was sent when there was nothing to correct any more.
#[component]
pub fn TooLate(id: String) -> impl IntoView {
    let form = FormState::of_where::<CorrectIncident>("incident", &id);
    view! { <ui::FormErrorSummary title=messages::current().errors.summary_title errors=form.summary()/> }
}
