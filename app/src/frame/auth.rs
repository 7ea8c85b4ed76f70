//! The frame of pages with one task: one card, the brand, the way on.

use contract::maintenance::Surface;
use leptos::prelude::*;

use super::{board, notice::Notices};
use crate::{messages, page::PageTitle};

#[component]
pub fn AuthPage(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: ui::MaybeText,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let texts = &messages::current().frame;
    view! {
        <PageTitle text=title.clone()/>
        <ui::AuthFrame
            skip_label=texts.skip
            brand=texts.product
            title=title
            description=description
            wide=wide
            banners=board::for_visitors(Surface::Account).into_any()
        >
            {children()}
        </ui::AuthFrame>
        <Notices/>
    }
}
