//! A setting that is on or off.

use crate::{MaybeText, Text, field};
use leptos::prelude::*;

/// A labelled switch. It is a checkbox underneath: without JavaScript its form is sent by a button like any other.
#[component]
pub fn Switch(
    /// The name it is sent under, with the value `true` when on.
    #[prop(into)]
    name: Text,
    /// What is switched.
    #[prop(into)]
    label: Text,
    /// Its id; the name when absent.
    #[prop(optional, into)]
    id: MaybeText,
    /// What follows from it.
    #[prop(optional, into)]
    hint: MaybeText,
    /// On at first.
    #[prop(optional)]
    checked: bool,
    /// Cannot be used now and is not sent.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described_by = field::described_by(&id, hint.is_some(), false);
    let hint = hint
        .0
        .map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> });
    view! {
        <div class="choice choice-switch">
            <input
                class="switch"
                type="checkbox"
                role="switch"
                id=id.clone()
                name=name
                value="true"
                checked=checked
                disabled=disabled
                aria-describedby=described_by
            />
            <label class="choice-label" for=id>
                {label}
            </label>
            {hint}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn it_is_a_switch_with_a_name_and_a_description() {
        let html =
            render(|| view! { <Switch name="digest" label="Weekly digest" hint="Sent on Mondays." checked=true /> });
        assert!(html.contains(r#"role="switch""#) && html.contains(" checked"), "{html}");
        assert!(
            html.contains(r#"for="digest" class="choice-label">Weekly digest"#),
            "{html}"
        );
        assert!(html.contains(r#"aria-describedby="digest-hint""#), "{html}");
    }
}
