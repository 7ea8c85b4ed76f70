//! Pages for developers, absent unless the developer's tools are on.

use leptos::prelude::*;

use crate::{page, session::settings};

/// Every component in every state.
#[component]
pub fn ComponentsPage() -> impl IntoView {
    if !settings().dev_tools {
        return page::failed(&contract::Error::NotFound);
    }
    view! {
        <page::PageTitle text="Components"/>
        <main class="gallery-page"><ui::gallery::Gallery/></main>
    }
    .into_any()
}
