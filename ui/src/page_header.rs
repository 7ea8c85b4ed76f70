//! The head of a page: what it is, one sentence, what to do.

use crate::{MaybeText, Text};
use leptos::prelude::*;

/// The page's `<h1>` with its actions.
#[component]
pub fn PageHeader(
    /// What the page is.
    #[prop(into)]
    title: Text,
    /// One sentence below.
    #[prop(optional, into)]
    description: MaybeText,
    /// A badge beside the title.
    #[prop(optional)]
    badge: Option<AnyView>,
    /// Buttons: at most one primary.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// A [`crate::Breadcrumb`] above.
    #[prop(optional)]
    breadcrumb: Option<AnyView>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            {breadcrumb}
            <div class="page-header-row">
                <div class="page-heading">
                    <h1 class="page-title">{title} {badge}</h1>
                    {description.0.map(|text| view! { <p class="page-description">{text}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="page-actions">{actions}</div> })}
            </div>
        </header>
    }
}
