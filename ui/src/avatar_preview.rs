//! The picture that a name will have, while it is typed. Without JavaScript it shows the name the page came with.

use crate::{
    Avatar, AvatarShape, Text,
    avatar::{hue, initials},
    browser::{attribute, document, find, listen, set},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Follows the input with this id. Nothing is shown as long as the name has no letter.
#[component]
pub fn AvatarPreview(
    /// The id of the input that holds the name.
    #[prop(into)]
    input: Text,
    /// The name now.
    #[prop(into)]
    name: Text,
    /// Person or organization.
    #[prop(optional)]
    shape: AvatarShape,
    /// What is shown.
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    let empty = initials(&name).is_empty();
    view! {
        <FollowName>
            <p class="avatar-preview row small muted" data-of=input hidden=empty>
                <Avatar name=name shape=shape />
                {label}
            </p>
        </FollowName>
    }
}

#[island]
fn FollowName(children: Children) -> impl IntoView {
    view! { <div class="avatar-follow" use:follow_name>{children()}</div> }
}

fn follow_name(root: Element) {
    let Some(preview) = find(&root, ".avatar-preview") else {
        return;
    };
    let (Some(picture), Some(input)) = (
        find(&preview, ".avatar"),
        document()
            .and_then(|page| page.get_element_by_id(&attribute(&preview, "data-of")))
            .and_then(|input| input.dyn_into::<HtmlInputElement>().ok()),
    ) else {
        return;
    };
    let typed = input.clone();
    let show = move || {
        let name = typed.value();
        let name = name.trim();
        let letters = initials(name);
        preview.set_hidden(letters.is_empty());
        picture.set_text_content(Some(&letters));
        let others = attribute(&picture, "class");
        let kept = others
            .split(' ')
            .filter(|class| !is_colour(class))
            .collect::<Vec<_>>()
            .join(" ");
        set(&picture, "class", &format!("{kept} avatar-{}", hue(name)));
    };
    show();
    listen(&input, "input", Box::new(move |_| show()));
}

fn is_colour(class: &str) -> bool {
    class
        .strip_prefix("avatar-")
        .is_some_and(|rest| rest.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn a_name_without_a_letter_has_no_picture_yet() {
        let html = render(|| view! { <AvatarPreview input="name" name="" label="In lists" /> });
        assert!(html.contains(" hidden"), "{html}");
        let html = render(|| view! { <AvatarPreview input="name" name="North Pier" label="In lists" /> });
        assert!(!html.contains(" hidden") && html.contains("NP"), "{html}");
    }

    #[test]
    fn only_the_colour_is_exchanged() {
        assert!(is_colour("avatar-3"));
        assert!(!is_colour("avatar-square") && !is_colour("avatar"));
    }
}
