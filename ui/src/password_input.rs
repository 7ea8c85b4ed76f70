//! A password, which one may look at while typing it.

use crate::{
    Icon, IconName, MaybeText, Text,
    browser::{attribute, awake, find, find_input, listen, set},
    field::{self, FieldTexts},
};
use leptos::prelude::*;
use web_sys::Element;

/// A labelled password. Password managers find it by `autocomplete`.
#[component]
pub fn PasswordInput(
    /// The name it is sent under.
    #[prop(into)]
    name: Text,
    /// What is asked for.
    #[prop(into)]
    label: Text,
    /// "Show password".
    #[prop(into)]
    show_label: Text,
    /// "Hide password".
    #[prop(into)]
    hide_label: Text,
    /// Its id; the name when absent.
    #[prop(optional, into)]
    id: MaybeText,
    /// `current-password` to sign in, `new-password` to choose one.
    #[prop(default = "current-password".into(), into)]
    autocomplete: Text,
    /// How to answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Fewest characters.
    #[prop(optional)]
    min_length: Option<u16>,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// A [`crate::PasswordStrength`], shown below the field.
    #[prop(optional)]
    strength: Option<AnyView>,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described_by = field::described_by(&id, hint.is_some(), error.is_some());
    let (control_id, controls) = (id.clone(), id.clone());
    let invalid = field::invalid(error.is_some());
    let control = view! {
        <RevealPassword>
            <input
                class="input"
                type="password"
                id=control_id
                name=name
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                minlength=min_length
                required=true
                autofocus=autofocus
                aria-invalid=invalid
                aria-describedby=described_by
            />
            <button class="password-reveal" type="button" aria-controls=controls aria-label=show_label.clone() data-show=show_label data-hide=hide_label>
                <Icon name=IconName::Eye />
                <Icon name=IconName::EyeOff />
            </button>
        </RevealPassword>
        {strength}
    }
    .into_any();
    field::frame(
        FieldTexts {
            id,
            label,
            label_hidden: false,
            note: MaybeText(None),
            hint,
            error,
        },
        control,
    )
}

#[island]
fn RevealPassword(children: Children) -> impl IntoView {
    view! {
        <div class="password-input" use:reveal_password>
            {children()}
        </div>
    }
}

fn reveal_password(root: Element) {
    let (Some(input), Some(button)) = (find_input(&root, "input"), find(&root, "button")) else {
        return;
    };
    awake(&root);
    listen(
        &button.clone(),
        "click",
        Box::new(move |_| {
            let shown = input.type_() == "text";
            input.set_type(if shown { "password" } else { "text" });
            _ = root.toggle_attribute_with_force("data-shown", !shown);
            set(
                &button,
                "aria-label",
                &attribute(&button, if shown { "data-show" } else { "data-hide" }),
            );
            _ = input.focus();
        }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn it_starts_hidden_and_helps_password_managers() {
        let html = render(|| {
            view! { <PasswordInput name="password" label="Password" show_label="Show password" hide_label="Hide password" autocomplete="new-password" /> }
        });
        assert!(
            html.contains(r#"type="password""#) && html.contains(r#"autocomplete="new-password""#),
            "{html}"
        );
        assert!(
            html.contains(r#"aria-controls="password""#) && html.contains(r#"aria-label="Show password""#),
            "{html}"
        );
        assert!(
            html.contains("<leptos-island") && html.contains("<leptos-children>"),
            "{html}"
        );
        assert!(!html.contains("data-props"), "the island carries no props: {html}");
    }
}
