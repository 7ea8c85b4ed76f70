//! The frame of every form control: label, hint and error, tied to the control for assistive technology.
//!
//! The ids follow one rule, so that hand-made controls can join in: the control is `{id}`, its hint `{id}-hint`, its
//! error `{id}-error`.

use crate::{Icon, IconName, IconSize, MaybeText, Text};
use leptos::prelude::*;

/// The value of `aria-describedby` for a control with this id: its error first, then its hint.
pub fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (error, hint) {
        (true, true) => Some(format!("{id}-error {id}-hint")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

/// `aria-invalid` for a control: present only when there is an error.
pub const fn invalid(error: bool) -> Option<&'static str> {
    if error { Some("true") } else { None }
}

/// The texts around one control.
pub(crate) struct FieldTexts {
    pub id: Text,
    pub label: Text,
    pub label_hidden: bool,
    pub note: MaybeText,
    pub hint: MaybeText,
    pub error: MaybeText,
}

/// Puts label, control, hint and error in order. Not generic, so that each input adds only its own control.
pub(crate) fn frame(texts: FieldTexts, control: AnyView) -> AnyView {
    let FieldTexts {
        id,
        label,
        label_hidden,
        note,
        hint,
        error,
    } = texts;
    let label_class = if label_hidden { "visually-hidden" } else { "field-label" };
    let hint = hint
        .0
        .map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> });
    let error = error_line(&id, error);
    let note = note.0.map(|note| view! { <span class="field-note">{note}</span> });
    view! {
        <div class="field">
            <label class=label_class for=id>
                {label}
                {note}
            </label>
            {control}
            {error}
            {hint}
        </div>
    }
    .into_any()
}

/// The error below a control, as `aria-describedby` expects it.
pub(crate) fn error_line(id: &str, error: MaybeText) -> Option<AnyView> {
    error.0.map(|error| {
        view! {
            <p class="field-error" id=format!("{id}-error")>
                <Icon name=IconName::Danger size=IconSize::Small />
                <span>{error}</span>
            </p>
        }
        .into_any()
    })
}

/// Label, hint and error around a control of your own. The control must carry `id`, and [`described_by`] and
/// [`invalid`] where they apply.
#[component]
pub fn Field(
    /// The id of the control inside.
    #[prop(into)]
    id: Text,
    /// What is asked for.
    #[prop(into)]
    label: Text,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// A word beside the label, such as "Optional".
    #[prop(optional, into)]
    note: MaybeText,
    /// How to answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// The control.
    children: Children,
) -> impl IntoView {
    frame(
        FieldTexts {
            id,
            label,
            label_hidden,
            note,
            hint,
            error,
        },
        children(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_read_before_the_hint() {
        assert_eq!(
            described_by("email", true, true).as_deref(),
            Some("email-error email-hint")
        );
        assert_eq!(described_by("email", true, false).as_deref(), Some("email-hint"));
        assert_eq!(described_by("email", false, false), None);
    }
}
