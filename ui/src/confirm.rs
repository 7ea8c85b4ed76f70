//! The brake before a destructive act: type its name.

use crate::{Button, ButtonVariant, IconName, InputKind, MaybeText, Text, TextInput};
use leptos::prelude::*;

/// A `pattern` that only this text matches, in these letters or in any case.
fn exactly(text: &str, any_case: bool) -> String {
    let mut pattern = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if any_case && letter.is_ascii_alphabetic() {
            pattern.extend(['[', letter.to_ascii_lowercase(), letter.to_ascii_uppercase(), ']']);
            continue;
        }
        if r"^$\.*+?()[]{}|/".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// A field that takes only the name of what is destroyed, and the button that does it. With an `action` it is a whole
/// form; without one it is the content of the form around it. The browser refuses another name; the server must too.
#[component]
pub fn Confirm(
    /// The name to type.
    #[prop(into)]
    expected: Text,
    /// Such as "Type north-pier to confirm".
    #[prop(into)]
    label: Text,
    /// What the button says, such as "Delete organization".
    #[prop(into)]
    button: Text,
    /// Takes small letters for capitals, as where the name is an address.
    #[prop(optional)]
    any_case: bool,
    /// The name the typed text is sent under.
    #[prop(default = "confirm".into(), into)]
    name: Text,
    /// Where to send it.
    #[prop(optional, into)]
    action: MaybeText,
    /// What follows and what cannot be undone.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Hidden inputs or further fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let content = view! {
        {children.map(|children| children())}
        <TextInput name=name label=label kind=InputKind::Text hint=hint error=error autocomplete="off" pattern=exactly(&expected, any_case) required=true />
        <div class="form-actions">
            <Button variant=ButtonVariant::Danger icon=IconName::Trash>
                {button}
            </Button>
        </div>
    };
    match action.0 {
        Some(action) => view! {
            <form class="confirm form" method="post" action=action data-pending="">
                {content}
            </form>
        }
        .into_any(),
        None => view! { <div class="confirm form">{content}</div> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn the_pattern_matches_the_name_literally() {
        assert_eq!(exactly("north-pier", false), "north-pier");
        assert_eq!(exactly("A.C. (test)", false), r"A\.C\. \(test\)");
        assert_eq!(exactly("a@b.io", true), r"[aA]@[bB]\.[iI][oO]");
    }

    #[test]
    fn it_refuses_an_empty_or_other_name_before_sending() {
        let html = render(
            || view! { <Confirm expected="north-pier" label="Type north-pier" button="Delete" action="/delete" /> },
        );
        assert!(
            html.contains(r#"pattern="north-pier""#) && html.contains(" required"),
            "{html}"
        );
        assert!(
            html.contains(r#"method="post""#) && html.contains(r#"action="/delete""#),
            "{html}"
        );
    }
}
