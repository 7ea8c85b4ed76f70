//! A coloured dot with its meaning beside it.

use crate::{Text, Tone};
use leptos::prelude::*;

/// A dot and a word.
#[component]
pub fn StatusDot(
    /// What it means.
    tone: Tone,
    /// The word; always there, because colour alone says nothing to some.
    #[prop(into)]
    label: Text,
    /// Keeps the word for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    view! {
        <span class=format!("status-dot tone-{}", tone.name())>
            <span class="dot" aria-hidden="true"></span>
            <span class:visually-hidden=label_hidden>{label}</span>
        </span>
    }
}
