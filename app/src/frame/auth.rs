//! The frame of pages with one task: one card, the brand, the way on.

use contract::maintenance::Surface;
use leptos::prelude::*;

use super::{board, notice::Notices};
use crate::{messages, page::PageTitle, report::link};

#[component]
pub fn AuthPage(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: ui::MaybeText,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let texts = &messages::current().frame;
    let report = link::from_here().map(|href| {
        view! { <ui::Link href=href tone=ui::LinkTone::Quiet>{messages::current().reports.report}</ui::Link> }
            .into_any()
    });
    view! {
        <PageTitle text=title.clone()/>
        <ui::AuthFrame
            skip_label=texts.skip
            brand=texts.product
            title=title
            description=description
            wide=wide
            aside=report
            banners=board::for_anybody(Surface::Account).into_any()
        >
            {children()}
        </ui::AuthFrame>
        <Notices/>
    }
}
