//! A side sheet: details beside the page they belong to.

use crate::{MaybeText, Text, dialog::panel};
use leptos::prelude::*;

/// A drawer at the end side of the window; opened and closed like a [`crate::Dialog`].
#[component]
pub fn Drawer(
    /// Its id, for `opens`.
    #[prop(into)]
    id: Text,
    /// What it shows.
    #[prop(into)]
    title: Text,
    /// The name of its close button.
    #[prop(into)]
    close_label: Text,
    /// What it holds.
    children: Children,
    /// One sentence below the title.
    #[prop(optional, into)]
    description: MaybeText,
    /// Buttons below a line.
    #[prop(optional)]
    footer: Option<AnyView>,
) -> impl IntoView {
    panel("dialog drawer", id, title, close_label, description, children(), footer)
}
