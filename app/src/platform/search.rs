//! The form above a long list: words, and what else narrows it. A GET, so that what it finds has an address.

use contract::ids::TenantId;
use leptos::prelude::*;

use crate::messages;

/// Its children are the other choices.
#[component]
pub fn Search(
    /// Where the list is.
    path: &'static str,
    placeholder: &'static str,
    /// What was searched for.
    search: String,
    /// Whether anything is asked for that could be cleared.
    narrowed: bool,
    /// The organization that the list is of, which stays when something else is searched for.
    #[prop(optional_no_strip)]
    tenant: Option<TenantId>,
    #[prop(default = "toolbar")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let texts = &messages::current().customers;
    let tenant = tenant.map(|tenant| view! { <input type="hidden" name="tenant" value=tenant.to_string()/> });
    let clear = narrowed.then(|| {
        view! { <ui::Button href=path variant=ui::ButtonVariant::Quiet>{texts.clear}</ui::Button> }
    });
    view! {
        <form class=class method="get" action=path role="search">
            <ui::TextInput
                name="search"
                kind=ui::InputKind::Search
                label=texts.search
                placeholder=placeholder
                value=search
                autocomplete="off"
                max_length=100
            />
            {children()}
            {tenant}
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
            {clear}
        </form>
    }
}
