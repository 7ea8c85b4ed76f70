//! A few words that explain something, under the pointer or the focus.

use crate::Text;
use leptos::prelude::*;

/// Explains its children. Never the only place a thing is said.
#[component]
pub fn Tooltip(
    /// The id of the explanation, unique on the page.
    #[prop(into)]
    id: Text,
    /// The explanation.
    #[prop(into)]
    text: Text,
    /// What is explained; words, not a control (an icon button explains itself).
    children: Children,
) -> impl IntoView {
    view! {
        <span class="tooltip tooltip-words" tabindex="0" aria-describedby=id>
            {children()}
            <span class="tooltip-text" role="tooltip" id=id.clone()>
                {text}
            </span>
        </span>
    }
}
