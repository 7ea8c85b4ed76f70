//! Copies a text to the clipboard. It shows only where it works: with JavaScript.

use crate::{
    Icon, IconName, Text,
    browser::{attribute, awake, find, listen, say},
};
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

/// A button that copies.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    value: Text,
    /// "Copy".
    #[prop(into)]
    label: Text,
    /// What it says afterwards: "Copied".
    #[prop(into)]
    copied_label: Text,
) -> impl IntoView {
    view! {
        <CopyOnClick>
            <button class="button button-secondary button-small copy-button" type="button" data-copy=value data-copied=copied_label>
                <Icon name=IconName::Copy />
                <span class="button-text" aria-live="polite">
                    {label}
                </span>
            </button>
        </CopyOnClick>
    }
}

#[island]
fn CopyOnClick(children: Children) -> impl IntoView {
    view! {
        <span class="copy" use:copy_on_click>
            {children()}
        </span>
    }
}

fn copy_on_click(root: Element) {
    awake(&root);
    let Some(button) = find(&root, "button") else { return };
    let words = find(&root, ".button-text");
    listen(
        &button.clone(),
        "click",
        Box::new(move |_| {
            let (button, words) = (button.clone(), words.clone());
            spawn_local(async move {
                let Some(window) = web_sys::window() else { return };
                let copied = window
                    .navigator()
                    .clipboard()
                    .write_text(&attribute(&button, "data-copy"));
                if JsFuture::from(copied).await.is_ok() {
                    say(words.as_ref(), &attribute(&button, "data-copied"));
                }
            });
        }),
    );
}
