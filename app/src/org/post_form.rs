//! A form of one press: what it needs is hidden in it, the button is its child.

use leptos::prelude::*;

#[component]
pub fn PostForm(
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    #[prop(optional, into)] class: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <form method="post" action=action class=class data-pending="">
            <HiddenFields fields=fields/>
            {children()}
        </form>
    }
}

#[component]
pub fn HiddenFields(fields: Vec<(&'static str, String)>) -> impl IntoView {
    fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}
