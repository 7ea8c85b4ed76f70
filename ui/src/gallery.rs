//! Every component in every state, for those who build pages with them.

use leptos::prelude::*;

/// The gallery.
#[component]
pub fn Gallery() -> impl IntoView {
    view! { <h1>"Components"</h1> }
}
