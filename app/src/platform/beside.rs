//! The pages beside a page of a long list: the one behind it, and the way back to the newest.

use leptos::prelude::*;

use crate::messages;

/// Nothing, when all of it is on one page.
#[component]
pub fn Beside(newest: Option<String>, older: Option<String>) -> impl IntoView {
    let texts = &messages::current().customers;
    if newest.is_none() && older.is_none() {
        return ().into_any();
    }
    let step = |href: Option<String>, text: &'static str, icon| {
        href.map(|href| {
            view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary size=ui::ButtonSize::Small icon=icon>{text}</ui::Button> }
        })
    };
    view! {
        <nav class="row" aria-label=texts.pages>
            {step(newest, texts.newest, ui::IconName::ChevronLeft)} {step(older, texts.older, ui::IconName::ChevronRight)}
        </nav>
    }
    .into_any()
}
